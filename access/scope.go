package access

import (
	"slices"
	"strings"

	"github.com/packhorse/packhorse/internal/fault"
)

// Scope is one thing a caller may do. Where they may do it is a Reach.
type Scope string

const (
	OrdersRead  Scope = "orders:read"  // see orders, parcels and their timelines, personal data masked
	OrdersWrite Scope = "orders:write" // take orders in, review, hold, cancel
	OrdersForce Scope = "orders:force" // let an order go whatever stops it, with a reason on record
	StockRead   Scope = "stock:read"   // see SKUs, nodes, stock, rates
	StockWrite  Scope = "stock:write"  // receive, adjust, count and import them
	Work        Scope = "work"         // release, pick and pack
	Ship        Scope = "ship"         // label, hand over, take returns
	PII         Scope = "pii"          // reveal personal data, each time for a purpose and on record
	Audit       Scope = "audit"        // read who did what
	Admin       Scope = "admin"        // rules, templates, keys, people
	Everything  Scope = "*"
)

// Scopes lists every scope, the widest last.
var Scopes = []Scope{OrdersRead, OrdersWrite, OrdersForce, StockRead, StockWrite, Work, Ship, PII, Audit, Admin, Everything}

// roles says what somebody may do by their role. A picker sees what the walk needs; only those who talk to buyers, or
// correct what they wrote, may reveal who they are.
var roles = map[string][]Scope{
	"admin":             {Everything},
	"manager":           {OrdersRead, OrdersWrite, OrdersForce, StockRead, StockWrite, Work, Ship, PII, Audit},
	"reviewer":          {OrdersRead, OrdersWrite, StockRead, PII},
	"warehouse_manager": {OrdersRead, StockRead, StockWrite, Work, Ship},
	"picker":            {StockRead, Work},
	"packer":            {StockRead, Work, Ship},
	"service":           {OrdersRead, OrdersWrite, StockRead, PII},
	"auditor":           {OrdersRead, StockRead, Audit},
	"integration":       {OrdersRead, OrdersWrite, StockRead, StockWrite},
}

// RoleScopes lists what a role may do. Fault: access.role.
func RoleScopes(role string) ([]Scope, error) { return roles[role], knownRole(role) }

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

// Principal is who calls: a key or a person, inside one company. What they may do about a thing is the union of the rights whose
// reach covers it: a picker in one warehouse and a manager in another is no manager in the first.
type Principal struct {
	Company string
	Name    string // "key:NAME" or "user:NAME", as events say it
	Rights  []Right
}

const personPrefix = "user:"

// Person reports whether it is somebody who signed in, not a key.
func (p Principal) Person() bool { return strings.HasPrefix(p.Name, personPrefix) }

// Scopes lists what the principal may do anywhere.
func (p Principal) Scopes() (list []Scope) {
	for _, s := range Scopes {
		if slices.ContainsFunc(p.Rights, func(r Right) bool { return slices.Contains(r.Scopes, s) }) {
			list = append(list, s)
		}
	}
	return list
}

// May reports whether the principal holds a scope somewhere.
func (p Principal) May(s Scope) bool {
	return slices.ContainsFunc(p.Rights, func(r Right) bool { return r.has(s) })
}

// Allow is the fault access.denied where May is false.
func (p Principal) Allow(s Scope) error {
	if p.May(s) {
		return nil
	}
	return p.denied(s)
}

// AllowWithin is the fault access.denied where the principal does not hold a scope in all of a reach.
func (p Principal) AllowWithin(s Scope, reach Reach) error {
	if p.May(s) && p.Where(s).Contains(reach) {
		return nil
	}
	return p.denied(s)
}

func (p Principal) denied(s Scope) error {
	return fault.New(fault.Denied, "access.denied", "this needs the scope %s, which %s does not have", s, p.Name).
		With("scope", string(s)).With("who", p.Name)
}
