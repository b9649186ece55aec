package api

import (
	"net/http"
	"testing"
)

func TestTheAllocationPolicyIsSetAndWhatBatchesSavedIsListed(t *testing.T) {
	o := newOurs(t)
	policy := o.want(http.StatusOK, "GET", "/v1/allocation-policy", "").body
	if policy["method"] != "optimised" || policy["strategy"] != "cheapest" {
		t.Errorf("unset: %v", policy)
	}
	const plain = `{"strategy":"cheapest","method":"plain","max_parcels":2,"split_cost":"1.50","late_cost_per_day":"3.00","unfilled_cost":"","ship_complete":false}`
	if got := o.want(http.StatusOK, "POST", "/v1/allocation-policy", plain).body; got["method"] != "plain" || got["split_cost"] != "1.50" || got["unfilled_cost"] != "0.00" {
		t.Errorf("set: %v", got)
	}
	if r := o.do("POST", "/v1/allocation-policy", `{"strategy":"cheapest","method":"best","max_parcels":2,"split_cost":"0","late_cost_per_day":"0","unfilled_cost":"0","ship_complete":false}`); r.status < 400 {
		t.Errorf("%d %s", r.status, r.raw)
	}
	if got := o.want(http.StatusOK, "POST", "/v1/allocations/run", "{}").body; got["more"] != false {
		t.Errorf("run: %v", got)
	}
	if got := o.want(http.StatusOK, "GET", "/v1/allocations/batches", "").body["batches"].([]any); len(got) != 0 {
		t.Errorf("nothing was decided over together, but: %v", got)
	}
	savings := o.want(http.StatusOK, "GET", "/v1/allocations/savings?zone=Asia/Shanghai", "").body
	if total := savings["total"].(map[string]any); total["saved"] != "0.00" || total["orders"] != 0.0 {
		t.Errorf("nothing was saved, but: %v", total)
	}
	if r := o.do("GET", "/v1/allocations/savings?zone=Atlantis", ""); r.code() != "http.zone" {
		t.Errorf("%d %s", r.status, r.raw)
	}
}
