package seal

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
)

// Load reads the key in a file; the zero Key where there is no such file.
func Load(path string) (*Key, error) {
	raw, err := os.ReadFile(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return &Key{}, nil
	case err != nil:
		return nil, err
	}
	k, err := Parse(string(raw))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return k, nil
}

// Make writes a new key into a file that only its owner reads, and gives it. A file that is there is an error: a key is never
// written over.
func Make(path string) (*Key, error) {
	text := NewText()
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return nil, err
	}
	_, err = f.WriteString(text + "\n")
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return nil, errors.Join(err, os.Remove(path)) // half a key is none
	}
	return Parse(text)
}
