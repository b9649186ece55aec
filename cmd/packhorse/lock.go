package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"syscall"
)

// lock is held by whoever writes to a data folder. The kernel lets go of it when the process ends, however it ends.
type lock struct{ file *os.File }

// holder is what the lock file says about who holds it.
type holder struct {
	PID     int    `json:"pid"`
	Command string `json:"command"`
	Listen  string `json:"listen,omitempty"`
}

// takeLock takes the lock of a data folder. The error says in one line who holds it.
func takeLock(dir string, who holder) (*lock, error) {
	path := filepath.Join(dir, "packhorse.lock")
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, err
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		held := readHolder(f)
		f.Close()
		if errors.Is(err, syscall.EWOULDBLOCK) {
			return nil, errors.New(held.inUse(dir))
		}
		return nil, fmt.Errorf("lock %s: %w", path, err)
	}
	l := &lock{f}
	return l, l.say(who)
}

// say writes who holds the lock.
func (l *lock) say(who holder) error {
	who.PID = os.Getpid()
	raw, err := json.Marshal(who)
	if err != nil {
		return err
	}
	if err := l.file.Truncate(0); err != nil {
		return err
	}
	_, err = l.file.WriteAt(append(raw, '\n'), 0)
	return err
}

// release gives the lock back. The file stays: taking it away could take another's lock with it.
func (l *lock) release() error {
	return errors.Join(l.file.Truncate(0), l.file.Close())
}

func readHolder(f *os.File) (h holder) {
	raw, err := io.ReadAll(io.LimitReader(f, 4096))
	if err == nil {
		_ = json.Unmarshal(raw, &h) // an unreadable holder is an unknown one
	}
	return h
}

func (h holder) inUse(dir string) string {
	switch {
	case h.Listen != "":
		return fmt.Sprintf("%s is in use by packhorse %s (process %d, http://%s); stop it, or send it the request instead", dir, h.Command, h.PID, h.Listen)
	case h.PID != 0:
		return fmt.Sprintf("%s is in use by packhorse %s (process %d); wait until it is done", dir, h.Command, h.PID)
	}
	return dir + " is in use by another packhorse; wait until it is done"
}
