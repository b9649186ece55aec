package api

import (
	"net/http"
	"strings"
	"testing"

	"github.com/packhorse/packhorse/access"
	"github.com/packhorse/packhorse/internal/words"
)

// TestAnActAndItsEntryAreOneCommit counts transactions: what is committed together is there together after a crash.
func TestAnActAndItsEntryAreOneCommit(t *testing.T) {
	o := newOurs(t)
	fresh := o.want(http.StatusCreated, "POST", "/v1/orders", anOrder).body["id"].(string)
	for _, c := range []struct{ act, method, path, body string }{
		{"save-sku", "POST", "/v1/skus", `{"sku":"NEW","title":"new"}`},
		{"change-stock", "POST", "/v1/stock", `{"kind":"receipt","sku":"OURSKU","node":"OURNODE","location":"OURPLACE","quantity":1}`},
		{"save-wave-template", "POST", "/v1/wave-templates", `{"node":"OURNODE","name":"two","method":"discrete","max_orders":5,"minutes_before_cutoff":30}`},
		{"save-printer", "POST", "/v1/printers", `{"node":"OURNODE","name":"second","kind":"raw","address":"127.0.0.1:2","format":"zpl","enabled":true,"station":"a"}`},
		{"suspend", "POST", "/v1/suspensions", `{"carrier":"manual","province":"西藏自治区"}`},
		{"save-queueing", "POST", "/v1/queueing", `{"sort":"fine","fines":{}}`},
		{"save-return-policy", "POST", "/v1/return-policy", `{}`},
		{"save-ladder", "POST", "/v1/carriers/ladders", `{"node":"OURNODE","rungs":[{"carrier":"manual","service":"standard"}]}`},
		{"add-channel", "POST", "/v1/channels", `{"name":"second","kind":"webhook","secret":"` + hookSecret + `","settings":{"url":"http://127.0.0.1:1/second"}}`},
		{"edit-order", "POST", "/v1/orders/" + fresh + "/edit", `{"seller_note":"gift"}`},
		{"save-rule", "PUT", "/v1/rules/vip", `{"name":"vip","expr":"order.total > 100000000","action":"hold","reason":"review.custom","params":{"text":"'vip'"},"enabled":true}`},
		{"save-notification-policy", "PUT", "/v1/notifications/policy", `{"notices":{},"quiet_from":"22:00","quiet_to":"08:00","language":"en","shop":"x"}`},
		{"rebuild-search", "POST", "/v1/search/rebuild", `{}`},
		{"add-webhook", "POST", "/v1/webhooks", `{"url":"https://example.com/hook"}`},
	} {
		before := o.services.DB.Stats().Commits
		r := o.do(c.method, c.path, c.body)
		if r.status >= 300 {
			t.Errorf("%s: %d %s", c.act, r.status, r.raw)
			continue
		}
		if n := o.services.DB.Stats().Commits - before; n != 1 {
			t.Errorf("%s and its entry took %d transactions", c.act, n)
		}
		if log := o.want(http.StatusOK, "GET", "/v1/audit?act="+c.act, ""); !strings.Contains(string(log.raw), r.header.Get("X-Request-Id")) {
			t.Errorf("%s is not on record: %s", c.act, log.raw)
		}
	}
}

// TestAnActOfManyCommitsIsOnRecordBeforeTheFirst compares the moments: what is cut off in the middle has its entry.
func TestAnActOfManyCommitsIsOnRecordBeforeTheFirst(t *testing.T) {
	o := newOurs(t)
	for range 2 {
		o.want(http.StatusOK, "POST", "/v1/imports/catalog", "sku,title\nNEW,new\n", "Idempotency-Key", "file")
		o.want(http.StatusOK, "POST", "/v1/suspensions/detour", `{}`, "Idempotency-Key", "round")
	}
	o.want(http.StatusOK, "POST", "/v1/imports/catalog?dry_run=true", "sku,title\nOTHER,other\n")
	entries := func(filter string) []any {
		return o.want(http.StatusOK, "GET", "/v1/audit?"+filter, "").body["entries"].([]any)
	}
	told := entries("object=catalog")
	if len(told) != 2 || len(entries("act=detour")) != 1 {
		t.Fatalf("%v %v", told, entries("act=detour"))
	}
	if note := told[1].(map[string]any)["note"]; note != "begun" {
		t.Errorf("an entry of what may have come no further does not say so: %v", told[1])
	}
	if note := told[0].(map[string]any)["note"]; note != "dry_run" {
		t.Errorf("a dry run is on record as %v", told[0])
	}
	list := o.want(http.StatusOK, "GET", "/v1/events?kind=catalog.imported.v1", "").body["events"].([]any)
	number := func(thing any) string { return thing.(map[string]any)["id"].(string)[len("aud_"):] }
	if len(list) == 0 || number(told[1]) >= number(list[len(list)-1]) {
		t.Errorf("the entry %v came after what it tells of, %v", told[1], list)
	}
}

func TestARepeatedCommandIsOnRecordOnce(t *testing.T) {
	w := newWorld(t)
	for range 2 {
		w.want(http.StatusOK, "POST", "/v1/skus", `{"sku":"NEW","title":"new"}`, "Idempotency-Key", "one")
	}
	if r := w.want(http.StatusOK, "GET", "/v1/audit?act=save-sku", ""); strings.Count(string(r.raw), `"act"`) != 1 {
		t.Errorf("%s", r.raw)
	}
	w.do("POST", "/v1/skus", `{"sku":"","title":"new"}`)
	if r := w.want(http.StatusOK, "GET", "/v1/audit?act=save-sku", ""); strings.Count(string(r.raw), `"act"`) != 1 {
		t.Errorf("a refused command is on record: %s", r.raw)
	}
}

// TestAnActOnPeopleIsOnRecordAfterACrash does what a process does that dies between the act and the log of the company.
func TestAnActOnPeopleIsOnRecordAfterACrash(t *testing.T) {
	w := newWorld(t)
	died := w.directory.OnRecord(access.FirstCompany, access.Entry{Actor: "key:first", Act: "create-user", Object: "anna"})
	if err := died.AddMember(t.Context(), access.FirstCompany, "anna", "a good password", access.Grant{Role: "picker"}); err != nil {
		t.Fatal(err)
	}
	if err := died.AddMember(t.Context(), access.FirstCompany, "anna", "a good password", access.Grant{Role: "picker"}); err == nil {
		t.Fatal("twice")
	}
	for range 2 {
		if r := w.want(http.StatusOK, "GET", "/v1/audit?object=anna", ""); strings.Count(string(r.raw), `"create-user"`) != 1 {
			t.Errorf("%s", r.raw)
		}
	}
	cookie, csrf := w.signedIn("bob", access.Grant{Role: "auditor"})
	w.want(http.StatusOK, "DELETE", "/v1/session", "", "Authorization", "", "Cookie", cookie, "X-CSRF-Token", csrf)
	r := w.want(http.StatusOK, "GET", "/v1/audit?actor=user:bob", "")
	for _, act := range []string{`"begin-session"`, `"sign-out"`} {
		if strings.Count(string(r.raw), act) != 1 {
			t.Errorf("%s: %s", act, r.raw)
		}
	}
	w.do("POST", "/v1/session", `{"login":"bob","password":"wrong"}`, "Authorization", "")
	if r := w.want(http.StatusOK, "GET", "/v1/audit?act=begin-session", ""); strings.Count(string(r.raw), `"begin-session"`) != 1 {
		t.Errorf("a sign-in that failed is on record: %s", r.raw)
	}
}

func TestWhatPeopleWroteIsMaskedForThoseWithoutTheRight(t *testing.T) {
	w := newWorld(t)
	body := strings.Replace(anOrder, `"phone"`, `"buyer_note":"ring 13900001111 or mail wang@mail.cn","phone"`, 1)
	key := w.want(http.StatusCreated, "POST", "/v1/orders", body).body["id"].(string)
	w.want(http.StatusOK, "POST", "/v1/orders/"+key+"/edit", `{"seller_note":"tel 13900002222"}`)
	w.want(http.StatusOK, "POST", "/v1/orders/"+key+"/hold", `{"reason":"order.hold.manual","note":"he said \"call 13900003333\""}`)
	secret := []string{"13900001111", "wang@mail.cn", "13900002222", "13900003333"}
	floor, err := w.directory.CreateKey(t.Context(), access.FirstCompany, "floor", []access.Scope{access.OrdersRead, access.OrdersWrite})
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{"/v1/orders/" + key, "/v1/orders/" + key + "/timeline", "/v1/events?limit=500"} {
		if r := w.want(http.StatusOK, "GET", path, "", "Authorization", "Bearer "+floor); mentionsAny(string(r.raw), secret) {
			t.Errorf("%s tells %s", path, r.raw)
		}
	}
	if r := w.want(http.StatusOK, "GET", "/v1/orders/"+key, ""); !mentionsAny(string(r.raw), secret[:1]) || !mentionsAny(string(r.raw), secret[3:]) {
		t.Errorf("hidden from whoever has the right: %s", r.raw)
	}
	w.do("POST", "/v1/orders/"+key+"/edit", `{"seller_note":"tel 139****2222"}`, "Authorization", "Bearer "+floor)
	if r := w.want(http.StatusOK, "GET", "/v1/orders/"+key, ""); !mentionsAny(string(r.raw), secret[2:3]) {
		t.Errorf("a mask that was sent back replaced the note: %s", r.raw)
	}
}

// TestTheRightToReadCountsWhereItIsGiven: a picker in one warehouse does not read personal data there because they manage another.
func TestTheRightToReadCountsWhereItIsGiven(t *testing.T) {
	o := newOurs(t)
	(&party{o.world, theirs}).settleDown()
	cookie, csrf := o.signedIn("anna", access.Grant{Role: "warehouse_manager", Reach: access.Reach{Nodes: []string{"OURNODE"}}},
		access.Grant{Role: "manager", Reach: access.Reach{Nodes: []string{"THEIRNODE"}}})
	who := []string{"Authorization", "", "Cookie", cookie, "X-CSRF-Token", csrf}
	all := rows(o.want(http.StatusOK, "GET", "/v1/orders", "", who...))
	if len(all) != 8 {
		t.Fatalf("%d orders", len(all))
	}
	held := o.want(http.StatusOK, "GET", "/v1/orders/lookup?channel=ourshop&shop=ourbranch&external_no=OUR-3", "", who...).body["id"].(string)
	r := o.want(http.StatusOK, "GET", "/v1/orders/"+held, "", who...)
	if mentionsAny(string(r.raw), []string{"13812345678"}) {
		t.Errorf("%s", r.raw)
	}
	hold := `{"reason":"order.hold.manual"}`
	o.want(http.StatusNotFound, "POST", "/v1/orders/"+held+"/hold", hold, who...)
	for _, row := range all {
		if _, rest, _ := strings.Cut(row, `"id":"`); strings.Contains(row, "theirshop") {
			o.want(http.StatusOK, "POST", "/v1/orders/"+rest[:17]+"/hold", hold, who...)
			return
		}
	}
	t.Error("no order of theirs")
}

func TestEveryActOnRecordHasAName(t *testing.T) {
	w := newWorld(t)
	own := []string{"reveal-order", "erase-person", "export-list", "export-orders"}
	for _, op := range w.operations() {
		if op.method != "GET" && !eventTells[op.OperationID] {
			own = append(own, op.OperationID)
		}
	}
	for _, act := range own {
		for _, lang := range []string{"en", "zh-CN"} {
			if !words.Has(lang, actCode(act)) {
				t.Errorf("the audit log has no name for %s in %s; give %s words in ui-acts.json", act, lang, actCode(act))
			}
		}
	}
}
