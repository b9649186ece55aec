package archive

import (
	"context"
	"io"

	"github.com/packhorse/packhorse/intake"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/inventory"
)

// Cut takes out of the database what a whole file has, in small transactions beside the work: order by order, then the
// ledger. name is told in the event of each order. A file may be cut again after an interruption: what is gone already is
// passed over. Prove the file first. Error: ErrBroken.
func Cut(ctx context.Context, d *db.DB, company, name string, from io.Reader) error {
	c := &cutter{ctx: ctx, db: d, name: name}
	return Read(from, company, c.take)
}

const pageLines = 1000

// cutter gathers lines into pages that end with an order.
type cutter struct {
	ctx    context.Context
	db     *db.DB
	name   string
	before int64
	page   []Line
}

func (c *cutter) take(l Line) error {
	switch {
	case l.Head != nil:
		c.before = l.Head.Before
		return nil
	case l.End != nil:
		return c.cut()
	}
	if n := len(c.page); n > 0 {
		full, ledger, same := n >= pageLines, l.Entry != nil, c.page[n-1].order() == l.order()
		if full && (ledger || !same) || ledger && !same {
			if err := c.cut(); err != nil {
				return err
			}
		}
	}
	c.page = append(c.page, l)
	return nil
}

func (c *cutter) cut() error {
	if err := c.ctx.Err(); err != nil || len(c.page) == 0 {
		return err
	}
	page := c.page
	c.page = nil
	return c.db.Update(c.ctx, func(tx *db.Tx) error {
		if page[0].Entry == nil {
			return cutOrders(tx, c.name, page)
		}
		ids := make([]int64, len(page))
		for i, l := range page {
			ids[i] = l.Entry.ID
		}
		return inventory.Fold(tx, c.before, ids)
	})
}

// told are the parameters of the event that tells of an archive.
type told struct {
	File      string `json:"file"`
	Events    int64  `json:"events"`
	Documents int64  `json:"documents"`
}

func cutOrders(tx *db.Tx, name string, lines []Line) error {
	var orders, events, documents []int64
	of := map[int64]*told{}
	for _, l := range lines {
		switch key := l.order(); {
		case l.Order != nil:
			of[key] = &told{File: name}
			orders = append(orders, key)
		case l.Event != nil:
			events = append(events, l.Event.ID)
			of[key].Events++
		default:
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
