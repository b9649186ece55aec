package allocation

import (
	"slices"

	"github.com/packhorse/packhorse/internal/words"
)

// explain says of every order that the plan serves otherwise than the plain rule why, and why no other site ships of it.
// Orders that are served as they would have been keep the reasons of the plain rule.
func (f *follower) explain(b *Batch) {
	sum := compare(f.p, b.Decisions, b.Plain, b.Named)
	left := f.leftover(b.Decisions)
	for i := range b.Decisions {
		d, plain := &b.Decisions[i], &b.Plain[i]
		d.sameReasons(plain)
		switch {
		case !b.Named[i]:
		case samePlace(d, plain):
			d.Why, d.Rejected = plain.Why, plain.Rejected
		case !f.stale[i] && len(f.plan.advice[d.Order]) > 0:
			r := f.fresh.open(&f.p.Orders[i])
			d.Why = r.whyTogether(d, plain, f.plan.Orders-1, sum)
			d.Rejected = r.yielding(d, left, f.plan.prices)
		}
	}
}

// leftover is the board after all decisions.
func (f *follower) leftover(list []Decision) *board {
	left := newBoard(f.p)
	for i := range list {
		left.takeAway(&list[i])
	}
	return left
}

// sameReasons gives what waits the reason it has by the plain rule, which saw what the orders before had left.
func (d *Decision) sameReasons(plain *Decision) {
	for i := range d.BackOrders {
		b := &d.BackOrders[i]
		for _, x := range plain.BackOrders {
			if x.Line == b.Line && x.SKU == b.SKU {
				b.Reason = x.Reason
			}
		}
	}
}

// samePlace reports whether two decisions ship the same from the same nodes.
func samePlace(x, y *Decision) bool {
	return slices.EqualFunc(x.Parcels, y.Parcels, func(a, b Parcel) bool { return a.Node == b.Node && slices.Equal(a.Lines, b.Lines) })
}

// whyTogether is the sentence for an order that the batch serves otherwise than the plain rule.
func (r *request) whyTogether(d, plain *Decision, others int, sum Saving) words.Text {
	params := map[string]any{"others": others, "nodes": r.names(d), "cost": r.amount(r.o.shipping(d))}
	if len(plain.Parcels) == 0 {
		params["units"], params["asked"] = r.units-owed(d), r.units
		return words.Text{Code: codeTogetherServed, Params: params}
	}
	params["plain"], params["plain_cost"] = r.names(plain), r.amount(r.o.shipping(plain))
	if sum.Saved() > 0 {
		params["saved"] = r.amount(sum.Saved())
		return words.Text{Code: codeTogetherSaves, Params: params}
	}
	params["more"] = sum.MoreUnits
	return words.Text{Code: codeTogetherServes, Params: params}
}

// names are the nodes that ship.
func (b *board) names(d *Decision) (out []string) {
	for _, p := range d.Parcels {
		for i := range b.sites {
			if b.sites[i].node.ID == p.Node {
				out = append(out, b.sites[i].name)
			}
		}
	}
	return out
}

// yielding has a reason for every site that ships nothing of an order decided over with others. r stands on the untouched
// board: a site that could have shipped it, and cheaper, yielded to other orders.
func (r *request) yielding(d *Decision, left *board, prices map[StockKey]int64) []Rejection {
	out := make([]Rejection, 0, len(r.offers))
	for i := range r.offers {
		of := &r.offers[i]
		node := r.sites[of.site].node.ID
		if slices.ContainsFunc(d.Parcels, func(p Parcel) bool { return p.Node == node }) {
			continue
		}
		x := Rejection{Node: node, Code: of.out}
		switch {
		case of.out == "":
			x.Code, x.Params = r.yields(of, d, left, prices)
		case of.out == codeNoService:
			x.Params = map[string]any{"region": r.o.Region}
		case of.out == codeShort && r.limit == 1 && of.have > 0:
			list, _ := r.shortOf(of)
			x.Code, x.Params = codeSplitForbidden, map[string]any{"short": list}
		case of.out == codeShort:
			x.Code, x.Params = r.short(of)
		}
		out = append(out, x)
	}
	return out
}

// yields explains a site that had the whole order.
func (r *request) yields(of *offer, d *Decision, left *board, prices map[StockKey]int64) (string, map[string]any) {
	chosen := r.names(d)
	switch by := of.cost - r.o.shipping(d); {
	case owed(d) == 0 && by > 0:
		return codeDearer, map[string]any{"chosen": chosen, "by": r.amount(by), "cost": r.amount(of.cost)}
	case left.sites[of.site].left == 0:
		return codeTogetherFull, nil
	case r.has(left, of):
		return codeTied, map[string]any{"chosen": chosen}
	}
	return r.wanted(of, left, prices)
}

// has reports whether a site has the whole order even after all others.
func (r *request) has(left *board, of *offer) bool {
	return !slices.ContainsFunc(r.wants, func(w want) bool { return left.row(of.site)[w.sku] < w.asked })
}

// wanted names the goods of a site that went to other orders, and what a unit of the dearest of them is worth to those.
func (r *request) wanted(of *offer, left *board, prices map[StockKey]int64) (string, map[string]any) {
	var skus []string
	var price int64
	for _, w := range r.wants {
		if left.row(of.site)[w.sku] >= w.asked {
			continue
		}
		if len(skus) < shown {
			skus = append(skus, w.name())
		}
		price = max(price, prices[StockKey{Node: r.sites[of.site].node.ID, SKU: w.line.SKU}])
	}
	if price == 0 {
		return codeTogetherTaken, map[string]any{"skus": skus}
	}
	return codeTogetherWanted, map[string]any{"skus": skus, "price": r.amount(price)}
}
