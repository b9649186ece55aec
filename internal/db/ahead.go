package db

import (
	"context"
	"encoding/binary"
	"fmt"
	"math"
	"slices"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgtype"
)

// Ahead says what the transaction is going to read anyway, so that PostgreSQL is asked all of it in one round trip: the
// questions travel behind the next Query, and whoever asks one of them later, with equal arguments, finds its answer. A
// write in between drops the answers. Ask ahead behind the query that locks what is read. On SQLite, where asking
// costs nothing, it does nothing.
func (tx *Tx) Ahead(s *SQL, args ...any) {
	if p, ok := tx.engine.(*pgTx); ok {
		p.asked = append(p.asked, question{s, args})
	}
}

type question struct {
	sql  *SQL
	args []any
}

// answer is a result that was read before it was asked for.
type answer struct {
	question
	fields []pgconn.FieldDescription
	types  *pgtype.Map
	data   []byte // of all cells, row after row
	ends   []int  // where each cell ends in data; -1 − that for NULL
	row    [][]byte
	at     int // the row that is read, from 1
}

func (q question) is(s *SQL, args []any) bool {
	return q.sql == s && slices.EqualFunc(q.args, args, equalArgument)
}

func equalArgument(a, b any) bool {
	switch x := a.(type) {
	case []int64:
		y, ok := b.([]int64)
		return ok && slices.Equal(x, y)
	case []string:
		y, ok := b.([]string)
		return ok && slices.Equal(x, y)
	}
	switch b.(type) {
	case []int64, []string:
		return false
	}
	return a == b
}

// known gives the answer to a question that was asked ahead.
func (p *pgTx) known(s *SQL, args []any) *Rows {
	for i, a := range p.answers {
		if a.is(s, args) {
			p.answers = slices.Delete(p.answers, i, i+1)
			return &Rows{ahead: a}
		}
	}
	return nil
}

// together asks the question at hand and those asked ahead in one round trip, in this order.
func (p *pgTx) together(ctx context.Context, s *SQL, args []any) *Rows {
	all := []question{{s, args}}
	for _, q := range p.asked {
		if !q.is(s, args) {
			all = append(all, q)
		}
	}
	p.asked = nil
	b := &pgx.Batch{}
	opens := p.opening(b)
	for _, q := range all {
		b.Queue(q.sql.postgres, q.args...)
	}
	res := p.conn.SendBatch(ctx, b)
	if err := p.opened(res, opens); err != nil {
		return failed(joined(err, res.Close()))
	}
	for _, q := range all {
		a, err := readAll(res, q, p.conn.TypeMap())
		if err != nil {
			return failed(joined(err, res.Close()))
		}
		p.answers = append(p.answers, a)
	}
	if err := res.Close(); err != nil {
		return failed(err)
	}
	return p.known(s, args)
}

func readAll(res pgx.BatchResults, q question, types *pgtype.Map) (*answer, error) {
	rows, err := res.Query()
	if err != nil {
		return nil, err
	}
	a := &answer{question: q, fields: slices.Clone(rows.FieldDescriptions()), types: types}
	for rows.Next() {
		for _, raw := range rows.RawValues() {
			a.data = append(a.data, raw...)
			if raw == nil {
				a.ends = append(a.ends, -1-len(a.data))
			} else {
				a.ends = append(a.ends, len(a.data))
			}
		}
	}
	rows.Close()
	return a, rows.Err()
}

func (a *answer) next() bool {
	a.at++
	return len(a.fields) > 0 && a.at*len(a.fields) <= len(a.ends)
}

func (a *answer) scan(dest []any) error {
	first := (a.at - 1) * len(a.fields)
	a.row = a.row[:0]
	for i := first; i < first+len(a.fields); i++ {
		if a.ends[i] < 0 {
			a.row = append(a.row, nil)
			continue
		}
		a.row = append(a.row, a.data[a.begin(i):a.ends[i]])
	}
	return decodeRow(dest, a.fields, a.row, a.types)
}

// begin is where a cell begins: where the one before it ends.
func (a *answer) begin(cell int) int {
	switch {
	case cell == 0:
		return 0
	case a.ends[cell-1] < 0:
		return -1 - a.ends[cell-1]
	}
	return a.ends[cell-1]
}

// scanPostgres reads the current row. It knows the types of our columns by heart: looking a plan up for every column of
// every row costs more than the decoding. What a function makes of them pgx decodes.
func scanPostgres(rows pgx.Rows, dest []any) error {
	return decodeRow(dest, rows.FieldDescriptions(), rows.RawValues(), rows.Conn().TypeMap())
}

func decodeRow(dest []any, fields []pgconn.FieldDescription, cells [][]byte, types *pgtype.Map) error {
	if len(dest) != len(fields) {
		return fmt.Errorf("db: %d columns read into %d places", len(fields), len(dest))
	}
	for i, raw := range cells {
		if decode(dest[i], &fields[i], raw) {
			continue
		}
		if err := types.Scan(fields[i].DataTypeOID, fields[i].Format, raw, dest[i]); err != nil {
			return fmt.Errorf("db: column %s: %w", fields[i].Name, err)
		}
	}
	return nil
}

// decode reads one value of the few types that our tables and queries have, as PostgreSQL sends them.
func decode(dest any, f *pgconn.FieldDescription, raw []byte) bool {
	if f.Format != pgx.BinaryFormatCode && f.DataTypeOID != pgtype.TextOID {
		return false
	}
	switch d := dest.(type) {
	case *int64:
		return decodeInt(d, f, raw)
	case *int:
		var v int64
		ok := decodeInt(&v, f, raw)
		*d = int(v)
		return ok
	case *string:
		if f.DataTypeOID != pgtype.TextOID || raw == nil {
			return false
		}
		*d = string(raw)
		return true
	case *bool:
		if f.DataTypeOID != pgtype.BoolOID || len(raw) != 1 {
			return false
		}
		*d = raw[0] != 0
		return true
	case *float64:
		if f.DataTypeOID != pgtype.Float8OID || len(raw) != 8 {
			return false
		}
		*d = math.Float64frombits(binary.BigEndian.Uint64(raw))
		return true
	}
	return false
}

func decodeInt(d *int64, f *pgconn.FieldDescription, raw []byte) bool {
	if f.DataTypeOID != pgtype.Int8OID || len(raw) != 8 {
		return false
	}
	*d = int64(binary.BigEndian.Uint64(raw))
	return true
}
