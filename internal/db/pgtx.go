package db

import (
	"context"
	"errors"
	"fmt"
	"strconv"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// pgTx begins lazily: BEGIN travels with the first statement, COMMIT with the last. A transaction that begins by
// reading also asks for the version of what may be remembered.
type pgTx struct {
	conn  *pgx.Conn
	begin string
	begun bool
	dates bool  // ask for the version
	at    int64 // the version; 0 = not asked

	asked   []question // ahead, not sent yet
	answers []*answer  // to questions asked ahead
}

// version is that of the database's memory as this transaction has found it; 0 when it could not be read, and then
// the next statement says why.
func (p *pgTx) version(ctx context.Context) int64 {
	switch {
	case p.at > 0:
	case p.begun:
		_ = p.conn.QueryRow(ctx, memoryVersion.postgres).Scan(&p.at)
	default:
		b := &pgx.Batch{}
		opens := p.opening(b)
		res := p.conn.SendBatch(ctx, b)
		_ = p.opened(res, opens)
		_ = res.Close()
	}
	return p.at
}

func (p *pgTx) query(ctx context.Context, s *SQL, args []any) *Rows {
	if r := p.known(s, args); r != nil {
		return r
	}
	if len(p.asked) > 0 {
		return p.together(ctx, s, args)
	}
	if p.begun {
		rows, err := p.conn.Query(ctx, s.postgres, args...)
		if err != nil {
			return failed(err)
		}
		return &Rows{postgres: rows}
	}
	b := &pgx.Batch{}
	opens := p.opening(b)
	b.Queue(s.postgres, args...)
	res := p.conn.SendBatch(ctx, b)
	if err := p.opened(res, opens); err != nil {
		return failed(joined(err, res.Close()))
	}
	rows, err := res.Query()
	if err != nil {
		return failed(joined(err, res.Close()))
	}
	return &Rows{postgres: rows, finish: res.Close}
}

// opening queues what a transaction begins with, if it has not begun.
func (p *pgTx) opening(b *pgx.Batch) (opens bool) {
	if p.begun {
		return false
	}
	b.Queue(p.begin)
	if p.dates {
		b.Queue(memoryVersion.postgres)
	}
	return true
}

// opened reads what opening queued.
func (p *pgTx) opened(res pgx.BatchResults, opens bool) error {
	if !opens {
		return nil
	}
	if _, err := res.Exec(); err != nil {
		return err
	}
	p.begun = true
	if p.dates {
		return res.QueryRow().Scan(&p.at)
	}
	return nil
}

// joined is an error with what closing after it said, where that is something else.
func joined(err, closing error) error {
	if closing == nil || errors.Is(closing, err) || closing.Error() == err.Error() {
		return err
	}
	return errors.Join(err, closing)
}

func (p *pgTx) exec(ctx context.Context, s *SQL, args []any) (int64, error) {
	p.answers = nil
	if !p.begun {
		if _, err := p.conn.Exec(ctx, p.begin); err != nil {
			return 0, err
		}
		p.begun = true
	}
	tag, err := p.conn.Exec(ctx, s.postgres, args...)
	return tag.RowsAffected(), err
}

func (p *pgTx) apply(ctx context.Context, ops []*pending) error {
	p.answers = nil
	b := &pgx.Batch{}
	names := p.queue(b, ops)
	return p.send(ctx, b, names)
}

// finish writes what is buffered and commits, in one round trip.
func (p *pgTx) finish(ctx context.Context, ops []*pending) error {
	if !p.begun && len(ops) == 0 {
		return nil
	}
	b := &pgx.Batch{}
	names := p.queue(b, ops)
	b.Queue("COMMIT")
	if err := p.send(ctx, b, append(names, "commit")); err != nil {
		return err
	}
	p.begun = false
	return nil
}

func (p *pgTx) queue(b *pgx.Batch, ops []*pending) (labels []string) {
	if !p.begun {
		b.Queue(p.begin)
		labels = append(labels, "begin")
		p.begun = true
	}
	for _, op := range ops {
		for _, rows := range rounds(op) {
			args := transpose(op.write, rows)
			if op.write.exact && op.write.name[:6] != "insert" && op.write.name[:6] != "upsert" {
				args = append(args, int64(len(rows)))
			}
			b.Queue(op.write.set, args...)
			labels = append(labels, op.write.name)
		}
	}
	return labels
}

func (p *pgTx) send(ctx context.Context, b *pgx.Batch, labels []string) error {
	res := p.conn.SendBatch(ctx, b)
	for _, label := range labels {
		tag, err := res.Exec()
		if err != nil {
			res.Close()
			return named22012(label, err)
		}
		if label == "commit" && tag.String() == "ROLLBACK" {
			res.Close()
			return fmt.Errorf("%w (the transaction was taken back)", ErrGuard)
		}
	}
	return res.Close()
}

// named22012 recognises the division by zero with which a set form says that a guard did not hold.
func named22012(label string, err error) error {
	var p *pgconn.PgError
	if errors.As(err, &p) && p.Code == "22012" {
		return fmt.Errorf("%w (%s)", ErrGuard, label)
	}
	return fmt.Errorf("%s: %w", label, err)
}

// rounds splits operations on the same row into successive sets: a set touches a row once only.
func rounds(op *pending) [][][]any {
	if op.write.keys == 0 || len(op.rows) == 1 {
		return [][][]any{op.rows}
	}
	var out [][][]any
	seen := make(map[string]int, len(op.rows))
	for _, r := range op.rows {
		k := keyOf(r[:op.write.keys])
		n := seen[k]
		seen[k] = n + 1
		if n == len(out) {
			out = append(out, nil)
		}
		out[n] = append(out[n], r)
	}
	return out
}

// keyOf writes the identifying arguments of an operation as text.
func keyOf(args []any) string {
	b := make([]byte, 0, 48)
	for _, a := range args {
		switch v := a.(type) {
		case int64:
			b = strconv.AppendInt(b, v, 36)
		case int:
			b = strconv.AppendInt(b, int64(v), 36)
		case string:
			b = strconv.AppendQuote(b, v)
		default:
			b = fmt.Append(b, v)
		}
		b = append(b, ',')
	}
	return string(b)
}

func transpose(w *Write, rows [][]any) []any {
	args := make([]any, len(w.types), len(w.types)+1)
	for i, kind := range w.types {
		switch kind {
		case "bigint":
			col := make([]int64, len(rows))
			for j, r := range rows {
				switch v := r[i].(type) {
				case int64:
					col[j] = v
				case int:
					col[j] = int64(v)
				default:
					panic(fmt.Sprintf("db: %s argument %d is %T, want a number", w.name, i+1, r[i]))
				}
			}
			args[i] = col
		case "text":
			col := make([]string, len(rows))
			for j, r := range rows {
				col[j] = r[i].(string)
			}
			args[i] = col
		case "boolean":
			col := make([]bool, len(rows))
			for j, r := range rows {
				col[j] = r[i].(bool)
			}
			args[i] = col
		}
	}
	return args
}
