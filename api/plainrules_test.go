package api

import (
	"net/http"
	"testing"
)

func TestThePlainRulesAreOneSettingAwayAtEachWarehouse(t *testing.T) {
	o := newOurs(t)
	of := func(path, list string) map[string]any {
		for _, x := range o.want(http.StatusOK, "GET", path, "").body[list].([]any) {
			if one := x.(map[string]any); one["node"] == "OURNODE" {
				return one
			}
		}
		t.Fatalf("OURNODE is not in %s", path)
		return nil
	}
	if got := of("/v1/walkings", "walkings"); got["tours"] != "shortest" || got["pickers"] != 4.0 || got["mm_per_second"] != 1000.0 {
		t.Errorf("unset: %v", got)
	}
	o.want(http.StatusOK, "POST", "/v1/walkings", `{"node":"OURNODE","tours":"shelf_order","pickers":9,"mm_per_second":800,"set_up_seconds":30,"find_seconds":6,"take_seconds":1,"box_seconds":2,"ahead_minutes":45}`)
	if got := of("/v1/walkings", "walkings"); got["tours"] != "shelf_order" || got["pickers"] != 9.0 || got["ahead_minutes"] != 45.0 || got["box_seconds"] != 2.0 {
		t.Errorf("set: %v", got)
	}
	if got := of("/v1/carton-rules", "rules"); got["cartons"] != "cheapest" {
		t.Errorf("unset: %v", got)
	}
	o.want(http.StatusOK, "POST", "/v1/carton-rules", `{"node":"OURNODE","cartons":"smallest"}`)
	if got := of("/v1/carton-rules", "rules"); got["cartons"] != "smallest" {
		t.Errorf("set: %v", got)
	}
	if got := of("/v1/allocation-methods", "methods"); got["method"] != "company" || got["holds"] != "optimised" {
		t.Errorf("unset: %v", got)
	}
	o.want(http.StatusOK, "POST", "/v1/allocation-methods", `{"node":"OURNODE","method":"plain"}`)
	if got := of("/v1/allocation-methods", "methods"); got["method"] != "plain" || got["holds"] != "plain" {
		t.Errorf("set: %v", got)
	}
	if back := o.want(http.StatusOK, "POST", "/v1/allocation-methods", `{"node":"OURNODE","method":"company"}`).body; back["method"] != "company" || back["holds"] != "optimised" {
		t.Errorf("set back: %v", back)
	}
	for body, code := range map[string]string{
		`{"node":"OURNODE","tours":"shortest","pickers":0,"mm_per_second":1000,"set_up_seconds":1,"find_seconds":1,"take_seconds":1,"box_seconds":1,"ahead_minutes":1}`: "wave.out_of_range",
		`{"node":"NOWHERE","tours":"shortest","pickers":1,"mm_per_second":1000,"set_up_seconds":1,"find_seconds":1,"take_seconds":1,"box_seconds":1,"ahead_minutes":1}`: "http.node",
	} {
		if r := o.do("POST", "/v1/walkings", body); r.code() != code {
			t.Errorf("%d %s", r.status, r.raw)
		}
	}
}

func TestWhatWasSavedIsSaidOfATimeAndAWarehouse(t *testing.T) {
	o := newOurs(t)
	all := o.want(http.StatusOK, "GET", "/v1/savings", "").body
	here := o.want(http.StatusOK, "GET", "/v1/savings?warehouse=OURNODE", "").body
	cartons := all["cartons"].(map[string]any)
	if cartons["plain_cost"] == "" || all["currency"] != "CNY" || here["walks"] == nil {
		t.Errorf("%v", all)
	}
	never := o.want(http.StatusOK, "GET", "/v1/savings?from=2001-01-01T00:00:00Z&to=2001-01-02T00:00:00Z", "").body
	if never["saved"] != "0.00" || never["cartons"].(map[string]any)["fulfilments"] != 0.0 {
		t.Errorf("%v", never)
	}
	for query, code := range map[string]string{"from=2001-01-01T00:00:00Z": "http.period", "from=yesterday": "http.time", "warehouse=NOWHERE": "http.node",
		"from=2026-03-02T00:00:00Z&to=2026-03-01T00:00:00Z": "http.period"} {
		if r := o.do("GET", "/v1/savings?"+query, ""); r.code() != code {
			t.Errorf("%s: %d %s", query, r.status, r.raw)
		}
	}
}
