package journey

import (
	"context"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	road "github.com/packhorse/packhorse/connect/sim/carrier"
	"github.com/packhorse/packhorse/flow"
	"github.com/packhorse/packhorse/intake"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/db/dbtest"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/id"
	"github.com/packhorse/packhorse/inventory"
	"github.com/packhorse/packhorse/order"
	"github.com/packhorse/packhorse/pack"
	"github.com/packhorse/packhorse/ship"
)

// labelledHouse is the small company with one carrier that can be called, and goods for many orders.
func labelledHouse(t *testing.T, test func(t *testing.T, h *house)) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := found(t, d, map[string]ship.Carrier{"ZTO": openAccount(t, d, road.Config{Seed: 6})})
		h.furnish()
		h.stock("HZ,A-1,MUG,good,,,500", "HZ,A-2,TEE,good,,,500", "HZ,R-1,PEN,good,,,500")
		test(t, h)
	})
}

// begun sells an order and brings it to a stage of the races.
func (h *house) begun(no int, stage string, lines ...intake.Line) *race {
	h.t.Helper()
	return h.begunIn(no, "浙江省", stage, lines...)
}

func (h *house) begunIn(no int, province, stage string, lines ...intake.Line) *race {
	h.t.Helper()
	r := &race{house: h, no: no, stage: stage, codes: map[string]bool{}}
	r.beginWith(province, lines...)
	return r
}

func TestAStopAgainstTheDockHasOneWinner(t *testing.T) {
	labelledHouse(t, func(t *testing.T, h *house) {
		const n = 24
		var list []*race
		var numbers []string
		for i := range n {
			r := h.begun(i, "labelled", item("MUG", 2), item("TEE", 1))
			_, number, _ := strings.Cut(rows[string](h, shipmentsFor, r.key)[0], " ")
			list, numbers = append(list, r), append(numbers, number)
		}
		events := []int{0, 1, 2, 3, 4} // all but the reminder
		var stopped, left [n]atomic.Bool
		together(t, 2*n, func(i int) error {
			at := i / 2
			if i%2 == 0 {
				r := *list[at]
				err := raceEvents[events[at%len(events)]].do(&r)
				stopped[at].Store(err == nil)
				return err
			}
			m, err := h.Ship.HandOver(t.Context(), nil, ship.HandOverIn{Waybills: []string{numbers[at]}, Actor: "user:eve"})
			left[at].Store(len(m.Handed) == 1)
			return err
		})
		h.settle()
		for i := range n {
			if refund := events[i%len(events)] == 2; stopped[i].Load() == left[i].Load() && !(refund && left[i].Load()) {
				t.Errorf("%s: stopped %v and left %v", raceEvents[events[i%len(events)]].name, stopped[i].Load(), left[i].Load())
			}
		}
		h.clean("after the race")
	})
}

func TestWhatIsTooMuchIsTakenOutAndTheRestGoesOn(t *testing.T) {
	for _, stage := range []string{"picked", "packed", "labelled"} {
		t.Run(stage, func(t *testing.T) {
			labelledHouse(t, func(t *testing.T, h *house) {
				ctx := context.Background()
				r := h.begun(1, stage, item("SET", 3), item("TEE", 2))
				out, err := h.Flow.CancelLine(ctx, nil, flow.CancelLine{Order: r.key, Line: 1, Quantity: 2, Reason: "customer", Actor: "user:ann"})
				want := flow.LineCancelled{Order: id.Show(order.Prefix, r.key), Line: 1, Cancelled: 2, Refund: "20.00", Currency: "CNY", Stage: out.Stage,
					Fulfilment: order.FulfilmentAllocated}
				if stage == "labelled" {
					want.Cancelled, want.Refund, want.Pending = 0, "0.00", true
				}
				if must(h, out, err); out != want {
					t.Errorf("%+v", out)
				}
				h.settle() // its carrier is asked
				h.clean("after the cut")
				_, err = h.Pack.Pack(ctx, nil, pack.In{FulfilmentID: r.work, Packer: "user:eve"})
				h.want(order.StopLines, err)
				l, err := h.Flow.LookAt(ctx, nil, flow.ParcelScan{Code: id.Show(order.FulfilmentPrefix, r.work), Actor: "user:eve"})
				if must(h, l, err); l.Go() || l.Stops[0].Params["goods"] != "MUG × 2, PEN × 4" {
					t.Errorf("%+v", l)
				}
				l, err = h.Flow.LookAt(ctx, nil, flow.ParcelScan{Code: id.Show(order.FulfilmentPrefix, r.work), Actor: "user:eve"})
				if must(h, l, err); !l.Go() {
					t.Errorf("told twice: %+v", l)
				}
				packed, err := h.Pack.Pack(ctx, nil, pack.In{FulfilmentID: r.work, Packer: "user:eve"})
				must(h, packed, err)
				_, err = h.Ship.Ship(ctx, nil, ship.In{FulfilmentID: r.work, Carrier: "SF", Waybill: "SF1", Actor: "user:eve"})
				must(h, 0, err)
				if o := r.order(); o.Fulfilment != order.FulfilmentShipped || o.Lines[0].Wanted() != 1 {
					t.Errorf("%+v", o)
				}
				h.clean("after the rest has left")
			})
		})
	}
}

func TestALineIsCancelledAtEveryStageUntilItLeaves(t *testing.T) {
	labelledHouse(t, func(t *testing.T, h *house) {
		for i, stage := range raceStages {
			if stage == "collected unscanned" {
				continue // recall_test.go
			}
			r := h.begun(i, stage, item("MUG", 2), item("TEE", 1))
			out, err := h.Flow.CancelLine(t.Context(), nil, flow.CancelLine{Order: r.key, Line: 2, Actor: "user:ann"})
			if h.settle(); out.Pending != (stage == "labelled") {
				t.Errorf("%s: pending %v", stage, out.Pending)
			}
			if gone := stage == "handed over" || stage == "in transit"; gone != (fault.Code(err) == "cancel.shipped") {
				t.Errorf("%s: %+v, %v", stage, out, err)
			}
			h.clean(stage)
			if err != nil {
				continue
			}
			if o := r.order(); o.Fulfilment != order.FulfilmentAllocated || o.Lines[1].Wanted() != 0 {
				t.Errorf("%s: %+v", stage, o.Axes)
			}
			_, err = h.Flow.CancelLine(t.Context(), nil, flow.CancelLine{Order: r.key, Line: 2, Actor: "user:ann"})
			h.want("cancel.quantity", err)
			_, err = h.Flow.CancelLine(t.Context(), nil, flow.CancelLine{Order: r.key, Line: 7, Actor: "user:ann"})
			h.want("cancel.no_line", err)
			if _, err = h.Flow.CancelLine(t.Context(), nil, flow.CancelLine{Order: r.key, Line: 1, Actor: "user:ann"}); err != nil || r.order().Fulfilment != order.FulfilmentCancelled {
				t.Errorf("%s: the last line: %v, %+v", stage, err, r.order().Axes)
			}
			h.clean(fmt.Sprint(stage, ", and the last line"))
		}
	})
}

func TestOnlyWhatHasNotLeftCanBeTakenOffAnOrderInTwoParcels(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		ctx := t.Context()
		h.stock("HZ,A-1,MUG,good,,,5", "GZ,A-1,TEE,good,,,5")
		key := taken(h, sold(1, "浙江省", item("MUG", 2), item("TEE", 2))).OrderID
		h.settle()
		work := rows[int64](h, workOf, key)
		if len(work) != 2 {
			t.Fatalf("%d fulfilments", len(work))
		}
		first := view(h, func(tx *db.Tx) (map[int64]*order.Fulfilment, error) { return order.Fulfilments(tx, work) })[work[0]]
		h.upTo(work[0], order.Shipped)
		h.upTo(work[1], order.Packed)
		_, err := h.Flow.CancelLine(ctx, nil, flow.CancelLine{Order: key, Line: first.Lines[0].LineNo, Quantity: 1, Actor: "user:ann"})
		h.want("cancel.line_left", err)
		h.clean("after the refusal")
		_, err = h.Flow.CancelLine(ctx, nil, flow.CancelLine{Order: key, Line: 3 - first.Lines[0].LineNo, Quantity: 2, Actor: "user:ann"})
		must(h, 0, err)
		h.clean("after the other parcel was called off")
		_, err = h.Ship.Ship(ctx, nil, ship.In{FulfilmentID: work[1], Carrier: "ZTO", Waybill: "Z9", Actor: "user:eve"})
		h.want(order.StopCancelled, err)
	})
}

func TestATakenBackPartOfAnOrderIsServedAgain(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.stock("HZ,A-1,MUG,good,,,5", "HZ,A-2,TEE,good,,,5", "GZ,A-1,PEN,good,,,5")
		key := taken(h, sold(1, "浙江省", item("MUG", 2), item("TEE", 2), item("PEN", 1))).OrderID
		h.settle()
		for _, f := range rows[int64](h, workOf, key) {
			h.upTo(f, order.Released)
		}
		_, err := h.Flow.CancelLine(t.Context(), nil, flow.CancelLine{Order: key, Line: 1, Quantity: 1, Actor: "user:ann"})
		must(h, 0, err)
		h.clean("after the cut")
		if got := rows[int64](h, promisedFor, key)[0]; got != 4 {
			t.Errorf("%d units are promised, want 4", got)
		}
		_, err = h.Inventory.Do(t.Context(), nil, inventory.Change{Kind: "receipt", SKU: "MUG", Node: "HZ", Location: "A-1", Quantity: 1, Actor: "user:bob"})
		must(h, 0, err)
	})
}

func TestASuspendedAreaIsGoneRoundInBulk(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := t.Context()
		h := found(t, d, map[string]ship.Carrier{"ZTO": openAccount(t, d, road.Config{Seed: 7}), "SF": openAccount(t, d, road.Config{Seed: 8})})
		h.furnish()
		h.stock("HZ,A-1,MUG,good,,,100", "GZ,A-1,MUG,good,,,100")
		labelled, onPaper, promised, elsewhere := h.begun(1, "labelled", item("MUG", 1)), h.begun(2, "labelled", item("MUG", 1)),
			h.begun(3, "allocated", item("MUG", 1)), h.begunIn(4, "广东省", "labelled", item("MUG", 1))
		printed := func(tx *db.Tx, ids []int64) (map[int64]bool, error) {
			found, err := ship.ShipmentsByID(tx, ids)
			out := map[int64]bool{}
			for key, sh := range found {
				out[key] = sh.FulfilmentID == onPaper.work
			}
			return out, err
		}
		out, err := h.Flow.Detour(ctx, "user:ann", printed)
		if must(h, out, err); len(out.Relabel)+len(out.Rerouted)+len(out.Printed)+len(out.Stuck) != 0 {
			t.Errorf("nothing is suspended: %+v", out)
		}
		tomorrow := d.Clock().Now().Add(24 * time.Hour)
		_, err = h.Ship.Suspend(ctx, nil, "user:ann", ship.Stop{Carrier: "ZTO", Suspension: ship.Suspension{Province: "浙江省", From: tomorrow}})
		must(h, 0, err)
		if out, err = h.Flow.Detour(ctx, "user:ann", printed); err != nil || len(out.Relabel) != 0 {
			t.Errorf("it is suspended from tomorrow only: %+v, %v", out, err)
		}
		d.Clock().Advance(24 * time.Hour)
		if out, err = h.Flow.Detour(ctx, "user:ann", printed); err != nil || len(out.Relabel) != 1 || len(out.Printed) != 1 || len(out.Rerouted) != 0 {
			t.Errorf("%+v, %v", out, err)
		}
		labelled.wait()
		for r, want := range map[*race]string{labelled: "voided, labelled", onPaper: "labelled", elsewhere: "labelled", promised: "none"} {
			if got := r.waybill(); got != want {
				t.Errorf("order %d: %s, want %s", r.no, got, want)
			}
		}
		h.clean("after the detour")
		_, err = h.Ship.Suspend(ctx, nil, "user:ann", ship.Stop{Carrier: "SF", Suspension: ship.Suspension{Province: "浙江省"}})
		must(h, 0, err)
		if out, err = h.Flow.Detour(ctx, "user:ann", nil); err != nil || len(out.Stuck) != 3 {
			t.Errorf("nobody goes there: %+v, %v", out, err)
		}
		h.clean("when nobody goes there")
	})
}
