package backup

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/db/sqlite"
)

const directory = "directory"

// copySQLite copies the directory, and every company that its copy knows: one made meanwhile is in neither.
func copySQLite(ctx context.Context, w *writer, dir, work string) (list []Database, err error) {
	snapshot := filepath.Join(work, "snapshot.db")
	names := []string{directory}
	for i := 0; i < len(names); i++ {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		from := filepath.Join(dir, names[i]+".db")
		if _, err := os.Stat(from); err != nil {
			if i > 0 && errors.Is(err, os.ErrNotExist) {
				continue // a company that nobody has opened yet
			}
			return nil, fmt.Errorf("%w: %w", db.ErrMissing, err)
		}
		if err := snap(from, snapshot); err != nil {
			return nil, err
		}
		if i == 0 {
			companies, err := texts(snapshot, `SELECT name FROM company ORDER BY name`)
			if err != nil {
				return nil, err
			}
			names = append(names, companies...)
		}
		d, err := describe(names[i], snapshot)
		if err != nil {
			return nil, err
		}
		list = append(list, d)
		if err := errors.Join(w.object(names[i]+"/"+databaseName, d), w.file(names[i]+"/data.db", snapshot), os.Remove(snapshot)); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// snap copies a file as it is at one moment, while others write to it.
func snap(from, to string) error {
	c, err := sqlite.Open(from, "busy_timeout(10000)")
	if err != nil {
		return err
	}
	defer c.Close()
	return c.Exec("VACUUM INTO '" + strings.ReplaceAll(to, "'", "''") + "'")
}

func describe(name, path string) (Database, error) {
	d := Database{Name: name, Kind: db.Company}
	if name == directory {
		d.Kind = db.Directory
	}
	var err error
	if d.Migrations, err = texts(path, `SELECT name FROM schema_migration ORDER BY name`); err != nil {
		return d, fmt.Errorf("%s: %w: start the server once, it brings the data up to date", name, err)
	}
	return d, nil
}

// texts reads a column of a file that nobody else uses.
func texts(path, query string) (out []string, err error) {
	c, err := sqlite.Open(path)
	if err != nil {
		return nil, err
	}
	defer c.Close()
	s, err := c.Prepare(query)
	if err != nil {
		return nil, err
	}
	defer s.Close()
	for {
		row, err := s.Step()
		if err != nil || !row {
			return out, err
		}
		v, _ := s.Text(0)
		out = append(out, v)
	}
}

// intoFolder unpacks a file into a folder that does not exist yet, or is empty. It becomes visible when it is whole and proven.
func intoFolder(ctx context.Context, r *reader, dir string) (list []Database, err error) {
	if entries, err := os.ReadDir(dir); err == nil && len(entries) > 0 {
		return nil, fmt.Errorf("%s %w", dir, ErrExists)
	}
	work := filepath.Clean(dir) + ".restoring"
	if err := os.Mkdir(work, 0o700); err != nil {
		return nil, fmt.Errorf("%w; when no other restore is under way, remove it", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(work)) }()
	if list, err = unpack(ctx, r, work); err != nil {
		return nil, err
	}
	if err := syncFolder(work); err != nil {
		return nil, err
	}
	if err := os.Rename(work, dir); err != nil { // takes the place of an empty folder, never of a full one
		return nil, err
	}
	return list, syncFolder(filepath.Dir(filepath.Clean(dir)))
}

func unpack(ctx context.Context, r *reader, work string) (list []Database, err error) {
	for {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		name, body, err := r.next()
		if errors.Is(err, io.EOF) {
			return list, nil
		}
		if err != nil {
			return nil, err
		}
		database, part, _ := strings.Cut(name, "/")
		switch {
		case part == databaseName:
			var d Database
			if d, err = begin(body, database); err == nil {
				list = append(list, d)
			}
		case part == "data.db" && len(list) > 0 && list[len(list)-1].Name == database:
			err = save(filepath.Join(work, database+".db"), body)
		default:
			err = fmt.Errorf("%w: it holds %q", ErrBroken, name)
		}
		if err != nil {
			return nil, err
		}
	}
}

// begin reads what a database is, and refuses one that this program does not know.
func begin(body io.Reader, name string) (d Database, err error) {
	if err := object(body, &d); err != nil {
		return d, err
	}
	if d.Name != name || !plain.MatchString(name) || (d.Kind != db.Company && d.Kind != db.Directory) {
		return d, fmt.Errorf("%w: a database %q of kind %q", ErrBroken, d.Name, d.Kind)
	}
	if d.Number > 0 {
		if d.Migrations, err = db.Numbered(d.Kind, d.Number); err != nil {
			return d, err
		}
	}
	if unknown := db.Unknown(d.Kind, d.Migrations); len(unknown) > 0 {
		return d, fmt.Errorf("the back-up of %s has the migration %s, which this program does not know: use the newer program", d.Name, strings.Join(unknown, ", "))
	}
	return d, nil
}

func save(path string, body io.Reader) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(f, body)
	return errors.Join(err, f.Sync(), f.Close())
}
