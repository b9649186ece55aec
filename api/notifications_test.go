package api

import (
	"encoding/json"
	"strings"
	"testing"
)

func TestTextsOfMessagesCanBeReadTriedAndChanged(t *testing.T) {
	w := newWorld(t)
	list := w.want(200, "GET", "/v1/templates", "").body["templates"].([]any)
	if len(list) != 11*2*2 {
		t.Fatalf("%d texts", len(list))
	}
	p := w.want(200, "POST", "/v1/templates/shipped/email/en/preview", `{"subject":"Hello {name}","body":"{waybill}","html":"<p>{name}</p>"}`)
	if p.body["html"] != "<p>王芳</p>" || p.body["subject"] != "Hello 王芳" || !strings.HasPrefix(p.body["text"].(string), "ZT2026") {
		t.Errorf("preview %s", p.raw)
	}
	if r := w.want(422, "PUT", "/v1/templates/shipped/email/en", `{"subject":"{secret}","body":"x"}`); r.code() != "notify.template_field" {
		t.Errorf("%s", r.raw)
	}
	w.want(404, "PUT", "/v1/templates/birthday/email/en", `{"subject":"x","body":"x"}`)
	if v := w.want(200, "PUT", "/v1/templates/shipped/email/en", `{"subject":"Gone","body":"x"}`).body["version"]; v != float64(1) {
		t.Errorf("version %v", v)
	}
	if n := len(w.want(200, "GET", "/v1/templates/shipped/email/en/versions", "").body["templates"].([]any)); n != 1 {
		t.Errorf("%d versions", n)
	}
}

func TestThePolicySaysWhatCustomersAreTold(t *testing.T) {
	w := newWorld(t)
	p := w.want(200, "GET", "/v1/notifications/policy", "")
	if p.body["quiet_from"] != "22:00" {
		t.Errorf("%s", p.raw)
	}
	w.want(200, "PUT", "/v1/notifications/policy", `{"notices":{"shipped":["email"]},"quiet_from":"21:00","quiet_to":"09:00","language":"en","shop":"Tea & Co"}`)
	p = w.want(200, "GET", "/v1/notifications/policy", "")
	if n := p.body["notices"].(map[string]any); len(n) != 1 || p.body["shop"] != "Tea & Co" {
		t.Errorf("%s", p.raw)
	}
	r := w.want(422, "PUT", "/v1/notifications/policy", `{"notices":{"birthday":["pigeon"]},"quiet_from":"25:00","quiet_to":"09:00","language":"en","shop":""}`)
	if n := len(r.body["errors"].([]any)); n != 3 {
		t.Errorf("%s", r.raw)
	}
}

func TestAWebhookIsMadeChangedAndItsSecretShownOnce(t *testing.T) {
	w := newWorld(t)
	made := w.want(200, "POST", "/v1/webhooks", `{"url":"https://erp.example/hooks","kinds":["order.received.v1"]}`)
	id, _ := made.body["id"].(string)
	if s, _ := made.body["secret"].(string); !strings.HasPrefix(s, "whsec_") || !strings.HasPrefix(id, "whk_") {
		t.Fatalf("%s", made.raw)
	}
	if list := w.want(200, "GET", "/v1/webhooks", ""); strings.Contains(string(list.raw), "whsec_") {
		t.Errorf("the secret is shown again: %s", list.raw)
	}
	for path, body := range map[string]string{"/disable": `{}`, "/enable": `{"skip":true}`, "/rotate": `{}`, "/replay": `{"from":"2026-03-01T00:00:00Z"}`} {
		if path == "/replay" {
			w.want(200, "POST", "/v1/webhooks/"+id+"/enable", `{}`)
		}
		w.want(200, "POST", "/v1/webhooks/"+id+path, body)
	}
	for body, want := range map[string]string{`{"url":"ftp://x"}`: "notify.url", `{"url":"https://u:p@x.example"}`: "notify.url", `{"url":"https://x.example","kinds":["all"]}`: "notify.kind"} {
		if r := w.want(422, "POST", "/v1/webhooks", body); r.code() != want {
			t.Errorf("%s: %s", body, r.raw)
		}
	}
	w.want(200, "GET", "/v1/webhooks/"+id+"/deliveries", "")
	w.want(404, "POST", "/v1/webhooks/whk_0000000000001/rotate", `{}`)
}

func TestTheLinkInAMessageNeedsNoKeyAndAnUnknownOneTellsNothing(t *testing.T) {
	w := newWorld(t)
	for _, path := range []string{"/unsubscribe/default/nonsense", "/unsubscribe/elsewhere/nonsense"} {
		if r := w.want(404, "GET", path, "", "Authorization", ""); !strings.Contains(string(r.raw), "is not known here") || !strings.Contains(r.header.Get("Content-Type"), "text/html") {
			t.Errorf("%s", r.raw)
		}
	}
	var page struct{ Notifications []any }
	if r := w.want(200, "GET", "/v1/notifications?state=failed&limit=5", ""); json.Unmarshal(r.raw, &page) != nil || page.Notifications == nil {
		t.Errorf("%s", r.raw)
	}
	w.want(422, "GET", "/v1/notifications?state=lost", "")
}
