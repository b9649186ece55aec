package allocation

import (
	"cmp"
	"maps"
	"slices"
	"strconv"

	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/words"
	"github.com/packhorse/packhorse/inventory"
	"github.com/packhorse/packhorse/order"
)

// carry does what a person wants: it takes fulfilments back, gives the wishes in their place, lets allocation decide over what is
// open besides, and records all of it next to what allocation alone would have done. act names it: moved, split or merged.
func (d *desk) carry(act string, back []*order.Fulfilment, wishes []wish) (ByHand, error) {
	before := d.breadth(nil)
	p, err := d.takeBack(back)
	if err != nil {
		return ByHand{}, err
	}
	plain := Decide(p)[0]
	chosen, err := d.choose(p, wishes)
	if err != nil {
		return ByHand{}, err
	}
	said := hand{Act: act, Reason: d.by.Reason, Actor: d.by.Actor, From: namesOf(p.Nodes, back)}
	if said.SplitAllowed, err = d.maySpread(before, d.breadth(chosen.Parcels)); err != nil {
		return ByHand{}, err
	}
	o := &p.Orders[0]
	out := d.answer(o, &chosen, &plain, nil, &p)
	said.Machine, said.MachineUnits, said.MachineCost = out.Machine.Nodes, out.Machine.Units, out.Machine.Cost
	chosen.Why = whyByHand(newBoard(&p).open(o), act, &chosen, &plain)
	chosen.Rejected = passedOver(newBoard(&p).open(o), &chosen)
	made, err := d.n.write(d.tx, &chosen, p.Nodes, decided{hand: &said})
	if err != nil {
		return ByHand{}, err
	}
	return d.answer(o, &chosen, &plain, made, &p), inventory.Promise(d.tx, made)
}

// breadth is in how many parcels, and from how many nodes, an order comes.
type breadth struct{ parcels, nodes int }

// breadth counts what is under way or has left, with parcels that come to it.
func (d *desk) breadth(more []Parcel) breadth {
	nodes := map[int64]bool{}
	n := len(more)
	for _, p := range more {
		nodes[p.Node] = true
	}
	for _, f := range d.n.fulfilments {
		if f.Live() || f.Status == order.Shipped {
			nodes[f.NodeID] = true
			n++
		}
	}
	return breadth{n, len(nodes)}
}

// maySpread asks for the person's yes where an order that may not be split would be in more parcels, or at more nodes, than
// before. allowed says that it was needed and given.
func (d *desk) maySpread(before, after breadth) (allowed bool, err error) {
	if d.n.MaySplit || after.parcels <= max(1, before.parcels) && after.nodes <= max(1, before.nodes) {
		return false, nil
	}
	if !d.by.AllowSplit {
		return false, fault.New(fault.Conflict, "byhand.may_not_split", "the order may not be split, and this makes %d parcels of it; say that it may all the same, or leave it whole", after.parcels).
			With("parcels", after.parcels)
	}
	return true, nil
}

// choose makes a decision of wishes, and decides over what they leave open by the plain rule. Faults: byhand.closed,
// byhand.no_service, byhand.short.
func (d *desk) choose(p Problem, wishes []wish) (Decision, error) {
	r := newBoard(&p).open(&p.Orders[0])
	rest := slices.Clone(p.Orders[0].Lines)
	stock := maps.Clone(p.Stock)
	for i := range wishes {
		w := &wishes[i]
		if err := r.grants(w, stock); err != nil {
			return Decision{}, err
		}
		for j := range w.lines {
			l := &w.lines[j]
			at := slices.IndexFunc(rest, func(x Line) bool { return x.No == l.No && x.SKU == l.SKU })
			rest[at].Quantity -= l.Quantity
			l.G, l.Code = rest[at].G, rest[at].Code
		}
	}
	left := d.leftover(p, rest, stock, wishes)
	out := Decision{Order: d.n.ID, Strategy: p.Strategy, BackOrders: left.BackOrders}
	for _, w := range join(wishes, left.Parcels) {
		out.Parcels = append(out.Parcels, r.parcelOf(w))
	}
	out.Cost = r.cost(&out)
	return out, nil
}

// grants draws a wish from the stock, or says why its node cannot have it.
func (r *request) grants(w *wish, stock map[StockKey]int64) error {
	at := slices.IndexFunc(r.sites, func(s site) bool { return s.node.ID == w.node })
	if at < 0 {
		return fault.Invalidf("node", "http.node", "there is no warehouse %d", w.node).With("node", w.node)
	}
	s := &r.sites[at]
	switch {
	case w.chosen && !s.node.Open:
		return fault.New(fault.Conflict, "byhand.closed", "%s is closed", s.name).With("node", s.name)
	case w.chosen && r.offers[at].lane == nil:
		return fault.New(fault.Conflict, "byhand.no_service", "no service goes from %s to %s", s.name, r.o.Region).With("node", s.name).With("region", r.o.Region)
	}
	asked := map[int64]int64{}
	for _, l := range w.lines {
		asked[l.SKU] += l.Quantity
	}
	var short []string
	for _, sku := range slices.Sorted(maps.Keys(asked)) {
		key := StockKey{Node: w.node, SKU: sku}
		if have := max(0, stock[key]); have < asked[sku] {
			short = append(short, r.nameOf(sku)+" "+strconv.FormatInt(have, 10)+"/"+strconv.FormatInt(asked[sku], 10))
		}
		stock[key] -= asked[sku]
	}
	if len(short) > 0 {
		return fault.New(fault.Conflict, "byhand.short", "%s has too little that is not promised already (there/asked): %v", s.name, short).
			With("node", s.name).With("goods", short)
	}
	return nil
}

func (r *request) nameOf(sku int64) string {
	for i := range r.o.Lines {
		if l := &r.o.Lines[i]; l.SKU == sku && l.Code != "" {
			return l.Code
		}
	}
	return strconv.FormatInt(sku, 10)
}

// leftover decides over what is open besides the wishes. An order that may not be split gets it only from where it ships.
func (d *desk) leftover(p Problem, rest []Line, stock map[StockKey]int64, wishes []wish) Decision {
	o := p.Orders[0]
	o.Lines = slices.DeleteFunc(rest, func(l Line) bool { return l.Quantity <= 0 })
	if len(o.Lines) == 0 {
		return Decision{}
	}
	if !d.n.MaySplit {
		o.Excluded = d.n.refused()
		for _, n := range p.Nodes {
			if !slices.Contains(d.n.homes(), n.ID) && !slices.ContainsFunc(wishes, func(w wish) bool { return w.node == n.ID }) {
				o.Excluded = append(o.Excluded, n.ID)
			}
		}
	}
	p.Orders, p.Stock = []Order{o}, stock
	out := Decide(p)[0]
	for i := range out.BackOrders {
		if b := &out.BackOrders[i]; !d.n.MaySplit && b.Reason == codeWaitsRejected {
			b.Reason = codeWaitsWhole
		}
	}
	return out
}

// join puts what allocation adds into the parcel that a person sends from the same node, and the rest behind the wishes.
func join(wishes []wish, more []Parcel) []wish {
	for _, p := range more {
		at := slices.IndexFunc(wishes, func(w wish) bool { return w.chosen && w.node == p.Node })
		if at < 0 {
			wishes = append(wishes, wish{node: p.Node, lines: p.Lines})
			continue
		}
		for _, l := range p.Lines {
			same := slices.IndexFunc(wishes[at].lines, func(x Line) bool { return x.No == l.No && x.SKU == l.SKU })
			if same < 0 {
				wishes[at].lines = append(wishes[at].lines, l)
			} else {
				wishes[at].lines[same].Quantity += l.Quantity
			}
		}
	}
	return wishes
}

// parcelOf reckons what a wish weighs and costs.
func (r *request) parcelOf(w wish) Parcel {
	at := slices.IndexFunc(r.sites, func(s site) bool { return s.node.ID == w.node })
	slices.SortStableFunc(w.lines, func(a, b Line) int { return cmp.Or(cmp.Compare(a.No, b.No), cmp.Compare(a.SKU, b.SKU)) })
	out := Parcel{Node: w.node, Lines: w.lines, Days: r.offers[at].days}
	for _, l := range w.lines {
		out.G += l.Quantity * l.G
	}
	out.Cost = r.sites[at].node.HandlingCost
	if lane := r.offers[at].lane; lane != nil {
		out.Cost += lane.Price(out.G)
	}
	return out
}

// whyByHand is the sentence for the order: what a person chose, and what allocation would have done.
func whyByHand(r *request, act string, chosen, plain *Decision) words.Text {
	params := map[string]any{"nodes": each(r.names(chosen)), "cost": r.amount(r.o.shipping(chosen))}
	switch {
	case len(plain.Parcels) == 0:
		return words.Text{Code: codeByHandWaits, Params: params}
	case samePlace(chosen, plain):
		return words.Text{Code: codeByHandSame, Params: params}
	}
	params["plain"], params["plain_cost"] = r.names(plain), r.amount(r.o.shipping(plain))
	return words.Text{Code: codeByHand + act, Params: params}
}

// each is a list without what stands in it before.
func each(list []string) (out []string) {
	for _, x := range list {
		if !slices.Contains(out, x) {
			out = append(out, x)
		}
	}
	return out
}

// passedOver has a reason for every node that ships nothing of what was decided by hand. r stands on the untouched board.
func passedOver(r *request, chosen *Decision) []Rejection {
	var out []Rejection
	for i := range r.offers {
		of := &r.offers[i]
		x := Rejection{Node: r.sites[of.site].node.ID, Code: of.out}
		if slices.ContainsFunc(chosen.Parcels, func(p Parcel) bool { return p.Node == x.Node }) {
			continue
		}
		switch of.out {
		case "":
			x.Code, x.Params = codeNotChosen, map[string]any{"chosen": each(r.names(chosen)), "cost": r.amount(of.cost)}
		case codeNoService:
			x.Params = map[string]any{"region": r.o.Region}
		case codeShort:
			x.Code, x.Params = r.short(of)
		}
		out = append(out, x)
	}
	return out
}
