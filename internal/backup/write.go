package backup

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
)

// Source is the installation to copy: a folder of SQLite files, or a PostgreSQL server.
type Source struct{ Dir, URL string }

// Summary is what was written or restored.
type Summary struct {
	Header
	Databases []Database `json:"databases"`
	Bytes     int64      `json:"bytes"` // of the file
}

const workPrefix = ".packhorse-backup-"

// ErrExists says that there is something where nothing may be overwritten.
var ErrExists = errors.New("exists already; nothing is overwritten")

// Write copies an installation into path, which must not exist. Until the file is whole and on the disk it lies in a
// hidden folder beside path; whoever dies on the way leaves that folder, and the next back-up takes it away.
func Write(ctx context.Context, from Source, path string, h Header) (sum Summary, err error) {
	if _, err := os.Lstat(path); err == nil {
		return sum, fmt.Errorf("%s %w", path, ErrExists)
	}
	beside := filepath.Dir(path)
	clear(beside)
	work := filepath.Join(beside, workPrefix+strconv.Itoa(os.Getpid()))
	if err := os.Mkdir(work, 0o700); err != nil {
		return sum, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(work)) }()
	h.Form, h.Engine = Form, SQLite
	if from.URL != "" {
		h.Engine = Postgres
	}
	sum.Header = h
	whole := filepath.Join(work, "whole")
	if sum.Databases, sum.Bytes, err = fill(ctx, from, work, whole, h); err != nil {
		return sum, err
	}
	if err := os.Link(whole, path); err != nil { // unlike a rename it never takes the place of another file
		return sum, err
	}
	return sum, syncFolder(beside)
}

// fill writes the whole file and makes it durable.
func fill(ctx context.Context, from Source, work, path string, h Header) (list []Database, size int64, err error) {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return nil, 0, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	w, err := newWriter(f, h)
	if err != nil {
		return nil, 0, err
	}
	if h.Engine == Postgres {
		list, err = copyPostgres(ctx, w, from.URL, work)
	} else {
		list, err = copySQLite(ctx, w, from.Dir, work)
	}
	if err != nil {
		return nil, 0, err
	}
	if err := errors.Join(w.close(), f.Sync()); err != nil {
		return nil, 0, err
	}
	info, err := f.Stat()
	if err != nil {
		return nil, 0, err
	}
	return list, info.Size(), nil
}

// clear takes away the folders of back-ups whose process is gone.
func clear(beside string) {
	entries, err := os.ReadDir(beside)
	if err != nil {
		return // making the own folder will say it
	}
	for _, e := range entries {
		rest, ours := strings.CutPrefix(e.Name(), workPrefix)
		pid, err := strconv.Atoi(rest)
		if !ours || err != nil || (pid != os.Getpid() && syscall.Kill(pid, 0) == nil) {
			continue
		}
		_ = os.RemoveAll(filepath.Join(beside, e.Name())) // what stays takes room and harms nothing
	}
}

func syncFolder(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}
