package report_test

import (
	"context"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/packhorse/packhorse/aftersales"
	"github.com/packhorse/packhorse/allocation"
	"github.com/packhorse/packhorse/catalog"
	"github.com/packhorse/packhorse/check"
	"github.com/packhorse/packhorse/connect/carrier/sim"
	server "github.com/packhorse/packhorse/connect/sim/carrier"
	"github.com/packhorse/packhorse/flow"
	"github.com/packhorse/packhorse/intake"
	"github.com/packhorse/packhorse/intake/channeltest"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/db/dbtest"
	"github.com/packhorse/packhorse/internal/job"
	"github.com/packhorse/packhorse/internal/seal"
	"github.com/packhorse/packhorse/internal/sheet"
	"github.com/packhorse/packhorse/inventory"
	"github.com/packhorse/packhorse/order"
	"github.com/packhorse/packhorse/pack"
	"github.com/packhorse/packhorse/pack/packtest"
	"github.com/packhorse/packhorse/pick"
	"github.com/packhorse/packhorse/report"
	"github.com/packhorse/packhorse/review"
	"github.com/packhorse/packhorse/ship"
	"github.com/packhorse/packhorse/track"
	"github.com/packhorse/packhorse/warehouse"
)

// town is a shop, a warehouse and a carrier, with everything between them.
type town struct {
	*testing.T
	*packtest.World
	shop       *channeltest.Shop
	channels   *intake.Channels
	account    *intake.Account
	review     *review.Service
	allocation *allocation.Service
	stock      *inventory.Service
	pick       *pick.Service
	pack       *pack.Service
	ship       *ship.Service
	track      *track.Service
	flow       *flow.Service
	after      *aftersales.Service
	report     *report.Service
	jobs       *job.Worker
	less       func(intake.Channel) intake.Channel // a shop that can do less than the made-up one
}

// sealing is what the secrets of these tests are sealed with.
var sealing, _ = seal.Parse(seal.NewText())

func each(t *testing.T, account intake.Account, test func(w *town)) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) { test(newTown(t, d, account)) })
}

const (
	locations = "warehouse,zone,location,kind,aisle,bay,level,x_m,y_m,pick_seq\nHZ,A,A-1,pick,1,1,1,1,1,1\nHZ,S,STAGE,stage,0,0,0,0,0,0\n"
	rates     = `carrier,service,from_region,to_region,first_g,first_price,step_g,step_price,volumetric_divisor,days_p50,days_p90,currency
SF,standard,*,*,1000,12.00,1000,4.00,8000,1,2,CNY
`
)

func newTown(t *testing.T, d *db.DB, account intake.Account) *town {
	t.Helper()
	w := &town{T: t, World: packtest.New(t, d), shop: channeltest.NewShop(d.Clock().Now)}
	front := httptest.NewServer(server.New(server.Config{Clock: d.Clock(), AppKey: "shop", Secret: "secret"}))
	t.Cleanup(front.Close)
	carrier, err := sim.New(sim.Config{BaseURL: front.URL, AppKey: "shop", Secret: "secret", Timeout: 5 * time.Second})
	if err != nil {
		t.Fatal(err)
	}
	carriers := map[string]ship.Carrier{"SF": carrier}
	w.ship, w.pick, w.pack, w.stock = ship.New(d, carriers, ship.Settings{}), pick.New(d, nil), pack.New(d), inventory.New(d)
	w.allocation = allocation.New(d, w.ship.Lanes, allocation.Settings{Region: ship.RegionKey})
	w.review = review.New(d, review.Settings{})
	w.flow = flow.New(d, w.allocation, w.pick, w.ship)
	w.track = track.New(d, carriers, track.Settings{Families: map[string]string{"SF": "sim"}})
	inbox := intake.New(d, w.flow.Amend)
	w.after = aftersales.New(d, inbox, carriers, aftersales.Settings{})
	w.channels = intake.NewChannels(d, inbox, map[string]intake.Connector{"test": func(s intake.Settings) (intake.Channel, error) {
		c := w.shop.Connector(s.Secret)
		if w.less != nil {
			c = w.less(c)
		}
		return c, nil
	}}, sealing)
	w.report = report.New(d, w.channels, catalog.New(d, "CNY"), report.Settings{Origins: aftersales.Origins})
	handlers := w.ship.Handlers()
	for kind, h := range w.report.Handlers() {
		handlers[kind] = h
	}
	for kind, h := range w.after.Handlers() {
		handlers[kind] = h
	}
	w.jobs = job.NewWorker(d, 1, handlers)
	w.load("locations.csv", locations, warehouse.New(d, "CNY").ImportLocations)
	w.load("rates.csv", rates, w.ship.ImportRates)
	account.Name, account.Kind, account.Enabled = "mall", "test", true
	w.account, err = w.channels.Add(t.Context(), nil, "user:test", intake.Edit{Account: account, Secret: channeltest.Key})
	w.must(err)
	return w
}

func (w *town) must(err error) {
	w.Helper()
	if err != nil {
		w.Fatal(err)
	}
}

func (w *town) load(name, text string, into importer) {
	w.Helper()
	r, err := sheet.Open(name, strings.NewReader(text), int64(len(text)), sheet.DefaultLimits())
	w.must(err)
	defer r.Close()
	a, err := into(w.Context(), r, false, nil)
	w.must(err)
	if len(a.Rejected) > 0 {
		w.Fatalf("%s: %+v", name, a.Rejected)
	}
}

func (w *town) receive(sku string, quantity int64) {
	w.Helper()
	_, err := w.stock.Do(w.Context(), nil, inventory.Change{Kind: "receipt", SKU: sku, Node: "HZ", Location: "A-1", Quantity: quantity, Actor: "user:test"})
	w.must(err)
}

// settle lets a time pass and does all that goes on by itself until nothing waits.
func (w *town) settle(after time.Duration) {
	w.Helper()
	w.DB.Clock().Advance(after)
	for rounds := 0; ; rounds++ {
		if rounds > 200 {
			w.Fatal("it never settles")
		}
		done := 0
		for _, step := range []stepper{w.channels.Step, w.review.Step, w.allocation.Step, w.follow, w.report.Stock, w.jobs.Step, w.track.Poll, w.report.Watch} {
			n, err := step(w.Context())
			w.must(err)
			done += n
		}
		if done == 0 {
			return
		}
	}
}

// sold sells one MUG in the shop for each and gives their fulfilments, allocated.
func (w *town) sold(n int) []*order.Fulfilment {
	w.Helper()
	numbers := w.shop.Sell(n, "MUG", 1)
	w.settle(time.Minute)
	var out []*order.Fulfilment
	for _, number := range numbers {
		w.must(w.DB.View(w.Context(), func(tx *db.Tx) error {
			key, found, err := intake.OrderOf(tx, "mall", "", number)
			if err != nil || !found {
				return err
			}
			all, err := order.FulfilmentsOf(tx, []int64{key})
			out = append(out, all[key]...)
			return err
		}))
	}
	if len(out) != n {
		w.Fatalf("%d orders have %d fulfilments", n, len(out))
	}
	return out
}

func (w *town) packed(f *order.Fulfilment) {
	w.Helper()
	_, err := w.pick.Release(w.Context(), nil, pick.ReleaseIn{FulfilmentID: f.ID})
	w.must(err)
	_, err = w.pick.Confirm(w.Context(), nil, pick.ConfirmIn{FulfilmentID: f.ID, Picker: "li"})
	w.must(err)
	_, err = w.pack.Pack(w.Context(), nil, pack.In{FulfilmentID: f.ID, Packer: "li"})
	w.must(err)
}

func (w *town) labelled(f *order.Fulfilment) {
	w.Helper()
	w.packed(f)
	_, err := w.ship.Label(w.Context(), nil, ship.LabelIn{FulfilmentID: f.ID})
	w.must(err)
	w.settle(time.Second)
}

func (w *town) handedOver(f *order.Fulfilment) {
	w.Helper()
	m, err := w.ship.HandOver(w.Context(), nil, ship.HandOverIn{Fulfilments: []int64{f.ID}})
	w.must(err)
	if len(m.Handed) == 0 {
		w.Fatalf("%+v", m.Refused)
	}
	w.settle(time.Second)
}

func (w *town) messages() (list []*report.Message) {
	w.Helper()
	w.must(w.DB.View(w.Context(), func(tx *db.Tx) (err error) { list, err = report.Messages(tx, w.account.ID, "", 0, 100); return err }))
	return list
}

// only is the one message of a kind.
func (w *town) only(kind string) *report.Message {
	w.Helper()
	var found []*report.Message
	for _, m := range w.messages() {
		if m.Kind == kind {
			found = append(found, m)
		}
	}
	if len(found) != 1 {
		w.Fatalf("%d messages of kind %s", len(found), kind)
	}
	return found[0]
}

func (w *town) told(kind string) (n int) {
	w.Helper()
	for _, f := range dbtest.Facts(w, w.DB) {
		if f.Kind == kind {
			n++
		}
	}
	return n
}

func (w *town) clean() {
	w.Helper()
	r, err := check.Run(w.Context(), w.DB, check.Options{})
	w.must(err)
	if !r.Clean {
		w.Errorf("the books: %+v", r.Findings)
	}
}

type (
	stepper  = func(context.Context) (int, error)
	importer = func(context.Context, *sheet.Reader, bool, func(int)) (sheet.Answer, error)
)

// follow waits until what happened can be read: on PostgreSQL a tailer does not read past a transaction that is open anywhere.
func (w *town) follow(ctx context.Context) (int, error) {
	dbtest.Facts(w, w.DB)
	return w.report.Follow(ctx)
}
