package api

import (
	"net/http"
	"strings"
	"testing"
)

// atDesk leads the fourth order of ours to the packing bench, and gives order and fulfilment.
func (o *ours) atDesk(t *testing.T) (order, fulfilment, task string) {
	t.Helper()
	r := o.want(http.StatusOK, "GET", "/v1/orders/lookup?channel=ourshop&shop=ourbranch&external_no=OUR-4", "")
	f := r.body["fulfilments"].([]any)[0].(map[string]any)
	tasks := o.want(http.StatusOK, "GET", "/v1/tasks?node=OURNODE", "")
	task = tasks.body["tasks"].([]any)[0].(map[string]any)["id"].(string)
	return r.body["id"].(string), f["id"].(string), task
}

func TestTheBenchHasWhatIsPickedWithItsCodesAndNothingThatIsNot(t *testing.T) {
	o := newOurs(t)
	order, fulfilment, _ := o.atDesk(t)
	look := func(code string) reply { return o.want(http.StatusOK, "GET", "/v1/bench?code="+code, "") }
	if got := string(look(fulfilment).raw); !strings.Contains(got, `"status":"released"`) || !strings.Contains(got, `"lines":[]`) {
		t.Errorf("%s", got)
	}
	o.want(http.StatusOK, "POST", "/v1/fulfilments/"+fulfilment+"/pick", "")
	for _, code := range []string{fulfilment, strings.ToUpper(fulfilment), order} {
		got := string(look(code).raw)
		for _, part := range []string{`"order_no":"OUR-4"`, `"sku":"OURSKU"`, `"quantity":2`, `{"code":"6901234567892","factor":1}`, `{"code":"OURSKU","factor":1}`, `"carton":"`, `"tolerance_g":50`, `"code":"M1"`} {
			if !strings.Contains(got, part) {
				t.Errorf("%s: no %s in %s", code, part, got)
			}
		}
	}
	if got := string(look("ourwaybill").raw); !strings.Contains(got, `"status":"shipped"`) {
		t.Errorf("a waybill leads to its fulfilment: %s", got)
	}
	if r := o.want(http.StatusNotFound, "GET", "/v1/bench?code=nothing", ""); r.code() != "stop.unknown_code" {
		t.Errorf("%s", r.raw)
	}
	if got := look("").body; len(got["work"].([]any)) != 0 || len(got["cartons"].([]any)) == 0 {
		t.Errorf("an empty bench has cartons: %v", got)
	}
}

func TestAHoldIsToldAtTheBenchAndAtTheLabel(t *testing.T) {
	o := newOurs(t)
	order, fulfilment, task := o.atDesk(t)
	o.want(http.StatusOK, "POST", "/v1/fulfilments/"+fulfilment+"/pick", "")
	if got := string(o.want(http.StatusOK, "GET", "/v1/bench?code="+task, "").raw); !strings.Contains(got, fulfilment) || !strings.Contains(got, `"stops":[]`) {
		t.Errorf("%s", got)
	}
	o.want(http.StatusOK, "POST", "/v1/fulfilments/"+fulfilment+"/pack", "")
	if got := string(o.want(http.StatusOK, "GET", "/v1/fulfilments/"+fulfilment+"/labels", "").raw); !strings.Contains(got, `"status":"packed"`) || strings.Contains(got, `"shipment"`) {
		t.Errorf("nobody was asked for a waybill: %s", got)
	}
	o.want(http.StatusOK, "POST", "/v1/orders/"+order+"/hold", `{"reason":"order.hold.manual"}`)
	for _, path := range []string{"/v1/bench?code=" + fulfilment, "/v1/fulfilments/" + fulfilment + "/labels"} {
		if got := string(o.want(http.StatusOK, "GET", path, "").raw); !strings.Contains(got, `"stops":[{"code":"order.hold.manual"`) {
			t.Errorf("%s: %s", path, got)
		}
	}
	o.want(http.StatusNotFound, "GET", "/v1/fulfilments/ful_0000000000001/labels", "")
}

func TestAPersonIsWhoeverHasTheSameNumber(t *testing.T) {
	o := newOurs(t)
	(&party{o.world, theirs}).settleDown()
	for range 20 {
		if _, err := o.services.Search.Step(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	order, _, _ := o.atDesk(t)
	r := o.want(http.StatusOK, "GET", "/v1/orders/"+order+"/person", "")
	if n := len(r.body["orders"].([]any)); n != 4 {
		t.Errorf("%d orders of one person: %s", n, r.raw)
	}
	for _, part := range []string{`"waybill":"OURWAYBILL"`, `"reason":"damaged"`, `"phone":"138****5678"`, `"order_no":"OUR-1"`} {
		if !strings.Contains(string(r.raw), part) {
			t.Errorf("no %s in %s", part, r.raw)
		}
	}
	for _, part := range []string{"THEIR", "13812345678", "王芳"} {
		if strings.Contains(string(r.raw), part) {
			t.Errorf("%s is shown: %s", part, r.raw)
		}
	}
}

func TestDesksCountWhatWaits(t *testing.T) {
	o := newOurs(t)
	if got := string(o.want(http.StatusOK, "GET", "/v1/returns/counts", "").raw); !strings.Contains(got, `"approved":1`) || !strings.Contains(got, `"requested":`) {
		t.Errorf("%s", got)
	}
	if got := string(o.want(http.StatusOK, "GET", "/v1/shipments/counts?node=OURNODE", "").raw); !strings.Contains(got, `"any":0`) {
		t.Errorf("%s", got)
	}
	if got := string(o.want(http.StatusOK, "GET", "/v1/shipments?view=lost&node=OURNODE", "").raw); !strings.Contains(got, `"shipments":[]`) {
		t.Errorf("%s", got)
	}
	if got := string(o.want(http.StatusOK, "GET", "/v1/dock?node=OURNODE", "").raw); !strings.Contains(got, `"lanes":[]`) {
		t.Errorf("what left does not wait: %s", got)
	}
	o.want(http.StatusUnprocessableEntity, "GET", "/v1/shipments?view=nothing", "")
	o.want(http.StatusUnprocessableEntity, "GET", "/v1/dock?node=nowhere", "")
}
