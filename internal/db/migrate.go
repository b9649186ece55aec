package db

import (
	"context"
	"embed"
	"fmt"
	"io/fs"
	"os"
	"regexp"
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

var (
	selVersion = NewSQL(`SELECT COALESCE(max(version), 0) FROM schema_version`)
)

const versionTable = `CREATE TABLE IF NOT EXISTS schema_version (version BIGINT PRIMARY KEY, applied_at BIGINT NOT NULL);`

// migrate brings the tables up to date: forward only, in order, each file in one transaction. A
// SQLite file is copied aside first; a database newer than the program is refused.
func (d *DB) migrate(ctx context.Context) error {
	files, err := fs.Glob(migrations, "migrations/"+string(d.opts.Kind)+"/*.sql")
	if err != nil {
		return err
	}
	if err := d.engine.script(ctx, d.render(versionTable)); err != nil {
		return err
	}
	var have int64
	err = d.View(ctx, func(tx *Tx) error { _, err := tx.Query(selVersion).One(&have); return err })
	if err != nil {
		return err
	}
	if have > int64(len(files)) {
		return fmt.Errorf("the data has schema version %d, this program knows %d: use the newer program, or restore a back-up", have, len(files))
	}
	if have > 0 && have < int64(len(files)) {
		if err := d.copyAside(ctx, have); err != nil {
			return err
		}
	}
	for v := have + 1; v <= d.upto(len(files)); v++ {
		raw, err := migrations.ReadFile(files[v-1])
		if err != nil {
			return err
		}
		text := "BEGIN;\n" + d.render(string(raw)) + fmt.Sprintf("\nINSERT INTO schema_version VALUES (%d, %d);\nCOMMIT;", v, d.clock.Now().UnixMicro())
		if err := d.engine.script(ctx, text); err != nil {
			_ = d.engine.script(ctx, "ROLLBACK")
			return fmt.Errorf("%s: %w", files[v-1], err)
		}
	}
	return nil
}

// upto is the schema version to make.
func (d *DB) upto(newest int) int64 {
	if d.opts.Upto > 0 {
		return min(d.opts.Upto, int64(newest))
	}
	return int64(newest)
}

// Newest is the schema version of a kind that this program makes.
func Newest(k Kind) int64 {
	files, _ := fs.Glob(migrations, "migrations/"+string(k)+"/*.sql") // the pattern is ours
	return int64(len(files))
}

// copyAside keeps the file as it was before an upgrade, as <file>.v<version>.
func (d *DB) copyAside(ctx context.Context, version int64) error {
	if d.Postgres() {
		return nil
	}
	aside := fmt.Sprintf("%s.v%d", d.opts.Path, version)
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
