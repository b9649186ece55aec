package api

import (
	"net/http"
	"strings"
	"testing"

	"github.com/packhorse/packhorse/access"
)

// parts are the work of an order that is not over, in the order of the answer.
func (w *world) parts(key string) (out []map[string]any) {
	w.t.Helper()
	for _, f := range w.want(http.StatusOK, "GET", "/v1/orders/"+key, "").body["fulfilments"].([]any) {
		if f := f.(map[string]any); f["status"] == "allocated" {
			out = append(out, f)
		}
	}
	return out
}

func TestAReviewerMovesSplitsAndPutsTogetherAndOnlyWithinReach(t *testing.T) {
	w := newWorld(t)
	w.want(http.StatusOK, "POST", "/v1/imports/warehouses", "code,name,timezone,country,province,city,district,address,lat,lng,capacity_orders_day,handling_cost,cutoffs\n"+
		"HZ,Hangzhou,Asia/Shanghai,CN,浙江省,杭州市,,,30.2,120.1,0,1.00,\nGZ,Guangzhou,Asia/Shanghai,CN,广东省,广州市,,,23.1,113.2,0,2.00,\n")
	w.want(http.StatusOK, "POST", "/v1/imports/locations", "warehouse,location,zone,kind,aisle,bay,level,x_m,y_m,pick_seq\nHZ,A,A,pick,1,1,1,1,1,1\nGZ,A,A,pick,1,1,1,1,1,1\n")
	w.want(http.StatusOK, "POST", "/v1/skus", `{"sku":"S1","title":"Tea","weight_g":300,"price":"10.00","mm":[100,80,60]}`)
	for _, node := range []string{"HZ", "GZ"} {
		w.want(http.StatusOK, "POST", "/v1/stock", `{"kind":"receipt","sku":"S1","node":"`+node+`","location":"A","quantity":4}`)
	}
	key := w.want(http.StatusCreated, "POST", "/v1/orders", strings.Replace(anOrder, `"paid",`, `"paid","paid_amount":"20.00",`, 1)).body["id"].(string)
	(&party{w, nil}).settle()
	path := "/v1/orders/" + key
	if got := w.parts(key); len(got) != 1 || got[0]["node"] != "HZ" {
		t.Fatal(got)
	}

	seen := w.want(http.StatusOK, "GET", path+"/candidates?unreleased=yes", "").body
	if p := seen["pieces"].([]any)[0].(map[string]any); p["node"] != "HZ" || p["sku"] != "S1" || p["quantity"] != 2.0 || seen["units"] != 2.0 {
		t.Errorf("what may be moved: %v", seen)
	}
	if none := w.want(http.StatusOK, "GET", path+"/candidates", "").body; none["units"] != 0.0 {
		t.Errorf("all is decided: %v", none)
	}
	moved := w.want(http.StatusOK, "POST", path+"/override", `{"node":"GZ","reason":"the stock there is old"}`).body
	if m := moved["machine"].(map[string]any); moved["cost"] != "2.00" || m["cost"] != "1.00" || m["nodes"].([]any)[0] != "HZ" {
		t.Errorf("%v", moved)
	}
	for body, code := range map[string]string{`{"node":"GZ","reason":"again"}`: "byhand.there", `{"node":"XX","reason":"r"}`: "http.node",
		`{"node":"HZ","reason":" "}`: "required", `{"node":"HZ","reason":"r","pieces":[{"line":1,"sku":"S9","quantity":1}]}`: "inventory.unknown_sku"} {
		if r := w.do("POST", path+"/override", body); r.code() != code {
			t.Errorf("%s: %d %s", body, r.status, r.raw)
		}
	}
	one := w.parts(key)[0]["id"].(string)
	w.want(http.StatusOK, "POST", "/v1/fulfilments/"+one+"/split", `{"lines":[{"seq":1,"quantity":1}]}`)
	two := w.parts(key)
	if len(two) != 2 || two[0]["node"] != "GZ" || two[1]["node"] != "GZ" {
		t.Fatal(two)
	}
	w.want(http.StatusOK, "POST", path+"/merge", `{"fulfilments":["`+two[0]["id"].(string)+`","`+two[1]["id"].(string)+`"]}`)

	second := w.want(http.StatusCreated, "POST", "/v1/orders", strings.NewReplacer("A-1", "A-2", `"paid",`, `"paid","paid_amount":"20.00",`, "文三路 100 号", "文三路100号").Replace(anOrder)).body["id"].(string)
	(&party{w, nil}).settle()
	w.want(http.StatusOK, "POST", path+"/redecide", `{}`)
	same := w.want(http.StatusOK, "GET", "/v1/same-recipients", "")
	if groups := same.body["groups"].([]any); len(groups) != 1 || strings.Contains(string(same.raw), "13812345678") || strings.Contains(string(same.raw), "王芳") || strings.Contains(string(same.raw), "文三路") {
		t.Errorf("two orders of one person, who is masked: %s", same.raw)
	}
	w.want(http.StatusOK, "POST", "/v1/same-recipients/apart", `{"orders":["`+key+`","`+second+`"],"apart":true}`)
	if same := w.want(http.StatusOK, "GET", "/v1/same-recipients", ""); len(same.body["groups"].([]any)) != 0 {
		t.Errorf("they go apart: %s", same.raw)
	}
	pair := `["` + w.parts(key)[0]["id"].(string) + `","` + w.parts(second)[0]["id"].(string) + `"]`
	made := w.want(http.StatusOK, "POST", "/v1/same-recipients/together", `{"parcels":[{"fulfilments":`+pair+`},{"fulfilments":["`+w.parts(key)[0]["id"].(string)+`","ful_0000000000001"]}]}`)
	if done := made.body["parcels"].([]any); done[0].(map[string]any)["code"] != nil || done[0].(map[string]any)["saves"] == "" || done[1].(map[string]any)["message"] == "" {
		t.Errorf("one is made, one refused: %s", made.raw)
	}
	listed := w.want(http.StatusOK, "GET", "/v1/same-recipients/together", "")
	if list := listed.body["parcels"].([]any); len(list) != 1 || len(list[0].(map[string]any)["members"].([]any)) != 2 || strings.Contains(string(listed.raw), "王芳") {
		t.Errorf("%s", listed.raw)
	}
	if shared := w.parts(second)[0]["together"].(map[string]any)["others"].([]any); len(shared) != 1 || shared[0].(map[string]any)["order"] != key {
		t.Errorf("the order is to travel with %v", shared)
	}
	if n := w.want(http.StatusOK, "POST", "/v1/same-recipients/separate", `{"fulfilments":`+pair+`}`).body["fulfilments"]; n != 2.0 {
		t.Errorf("%v travel by themselves", n)
	}

	text, err := w.directory.CreateKeyWithin(t.Context(), access.FirstCompany, "gz", []access.Scope{access.Everything}, access.Reach{Nodes: []string{"GZ"}})
	if err != nil {
		t.Fatal(err)
	}
	if r := w.do("POST", path+"/override", `{"node":"HZ","reason":"not mine"}`, "Authorization", "Bearer "+text); r.status != http.StatusNotFound {
		t.Errorf("a foreign warehouse was chosen: %d %s", r.status, r.raw)
	}
	again := w.want(http.StatusOK, "POST", path+"/redecide", `{"reason":"a mistake"}`).body
	if got := w.parts(key); len(got) != 1 || got[0]["node"] != "HZ" || again["fulfilment"] != "allocated" {
		t.Error(got, again)
	}
	for act, body := range map[string]string{"/redecide": `{}`, "/override": `{"node":"GZ","reason":"mine"}`} { // it has been at GZ, so the order is seen there
		if r := w.do("POST", path+act, body, "Authorization", "Bearer "+text); r.code() != "byhand.nothing" {
			t.Errorf("%s on work of a foreign warehouse: %d %s", act, r.status, r.raw)
		}
	}
	w.want(http.StatusOK, "POST", "/v1/fulfilments/"+w.parts(key)[0]["id"].(string)+"/release", "")
	if r := w.do("POST", path+"/override", `{"node":"GZ","reason":"too late"}`); r.code() != "byhand.nothing" {
		t.Errorf("a wave has it: %d %s", r.status, r.raw)
	}
}
