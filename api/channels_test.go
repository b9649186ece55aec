package api

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"
)

const hookSecret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"

// hookHeaders signs a body as a shop would.
func hookHeaders(t testing.TB, id, body string, at time.Time) []string {
	t.Helper()
	key, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(hookSecret, "whsec_"))
	if err != nil {
		t.Fatal(err)
	}
	stamp := strconv.FormatInt(at.Unix(), 10)
	mac := hmac.New(sha256.New, key)
	fmt.Fprintf(mac, "%s.%s.%s", id, stamp, body)
	return []string{"Authorization", "", "webhook-id", id, "webhook-timestamp", stamp, "webhook-signature", "v1," + base64.StdEncoding.EncodeToString(mac.Sum(nil))}
}

func withShop(t *testing.T) (w *world, id string) {
	w = newWorld(t)
	r := w.want(http.StatusCreated, "POST", "/v1/channels", `{"name":"web","shop":"main","kind":"webhook","secret":"`+hookSecret+`","settings":{"url":"http://127.0.0.1:1/told"},"report_at":"print"}`)
	return w, r.body["id"].(string)
}

func TestASecretIsKeptAndNeverGivenBack(t *testing.T) {
	w, id := withShop(t)
	for _, r := range []reply{w.want(200, "GET", "/v1/channels", ""), w.want(200, "GET", "/v1/channels/"+id, ""),
		w.want(200, "PUT", "/v1/channels/"+id, `{"every_s":120,"enabled":false}`), w.want(200, "GET", "/v1/events?kind=channel.saved.v1", "")} {
		if strings.Contains(string(r.raw), "MfKQ9r8G") {
			t.Errorf("the secret is told: %s", r.raw)
		}
	}
	r := w.want(200, "GET", "/v1/channels/"+id, "")
	if r.body["has_secret"] != true || r.body["every_s"] != 120.0 || r.body["enabled"] != false || r.body["report_at"] != "print" || r.body["name"] != "web" {
		t.Errorf("%s", r.raw)
	}
	if r := w.want(409, "PUT", "/v1/channels/"+id, `{"name":"other"}`); r.code() != "channel.identity" {
		t.Errorf("%s", r.raw)
	}
	if r := w.want(422, "POST", "/v1/channels", `{"name":"b","kind":"webhook","secret":"x"}`); r.code() != "webhook.secret" {
		t.Errorf("%s", r.raw)
	}
	if r := w.want(404, "GET", "/v1/channels/chn_0000000000000", ""); r.code() != "channel.not_found" {
		t.Errorf("%s", r.raw)
	}
	r = w.want(200, "POST", "/v1/channels/"+id+"/test", "")
	if fmt.Sprint(r.body["powers"]) != "[hook stock shipment shipment_change cancel_answer]" {
		t.Errorf("%s", r.raw)
	}
	for _, path := range []string{"/messages", "/messages?state=failed", "/completeness", "/unreadable"} {
		w.want(200, "GET", "/v1/channels/"+id+path, "")
	}
	w.want(200, "GET", "/v1/uncollected", "")
	if r := w.want(422, "GET", "/v1/channels/"+id+"/messages?state=sent", ""); r.code() != "report.state" {
		t.Errorf("%s", r.raw)
	}
	if r := w.want(404, "POST", "/v1/channels/"+id+"/messages/rmg_0000000000000/retry", ""); r.code() != "report.not_found" {
		t.Errorf("%s", r.raw)
	}
}

func TestASignedMessageIsAnOrderOnce(t *testing.T) {
	w, _ := withShop(t)
	now := time.Now()
	order := strings.Replace(anOrder, "webshop", "whatever", 1)
	h := hookHeaders(t, "msg_1", order, now)
	r := w.want(200, "POST", "/hooks/default/web", order, h...)
	if r.body["outcome"] != "taken" || r.body["changed"] != 1.0 {
		t.Errorf("%s", r.raw)
	}
	if r = w.want(200, "POST", "/hooks/default/web", order, h...); r.body["outcome"] != "repeated" {
		t.Errorf("the same message: %s", r.raw)
	}
	r = w.want(200, "POST", "/hooks/default/web", order, hookHeaders(t, "msg_2", order, now)...)
	if r.body["outcome"] != "taken" || r.body["changed"] != 0.0 {
		t.Errorf("the same order in another message: %s", r.raw)
	}
	w.want(200, "GET", "/v1/orders/lookup?channel=web&shop=main&external_no=A-1", "")
	for _, c := range []struct {
		path, body string
		header     []string
		status     int
		code       string
	}{
		{"/hooks/default/web", order + " ", h, 401, "hook.signature"},
		{"/hooks/default/web", order, []string{"Authorization", ""}, 401, "hook.signature"},
		{"/hooks/default/web", order, hookHeaders(t, "m", order, now.Add(-6*time.Minute)), 401, "hook.stale"},
		{"/hooks/default/web", order, hookHeaders(t, "m", order, now.Add(6*time.Minute)), 401, "hook.stale"},
		{"/hooks/default/web", "{", hookHeaders(t, "m", "{", now), 422, "hook.unreadable"},
		{"/hooks/default/web", `{"order_no":"X"}`, hookHeaders(t, "m", `{"order_no":"X"}`, now), 422, "invalid"},
		{"/hooks/default/web", `{"order_no":5}`, hookHeaders(t, "m", `{"order_no":5}`, now), 422, "intake.type"},
		{"/hooks/default/nobody", order, h, 404, "channel.not_found"},
		{"/hooks/other/web", order, h, 404, "channel.not_found"},
		{"/hooks/default/web", strings.Repeat(" ", single+1), h, 413, "http.body_too_large"},
	} {
		if r := w.want(c.status, "POST", c.path, c.body, c.header...); r.code() != c.code {
			t.Errorf("%s %.30s: %s", c.path, c.body, r.raw)
		}
	}
	old := strings.Replace(order, `"order_no"`, `"external_revision":5,"order_no"`, 1)
	w.want(200, "POST", "/hooks/default/web", old, hookHeaders(t, "msg_5", old, now)...)
	late := strings.Replace(strings.Replace(old, ":5,", ":4,", 1), "文三路", "文二路", 1)
	r = w.want(200, "POST", "/hooks/default/web", late, hookHeaders(t, "msg_4", late, now)...)
	if !strings.Contains(string(r.raw), "intake.stale_revision") {
		t.Errorf("a message that comes late is no fault of the sender: %s", r.raw)
	}
}
