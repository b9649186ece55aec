package api

import "testing"

func TestARuleIsTriedSavedAndTakenBackToAnOlderVersion(t *testing.T) {
	w := newWorld(t)
	w.want(201, "POST", "/v1/orders", anOrder)
	rule := `{"name":"big","expr":"order.total >= 1000","action":"hold","reason":"review.custom","params":{"text":"'big'"},"enabled":true,"priority":5}`
	r := w.want(200, "POST", "/v1/rules/big/try", rule).body
	if r["orders"] != 1.0 || r["fired"] != 1.0 {
		t.Errorf("%v", r)
	}
	if list := w.want(200, "GET", "/v1/rules/big/versions", "").body["rules"].([]any); len(list) != 0 {
		t.Errorf("a trial saved something: %v", list)
	}
	if r := w.want(422, "POST", "/v1/rules/big/try", `{"name":"big","expr":"order.totall > 1","action":"hold","reason":"review.custom","enabled":true,"priority":5}`); r.code() == "" {
		t.Errorf("%s", r.raw)
	}
	w.want(200, "PUT", "/v1/rules/big", rule)
	w.want(200, "PUT", "/v1/rules/big", `{"name":"bigger","expr":"order.total >= 5000","action":"hold","reason":"review.custom","params":{"text":"'big'"},"enabled":true,"priority":5}`)
	list := w.want(200, "GET", "/v1/rules/big/versions", "").body["rules"].([]any)
	if len(list) != 2 || list[0].(map[string]any)["version"] != 2.0 {
		t.Errorf("%v", list)
	}
	if in := w.want(200, "GET", "/v1/rules/inputs", "").body["inputs"].([]any); len(in) < 40 {
		t.Errorf("%d inputs", len(in))
	}
}
