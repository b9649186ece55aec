package intake_test

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"github.com/packhorse/packhorse/intake"
	"github.com/packhorse/packhorse/internal/clock"
	"github.com/packhorse/packhorse/internal/db/dbtest"
	"github.com/packhorse/packhorse/order"
)

// Whatever a channel says one after the other about an order that nobody works on, the order is in the
// end what it said last, and its amounts add up.
func TestAnOrderIsWhatTheChannelSaidLast(t *testing.T) {
	w := newWorld(t, dbtest.Open(t, dbtest.SQLite(t), clock.Fixed(dbtest.Noon)))
	orders := 0
	rapid.Check(t, func(t *rapid.T) {
		orders++
		var ins []intake.Input
		for range rapid.IntRange(1, 6).Draw(t, "documents") {
			ins = append(ins, sold(fmt.Sprint("P-", orders), draw(t)))
		}
		cut := rapid.IntRange(0, len(ins)).Draw(t, "cut") // in one batch or in two
		results := append(w.inbox.ReceiveAll(ctx, ins[:cut]), w.inbox.ReceiveAll(ctx, ins[cut:])...)
		for i, r := range results {
			if r.Err != nil || r.Out.OrderID != results[0].Out.OrderID || (r.Out.Outcome == intake.Created) != (i == 0) {
				t.Fatalf("document %d: %+v, %v", i, r.Out, r.Err)
			}
		}
		is(t, w.order(results[0].Out.OrderID), ins[len(ins)-1].Document)
	})
}

func draw(t *rapid.T) func(*intake.Document) {
	return func(d *intake.Document) {
		d.PaidAmount, d.Lines = "", nil
		d.Address = rapid.SampledFrom([]string{"1 Road", "2 Street"}).Draw(t, "address")
		d.BuyerNote = rapid.SampledFrom([]string{"", "ring"}).Draw(t, "note")
		d.ShippingFee = rapid.SampledFrom([]intake.Decimal{"", "3"}).Draw(t, "fee")
		for _, no := range rapid.SliceOfNDistinct(rapid.Int64Range(1, 4), 1, 4, rapid.ID).Draw(t, "lines") {
			d.Lines = append(d.Lines, intake.Line{LineNo: no, SKU: rapid.SampledFrom([]string{"A", "B", "?"}).Draw(t, "sku"),
				Quantity: rapid.Int64Range(1, 3).Draw(t, "quantity"), UnitPrice: rapid.SampledFrom([]intake.Decimal{"1", "2.50"}).Draw(t, "price")})
		}
	}
}

func is(t *rapid.T, o *order.Order, d intake.Document) {
	a, err := d.Amounts()
	if err != nil {
		t.Fatal(err)
	}
	if o.Recipient.Address != d.Address || o.Notes.Buyer != d.BuyerNote || o.Total != a.Total || o.PaidAmount != a.Total || o.Review != order.ReviewPending {
		t.Fatalf("%+v\nis not %+v", o, d)
	}
	said := map[int64]intake.Line{}
	for _, l := range d.Lines {
		said[l.LineNo] = l
	}
	sum := o.ShippingFee - o.Discount
	for _, l := range o.Lines {
		sum += l.Amount()
		if s, ok := said[l.No]; l.Wanted() != s.Quantity || ok && (l.SKU != s.SKU || (l.SKUID == 0) != (s.SKU == "?")) {
			t.Fatalf("%+v is not %+v", l, s)
		}
		delete(said, l.No)
	}
	if sum != o.Total || len(said) > 0 {
		t.Fatalf("the lines come to %d of %d, missing are %v", sum, o.Total, said)
	}
}
