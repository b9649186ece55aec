package allocation

import (
	"strconv"

	"github.com/packhorse/packhorse/internal/words"
)

// why is the sentence for the order as a whole.
func (r *request) why(d *Decision, best *offer, able int) words.Text {
	switch {
	case len(r.wants) == 0:
		return words.Text{Code: codeNothingAsked}
	case len(d.Parcels) == 0:
		return words.Text{Code: codeBackOrdered, Params: map[string]any{"asked": r.units}}
	case best == nil:
		return r.whySplit(d)
	case able == 1:
		return words.Text{Code: codeOnlyNode, Params: map[string]any{"node": r.sites[best.site].name, "cost": r.amount(d.Cost)}}
	}
	return r.whyBest(best)
}

func (r *request) whySplit(d *Decision) words.Text {
	names := make([]string, len(d.Parcels))
	var units int64
	at := 0
	for i, p := range d.Parcels {
		for r.sites[at].node.ID != p.Node {
			at++
		}
		names[i] = r.sites[at].name
		for _, l := range p.Lines {
			units += l.Quantity
		}
	}
	if len(d.BackOrders) > 0 {
		return words.Text{Code: codePartial, Params: map[string]any{"nodes": names, "units": units, "asked": r.units}}
	}
	return words.Text{Code: codeSplit, Params: map[string]any{"nodes": names, "parcels": len(names), "cost": r.amount(d.Cost)}}
}

func (r *request) whyBest(best *offer) words.Text {
	s := &r.sites[best.site]
	t := words.Text{Code: "allocation." + string(r.p.Strategy), Params: map[string]any{"node": s.name}}
	switch {
	case r.p.Strategy == Fastest:
		t.Params["days"] = best.days
	case r.p.Strategy == Priority:
		t.Params["priority"] = s.node.Priority
	case r.p.Strategy == Nearest && newPoint(r.o.Lat, r.o.Lng).known && s.place.known:
		t.Params["km"] = km(best.distance)
	case r.p.Strategy == Nearest && best.distance == 0:
		t.Code = codeSameProvince
		t.Params["region"] = r.o.Region
	default: // also the nearest of nodes whose distance nobody knows
		t.Code = "allocation." + string(Cheapest)
		t.Params["cost"] = r.amount(best.cost)
	}
	return t
}

// km writes metres as kilometres with one decimal.
func km(metres int64) string {
	tenths := (metres + 50) / 100
	return strconv.FormatInt(tenths/10, 10) + "." + strconv.FormatInt(tenths%10, 10)
}
