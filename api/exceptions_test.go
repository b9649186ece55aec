package api

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/packhorse/packhorse/review"
)

// stopped takes some orders in that the rules stop, and gives their ids.
func (w *world) stopped(n int) (ids []string) {
	for i := range n {
		body := strings.Replace(anOrder, `"A-1"`, fmt.Sprintf(`"X-%d"`, i), 1)
		ids = append(ids, w.want(http.StatusCreated, "POST", "/v1/orders", body).body["id"].(string))
	}
	if _, err := w.services.Review.Step(w.t.Context()); err != nil {
		w.t.Fatal(err)
	}
	return ids
}

func (r reply) rows(name string) (out []map[string]any) {
	list, _ := r.body[name].([]any)
	for _, x := range list {
		out = append(out, x.(map[string]any))
	}
	return out
}

func TestTheQueueOfExceptionsIsReadInPagesAndCounted(t *testing.T) {
	w := newWorld(t)
	ids := w.stopped(5)
	var got []string
	for cursor, pages := "", 0; pages < 10; pages++ {
		page := w.want(http.StatusOK, "GET", "/v1/exceptions?limit=2&cursor="+cursor, "")
		for _, x := range page.rows("exceptions") {
			got = append(got, x["id"].(string))
			if x["cause"] != review.CauseGoods || len(x["reasons"].([]any)) == 0 || x["total"] != "20.00" {
				t.Errorf("%v", x)
			}
		}
		if cursor, _ = page.body["next_cursor"].(string); cursor == "" {
			break
		}
	}
	slices.Sort(got)
	slices.Sort(ids)
	if !slices.Equal(got, ids) {
		t.Errorf("%v, want %v", got, ids)
	}
	w.want(http.StatusOK, "POST", "/v1/orders/"+ids[0]+"/hold", `{"reason":"order.hold.manual"}`)
	w.want(http.StatusOK, "POST", "/v1/orders/"+ids[1]+"/snooze", `{"until":"2026-03-03T00:00:00Z"}`)
	figures := w.want(http.StatusOK, "GET", "/v1/exceptions/counts", "").body
	if figures["left"] != "3" || figures["passed"] != 0.0 || figures["reviewed"] != 5.0 {
		t.Errorf("%v", figures)
	}
	for cause, want := range map[string]int{"": 3, review.CauseGoods: 3, review.CauseParked: 1, review.CauseSnoozed: 1, review.CauseRisk: 0} {
		if n := len(w.want(http.StatusOK, "GET", "/v1/exceptions?cause="+cause, "").rows("exceptions")); n != want {
			t.Errorf("%q: %d, want %d", cause, n, want)
		}
	}
}

func TestACaseIsOpenedDecidedAndForced(t *testing.T) {
	w := newWorld(t)
	ids := w.stopped(2)
	colleague := w.want(http.StatusOK, "POST", "/v1/keys", `{"name":"colleague","scopes":["orders:read","orders:write"]}`).body["key"].(string)
	as := []string{"Authorization", "Bearer " + colleague}
	w.want(http.StatusOK, "POST", "/v1/orders/"+ids[0]+"/claim", "{}")
	refused := w.want(http.StatusConflict, "POST", "/v1/orders/"+ids[0]+"/claim", "{}", as...)
	if refused.code() != "review.claimed" {
		t.Errorf("%s", refused.raw)
	}
	for _, x := range w.want(http.StatusOK, "GET", "/v1/exceptions", "", as...).rows("exceptions") {
		if (x["claimed_by"] != nil) != (x["id"] == ids[0]) {
			t.Errorf("%v", x)
		}
	}
	w.want(http.StatusOK, "POST", "/v1/orders/"+ids[0]+"/leave", `{"decided":true}`)
	if got := w.want(http.StatusOK, "GET", "/v1/exceptions/counts", "").body["decided"]; got != 1.0 {
		t.Errorf("decided: %v", got)
	}
	w.want(http.StatusOK, "POST", "/v1/orders/"+ids[0]+"/claim", "{}", as...)
	if r := w.do("POST", "/v1/orders/"+ids[1]+"/force", `{"reason":"wanted"}`); r.code() != review.CodeUnmapped {
		t.Errorf("%s", r.raw)
	}
	if r := w.do("POST", "/v1/orders/"+ids[1]+"/snooze", `{"until":"yesterday"}`); r.code() != "http.time" {
		t.Errorf("%s", r.raw)
	}
}
