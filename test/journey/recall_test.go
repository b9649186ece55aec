package journey

import (
	"context"
	"strings"
	"testing"

	"github.com/packhorse/packhorse/aftersales"
	road "github.com/packhorse/packhorse/connect/sim/carrier"
	"github.com/packhorse/packhorse/intake"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/db/dbtest"
	"github.com/packhorse/packhorse/order"
	"github.com/packhorse/packhorse/ship"
)

// A courier takes a parcel along before anybody scans it at the dock, and the shop cancels its order.
func TestWhatACourierTookAlongUnscannedIsNotCancelledAndItsReturnIsExpected(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		account := openAccount(t, d, road.Config{Seed: 5})
		h := found(t, d, map[string]ship.Carrier{"ZTO": account})
		h.furnish()
		h.stock("HZ,A-1,MUG,good,,,10", "HZ,A-2,TEE,good,,,10")
		r := &race{house: h, account: account, no: 1, stage: "collected unscanned", codes: map[string]bool{}}
		r.begin()
		_, number, _ := strings.Cut(rows[string](h, shipmentsFor, r.key)[0], " ")
		r.doc.Cancelled = true
		got, err := r.receive(r.doc)
		if must(h, got, err); got.Outcome != intake.CancelPending {
			t.Errorf("the shop is told %q before the carrier was asked", got.Outcome)
		}
		m, err := h.Ship.HandOver(ctx, nil, ship.HandOverIn{Waybills: []string{number}, Actor: "user:eve"})
		if must(h, m, err); len(m.Refused) != 1 || m.Refused[0].Code != "order.on_hold" {
			t.Errorf("while the carrier is asked the dock gets %+v", m)
		}
		again, err := h.Flow.Cancel(ctx, nil, r.key, "user:ann", "customer")
		if must(h, again, err); !again.Pending {
			t.Errorf("a second cancel: %+v", again)
		}
		r.wait()
		if o := r.order(); o.Fulfilment != order.FulfilmentShipped || o.AfterSale != order.AfterSaleOpen {
			t.Errorf("%+v", o.Axes)
		}
		if a := r.answer(nil); a != "asked, and not done: `cancel.collected`" {
			t.Error(a)
		}
		h.clean("after the cancel that came too late")
		found, err := h.AfterSales.Scan(ctx, nil, number, "user:eve")
		if must(h, found, err); found.State != aftersales.FoundCase || found.New || found.Case.Kind != aftersales.Refused || found.Case.Status != aftersales.Approved {
			t.Errorf("the desk finds %+v", found)
		}
		c, err := h.AfterSales.Receive(ctx, nil, aftersales.ReceiveIn{CaseID: found.Case.ID, Actor: "user:eve"})
		must(h, c, err)
		if o := r.order(); c.Status != aftersales.Received || o.Delivery != order.DeliveryReturned {
			t.Errorf("back: %s, %+v", c.Status, o.Axes)
		}
		h.clean("after it came back")
	})
}
