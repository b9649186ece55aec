package order

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/packhorse/packhorse/internal/clock"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/db/dbtest"
	"github.com/packhorse/packhorse/internal/fault"
)

func TestAFineIsAtRiskUntilItsDeadlineAndMissedAfterIt(t *testing.T) {
	fines := Fines{"webshop": {ShipBy: 500, CollectBy: 300}, "*": {ShipBy: 100}}
	for _, c := range []struct {
		channel                      string
		shipBy, collectBy, now       int64
		deadline, risk, missed, next int64
	}{
		{"webshop", 0, 0, 50, 0, 0, 0, 0}, {"webshop", 100, 200, 50, 100, 800, 0, 100}, {"webshop", 100, 200, 150, 100, 300, 500, 200},
		{"webshop", 100, 200, 250, 100, 0, 800, 0}, {"webshop", 300, 200, 50, 200, 800, 0, 200}, {"flagship", 100, 200, 50, 100, 100, 0, 100},
		{"flagship", 100, 200, 100, 100, 0, 100, 0},
	} {
		u := fines.UrgencyOf(c.channel, c.shipBy, c.collectBy, 7, c.now)
		if want := (Urgency{7, c.deadline, c.risk, c.missed, c.next}); u != want {
			t.Errorf("%+v: %+v", c, u)
		}
	}
}

func TestARankSaysWhatTheUrgencySaid(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		one := rapid.Custom(func(t *rapid.T) Urgency {
			n := rapid.OneOf(rapid.Int64Range(0, 3), rapid.Int64Range(0, most-1))
			return Urgency{Priority: rapid.Int64Range(leastPriority-9, mostPriority+9).Draw(t, "priority"), Deadline: n.Draw(t, "deadline"), FineAtRisk: n.Draw(t, "fine")}
		})
		a, b := one.Draw(t, "a"), one.Draw(t, "b")
		r := a.Rank()
		if r.Deadline() != a.Deadline || r.FineAtRisk() != a.FineAtRisk || r.Due < 0 || r.Fine < 0 {
			t.Fatalf("%+v: %+v, deadline %d, fine %d", a, r, r.Deadline(), r.FineAtRisk())
		}
		s := b.Rank()
		switch first, second := min(max(a.Priority, leastPriority), mostPriority), min(max(b.Priority, leastPriority), mostPriority); {
		case first > second && (r.Due >= s.Due || r.Fine >= s.Fine):
			t.Fatalf("%+v does not go before %+v", a, b)
		case first == second && (a.Deadline != 0 && a.Deadline < b.Deadline && r.Due >= s.Due || a.FineAtRisk > b.FineAtRisk && r.Fine >= s.Fine):
			t.Fatalf("%+v does not go before %+v", a, b)
		}
	})
}

// sorted reads a sorted queue to its end, page by page.
func sorted(t *testing.T, d *db.DB, f Filter, sort string, limit int) (ids []int64) {
	t.Helper()
	for after := (Place{}); ; {
		var p Sorted
		err := d.View(context.Background(), func(tx *db.Tx) (err error) { p, err = Urgent(tx, f, sort, after, limit); return err })
		if err != nil || len(p.Orders) > limit {
			t.Fatalf("%d orders, %v", len(p.Orders), err)
		}
		for _, o := range p.Orders {
			ids = append(ids, o.ID)
		}
		if after = p.Next; p.Complete {
			return ids
		}
	}
}

const hour = int64(3_600_000_000)

func TestEveryQueueIsReadToItsEndByWhatItStandsToLose(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		r, now := rand.New(rand.NewPCG(5, 5)), dbtest.Noon.UnixMicro()
		var all []*Order
		do(t, d, func(tx *db.Tx) error {
			return Queueing{Sort: ByFine, Fines: Fines{"dear": {ShipBy: 900, CollectBy: 50}, "*": {ShipBy: 100}}}.Save(tx, "user:ann")
		})
		do(t, d, func(tx *db.Tx) error {
			for i := range 3000 {
				a := at("review", ReviewPassed)
				a.Fulfilment = []string{FulfilmentWaiting, FulfilmentAllocated, FulfilmentShipped, FulfilmentWaiting}[r.IntN(4)]
				if i%7 == 0 {
					a.Review = ReviewHeld // also one that stands in two queues
				}
				o := &Order{Channel: []string{"dear", "cheap", "rare"}[min(r.IntN(40), 2)], ExternalNo: fmt.Sprint(i), Kind: "normal", Currency: "CNY", Priority: int64(max(r.IntN(30)-27, 0)),
					ShipBy: []int64{0, now + int64(r.IntN(20)-5)*hour}[r.IntN(2)], CollectBy: []int64{0, now + int64(r.IntN(9)-3)*hour}[r.IntN(2)], Axes: a}
				if err := Create(tx, o); err != nil {
					return err
				}
				all = append(all, o)
			}
			return nil
		})
		for _, c := range []struct {
			f    Filter
			fits func(o *Order) bool
		}{
			{Filter{OpenOnly: true}, func(o *Order) bool { return o.Waits() }},
			{Filter{Fulfilment: FulfilmentWaiting}, func(o *Order) bool { return o.Fulfilment == FulfilmentWaiting }},
			{Filter{Review: ReviewHeld, Channel: "dear"}, func(o *Order) bool { return o.Review == ReviewHeld && o.Channel == "dear" }},
			{Filter{OpenOnly: true, Channel: "nowhere"}, func(*Order) bool { return false }},
		} {
			for _, sort := range []string{ByDeadline, ByFine} {
				var want []Place
				for _, o := range all {
					if c.fits(o) {
						want = append(want, Place{o.Rank, o.ID})
					}
				}
				slices.SortFunc(want, func(a, b Place) int { return a.compare(b, sort) })
				for _, limit := range []int{17, MaxPage} {
					if got := sorted(t, d, c.f, sort, limit); !slices.EqualFunc(got, want, func(id int64, p Place) bool { return id == p.ID }) {
						t.Errorf("%+v by %s, %d at a time: %d orders, want %d", c.f, sort, limit, len(got), len(want))
					}
				}
			}
		}
	})
}

func TestWhatOnlyWaitsCanBeSorted(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		do(t, d, func(tx *db.Tx) error {
			for code, f := range map[string]Filter{"order.no_queue": {Delivery: DeliveryInTransit}, "unknown_value": {Review: "odd"}} {
				if _, err := Urgent(tx, f, ByFine, Place{}, 10); fault.Code(err) != code {
					t.Errorf("%v, want %s", err, code)
				}
			}
			if _, err := Urgent(tx, Filter{OpenOnly: true}, "name", Place{}, 10); fault.Code(err) != "order.sort" {
				t.Errorf("%v", err)
			}
			if _, err := InWork(tx, []int64{1}, Work, "name", Place{}, 10); fault.Code(err) != "order.sort" {
				t.Errorf("%v", err)
			}
			if err := (Queueing{Sort: ByFine, Fines: Fines{"x": {ShipBy: -1}}}).Save(tx, "user:ann"); fault.Code(err) != "order.fine" {
				t.Errorf("%v", err)
			}
			return nil
		})
	})
}

// settle weighs until nothing is left to weigh.
func settle(t *testing.T, d *db.DB) (n int) {
	t.Helper()
	for {
		var done int
		do(t, d, func(tx *db.Tx) (err error) { done, err = Weigh(tx); return err })
		if n += done; done == 0 {
			return n
		}
	}
}

func TestAQueueFollowsTheClockTheFinesAndTheOrder(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		now := d.Clock().Now().UnixMicro()
		var o, calm *Order
		var f Fulfilment
		do(t, d, func(tx *db.Tx) error {
			return Queueing{Sort: ByFine, Fines: Fines{"*": {ShipBy: 100, CollectBy: 40}}}.Save(tx, "user:ann")
		})
		do(t, d, func(tx *db.Tx) error {
			a := at("review", ReviewPassed)
			a.Fulfilment = FulfilmentAllocated
			o = &Order{Channel: "web", ExternalNo: "1", Kind: "normal", ShipBy: now + hour, CollectBy: now + 2*hour, Axes: a}
			calm = &Order{Channel: "web", ExternalNo: "2", Kind: "normal", ShipBy: now + 9*hour, Axes: a}
			if err := Create(tx, o); err != nil {
				return err
			}
			f = Fulfilment{OrderID: o.ID, NodeID: 1, Status: Allocated, Rank: o.Rank}
			AddFulfilment(tx, &f)
			return Create(tx, calm)
		})
		settle(t, d)
		expect := func(when string, fine int64, first *Order) {
			t.Helper()
			if n := settle(t, d); n > 2*2 {
				t.Errorf("%s: %d orders were weighed", when, n)
			}
			if got := sorted(t, d, Filter{OpenOnly: true}, ByFine, 10); got[0] != first.ID {
				t.Errorf("%s: %v, want %d first", when, got, first.ID)
			}
			do(t, d, func(tx *db.Tx) error {
				orders, err := ByIDs(tx, []int64{o.ID})
				if err != nil {
					return err
				}
				parts, err := Fulfilments(tx, []int64{f.ID})
				if got := orders[o.ID].Rank; err != nil || got.FineAtRisk() != fine || got != parts[f.ID].Rank {
					t.Errorf("%s: %d at risk, want %d; its fulfilment %+v, %v", when, got.FineAtRisk(), fine, parts[f.ID].Rank, err)
				}
				return nil
			})
		}
		expect("at first", 140, o)
		d.Clock().Advance(90 * time.Minute)
		expect("after its ship-by", 40, calm)
		d.Clock().Advance(time.Hour)
		expect("after both", 0, calm)
		do(t, d, func(tx *db.Tx) error {
			locked, err := LockOne(tx, o.ID)
			if err != nil {
				return err
			}
			locked.ShipBy = tx.Micros() + hour
			return SaveContent(tx, locked)
		})
		expect("with a new ship-by", 100, o)
		do(t, d, func(tx *db.Tx) error {
			return Queueing{Sort: ByFine, Fines: Fines{"*": {ShipBy: 7}}}.Save(tx, "user:ann")
		})
		expect("with other fines", 7, o)
		do(t, d, func(tx *db.Tx) error {
			locked, err := LockOne(tx, calm.ID)
			if err != nil {
				return err
			}
			locked.Priority = 5
			return SaveContent(tx, locked)
		})
		expect("behind one with priority", 7, calm)
	})
}

func TestWhatWaitedBeforeThereWereRanksIsWeighedAfterTheUpgrade(t *testing.T) {
	o := dbtest.SQLite(t)
	o.Only = db.Migrations(db.Company)[:9] // those before 0010_queues
	old := dbtest.Open(t, o, clock.Fixed(dbtest.Noon))
	now := dbtest.Noon.UnixMicro()
	do(t, old, func(tx *db.Tx) error {
		for id, by := range map[int64]int64{101: 9, 102: 1, 103: 5} {
			if _, err := tx.Exec(insertOld, id, fmt.Sprint(id), now+by*hour); err != nil {
				return err
			}
		}
		return nil
	})
	if err := old.Close(); err != nil {
		t.Fatal(err)
	}
	o.Only = nil
	d := dbtest.Open(t, o, clock.Fixed(dbtest.Noon))
	if n := settle(t, d); n != 3 {
		t.Errorf("%d orders were weighed", n)
	}
	if got := sorted(t, d, Filter{OpenOnly: true}, ByDeadline, 10); !slices.Equal(got, []int64{102, 103, 101}) {
		t.Errorf("%v", got)
	}
}

var insertOld = db.NewSQL(`INSERT INTO order_head VALUES ($1, 'web', '', $2, 'normal', 0, 'CNY', 0, 0, 0, 'paid', 0, 0, '', '', '', '', '', '', $3, 0, 0, TRUE, 0, '',
  'passed', 'waiting', 'none', 'none', 1, 1)`)
