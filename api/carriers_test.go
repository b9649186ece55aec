package api

import (
	"net/http"
	"strings"
	"testing"
)

func TestALadderIsKeptAndTakenAwayAgain(t *testing.T) {
	w := newWorld(t)
	w.want(http.StatusOK, "POST", "/v1/imports/warehouses", "code,name,timezone,country,province,city,district,address,lat,lng,capacity_orders_day,handling_cost,cutoffs\n"+
		"JX,嘉兴仓,Asia/Shanghai,CN,浙江省,嘉兴市,嘉善县,工业路 1 号,30.84,120.92,0,1.00,SF=16:00\n")
	for _, rungs := range []string{`[{"carrier":"ZTO"},{"carrier":"SF","service":"standard"}]`, `[{"carrier":"SF"}]`, `[]`} {
		w.want(http.StatusOK, "POST", "/v1/carriers/ladders", `{"node":"JX","rungs":`+rungs+`}`)
		had := string(w.want(http.StatusOK, "GET", "/v1/carriers/ladders", "").raw)
		if got := strings.Contains(had, `"node":"JX","rungs":`+rungs); got != (rungs != `[]`) {
			t.Errorf("%s: %s", rungs, had)
		}
	}
	w.want(http.StatusOK, "POST", "/v1/carriers/ladders", `{"level":"cod","rungs":[{"carrier":"SF"}]}`)
	if had := string(w.want(http.StatusOK, "GET", "/v1/carriers/ladders", "").raw); !strings.Contains(had, `{"level":"cod","rungs":[{"carrier":"SF"}]}`) {
		t.Error(had)
	}
	if a := w.want(http.StatusOK, "POST", "/v1/imports/ladders", "warehouse,level,carrier,service\nJX,express,SF,\n,cod,SF,\n"); a.body["created"] != 1.0 || a.body["unchanged"] != 1.0 {
		t.Errorf("%s", a.raw)
	}
	w.want(http.StatusUnprocessableEntity, "POST", "/v1/carriers/ladders", `{"level":"slow","rungs":[]}`)
	w.want(http.StatusUnprocessableEntity, "POST", "/v1/carriers/ladders", `{"rungs":[{"carrier":""}]}`)
	w.want(http.StatusUnprocessableEntity, "POST", "/v1/carriers/ladders", `{"node":"nowhere","rungs":[]}`)
	w.want(http.StatusNotFound, "GET", "/v1/manifests/man_0000000000007/file", "")
}

func TestWhatWaitsIsListedByTheFineAtRisk(t *testing.T) {
	w := newWorld(t)
	w.want(http.StatusOK, "POST", "/v1/imports/catalog", "sku,title,weight_g,price\nS1,Tea,300,10.00\n")
	w.want(http.StatusOK, "POST", "/v1/queueing", `{"sort":"fine","fines":{"*":{"ship_by":"5.00"}}}`)
	if got := string(w.want(http.StatusOK, "GET", "/v1/queueing", "").raw); !strings.Contains(got, `"ship_by":"5.00"`) {
		t.Error(got)
	}
	w.want(http.StatusUnprocessableEntity, "POST", "/v1/queueing", `{"sort":"name","fines":{}}`)
	order := w.want(http.StatusCreated, "POST", "/v1/orders", anOrder).body["id"].(string)
	for _, sort := range []string{"deadline", "fine"} {
		if got := string(w.want(http.StatusOK, "GET", "/v1/orders?sort="+sort, "").raw); !strings.Contains(got, order) {
			t.Errorf("%s: %s", sort, got)
		}
	}
	w.want(http.StatusUnprocessableEntity, "GET", "/v1/orders?sort=name", "")
	w.want(http.StatusUnprocessableEntity, "GET", "/v1/orders?sort=fine&cursor=x", "")
	w.want(http.StatusUnprocessableEntity, "POST", "/v1/orders/"+order+"/lines/9/cancel", `{}`)
	if got := w.want(http.StatusOK, "POST", "/v1/orders/"+order+"/remind", `{}`).body["priority"].(float64); got < 5 {
		t.Errorf("priority %v", got)
	}
	w.want(http.StatusOK, "POST", "/v1/orders/"+order+"/cancel", `{"reason":"customer"}`)
	w.want(http.StatusConflict, "POST", "/v1/orders/"+order+"/remind", `{}`)
	w.want(http.StatusNotFound, "POST", "/pda/v1/parcels/scan", `{"event_id":"1","code":"nothing"}`)
	if got := string(w.want(http.StatusOK, "GET", "/v1/stops", "").raw); !strings.Contains(got, `"stops":[]`) {
		t.Errorf("nobody had anything of it in hand: %s", got)
	}
}
