package main

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"hash/crc32"
	"io"
	"net/http"
	"net/url"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/packhorse/packhorse/internal/config"
)

// site is a running server with a key for everything.
type site struct {
	t      *testing.T
	server *Server
	key    string
}

func testConfig(t *testing.T) config.Config {
	cfg := config.Default()
	cfg.Data, cfg.Listen, cfg.AccessLog, cfg.LogLevel = t.TempDir(), "127.0.0.1:0", false, "error"
	return cfg
}

func startSite(t *testing.T, cfg config.Config) *site {
	t.Helper()
	s, err := openServer(t.Context(), cfg, nil)
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- s.Run(ctx) }()
	t.Cleanup(func() {
		stop()
		if err := <-done; err != nil {
			t.Error(err)
		}
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	out := &site{t: t, server: s}
	for _, a := range s.apps {
		if a.First != nil {
			out.key = a.First.Key
		}
	}
	return out
}

func (s *site) do(method, path, body string) map[string]any {
	s.t.Helper()
	req, err := http.NewRequestWithContext(s.t.Context(), method, "http://"+s.server.Address()+path, strings.NewReader(body))
	if err != nil {
		s.t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer "+s.key)
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		s.t.Fatal(err)
	}
	defer res.Body.Close()
	raw, _ := io.ReadAll(res.Body)
	if res.StatusCode >= 300 {
		s.t.Fatalf("%s %s: %d %s", method, path, res.StatusCode, raw)
	}
	var out map[string]any
	if err := json.NewDecoder(bytes.NewReader(raw)).Decode(&out); err != nil {
		s.t.Fatal(err)
	}
	return out
}

// furniture is a warehouse, goods and rates, as files.
var furniture = [][2]string{
	{"warehouses", "code,name,timezone,country,province,city,district,address,lat,lng,capacity_orders_day,handling_cost,cutoffs\n" +
		"JX,嘉兴仓,Asia/Shanghai,CN,浙江省,嘉兴市,嘉善县,工业路 1 号,30.84,120.92,0,1.00,SF=16:00\n"},
	{"locations", "warehouse,zone,location,kind,aisle,bay,level,x_m,y_m,pick_seq\nJX,A,A-01-01,pick,1,1,1,2,3,1\nJX,A,A-01-02,pick,1,2,1,2,5,2\n"},
	{"catalog", "sku,title,barcodes,weight_g,length_mm,width_mm,height_mm,cost,price\nTEA,Tea,6901234567892,300,100,80,60,5.00,20.00\nCUP,Cup,,200,90,90,90,4.00,15.00\n"},
	{"stock", "warehouse,location,sku,quality,lot,expires_on,quantity\nJX,A-01-01,TEA,good,,,1000\nJX,A-01-02,CUP,good,,,1000\n"},
	{"rates", "carrier,service,from_region,to_region,first_g,first_price,step_g,step_price,volumetric_divisor,days_p50,days_p90,currency\n" +
		"SF,standard,浙江省,浙江省,1000,8.00,500,2.00,6000,1,2,CNY\n"},
}

// furnish brings the furniture in through the API.
func (s *site) furnish() {
	s.t.Helper()
	for _, f := range furniture {
		a := s.do("POST", "/v1/imports/"+f[0], f[1])
		if rejected := a["rejected"].([]any); len(rejected) > 0 {
			s.t.Fatalf("%s: %v", f[0], rejected)
		}
	}
}

// shopOrder is an order as a shop sends it, each from another customer: the rules look for those that are not.
func shopOrder(no string) string {
	phone := fmt.Sprintf("138%08d", crc32.ChecksumIEEE([]byte(no))%100_000_000)
	return fmt.Sprintf(`{"channel":"webshop","order_no":%q,"placed_at":"2026-03-02T03:00:00Z","currency":"CNY","recipient_name":"王芳",
  "phone":%q,"country":"CN","province":"浙江省","city":"杭州市","district":"西湖区","address":"文三路 %s 号 3 单元 502 室",
  "payment_status":"paid","paid_amount":"55.00","lines":[{"sku":"TEA","quantity":2,"unit_price":"20.00"},{"sku":"CUP","quantity":1,"unit_price":"15.00"}]}`, no, phone, no)
}

// allocated waits until the order has a fulfilment.
func (s *site) allocated(orderID string) string {
	s.t.Helper()
	for range 200 {
		o := s.do("GET", "/v1/orders/"+orderID, "")
		if list := o["fulfilments"].([]any); len(list) > 0 {
			return list[0].(map[string]any)["id"].(string)
		}
		if o["review"] == "held" {
			s.t.Fatalf("held: %v", o["holds"])
		}
		time.Sleep(10 * time.Millisecond)
	}
	s.t.Fatal("the order was not allocated")
	return ""
}

func (s *site) clean() {
	s.t.Helper()
	for _, a := range s.server.apps {
		report, err := prove(s.t.Context(), a)
		if err != nil || !report.Clean {
			s.t.Fatalf("the books: %v %+v", err, report.Findings)
		}
	}
}

// eachSite runs a journey on a fresh folder and on a fresh PostgreSQL database.
func eachSite(t *testing.T, journey func(t *testing.T, s *site)) {
	t.Run("sqlite", func(t *testing.T) { journey(t, startSite(t, testConfig(t))) })
	t.Run("postgres", func(t *testing.T) {
		cfg := testConfig(t)
		cfg.Data, cfg.DB = "", freshDatabase(t)
		journey(t, startSite(t, cfg))
	})
}

// freshDatabase makes a database of its own, because a directory lives in a schema of a fixed name.
func freshDatabase(t *testing.T) string {
	server := os.Getenv("PACKHORSE_TEST_POSTGRES")
	if server == "" {
		t.Skip("no PostgreSQL: PACKHORSE_TEST_POSTGRES is not set (make test sets it)")
	}
	u, err := url.Parse(server)
	if err != nil {
		t.Fatal(err)
	}
	name := "journey_" + strings.ToLower(rand.Text())
	run := func(sql string) error {
		c, err := pgx.Connect(context.Background(), server)
		if err != nil {
			return err
		}
		defer c.Close(context.Background())
		_, err = c.Exec(context.Background(), sql)
		return err
	}
	if err := run("CREATE DATABASE " + name); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = run("DROP DATABASE " + name + " WITH (FORCE)") })
	u.Path = "/" + name
	return u.String()
}

func TestAnOrderGoesFromTheShopToTheCarrier(t *testing.T) { eachSite(t, fromShopToCarrier) }

func fromShopToCarrier(t *testing.T, s *site) {
	s.furnish()
	id := s.do("POST", "/v1/orders", shopOrder("W-1"))["id"].(string)
	f := s.allocated(id)
	released := s.do("POST", "/v1/fulfilments/"+f+"/release", "")
	if lines := released["lines"].([]any); len(lines) != 2 {
		t.Fatalf("%v", released)
	}
	if picked := s.do("POST", "/v1/fulfilments/"+f+"/pick", "{}"); picked["task_status"] != "done" {
		t.Fatalf("%v", picked)
	}
	s.do("GET", "/v1/fulfilments/"+f+"/proposal", "")
	if packed := s.do("POST", "/v1/fulfilments/"+f+"/pack", "{}"); len(packed["parcels"].([]any)) != 1 {
		t.Fatalf("%v", packed)
	}
	sent := s.do("POST", "/v1/fulfilments/"+f+"/ship", `{"carrier":"SF","service":"standard","waybill":"SF100"}`)
	if list := sent["shipments"].([]any); len(list) != 1 || list[0].(map[string]any)["status"] != "handed_over" {
		t.Fatalf("%v", sent)
	}
	o := s.do("GET", "/v1/orders/"+id, "")
	if o["fulfilment"] != "shipped" || o["delivery"] != "in_transit" {
		t.Errorf("%v %v", o["fulfilment"], o["delivery"])
	}
	for _, e := range s.do("GET", "/v1/orders/"+id+"/timeline", "")["events"].([]any) {
		if text := e.(map[string]any)["text"].(string); strings.HasPrefix(text, "event.") || strings.Contains(text, "{") {
			t.Errorf("no sentence: %s", text)
		}
	}
	s.clean()
	rma := s.do("POST", "/pda/v1/returns/scan", `{"event_id":"r1","code":"SF100"}`)["case"].(map[string]any)["id"].(string)
	s.do("POST", "/pda/v1/returns/grade", fmt.Sprintf(`{"event_id":"r2","case":%q,"sku":"TEA","good":true,"location":"A-01-01"}`, rma))
	s.do("POST", "/pda/v1/returns/grade", fmt.Sprintf(`{"event_id":"r3","case":%q,"sku":"TEA","good":false}`, rma))
	s.clean()
}

func TestBulksAndScansDoTheSameWork(t *testing.T) { eachSite(t, bulksAndScans) }

func bulksAndScans(t *testing.T, s *site) {
	s.furnish()
	var orders, items []string
	for i := range 20 {
		orders = append(orders, shopOrder(fmt.Sprintf("B-%d", i)))
	}
	for _, r := range s.do("POST", "/v1/orders/bulk", `{"orders":[`+strings.Join(orders, ",")+`]}`)["results"].([]any) {
		id := r.(map[string]any)["result"].(map[string]any)["id"].(string)
		items = append(items, fmt.Sprintf(`{"id":%q}`, s.allocated(id)))
	}
	for _, stage := range []string{"release", "pick", "pack"} {
		s.all(stage, items)
	}
	for i := range items {
		items[i] = strings.TrimSuffix(items[i], "}") + fmt.Sprintf(`,"carrier":"SF","waybill":"SF2%03d"}`, i)
	}
	s.all("ship", items)
	s.clean()

	f := s.allocated(s.do("POST", "/v1/orders", shopOrder("S-1"))["id"].(string))
	s.do("POST", "/v1/fulfilments/"+f+"/release", "")
	task := s.do("POST", "/pda/v1/tasks/next", `{"node":"JX","picker":"li"}`)["task"].(map[string]any)["id"].(string)
	for i, scan := range []string{`"location":"A-01-01"`, `"location":"A-01-01","item":"6901234567892","quantity":2`, `"location":"A-01-02","item":"CUP"`} {
		body := fmt.Sprintf(`{"event_id":"e%d","task":%q,"picker":"li",%s}`, i, task, scan)
		if a := s.do("POST", "/pda/v1/scan", body); a["accepted"] != true {
			t.Fatalf("%s: %v", scan, a)
		}
		s.do("POST", "/pda/v1/scan", body) // the radio dropped, and the handheld sends it again
	}
	if got := s.do("GET", "/v1/fulfilments/"+f, ""); got["status"] != "picked" {
		t.Errorf("%v", got)
	}
	s.clean()
}

func (s *site) all(stage string, items []string) {
	s.t.Helper()
	for _, r := range s.do("POST", "/v1/fulfilments/"+stage, `{"items":[`+strings.Join(items, ",")+`]}`)["results"].([]any) {
		if r.(map[string]any)["status"] != 200.0 {
			s.t.Fatalf("%s: %v", stage, r)
		}
	}
}

func TestAShortPickACancelAndARejectKeepTheBooks(t *testing.T) { eachSite(t, againstTheGoods) }

func againstTheGoods(t *testing.T, s *site) {
	s.furnish()
	short := s.allocated(s.do("POST", "/v1/orders", shopOrder("X-1"))["id"].(string))
	task := s.do("POST", "/v1/fulfilments/"+short+"/release", "")["task"].(string)
	s.do("POST", "/v1/tasks/"+task+"/short", `{"line":1,"picked":1}`)
	s.clean()
	gone := s.do("POST", "/v1/orders", shopOrder("X-2"))["id"].(string)
	s.do("POST", "/v1/fulfilments/"+s.allocated(gone)+"/release", "")
	s.do("POST", "/v1/orders/"+gone+"/cancel", `{"reason":"customer"}`)
	if o := s.do("GET", "/v1/orders/"+gone, ""); o["fulfilment"] != "cancelled" {
		t.Errorf("%v", o["fulfilment"])
	}
	s.clean()
	back := s.allocated(s.do("POST", "/v1/orders", shopOrder("X-3"))["id"].(string))
	s.do("POST", "/v1/fulfilments/"+back+"/reject", `{"reason":"flooded"}`)
	s.clean()
	counts := s.do("GET", "/v1/counts", "")["counts"].([]any)
	if len(counts) != 1 {
		t.Fatalf("%v", counts)
	}
	s.do("POST", "/v1/counts/"+counts[0].(map[string]any)["id"].(string)+"/close", `{"found":900}`)
	s.clean()
}
