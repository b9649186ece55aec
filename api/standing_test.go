package api

import (
	"net/http"
	"strings"
	"testing"
)

// The operator who opens a back-ordered order reads the SKU that is missing, not a number of it.
func TestABackOrderedOrderNamesItsMissingGoods(t *testing.T) {
	w := newWorld(t)
	w.want(http.StatusOK, "POST", "/v1/imports/warehouses", "code,name,timezone,country,province,city,district,address,lat,lng,capacity_orders_day,handling_cost,cutoffs\n"+
		"JX,嘉兴仓,Asia/Shanghai,CN,浙江省,嘉兴市,嘉善县,工业路 1 号,30.84,120.92,0,1.00,SF=16:00\n")
	w.want(http.StatusOK, "POST", "/v1/imports/catalog", "sku,title,weight_g,price\nS1,Tea,300,10.00\n")
	w.want(http.StatusOK, "POST", "/v1/imports/rates", "carrier,service,from_region,to_region,first_g,first_price,step_g,step_price,volumetric_divisor,days_p50,days_p90,currency\n"+
		"SF,standard,浙江省,浙江省,1000,8.00,500,2.00,6000,1,2,CNY\n")
	order := w.want(http.StatusCreated, "POST", "/v1/orders", strings.Replace(anOrder, `"paid",`, `"paid","paid_amount":"20.00",`, 1)).body["id"].(string)
	if _, err := w.services.Review.Step(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := w.allocation.Step(t.Context()); err != nil {
		t.Fatal(err)
	}
	for lang, want := range map[string][2]string{"en": {"2 × S1", "Get 2 × S1 in"}, "zh-CN": {"2 × S1", "补货到库（2 × S1）"}} {
		r := w.want(http.StatusOK, "GET", "/v1/orders/"+order, "", "Accept-Language", lang)
		s := r.body["standing"].(map[string]any)
		why, next := s["why_text"].(string), s["next_text"].(string)
		if !strings.Contains(why, want[0]) || !strings.Contains(why, "2026-03-02 04:00 UTC") || !strings.Contains(next, want[1]) || s["owner"] != "buyer" {
			t.Errorf("%s: %q %q %s", lang, why, next, r.raw)
		}
	}
}
