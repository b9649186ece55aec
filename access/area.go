package access

import "slices"

// Right is what a caller may do somewhere: a person has one for each of its grants, a key one.
type Right struct {
	Role   string  `json:"role,omitempty" doc:"of a person"`
	Scopes []Scope `json:"scopes"`
	Reach  Reach   `json:"reach" doc:"empty lists are everything"`
}

func (r Right) has(s Scope) bool {
	return slices.Contains(r.Scopes, s) || slices.Contains(r.Scopes, Everything)
}

// Area is where somebody may do something: whatever one of its reaches covers. An empty area is the whole company.
type Area []Reach

// Nowhere covers nothing.
func Nowhere() Area { return Area{{Nodes: []string{""}, Shops: []string{""}, Owners: []string{""}}} }

// Where is where a principal may do what needs a scope; an empty scope is whatever they may. Whoever lacks the scope may do it nowhere.
func (p Principal) Where(s Scope) Area {
	var area Area
	for _, r := range p.Rights {
		if s != "" && !r.has(s) {
			continue
		}
		if r.Reach.Whole() {
			return nil
		}
		area = append(area, r.Reach)
	}
	if area == nil {
		return Nowhere()
	}
	return area
}

// Whole reports that nothing is left out.
func (a Area) Whole() bool { return len(a) == 0 }

// Where leaves the reaches that a rule accepts; Nowhere when it accepts none. The whole company stays whole.
func (a Area) Where(accepts func(Reach) bool) Area {
	if a.Whole() {
		return a
	}
	var out Area
	for _, r := range a {
		if accepts(r) {
			out = append(out, r)
		}
	}
	if out == nil {
		return Nowhere()
	}
	return out
}

// Covers reports whether one of the reaches holds what is asked.
func (a Area) Covers(holds func(Reach) bool) bool { return a.Whole() || slices.ContainsFunc(a, holds) }

// Node reports whether anything at the warehouse of a code may be inside.
func (a Area) Node(code string) bool { return a.Covers(func(r Reach) bool { return r.Node(code) }) }

// Shop reports whether orders of a shop at a channel may be inside.
func (a Area) Shop(channel, shop string) bool {
	return a.Covers(func(r Reach) bool { return r.Shop(channel, shop) })
}

// Owner reports whether goods of an owner may be inside; "" is the company itself.
func (a Area) Owner(owner string) bool {
	return a.Covers(func(r Reach) bool { return r.Owner(owner) })
}

// Goods reports whether goods of an owner at a warehouse are inside.
func (a Area) Goods(node, owner string) bool {
	return a.Covers(func(r Reach) bool { return r.Node(node) && r.Owner(owner) })
}

// Contains reports whether all of a reach is inside one of the area's.
func (a Area) Contains(other Reach) bool {
	return a.Covers(func(r Reach) bool { return other.Within(r) })
}
