package api

import (
	"bytes"
	"net/http"
	"net/netip"
	"strings"
	"testing"

	"github.com/packhorse/packhorse/access"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/id"
	"github.com/packhorse/packhorse/order"
)

func prefix(text string) netip.Prefix { return netip.MustParsePrefix(text) }

var person = []string{"王芳", "13812345678", "文三路"}

func TestPersonalDataAreMaskedUntilRevealedForAPurposeOnRecord(t *testing.T) {
	w := newWorld(t)
	key := w.want(http.StatusCreated, "POST", "/v1/orders", anOrder).body["id"].(string)
	for _, path := range []string{"/v1/orders", "/v1/orders/" + key, "/v1/orders/lookup?channel=webshop&external_no=A-1", "/v1/orders/" + key + "/timeline", "/v1/events"} {
		r := w.want(http.StatusOK, "GET", path, "")
		for _, secret := range person {
			if bytes.Contains(r.raw, []byte(secret)) {
				t.Errorf("%s tells %s: %s", path, secret, r.raw)
			}
		}
	}
	if r := w.want(http.StatusUnprocessableEntity, "POST", "/v1/orders/"+key+"/reveal", `{"purpose":"curiosity"}`); r.code() != "privacy.purpose" {
		t.Errorf("%s", r.raw)
	}
	r := w.want(http.StatusOK, "POST", "/v1/orders/"+key+"/reveal", `{"purpose":"customer_request","note":"she called"}`)
	for _, secret := range person {
		if !bytes.Contains(r.raw, []byte(secret)) {
			t.Errorf("%s is not revealed: %s", secret, r.raw)
		}
	}
	audit := w.want(http.StatusOK, "GET", "/v1/audit?object="+key, "")
	for _, want := range []string{`"act":"reveal-order"`, `"actor":"key:first"`, `"purpose":"customer_request"`, `"note":"she called"`} {
		if strings.Count(string(audit.raw), want) != 1 {
			t.Errorf("%s: %s", want, audit.raw)
		}
	}
	plain, err := w.directory.CreateKey(t.Context(), access.FirstCompany, "plain", []access.Scope{access.OrdersRead, access.OrdersWrite})
	if err != nil {
		t.Fatal(err)
	}
	w.want(http.StatusForbidden, "POST", "/v1/orders/"+key+"/reveal", `{"purpose":"legal"}`, "Authorization", "Bearer "+plain)
}

func TestAMaskedRecipientThatIsSentBackCorrectsOnlyWhatWasCorrected(t *testing.T) {
	w := newWorld(t)
	key := w.want(http.StatusCreated, "POST", "/v1/orders", anOrder).body["id"].(string)
	w.want(http.StatusOK, "POST", "/v1/orders/"+key+"/edit",
		`{"recipient":{"name":"王*","phone":"138****5678","country":"CN","province":"浙江省","city":"宁波市","district":"西湖区","address":"***"}}`)
	r := w.want(http.StatusOK, "POST", "/v1/orders/"+key+"/reveal", `{"purpose":"address_correction"}`)
	for _, want := range append([]string{"宁波市"}, person...) {
		if !bytes.Contains(r.raw, []byte(want)) {
			t.Errorf("%s is lost: %s", want, r.raw)
		}
	}
}

func TestThePlainTextOfAPlatformsRecipientIsNeverStored(t *testing.T) {
	w := newWorld(t)
	body := strings.Replace(anOrder, `"phone"`, `"recipient_token":"OAID-1","token_issuer":"taobao","phone"`, 1)
	key := w.want(http.StatusCreated, "POST", "/v1/orders", body).body["id"].(string)
	if r := w.want(http.StatusOK, "POST", "/v1/orders", body); r.body["outcome"] != "unchanged" {
		t.Errorf("%s", r.raw)
	}
	r := w.want(http.StatusOK, "POST", "/v1/orders/"+key+"/reveal", `{"purpose":"legal"}`)
	for _, secret := range person {
		if bytes.Contains(r.raw, []byte(secret)) {
			t.Errorf("%s was stored: %s", secret, r.raw)
		}
	}
	if !bytes.Contains(r.raw, []byte("OAID-1")) {
		t.Errorf("the token is lost: %s", r.raw)
	}
}

func TestAPersonIsErasedFromSettledOrdersOnly(t *testing.T) {
	w := newWorld(t)
	done := w.want(http.StatusCreated, "POST", "/v1/orders", strings.Replace(anOrder, `"phone"`, `"buyer_note":"ring twice","buyer_id":"b1","phone"`, 1)).body["id"].(string)
	w.want(http.StatusOK, "POST", "/v1/orders/"+done+"/cancel", `{"reason":"she called from 13812345678"}`)
	reader, err := w.directory.CreateKey(t.Context(), access.FirstCompany, "reader", []access.Scope{access.OrdersRead})
	if err != nil {
		t.Fatal(err)
	}
	if told := w.want(http.StatusOK, "GET", "/v1/orders/"+done+"/timeline", "", "Authorization", "Bearer "+reader); !bytes.Contains(told.raw, []byte("she called")) || bytes.Contains(told.raw, []byte("13812345678")) {
		t.Errorf("%s", told.raw)
	}
	live := w.want(http.StatusCreated, "POST", "/v1/orders", strings.Replace(anOrder, "A-1", "A-2", 1)).body["id"].(string)
	w.want(http.StatusCreated, "POST", "/v1/orders", strings.ReplaceAll(strings.Replace(anOrder, "A-1", "A-3", 1), "13812345678", "13900000000"))
	if r := w.want(http.StatusUnprocessableEntity, "POST", "/v1/erasures", `{}`); r.code() != "privacy.whom" {
		t.Errorf("%s", r.raw)
	}
	for _, dry := range []bool{true, false} {
		r := w.want(http.StatusOK, "POST", "/v1/erasures", map[bool]string{true: `{"phone":"+86 138-1234-5678","dry_run":true}`, false: `{"phone":"138 1234 5678","note":"letter of today"}`}[dry])
		orders, kept := r.body["orders"].([]any), r.body["kept"].([]any)
		if len(orders) != 1 || orders[0] != done || len(kept) != 1 || kept[0].(map[string]any)["order"] != live || kept[0].(map[string]any)["reason"] != "privacy.live" {
			t.Errorf("%s", r.raw)
		}
		plain := w.want(http.StatusOK, "POST", "/v1/orders/"+done+"/reveal", `{"purpose":"legal"}`)
		if got := bytes.Contains(plain.raw, []byte("13812345678")); got != dry {
			t.Errorf("dry run %v: %s", dry, plain.raw)
		}
		told := w.want(http.StatusOK, "GET", "/v1/orders/"+done+"/timeline", "")
		if got := bytes.Contains(told.raw, []byte("13812345678")); got != dry {
			t.Errorf("dry run %v: why it was cancelled is %s", dry, told.raw)
		}
	}
	var bodies string
	if err := w.services.DB.View(t.Context(), documents(done, &bodies)); err != nil {
		t.Fatal(err)
	}
	if bodies == "" {
		t.Fatal("no documents were read: the test looks at nothing")
	}
	for _, secret := range append([]string{"b1", "ring twice"}, person...) {
		if strings.Contains(bodies, secret) {
			t.Errorf("%s is in a document: %s", secret, bodies)
		}
	}
	audit := w.want(http.StatusOK, "GET", "/v1/audit?act=erase-person", "")
	if n := strings.Count(string(audit.raw), "erase-person"); n != 1 || strings.Contains(string(audit.raw), "1234") {
		t.Errorf("%s", audit.raw)
	}
	if r := w.want(http.StatusOK, "POST", "/v1/orders", strings.Replace(anOrder, `"phone"`, `"buyer_note":"ring twice","buyer_id":"b1","phone"`, 1)); r.body["outcome"] != "unchanged" {
		t.Errorf("the channel's old document brings the person back: %s", r.raw)
	}
}

// documents reads what is stored of what channels sent about an order.
func documents(shown string, into *string) func(*db.Tx) error {
	return func(tx *db.Tx) error {
		key, err := id.Parse(order.Prefix, shown)
		if err != nil {
			return err
		}
		list, err := db.All(tx.Query(selDocuments, key), func(r *db.Rows) (s string) { r.Scan(&s); return s })
		*into = strings.Join(list, "\n")
		return err
	}
}

var selDocuments = db.NewSQL(`SELECT body FROM intake_document WHERE order_id = $1`)
