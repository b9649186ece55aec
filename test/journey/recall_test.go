package journey

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/packhorse/packhorse/aftersales"
	road "github.com/packhorse/packhorse/connect/sim/carrier"
	"github.com/packhorse/packhorse/flow"
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
		r := labelledForMugs(t, d, "collected unscanned")
		h := r.house
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

// labelledForMugs is an order of two mugs and a shirt whose parcel waits at the dock with a label.
func labelledForMugs(t *testing.T, d *db.DB, stage string) *race {
	account := openAccount(t, d, road.Config{Seed: 5})
	h := found(t, d, map[string]ship.Carrier{"ZTO": account})
	h.furnish()
	h.stock("HZ,A-1,MUG,good,,,10", "HZ,A-2,TEE,good,,,10")
	r := &race{house: h, account: account, no: 1, stage: stage, codes: map[string]bool{}}
	r.begin()
	return r
}

func TestALineOfWhatACourierTookAlongUnscannedStaysOnTheOrder(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		r := labelledForMugs(t, d, "collected unscanned")
		out, err := r.Flow.CancelLine(t.Context(), nil, flow.CancelLine{Order: r.key, Line: 2, Actor: "user:ann"})
		if must(r.house, out, err); !out.Pending || out.Cancelled != 0 {
			t.Errorf("before the carrier was asked: %+v", out)
		}
		r.wait()
		if o := r.order(); o.Fulfilment != order.FulfilmentShipped || o.Lines[1].Wanted() != 1 {
			t.Errorf("%+v, %+v", o.Axes, o.Lines[1])
		}
		if a := r.answer(nil); a != "asked, and not done: `cancel.collected`" {
			t.Error(a)
		}
		r.clean("after the line that came too late")
	})
}

func TestOfSeveralChangesOfALabelledOrderTheLastOneCounts(t *testing.T) {
	for _, stage := range []string{"labelled", "collected unscanned"} {
		t.Run(stage, func(t *testing.T) {
			dbtest.Each(t, func(t *testing.T, d *db.DB) {
				r := labelledForMugs(t, d, stage)
				was := r.order().Recipient.Address
				for _, to := range []string{"文二路 77 号", "文三路 88 号", "文三路 88 号"} {
					r.doc.Address = to
					got, err := r.receive(r.doc)
					if must(r.house, got, err); got.Outcome != intake.AmendPending {
						t.Errorf("%s is %s before the carrier was asked", to, got.Outcome)
					}
				}
				r.wait()
				want := map[string]string{"labelled": "文三路 88 号", "collected unscanned": was}[stage]
				if o := r.order(); o.Recipient.Address != want {
					t.Errorf("the parcel goes to %s, want %s", o.Recipient.Address, want)
				}
				held := view(r.house, func(tx *db.Tx) (map[int64][]*order.Hold, error) { return order.Holds(tx, []int64{r.key}) })[r.key]
				if slices.ContainsFunc(held, (*order.Hold).Live) {
					t.Errorf("%d holds, and one still lies on it", len(held))
				}
				r.clean("after the changes")
			})
		})
	}
}
