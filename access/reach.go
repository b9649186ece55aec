package access

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/packhorse/packhorse/internal/fault"
)

// Own names, in a list of owners, the goods that belong to the company itself.
const Own = "-"

// maxReach bounds each list of a reach, and maxReachName an entry of it.
const (
	maxReach     = 200
	maxReachName = 128
)

// Reach is where a grant holds. An empty list is everything of its sort; what is outside is, for whoever holds
// the grant, not there.
type Reach struct {
	Nodes  []string `json:"nodes,omitempty" doc:"codes of warehouses; none is all"`
	Shops  []string `json:"shops,omitempty" doc:"channel, or channel/shop; none is all"`
	Owners []string `json:"owners,omitempty" doc:"owners of goods, - for the company's own; none is all"`
}

// Whole reports that nothing is left out.
func (r Reach) Whole() bool { return len(r.Nodes)+len(r.Shops)+len(r.Owners) == 0 }

// Node reports whether the warehouse of a code is inside.
func (r Reach) Node(code string) bool { return len(r.Nodes) == 0 || slices.Contains(r.Nodes, code) }

// Shop reports whether the orders of a shop at a channel are inside.
func (r Reach) Shop(channel, shop string) bool {
	return len(r.Shops) == 0 || slices.Contains(r.Shops, channel) || shop != "" && slices.Contains(r.Shops, channel+"/"+shop)
}

// Owner reports whether the goods of an owner are inside; "" is the company itself.
func (r Reach) Owner(owner string) bool {
	if owner == "" {
		owner = Own
	}
	return len(r.Owners) == 0 || slices.Contains(r.Owners, owner)
}

// Within reports whether all of r is inside other: nobody grants more than they have.
func (r Reach) Within(other Reach) bool {
	inside := func(mine, theirs []string, has func(string) bool) bool {
		return len(theirs) == 0 || len(mine) > 0 && !slices.ContainsFunc(mine, func(x string) bool { return !has(x) })
	}
	shop := func(x string) bool { channel, name, _ := strings.Cut(x, "/"); return other.Shop(channel, name) }
	return inside(r.Nodes, other.Nodes, other.Node) && inside(r.Shops, other.Shops, shop) &&
		inside(r.Owners, other.Owners, func(x string) bool { return slices.Contains(other.Owners, x) })
}

// check refuses lists that nobody means. Fault: access.reach.
func (r Reach) check() error {
	for field, list := range map[string][]string{"nodes": r.Nodes, "shops": r.Shops, "owners": r.Owners} {
		bad := func(x string) bool {
			return strings.TrimSpace(x) != x || x == "" || len(x) > maxReachName || strings.ContainsAny(x, "\x00\n\r\t")
		}
		if len(list) > maxReach || slices.ContainsFunc(list, bad) {
			return fault.Invalidf(field, "access.reach", "%s takes up to %d names of up to %d characters", field, maxReach, maxReachName).
				With("field", field).With("max", maxReach)
		}
	}
	return nil
}

// columns are the lists as they are stored.
func (r Reach) columns() (nodes, shops, owners string) {
	text := func(list []string) string {
		if len(list) == 0 {
			return "[]"
		}
		raw, _ := json.Marshal(list) // texts always have a JSON form
		return string(raw)
	}
	return text(r.Nodes), text(r.Shops), text(r.Owners)
}

// readReach reads stored lists. A list that cannot be read reaches nothing rather than everything.
func readReach(nodes, shops, owners string) Reach {
	list := func(text string) (out []string) {
		if err := json.Unmarshal([]byte(text), &out); err != nil {
			return []string{""}
		}
		if len(out) == 0 {
			return nil
		}
		return out
	}
	return Reach{Nodes: list(nodes), Shops: list(shops), Owners: list(owners)}
}
