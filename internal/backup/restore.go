package backup

import (
	"context"
	"fmt"
	"os"
	"regexp"
)

// plain are the names a database can have: they become names of files and schemas.
var plain = regexp.MustCompile(`^[a-z][a-z0-9]{0,39}$`)

// Restore makes an installation from a file. Where something is already, nothing is overwritten (ErrExists). A file
// that was cut or changed (ErrBroken), is of the other engine, or of a newer program leaves nothing behind.
func Restore(ctx context.Context, path string, to Source) (sum Summary, err error) {
	f, err := os.Open(path)
	if err != nil {
		return sum, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return sum, err
	}
	r, h, err := newReader(f)
	if err != nil {
		return sum, fmt.Errorf("%s: %w", path, err)
	}
	sum.Header, sum.Bytes = h, info.Size()
	switch {
	case h.Engine == SQLite && to.Dir != "":
		sum.Databases, err = intoFolder(ctx, r, to.Dir)
	case h.Engine == Postgres && to.URL != "":
		sum.Databases, err = intoServer(ctx, r, to.URL)
	default:
		err = fmt.Errorf("the back-up is of %s and is restored into that: give --data DIR for sqlite, --db postgres://… for postgres", h.Engine)
	}
	return sum, err
}
