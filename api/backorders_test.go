package api

import (
	"net/http"
	"strings"
	"testing"
	"time"
)

func TestWhatCustomersAreOwedIsAListAndAFile(t *testing.T) {
	o := newOurs(t)
	document := strings.NewReplacer("webshop", "ourshop", `"order_no"`, `"shop":"ourbranch","order_no"`, "S1", "OURSKU", "A-1", "OUR-OWED", `"quantity":2`, `"quantity":900`).Replace(anOrder)
	key := o.want(http.StatusCreated, "POST", "/v1/orders", document).body["id"].(string)
	(&party{o.world, theirs}).settle()
	if r := o.want(http.StatusOK, "GET", "/v1/orders/"+key, ""); r.body["review"] == "held" {
		o.want(http.StatusOK, "POST", "/v1/orders/"+key+"/approve", `{}`)
		(&party{o.world, theirs}).settle()
	}
	var page OwedPage
	decodeInto(t, o.want(http.StatusOK, "GET", "/v1/back-orders", ""), &page)
	if len(page.Lines) != 1 || page.Lines[0].Order != key || page.Lines[0].SKU != "OURSKU" || page.Lines[0].Quantity == 0 || page.Lines[0].Reason == "" {
		t.Fatalf("%+v", page)
	}
	rows := o.exportAs(o.key, `{"list":"list-back-orders","format":"csv"}`)
	if len(rows) != 2 || rows[1][0] != "OUR-OWED" || rows[1][5] != "OURSKU" || rows[1][8] == "out_of_stock" {
		t.Errorf("%v", rows)
	}
}

func TestGoodsThatDoNotMoveAreFoundByWhenTheyLastDid(t *testing.T) {
	o := newOurs(t)
	idle := func() string {
		return string(o.want(http.StatusOK, "GET", "/v1/stock/levels?state=idle&days=30", "").raw)
	}
	if got := idle(); strings.Contains(got, "OURSKU") {
		t.Errorf("it came in today: %s", got)
	}
	o.services.DB.Clock().Advance(31 * 24 * time.Hour)
	if got := idle(); !strings.Contains(got, "OURSKU") || !strings.Contains(got, `"moved_at"`) {
		t.Errorf("it stands there for a month: %s", got)
	}
	if got := string(o.want(http.StatusOK, "GET", "/v1/stock/levels?state=idle", "").raw); strings.Contains(got, "OURSKU") {
		t.Errorf("90 days are not over: %s", got)
	}
	o.want(http.StatusOK, "POST", "/v1/stock", `{"kind":"receipt","sku":"OURSKU","node":"OURNODE","location":"OURPLACE","quantity":1}`)
	if got := idle(); strings.Contains(got, "OURSKU") {
		t.Errorf("it came in just now: %s", got)
	}
	if r := o.do("GET", "/v1/stock/levels?state=idle&days=0", ""); r.code() != "http.days" {
		t.Errorf("%d %s", r.status, r.raw)
	}
}

func TestAReachToAWarehouseThatIsNotThereIsRefusedAndThoseThatAreNamed(t *testing.T) {
	o := newOurs(t)
	const grants = `"grants":[{"role":"picker","reach":{"nodes":["OURNODE","NOWHERE"]}}]`
	for _, r := range []reply{
		o.do("POST", "/v1/users", `{"login":"mei","password":"a-long-first-password",`+grants+`}`),
		o.do("POST", "/v1/keys", `{"name":"narrow","scopes":["stock:read"],"reach":{"nodes":["NOWHERE"]}}`),
	} {
		if r.code() != "warehouse.not_there" || !strings.Contains(string(r.raw), "OURNODE") {
			t.Errorf("%d %s", r.status, r.raw)
		}
	}
	o.want(http.StatusOK, "POST", "/v1/users", `{"login":"mei","password":"a-long-first-password","grants":[{"role":"picker","reach":{"nodes":["OURNODE"]}}]}`)
	if r := o.do("PUT", "/v1/users/mei", `{`+grants+`}`); r.code() != "warehouse.not_there" {
		t.Errorf("%d %s", r.status, r.raw)
	}
}
