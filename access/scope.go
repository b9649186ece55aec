package access

import (
	"slices"
	"strings"

	"github.com/packhorse/packhorse/internal/fault"
)

// Scope is one thing a caller may do.
type Scope string

const (
	OrdersRead  Scope = "orders:read"  // see orders, parcels and their timelines
	OrdersWrite Scope = "orders:write" // take orders in, review, hold, cancel
	StockRead   Scope = "stock:read"   // see SKUs, nodes, stock, rates
	StockWrite  Scope = "stock:write"  // receive, adjust, count and import them
	Work        Scope = "work"         // release, pick and pack
	Ship        Scope = "ship"         // label, hand over, take returns
	Admin       Scope = "admin"        // rules, templates
	Everything  Scope = "*"
)

// Scopes lists every scope, the widest last.
var Scopes = []Scope{OrdersRead, OrdersWrite, StockRead, StockWrite, Work, Ship, Admin, Everything}

// roles says what a member may do.
var roles = map[string][]Scope{
	"administrator": {Everything},
	"manager":       {OrdersRead, OrdersWrite, StockRead, StockWrite, Work, Ship},
	"reviewer":      {OrdersRead, OrdersWrite, StockRead},
	"picker":        {StockRead, Work, Ship},
	"service":       {OrdersRead, OrdersWrite, StockRead},
	"reader":        {OrdersRead, StockRead},
}

// ParseScopes reads "orders:read, work". Faults: access.scope for a name that is none, access.scopes_none.
func ParseScopes(text string) ([]Scope, error) {
	var out []Scope
	for _, name := range strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == ' ' }) {
		s := Scope(name)
		if !slices.Contains(Scopes, s) {
			return nil, fault.Invalidf("scopes", "access.scope", "%q is not a scope; there are %s", name, FormatScopes(Scopes)).
				With("scope", name)
		}
		if !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	if len(out) == 0 {
		return nil, fault.Invalidf("scopes", "access.scopes_none", "a key needs at least one scope of %s", FormatScopes(Scopes))
	}
	return out, nil
}

// FormatScopes writes what ParseScopes reads.
func FormatScopes(list []Scope) string {
	names := make([]string, len(list))
	for i, s := range list {
		names[i] = string(s)
	}
	return strings.Join(names, ", ")
}

// Principal is who calls: a key or a person, inside one company.
type Principal struct {
	Company string
	Name    string // "key:NAME" or "user:NAME", as events say it
	Scopes  []Scope
}

// May reports whether the principal holds a scope.
func (p Principal) May(s Scope) bool {
	return slices.Contains(p.Scopes, s) || slices.Contains(p.Scopes, Everything)
}

// Allow is the fault access.denied where May is false.
func (p Principal) Allow(s Scope) error {
	if p.May(s) {
		return nil
	}
	return fault.New(fault.Denied, "access.denied", "this needs the scope %s, which %s does not have", s, p.Name).
		With("scope", string(s)).With("who", p.Name)
}
