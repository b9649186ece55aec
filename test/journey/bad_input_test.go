package journey

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/packhorse/packhorse/access"
	"github.com/packhorse/packhorse/api"
	"github.com/packhorse/packhorse/internal/clock"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/db/dbtest"
)

// door is a small company behind the real HTTP handler.
type door struct {
	*house
	test      *testing.T
	directory *access.Directory
	handler   http.Handler
	key       string
}

func openDoor(t *testing.T) *door {
	t.Helper()
	dir, err := access.OpenDirectory(t.Context(), access.Place{Dir: t.TempDir(), Create: true, Clock: clock.Fixed(dbtest.Noon)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { dir.Close() })
	company, first, err := dir.Ensure(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	d, err := dir.OpenCompany(t.Context(), company.Name)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	out := &door{house: found(t, d, nil), test: t, directory: dir, key: first.Key}
	out.furnish()
	out.stock("HZ,A-1,MUG,good,,,100")
	companies := func(name string) *api.Services {
		if name == company.Name {
			return out.Services
		}
		return nil
	}
	out.handler = api.New(api.Options{Access: dir, Companies: companies, Metrics: prometheus.NewRegistry(), Log: slog.New(slog.NewTextHandler(io.Discard, nil)), Version: "test"})
	return out
}

type reply struct {
	status int
	raw    []byte
	body   map[string]any
}

// post sends a body and holds the answer to what every answer must be: never our fault, and a problem when it is not a success.
func (d *door) post(path string, body []byte, header ...string) reply {
	d.test.Helper()
	req := httptest.NewRequestWithContext(d.test.Context(), http.MethodPost, path, bytes.NewReader(body))
	req.Header.Set("Authorization", "Bearer "+d.key)
	for i := 0; i < len(header); i += 2 {
		req.Header.Set(header[i], header[i+1])
	}
	rec := httptest.NewRecorder()
	d.handler.ServeHTTP(rec, req)
	r := reply{status: rec.Code, raw: rec.Body.Bytes()}
	if err := json.Unmarshal(r.raw, &r.body); err != nil {
		d.test.Errorf("%s: no JSON: %.200s", path, r.raw)
	}
	switch {
	case r.status >= 500:
		d.test.Errorf("%s: %d for %.200q: %s", path, r.status, body, r.raw)
	case r.status >= 400:
		if rec.Header().Get("Content-Type") != "application/problem+json" || r.body["code"] == "" || r.body["detail"] == "" {
			d.test.Errorf("%s: %d is no problem: %s", path, r.status, r.raw)
		}
	}
	return r
}

func (r reply) code() string { s, _ := r.body["code"].(string); return s }

// mistakes lists "code field" of every single thing that is wrong.
func (r reply) mistakes() []string {
	field, _ := r.body["field"].(string)
	list := []string{r.code() + " " + field}
	several, _ := r.body["errors"].([]any)
	for _, e := range several {
		m, _ := e.(map[string]any)
		field, _ := m["field"].(string)
		list = append(list, fmt.Sprint(m["code"], " ", field))
	}
	return list
}

// order is a good order with one thing in it replaced.
func orderWith(no, old, new string) string {
	good := fmt.Sprintf(`{"channel":"webshop","order_no":%q,"placed_at":"2026-03-02T03:00:00Z","currency":"CNY","recipient_name":"王芳","phone":"13912345678",`+
		`"country":"CN","province":"浙江省","city":"杭州市","district":"西湖区","address":"文三路 %s 号 3 单元 502 室","payment_status":"paid","paid_amount":"20.00",`+
		`"lines":[{"sku":"MUG","quantity":2,"unit_price":"10.00"}]}`, no, no)
	return strings.Replace(good, old, new, 1)
}

func TestEveryBadOrderIsToldWhatIsWrongAndWhere(t *testing.T) {
	d := openDoor(t)
	quantity := `"quantity":2`
	for _, c := range []struct {
		name, old, new string
		status         int
		mistake        string
	}{
		{"a quantity as text", quantity, `"quantity":"two"`, 422, "intake.type lines[0].quantity"},
		{"half a piece", quantity, `"quantity":1.5`, 422, "intake.type lines[0].quantity"},
		{"a quantity below zero", quantity, `"quantity":-2`, 422, "intake.quantity lines[0].quantity"},
		{"a quantity beyond reason", quantity, `"quantity":9000000000`, 422, "intake.quantity lines[0].quantity"},
		{"a quantity beyond the machine", quantity, `"quantity":99999999999999999999`, 422, "intake.type lines[0].quantity"},
		{"a price that is none", `"unit_price":"10.00"`, `"unit_price":"ten"`, 422, "intake.amount lines[0].unit_price"},
		{"a price below zero", `"unit_price":"10.00"`, `"unit_price":"-1"`, 422, "intake.amount_negative lines[0].unit_price"},
		{"a price with a third decimal", `"unit_price":"10.00"`, `"unit_price":"10.001"`, 422, "intake.amount_decimals lines[0].unit_price"},
		{"no lines", `[{"sku":"MUG","quantity":2,"unit_price":"10.00"}]`, `[]`, 422, "intake.lines_none lines"},
		{"a currency that is none", `"CNY"`, `"cowries"`, 422, "intake.currency currency"},
		{"a time that is none", `"2026-03-02T03:00:00Z"`, `"yesterday"`, 422, "intake.time placed_at"},
		{"no recipient", `"王芳"`, `""`, 422, "intake.required recipient_name"},
		{"a name of the wrong type", `"王芳"`, `{"first":"芳"}`, 422, "intake.type recipient_name"},
		{"broken UTF-8", `王芳`, "\xe7\x8e", 400, "http.utf8 "},
		{"a NUL", `王芳`, `\u0000`, 400, "http.nul "},
		{"a body that ends early", `"lines":[{`, ``, 400, "intake.json "},
	} {
		r := d.post("/v1/orders", []byte(orderWith("BAD", c.old, c.new)))
		if r.status != c.status || !slices.Contains(r.mistakes(), c.mistake) {
			t.Errorf("%s: %d %v, want %d %s: %s", c.name, r.status, r.mistakes(), c.status, c.mistake, r.raw)
		}
	}
	if n := rows[int64](d.house, countOrders)[0]; n != 0 {
		t.Errorf("%d bad orders went in", n)
	}
	d.clean("after the bad orders")
}

func TestBodiesMadeToHurtAreRefusedUnread(t *testing.T) {
	d := openDoor(t)
	for name, c := range map[string]struct {
		path   string
		body   []byte
		status int
		code   string
	}{
		"fifty megabytes":           {"/v1/orders", bytes.Repeat([]byte(" "), 50<<20), 413, "http.body_too_large"},
		"fifty megabytes in bulk":   {"/v1/orders/bulk", bytes.Repeat([]byte(" "), 50<<20), 413, "http.body_too_large"},
		"fifty megabytes of a file": {"/v1/imports/orders?channel=c", bytes.Repeat([]byte(" "), 50<<20), 413, "http.body_too_large"},
		"deep lists":                {"/v1/orders", []byte(strings.Repeat("[", 100_000)), 400, "http.depth"},
		"deep objects":              {"/v1/stock", []byte(strings.Repeat(`{"a":`, 100_000)), 400, "http.depth"},
		"something else":            {"/v1/orders", []byte("<xml/>"), 400, "intake.json"},
	} {
		if r := d.post(c.path, c.body); r.status != c.status || r.code() != c.code {
			t.Errorf("%s: %d %s, want %d %s", name, r.status, r.code(), c.status, c.code)
		}
	}
	for name, file := range map[string][]byte{"a bomb": bomb(t), "half an archive": bomb(t)[:200], "nothing": nil} {
		if r := d.post("/v1/imports/catalog", file); r.status < 400 {
			t.Errorf("%s: %d %s", name, r.status, r.raw)
		}
	}
	r := d.post("/v1/imports/catalog", []byte("sku,title,price\nA\x00,NUL,1\nGOOD-1,Good,1.00\n"))
	if rejected, _ := r.body["rejected"].([]any); r.status != 200 || r.body["created"] != 1.0 || len(rejected) != 1 {
		t.Errorf("a NUL in a cell: %d %s", r.status, r.raw)
	}
	d.clean("after the bombs")
}

// bomb is a sheet of a few kilobytes that becomes half a gigabyte.
func bomb(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, head := range map[string]string{
		"[Content_Types].xml":        `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`,
		"xl/workbook.xml":            `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheets><sheet name="a" sheetId="1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"/>`,
		"xl/worksheets/sheet1.xml":   `<worksheet><sheetData>`,
	} {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		_, _ = io.WriteString(w, head)
		if strings.HasPrefix(head, "<worksheet") {
			row := bytes.Repeat([]byte(`<row><c t="inlineStr"><is><t>sku</t></is></c></row>`), 20_000)
			for range 256 {
				_, _ = w.Write(row)
			}
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestTheGoodPartOfABadBulkIsIn(t *testing.T) {
	d := openDoor(t)
	bulk := `{"orders":[` + strings.Join([]string{orderWith("A-1", "", ""), orderWith("A-2", `"quantity":2`, `"quantity":-1`), orderWith("A-1", "", ""),
		orderWith("A-3", `"MUG"`, `"NOBODY-KNOWS"`), `{}`, orderWith("A-4", "", "")}, ",") + `]}`
	r := d.post("/v1/orders/bulk", []byte(bulk))
	var got []string
	for _, x := range r.body["results"].([]any) {
		item := x.(map[string]any)
		outcome, _ := item["result"].(map[string]any)
		got = append(got, fmt.Sprint(item["status"], " ", outcome["outcome"]))
	}
	if want := []string{"200 created", "422 <nil>", "200 unchanged", "200 created", "422 <nil>", "200 created"}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
	d.settle()
	if list := rows[string](d.house, heldFor); !slices.Equal(list, []string{"A-3 review.unmapped"}) {
		t.Errorf("held: %v", list)
	}
	if n := len(rows[int64](d.house, workIn, "allocated")); n != 2 {
		t.Errorf("%d orders are in work", n)
	}
	sheet := text("order_no,placed_at,currency,recipient_name,phone,country,province,city,district,address,payment_status,paid_amount,sku,quantity,unit_price",
		"F-1,2026-03-02T03:00:00Z,CNY,李雷,13812345678,CN,浙江省,杭州市,西湖区,文一路 8 号 2 单元 301 室,paid,10.00,MUG,1,10.00",
		"F-2,2026-03-02T03:00:00Z,CNY,李雷,13812345679,CN,浙江省,杭州市,西湖区,文一路 9 号 2 单元 301 室,paid,10.00,MUG,many,10.00",
		"F-2,2026-03-02T03:00:00Z,CNY,李雷,13812345679,CN,浙江省,杭州市,西湖区,文一路 9 号 2 单元 301 室,paid,10.00,TEE,1,10.00")
	r = d.post("/v1/imports/orders?channel=file", sheet)
	if rejected, _ := r.body["rejected"].([]any); r.status != 200 || r.body["created"] != 1.0 || len(rejected) != 2 {
		t.Errorf("%d %s", r.status, r.raw)
	}
	d.clean("after half-bad bulks")
}

var heldFor = db.NewSQL(`SELECT o.external_no || ' ' || h.reason FROM order_hold h JOIN order_head o ON o.id = h.order_id WHERE h.released_at = 0 ORDER BY 1`)

func TestOnlyTheRightKeyOpensTheDoor(t *testing.T) {
	d := openDoor(t)
	make := func(name string, scopes ...access.Scope) string {
		key, err := d.directory.CreateKey(t.Context(), access.FirstCompany, name, scopes)
		if err != nil {
			t.Fatal(err)
		}
		return "Bearer " + key
	}
	lost, floor := make("lost", access.Everything), make("floor", access.Work)
	if err := d.directory.RevokeKey(t.Context(), access.FirstCompany, "lost"); err != nil {
		t.Fatal(err)
	}
	good := []byte(orderWith("K-1", "", ""))
	for name, c := range map[string]struct {
		header, code string
		status       int
	}{
		"no key":           {"", "access.unknown", 401},
		"a wrong key":      {"Bearer phk_default_nothing", "access.unknown", 401},
		"another company":  {"Bearer " + strings.Replace(d.key, "default", "other", 1), "access.unknown", 401},
		"a revoked key":    {lost, "access.unknown", 401},
		"a key for others": {floor, "access.denied", 403},
	} {
		if r := d.post("/v1/orders", good, "Authorization", c.header); r.status != c.status || r.code() != c.code {
			t.Errorf("%s: %d %s", name, r.status, r.raw)
		}
	}
	if n := rows[int64](d.house, countOrders)[0]; n != 0 {
		t.Errorf("%d orders went in through a locked door", n)
	}
	if r := d.post("/v1/orders", good); r.status != 201 {
		t.Errorf("%d %s", r.status, r.raw)
	}
	d.clean("after the locked door")
}

func TestAnIdempotencyKeyIsForOneRequest(t *testing.T) {
	d := openDoor(t)
	receipt := func(q int) []byte {
		return fmt.Appendf(nil, `{"kind":"receipt","sku":"MUG","node":"HZ","location":"A-1","quantity":%d}`, q)
	}
	for _, c := range []struct {
		key    string
		body   []byte
		status int
		code   string
	}{
		{"one", receipt(5), 200, ""}, {"one", receipt(5), 200, ""}, {"one", receipt(6), 422, "idempotency.other_request"},
		{strings.Repeat("k", 10_000), receipt(5), 400, "idempotency.key"}, {"a\tb", receipt(5), 400, "idempotency.key"},
		{"bad", receipt(-5), 422, "inventory.quantity"}, {"bad", receipt(-5), 422, "inventory.quantity"},
	} {
		if r := d.post("/v1/stock", c.body, "Idempotency-Key", c.key); r.status != c.status || r.code() != c.code {
			t.Errorf("%.20q %s: %d %s, want %d %s", c.key, c.body, r.status, r.raw, c.status, c.code)
		}
	}
	if r := d.post("/v1/orders", []byte(orderWith("I-1", "", "")), "Idempotency-Key", "one"); r.code() != "idempotency.other_request" {
		t.Errorf("a key of another call: %d %s", r.status, r.raw)
	}
	if got := rows[int64](d.house, sumOnHand, "MUG")[0]; got != 105 {
		t.Errorf("%d mugs stand there, want 105", got)
	}
	d.clean("after the keys")
}
