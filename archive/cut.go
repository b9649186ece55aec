package archive

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"github.com/packhorse/packhorse/intake"
	"github.com/packhorse/packhorse/internal/db"
)

// ErrBroken says that a file is not a whole archive, or not of this company.
var ErrBroken = errors.New("this is not a whole archive of this company")

// Prove reads a file to its end and returns what is in it. Error: ErrBroken.
func Prove(from io.Reader, company string) (Counts, error) {
	var n Counts
	err := each(from, company, func(lines []line) error { n.add(lines); return nil })
	return n, err
}

// Cut takes out of the database what a whole file has, order by order in small transactions beside the work. name is
// told in the event of each order. A file may be cut again after an interruption: what is gone already is passed over.
// Prove the file first. Error: ErrBroken.
func Cut(ctx context.Context, d *db.DB, company, name string, from io.Reader) error {
	return each(from, company, func(lines []line) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		return d.Update(ctx, func(tx *db.Tx) error { return cut(tx, name, lines) })
	})
}

// told are the parameters of the event that tells of an archive.
type told struct {
	File      string `json:"file"`
	Events    int64  `json:"events"`
	Documents int64  `json:"documents"`
}

func cut(tx *db.Tx, name string, lines []line) error {
	var orders, events, documents []int64
	of := map[int64]*told{}
	for _, l := range lines {
		key := l.order()
		if of[key] == nil {
			of[key] = &told{File: name}
			orders = append(orders, key)
		}
		if l.Event != nil {
			events = append(events, l.Event.ID)
			of[key].Events++
		} else {
			documents = append(documents, l.Document.ID)
			of[key].Documents++
		}
	}
	gone := int64(0)
	var err error
	if len(events) > 0 {
		if gone, err = tx.CutPast(orders, events); err != nil {
			return err
		}
	}
	if len(documents) > 0 {
		if err := intake.DropBodies(tx, documents); err != nil {
			return err
		}
	}
	if len(events) > 0 && gone == 0 {
		return nil // cut before, and told then
	}
	for _, key := range orders {
		tx.Emit(db.Event{Kind: toldOf, Order: key, Params: of[key]})
	}
	return nil
}

const (
	pageLines   = 1000
	longestLine = 32 << 20
)

// each reads the lines of a file in pages that end with an order, and proves the file on the way.
func each(from io.Reader, company string, do func([]line) error) error {
	scan := bufio.NewScanner(from)
	scan.Buffer(make([]byte, 1<<16), longestLine)
	var page []line
	var n Counts
	flush := func() error {
		if len(page) == 0 {
			return nil
		}
		n.add(page)
		err := do(page)
		page = page[:0]
		return err
	}
	for at := 1; scan.Scan(); at++ {
		var l line
		if err := json.Unmarshal(scan.Bytes(), &l); err != nil {
			return fmt.Errorf("%w: line %d: %w", ErrBroken, at, err)
		}
		switch {
		case at == 1:
			if l.Head == nil || l.Head.Form != Form || l.Head.Company != company {
				return fmt.Errorf("%w: line 1", ErrBroken)
			}
		case l.End != nil:
			if err := flush(); err != nil {
				return err
			}
			if *l.End != n || scan.Scan() {
				return fmt.Errorf("%w: it has %+v and says %+v", ErrBroken, n, *l.End)
			}
			return nil
		case l.Event == nil && l.Document == nil:
			return fmt.Errorf("%w: line %d", ErrBroken, at)
		default:
			if len(page) >= pageLines && page[len(page)-1].order() != l.order() {
				if err := flush(); err != nil {
					return err
				}
			}
			page = append(page, l)
		}
	}
	return fmt.Errorf("%w: it ends early (%v)", ErrBroken, scan.Err())
}
