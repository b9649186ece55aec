package db

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"syscall"

	"github.com/packhorse/packhorse/internal/fault"
)

// flusher makes commits durable beside the committer, so that one group is being made durable while the next one runs.
// The committer leaves a commit in the write-ahead log as the system keeps it; the flusher has the system write the log
// down and only then answers. The log is written in order: what is durable is always a beginning of what was committed.
type flusher struct {
	log  *os.File
	done func(group []*command, err error)

	mu     sync.Mutex
	moved  sync.Cond
	groups [][]*command // committed, not durable yet
	begun  int64        // commits that a reader may see
	stable int64        // of these, the durable ones
	closed bool
	behind int           // groups that are not durable yet
	idle   chan struct{} // closed while there are none
	broken error         // once the system has failed to write, nobody knows what it has written
}

// errDisk answers whoever waits when the system could not write. What was asked for may have been done.
var errDisk = fault.New(fault.Unavailable, "disk_failed", "the disk did not take the write-ahead log; look at the disk, then start the server again")

// newFlusher opens the write-ahead log beside the database at path, which must be open. done gets every group once it
// is durable, or why it may not be.
func newFlusher(path string, done func(group []*command, err error)) (*flusher, error) {
	log, err := os.OpenFile(path+"-wal", os.O_RDWR, 0)
	if err != nil {
		return nil, fmt.Errorf("open the write-ahead log: %w", err)
	}
	f := &flusher{log: log, done: done, idle: make(chan struct{})}
	close(f.idle)
	f.moved.L = &f.mu
	return f, errors.Join(syncFolder(filepath.Dir(path)))
}

// syncFolder makes the name of a new file durable.
func syncFolder(path string) error {
	d, err := os.Open(path)
	if err != nil {
		return err
	}
	defer d.Close()
	return d.Sync()
}

// commits is called before a commit that readers may see from now on.
func (f *flusher) commits() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.begun++
	return f.broken
}

// failed is called when there was no commit after all.
func (f *flusher) failed() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.begun--
	f.moved.Broadcast()
}

// committed hands a group over.
func (f *flusher) committed(group []*command) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.behind == 0 {
		f.idle = make(chan struct{})
	}
	f.behind++
	f.groups = append(f.groups, group)
	f.moved.Broadcast()
}

// seen is how many commits somebody may see who begins to read now.
func (f *flusher) seen() int64 {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.begun
}

// await returns when that many commits are durable, or fewer are left to wait for.
func (f *flusher) await(commits int64) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	for f.stable < min(commits, f.begun) && f.broken == nil {
		f.moved.Wait()
	}
	return f.broken
}

// free is closed once every group is durable.
func (f *flusher) free() <-chan struct{} {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.idle
}

// run takes whatever is committed, makes it durable at once, answers, until close and the last group.
func (f *flusher) run() {
	for {
		groups, broken := f.take()
		if groups == nil {
			return
		}
		if broken == nil {
			broken = f.sync()
		}
		f.settle(int64(len(groups)), broken)
		for _, g := range groups {
			f.done(g, broken)
		}
	}
}

func (f *flusher) take() ([][]*command, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for len(f.groups) == 0 && !f.closed {
		f.moved.Wait()
	}
	groups := f.groups
	f.groups = nil
	return groups, f.broken
}

func (f *flusher) sync() error {
	for {
		switch err := syscall.Fdatasync(int(f.log.Fd())); {
		case err == nil:
			return nil
		case !errors.Is(err, syscall.EINTR):
			return fmt.Errorf("%w: %w", errDisk, err)
		}
	}
}

func (f *flusher) settle(groups int64, broken error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.stable += groups
	f.broken = broken
	if f.behind -= int(groups); f.behind == 0 {
		close(f.idle)
	}
	f.moved.Broadcast()
}

// close ends run once the last group is durable.
func (f *flusher) close() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.closed = true
	f.moved.Broadcast()
}
