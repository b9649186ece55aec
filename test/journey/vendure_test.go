package journey

import (
	"context"
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"github.com/packhorse/packhorse/connect/channel/vendure"
	"github.com/packhorse/packhorse/connect/channel/vendure/realshop"
	road "github.com/packhorse/packhorse/connect/sim/carrier"
	"github.com/packhorse/packhorse/intake"
	"github.com/packhorse/packhorse/internal/clock"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/db/dbtest"
	"github.com/packhorse/packhorse/internal/job"
	"github.com/packhorse/packhorse/internal/seal"
	"github.com/packhorse/packhorse/inventory"
	"github.com/packhorse/packhorse/order"
	"github.com/packhorse/packhorse/report"
	"github.com/packhorse/packhorse/ship"
)

// shopDay is a company that sells in a real Vendure shop.
type shopDay struct {
	*day
	shop     *realshop.Shop
	options  db.Options
	clock    *clock.Clock
	sealing  *seal.Key
	channels *intake.Channels
	report   *report.Service
	teller   *job.Worker
}

// A real shop and a company on each engine: every order once, whichever side falls over; stock, parcels, answers and
// refunds arrive; what the shop oversold is owed.
func TestARealVendureShopSellsThroughPackhorse(t *testing.T) {
	for _, engine := range []struct {
		name string
		open func(testing.TB) db.Options
	}{{"sqlite", dbtest.SQLite}, {"postgres", dbtest.Postgres}} {
		t.Run(engine.name, func(t *testing.T) {
			s := &shopDay{options: engine.open(t), clock: clock.Fixed(time.Now()), shop: realshop.Start(t, "")}
			s.day = &day{test: t}
			var err error
			if s.sealing, err = seal.Parse(seal.NewText()); err != nil {
				t.Fatal(err)
			}
			s.open(t)
			s.begin()
			s.chapter("the shop is told what it may sell", s.stocked)
			s.chapter("every order is taken in once", s.once)
			s.chapter("what happens in the shop is followed", s.follows)
			s.chapter("nothing is lost when either side falls over", s.restarts)
			s.chapter("a parcel is told to the shop", s.parcels)
			s.chapter("a cancellation is answered, done or not", s.answers)
			s.chapter("a refund before shipping ends the order on both sides", s.refunds)
			s.chapter("what the shop oversold is owed", s.oversold)
		})
	}
}

// open wires the company as the program does; a second time it is the program started again.
func (s *shopDay) open(t *testing.T) {
	t.Helper()
	data := dbtest.Open(t, s.options, s.clock)
	s.options.Create = false
	s.house = found(t, data, map[string]ship.Carrier{"ZTO": openAccount(t, data, road.Config{Seed: 3})})
	s.channels = intake.NewChannels(data, s.Intake, map[string]intake.Connector{vendure.Kind: func(in intake.Settings) (intake.Channel, error) { return vendure.New(in) }}, s.sealing)
	s.report = report.New(data, s.channels, s.Catalog, report.Settings{})
	s.teller = job.NewWorker(data, 1, s.report.Handlers())
}

func (s *shopDay) begin() {
	s.furnish()
	s.read("catalog", text("sku,title,barcodes,weight_g,length_mm,width_mm,height_mm,price", "SKU-0001,One,2909999999018,400,120,100,100,6.40",
		"SKU-0002,Two,2909999999025,180,250,180,20,7.60", "LAST-10,Scarce,2909999999032,20,150,10,10,11.99"))
	s.stock("HZ,A-1,SKU-0001,good,,,60", "HZ,A-2,SKU-0002,good,,,40", "HZ,R-1,LAST-10,good,,,10")
	secret, _ := json.Marshal(map[string]string{"username": realshop.Username, "password": realshop.Password, "hook_secret": realshop.HookSecret})
	_, err := s.channels.Add(context.Background(), nil, "user:ann", intake.Edit{Secret: string(secret), Account: intake.Account{Name: "vendure", Kind: vendure.Kind, Enabled: true, StockPush: true,
		ReportAt: intake.AtHandOver, BeginAt: s.clock.Now().Add(-time.Hour).UnixMicro(), Settings: fmt.Appendf(nil, `{"url":%q}`, s.shop.Admin())}})
	must(s.house, 0, err)
}

// settleAll lets both sides settle: orders come in and are worked on, the shop is told. On PostgreSQL the log is read only
// up to the oldest transaction of anybody on the server, so this waits until it can be read to its end.
func (s *shopDay) settleAll() {
	s.t.Helper()
	ctx := context.Background()
	for range 3 {
		n, err := s.channels.Step(ctx)
		must(s.house, n, err)
		s.settle()
		dbtest.Facts(s.test, s.DB)
		n, err = s.report.Follow(ctx)
		must(s.house, n, err)
		n, err = s.report.Stock(ctx)
		must(s.house, n, err)
		s.DB.Clock().Advance(2 * time.Minute)
		for n = 1; n > 0; {
			n, err = s.teller.Step(ctx)
			must(s.house, n, err)
		}
	}
}

var (
	orderNo    = db.NewSQL(`SELECT id FROM order_head WHERE channel = 'vendure' AND external_no = $1`)
	allNumbers = db.NewSQL(`SELECT external_no FROM order_head WHERE channel = 'vendure' ORDER BY external_no`)
	owes       = db.NewSQL(`SELECT CAST(COALESCE(sum(quantity), 0) AS BIGINT) FROM order_backorder`)
	unsent     = db.NewSQL(`SELECT kind || ' ' || state || ' ' || code || ' ' || message FROM report_message WHERE state <> 'sent'`)
)

func (s *shopDay) known(code string) *order.Order {
	s.t.Helper()
	ids := rows[int64](s.house, orderNo, code)
	if len(ids) != 1 {
		s.t.Fatalf("the order %s is here %d times", code, len(ids))
	}
	return s.one(ids[0])
}

func (s *shopDay) buy(pay, sku string, quantity int) string {
	s.t.Helper()
	code, err := s.shop.Buy(pay, realshop.Item{SKU: sku, Quantity: quantity})
	return must(s.house, code, err)
}

func (s *shopDay) inShop(code string) *realshop.Order {
	s.t.Helper()
	o, err := s.shop.Order(code)
	return must(s.house, o, err)
}

// sells is what the shop would sell of a SKU now.
func (s *shopDay) sells(sku string, want int64) {
	s.t.Helper()
	on, allocated, err := s.shop.Stock(sku)
	if err != nil || on-allocated != want || on < 0 {
		s.t.Errorf("the shop has %d of %s and allocated %d (%v), want %d to sell; unsent: %v", on, sku, allocated, err, want, rows[string](s.house, unsent))
	}
}

func (s *shopDay) stocked() {
	s.settleAll()
	s.sells("SKU-0001", 60)
	s.sells("LAST-10", 10)
}

func (s *shopDay) once() {
	want := map[string]bool{}
	for range 4 {
		want[s.buy(realshop.AtOnce, "SKU-0001", 2)] = true
	}
	for range 3 { // again and again: the windows overlap
		s.settleAll()
	}
	got := rows[string](s.house, allNumbers)
	if len(got) != len(want) {
		s.t.Errorf("%v, want each of %v once", got, want)
	}
	for code := range want {
		o := s.known(code)
		if o.Payment != order.Paid || o.Total != s.inShop(code).TotalWithTax || o.Fulfilment != order.FulfilmentAllocated {
			s.t.Errorf("%s: %+v, %d", code, o.Axes, o.Total)
		}
	}
	s.sells("SKU-0001", 52)
}

func (s *shopDay) follows() {
	later, moved, part := s.buy(realshop.Later, "SKU-0001", 1), s.buy(realshop.Later, "SKU-0001", 1), s.buy(realshop.Later, "SKU-0001", 3)
	s.settleAll()
	if o := s.known(later); o.Payment != order.Authorized {
		s.t.Errorf("authorised: %+v", o.Axes)
	}
	for _, err := range []error{s.shop.Settle(later), s.shop.Move(moved, "西湖区莫干山路 1 号"), s.shop.Cancel(part, 0, 1)} {
		must(s.house, 0, err)
	}
	s.settleAll()
	if o := s.known(later); o.Payment != order.Paid {
		s.t.Errorf("settled: %+v", o.Axes)
	}
	if o := s.known(moved); o.Recipient.Address != "西湖区莫干山路 1 号, 3 单元 6 室" {
		s.t.Errorf("moved: %q", o.Recipient.Address)
	}
	if o := s.known(part); o.Lines[0].Wanted() != 2 || o.Total != s.inShop(part).TotalWithTax {
		s.t.Errorf("one of three called off: %+v", o.Lines)
	}
	must(s.house, 0, s.shop.Cancel(moved, 0, 0))
	must(s.house, 0, s.shop.Cancel(part, 0, 0))
	s.settleAll()
	for _, code := range []string{moved, part} {
		if o := s.known(code); o.Fulfilment != order.FulfilmentCancelled {
			s.t.Errorf("called off: %+v", o.Axes)
		}
	}
}

func (s *shopDay) restarts() {
	before := len(rows[string](s.house, allNumbers))
	list := []string{s.buy(realshop.AtOnce, "SKU-0002", 1), s.buy(realshop.AtOnce, "SKU-0002", 1)}
	s.shop.Stop()
	_, err := s.channels.Step(context.Background())
	must(s.house, 0, err)
	accounts, err := s.channels.List(context.Background())
	if must(s.house, accounts, err); accounts[0].LastError != intake.ErrUnreachable.Code {
		s.t.Errorf("while the shop is down its account says %q", accounts[0].LastError)
	}
	must(s.house, 0, s.DB.Close())
	s.shop.Run()
	list = append(list, s.buy(realshop.AtOnce, "SKU-0002", 1))
	s.open(s.test)
	s.clock.Advance(time.Hour)
	s.settleAll()
	for _, code := range list {
		s.known(code)
	}
	if got := len(rows[string](s.house, allNumbers)); got != before+len(list) {
		s.t.Errorf("%d orders, want %d", got, before+len(list))
	}
}

func (s *shopDay) parcels() {
	code := s.buy(realshop.AtOnce, "SKU-0002", 2)
	s.settleAll()
	live := s.work(s.known(code).ID)
	if len(live) != 1 {
		s.t.Fatalf("%+v", s.known(code).Axes)
	}
	s.upTo(live[0].ID, order.Packed)
	s.label(live[0].ID, "ZTO")
	_, err := s.Ship.HandOver(context.Background(), nil, ship.HandOverIn{Fulfilments: []int64{live[0].ID}, Actor: "user:eve"})
	must(s.house, 0, err)
	s.settleAll()
	waybill := rows[string](s.house, waybillsOf, live[0].ID)
	o := s.inShop(code)
	if len(o.Fulfillments) != 1 || o.Fulfillments[0].TrackingCode != waybill[0] || o.State != "Shipped" {
		s.t.Errorf("the shop has %+v in state %s, want the waybill %v; unsent: %v", o.Fulfillments, o.State, waybill, rows[string](s.house, unsent))
	}
	s.sells("SKU-0002", 40-3-2)
}

func (s *shopDay) answers() {
	done, late := s.buy(realshop.AtOnce, "SKU-0001", 1), s.buy(realshop.AtOnce, "SKU-0001", 1)
	s.settleAll()
	live := s.work(s.known(late).ID)
	s.upTo(live[0].ID, order.Packed)
	s.label(live[0].ID, "ZTO")
	_, err := s.Ship.HandOver(context.Background(), nil, ship.HandOverIn{Fulfilments: []int64{live[0].ID}, Actor: "user:eve"})
	must(s.house, 0, err)
	for _, code := range []string{done, late} {
		must(s.house, 0, s.shop.Cancel(code, 0, 0))
	}
	s.settleAll()
	for code, want := range map[string]string{done: "Packhorse: cancel done", late: "Packhorse: cancel refused"} {
		notes := s.inShop(code).History.Items
		if len(notes) != 1 || len(notes[0].Data.Note) < len(want) || notes[0].Data.Note[:len(want)] != want {
			s.t.Errorf("%s: the shop was told %+v, want %q; unsent: %v", code, notes, want, rows[string](s.house, unsent))
		}
	}
}

func (s *shopDay) refunds() {
	code := s.buy(realshop.AtOnce, "SKU-0001", 1)
	s.settleAll()
	must(s.house, 0, s.shop.Refund(code, s.inShop(code).TotalWithTax))
	s.settleAll()
	if o := s.known(code); o.Payment != order.Refunded || o.Fulfilment != order.FulfilmentCancelled {
		s.t.Errorf("refunded: %+v", o.Axes)
	} else if o := s.inShop(code); o.State != "Cancelled" {
		s.t.Errorf("in the shop it is %s; unsent: %v", o.State, rows[string](s.house, unsent))
	}
}

func (s *shopDay) oversold() {
	var carts []*realshop.Cart
	const buyers = 50
	for range buyers { // all at the till before the first pays: the shop counts only what is paid
		c, err := s.shop.Fill(realshop.Item{SKU: "LAST-10", Quantity: 1})
		carts = append(carts, must(s.house, c, err))
	}
	for _, c := range carts {
		must(s.house, 0, c.Pay(realshop.AtOnce))
	}
	s.settleAll()
	count := map[string]int{}
	for _, c := range carts {
		count[s.known(c.Code).Fulfilment]++
	}
	if count[order.FulfilmentAllocated] != 10 || count[order.FulfilmentBackordered] != buyers-10 || rows[int64](s.house, owes)[0] != buyers-10 {
		s.t.Errorf("10 goods for %d orders: %v", buyers, count)
	}
	s.sells("LAST-10", 0)
	if _, err := s.shop.Fill(realshop.Item{SKU: "LAST-10", Quantity: 1}); err == nil {
		s.t.Errorf("the shop still sells what nobody has")
	}
	_, err := s.Inventory.Do(context.Background(), nil, inventory.Change{Kind: "receipt", SKU: "LAST-10", Node: "HZ", Location: "R-1", Quantity: 45, Actor: "user:bob"})
	must(s.house, 0, err)
	s.settleAll()
	s.settleAll()
	s.sells("LAST-10", 5)
}
