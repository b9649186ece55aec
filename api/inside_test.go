package api

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/packhorse/packhorse/access"
)

// lists are the operations that list things without being told one.
func (w *world) lists() (list []operation) {
	for _, op := range w.operations() {
		if op.method == "GET" && !strings.Contains(op.path, "{") && !notCompared[op.OperationID] {
			list = append(list, op)
		}
	}
	return list
}

// notCompared are no lists of things of both parties, or lists that must be told of which: the keys are the test's own.
var notCompared = map[string]bool{"stream-events": true, "who-am-i": true, "list-keys": true, "list-users": true, "list-locations": true, "get-floor": true, "get-figures": true}

// rows are the things in an answer that is a list, each as it is written.
func rows(r reply) (out []string) {
	var fields map[string]json.RawMessage
	if json.Unmarshal(r.raw, &fields) != nil {
		return nil
	}
	for _, raw := range fields {
		var list []json.RawMessage
		if json.Unmarshal(raw, &list) == nil {
			for _, x := range list {
				if strings.HasPrefix(string(x), "{") {
					out = append(out, string(x))
				}
			}
		}
	}
	return out
}

func mentionsAny(text string, names []string) bool {
	return slices.ContainsFunc(names, func(name string) bool { return strings.Contains(text, name) })
}

// TestWhoIsNarrowedSeesExactlyTheirOwn puts two parties into one company, each with something of everything, and asks for every list
// with a key for one side of ours: what an all-seeing key is shown of us must come, whole, and nothing of theirs.
func TestWhoIsNarrowedSeesExactlyTheirOwn(t *testing.T) {
	o := newOurs(t)
	(&party{o.world, theirs}).settleDown()
	var foreign []string
	for _, shown := range o.idsShown() {
		if !slices.Contains(o.secrets, shown) {
			foreign = append(foreign, shown)
		}
	}
	foreign = append(foreign, "THEIR", "theirshop", "他们的")
	compared := map[string]int{}
	for side, reach := range map[sides]access.Reach{byNode: {Nodes: []string{"OURNODE"}}, byShop: {Shops: []string{"ourshop/ourbranch"}}, byOwner: {Owners: []string{"OUROWNER"}},
		everySide: {Nodes: []string{"OURNODE"}, Shops: []string{"ourshop"}, Owners: []string{"OUROWNER"}}} {
		key, err := o.directory.CreateKeyWithin(t.Context(), access.FirstCompany, "inside-"+string('a'+rune(side)), []access.Scope{access.Everything}, reach)
		if err != nil {
			t.Fatal(err)
		}
		for _, op := range o.lists() {
			honoured, narrows := narrowed[op.OperationID]
			if o.compare(t, op, "Bearer "+key, foreign, narrows && sidesOf(reach, honoured)&^honoured == 0) {
				compared[op.OperationID]++
			}
		}
	}
	if len(compared) < 18 {
		t.Errorf("only %d lists hold something of both: %v", len(compared), compared)
	}
}

// compare reports whether a list holds something of both parties, and complains when a narrowed caller sees other rows than ours.
func (o *ours) compare(t *testing.T, op operation, credential string, foreign []string, covered bool) bool {
	t.Helper()
	path := op.path + "?limit=500&sku=OURSKU&sku=THEIRSKU"
	var want []string
	strangers := 0
	for _, row := range rows(o.do("GET", path, "")) {
		switch {
		case mentionsAny(row, foreign):
			strangers++
		case op.OperationID == "list-events" && !strings.Contains(row, `"order":"`):
			// what happens to no order is told to those who reach everything
		case mentionsAny(row, o.secrets):
			want = append(want, row)
		}
	}
	r := o.do("GET", path, "", "Authorization", credential)
	if mentionsAny(string(r.raw), slices.DeleteFunc(slices.Clone(foreign), func(x string) bool { return x == "THEIR" })) || strings.Contains(strings.ReplaceAll(string(r.raw), "THEIRSKU", ""), "THEIR") {
		t.Errorf("%s shows something of theirs: %.400s", op.OperationID, r.raw)
	}
	if !covered {
		want = nil
	}
	got := slices.DeleteFunc(rows(r), func(row string) bool { return !mentionsAny(row, o.secrets) })
	if len(want)+strangers > 0 && wholeCompany[op.OperationID] {
		if r.status != http.StatusForbidden {
			t.Errorf("%s: %d", op.OperationID, r.status)
		}
		return false
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("%s shows\n%s\nwant\n%s", op.OperationID, strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	return len(want) > 0 && strangers > 0
}

// TestAPageOfANarrowedCallerIsFullAndTheNextGoesOnBehindIt reads lists of mixed things in pages of two.
func TestAPageOfANarrowedCallerIsFullAndTheNextGoesOnBehindIt(t *testing.T) {
	o := newOurs(t)
	(&party{o.world, theirs}).settleDown()
	key, err := o.directory.CreateKeyWithin(t.Context(), access.FirstCompany, "pages", []access.Scope{access.Everything}, access.Reach{Shops: []string{"ourshop"}})
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{"/v1/orders", "/v1/fulfilments", "/v1/returns", "/v1/refunds", "/v1/stops", "/v1/print-jobs", "/v1/orders?sort=fine"} {
		join := "?"
		if strings.Contains(path, "?") {
			join = "&"
		}
		whole := rows(o.want(http.StatusOK, "GET", path+join+"limit=500", "", "Authorization", "Bearer "+key))
		var paged []string
		cursor, turns := "", 0
		for ; turns < 20; turns++ {
			r := o.want(http.StatusOK, "GET", path+join+"limit=1"+cursor, "", "Authorization", "Bearer "+key)
			if mentionsAny(string(r.raw), []string{"THEIR", "theirshop"}) {
				t.Errorf("%s: %s", path, r.raw)
			}
			paged = append(paged, rows(r)...)
			next, _ := r.body["next_cursor"].(string)
			if next == "" {
				break
			}
			cursor = "&cursor=" + next
		}
		if strings.Join(paged, "\n") != strings.Join(whole, "\n") || len(whole) == 0 || turns == 20 {
			t.Errorf("%s in pages:\n%s\nwhole:\n%s", path, strings.Join(paged, "\n"), strings.Join(whole, "\n"))
		}
	}
}
