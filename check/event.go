package check

import (
	"context"
	"encoding/json"
	"regexp"

	"github.com/packhorse/packhorse/internal/db"
)

var (
	// SQLite finds the doubtful events by itself; PostgreSQL learns to test JSON in version 16 only, so there all are read.
	doubtfulLite     = db.NewSQL(`SELECT tx, id, kind, params FROM event WHERE NOT json_valid(params) OR kind NOT GLOB '[a-z]*.[a-z]*.v[1-9]*' OR tx <> 0`)
	doubtfulPostgres = db.NewSQL(`SELECT tx, id, kind, params FROM event`)

	// The first transaction that had not begun when the snapshot was taken.
	nextTransaction = db.NewSQL(`SELECT CAST(CAST(pg_snapshot_xmax(pg_current_snapshot()) AS TEXT) AS BIGINT) + base FROM event_base WHERE one = 1`)

	versioned = regexp.MustCompile(`^[a-z_]+(\.[a-z_]+)+\.v[1-9][0-9]*$`)
)

// readable looks for texts that cannot be read, and for events that no reader would find or understand.
func (r *run) readable(ctx context.Context) error {
	if err := r.count(); err != nil {
		return err
	}
	if err := r.events(); err != nil {
		return err
	}
	for i, t := range texts {
		r.heard("texts", 0.65+0.35*float64(i+1)/float64(len(texts)+1))
		if err := r.text(t); err != nil {
			return err
		}
		if err := ctx.Err(); err != nil {
			return err
		}
	}
	return nil
}

// tables are counted where the proof itself does not carry their rows out of the database.
var tables = []struct {
	name string
	sql  *db.SQL
}{
	{"events", db.NewSQL(`SELECT count(*) FROM event`)},
	{"documents", db.NewSQL(`SELECT count(*) FROM intake_document`)},
	{"pick_tasks", db.NewSQL(`SELECT count(*) FROM pick_task`)},
	{"pick_lines", db.NewSQL(`SELECT count(*) FROM pick_line`)},
	{"scans", db.NewSQL(`SELECT count(*) FROM track_scan`)},
}

func (r *run) count() error {
	for _, t := range tables {
		var n int64
		if _, err := r.tx.Query(t.sql).One(&n); err != nil {
			return err
		}
		r.checked[t.name] = n
	}
	return nil
}

func (r *run) events() error {
	sql, next := doubtfulLite, int64(1) // the transaction number of an event in SQLite is 0
	if r.tx.Postgres() {
		sql = doubtfulPostgres
		if _, err := r.tx.Query(nextTransaction).One(&next); err != nil {
			return err
		}
	}
	good := map[string]bool{}
	rows := r.tx.Query(sql)
	for rows.Next() {
		var transaction, id int64
		var kind, params string
		rows.Scan(&transaction, &id, &kind, &params)
		if !json.Valid([]byte(params)) {
			r.found.add(unparsable, "event", key(id), "params are no JSON: %.40q", params)
		}
		if transaction < 0 || transaction >= next {
			r.found.add(eventOrder, "event", key(id), "its transaction number hides it from every reader")
		}
		if _, seen := good[kind]; !seen {
			good[kind] = versioned.MatchString(kind)
		}
		if !good[kind] {
			r.found.add(eventOrder, "event", key(id), "its kind %q has no area and version", kind)
		}
	}
	return rows.Close()
}

// text is a column that holds JSON.
type text struct {
	table, column  string
	lite, postgres *db.SQL
}

func holdsJSON(table, primary, column, where string) text {
	from := `SELECT ` + primary + `, ` + column + ` FROM ` + table + ` WHERE ` + where
	return text{table, column, db.NewSQL(from + ` AND NOT json_valid(` + column + `)`), db.NewSQL(from)}
}

// texts are the columns with JSON, but for events. Some may be empty, which stands for the empty object.
var texts = []text{
	holdsJSON("intake_document", "CAST(id AS TEXT)", "body", "TRUE"),
	holdsJSON("order_head", "CAST(id AS TEXT)", "recipient", "recipient <> ''"),
	holdsJSON("order_head", "CAST(id AS TEXT)", "buyer", "buyer <> ''"),
	holdsJSON("order_head", "CAST(id AS TEXT)", "notes", "notes <> ''"),
	holdsJSON("order_hold", "CAST(id AS TEXT)", "params", "params <> ''"),
	holdsJSON("job", "CAST(id AS TEXT)", "payload", "TRUE"),
	holdsJSON("idempotency", "key", "answer", "TRUE"),
}

func (r *run) text(t text) error {
	sql := t.lite
	if r.tx.Postgres() {
		sql = t.postgres
	}
	rows := r.tx.Query(sql)
	for rows.Next() {
		var id, text string
		rows.Scan(&id, &text)
		if !json.Valid([]byte(text)) {
			r.found.add(unparsable, t.table, id, "%s is no JSON: %.40q", t.column, text)
		}
	}
	return rows.Close()
}
