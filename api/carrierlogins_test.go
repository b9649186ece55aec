package api

import (
	"net/http"
	"strings"
	"testing"
)

func TestALogInWithACarrierIsKeptTriedAndItsSecretNeverShown(t *testing.T) {
	w := newWorld(t)
	const path = "/v1/carriers/logins"
	saved := w.want(http.StatusOK, "POST", path, `{"carrier":"ZTO","kind":"sim","address":"http://127.0.0.1:1","key":"us","secret":"hush-hush","enabled":true}`)
	again := w.want(http.StatusOK, "POST", path, `{"carrier":"ZTO","kind":"sim","address":"http://127.0.0.1:1","key":"them","enabled":true}`)
	list := w.want(http.StatusOK, "GET", path, "")
	for _, r := range []reply{saved, again, list} {
		if strings.Contains(string(r.raw), "hush") || !strings.Contains(string(r.raw), `"has_secret":true`) {
			t.Errorf("%s", r.raw)
		}
	}
	if !strings.Contains(string(list.raw), `"key":"them"`) || !strings.Contains(string(list.raw), `"kinds":["sim"]`) {
		t.Errorf("%s", list.raw)
	}
	if r := w.do("POST", path+"/test", `{"carrier":"ZTO"}`); r.code() != "carrier.unreachable" {
		t.Errorf("nobody is there: %d %s", r.status, r.raw)
	}
	if r := w.do("POST", path+"/test", `{"carrier":"SF"}`); r.code() != "ship.no_login" {
		t.Errorf("%d %s", r.status, r.raw)
	}
	if r := w.do("POST", path, `{"carrier":"SF","kind":"sim","address":"nowhere","enabled":true}`); r.code() != "carrier.base_url" || r.body["field"] != "address" {
		t.Errorf("%d %s", r.status, r.raw)
	}
}

func TestAParcelIsPutToEveryServiceAndEachSaysWhyNot(t *testing.T) {
	o := newOurs(t)
	o.want(http.StatusOK, "POST", "/v1/imports/rates", "carrier,service,from_region,to_region,first_g,first_price,step_g,step_price,volumetric_divisor,days_p50,days_p90,currency\n"+
		"SF,express,浙江省,浙江省,1000,18.00,500,2.00,6000,1,1,CNY\nYTO,land,浙江省,北京市,1000,5.00,500,2.00,6000,3,4,CNY\n")
	r := o.want(http.StatusOK, "POST", "/v1/carriers/try", `{"node":"OURNODE","weight_g":700,"province":"浙江省"}`)
	services := r.body["services"].([]any)
	first, last := services[0].(map[string]any), services[len(services)-1].(map[string]any)
	if r.body["found"] != true || r.body["why"] == "" || len(services) != 3 || first["carrier"] != "manual" || first["cost"] != "8.00" || first["why"] != nil {
		t.Errorf("%s", r.raw)
	}
	if second := services[1].(map[string]any); second["takes"] != true || second["why"] == nil {
		t.Errorf("the dearer one does not say why: %v", second)
	}
	if last["carrier"] != "YTO" || last["takes"] != false || last["why"] == nil {
		t.Errorf("the one that does not go there: %v", last)
	}
	if r := o.do("POST", "/v1/carriers/try", `{"node":"NOWHERE","weight_g":700,"province":"浙江省"}`); r.code() != "http.node" {
		t.Errorf("%d %s", r.status, r.raw)
	}
}
