package allocation

import (
	"math"
	"strconv"
)

// shown bounds how many short SKUs a reason lists.
const shown = 5

// rejections has a reason for every site that ships nothing.
func (r *request) rejections(best *offer, parts []part) []Rejection {
	out := make([]Rejection, 0, len(r.offers))
	for i := range r.offers {
		of := &r.offers[i]
		if !ships(of, parts) {
			out = append(out, r.rejection(of, best, parts))
		}
	}
	return out
}

func ships(of *offer, parts []part) bool {
	for _, p := range parts {
		if p.offer == of {
			return true
		}
	}
	return false
}

func (r *request) rejection(of, best *offer, parts []part) Rejection {
	out := Rejection{Node: r.sites[of.site].node.ID, Code: of.out}
	switch {
	case of.out == "":
		out.Code, out.Params = r.worse(of, best)
	case of.out == codeNoService:
		out.Params = map[string]any{"region": r.o.Region}
	case of.out == codeShort && best == nil && r.limit == 1 && of.have > 0:
		list, _ := r.shortOf(of)
		out.Code, out.Params = codeSplitForbidden, map[string]any{"short": list}
	case of.out == codeShort && len(parts) == 2 && r.divide.via[of.site] < math.MaxInt64:
		by := r.divide.via[of.site] - r.pairCost(parts)
		out.Code, out.Params = codeSplitDearer, map[string]any{"by": r.amount(by)}
	case of.out == codeShort:
		out.Code, out.Params = r.short(of)
	}
	return out
}

// pairCost is the cost of a split into two parcels.
func (r *request) pairCost(parts []part) int64 {
	a, b := parts[0], parts[1]
	return r.parcelCost(a) + r.parcelCost(b) + r.splitCost + r.late(max(a.offer.days, b.offer.days))
}

// short says which SKUs a site lacks, and how many units of each.
func (r *request) short(of *offer) (string, map[string]any) {
	list, skus := r.shortOf(of)
	if skus > 1 {
		return codeShortSeveral, map[string]any{"skus": skus, "short": list}
	}
	row := r.row(of.site)
	for _, w := range r.wants {
		if missing := w.asked - row[w.sku]; missing > 0 {
			return codeShort, map[string]any{"sku": w.name(), "missing": missing, "asked": w.asked}
		}
	}
	return codeShort, nil
}

// shortOf lists the first few short SKUs as "SKU × missing units", and counts all of them.
func (r *request) shortOf(of *offer) (list []string, skus int) {
	row := r.row(of.site)
	for _, w := range r.wants {
		missing := w.asked - row[w.sku]
		if missing <= 0 {
			continue
		}
		if skus++; skus <= shown {
			list = append(list, w.name()+" × "+strconv.FormatInt(missing, 10))
		}
	}
	if skus > shown {
		list = append(list, "…")
	}
	return list, skus
}

func (w *want) name() string {
	if w.line.Code != "" {
		return w.line.Code
	}
	return strconv.FormatInt(w.line.SKU, 10)
}

// worse says by what, and by how much, a site that can ship the order loses to the best.
func (r *request) worse(of, best *offer) (string, map[string]any) {
	m, order := r.compare(of, best)
	name := r.sites[best.site].name
	if order == 0 {
		return codeTied, map[string]any{"chosen": name}
	}
	if (m == byCost || m == byDays) && r.missedVan(of, best, m) {
		return codeCutoffPassed, map[string]any{"days": of.days, "chosen": name, "chosen_days": best.days}
	}
	switch m {
	case byCost:
		return codeDearer, map[string]any{"chosen": name, "by": r.amount(of.cost - best.cost), "cost": r.amount(of.cost)}
	case byDays:
		return codeSlower, map[string]any{"chosen": name, "days": of.days, "chosen_days": best.days}
	case byPriority:
		return codeLowerPriority, map[string]any{"chosen": name, "priority": r.sites[of.site].node.Priority,
			"chosen_priority": r.sites[best.site].node.Priority}
	}
	switch {
	case !newPoint(r.o.Lat, r.o.Lng).known:
		return codeOtherProvince, map[string]any{"chosen": name, "region": r.o.Region}
	case !r.sites[of.site].place.known:
		return codeUnlocated, map[string]any{"chosen": name}
	}
	return codeFurther, map[string]any{"chosen": name, "by_km": km(of.distance - best.distance), "km": km(of.distance)}
}

// missedVan reports whether the site loses only by the day that its missed cut-off costs.
func (r *request) missedVan(of, best *offer, m metric) bool {
	if !r.sites[of.site].node.CutoffPassed {
		return false
	}
	if m == byDays {
		return of.days-1 <= best.days
	}
	return of.cost-r.late(of.days)+r.late(of.days-1) <= best.cost
}
