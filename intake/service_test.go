package intake_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/packhorse/packhorse/catalog"
	"github.com/packhorse/packhorse/intake"
	"github.com/packhorse/packhorse/internal/clock"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/db/dbtest"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/order"
)

var ctx = context.Background()

// world is an inbox with two known SKUs, A and B, in front of a flow that the test plays.
type world struct {
	*testing.T
	db    *db.DB
	inbox *intake.Service
	flow  func(*db.Tx, *intake.Amendment) error
	skus  map[string]int64
}

func each(t *testing.T, test func(w *world)) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) { test(newWorld(t, d)) })
}

func newWorld(t *testing.T, d *db.DB) *world {
	w := &world{T: t, db: d, skus: map[string]int64{}}
	w.flow = func(*db.Tx, *intake.Amendment) error { t.Error("flow was asked"); return nil }
	w.inbox = intake.New(d, func(tx *db.Tx, a *intake.Amendment) error { return w.flow(tx, a) })
	goods := catalog.New(d, "CNY")
	for _, code := range []string{"A", "B"} {
		e, err := goods.Save(ctx, nil, "user:test", catalog.Entry{SKU: catalog.SKU{Code: code}})
		if err != nil {
			t.Fatal(err)
		}
		w.skus[code] = e.SKU.ID
	}
	return w
}

// sold is a paid order of two A at 10.00 and one B at 5.00, shipped for 3.00.
func sold(number string, change ...func(*intake.Document)) intake.Input {
	d := intake.Document{Channel: "web", Shop: "main", OrderNo: number, PlacedAt: at, Currency: "CNY", PaymentStatus: "paid", PaidAmount: "28",
		RecipientName: "Li", Address: "1 Road", ShippingFee: "3", Lines: []intake.Line{
			{LineNo: 1, SKU: "A", Quantity: 2, UnitPrice: "10"}, {LineNo: 2, SKU: "B", Quantity: 1, UnitPrice: "5"}}}
	for _, c := range change {
		c(&d)
	}
	return intake.Input{Document: d, Source: intake.SourceWebhook}
}

func unpaid(d *intake.Document)    { d.PaymentStatus, d.PaidAmount = "unpaid", "" }
func cancelled(d *intake.Document) { d.Cancelled = true }
func moved(d *intake.Document)     { d.Address = "2 Street" }

func revision(n int64) func(*intake.Document) {
	return func(d *intake.Document) { d.ExternalRevision = n }
}

// want takes a document in and compares "outcome revision" or the code of the fault.
func (w *world) want(in intake.Input, expected string) intake.Receipt {
	w.Helper()
	r, err := w.inbox.Receive(ctx, nil, in)
	got := fmt.Sprint(r.Outcome, " ", r.Revision)
	if err != nil {
		got = fault.Code(err)
	}
	if got != expected {
		w.Fatalf("got %s (%v), want %s", got, err, expected)
	}
	return r
}

func (w *world) update(fn func(tx *db.Tx) error) {
	w.Helper()
	if err := w.db.Update(ctx, fn); err != nil {
		w.Fatal(err)
	}
}

func (w *world) order(id int64) (o *order.Order) {
	w.Helper()
	w.update(func(tx *db.Tx) error {
		m, err := order.ByIDs(tx, []int64{id})
		o = m[id]
		return err
	})
	if o == nil {
		w.Fatalf("no order %d", id)
	}
	return o
}

// move takes an order to where a later stage would have taken it.
func (w *world) move(id int64, review, fulfilment string) {
	w.Helper()
	w.update(func(tx *db.Tx) error {
		o, err := order.LockOne(tx, id)
		if err != nil {
			return err
		}
		for _, f := range []string{order.FulfilmentWaiting, fulfilment} {
			to := o.Axes
			to.Review, to.Fulfilment = review, f
			if err := order.Move(tx, o, to); err != nil {
				return err
			}
		}
		return nil
	})
}

// timeline lists the kinds of the order's events with their parameters.
func (w *world) timeline(id int64) (list []string) {
	w.Helper()
	w.update(func(tx *db.Tx) error {
		facts, err := tx.Timeline(id, 100)
		list = nil
		for _, f := range facts {
			list = append(list, f.Kind+" "+f.Params)
		}
		return err
	})
	return list
}

func (w *world) told(id int64, last string) {
	w.Helper()
	list := w.timeline(id)
	if len(list) == 0 || !strings.Contains(list[len(list)-1], last) {
		w.Errorf("the timeline ends without %s:\n%s", last, strings.Join(list, "\n"))
	}
}

var selInbox = db.NewSQL(`SELECT revision, outcome, order_id FROM intake_document WHERE external_id = $1 ORDER BY revision`)

// filed lists the outcomes in the inbox under a number.
func (w *world) filed(number string) (list []string) {
	w.Helper()
	w.update(func(tx *db.Tx) error {
		list = nil
		rows := tx.Query(selInbox, number)
		for rows.Next() {
			var revision, id int64
			var outcome string
			rows.Scan(&revision, &outcome, &id)
			list = append(list, fmt.Sprint(revision, outcome))
		}
		return rows.Close()
	})
	return list
}

func (w *world) inboxHolds(number string, expected ...string) {
	w.Helper()
	if got := w.filed(number); !slices.Equal(got, expected) {
		w.Errorf("the inbox holds %v, want %v", got, expected)
	}
}

func TestANewOrderWaitsForReview(t *testing.T) {
	each(t, func(w *world) {
		r := w.want(sold("S-1"), "created 1")
		o := w.order(r.OrderID)
		if o.Axes != (order.Axes{Payment: "paid", Review: "pending", Fulfilment: "none", Delivery: "none", AfterSale: "none"}) {
			w.Errorf("%+v", o.Axes)
		}
		if o.Total != 2800 || o.PaidAmount != 2800 || o.PlacedAt != 1772328600000000 || !o.MaySplit || o.Kind != "normal" || o.ShipBy != 0 ||
			len(o.Lines) != 2 || o.Lines[0].SKUID != w.skus["A"] || o.Lines[1].SKUID != w.skus["B"] {
			w.Errorf("%+v", o)
		}
		w.inboxHolds("S-1", "1created")
		w.told(r.OrderID, `order.received.v1 {"channel":"web","shop":"main","external_no":"S-1","lines":2,"total":2800`)
	})
}

func TestTheSameDocumentAgainWritesNothing(t *testing.T) {
	each(t, func(w *world) {
		first := w.want(sold("S-1"), "created 1")
		again := sold("S-1", func(d *intake.Document) { d.ShippingFee = "3.00"; slices.Reverse(d.Lines) })
		again.Source = intake.SourcePoll
		if r := w.want(again, "unchanged 1"); r.OrderID != first.OrderID {
			w.Errorf("another order: %+v", r)
		}
		w.inboxHolds("S-1", "1created")
		if n := len(w.timeline(first.OrderID)); n != 1 {
			w.Errorf("%d events", n)
		}
		w.want(sold("S-1", func(d *intake.Document) { d.Shop = "other" }), "created 1")
	})
}

func TestOneBatchMayNameAnOrderSeveralTimes(t *testing.T) {
	each(t, func(w *world) {
		results := w.inbox.ReceiveAll(ctx, []intake.Input{sold("S-1", unpaid), sold("S-2"), sold("S-1", unpaid), sold("S-1"), sold("S-2", cancelled), sold("S-1", moved)})
		want := []string{"created 1", "created 1", "unchanged 1", "amended 2", "cancelled 2", "amended 3"}
		for i, r := range results {
			if got := fmt.Sprint(r.Out.Outcome, " ", r.Out.Revision); got != want[i] || r.Err != nil {
				w.Errorf("document %d: %s, %v; want %s", i, got, r.Err, want[i])
			}
		}
		if o := w.order(results[0].Out.OrderID); o.Payment != "paid" || o.Recipient.Address != "2 Street" {
			w.Errorf("%+v", o)
		}
	})
}

func TestAnOlderRevisionIsStaleAndKept(t *testing.T) {
	each(t, func(w *world) {
		w.want(sold("S-1", revision(2)), "created 1")
		w.want(sold("S-1", revision(5), moved), "amended 2")
		w.want(sold("S-1", revision(2)), "intake.stale_revision")
		w.want(sold("S-1", revision(2)), "intake.stale_revision")
		w.inboxHolds("S-1", "1created", "2amended", "3refused")
		w.want(sold("S-1", revision(5), moved), "unchanged 2")
		r := w.want(sold("S-1", revision(7), moved), "unchanged 4") // says nothing new, but what is older than 7 is stale now
		w.want(sold("S-1", revision(6)), "intake.stale_revision")
		w.want(sold("S-1", moved), "unchanged 4")
		w.want(sold("S-1", revision(8)), "amended 5") // refused as 2 and 6 before, and now the newest
		if o := w.order(r.OrderID); o.Recipient.Address != "1 Road" {
			w.Errorf("%+v", o.Recipient)
		}
	})
}

// A file has no revision. What it says stays until the channel says something new.
func TestARevisionThatComesAgainTakesNoFileBack(t *testing.T) {
	each(t, func(w *world) {
		corrected := sold("S-1", moved)
		corrected.Source = intake.SourceFile
		w.want(sold("S-1", revision(3)), "created 1")
		w.want(corrected, "amended 2")
		w.want(sold("S-1", revision(2)), "intake.stale_revision")
		r := w.want(sold("S-1", revision(3)), "unchanged 2")
		if o := w.order(r.OrderID); o.Recipient.Address != "2 Street" {
			w.Errorf("the message that came twice took the file back: %+v", o.Recipient)
		}
		w.inboxHolds("S-1", "1created", "2amended", "3refused")
		w.want(sold("S-1", revision(3), unpaid), "order.state") // the same number, and other words
		w.want(sold("S-1", revision(4)), "amended 5")
		w.want(sold("S-1", revision(3), moved), "intake.stale_revision")
	})
}

func TestABadDocumentIsKeptAndAGoodOneComesThrough(t *testing.T) {
	each(t, func(w *world) {
		bad := func(d *intake.Document) { d.Lines[0].Quantity = 0 }
		w.want(sold("S-1", bad), "intake.quantity")
		w.want(sold("S-1", bad), "intake.quantity")
		w.inboxHolds("S-1", "1refused")
		w.want(sold("S-1"), "created 2")
		w.want(sold("S-1"), "unchanged 2")
		w.want(sold("S-1", bad), "intake.quantity")
		w.want(sold(""), "intake.required")
		w.want(sold("S\x00", bad), "invalid")
		raw := sold("S-2")
		raw.Raw = "{\"gift_card\":\"\xff\"}"
		w.want(raw, "created 1")
	})
}

func TestAnUnknownSKUGoesInUnmapped(t *testing.T) {
	each(t, func(w *world) {
		r := w.want(sold("S-1", func(d *intake.Document) { d.Lines[0].SKU = "nobody" }), "created 1")
		if o := w.order(r.OrderID); o.Lines[0].SKUID != 0 || o.Lines[0].SKU != "nobody" || o.Lines[1].SKUID != w.skus["B"] {
			w.Errorf("%+v", o.Lines)
		}
	})
}

func TestPaymentIsReadFromTheAmountWhereTheChannelDoesNotSay(t *testing.T) {
	w := newWorld(t, dbtest.Open(t, dbtest.SQLite(t), clock.Fixed(dbtest.Noon)))
	cases := []struct{ status, amount, payment, booked string }{
		{"", "28", "paid", "2800"}, {"", "30", "paid", "3000"}, {"", "27.99", "unpaid", "2799"}, {"", "", "unpaid", "0"},
		{"paid", "", "paid", "2800"}, {"paid", "0", "paid", "0"}, {"authorized", "", "authorized", "0"}, {"unpaid", "28", "unpaid", "2800"},
	}
	for i, c := range cases {
		r := w.want(sold(fmt.Sprint("S-", i), func(d *intake.Document) { d.PaymentStatus, d.PaidAmount = c.status, intake.Decimal(c.amount) }), "created 1")
		if o := w.order(r.OrderID); o.Payment != c.payment || fmt.Sprint(o.PaidAmount) != c.booked {
			t.Errorf("%+v: %s, %d", c, o.Payment, o.PaidAmount)
		}
	}
	free := sold("free", func(d *intake.Document) {
		d.PaymentStatus, d.PaidAmount, d.ShippingFee = "", "", ""
		d.Lines[0].UnitPrice, d.Lines[1].UnitPrice = "0", "0"
	})
	if o := w.order(w.want(free, "created 1").OrderID); o.Payment != "unpaid" {
		t.Errorf("nothing to pay is %s", o.Payment)
	}
}

func TestFiveHundredOrdersAtOnce(t *testing.T) {
	each(t, func(w *world) {
		var all sync.WaitGroup
		for i := range 500 {
			all.Go(func() {
				if r, err := w.inbox.Receive(ctx, nil, sold(fmt.Sprint("S-", i))); err != nil || r.Outcome != intake.Created {
					w.Errorf("%d: %+v, %v", i, r, err)
				}
			})
		}
		all.Wait()
	})
}

func TestRacingDuplicatesMakeOneOrder(t *testing.T) {
	test := func(w *world, inboxes []*intake.Service) {
		const numbers, senders = 20, 16
		var all sync.WaitGroup
		var mu sync.Mutex
		created, orders := 0, map[string]map[int64]bool{}
		for s := range senders {
			all.Go(func() {
				for i := range numbers {
					number := fmt.Sprint("S-", (i*(s%3*2+1)+s)%numbers) // each in an order of its own
					r, err := inboxes[s%len(inboxes)].Receive(ctx, nil, sold(number))
					if err != nil {
						w.Errorf("%s: %v", number, err)
					}
					mu.Lock()
					if orders[number] == nil {
						orders[number] = map[int64]bool{}
					}
					orders[number][r.OrderID] = true
					if r.Outcome == intake.Created {
						created++
					}
					mu.Unlock()
				}
			})
		}
		all.Wait()
		if created != len(orders) {
			w.Errorf("%d orders were made of %d numbers", created, len(orders))
		}
		for number, ids := range orders {
			if len(ids) != 1 {
				w.Errorf("%s is %d orders", number, len(ids))
			}
			w.inboxHolds(number, "1created")
		}
	}
	each(t, func(w *world) { test(w, []*intake.Service{w.inbox}) })
	t.Run("several processes", func(t *testing.T) {
		each(t, func(w *world) {
			test(w, []*intake.Service{w.inbox, intake.New(w.db, nil), intake.New(w.db, nil), intake.New(w.db, nil)})
		})
	})
}

func TestARepeatedKeyGetsTheFirstAnswer(t *testing.T) {
	each(t, func(w *world) {
		first, err := w.inbox.Receive(ctx, &db.Once{Key: "k", Hash: "h"}, sold("S-1"))
		if err != nil {
			w.Fatal(err)
		}
		once := &db.Once{Key: "k", Hash: "h"}
		if again, err := w.inbox.Receive(ctx, once, sold("S-1")); err != nil || again != first || !once.Replayed {
			w.Errorf("%+v, %v, replayed %v", again, err, once.Replayed)
		}
		if _, err := w.inbox.Receive(ctx, &db.Once{Key: "k", Hash: "other"}, sold("S-2")); fault.Code(err) != "idempotency.other_request" {
			w.Error(err)
		}
	})
}
