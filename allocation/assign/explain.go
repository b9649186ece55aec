package assign

import (
	"encoding/json"
	"iter"

	"github.com/packhorse/packhorse/internal/words"
)

// Codes of the words area "allocation": some are those of decisions one by one, in package allocation.
const (
	codeNothingAsked = "allocation.nothing_asked"
	codeBackOrdered  = "allocation.back_ordered"
	codePartial      = "allocation.partial"
	codeNoService    = "allocation.no_service"
	codeCapacity     = "allocation.capacity"
	codeDearer       = "allocation.dearer"
	codeNotNeeded    = "allocation.not_needed"

	codeBest     = "allocation.batch.best"
	codeYields   = "allocation.batch.yields"
	codeTogether = "allocation.batch.together"
	codeLeft     = "allocation.batch.left"
	codeNone     = "allocation.batch.none"
	codePart     = "allocation.batch.part"
	codeFull     = "allocation.batch.full"
	codeWanted   = "allocation.batch.wanted"
	codeBarred   = "allocation.batch.barred"
	codeNoParcel = "allocation.batch.no_parcel"
)

// shown bounds how many SKUs a reason lists.
const shown = 3

// explainer says why an order is served as it is, by what it would cost otherwise.
type explainer struct {
	p    *Problem
	n    *Names
	a    *Answer
	lang string
	m    *model
	desk *desk
	left []int64           // of every resource, after all
	said map[string]Reason // those without parameters: most of the nodes have nothing of an order
	// written are they as JSON.
	written map[string][]byte
}

func newExplainer(p *Problem, n *Names, a *Answer, lang string) *explainer {
	e := &explainer{p: p, n: n, a: a, lang: lang, m: newModel(p), said: map[string]Reason{}, written: map[string][]byte{}}
	e.desk, e.left = newDesk(e.m), append([]int64(nil), e.m.supply...)
	for i := range a.Plans {
		for _, parcel := range a.Plans[i].Parcels {
			e.left[e.m.capacity(int32(parcel.Node))]--
			for l, units := range parcel.Units {
				if row := e.row(parcel.Node, p.Orders[i].Lines[l].SKU); row >= 0 {
					e.left[row] -= units
				}
			}
		}
	}
	return e
}

// row is the resource of a SKU at a node, -1 where there is none.
func (e *explainer) row(node, sku int) int {
	for r := e.m.rows[sku]; r < e.m.rows[sku+1]; r++ {
		if int(e.m.nodeOf[r]) == node {
			return r
		}
	}
	return -1
}

func (e *explainer) say(code string, params map[string]any) Reason {
	if r, known := e.said[code]; known {
		return r
	}
	r := Reason{words.Text{Code: code, Params: params}, words.Render(e.lang, code, params)}
	if params == nil {
		e.said[code] = r
	}
	return r
}

// why is the reason of the plan as a whole.
func (e *explainer) why(i int) Reason {
	plan, asked := &e.a.Plans[i], e.m.wanted[i]
	var short int64
	for _, n := range plan.Unfilled {
		short += n
	}
	e.desk.quote(i, &terms{left: e.m.supply, work: searchWork})
	best := min(plan.Cost, int64(e.desk.best))
	nodes := e.nodes(plan)
	switch {
	case asked == 0:
		return e.say(codeNothingAsked, nil)
	case len(plan.Parcels) == 0 && e.p.Orders[i].MaxParcels == 0:
		return e.say(codeNoParcel, nil)
	case len(plan.Parcels) == 0 && len(e.desk.offers) > 0 && best == plan.Cost:
		return e.say(codeLeft, map[string]any{"cost": plan.Cost})
	case len(plan.Parcels) == 0:
		return e.say(codeBackOrdered, map[string]any{"asked": asked})
	case short > 0:
		return e.say(codePartial, map[string]any{"nodes": nodes, "units": asked - short, "asked": asked})
	case best < plan.Cost:
		return e.say(codeYields, map[string]any{"nodes": nodes, "cost": plan.Cost, "by": plan.Cost - best})
	case len(plan.Parcels) > 1:
		return e.say(codeTogether, map[string]any{"nodes": nodes, "parcels": len(plan.Parcels), "cost": plan.Cost})
	}
	return e.say(codeBest, map[string]any{"node": nodes[0], "cost": plan.Cost})
}

func (e *explainer) nodes(plan *Plan) (names []string) {
	for _, parcel := range plan.Parcels {
		names = append(names, e.n.Nodes[parcel.Node].String())
	}
	return names
}

// rejected has a reason for every node that ships nothing of the order.
func (e *explainer) rejected(i int) iter.Seq2[int, Reason] {
	return func(yield func(int, Reason) bool) {
		plan := &e.a.Plans[i]
		chosen := e.nodes(plan)
		for node := range e.p.Nodes {
			if !ships(plan, node) && !yield(node, e.rejection(i, node, chosen)) {
				return
			}
		}
	}
}

// json is a reason as it is exchanged.
func (e *explainer) json(r Reason) ([]byte, error) {
	if r.Params != nil {
		return json.Marshal(r)
	}
	text, known := e.written[r.Code]
	if known {
		return text, nil
	}
	text, err := json.Marshal(r)
	if err == nil {
		e.written[r.Code] = text
	}
	return text, err
}

func ships(plan *Plan, node int) bool {
	for k := range plan.Parcels {
		if plan.Parcels[k].Node == node {
			return true
		}
	}
	return false
}

func (e *explainer) rejection(i, node int, chosen []string) Reason {
	o, plan := &e.p.Orders[i], &e.a.Plans[i]
	for _, b := range o.Barred {
		if b == node {
			return e.say(codeBarred, nil)
		}
	}
	switch {
	case e.m.wanted[i] == 0:
		return e.say(codeNotNeeded, nil)
	case e.m.rate(o, int32(node)) == nil:
		return e.say(codeNoService, map[string]any{"region": e.n.Zones[o.Zone].String()})
	case e.m.supply[e.m.capacity(int32(node))] == 0:
		return e.say(codeCapacity, nil)
	}
	has, taken := e.has(i, node)
	if has == 0 {
		return e.say(codeNone, nil)
	}
	cost := e.alone(i, node)
	by := cost - plan.Cost
	switch {
	case by >= 0 && has == e.m.wanted[i] && len(chosen) > 0:
		return e.say(codeDearer, map[string]any{"chosen": chosen, "by": by, "cost": cost})
	case by >= 0:
		return e.say(codePart, map[string]any{"units": has, "asked": e.m.wanted[i], "by": by})
	case e.left[e.m.capacity(int32(node))] <= 0:
		return e.say(codeFull, map[string]any{"by": -by})
	}
	return e.say(codeWanted, map[string]any{"skus": taken, "by": -by})
}

// has is how many units of the order a node stocks, and of which SKUs too few are left after the others.
func (e *explainer) has(i, node int) (units int64, taken []string) {
	for _, w := range e.m.wants[e.m.first[i]:e.m.first[i+1]] {
		row := e.row(node, int(w.sku))
		if row < 0 {
			continue
		}
		n := min(w.units, e.m.supply[row])
		units += n
		if e.left[row] < w.units && len(taken) <= shown {
			taken = append(taken, e.n.SKUs[w.sku].String())
		}
	}
	if len(taken) > shown {
		taken = append(taken[:shown], "…")
	}
	return units, taken
}

// alone is what the order would cost if the node had all it stocks for it, and nobody else shipped any of it.
func (e *explainer) alone(i, node int) int64 {
	var p placed
	p.nodes = []int32{int32(node)}
	wants := e.m.wants[e.m.first[i]:e.m.first[i+1]]
	used := map[int]int64{}
	for l := range wants {
		row := e.row(node, int(wants[l].sku))
		if row < 0 {
			continue
		}
		if n := min(wants[l].units, e.m.supply[row]-used[row]); n > 0 {
			used[row] += n
			p.uses = append(p.uses, use{row: int32(row), want: int32(l), units: n})
		}
	}
	return e.m.cost(i, &p)
}
