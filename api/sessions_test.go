package api

import (
	"net/http"
	"strings"
	"testing"

	"github.com/packhorse/packhorse/access"
)

// signedIn makes an account and signs it in: the cookie and the token that goes with it.
func (w *world) signedIn(login string, grants ...access.Grant) (cookie, csrf string) {
	w.t.Helper()
	password := access.NewPassword()
	if err := w.directory.AddMember(w.t.Context(), access.FirstCompany, login, password, grants...); err != nil {
		w.t.Fatal(err)
	}
	r := w.want(http.StatusOK, "POST", "/v1/session", `{"login":"`+login+`","password":"`+password+`"}`, "Authorization", "")
	cookie, _, _ = strings.Cut(r.header.Get("Set-Cookie"), ";")
	return cookie, r.body["csrf_token"].(string)
}

func TestABrowserSignsInAndOnlyItsOwnPageChangesSomething(t *testing.T) {
	w := newWorld(t)
	password := access.NewPassword()
	if err := w.directory.AddMember(t.Context(), access.FirstCompany, "anna", password, access.Grant{Role: "manager"}); err != nil {
		t.Fatal(err)
	}
	body := `{"login":"anna","password":"` + password + `"}`
	if r := w.want(http.StatusForbidden, "POST", "/v1/session", body, "Authorization", "", "Sec-Fetch-Site", "cross-site"); r.code() != "access.foreign_page" {
		t.Errorf("%s", r.raw)
	}
	in := w.want(http.StatusOK, "POST", "/v1/session", body, "Authorization", "")
	set := in.header.Get("Set-Cookie")
	for _, want := range []string{"HttpOnly", "SameSite=Lax", "Path=/"} {
		if !strings.Contains(set, want) {
			t.Errorf("%q has no %s", set, want)
		}
	}
	if strings.Contains(set, "Secure") {
		t.Errorf("the browser would not send %q back over plain HTTP", set)
	}
	cookie, _, _ := strings.Cut(set, ";")
	csrf := in.body["csrf_token"].(string)
	me := w.want(http.StatusOK, "GET", "/v1/session", "", "Authorization", "", "Cookie", cookie)
	if me.body["name"] != "user:anna" || !strings.Contains(string(me.raw), `"role":"manager"`) || me.body["csrf_token"] != csrf {
		t.Errorf("%s", me.raw)
	}
	for _, c := range []struct{ header, value, code string }{{"X-CSRF-Token", "", "access.csrf"}, {"X-CSRF-Token", csrf + "x", "access.csrf"},
		{"Sec-Fetch-Site", "same-site", "access.foreign_page"}, {"Origin", "https://evil.example", "access.foreign_page"}, {"Origin", "null", "access.foreign_page"}} {
		headers := []string{"Authorization", "", "Cookie", cookie, "X-CSRF-Token", csrf, c.header, c.value}
		if r := w.want(http.StatusForbidden, "POST", "/v1/orders", anOrder, headers...); r.code() != c.code {
			t.Errorf("%s %q: %s", c.header, c.value, r.raw)
		}
	}
	w.want(http.StatusCreated, "POST", "/v1/orders", anOrder, "Authorization", "", "Cookie", cookie, "X-CSRF-Token", csrf, "Origin", "http://example.com", "Sec-Fetch-Site", "same-origin")
	out := w.want(http.StatusOK, "DELETE", "/v1/session", "", "Authorization", "", "Cookie", cookie, "X-CSRF-Token", csrf)
	if !strings.Contains(out.header.Get("Set-Cookie"), "Max-Age=0") {
		t.Errorf("%v", out.header)
	}
	if r := w.want(http.StatusUnauthorized, "GET", "/v1/session", "", "Authorization", "", "Cookie", cookie); r.code() != "access.session_over" {
		t.Errorf("%s", r.raw)
	}
}

func TestAPasswordIsChangedAndAllSessionsEnd(t *testing.T) {
	w := newWorld(t)
	cookie, csrf := w.signedIn("anna", access.Grant{Role: "picker"})
	headers := []string{"Authorization", "", "Cookie", cookie, "X-CSRF-Token", csrf}
	if r := w.want(http.StatusUnauthorized, "POST", "/v1/session/password", `{"old":"wrong","new":"another password"}`, headers...); r.code() != "access.unknown" {
		t.Errorf("%s", r.raw)
	}
	w.want(http.StatusOK, "POST", "/v1/session/everywhere", "", headers...)
	w.want(http.StatusUnauthorized, "GET", "/v1/tasks", "", headers...)
	if r := w.want(http.StatusConflict, "POST", "/v1/session/everywhere", ""); r.code() != "access.not_a_person" {
		t.Errorf("%s", r.raw)
	}
}

func TestWrongPasswordsCloseTheDoorWhetherTheAccountIsThereOrNot(t *testing.T) {
	w := newWorld(t)
	if err := w.directory.AddMember(t.Context(), access.FirstCompany, "anna", "a good password", access.Grant{Role: "picker"}); err != nil {
		t.Fatal(err)
	}
	for _, login := range []string{"anna", "nobody"} {
		var last reply
		for range 6 {
			last = w.do("POST", "/v1/session", `{"login":"`+login+`","password":"wrong"}`, "Authorization", "")
		}
		if last.status != http.StatusTooManyRequests || last.code() != "access.locked" || last.header.Get("Retry-After") == "" {
			t.Errorf("%s: %d %s %v", login, last.status, last.raw, last.header)
		}
		if r := w.do("POST", "/v1/session", `{"login":"`+login+`","password":"a good password"}`, "Authorization", ""); r.code() != "access.locked" {
			t.Errorf("%s: %s", login, r.raw)
		}
	}
}

func TestWhoAsksTooMuchWaits(t *testing.T) {
	w := newWorld(t)
	options := w.server.options
	options.Metrics, options.Limits = nil, Limits{Key: 1, Stranger: 1}
	w.server = New(options)
	for range burst {
		w.want(http.StatusOK, "GET", "/v1/nodes", "")
		w.want(http.StatusUnauthorized, "GET", "/v1/nodes", "", "Authorization", "Bearer phk_x")
	}
	for _, key := range []string{"Bearer " + w.key, "Bearer phk_x"} {
		if r := w.want(http.StatusTooManyRequests, "GET", "/v1/nodes", "", "Authorization", key); r.code() != "access.too_fast" || r.header.Get("Retry-After") == "" {
			t.Errorf("%s %v", r.raw, r.header)
		}
	}
}

func TestAnAdministratorGivesRightsAndNobodyMoreThanTheyHave(t *testing.T) {
	w := newWorld(t)
	w.want(http.StatusOK, "POST", "/v1/imports/warehouses", "code,name,timezone,country,province,city,district,address,lat,lng,capacity_orders_day,handling_cost,cutoffs\n"+
		"JX,Jiaxing,Asia/Shanghai,CN,浙江省,嘉兴市,南湖区,1号,30.7,120.7,0,1.00,\nGZ,Guangzhou,Asia/Shanghai,CN,广东省,广州市,天河区,1号,23.1,113.3,0,1.00,\n", "Content-Type", "text/csv")
	w.want(http.StatusOK, "POST", "/v1/users", `{"login":"bob","password":"a good password","grants":[{"role":"picker","reach":{"nodes":["JX"]}}]}`)
	w.want(http.StatusOK, "PUT", "/v1/users/bob", `{"grants":[{"role":"packer","reach":{"nodes":["JX","GZ"]}},{"role":"auditor"}]}`)
	list := w.want(http.StatusOK, "GET", "/v1/users", "")
	if !strings.Contains(string(list.raw), `"login":"bob","grants":[{"role":"packer","reach":{"nodes":["JX","GZ"]}},{"role":"auditor"}]`) {
		t.Errorf("%s", list.raw)
	}
	w.want(http.StatusUnprocessableEntity, "PUT", "/v1/users/bob", `{"grants":[{"role":"king"}]}`)
	w.want(http.StatusNotFound, "PUT", "/v1/users/nobody", `{"grants":[{"role":"packer"}]}`)
	some, err := w.directory.CreateKey(t.Context(), access.FirstCompany, "some", []access.Scope{access.Admin})
	if err != nil {
		t.Fatal(err)
	}
	if r := w.want(http.StatusForbidden, "PUT", "/v1/users/bob", `{"grants":[{"role":"admin"}]}`, "Authorization", "Bearer "+some); r.code() != "access.denied" {
		t.Errorf("%s", r.raw)
	}
	audit := w.want(http.StatusOK, "GET", "/v1/audit?object=bob", "")
	entries := audit.body["entries"].([]any)
	if len(entries) != 2 || strings.Contains(string(audit.raw), "good password") {
		t.Fatalf("%s", audit.raw)
	}
	first := entries[1].(map[string]any)
	if first["act"] != "create-user" || first["actor"] != "key:first" || first["at"] == "" || first["request"] == "" {
		t.Errorf("%s", audit.raw)
	}
}

func TestTheAddressIsTheProxysWordOnlyWhereWeTrustIt(t *testing.T) {
	w := newWorld(t)
	ask := func(forwarded string) string {
		w.want(http.StatusOK, "POST", "/v1/keys", `{"name":"k`+strings.ReplaceAll(forwarded, ",", "-")+`","scopes":["work"]}`, "X-Forwarded-For", forwarded)
		r := w.want(http.StatusOK, "GET", "/v1/audit?limit=1", "")
		return r.body["entries"].([]any)[0].(map[string]any)["address"].(string)
	}
	if got := ask("9.9.9.9"); got != "192.0.2.1" {
		t.Errorf("a stranger's header was believed: %s", got)
	}
	w.server.options.Proxies = append(w.server.options.Proxies, prefix("192.0.2.0/24"))
	if got := ask("6.6.6.6,8.8.8.8"); got != "8.8.8.8" {
		t.Errorf("behind the proxy: %s", got)
	}
}
