package backup

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"

	"github.com/packhorse/packhorse/internal/clock"
	"github.com/packhorse/packhorse/internal/db"
)

// A company is the schema packhorse_<name>.
const schemaPrefix = "packhorse_"

// copyPostgres copies all schemas of the installation in one transaction, so that they are of one moment.
func copyPostgres(ctx context.Context, w *writer, url, work string) (list []Database, err error) {
	conn, err := pgx.Connect(ctx, url)
	if err != nil {
		return nil, err
	}
	defer conn.Close(context.WithoutCancel(ctx))
	if _, err := conn.Exec(ctx, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"); err != nil {
		return nil, err
	}
	names, err := companies(ctx, conn)
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		d, err := describeSchema(ctx, conn, name)
		if err != nil {
			return nil, err
		}
		if len(d.Tables) == 0 {
			continue // a company that nobody has opened yet
		}
		list = append(list, d)
		if err := w.object(name+"/"+databaseName, d); err != nil {
			return nil, err
		}
		for _, t := range d.Tables {
			if err := copyTable(ctx, conn, w, name, t, filepath.Join(work, "table")); err != nil {
				return nil, fmt.Errorf("%s.%s: %w", name, t.Name, err)
			}
		}
	}
	return list, nil
}

// companies lists the databases, the directory first.
func companies(ctx context.Context, conn *pgx.Conn) ([]string, error) {
	var there bool
	err := conn.QueryRow(ctx, "SELECT count(*) > 0 FROM information_schema.schemata WHERE schema_name = $1", schemaPrefix+directory).Scan(&there)
	if err != nil {
		return nil, err
	}
	if !there {
		return nil, db.ErrMissing
	}
	rows, err := conn.Query(ctx, "SELECT name FROM "+pgx.Identifier{schemaPrefix + directory, "company"}.Sanitize()+" ORDER BY name")
	if err != nil {
		return nil, err
	}
	names, err := pgx.CollectRows(rows, pgx.RowTo[string])
	return append([]string{directory}, names...), err
}

func describeSchema(ctx context.Context, conn *pgx.Conn, name string) (Database, error) {
	d := Database{Name: name, Kind: db.Company}
	if name == directory {
		d.Kind = db.Directory
	}
	rows, err := conn.Query(ctx, `SELECT c.relname, array_agg(CAST(a.attname AS TEXT) ORDER BY a.attnum)
	  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid
	  WHERE n.nspname = $1 AND c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped GROUP BY c.relname ORDER BY c.relname`, schemaPrefix+name)
	if err != nil {
		return d, err
	}
	if d.Tables, err = pgx.CollectRows(rows, func(r pgx.CollectableRow) (t Table, err error) { return t, r.Scan(&t.Name, &t.Columns) }); err != nil || len(d.Tables) == 0 {
		return d, err
	}
	rows, err = conn.Query(ctx, "SELECT name FROM "+pgx.Identifier{schemaPrefix + name, "schema_migration"}.Sanitize()+" ORDER BY name")
	if err == nil {
		d.Migrations, err = pgx.CollectRows(rows, pgx.RowTo[string])
	}
	if err != nil {
		return d, fmt.Errorf("%s: %w: start the server once, it brings the data up to date", name, err)
	}
	return d, nil
}

// copyTable writes one table by way of a file: an entry says its size before its content.
func copyTable(ctx context.Context, conn *pgx.Conn, w *writer, name string, t Table, spool string) error {
	f, err := os.Create(spool)
	if err != nil {
		return err
	}
	_, err = conn.PgConn().CopyTo(ctx, f, "COPY "+t.target(name)+" TO STDOUT")
	if err := errors.Join(err, f.Close()); err != nil {
		return err
	}
	return errors.Join(w.file(name+"/"+t.Name+".copy", spool), os.Remove(spool))
}

// target is the table with its columns, as COPY names them.
func (t Table) target(database string) string {
	quoted := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		quoted[i] = pgx.Identifier{c}.Sanitize()
	}
	return pgx.Identifier{schemaPrefix + database, t.Name}.Sanitize() + " (" + strings.Join(quoted, ", ") + ")"
}

// intoServer makes the schemas of a file on a server that has none of them. Whatever fails, none of them stays.
func intoServer(ctx context.Context, r *reader, url string) (list []Database, err error) {
	conn, err := pgx.Connect(ctx, url)
	if err != nil {
		return nil, err
	}
	defer conn.Close(context.WithoutCancel(ctx))
	defer func() {
		if err == nil {
			return
		}
		_, _ = conn.Exec(context.WithoutCancel(ctx), "ROLLBACK") // a line that broke has rolled back already
		for _, d := range list {
			err = errors.Join(err, db.Drop(context.WithoutCancel(ctx), url, schemaPrefix+d.Name))
		}
	}()
	for {
		name, body, err := r.next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return list, err
		}
		if list, err = takeEntry(ctx, conn, url, list, name, body); err != nil {
			return list, err
		}
	}
	for _, d := range list {
		if d.Kind == db.Company {
			if err := rebase(ctx, conn, d); err != nil {
				return list, err
			}
		}
	}
	if len(list) > 0 {
		_, err = conn.Exec(ctx, "COMMIT")
	}
	return list, err
}

// takeEntry makes a database, or fills one of its tables inside the one transaction.
func takeEntry(ctx context.Context, conn *pgx.Conn, url string, list []Database, name string, body io.Reader) ([]Database, error) {
	database, part, _ := strings.Cut(name, "/")
	if part == databaseName {
		d, err := begin(body, database)
		if err != nil {
			return list, err
		}
		if err := makeSchema(ctx, conn, url, d); err != nil {
			return list, err
		}
		if list = append(list, d); len(list) == 1 {
			_, err = conn.Exec(ctx, "BEGIN")
		}
		return list, err
	}
	if len(list) == 0 || list[len(list)-1].Name != database {
		return list, fmt.Errorf("%w: it holds %q", ErrBroken, name)
	}
	for _, t := range list[len(list)-1].Tables {
		if part != t.Name+".copy" {
			continue
		}
		if list[len(list)-1].Number > 0 && t.Name == "schema_version" {
			_, err := io.Copy(io.Discard, body) // in place of the number the names are there already
			return list, err
		}
		if _, err := conn.Exec(ctx, "DELETE FROM "+pgx.Identifier{schemaPrefix + database, t.Name}.Sanitize()); err != nil {
			return list, err // the rows a new schema begins with are in the file too
		}
		_, err := conn.PgConn().CopyFrom(ctx, body, "COPY "+t.target(database)+" FROM STDIN")
		if err != nil {
			err = fmt.Errorf("%s: %w", name, err)
		}
		return list, err
	}
	return list, fmt.Errorf("%w: it holds %q", ErrBroken, name)
}

// makeSchema makes the tables as they were when the file was written; opening the installation brings them up to date.
func makeSchema(ctx context.Context, conn *pgx.Conn, url string, d Database) error {
	var there bool
	err := conn.QueryRow(ctx, "SELECT count(*) > 0 FROM information_schema.schemata WHERE schema_name = $1", schemaPrefix+d.Name).Scan(&there)
	if err != nil {
		return err
	}
	if there {
		return fmt.Errorf("the schema %s%s %w", schemaPrefix, d.Name, ErrExists)
	}
	made, err := db.Open(ctx, db.Options{URL: url, Schema: schemaPrefix + d.Name, Create: true, Kind: d.Kind, Only: d.Migrations, Clock: clock.Real(), Connections: 1})
	if err != nil {
		return err
	}
	return made.Close()
}

// farBehind is how many numbers of transactions are left out at a restore: more than the old server can have made after
// the back-up, so that whoever has read what was lost with it misses nothing that comes.
const farBehind = 1 << 40

// rebase lets the numbers of this server's transactions come behind those of the old one in the event log. So every
// place in it holds: those that are in the file, and those that programs outside keep. Tables of an older program get
// their base when they are brought up to date.
func rebase(ctx context.Context, conn *pgx.Conn, d Database) error {
	if !slices.ContainsFunc(d.Tables, func(t Table) bool { return t.Name == "event_base" }) {
		return nil
	}
	schema := schemaPrefix + d.Name
	_, err := conn.Exec(ctx, "UPDATE "+pgx.Identifier{schema, "event_base"}.Sanitize()+" SET base = GREATEST(base, (SELECT COALESCE(max(tx), 0) FROM "+
		pgx.Identifier{schema, "event"}.Sanitize()+")) + $1 - CAST(CAST(pg_current_xact_id() AS TEXT) AS BIGINT)", int64(farBehind))
	return err
}
