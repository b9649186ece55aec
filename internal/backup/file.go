package backup

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/packhorse/packhorse/internal/db"
)

// Form is the version of the file's form.
const Form = "packhorse-backup/1"

// Engines a file can be of.
const (
	SQLite   = "sqlite"
	Postgres = "postgres"
)

// Header begins a file.
type Header struct {
	Form    string    `json:"form"`
	Engine  string    `json:"engine"`
	Program string    `json:"program"` // version of the program that wrote it
	TakenAt time.Time `json:"taken_at"`
}

// Database begins the content of one database.
type Database struct {
	Name       string   `json:"name"` // directory, or the company
	Kind       db.Kind  `json:"kind"`
	Migrations []string `json:"migrations"`               // that its tables were made by
	Number     int64    `json:"schema_version,omitempty"` // of them, in files that do not name them
	Tables     []Table  `json:"tables,omitempty"`         // PostgreSQL, in the order of the entries
}

// Table is one table of PostgreSQL.
type Table struct {
	Name    string   `json:"name"`
	Columns []string `json:"columns"`
}

// Entry is what the manifest says of one entry.
type Entry struct {
	Name   string `json:"name"`
	Size   int64  `json:"size"`
	SHA256 string `json:"sha256"`
}

// Manifest ends a file.
type Manifest struct {
	Entries []Entry `json:"entries"`
}

const (
	headerName   = "header.json"
	databaseName = "database.json"
	manifestName = "manifest.json"
	smallEntry   = 16 << 20 // bytes of an entry that is read into memory
)

// ErrBroken says that a file is not a whole back-up, or was changed after it was written.
var ErrBroken = errors.New("this is not a whole back-up")

// writer writes the entries of a file and remembers what the manifest says of them.
type writer struct {
	packed   *gzip.Writer
	tar      *tar.Writer
	manifest Manifest
	at       time.Time
}

func newWriter(w io.Writer, h Header) (*writer, error) {
	packed, err := gzip.NewWriterLevel(w, gzip.BestSpeed) // the file is written beside a server that needs the cores
	if err != nil {
		return nil, err
	}
	out := &writer{packed: packed, tar: tar.NewWriter(packed), at: h.TakenAt}
	return out, out.object(headerName, h)
}

// object writes an entry that holds JSON.
func (w *writer) object(name string, v any) error {
	raw, err := json.MarshalIndent(v, "", "  ")
	if err != nil {
		return err
	}
	return w.entry(name, bytes.NewReader(raw), int64(len(raw)))
}

// file writes an entry from a file.
func (w *writer) file(name, path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	return w.entry(name, f, info.Size())
}

func (w *writer) entry(name string, r io.Reader, size int64) error {
	if err := w.tar.WriteHeader(&tar.Header{Name: name, Size: size, Mode: 0o600, ModTime: w.at, Typeflag: tar.TypeReg}); err != nil {
		return err
	}
	sum := sha256.New()
	if _, err := io.Copy(io.MultiWriter(w.tar, sum), r); err != nil {
		return err
	}
	w.manifest.Entries = append(w.manifest.Entries, Entry{Name: name, Size: size, SHA256: hex.EncodeToString(sum.Sum(nil))})
	return nil
}

// close writes the manifest and ends the file.
func (w *writer) close() error {
	if err := w.object(manifestName, w.manifest); err != nil {
		return err
	}
	return errors.Join(w.tar.Close(), w.packed.Close())
}

// reader reads the entries of a file in their order. What it gives out is proven only when the manifest has been read.
type reader struct {
	packed  io.Reader
	tar     *tar.Reader
	entries []Entry
}

func newReader(f io.Reader) (*reader, Header, error) {
	var h Header
	packed, err := gzip.NewReader(f)
	if err != nil {
		return nil, h, fmt.Errorf("%w: %w", ErrBroken, err)
	}
	r := &reader{packed: packed, tar: tar.NewReader(packed)}
	name, body, err := r.next()
	if err != nil || name != headerName {
		return nil, h, errors.Join(ErrBroken, err)
	}
	if err := object(body, &h); err != nil {
		return nil, h, err
	}
	if h.Form != Form {
		return nil, h, fmt.Errorf("the file has the form %q, this program reads %q: use the program that wrote it, or a newer one", h.Form, Form)
	}
	return r, h, nil
}

// next gives the name and the content of the next entry; io.EOF stands for a proven end.
func (r *reader) next() (string, io.Reader, error) {
	h, err := r.tar.Next()
	switch {
	case errors.Is(err, io.EOF):
		return "", nil, fmt.Errorf("%w: it ends before its manifest", ErrBroken)
	case err != nil:
		return "", nil, fmt.Errorf("%w: %w", ErrBroken, err)
	}
	if h.Name == manifestName {
		return "", nil, r.prove()
	}
	sum := sha256.New()
	at := len(r.entries)
	r.entries = append(r.entries, Entry{Name: h.Name})
	return h.Name, &tallied{from: r.tar, to: sum, done: func(n int64) {
		r.entries[at].Size, r.entries[at].SHA256 = n, hex.EncodeToString(sum.Sum(nil))
	}}, nil
}

// tallied is an entry that is counted and hashed as it is read to its end.
type tallied struct {
	from io.Reader
	to   io.Writer
	n    int64
	done func(int64)
}

func (t *tallied) Read(p []byte) (int, error) {
	n, err := t.from.Read(p)
	t.n += int64(n)
	_, _ = t.to.Write(p[:n]) // a hash takes everything
	if errors.Is(err, io.EOF) {
		t.done(t.n)
	} else if err != nil {
		err = fmt.Errorf("%w: %w", ErrBroken, err)
	}
	return n, err
}

// prove compares what was read with the manifest.
func (r *reader) prove() error {
	var m Manifest
	if err := object(r.tar, &m); err != nil {
		return err
	}
	if _, err := io.Copy(io.Discard, r.packed); err != nil { // the packing has a sum of its own at the very end
		return fmt.Errorf("%w: %w", ErrBroken, err)
	}
	if len(m.Entries) != len(r.entries) {
		return fmt.Errorf("%w: %d entries, the manifest has %d", ErrBroken, len(r.entries), len(m.Entries))
	}
	for i, want := range m.Entries {
		if r.entries[i] != want {
			return fmt.Errorf("%w: %s is not what was written", ErrBroken, r.entries[i].Name)
		}
	}
	return io.EOF
}

// object reads an entry that holds JSON, to its end.
func object(r io.Reader, v any) error {
	raw, err := io.ReadAll(io.LimitReader(r, smallEntry))
	if err != nil {
		return err
	}
	if err := json.Unmarshal(raw, v); err != nil {
		return fmt.Errorf("%w: %w", ErrBroken, err)
	}
	return nil
}
