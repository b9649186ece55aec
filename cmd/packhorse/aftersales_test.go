package main

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

func TestGoodsAndMoneyGoBackOverHTTP(t *testing.T) { eachSite(t, goAndReturn) }

// gone ships an order of two teas and a cup, and gives its id.
func (s *site) gone(no string) string {
	s.t.Helper()
	id := s.do("POST", "/v1/orders", shopOrder(no))["id"].(string)
	f := s.allocated(id)
	for _, stage := range []string{"release", "pick", "pack"} {
		s.do("POST", "/v1/fulfilments/"+f+"/"+stage, "{}")
	}
	s.do("POST", "/v1/fulfilments/"+f+"/ship", fmt.Sprintf(`{"carrier":"SF","service":"standard","waybill":%q}`, "SF-"+no))
	return id
}

func goAndReturn(t *testing.T, s *site) {
	s.furnish()
	id := s.gone("R-1")
	c := s.do("POST", "/v1/orders/"+id+"/returns", `{"kind":"return","reason":"damaged","lines":[{"line_no":1,"quantity":2}]}`)
	if c["status"] != "approved" || s.do("GET", "/v1/orders/"+id, "")["aftersale"] != "open" {
		t.Fatalf("%v", c)
	}
	rma := c["id"].(string)
	scan := s.do("POST", "/pda/v1/returns/scan", fmt.Sprintf(`{"event_id":"1","code":%q}`, strings.ToUpper(rma)))
	if scan["state"] != "case" || scan["case"].(map[string]any)["id"] != rma {
		t.Fatalf("%v", scan)
	}
	for _, word := range [][2]string{{"g1", `"good":true`}, {"g1", `"good":true`}, {"g2", `"good":false,"note":"torn","photos":["p/1"]`}} { // the first is sent twice
		s.do("POST", "/pda/v1/returns/grade", fmt.Sprintf(`{"event_id":%q,"case":%q,"sku":"6901234567892",%s}`, word[0], rma, word[1]))
	}
	d := s.do("GET", "/v1/returns/"+rma, "")
	units, refunds := d["units"].([]any), d["refunds"].([]any)
	if len(units) != 2 || units[0].(map[string]any)["location"] != "A-01-01" || units[1].(map[string]any)["fate"] != "quarantine" || len(refunds) == 0 {
		t.Fatalf("%v", d)
	}
	for _, e := range s.do("GET", "/v1/returns/"+rma+"/evidence", "")["evidence"].([]any) {
		if x := e.(map[string]any); x["location"] != "A-01-01" || x["waybill"] != "SF-R-1" || x["packer"] == "" {
			t.Errorf("%v", x)
		}
	}
	for _, r := range refunds {
		key := r.(map[string]any)["id"].(string)
		s.do("POST", "/v1/refunds/"+key+"/approve", "{}")
		s.do("POST", "/v1/refunds/"+key+"/paid", `{"reference":"BANK-1"}`)
	}
	if d = s.do("GET", "/v1/returns/"+rma, ""); d["status"] != "closed" || s.do("GET", "/v1/orders/"+id, "")["aftersale"] != "closed" {
		t.Errorf("%v", d)
	}
	for _, l := range s.do("GET", "/v1/orders/"+id+"/refundable", "")["lines"].([]any) {
		if x := l.(map[string]any); x["line_no"] == 1.0 && x["amount"] != "0.00" || x["line_no"] == 2.0 && x["amount"] != "15.00" {
			t.Errorf("%v", x)
		}
	}
	s.exchanged()
	s.clean()
}

// exchanged sends a cup for a tea at once, and follows the links between the two orders.
func (s *site) exchanged() {
	s.t.Helper()
	id := s.gone("R-2")
	s.do("POST", "/v1/return-policy", `{"windows":{"return":7},"kinds":["return"],"limit":50000,"refund":0,"send_within":14,"phone":"0571-8888"}`)
	rma := s.do("POST", "/v1/orders/"+id+"/returns", `{"kind":"exchange","reason":"wrong_item","lines":[{"line_no":1,"quantity":1,"swap":"CUP"}]}`)["id"].(string)
	s.do("POST", "/v1/returns/"+rma+"/approve", `{"at_once":true}`)
	var made string
	for range 400 {
		if made, _ = s.do("GET", "/v1/returns/"+rma, "")["replacement_order"].(string); made != "" {
			break
		}
		time.Sleep(10 * time.Millisecond)
	}
	if made == "" {
		s.t.Fatal("no order was made for the exchange")
	}
	if back := s.do("GET", "/v1/orders/"+made+"/replaces", ""); back["order"] != id {
		s.t.Errorf("%v", back)
	}
	s.allocated(made)
	pool := s.do("POST", "/v1/unknown-parcels", `{"node":"JX","waybill":"YT9","lines":[{"sku":"TEA","quantity":1}]}`)
	if perhaps := pool["perhaps"].([]any); len(perhaps) != 1 || perhaps[0].(map[string]any)["case"] != rma {
		s.t.Fatalf("%v", pool)
	}
	if c := s.do("POST", "/v1/unknown-parcels/"+pool["id"].(string)+"/claim", fmt.Sprintf(`{"case":%q}`, rma)); c["status"] != "received" {
		s.t.Errorf("%v", c)
	}
	for _, path := range []string{"/v1/orders/" + id, "/v1/orders/" + made} {
		for _, e := range s.do("GET", path+"/timeline", "")["events"].([]any) {
			if text := e.(map[string]any)["text"].(string); strings.HasPrefix(text, "event.") || strings.Contains(text, "{") || strings.Contains(text, "aftersales.") {
				s.t.Errorf("no sentence: %s", text)
			}
		}
	}
}
