package db

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// SQL is a statement registered once, as a package variable. It is written in PostgreSQL's
// words with $N placeholders; the little that SQLite says differently is rewritten here:
//
//	$1                 → ?1   (SQLite drivers bind a reused or unordered $N wrongly, without an error)
//	x = ANY($1)        → x IN (SELECT value FROM json_each(?1)); pass []int64 or []string
//	x IN ('a', 'b')    → (x = 'a' OR x = 'b')
//	FOR UPDATE …       → nothing: SQLite has one writer
//	{xact}             → the number of the transaction; 0 on SQLite
type SQL struct {
	postgres string
	sqlite   string
	list     int            // which argument is the one list of the statement; 0 when there is none or several
	sized    map[int]string // SQLite: the statement for lists of up to so many
}

// listSizes are the lengths a list is padded to on SQLite: a prepared IN (?1, ?2, …) is about twice as fast as
// reading JSON, and a handful of lengths keeps the statements few. Longer lists are read as JSON.
var listSizes = []int{1, 4, 16, 64, 256}

var (
	anyOf     = regexp.MustCompile(`=\s*ANY\(\$(\d+)\)`)
	holder    = regexp.MustCompile(`\$(\d+)`)
	forUpdate = regexp.MustCompile(`\s+FOR (UPDATE|SHARE)( OF \w+)?( SKIP LOCKED)?`)
	inList    = regexp.MustCompile(`([\w.]+) (NOT )?IN \(('[^)]*')\)`)
	named     = regexp.MustCompile(`\bx\.(\w+)`)
)

const xact = "CAST(CAST(pg_current_xact_id() AS TEXT) AS BIGINT)"

// NewSQL registers a statement.
func NewSQL(text string) *SQL {
	lite := anyOf.ReplaceAllString(alternatives(text), "IN (SELECT value FROM json_each(?$1))")
	lite = forUpdate.ReplaceAllString(lite, "")
	lite = holder.ReplaceAllString(lite, "?$1")
	s := &SQL{
		postgres: strings.ReplaceAll(text, "{xact}", xact),
		sqlite:   strings.ReplaceAll(lite, "{xact}", "0"),
	}
	s.size(alternatives(text))
	return s
}

// alternatives writes fixed lists as ORs. SQLite builds a temporary table for a list of more than two, every time
// the statement runs: for a CHECK or the condition of an index that is most of what writing a small row costs. Queries
// are rewritten alike, so that a query that repeats an index's condition still matches it.
func alternatives(text string) string {
	return inList.ReplaceAllStringFunc(text, func(m string) string {
		part := inList.FindStringSubmatch(m)
		is, join := " = ", " OR "
		if part[2] != "" {
			is, join = " <> ", " AND "
		}
		var all []string
		for _, v := range strings.Split(part[3], ",") {
			all = append(all, part[1]+is+strings.TrimSpace(v))
		}
		return "(" + strings.Join(all, join) + ")"
	})
}

// size renders the variants for short lists.
func (s *SQL) size(text string) {
	lists := anyOf.FindAllStringSubmatch(text, -1)
	if len(lists) != 1 || strings.Count(text, "$"+lists[0][1]+")") != 1 {
		return
	}
	s.list, _ = strconv.Atoi(lists[0][1])
	most := 0
	for _, m := range holder.FindAllStringSubmatch(text, -1) {
		n, _ := strconv.Atoi(m[1])
		most = max(most, n)
	}
	s.sized = map[int]string{}
	for _, n := range listSizes {
		in := fmt.Sprintf("= ?%d", s.list)
		if n > 1 {
			in = fmt.Sprintf("IN (?%d", s.list)
			for i := 1; i < n; i++ {
				in += fmt.Sprintf(",?%d", most+i)
			}
			in += ")"
		}
		lite := anyOf.ReplaceAllLiteralString(text, in)
		lite = forUpdate.ReplaceAllString(lite, "")
		s.sized[n] = holder.ReplaceAllString(lite, "?$1")
	}
}

// lite is the statement for SQLite with its arguments: a list that is not too long is spread over parameters,
// padded with its own first value; any other is JSON.
func (s *SQL) lite(args []any) (string, []any) {
	if s.list == 0 {
		return s.sqlite, listed(args)
	}
	switch v := args[s.list-1].(type) {
	case []int64:
		return spread(s, args, v)
	case []string:
		return spread(s, args, v)
	}
	return s.sqlite, listed(args)
}

func spread[T any](s *SQL, args []any, v []T) (string, []any) {
	n := 0
	for _, size := range listSizes {
		if len(v) <= size {
			n = size
			break
		}
	}
	if len(v) == 0 || n == 0 {
		return s.sqlite, listed(args)
	}
	out := make([]any, 0, len(args)+n)
	out = append(out, args...)
	out[s.list-1] = v[0]
	for i := 1; i < n; i++ {
		if i < len(v) {
			out = append(out, v[i])
		} else {
			out = append(out, v[0])
		}
	}
	return s.sized[n], out
}

// Write is a row operation that can be buffered: one description, rendered as the row form
// (SQLite, one prepared statement per row) and as the set form (PostgreSQL, unnest).
type Write struct {
	name  string
	row   string   // SQLite, ?N
	set   string   // PostgreSQL, $N arrays
	types []string // PostgreSQL array types, one per argument
	keys  int      // the first keys arguments identify the row; 0 when rows cannot collide
	exact bool     // every operation must touch exactly one row
}

type column struct{ name, kind string }

func columns(spec string) []column {
	var out []column
	for _, part := range strings.Split(spec, ",") {
		f := strings.Fields(part)
		if len(f) != 2 || (f[1] != "bigint" && f[1] != "text" && f[1] != "boolean") {
			panic(fmt.Sprintf("db: column %q: want a name and bigint, text or boolean", strings.TrimSpace(part)))
		}
		out = append(out, column{f[0], f[1]})
	}
	return out
}

// Insert describes new rows. spec lists the columns with their types: "id bigint, code text".
func Insert(table, spec string) *Write {
	cols := columns(spec)
	w := newWrite("insert "+table, cols, 0)
	head := "INSERT INTO " + table + " (" + names(cols, "") + ") "
	w.row = head + "VALUES (" + holders(cols) + ")"
	w.set = head + "SELECT * FROM " + unnest(cols)
	return w
}

// Upsert describes rows that may exist: on a conflict over the first keys columns, update is
// applied, in which t is the stored row and excluded the new one. An empty update keeps the stored row.
func Upsert(table, spec string, keys int, update string) *Write {
	cols := columns(spec)
	w := newWrite("upsert "+table, cols, keys)
	head := "INSERT INTO " + table + " AS t (" + names(cols, "") + ") "
	tail := " ON CONFLICT (" + names(cols[:keys], "") + ") DO "
	if update == "" {
		tail += "NOTHING"
		w.exact = false
	} else {
		tail += "UPDATE SET " + update
	}
	w.row = head + "VALUES (" + holders(cols) + ")" + tail
	// WHERE TRUE keeps SELECT … ON CONFLICT unambiguous for a parser.
	w.set = head + "SELECT * FROM " + unnest(cols) + " WHERE TRUE" + tail
	return w
}

// Change describes an update of exactly one row each. The arguments are named by spec and written
// x.name; the stored row is t. The first keys arguments identify the row. A guard in where that does
// not hold makes the whole transaction fail with ErrGuard: nothing of it is written.
func Change(table, spec string, keys int, set, where string) *Write {
	cols := columns(spec)
	w := newWrite("update "+table, cols, keys)
	w.row = byPosition("UPDATE "+table+" AS t SET "+set+" WHERE "+where, cols)
	w.set = counted("UPDATE "+table+" AS t SET "+set+" FROM "+unnest(cols)+" WHERE "+where+" RETURNING 1", len(cols))
	return w
}

// Remove describes the deletion of exactly one row each, in the manner of Change.
func Remove(table, spec, where string) *Write {
	cols := columns(spec)
	w := newWrite("delete "+table, cols, len(cols))
	w.row = byPosition("DELETE FROM "+table+" AS t WHERE "+where, cols)
	w.set = counted("DELETE FROM "+table+" AS t USING "+unnest(cols)+" WHERE "+where+" RETURNING 1", len(cols))
	return w
}

func newWrite(name string, cols []column, keys int) *Write {
	w := &Write{name: name, keys: keys, exact: true}
	for _, c := range cols {
		w.types = append(w.types, c.kind)
	}
	return w
}

// counted makes PostgreSQL itself refuse when fewer or more rows were touched than operations were
// sent, so that the commit in the same round trip becomes a rollback: 1/0 aborts the transaction.
func counted(dml string, args int) string {
	return fmt.Sprintf("WITH done AS (%s) SELECT 1 / (CASE WHEN count(*) = $%d THEN 1 ELSE 0 END) FROM done", dml, args+1)
}

func names(cols []column, prefix string) string {
	parts := make([]string, len(cols))
	for i, c := range cols {
		parts[i] = prefix + c.name
	}
	return strings.Join(parts, ", ")
}

func holders(cols []column) string {
	parts := make([]string, len(cols))
	for i := range cols {
		parts[i] = fmt.Sprintf("?%d", i+1)
	}
	return strings.Join(parts, ", ")
}

func unnest(cols []column) string {
	parts := make([]string, len(cols))
	for i, c := range cols {
		parts[i] = fmt.Sprintf("$%d::%s[]", i+1, c.kind)
	}
	return "unnest(" + strings.Join(parts, ", ") + ") AS x(" + names(cols, "") + ")"
}

func byPosition(text string, cols []column) string {
	return named.ReplaceAllStringFunc(text, func(m string) string {
		for i, c := range cols {
			if c.name == m[2:] {
				return fmt.Sprintf("?%d", i+1)
			}
		}
		panic(fmt.Sprintf("db: %s is not among the arguments of %q", m, text))
	})
}

// list turns a slice argument into what json_each reads; everything else stays.
func list(v any) any {
	switch x := v.(type) {
	case []int64:
		b := make([]byte, 0, 2+20*len(x))
		b = append(b, '[')
		for i, n := range x {
			if i > 0 {
				b = append(b, ',')
			}
			b = fmt.Appendf(b, "%d", n)
		}
		return string(append(b, ']'))
	case []string:
		raw, err := json.Marshal(x)
		if err != nil {
			panic(err) // strings always marshal
		}
		return string(raw)
	}
	return v
}
