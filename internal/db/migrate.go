package db

import (
	"context"
	"embed"
	"fmt"
	"io/fs"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
)

// Kind is which tables a database holds.
type Kind string

const (
	Company   Kind = "company"
	Directory Kind = "directory"
)

//go:embed migrations/*/*.sql
var migrations embed.FS

// A database holds the names of the migrations that made its tables, so that one may come between two that are applied.
const migrationTable = `CREATE TABLE IF NOT EXISTS schema_migration (name TEXT PRIMARY KEY, applied_at BIGINT NOT NULL);`

var selMigrations = NewSQL(`SELECT name FROM schema_migration ORDER BY name`)

// Migrations lists the migrations of a kind of database that this program knows, in the order in which they are applied.
func Migrations(k Kind) []string {
	files, _ := fs.Glob(migrations, "migrations/"+string(k)+"/*.sql") // the pattern is ours
	names := make([]string, len(files))
	for i, f := range files {
		names[i] = strings.TrimSuffix(path.Base(f), ".sql")
	}
	return names
}

// Unknown lists those of some migrations that this program does not know: whatever has them was made by a newer one.
func Unknown(k Kind, applied []string) (list []string) {
	known := Migrations(k)
	for _, name := range applied {
		if !slices.Contains(known, name) {
			list = append(list, name)
		}
	}
	return list
}

// migrate brings the tables up to date: forward only, in order, each file in one transaction. A
// SQLite file is copied aside first; a database newer than the program is refused.
func (d *DB) migrate(ctx context.Context) error {
	if err := d.engine.script(ctx, d.render(migrationTable)); err != nil {
		return err
	}
	have, err := d.applied(ctx)
	if err != nil {
		return err
	}
	if unknown := Unknown(d.opts.Kind, have); len(unknown) > 0 {
		return fmt.Errorf("the data has the migration %s, which this program does not know: use the newer program, or restore a back-up", strings.Join(unknown, ", "))
	}
	var missing []string
	for _, name := range Migrations(d.opts.Kind) {
		if !slices.Contains(have, name) && (d.opts.Only == nil || slices.Contains(d.opts.Only, name)) {
			missing = append(missing, name)
		}
	}
	if len(have) > 0 && len(missing) > 0 {
		if err := d.copyAside(ctx, len(have)); err != nil {
			return err
		}
	}
	for _, name := range missing {
		raw, err := migrations.ReadFile("migrations/" + string(d.opts.Kind) + "/" + name + ".sql")
		if err != nil {
			return err
		}
		if err := d.atOnce(ctx, d.render(string(raw))+d.note(name)); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	return nil
}

// atOnce runs statements in one transaction.
func (d *DB) atOnce(ctx context.Context, text string) error {
	err := d.engine.script(ctx, "BEGIN;\n"+text+"\nCOMMIT;")
	if err != nil {
		_ = d.engine.script(ctx, "ROLLBACK")
	}
	return err
}

func (d *DB) note(name string) string {
	return fmt.Sprintf("\nINSERT INTO schema_migration VALUES ('%s', %d);", name, d.clock.Now().UnixMicro())
}

// applied lists the migrations that a database has.
func (d *DB) applied(ctx context.Context) (names []string, err error) {
	if err := d.rename(ctx); err != nil {
		return nil, err
	}
	err = d.View(ctx, func(tx *Tx) error {
		names, err = All(tx.Query(selMigrations), func(r *Rows) (name string) { r.Scan(&name); return name })
		return err
	})
	return names, err
}

// copyAside keeps the file as it was before an upgrade, as <file>.v<how many migrations it had>.
func (d *DB) copyAside(ctx context.Context, have int) error {
	if d.Postgres() {
		return nil
	}
	aside := fmt.Sprintf("%s.v%d", d.opts.Path, have)
	if _, err := os.Stat(aside); err == nil {
		return nil
	}
	return d.engine.script(ctx, "VACUUM INTO '"+strings.ReplaceAll(aside, "'", "''")+"'")
}

var (
	keyColumn = regexp.MustCompile(`(?m)\bBIGINT PRIMARY KEY\b`)
	bigOrBool = regexp.MustCompile(`\b(BIGINT|BOOLEAN)\b`)
	clustered = regexp.MustCompile(`\)\s*/\*clustered\*/\s*;`)
	tableEnd  = regexp.MustCompile(`(?m)^\);`)
	hotTable  = regexp.MustCompile(`\)\s*/\*(clustered )?hot\*/\s*;`)

	liteOnly     = regexp.MustCompile(`(?m)^--sqlite `)
	postgresOnly = regexp.MustCompile(`(?m)^--postgres `)
)

// render turns our DDL, written with BIGINT, BOOLEAN and TEXT only, into each engine's. Tables with a
// compound key are stored in its order on SQLite (/*clustered*/); tables whose rows are updated often
// keep room for it in PostgreSQL's pages (/*hot*/). A line behind "--sqlite " or "--postgres " is for that engine
// alone: an index of words has no common form.
func (d *DB) render(ddl string) string {
	if d.Postgres() {
		ddl = postgresOnly.ReplaceAllString(ddl, "")
		ddl = hotTable.ReplaceAllString(ddl, ") WITH (fillfactor = 70);")
		return clustered.ReplaceAllString(ddl, ");")
	}
	ddl = liteOnly.ReplaceAllString(ddl, "")
	ddl = hotTable.ReplaceAllStringFunc(ddl, func(m string) string {
		if strings.Contains(m, "clustered") {
			return ") STRICT, WITHOUT ROWID;"
		}
		return ") STRICT;"
	})
	ddl = clustered.ReplaceAllString(ddl, ") STRICT, WITHOUT ROWID;")
	ddl = tableEnd.ReplaceAllString(ddl, ") STRICT;")
	ddl = alternatives(ddl)
	ddl = keyColumn.ReplaceAllString(ddl, "INTEGER PRIMARY KEY")
	return bigOrBool.ReplaceAllString(ddl, "INTEGER")
}
