package access

import (
	"testing"

	"pgregory.net/rapid"
)

func TestAPickerHereAndAManagerThereIsNoManagerHere(t *testing.T) {
	m := member{login: "anna", company: "default", grants: []Grant{
		{Role: "picker", Reach: Reach{Nodes: []string{"SH"}}}, {Role: "manager", Reach: Reach{Nodes: []string{"CD"}}}}}
	p := m.principal()
	for _, c := range []struct {
		scope  Scope
		node   string
		inside bool
	}{{Work, "SH", true}, {Work, "CD", true}, {OrdersWrite, "CD", true}, {OrdersWrite, "SH", false}, {StockRead, "SH", true}, {Audit, "SH", false},
		{Work, "GZ", false}, {Admin, "CD", false}, {PII, "SH", false}, {PII, "CD", true}} {
		if got := p.Where(c.scope).Node(c.node); got != c.inside {
			t.Errorf("%s in %s: %v", c.scope, c.node, got)
		}
	}
	if p.May(Admin) || !p.May(PII) || p.AllowWithin(OrdersWrite, Reach{Nodes: []string{"SH"}}) == nil || p.AllowWithin(OrdersWrite, Reach{Nodes: []string{"CD"}}) != nil ||
		p.AllowWithin(OrdersWrite, Reach{}) == nil {
		t.Errorf("%+v", p)
	}
}

func TestOneGrantForEverythingReachesEverything(t *testing.T) {
	m := member{grants: []Grant{{Role: "picker", Reach: Reach{Nodes: []string{"SH"}}}, {Role: "picker"}}}
	if area := m.principal().Where(Work); !area.Whole() || !area.Contains(Reach{}) {
		t.Errorf("%+v", area)
	}
	if area := m.principal().Where(Admin); area.Whole() || area.Node("SH") || area.Contains(Reach{Nodes: []string{"SH"}}) {
		t.Errorf("without the scope: %+v", area)
	}
}

// TestWhatIsInsideIsInsideOneOfTheReaches holds goods against areas made by chance: a warehouse of one grant and an owner of another
// make no third.
func TestWhatIsInsideIsInsideOneOfTheReaches(t *testing.T) {
	names := []string{"A", "B", "C"}
	rapid.Check(t, func(t *rapid.T) {
		var p Principal
		for range rapid.IntRange(1, 4).Draw(t, "grants") {
			p.Rights = append(p.Rights, Right{Scopes: []Scope{rapid.SampledFrom([]Scope{Work, Ship}).Draw(t, "scope")},
				Reach: Reach{Nodes: rapid.SliceOfNDistinct(rapid.SampledFrom(names), 0, 2, rapid.ID).Draw(t, "nodes"),
					Owners: rapid.SliceOfNDistinct(rapid.SampledFrom(names), 0, 2, rapid.ID).Draw(t, "owners")}})
		}
		node, owner := rapid.SampledFrom(names).Draw(t, "node"), rapid.SampledFrom(names).Draw(t, "owner")
		want := false
		for _, r := range p.Rights {
			want = want || r.Scopes[0] == Work && r.Reach.Node(node) && r.Reach.Owner(owner)
		}
		if got := p.Where(Work).Goods(node, owner); got != want {
			t.Fatalf("%+v: %s of %s: %v, want %v", p.Rights, node, owner, got, want)
		}
	})
}
