package check

import (
	"context"
	"maps"
	"math"
	"slices"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/order"
	"github.com/packhorse/packhorse/ship"
)

// pageOf is how many orders are compared at a time.
const pageOf = 1000

var selSpan = db.NewSQL(`SELECT COALESCE(min(id), 0), COALESCE(max(id), 0) FROM order_head`)

// orders proves every order against everything that belongs to it, page by page.
func (r *run) orders(ctx context.Context) error {
	var first, newest int64
	if _, err := r.tx.Query(selSpan).One(&first, &newest); err != nil {
		return err
	}
	rd := &reader{tx: r.tx, found: r.found, counts: r.checked}
	for after := int64(math.MinInt64); after < math.MaxInt64; {
		if err := ctx.Err(); err != nil {
			return err
		}
		list, last, err := rd.page(after, pageOf)
		if err != nil {
			return err
		}
		for _, d := range list {
			d.judge(r.found, &r.known)
		}
		if after = last; last < newest {
			r.heard("orders", 0.95*float64(last-first)/float64(newest-first))
		}
	}
	return nil
}

// judge applies every rule about one order.
func (d *dossier) judge(f *findings, k *known) {
	d.states(f)
	d.axis(f)
	d.delivery(f)
	d.units(f, k)
	d.total(f)
	d.debts(f)
	d.stops(f)
	d.timeline(f)
	d.references(f, k)
	for _, w := range d.fulfilments {
		d.fulfilment(f, w)
		w.reserved(f)
		w.contents(f)
	}
	d.parcelsShipped(f)
	d.parcelsHalted(f)
}

func (d *dossier) key() string { return key(d.ID) }

// kinds an order may have.
var kinds = []string{"normal", "presale", "cod", "exchange", "reship", "gift", "dropship"}

func (d *dossier) states(f *findings) {
	for _, s := range [][2]string{{"payment", d.Payment}, {"review", d.Review}, {"fulfilment", d.Fulfilment}, {"delivery", d.Delivery}, {"after-sale", d.AfterSale}} {
		if order.Known(s[0], s[1]) != nil {
			f.add(unknownState, "order_head", d.key(), "%q is not a state of %s", s[1], s[0])
		}
	}
	if !slices.Contains(kinds, d.Kind) {
		f.add(unknownState, "order_head", d.key(), "%q is not a kind of order", d.Kind)
	}
	for _, w := range d.fulfilments {
		if order.Known("fulfilment order", w.Status) != nil {
			f.add(unknownState, "order_fulfilment", key(w.ID), "%q is not a state of a fulfilment", w.Status)
		}
	}
}

// axis compares the stored fulfilment state with what follows from lines, fulfilments and debts.
func (d *dossier) axis(f *findings) {
	want := order.Derive(d.Order, d.plain(), d.owed)
	if d.Fulfilment == want {
		return
	}
	// What review has turned away will not leave; nothing else tells it from what is not decided.
	off := d.Review == order.ReviewRejected || d.Review == order.ReviewCancelled
	if off && want == order.FulfilmentNone && d.Fulfilment == order.FulfilmentCancelled {
		return
	}
	// An order that review lets go again waits for a decision about what it was owed before.
	if want == order.FulfilmentBackordered && d.Fulfilment == order.FulfilmentWaiting && !slices.ContainsFunc(d.fulfilments, (*work).counts) {
		return
	}
	f.add(orderAxis, "order_head", d.key(), "fulfilment is %q, its facts say %q", d.Fulfilment, want)
}

// delivery compares the stored delivery state with the parcels that have left.
func (d *dossier) delivery(f *findings) {
	list := make([]*ship.Shipment, len(d.shipments))
	for i, s := range d.shipments {
		list[i] = &ship.Shipment{Status: s.status, Tracking: s.tracking}
	}
	want := ship.Delivery(d.Fulfilment, list)
	if d.Delivery == want {
		return
	}
	f.add(orderAxis, "order_head", d.key(), "delivery is %q, its parcels say %q", d.Delivery, want)
}

// units finds every wanted unit of a passed order in exactly one fulfilment or debt. Of a bundle every
// component counts for itself, in whole multiples of the bundles wanted: its recipe may have been corrected since.
func (d *dossier) units(f *findings, k *known) {
	if !d.Passed() || d.Fulfilment == order.FulfilmentWaiting {
		return
	}
	served := map[int64]map[int64]int64{} // line → SKU → units
	add := func(line, sku, q int64) {
		if served[line] == nil {
			served[line] = map[int64]int64{}
		}
		served[line][sku] += q
	}
	for _, w := range d.fulfilments {
		if w.counts() {
			for _, l := range w.Lines {
				add(l.LineNo, l.SKUID, l.Quantity)
			}
		}
	}
	for _, b := range d.owed {
		add(b.LineNo, b.SKUID, b.Quantity)
	}
	for _, l := range d.Lines {
		if l.SKUID != 0 {
			d.line(f, k, l, served[l.No])
		}
	}
}

func (d *dossier) line(f *findings, k *known, l order.Line, served map[int64]int64) {
	id := key(l.OrderID, l.No)
	rest := l.Wanted() - served[l.SKUID] // what is not served as the SKU itself is served in components
	components := 0
	for _, sku := range slices.Sorted(maps.Keys(served)) {
		q := served[sku]
		if sku == l.SKUID || q == 0 {
			continue
		}
		components++
		switch {
		case !k.parts[l.SKUID][sku]:
			f.add(orderLines, "order_line", id, "%d units of SKU %d serve it, which is no component of SKU %d", q, sku, l.SKUID)
		case rest <= 0 || q%rest != 0:
			f.add(orderLines, "order_line", id, "%d units of component %d do not make %d bundles", q, sku, rest)
		}
	}
	if components == 0 && rest != 0 {
		f.add(orderLines, "order_line", id, "%d units are wanted, %d are in fulfilments or owed", l.Wanted(), served[l.SKUID])
	}
}

func (d *dossier) total(f *findings) {
	sum := d.ShippingFee - d.Discount
	for _, l := range d.Lines {
		sum += l.Amount()
	}
	if d.Total != sum {
		f.add(orderTotal, "order_head", d.key(), "the total is %d, its lines, discounts and shipping come to %d", d.Total, sum)
	}
}

func (d *dossier) debts(f *findings) {
	for _, b := range d.owed {
		id := key(b.OrderID, b.LineNo, b.SKUID)
		switch {
		case !d.has(b.LineNo):
			f.add(backorderOrphan, "order_backorder", id, "the order has no line %d", b.LineNo)
		case d.Review == order.ReviewRejected || d.Review == order.ReviewCancelled || d.Fulfilment == order.FulfilmentCancelled:
			f.add(backorderOrphan, "order_backorder", id, "the order is over (review %q, fulfilment %q)", d.Review, d.Fulfilment)
		}
	}
}

func (d *dossier) has(line int64) bool {
	return slices.ContainsFunc(d.Lines, func(l order.Line) bool { return l.No == line })
}

func (d *dossier) stops(f *findings) {
	if d.Fulfilment == order.FulfilmentShipped || d.Fulfilment == order.FulfilmentCancelled {
		for _, h := range d.holds {
			f.add(holdState, "order_hold", key(h), "it is live, but the order is %q", d.Fulfilment)
		}
		return
	}
	if d.Review == order.ReviewHeld && len(d.holds) == 0 {
		f.add(holdState, "order_head", d.key(), "review is \"held\", but no hold is live")
	}
}

func (d *dossier) timeline(f *findings) {
	switch {
	case d.events == 0:
		f.add(eventOrder, "order_head", d.key(), "no event tells of it")
	case d.firstEvent < d.ID:
		f.add(eventOrder, "event", key(d.firstEvent), "it is older than its order %d", d.ID)
	}
}

func (d *dossier) references(f *findings, k *known) {
	if k.skus == nil {
		return
	}
	for _, l := range d.Lines {
		if l.SKUID != 0 && !k.skus[l.SKUID] {
			f.add(reference, "order_line", key(l.OrderID, l.No), "there is no SKU %d", l.SKUID)
		}
	}
	for _, b := range d.owed {
		if !k.skus[b.SKUID] {
			f.add(reference, "order_backorder", key(b.OrderID, b.LineNo, b.SKUID), "there is no SKU %d", b.SKUID)
		}
	}
	for _, w := range d.fulfilments {
		if !k.nodes[w.NodeID] {
			f.add(reference, "order_fulfilment", key(w.ID), "there is no node %d", w.NodeID)
		}
		for _, l := range w.Lines {
			if !k.skus[l.SKUID] {
				f.add(reference, "order_fulfilment_line", key(w.ID, l.Seq), "there is no SKU %d", l.SKUID)
			}
		}
	}
}
