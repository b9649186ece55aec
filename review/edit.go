package review

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/packhorse/packhorse/catalog"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/order"
)

// Edit is what a reviewer corrects. What is nil stays.
type Edit struct {
	Recipient  *order.Recipient
	Lines      map[int64]string // order line → SKU code
	MaySplit   *bool
	SellerNote *string
}

// Edit corrects an order that no node has begun with, and sends it back to the rules. Faults: order.not_found,
// order.state, review.in_work, review.over, review.no_line, review.unknown_sku, review.nothing_edited.
func (s *Service) Edit(ctx context.Context, once *db.Once, orderID int64, e Edit, actor string) (Outcome, error) {
	return db.Command(ctx, s.db, once, func(tx *db.Tx) (Outcome, error) {
		d, err := open(tx, orderID)
		if err != nil {
			return Outcome{}, err
		}
		if d.inWork() {
			return Outcome{}, inWork()
		}
		if d.Review == order.ReviewRejected || d.Review == order.ReviewCancelled {
			return Outcome{}, stands(d.Order, order.ReviewPending)
		}
		if err := d.over(); err != nil {
			return Outcome{}, err
		}
		skus, err := catalog.ByCodes(tx, slices.Sorted(maps.Values(e.Lines)))
		if err != nil {
			return Outcome{}, err
		}
		lines, err := e.lines(d.Order, skus)
		if err != nil {
			return Outcome{}, err
		}
		fields := e.apply(d.Order)
		if len(lines) > 0 {
			fields = append(fields, "lines")
		}
		if len(fields) == 0 {
			return Outcome{}, fault.Invalidf("", "review.nothing_edited", "nothing was changed; say what the order should hold")
		}
		if e.Recipient != nil {
			if err := d.answered(tx, actor); err != nil {
				return Outcome{}, err
			}
		}
		if err := d.move(tx, order.ReviewPending); err != nil {
			return Outcome{}, err
		}
		if err := order.SaveContent(tx, d.Order); err != nil {
			return Outcome{}, err
		}
		for _, l := range lines {
			order.SaveLine(tx, l)
		}
		tx.Emit(db.Event{Kind: "review.edited.v1", Order: d.ID, Actor: actor, Params: map[string]any{"fields": fields}})
		return d.outcome(), nil
	})
}

// lines are the order's lines that get another SKU, in the order of their numbers.
func (e Edit) lines(o *order.Order, skus map[string]catalog.SKU) (out []order.Line, err error) {
	for _, no := range slices.Sorted(maps.Keys(e.Lines)) {
		code := e.Lines[no]
		i := slices.IndexFunc(o.Lines, func(l order.Line) bool { return l.No == no })
		if i < 0 {
			return nil, fault.Invalidf(fmt.Sprintf("lines[%d]", no), "review.no_line", "the order has no line %d", no).With("line", no)
		}
		sku, known := skus[code]
		if !known {
			return nil, fault.Invalidf(fmt.Sprintf("lines[%d].sku", no), "review.unknown_sku",
				"the catalogue has no SKU %q, or several owners have one", code).With("sku", code)
		}
		if l := &o.Lines[i]; l.SKUID != sku.ID {
			l.SKUID, l.SKU = sku.ID, sku.Code
			out = append(out, *l)
		}
	}
	return out, nil
}

// apply changes the order in hand and names what changed.
func (e Edit) apply(o *order.Order) (fields []string) {
	if e.Recipient != nil && *e.Recipient != o.Recipient {
		o.Recipient = *e.Recipient
		fields = append(fields, "recipient")
	}
	if e.MaySplit != nil && *e.MaySplit != o.MaySplit {
		o.MaySplit = *e.MaySplit
		fields = append(fields, "may_split")
	}
	if e.SellerNote != nil && *e.SellerNote != o.Notes.Seller {
		o.Notes.Seller = *e.SellerNote
		fields = append(fields, "seller_note")
	}
	return fields
}
