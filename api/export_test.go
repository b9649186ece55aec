package api

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/packhorse/packhorse/access"
	"github.com/packhorse/packhorse/internal/sheet"
)

// exportAs takes a list as a file with a key and gives its rows, the head first.
func (w *world) exportAs(key, body string) [][]string {
	w.t.Helper()
	as := []string{"Authorization", "Bearer " + key, "Accept-Language", "zh-CN"}
	var x Export
	if err := json.Unmarshal(w.want(http.StatusOK, "POST", "/v1/exports", body, as...).raw, &x); err != nil {
		w.t.Fatal(err)
	}
	if x.State != exportDone || x.Bytes == 0 {
		w.t.Fatalf("%s: %+v", body, x)
	}
	r := w.want(http.StatusOK, "GET", "/v1/exports/"+x.ID+"/file", "", as...)
	if int64(len(r.raw)) != x.Bytes || !strings.Contains(r.header.Get("Content-Disposition"), x.File) {
		w.t.Fatalf("%d bytes, %+v", len(r.raw), x)
	}
	return w.readBack(x.Format, r.raw)
}

func (w *world) readBack(format string, raw []byte) (rows [][]string) {
	w.t.Helper()
	if format == "csv" {
		rows, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(raw, []byte("\ufeff")))).ReadAll()
		if err != nil {
			w.t.Fatal(err)
		}
		return rows
	}
	r, err := sheet.Open("list.xlsx", bytes.NewReader(raw), int64(len(raw)), sheet.DefaultLimits())
	if err != nil {
		w.t.Fatal(err)
	}
	defer r.Close()
	for {
		row, err := r.Next()
		if err != nil {
			return rows
		}
		rows = append(rows, []string{row.Get("系统单号"), row.Get("收件人"), row.Get("审核"), row.Get("金额")})
	}
}

func (w *world) ordersIn(channel string, count int) {
	w.t.Helper()
	for i := range count {
		body := strings.NewReplacer(`"A-1"`, fmt.Sprintf(`"%s-%d"`, channel, i), `"webshop"`, `"`+channel+`"`).Replace(anOrder)
		w.want(http.StatusCreated, "POST", "/v1/orders", body)
	}
}

func TestAFileHoldsExactlyTheRowsOfTheListInTheReadersLanguage(t *testing.T) {
	w := newWorld(t)
	w.ordersIn("webshop", 7)
	w.ordersIn("other", 3)
	var list OrderPage
	decodeInto(t, w.want(http.StatusOK, "GET", "/v1/orders?channel=webshop", ""), &list)
	rows := w.exportAs(w.key, `{"list":"list-orders","query":{"channel":"webshop","limit":"1","cursor":"nonsense"}}`)
	if len(rows) != len(list.Orders) || len(rows) != 7 {
		t.Fatalf("%d rows, the list has %d", len(rows), len(list.Orders))
	}
	for i, row := range rows {
		if row[0] != list.Orders[i].ID || row[1] != "王*" || row[2] != "待审核" || row[3] != "20" {
			t.Errorf("row %d: %v for %+v", i, row, list.Orders[i])
		}
	}
	log := string(w.want(http.StatusOK, "GET", "/v1/audit?act=export-list", "").raw)
	if strings.Count(log, `"act":"export-list"`) != 1 || !strings.Contains(log, "channel=webshop rows=7 format=xlsx") || !strings.Contains(log, `"object":"list-orders"`) {
		t.Errorf("on record is %s", log)
	}
}

func TestPeopleAreInAFileForAPurposeOnly(t *testing.T) {
	w := newWorld(t)
	w.ordersIn("webshop", 1)
	plain := w.exportAs(w.key, `{"list":"list-orders","format":"csv","purpose":"carrier_claim"}`)
	if head := plain[0][len(plain[0])-3:]; !slices.Equal(head, []string{"姓名（明文）", "电话（明文）", "地址（明文）"}) || plain[1][len(plain[1])-2] != "13812345678" {
		t.Errorf("%v", plain)
	}
	if masked := fmt.Sprint(w.exportAs(w.key, `{"list":"list-orders","format":"csv"}`)); strings.Contains(masked, "13812345678") || strings.Contains(masked, "王芳") {
		t.Errorf("people without a purpose: %s", masked)
	}
	if log := string(w.want(http.StatusOK, "GET", "/v1/audit?act=export-list", "").raw); !strings.Contains(log, `"purpose":"carrier_claim"`) {
		t.Errorf("%s", log)
	}
	auditor := w.want(http.StatusOK, "POST", "/v1/keys", `{"name":"auditor","scopes":["orders:read","audit"]}`).body["key"].(string)
	if r := w.do("POST", "/v1/exports", `{"list":"list-orders","purpose":"carrier_claim"}`, "Authorization", "Bearer "+auditor); r.status != http.StatusForbidden {
		t.Errorf("%d %s", r.status, r.raw)
	}
	if r := w.do("POST", "/v1/exports", `{"list":"list-levels"}`, "Authorization", "Bearer "+auditor); r.code() != "access.denied" {
		t.Errorf("a list without its right: %s", r.raw)
	}
}

func TestWhoIsNarrowedTakesAwayTheirOwnRowsOnly(t *testing.T) {
	w := newWorld(t)
	w.ordersIn("ours", 2)
	w.ordersIn("theirs", 3)
	key, err := w.directory.CreateKeyWithin(t.Context(), access.FirstCompany, "inside", []access.Scope{access.Everything}, access.Reach{Shops: []string{"ours"}})
	if err != nil {
		t.Fatal(err)
	}
	rows := w.exportAs(key, `{"list":"list-orders","format":"csv"}`)
	if len(rows) != 3 || strings.Contains(fmt.Sprint(rows), "theirs") {
		t.Errorf("%v", rows)
	}
	for _, list := range []string{"list-audit", "list-waves"} {
		if r := w.do("POST", "/v1/exports", `{"list":"`+list+`"}`, "Authorization", "Bearer "+key); r.code() != "access.narrow" && r.status != http.StatusOK || r.status == http.StatusOK && r.body["rows"] != 0.0 {
			t.Errorf("%s: %s", list, r.raw)
		}
	}
	var x Export
	decodeInto(t, w.want(http.StatusOK, "POST", "/v1/exports", `{"list":"list-orders"}`), &x)
	for _, path := range []string{"", "/file"} {
		if r := w.do("GET", "/v1/exports/"+x.ID+path, "", "Authorization", "Bearer "+key); r.code() != "export.not_found" {
			t.Errorf("the export of somebody else: %s", r.raw)
		}
	}
}

// TestEveryListThatCanBeExportedIsOne writes every list of a company that has something of everything.
func TestEveryListThatCanBeExportedIsOne(t *testing.T) {
	o := newOurs(t)
	held := map[string]int64{}
	query := func(list string) string {
		of := o.ids["wav"]
		if list == "list-channel-messages" {
			of = o.ids["chn"]
		}
		return `{"sku":"OURSKU","q":"our","node":"OURNODE","channel":"ourshop","figure":"in","id":"` + of + `"}`
	}
	for _, name := range exportNames() {
		if i := slices.IndexFunc(o.operations(), func(op operation) bool { return op.OperationID == name && op.method == "GET" }); i < 0 {
			t.Errorf("%s is no operation", name)
		}
		for _, format := range []string{"xlsx", "csv"} {
			var x Export
			decodeInto(t, o.want(http.StatusOK, "POST", "/v1/exports", `{"list":"`+name+`","format":"`+format+`","query":`+query(name)+`,"zone":"Asia/Shanghai"}`), &x)
			if x.State != exportDone {
				t.Errorf("%s: %+v", name, x)
			}
			held[name] = x.Rows
		}
	}
	for _, name := range []string{"list-orders", "list-levels", "list-ledger", "list-cases", "list-audit", "list-figure", "list-wave-orders", "list-rates", "list-shelves", "list-nodes", "list-users", "list-rules"} {
		if held[name] == 0 {
			t.Errorf("%s is empty: %v", name, held)
		}
	}
	for code, body := range map[string]string{"export.list": `{"list":"list-roles"}`, "export.zone": `{"list":"list-orders","zone":"Moon/Base"}`, "http.node": `{"list":"list-levels","query":{"node":"NOWHERE"}}`} {
		if r := o.do("POST", "/v1/exports", body); r.code() != code {
			t.Errorf("%s: %s", body, r.raw)
		}
	}
}

func TestACancelledExportLeavesNoFile(t *testing.T) {
	w := newWorld(t)
	var x Export
	decodeInto(t, w.want(http.StatusOK, "POST", "/v1/exports", `{"list":"list-orders"}`), &x)
	decodeInto(t, w.want(http.StatusOK, "POST", "/v1/exports/"+x.ID+"/cancel", `{}`), &x)
	if r := w.do("GET", "/v1/exports/"+x.ID+"/file", ""); x.State != exportCancelled || r.code() != "export.not_ready" {
		t.Errorf("%+v, %s", x, r.raw)
	}
	for range exportsKept + 5 {
		w.want(http.StatusOK, "POST", "/v1/exports", `{"list":"list-orders"}`)
	}
	var mine ExportList
	if decodeInto(t, w.want(http.StatusOK, "GET", "/v1/exports", ""), &mine); len(mine.Exports) != exportsKept {
		t.Errorf("%d are kept", len(mine.Exports))
	}
}

func TestWhatWaitsForAWaveIsInTheFileAsTheListNarrowsIt(t *testing.T) {
	w := newWorld(t)
	w.want(http.StatusOK, "POST", "/v1/imports/warehouses", "code,name,timezone,country,province,city,district,address,lat,lng,capacity_orders_day,handling_cost,cutoffs\nHZ,Hangzhou,Asia/Shanghai,CN,浙江省,杭州市,,,30.2,120.1,0,1.00,\n")
	w.want(http.StatusOK, "POST", "/v1/imports/locations", "warehouse,location,zone,kind,aisle,bay,level,x_m,y_m,pick_seq\nHZ,A,A,pick,1,1,1,1,1,1\n")
	w.want(http.StatusOK, "POST", "/v1/skus", `{"sku":"S1","title":"Tea","weight_g":300,"price":"10.00","mm":[100,80,60]}`)
	w.want(http.StatusOK, "POST", "/v1/stock", `{"kind":"receipt","sku":"S1","node":"HZ","location":"A","quantity":9}`)
	w.want(http.StatusCreated, "POST", "/v1/orders", strings.Replace(anOrder, `"paid",`, `"paid","paid_amount":"20.00",`, 1))
	(&party{w, nil}).settle()
	for zone, rows := range map[string]int{"": 1, "A": 1, "B": 0} {
		if got := w.exportAs(w.key, `{"list":"list-wave-candidates","format":"csv","query":{"node":"HZ","zone":"`+zone+`"}}`); len(got) != rows+1 || rows == 1 && got[1][0] != "A-1" {
			t.Errorf("zone %q: %v", zone, got)
		}
	}
}
