package order_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/db/dbtest"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/order"
)

func TestAFineIsAtRiskUntilItsDeadlineAndMissedAfterIt(t *testing.T) {
	fines := order.Fines{"webshop": {ShipBy: 500, CollectBy: 300}, "*": {ShipBy: 100}}
	for _, c := range []struct {
		channel                string
		shipBy, collectBy, now int64
		deadline, risk, missed int64
	}{
		{"webshop", 0, 0, 50, 0, 0, 0}, {"webshop", 100, 200, 50, 100, 800, 0}, {"webshop", 100, 200, 150, 100, 300, 500}, {"webshop", 100, 200, 250, 100, 0, 800},
		{"webshop", 300, 200, 50, 200, 800, 0}, {"flagship", 100, 200, 50, 100, 100, 0}, {"flagship", 100, 200, 100, 100, 0, 100},
	} {
		u := fines.UrgencyOf(c.channel, c.shipBy, c.collectBy, c.now)
		if u.Deadline != c.deadline || u.FineAtRisk != c.risk || u.Missed != c.missed {
			t.Errorf("%+v: %+v", c, u)
		}
	}
}

func TestUrgencyIsAnOrderInWhichNobodyStandsTwice(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		one := rapid.Custom(func(t *rapid.T) order.Urgency {
			n := rapid.Int64Range(0, 3)
			return order.Urgency{Order: n.Draw(t, "order"), Deadline: n.Draw(t, "deadline"), FineAtRisk: n.Draw(t, "fine")}
		})
		a, b, c := one.Draw(t, "a"), one.Draw(t, "b"), one.Draw(t, "c")
		sort := rapid.SampledFrom([]string{order.ByDeadline, order.ByFine}).Draw(t, "sort")
		if a.Before(b, sort) != -b.Before(a, sort) {
			t.Fatalf("%+v and %+v", a, b)
		}
		if a.Before(b, sort) <= 0 && b.Before(c, sort) <= 0 && a.Before(c, sort) > 0 {
			t.Fatalf("%+v, %+v, %+v", a, b, c)
		}
	})
}

func TestAQueueIsSortedByWhatItStandsToLose(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		now := dbtest.Noon.UnixMicro()
		hour := int64(3_600_000_000)
		var ids []int64
		update(t, d, func(tx *db.Tx) error {
			for _, x := range []struct {
				channel string
				shipBy  int64
			}{{"dear", now + 5*hour}, {"cheap", now + hour}, {"cheap", 0}, {"dear", now + 2*hour}, {"dear", now - hour}} {
				o := &order.Order{Channel: x.channel, ExternalNo: x.channel + string(rune('a'+len(ids))), Kind: "normal", Currency: "CNY", ShipBy: x.shipBy,
					Axes: order.Axes{Payment: order.Paid, Review: order.ReviewPassed, Fulfilment: order.FulfilmentWaiting, Delivery: order.DeliveryNone, AfterSale: order.AfterSaleNone}}
				order.Create(tx, o)
				ids = append(ids, o.ID)
			}
			return order.Queueing{Sort: order.ByFine, Fines: order.Fines{"dear": {ShipBy: 900}, "*": {ShipBy: 100}}}.Save(tx, "user:ann")
		})
		for sort, want := range map[string][]int{order.ByDeadline: {4, 1, 3, 0, 2}, order.ByFine: {3, 0, 1, 4, 2}} {
			update(t, d, func(tx *db.Tx) error {
				list, err := order.Urgent(tx, order.Filter{Fulfilment: order.FulfilmentWaiting}, sort)
				var got []int
				for _, u := range list {
					got = append(got, slices.Index(ids, u.Order))
				}
				if !slices.Equal(got, want) {
					t.Errorf("%s: %v, want %v", sort, got, want)
				}
				return err
			})
		}
		update(t, d, func(tx *db.Tx) error {
			for code, f := range map[string]order.Filter{"order.no_queue": {Delivery: order.DeliveryInTransit}, "unknown_value": {Review: "odd"}} {
				if _, err := order.Urgent(tx, f, order.ByFine); fault.Code(err) != code {
					t.Errorf("%v, want %s", err, code)
				}
			}
			if _, err := order.Urgent(tx, order.Filter{OpenOnly: true}, "name"); fault.Code(err) != "order.sort" {
				t.Errorf("%v", err)
			}
			if err := (order.Queueing{Sort: order.ByFine, Fines: order.Fines{"x": {ShipBy: -1}}}).Save(tx, "user:ann"); fault.Code(err) != "order.fine" {
				t.Errorf("%v", err)
			}
			return nil
		})
	})
}

func update(t *testing.T, d *db.DB, do func(tx *db.Tx) error) {
	t.Helper()
	if err := d.Update(t.Context(), do); err != nil {
		t.Fatal(err)
	}
}
