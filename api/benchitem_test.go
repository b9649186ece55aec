package api

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/packhorse/packhorse/check"
)

// TestSingleItemsGoStraightToPacking is the whole way of a walk of totals: one unit is not found, one order is called off while its
// item is in the tote, and the others are packed, each item by its scan.
func TestSingleItemsGoStraightToPacking(t *testing.T) {
	o := newOurs(t)
	document := strings.NewReplacer("webshop", "ourshop", `"order_no"`, `"shop":"ourbranch","order_no"`, "S1", "OURSKU", `"quantity":2`, `"quantity":1`, `"paid",`, `"paid","paid_amount":"10.00",`).Replace(anOrder)
	var orders []string
	for i := range 4 {
		one := strings.Replace(document, "A-1", fmt.Sprintf("BULK-%d", i+1), 1)
		one = strings.NewReplacer("13812345678", fmt.Sprintf("1391234567%d", i), "100 号", fmt.Sprintf("%d 号", 200+i)).Replace(one) // nobody buys twice
		one = strings.Replace(one, `"currency"`, fmt.Sprintf(`"ship_by":"2026-03-0%dT09:00:00Z","currency"`, 7-i), 1)
		orders = append(orders, o.want(http.StatusCreated, "POST", "/v1/orders", one).body["id"].(string))
	}
	(&party{o.world, func(text string) string { return text }}).settle()
	var parts []string
	for _, key := range orders {
		r := o.want(http.StatusOK, "GET", "/v1/orders/"+key, "")
		list := r.body["fulfilments"].([]any)
		if len(list) != 1 {
			t.Fatalf("%s", r.raw)
		}
		parts = append(parts, list[0].(map[string]any)["id"].(string))
	}
	released := o.want(http.StatusOK, "POST", "/v1/waves", `{"method":"shape","fulfilments":["`+strings.Join(parts, `","`)+`"]}`).body
	task := released["tasks"].([]any)[0].(string)
	walk := o.want(http.StatusOK, "GET", "/pda/v1/tasks/"+task, "").body
	if walk["method"] != "bulk" || len(walk["totes"].([]any)) != 1 || len(walk["lines"].([]any)) != 4 {
		t.Fatalf("%v", walk)
	}
	scan := `{"event_id":"e1","task":"` + task + `","line":4,"location":"OURPLACE","item":"6901234567892","quantity":3}`
	for range 2 { // the handheld sends it twice
		if got := o.want(http.StatusOK, "POST", "/pda/v1/scan", scan).body; got["accepted"] != true {
			t.Fatalf("%v", got)
		}
	}
	o.want(http.StatusOK, "POST", "/v1/tasks/"+task+"/short", `{"line":1,"picked":0,"reason":"none"}`)
	if got := o.want(http.StatusOK, "GET", "/v1/waves/"+released["wave"].(string), "").body["walked"].(map[string]any); got["walks"] != 1.0 {
		t.Errorf("%v", got)
	}

	bench := o.want(http.StatusOK, "GET", "/v1/bench?code="+strings.ToUpper(task), "").body
	if tote := bench["bulk"].(map[string]any); tote["task"] != task || tote["waiting"] != 3.0 || len(bench["work"].([]any)) != 0 {
		t.Fatalf("%v", bench)
	}
	open := func(event, table string) (fulfilment string, tote map[string]any) {
		t.Helper()
		got := o.want(http.StatusOK, "POST", "/v1/bench/items", `{"event_id":"`+event+`","task":"`+task+`","item":"6901234567892","table":"`+table+`"}`).body
		if work := got["work"].([]any); len(work) == 1 {
			fulfilment = work[0].(map[string]any)["id"].(string)
		}
		return fulfilment, got["bulk"].(map[string]any)
	}
	first, tote := open("i1", "T1")
	if first != parts[3] || tote["left"] != 2.0 {
		t.Fatalf("%s %v: the order that has to leave first is %s", first, tote, parts[3])
	}
	if again, _ := open("i1", "T1"); again != first {
		t.Errorf("sent twice: %s", again)
	}
	second, _ := open("i2", "T2")
	if second != parts[2] {
		t.Errorf("%s", second)
	}
	o.want(http.StatusOK, "POST", "/v1/orders/"+orders[1]+"/cancel", `{"reason":"customer"}`)
	for _, f := range []string{first, second} {
		o.want(http.StatusOK, "POST", "/v1/fulfilments/"+f+"/pack", `{"scans":["6901234567892"]}`)
	}
	if nobody, tote := open("i3", "T1"); nobody != "" || tote["code"] != "stop.cancelled" || !strings.Contains(tote["text"].(string), "QUARANTINE") {
		t.Errorf("%s %v", nobody, tote)
	}
	if r := o.do("POST", "/v1/bench/items", `{"event_id":"i4","task":"`+task+`","item":"4711"}`); r.code() != "pack.unknown_scan" {
		t.Errorf("%s", r.raw)
	}
	if proof, err := check.Run(t.Context(), o.services.DB, check.Options{}); err != nil || !proof.Clean {
		t.Errorf("%+v %v", proof.Findings, err)
	}
}
