package order

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/packhorse/packhorse/internal/clock"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/db/dbtest"
	"github.com/packhorse/packhorse/internal/fault"
)

// many creates n orders of mixed states, oldest first.
func many(t *testing.T, d *db.DB, n int) (all []*Order) {
	t.Helper()
	do(t, d, func(tx *db.Tx) error {
		all = nil
		for i := range n {
			a := at("", "")
			switch {
			case i%100 == 0:
				a.Review = ReviewHeld
			case i%100 == 1:
			case i%100 == 2:
				a.Review, a.Fulfilment = ReviewPassed, FulfilmentWaiting
			case i%100 == 3:
				a.Review, a.Fulfilment = ReviewHeld, FulfilmentAllocated // stopped in the middle of work: in two queues
			default:
				a.Review, a.Fulfilment = ReviewPassed, FulfilmentShipped
			}
			o := &Order{Channel: []string{"web", "app"}[i%2], Shop: "main", ExternalNo: fmt.Sprint(i), Kind: "normal", PlacedAt: tx.Micros() + int64(i), Axes: a,
				Recipient: Recipient{Name: "Li *", Address: "Road"}, Lines: []Line{{No: 1, SKUID: 1, Quantity: 3, Cancelled: 1}}}
			Create(tx, o)
			all = append(all, o)
		}
		return nil
	})
	return all
}

// pages reads a list to its end and returns it, with the number of pages.
func pages(t *testing.T, d *db.DB, f Filter, limit int) (list []Summary, n int) {
	t.Helper()
	for cursor := int64(0); ; n++ {
		var p Page
		err := d.View(context.Background(), func(tx *db.Tx) (err error) { p, err = List(tx, f, cursor, limit); return err })
		if err != nil || len(p.Orders) > limit || p.Complete != (p.Next == 0) {
			t.Fatalf("%+v: %v", p, err)
		}
		list = append(list, p.Orders...)
		if cursor = p.Next; p.Complete {
			return list, n + 1
		}
	}
}

func TestListsHoldExactlyWhatTheFilterSaysNewestFirst(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		all := many(t, d, 2500)
		noon := dbtest.Noon.UnixMicro()
		for _, c := range []struct {
			filter Filter
			fits   func(o *Order) bool
		}{
			{Filter{}, func(*Order) bool { return true }},
			{Filter{Review: ReviewPending}, func(o *Order) bool { return o.Review == ReviewPending }},
			{Filter{Review: ReviewHeld, Channel: "web"}, func(o *Order) bool { return o.Review == ReviewHeld && o.Channel == "web" }},
			{Filter{Review: ReviewPassed, Delivery: DeliveryNone}, func(o *Order) bool { return o.Review == ReviewPassed }},
			{Filter{Fulfilment: FulfilmentWaiting}, func(o *Order) bool { return o.Fulfilment == FulfilmentWaiting }},
			{Filter{Fulfilment: FulfilmentAllocated, Review: ReviewHeld}, func(o *Order) bool { return o.Fulfilment == FulfilmentAllocated }},
			{Filter{Fulfilment: FulfilmentBackordered}, func(*Order) bool { return false }},
			{Filter{Fulfilment: FulfilmentShipped, Channel: "app", Shop: "main", Kind: "normal", Payment: Unpaid}, func(o *Order) bool { return o.Fulfilment == FulfilmentShipped && o.Channel == "app" }},
			{Filter{Channel: "nowhere"}, func(*Order) bool { return false }},
			{Filter{OpenOnly: true}, func(o *Order) bool { return o.Fulfilment != FulfilmentShipped }},
			{Filter{OpenOnly: true, Channel: "app"}, func(o *Order) bool { return o.Fulfilment != FulfilmentShipped && o.Channel == "app" }},
			{Filter{PlacedFrom: noon + 100, PlacedTo: noon + 200}, func(o *Order) bool { return o.PlacedAt >= noon+100 && o.PlacedAt < noon+200 }},
		} {
			for _, limit := range []int{7, MaxPage} {
				var want []int64
				for _, o := range slices.Backward(all) {
					if c.fits(o) {
						want = append(want, o.ID)
					}
				}
				list, _ := pages(t, d, c.filter, limit)
				got := make([]int64, len(list))
				for i, s := range list {
					got[i] = s.ID
				}
				if !slices.Equal(got, want) {
					t.Errorf("%+v by %d: %d orders, want %d", c.filter, limit, len(got), len(want))
				}
				for _, s := range list {
					if s.LineCount != 1 || s.Units != 2 || s.Recipient != "Li *" {
						t.Fatalf("%+v", s)
					}
				}
			}
		}
		if _, n := pages(t, d, Filter{Channel: "nowhere"}, 50); n != 3 {
			t.Errorf("a filter that nothing passes took %d pages of %d looks over 2500 orders, want 3", n, reach)
		}
	})
}

func TestAListUpToADayHoldsWhatCameInLateToo(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		day := 24 * time.Hour
		var all []*Order
		for i := range 40 {
			do(t, d, func(tx *db.Tx) error {
				placed := tx.Now()
				switch {
				case i%8 == 3:
					placed = placed.Add(-20 * day) // a file of the past
				case i%8 == 5:
					placed = placed.Add(-55 * time.Minute)
				case i%8 == 7:
					placed = placed.Add(-40 * time.Minute)
				case i%8 == 6:
					placed = placed.Add(23 * time.Hour) // the clock of the channel runs ahead
				}
				o := &Order{Channel: "web", ExternalNo: fmt.Sprint(i), Kind: "normal", PlacedAt: placed.UnixMicro(), Axes: at("", "")}
				o.Review, o.Fulfilment = ReviewPassed, FulfilmentShipped
				Create(tx, o)
				all = append(all, o)
				return nil
			})
			d.Clock().Advance(10 * time.Hour)
		}
		for days := 0; days < 24; days += 3 {
			f := Filter{PlacedTo: dbtest.Noon.Add(time.Duration(days) * day).UnixMicro()}
			for _, f.PlacedFrom = range []int64{0, dbtest.Noon.Add(time.Duration(days-4) * day).UnixMicro()} {
				for _, limit := range []int{3, 50} {
					var want, got []string
					for _, o := range slices.Backward(all) {
						if o.PlacedAt < f.PlacedTo && o.PlacedAt >= f.PlacedFrom {
							want = append(want, o.ExternalNo)
						}
					}
					list, _ := pages(t, d, f, limit)
					for _, s := range list {
						got = append(got, s.ExternalNo)
					}
					if !slices.Equal(got, want) {
						t.Fatalf("day %d by %d: %v, want %v", days, limit, got, want)
					}
				}
			}
		}
	})
}

func TestAListOfAStateThatDoesNotExistIsRefused(t *testing.T) {
	d := dbtest.Open(t, dbtest.SQLite(t), clock.Fixed(dbtest.Noon))
	err := d.View(context.Background(), func(tx *db.Tx) error { _, err := List(tx, Filter{Review: "maybe"}, 0, 10); return err })
	if fault.Code(err) != "unknown_value" {
		t.Errorf("got %v", err)
	}
}

func TestViewsAreCountedToAThousand(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		many(t, d, 300)
		count := func() (v Views) {
			if err := d.View(context.Background(), func(tx *db.Tx) (err error) { v, err = Counts(tx); return err }); err != nil {
				t.Fatal(err)
			}
			return v
		}
		if v := count(); v != (Views{Pending: Count{N: 3}, Held: Count{N: 6}, Waiting: Count{N: 3}, Allocated: Count{N: 3}}) {
			t.Errorf("%+v", v)
		}
		do(t, d, func(tx *db.Tx) error {
			for range 1000 {
				Create(tx, &Order{Kind: "normal", Axes: at("", "")})
			}
			return nil
		})
		if v := count(); v.Pending.String() != "1000+" || v.Held.String() != "6" {
			t.Errorf("%+v", v)
		}
	})
}

// plan is how SQLite would run a statement.
func plan(t *testing.T, d *db.DB, text string, args ...any) (out string) {
	t.Helper()
	err := d.View(context.Background(), func(tx *db.Tx) error {
		rows := tx.Query(db.NewSQL("EXPLAIN QUERY PLAN "+text), args...)
		for rows.Next() {
			var id, parent, unused int64
			var detail string
			rows.Scan(&id, &parent, &unused, &detail)
			out += detail + "\n"
		}
		return rows.Close()
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestQueuesAreReadFromTheirIndex(t *testing.T) {
	d := dbtest.Open(t, dbtest.SQLite(t), clock.Fixed(dbtest.Noon))
	cursor := []any{1, 0}
	filter := append(slices.Clone(cursor), "", "", "", "", "", "", "", 0, 0, 10)
	for _, where := range queueConditions() {
		for text, args := range map[string][]any{pageText(where): filter, endText(where): cursor} {
			if p := plan(t, d, text, args...); !strings.Contains(p, " INDEX order_head_") || strings.Contains(p, "SCAN order_head\n") {
				t.Errorf("%s: the index is not used:\n%s", where, p)
			}
		}
	}
	for _, where := range []string{"delivery = 'failed' AND " + ofRoadIndex, "payment = 'unpaid' AND " + ofUnsettledIndex,
		"review = 'rejected' AND " + ofTurnedDownIndex, ofCalledOff, ofUnusual, ofLate} {
		if p := plan(t, d, pageText(where), filter...); !strings.Contains(p, " INDEX order_head_") {
			t.Errorf("%s: the index is not used:\n%s", where, p)
		}
	}
	if p := plan(t, d, openText(), cursor...); strings.Contains(p, "SCAN order_head") || strings.Count(p, " INDEX order_head_") != 6 {
		t.Errorf("the open orders read the table:\n%s", p)
	}
	if p := plan(t, d, viewsText()); strings.Contains(p, "SCAN order_head") {
		t.Errorf("counting reads the table:\n%s", p)
	}
}
