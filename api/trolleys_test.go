package api

import (
	"net/http"
	"testing"
)

func TestTheTrolleyOfAWarehouseIsSetAndListed(t *testing.T) {
	o := newOurs(t)
	first := func() map[string]any {
		list := o.want(http.StatusOK, "GET", "/v1/trolleys", "").body["trolleys"].([]any)
		for _, x := range list {
			if one := x.(map[string]any); one["node"] == "OURNODE" {
				return one
			}
		}
		t.Fatalf("OURNODE is not in %v", list)
		return nil
	}
	if got := first(); got["rule"] != "shortest" || got["places"] != 12.0 {
		t.Errorf("unset: %v", got)
	}
	o.want(http.StatusOK, "POST", "/v1/trolleys", `{"node":"OURNODE","rule":"first_come","places":6,"weight_g":80000}`)
	if got := first(); got["rule"] != "first_come" || got["places"] != 6.0 || got["weight_g"] != 80000.0 {
		t.Errorf("set: %v", got)
	}
	if r := o.do("POST", "/v1/trolleys", `{"node":"OURNODE","rule":"shortest","places":13}`); r.code() != "wave.out_of_range" {
		t.Errorf("%d %s", r.status, r.raw)
	}
	if r := o.do("POST", "/v1/trolleys", `{"node":"NOWHERE","rule":"shortest","places":3}`); r.status < 400 {
		t.Errorf("%d %s", r.status, r.raw)
	}
}
