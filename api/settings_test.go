package api

import (
	"net/http"
	"strings"
	"testing"

	"github.com/packhorse/packhorse/access"
	"github.com/packhorse/packhorse/review"
)

func TestAnAccountIsShutOpenedAndGivenAnotherPassword(t *testing.T) {
	w := newWorld(t)
	cookie, _ := w.signedIn("mei", access.Grant{Role: "picker"})
	as := []string{"Authorization", "", "Cookie", cookie}
	w.want(http.StatusOK, "GET", "/v1/session", "", as...)
	w.want(http.StatusOK, "POST", "/v1/users/mei/disable", "{}")
	w.want(http.StatusUnauthorized, "GET", "/v1/session", "", as...)
	w.want(http.StatusOK, "POST", "/v1/users/mei/enable", "{}")
	made := w.want(http.StatusOK, "POST", "/v1/users/mei/password", "{}").body["password"].(string)
	in := `{"login":"mei","password":"` + made + `"}`
	w.want(http.StatusOK, "POST", "/v1/session", in, "Authorization", "")
	if r := w.want(http.StatusOK, "POST", "/v1/users/mei/password", `{"password":"a-password-of-ones-own"}`); r.body["password"] != nil {
		t.Errorf("it is told back: %s", r.raw)
	}
	w.want(http.StatusUnauthorized, "POST", "/v1/session", in, "Authorization", "")
	if log := w.want(http.StatusOK, "GET", "/v1/audit?act=reset-password&object=mei", ""); len(log.rows("entries")) != 2 || strings.Contains(string(log.raw), made) {
		t.Errorf("%s", log.raw)
	}
	if r := w.do("POST", "/v1/users/nobody/disable", "{}"); r.code() != "access.login_unknown" {
		t.Errorf("%s", r.raw)
	}
}

func TestNobodyTakesOverAnAccountThatMayMoreOrWorksElsewhereNorLocksThemselvesOut(t *testing.T) {
	w := newWorld(t)
	ctx := t.Context()
	cookie, csrf := w.signedIn("root", access.Grant{Role: "admin"})
	own := []string{"Authorization", "", "Cookie", cookie, "X-CSRF-Token", csrf}
	if r := w.do("POST", "/v1/users/root/disable", "{}", own...); r.code() != "access.oneself" {
		t.Errorf("%s", r.raw)
	}
	if r := w.do("PUT", "/v1/users/root", `{"grants":[{"role":"picker"}]}`, own...); r.code() != "access.oneself" {
		t.Errorf("%s", r.raw)
	}
	// A key that administers and does nothing else cannot become an administrator who does everything.
	narrow := w.want(http.StatusOK, "POST", "/v1/keys", `{"name":"desk","scopes":["admin"]}`).body["key"].(string)
	for _, act := range []string{"password", "disable", "enable"} {
		if r := w.do("POST", "/v1/users/root/"+act, "{}", "Authorization", "Bearer "+narrow); r.code() != "access.denied" {
			t.Errorf("%s: %s", act, r.raw)
		}
	}
	if _, err := w.directory.CreateCompany(ctx, "other"); err != nil {
		t.Fatal(err)
	}
	w.signedIn("both", access.Grant{Role: "picker"})
	if err := w.directory.Join(ctx, "both", "other", access.Grant{Role: "admin"}); err != nil {
		t.Fatal(err)
	}
	for _, act := range []string{"password", "disable", "enable"} {
		if r := w.do("POST", "/v1/users/both/"+act, "{}"); r.code() != "access.elsewhere" {
			t.Errorf("%s: %s", act, r.raw)
		}
	}
}

func TestTheAuditLogIsNarrowedByAllThatIsAskedForAndReadFromBothEnds(t *testing.T) {
	w := newWorld(t)
	for _, sku := range []string{"A", "B", "C"} {
		w.want(http.StatusOK, "POST", "/v1/skus", `{"sku":"`+sku+`","title":"x"}`)
	}
	w.want(http.StatusCreated, "POST", "/v1/nodes", `{"code":"A","timezone":"Asia/Shanghai"}`)
	objects := func(query string) (out string) {
		for _, e := range w.want(http.StatusOK, "GET", "/v1/audit?"+query, "").rows("entries") {
			out += e["object"].(string)
		}
		return out
	}
	for query, want := range map[string]string{"act=save-sku": "CBA", "act=save-sku&sort=oldest": "ABC", "act=save-sku&object=A": "A", "object=A": "AA", "object=A&actor=nobody": "",
		"act=save-sku&since=2026-03-02T00:00:00Z&until=2026-03-04T00:00:00Z": "CBA", "act=save-sku&until=2026-03-01T00:00:00Z": "", "since=2027-01-01T00:00:00Z": ""} {
		if got := objects(query); got != want {
			t.Errorf("%s: %q, want %q", query, got, want)
		}
	}
	first := w.want(http.StatusOK, "GET", "/v1/audit?act=save-sku&sort=oldest&limit=2", "")
	if rest := objects("act=save-sku&sort=oldest&limit=2&cursor=" + first.body["next_cursor"].(string)); rest != "C" {
		t.Errorf("%q", rest)
	}
	if r := w.do("GET", "/v1/audit?sort=size", ""); r.code() != "unknown_value" {
		t.Errorf("%s", r.raw)
	}
}

func TestForcingAnOrderNeedsARightOfItsOwn(t *testing.T) {
	w := newWorld(t)
	w.want(http.StatusOK, "POST", "/v1/skus", `{"sku":"S1","title":"one"}`)
	held := w.want(http.StatusCreated, "POST", "/v1/orders", strings.Replace(anOrder, "文三路 100 号 3 单元 502 室", "路", 1)).body["id"].(string)
	if _, err := w.services.Review.Step(t.Context()); err != nil {
		t.Fatal(err)
	}
	key := func(name, scopes string) []string {
		k := w.want(http.StatusOK, "POST", "/v1/keys", `{"name":"`+name+`","scopes":[`+scopes+`]}`).body["key"].(string)
		return []string{"Authorization", "Bearer " + k}
	}
	const why = `{"reason":"the buyer said so"}`
	if r := w.do("POST", "/v1/orders/"+held+"/force", why, key("reviewer", `"orders:read","orders:write"`)...); r.code() != "access.denied" {
		t.Errorf("%s", r.raw)
	}
	w.want(http.StatusOK, "POST", "/v1/orders/"+held+"/force", why, key("chief", `"orders:read","orders:force"`)...)
	for role, may := range map[string]bool{"admin": true, "manager": true, "reviewer": false, "service": false, "integration": false} {
		scopes, err := access.RoleScopes(role)
		if p := (access.Principal{Rights: []access.Right{{Scopes: scopes}}}); err != nil || p.May(access.OrdersForce) != may {
			t.Errorf("%s: %v %v", role, scopes, err)
		}
	}
}

func TestACustomerIsAskedInAWordThatCanBeReadBefore(t *testing.T) {
	w := newWorld(t)
	key := w.want(http.StatusCreated, "POST", "/v1/orders", anOrder).body["id"].(string)
	q := w.want(http.StatusOK, "GET", "/v1/orders/"+key+"/question", "").body
	if q["channel"] != nil || q["language"] != "zh-CN" || !strings.Contains(q["link"].(string), "/confirm/") || strings.Contains(q["text"].(string), "王芳") {
		t.Errorf("%v", q)
	}
	w.want(http.StatusOK, "POST", "/v1/orders/"+key+"/ask", `{"due_at":"2026-03-03T12:00:00Z"}`)
	if page := w.want(http.StatusOK, "GET", "/v1/exceptions?cause=snoozed", "").rows("exceptions"); len(page) != 1 || page[0]["claimed_until"] != "2026-03-03T12:00:00Z" {
		t.Errorf("%v", page)
	}
	if r := w.do("POST", "/v1/orders/"+key+"/ask", `{"due_at":"2025-03-03T12:00:00Z"}`); r.code() != "review.snooze" {
		t.Errorf("%s", r.raw)
	}
}

func TestACodeOfAChannelAndItsBufferAreSaidAndTakenBack(t *testing.T) {
	w := newWorld(t)
	w.want(http.StatusOK, "POST", "/v1/skus", `{"sku":"OURS","title":"one"}`)
	w.stopped(1)
	if list := w.want(http.StatusOK, "GET", "/v1/mappings/strangers", "").rows("strangers"); len(list) != 1 || list[0]["code"] != "S1" || list[0]["channel"] != "webshop" {
		t.Fatalf("%v", list)
	}
	w.want(http.StatusOK, "PUT", "/v1/mappings", `{"channel":"webshop","code":"S1","sku":"OURS"}`)
	if list := w.want(http.StatusOK, "GET", "/v1/mappings?channel=webshop", "").rows("mappings"); len(list) != 1 || list[0]["sku"] != "OURS" || list[0]["title"] != "one" {
		t.Errorf("%v", list)
	}
	if r := w.do("PUT", "/v1/mappings", `{"channel":"webshop","code":"S2","sku":"NONE"}`); r.code() != "intake.mapping_sku" {
		t.Errorf("%s", r.raw)
	}
	if n, err := w.services.Review.Recheck(t.Context()); n != 1 || err != nil {
		t.Errorf("%d %v", n, err)
	}
	for i := range 2 { // what comes later needs no recheck
		body := strings.Replace(anOrder, `"A-1"`, `"later-`+string(rune('a'+i))+`"`, 1)
		o := w.want(http.StatusCreated, "POST", "/v1/orders", body).body["id"].(string)
		if _, err := w.services.Review.Step(t.Context()); err != nil {
			t.Fatal(err)
		}
		if raw := string(w.want(http.StatusOK, "GET", "/v1/orders/"+o, "").raw); strings.Contains(raw, review.CodeUnmapped) {
			t.Errorf("%s", raw)
		}
	}
	w.want(http.StatusOK, "POST", "/v1/mappings/remove", `{"channel":"webshop","code":"S1"}`)
	w.want(http.StatusOK, "PUT", "/v1/buffers", `{"channel":"webshop","quantity":3,"percent":10}`)
	w.want(http.StatusOK, "PUT", "/v1/buffers", `{"channel":"webshop","sku":"OURS","quantity":0,"percent":50}`)
	w.want(http.StatusOK, "POST", "/v1/buffers/remove", `{"channel":"webshop","sku":"OURS"}`)
	if list := w.want(http.StatusOK, "GET", "/v1/buffers?channel=webshop", "").rows("buffers"); len(list) != 1 || list[0]["quantity"] != 3.0 {
		t.Errorf("%v", list)
	}
}
