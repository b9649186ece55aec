package api

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/packhorse/packhorse/access"
	"github.com/packhorse/packhorse/internal/id"
)

func TestNobodyOutsideSeesAnythingOfOurs(t *testing.T) {
	o := newOurs(t)
	other := newWorld(t)
	other.services.DB.Clock().Advance(time.Hour) // its ids are none of ours
	if _, err := o.directory.CreateCompany(t.Context(), "other"); err != nil {
		t.Fatal(err)
	}
	mine := o.server.options.Companies
	options := o.server.options
	options.Metrics = nil
	options.Companies = func(name string) *Services {
		if name == "other" {
			return other.services
		}
		return mine(name)
	}
	o.server = New(options)
	key := func(name string, scopes []access.Scope, r access.Reach) string {
		company := access.FirstCompany
		if name == "foreign" {
			company = "other"
		}
		text, err := o.directory.CreateKeyWithin(t.Context(), company, name, scopes, r)
		if err != nil {
			t.Fatal(err)
		}
		return "Bearer " + text
	}
	everything := []access.Scope{access.Everything}
	before := o.dump()
	narrow := map[string]string{
		"a foreign company": key("foreign", everything, access.Reach{}),
		"another warehouse": key("node", everything, access.Reach{Nodes: []string{"ELSEWHERE"}}),
		"another shop":      key("shop", everything, access.Reach{Shops: []string{"elsewhere", "our"}}),
		"another owner":     key("owner", everything, access.Reach{Owners: []string{access.Own}}),
		"nothing at all":    key("none", everything, access.Reach{Nodes: []string{"ELSEWHERE"}, Shops: []string{"elsewhere"}, Owners: []string{"nobody"}}),
	}
	looked := 0
	for _, op := range o.operations() {
		looked++
		if op.Security != nil && len(op.Security) == 0 {
			continue // for strangers
		}
		for who, credential := range narrow {
			if neverDone[op.OperationID] {
				continue
			}
			o.see(t, who, credential, op, func(operation, reply) string { return "" })
		}
		o.see(t, "no credential", "", op, mustBe(http.StatusUnauthorized))
		o.see(t, "a wrong key", "Bearer phk_default_WRONG", op, mustBe(http.StatusUnauthorized))
		if needs := op.Security[0]["key"]; len(needs) == 1 {
			var rest []access.Scope
			for _, s := range access.Scopes {
				if s != access.Everything && string(s) != needs[0] {
					rest = append(rest, s)
				}
			}
			o.see(t, "a key without "+needs[0], key("without "+op.OperationID, rest, access.Reach{}), op, mustBe(http.StatusForbidden))
		}
	}
	if looked < 50 {
		t.Errorf("only %d operations were looked at", looked)
	}
	if after := o.dump(); after != before {
		t.Errorf("something of ours was changed from outside:\n%s\n%s", before, after)
	}
}

func mustBe(status int) func(operation, reply) string {
	return func(_ operation, r reply) string {
		if r.status == status {
			return ""
		}
		return fmt.Sprintf("%d, want %d", r.status, status)
	}
}

// dump is what an all-seeing key is shown of the things that others must not touch.
func (o *ours) dump() string {
	var b strings.Builder
	for _, path := range []string{"/v1/orders", "/v1/fulfilments", "/v1/tasks", "/v1/waves", "/v1/stock?sku=OURSKU", "/v1/skus", "/v1/nodes", "/v1/rules"} {
		b.Write(o.want(http.StatusOK, "GET", path, "").raw)
	}
	return b.String()
}

func TestWhoReachesOursSeesItAll(t *testing.T) {
	o := newOurs(t)
	text, err := o.directory.CreateKeyWithin(t.Context(), access.FirstCompany, "inside", []access.Scope{access.Everything},
		access.Reach{Nodes: []string{"OURNODE"}, Shops: []string{"ourshop/ourbranch"}, Owners: []string{"OUROWNER"}})
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{"/v1/orders", "/v1/orders/" + o.ids["ord"], "/v1/fulfilments", "/v1/fulfilments/" + o.ids["ful"], "/v1/skus", "/v1/stock?sku=OURSKU", "/v1/shipments/" + o.ids["shp"],
		"/v1/orders/" + o.ids["ord"] + "/timeline", "/v1/events?limit=500&kind=order.received.v1"} {
		all := o.want(http.StatusOK, "GET", path, "")
		if mine := o.want(http.StatusOK, "GET", path, "", "Authorization", "Bearer "+text); string(mine.raw) != string(all.raw) {
			t.Errorf("%s: %.400s\nwant %.400s", path, mine.raw, all.raw)
		}
	}
	o.want(http.StatusNotFound, "GET", "/v1/orders/"+id.Show("ord", 7), "", "Authorization", "Bearer "+text)
}

func TestAnOperationThatIsNarrowedIsThere(t *testing.T) {
	w := newWorld(t)
	have := map[string]bool{}
	for _, op := range w.operations() {
		have[op.OperationID] = true
	}
	for _, list := range []map[string]bool{eventTells, keysOf(narrowed), wholeCompany} {
		for name := range list {
			if !have[name] {
				t.Errorf("%s is no operation", name)
			}
		}
	}
	for _, op := range w.operations() {
		_, narrows := narrowed[op.OperationID]
		if forStrangers := op.Security != nil && len(op.Security) == 0; !forStrangers && narrows == wholeCompany[op.OperationID] {
			t.Errorf("%s: narrowed %v, about the whole company %v: it must be one of them", op.OperationID, narrows, !narrows)
		}
	}
}

func keysOf[V any](m map[string]V) map[string]bool {
	out := map[string]bool{}
	for k := range m {
		out[k] = true
	}
	return out
}
