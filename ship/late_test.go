package ship_test

import (
	"context"
	"encoding/json"
	"testing"
	"time"

	server "github.com/packhorse/packhorse/connect/sim/carrier"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/db/dbtest"
	"github.com/packhorse/packhorse/internal/job"
	"github.com/packhorse/packhorse/order"
	"github.com/packhorse/packhorse/pack/packtest"
	"github.com/packhorse/packhorse/ship"
)

// wantDead checks that a carrier holds no live waybill for any shipment of an order.
func (b *bench) wantDead(t *testing.T, c *counted, f *order.Fulfilment) {
	t.Helper()
	for _, sh := range b.shipments(t, f.OrderID) {
		got, live, err := c.Carrier.Find(t.Context(), sh.Name())
		if err != nil || live {
			t.Errorf("the carrier still holds %s for a shipment that is %s: %v", got.Waybill, sh.Status, err)
		}
	}
	if n, _ := b.two(t, countJobs); n != 0 {
		t.Errorf("%d jobs are left", n)
	}
}

func TestAWaybillBookedAfterTheStopWhoseAnswerIsLostIsGivenBack(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		b := newBench(t, d, server.Config{}, server.Config{})
		f := b.packed(t, packtest.Of("MUG"))[0]
		b.label(t, f)
		b.zto.lose = 1
		b.zto.before = func() { // the void looks for the waybill before the carrier has booked it
			if err := b.stop(t, f); err != nil {
				t.Error(err)
			}
			b.meanwhile(t, 5*time.Second)
		}
		b.settle(t)
		if got := b.states(t, f.OrderID); got != "ZTO voided" || b.zto.books != 1 {
			t.Errorf("%s after %d bookings", got, b.zto.books)
		}
		b.wantDead(t, b.zto, f)
	})
}

func TestAWaybillOfTheLastTryThatComesAfterTheStopIsGivenBack(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		b := newBench(t, d, server.Config{}, server.Config{})
		f := b.packed(t, packtest.Of("MUG"))[0]
		b.label(t, f)
		b.zto.unreachable, b.zto.lose = 4, 1
		b.zto.before = func() {
			if err := b.stop(t, f); err != nil {
				t.Error(err)
			}
			b.meanwhile(t, 5*time.Second)
		}
		b.settle(t)
		if got := b.states(t, f.OrderID); got != "ZTO voided" || b.zto.books != 5 {
			t.Errorf("%s after %d bookings", got, b.zto.books)
		}
		b.wantDead(t, b.zto, f)
	})
}

func TestAWaybillThatComesForAShipmentThatHasFailedIsGivenBack(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		b := newBench(t, d, server.Config{}, server.Config{})
		f := b.packed(t, packtest.Of("MUG"))[0]
		b.label(t, f)
		b.zto.before = func() { // the carrier thinks for longer than the lease, and refuses the next who asks
			b.zto.refuse = ship.Refused("no room")
			b.meanwhile(t, time.Hour)
			b.zto.refuse = nil
		}
		b.settle(t)
		if got := b.states(t, f.OrderID); got != "ZTO failed, SF labelled" {
			t.Errorf("%s", got)
		}
		b.wantDead(t, b.zto, f)
	})
}

// stuck is a carrier that gives everybody the same number.
type stuck struct {
	ship.Carrier
	voided int
}

func (s *stuck) Book(context.Context, ship.BookRequest) (ship.Booking, error) {
	return ship.Booking{Waybill: "SAME1"}, nil
}

func (s *stuck) Find(context.Context, string) (ship.Booking, bool, error) {
	return ship.Booking{Waybill: "SAME1"}, true, nil
}

func (s *stuck) Void(context.Context, string) error { s.voided++; return nil }

func TestAWaybillThatIsOnAnotherParcelIsNotGivenBack(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := &stuck{}
		s := newStage(t, d, map[string]ship.Carrier{"ZTO": c})
		list := s.packed(t, packtest.Of("MUG"), packtest.Of("TEE"))
		for _, f := range list {
			if _, err := s.ship.Label(t.Context(), nil, ship.LabelIn{FulfilmentID: f.ID}); err != nil {
				t.Fatal(err)
			}
		}
		s.settle(t)
		states := s.states(t, list[0].OrderID) + ", " + s.states(t, list[1].OrderID)
		if states != "ZTO labelled, ZTO failed" && states != "ZTO failed, ZTO labelled" {
			t.Fatalf("%s", states)
		}
		for _, f := range list { // as after a crash between the outcome and the end of the job
			raw, err := json.Marshal(map[string]int64{"shipment": s.shipments(t, f.OrderID)[0].ID})
			if err != nil {
				t.Fatal(err)
			}
			if err := s.ship.Handlers()["ship.label"](t.Context(), job.Job{Kind: "ship.label", Payload: json.RawMessage(raw), Attempt: 2}); err != nil {
				t.Fatal(err)
			}
		}
		if c.voided != 0 {
			t.Error("the waybill of a parcel that is here was given back")
		}
	})
}
