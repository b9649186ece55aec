package ceiling

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	_ "modernc.org/sqlite" // the driver under measurement
)

// sqliteSettings are those of a product that promises durability: every commit is flushed to the disk.
var sqliteSettings = []string{
	"PRAGMA journal_mode = wal",
	"PRAGMA synchronous = FULL",
	"PRAGMA busy_timeout = 5000",
	"PRAGMA cache_size = -262144",
	"PRAGMA wal_autocheckpoint = 8000",
}

// SQLite runs the lives of `orders` orders on a fresh file under dir, which is removed afterwards: one writing connection,
// one prepared statement after the other, each stage of `group` orders in one durable commit. A group below 1 is
// DefaultGroup. The stock is written before the clock starts. It fails when orders is below 1, when the file cannot be
// written, or when the books afterwards do not agree with what was done.
func SQLite(ctx context.Context, dir string, orders, group int) (life Life, err error) {
	if orders < 1 {
		return Life{}, errors.New("ceiling: at least one order is needed")
	}
	if group < 1 {
		group = DefaultGroup
	}
	file, err := openFile(ctx, dir, stockSeed())
	if err != nil {
		return Life{}, err
	}
	defer func() { err = errors.Join(err, file.close()) }()
	var r run
	life, err = r.measure(orders, func() error { return file.live(ctx, &r, orders, group) })
	if err != nil {
		return Life{}, err
	}
	return life, prove(lifeBooks, orders, file.count)
}

// sqliteFile is a temporary database with its one writer and the prepared row forms.
type sqliteFile struct {
	dir           string
	db            *sql.DB
	conn          *sql.Conn
	ctx           context.Context // never done: the driver would start a goroutine per statement to watch it
	prepared      [len(statements)]*sql.Stmt
	begin, commit *sql.Stmt
}

func openFile(ctx context.Context, dir string, seed []string) (_ *sqliteFile, err error) {
	f := &sqliteFile{ctx: context.WithoutCancel(ctx)}
	defer func() {
		if err != nil {
			err = errors.Join(fmt.Errorf("ceiling: prepare SQLite: %w", err), f.close())
		}
	}()
	if f.dir, err = os.MkdirTemp(dir, "ceiling-*"); err != nil {
		return nil, err
	}
	if f.db, err = sql.Open("sqlite", filepath.Join(f.dir, "ceiling.db")); err != nil {
		return nil, err
	}
	if f.conn, err = f.db.Conn(f.ctx); err != nil {
		return nil, err
	}
	// The checkpoint leaves the run an empty log, so that it does not pay for writing the stock.
	for _, text := range append(append(append(sqliteSettings[:len(sqliteSettings):len(sqliteSettings)], sqliteSchema()...), seed...), "PRAGMA wal_checkpoint(TRUNCATE)") {
		if _, err = f.conn.ExecContext(f.ctx, text); err != nil {
			return nil, err
		}
	}
	return f, f.prepare()
}

func (f *sqliteFile) prepare() (err error) {
	for i, s := range statements {
		if f.prepared[i], err = f.conn.PrepareContext(f.ctx, sqliteText(s.row)); err != nil {
			return err
		}
	}
	if f.begin, err = f.conn.PrepareContext(f.ctx, "BEGIN IMMEDIATE"); err != nil {
		return err
	}
	f.commit, err = f.conn.PrepareContext(f.ctx, "COMMIT")
	return err
}

// live takes group after group through all six stages.
func (f *sqliteFile) live(ctx context.Context, r *run, orders, group int) error {
	var ops []op
	for n := range groups(group, orders) {
		members := groupOf(n, group, orders)
		for s := range stage(stages) {
			if err := ctx.Err(); err != nil {
				return err
			}
			ops = r.stageOps(ops, s, members)
			if err := f.write(ops); err != nil {
				return err
			}
			r.committed(ops)
		}
	}
	return nil
}

// write makes the rows durable in one commit; every one must hit exactly one row.
func (f *sqliteFile) write(ops []op) error {
	if _, err := f.begin.ExecContext(f.ctx); err != nil {
		return err
	}
	for _, o := range ops {
		hit, err := f.exec(o.write, o.args...)
		if err != nil {
			return err
		}
		if hit != 1 {
			return fmt.Errorf("ceiling: %d rows instead of one: %s %v", hit, statements[o.write].row, o.args)
		}
	}
	_, err := f.commit.ExecContext(f.ctx)
	return err
}

// exec runs one prepared row form and says how many rows it hit.
func (f *sqliteFile) exec(w write, args ...any) (int64, error) {
	done, err := f.prepared[w].ExecContext(f.ctx, args...)
	if err != nil {
		return 0, fmt.Errorf("ceiling: %s: %w", statements[w].row, err)
	}
	return done.RowsAffected()
}

func (f *sqliteFile) count(query string) (n int64, err error) {
	err = f.conn.QueryRowContext(f.ctx, query).Scan(&n)
	return n, err
}

// close ends the connection, with it an unfinished transaction, and removes the file.
func (f *sqliteFile) close() (err error) {
	if f.conn != nil {
		err = f.conn.Close()
	}
	if f.db != nil {
		err = errors.Join(err, f.db.Close())
	}
	if f.dir != "" {
		err = errors.Join(err, os.RemoveAll(f.dir))
	}
	return err
}
