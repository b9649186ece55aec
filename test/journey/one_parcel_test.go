package journey

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/id"
	"github.com/packhorse/packhorse/order"
	"github.com/packhorse/packhorse/pack"
	"github.com/packhorse/packhorse/pick"
	"github.com/packhorse/packhorse/ship"
	"github.com/packhorse/packhorse/track"
	"github.com/packhorse/packhorse/wave"
)

// bundle is several orders of one customer at one warehouse, as fulfilments, and their ids.
type bundle struct {
	*house
	orders, work []int64
}

// sameDoor sells n orders to one customer and lets them be promised.
func (h *house) sameDoor(first, n int) *bundle {
	h.t.Helper()
	b := &bundle{house: h}
	for i := range n {
		doc := sold(first, "浙江省", item([]string{"MUG", "TEE", "PEN"}[i%3], int64(i+1)))
		doc.OrderNo = fmt.Sprintf("W-%04d-%d", first, i)
		got, err := h.receive(doc)
		b.orders = append(b.orders, must(h, got, err).OrderID)
	}
	h.settle()
	for _, key := range b.orders {
		b.work = append(b.work, view(h, func(tx *db.Tx) (map[int64][]*order.Fulfilment, error) { return order.FulfilmentsOf(tx, []int64{key}) })[key][0].ID)
	}
	return b
}

func (b *bundle) bind() *order.Bond {
	b.t.Helper()
	out, err := b.Flow.Together(b.t.(*testing.T).Context(), nil, [][]int64{b.work}, "user:ann")
	if must(b.house, out, err); out[0].Refused != nil {
		b.t.Fatalf("%v", out[0].Refused)
	}
	return out[0].Bond
}

func (b *bundle) states() string {
	var list []string
	fs := view(b.house, func(tx *db.Tx) (map[int64]*order.Fulfilment, error) { return order.Fulfilments(tx, b.work) })
	for _, key := range b.work {
		list = append(list, fs[key].Status)
	}
	return strings.Join(list, " ")
}

func (b *bundle) deliveries() string {
	var list []string
	heads := view(b.house, func(tx *db.Tx) (map[int64]*order.Order, error) { return order.ByIDs(tx, b.orders) })
	for _, key := range b.orders {
		list = append(list, heads[key].Delivery)
	}
	return strings.Join(list, " ")
}

func (b *bundle) pickAll(keys ...int64) {
	b.t.Helper()
	for _, f := range keys {
		_, err := b.Pick.Confirm(b.t.(*testing.T).Context(), nil, pick.ConfirmIn{FulfilmentID: f, Picker: "bob"})
		must(b.house, 0, err)
	}
}

func (b *bundle) pack(f int64, without bool) (pack.Out, error) {
	return b.Pack.Pack(b.t.(*testing.T).Context(), nil, pack.In{FulfilmentID: f, Packer: "user:eve", Without: without})
}

// waybills are the numbers of the live or gone shipments of the orders, and what they cost, one by order.
func (b *bundle) waybills() (numbers []string, costs int64) {
	all := view(b.house, func(tx *db.Tx) (map[int64][]*ship.Shipment, error) { return ship.ShipmentsOf(tx, b.orders) })
	for _, key := range b.orders {
		for _, sh := range all[key] {
			if sh.Live() || sh.Gone() {
				numbers = append(numbers, sh.Waybill)
				costs += sh.Cost
			}
		}
	}
	return numbers, costs
}

// released brings all of them through one wave that was asked for one of them.
func (b *bundle) released() {
	b.t.Helper()
	w, err := b.Pick.ReleaseWave(b.t.(*testing.T).Context(), nil, pick.WaveIn{Fulfilments: b.work[:1], Method: wave.Discrete, Actor: "user:bob"})
	if must(b.house, w, err); len(w.Released) != len(b.work) {
		b.t.Fatalf("a wave took %d of %d that go into one parcel", len(w.Released), len(b.work))
	}
}

// labelled brings all of them into one parcel with a waybill.
func (b *bundle) labelled() {
	b.t.Helper()
	b.released()
	b.pickAll(b.work...)
	_, err := b.pack(b.work[1], false)
	must(b.house, 0, err)
	_, err = b.Ship.Label(b.t.(*testing.T).Context(), nil, ship.LabelIn{FulfilmentID: b.work[2], Carrier: "ZTO", Actor: "user:eve"})
	must(b.house, 0, err)
	b.settle()
}

func TestThreeOrdersOfOneCustomerTravelInOneParcelToTheDoor(t *testing.T) {
	labelledHouse(t, func(t *testing.T, h *house) {
		b := h.sameDoor(1, 3)
		bond := b.bind()
		if bond.Saves() <= 0 || bond.Members[0].Fulfilment != b.work[0] || !bond.Open() {
			t.Errorf("%+v saves %d", bond, bond.Saves())
		}
		b.released()
		b.pickAll(b.work[0], b.work[2])
		_, err := b.pack(b.work[2], false)
		h.want("pack.together_waiting", err)
		if f, ok := fault.As(err); !ok || f.Params["fulfilments"] != id.Show(order.FulfilmentPrefix, b.work[1]) {
			t.Errorf("the packer is not told what is missing: %v", err)
		}
		b.pickAll(b.work[1])
		_, err = h.Pack.Pack(t.Context(), nil, pack.In{FulfilmentID: b.work[2], Parcels: []pack.ParcelIn{{}, {}}})
		h.want("pack.together_one", err)
		_, err = h.Pack.Pack(t.Context(), nil, pack.In{FulfilmentID: b.work[2], Scans: []string{"PEN", "PEN", "PEN"}})
		h.want("pack.content_differs", err)
		out, err := h.Pack.Pack(t.Context(), nil, pack.In{FulfilmentID: b.work[2], Packer: "user:eve", Scans: []string{"PEN", "TEE", "PEN", "MUG", "TEE", "PEN"}})
		if must(h, out, err); len(out.Parcels) != 3 || out.Parcels[0].FulfilmentID != b.work[0] || out.Parcels[0].WeightG == 0 || out.Parcels[1].InsideID != out.Parcels[0].ID || out.Parcels[2].WeightG != 0 {
			t.Fatalf("%+v", out.Parcels)
		}
		h.clean("packed")

		for _, f := range []int64{b.work[1], b.work[0], b.work[2]} {
			_, err := h.Ship.Label(t.Context(), nil, ship.LabelIn{FulfilmentID: f, Carrier: "ZTO", Actor: "user:eve"})
			if err != nil && f != b.work[0] {
				t.Errorf("a label asked for by another of the parcel: %v", err)
			}
		}
		h.settle()
		numbers, costs := b.waybills()
		if len(numbers) != 3 || numbers[0] == "" || numbers[1] != numbers[0] || numbers[2] != numbers[0] {
			t.Fatalf("waybills %v", numbers)
		}
		lanes := view(h, func(tx *db.Tx) (n int64, err error) {
			list, err := ship.LanesAtDock(tx, whereOf(h, b.work[0]))
			for _, l := range list {
				n += l.Parcels
			}
			return n, err
		})
		booked := rows[int64](h, db.NewSQL(`SELECT count(*) FROM ship_shipment WHERE with_id = 0`))[0]
		if booked != 1 || lanes != 1 || costs == 0 {
			t.Errorf("%d bookings, %d parcels at the dock, for %d", booked, lanes, costs)
		}
		h.clean("labelled")
		m, err := h.Ship.HandOver(t.Context(), nil, ship.HandOverIn{Waybills: numbers[:1], Fulfilments: b.work, Actor: "user:eve"})
		if must(h, m, err); len(m.Handed) != 1 || len(m.Refused) != 0 || m.Papers[0].Parcels != 1 {
			t.Errorf("%+v", m)
		}
		if s := b.states(); s != "shipped shipped shipped" {
			t.Error(s)
		}
		h.clean("handed over")
		_, err = h.Track.Receive(t.Context(), nil, track.In{Carrier: "ZTO", Waybill: numbers[0], Scans: []ship.Scan{{At: h.DB.Clock().Now().Add(time.Hour), Code: "301", Text: "签收"}}})
		must(h, 0, err)
		if s := b.deliveries(); s != "delivered delivered delivered" {
			t.Error(s)
		}
		for _, key := range b.orders {
			told := rows[string](h, db.NewSQL(`SELECT kind FROM event WHERE order_id = $1 AND kind IN ('order.together.v1', 'ship.labelled.v1', 'ship.handed_over.v1', 'order.delivered.v1') ORDER BY id`), key)
			if len(told) != 4 {
				t.Errorf("the timeline of %d tells %v", key, told)
			}
		}
		saved := view(h, func(tx *db.Tx) (map[int64]order.TogetherSaving, error) {
			return order.TogetherSavings(tx, tx.Micros()-int64(24*time.Hour/time.Microsecond), tx.Micros()+1_000_000)
		})[whereOf(h, b.work[0])]
		if saved.Parcels != 1 || saved.Orders != 3 || saved.Apart-saved.Together != bond.Saves() {
			t.Errorf("told as saved: %+v", saved)
		}
		back, err := h.AfterSales.Scan(t.Context(), nil, numbers[0], "user:eve")
		must(h, back, err)
		h.clean("delivered")
	})
}

func whereOf(h *house, f int64) int64 {
	return view(h, func(tx *db.Tx) (map[int64]*order.Fulfilment, error) { return order.Fulfilments(tx, []int64{f}) })[f].NodeID
}

func TestOneThatDropsOutBeforePackingLeavesTheOthersTogether(t *testing.T) {
	labelledHouse(t, func(t *testing.T, h *house) {
		b := h.sameDoor(1, 3)
		b.bind()
		if _, err := h.Flow.Cancel(t.Context(), nil, b.orders[0], "user:ann", "customer"); err != nil {
			t.Fatal(err)
		}
		bonds := view(h, func(tx *db.Tx) (map[int64]*order.Bond, error) { return order.BondsOf(tx, b.work) })
		if bonds[b.work[0]] != nil || bonds[b.work[1]] == nil || len(bonds[b.work[1]].Members) != 2 {
			t.Errorf("%+v", bonds)
		}
		h.clean("one is cancelled")
		if _, err := h.Review.Stop(t.Context(), nil, "user:ann", order.Hold{OrderID: b.orders[1], Reason: "order.hold.manual", Owner: "reviewer"}); err != nil {
			t.Fatal(err)
		}
		if left := view(h, func(tx *db.Tx) (map[int64]*order.Bond, error) { return order.BondsOf(tx, b.work) }); len(left) != 0 {
			t.Errorf("a bond of one: %+v", left)
		}
		h.clean("one is held")

		c := h.sameDoor(2, 3)
		c.bind()
		c.released()
		c.pickAll(c.work[:2]...)
		if _, err := c.pack(c.work[0], true); err != nil {
			t.Fatal(err)
		}
		if s := c.states(); s != "packed packed released" {
			t.Error(s)
		}
		h.clean("packed without one")
		c.pickAll(c.work[2])
		out, err := c.pack(c.work[2], false)
		if must(h, out, err); len(out.Parcels) != 1 || out.Parcels[0].InsideID != 0 {
			t.Errorf("%+v", out)
		}
		h.clean("and that one by itself")
	})
}

func TestACancelOfOneOpensTheParcelAndTheOthersArePackedAgain(t *testing.T) {
	for at, name := range []string{"the one that leads", "one that lies in it"} {
		t.Run(name, func(t *testing.T) {
			labelledHouse(t, func(t *testing.T, h *house) {
				b := h.sameDoor(1, 3)
				b.bind()
				b.labelled()
				was, _ := b.waybills()
				h.clean("labelled")
				if out, err := h.Flow.Cancel(t.Context(), nil, b.orders[at], "user:ann", "customer"); err != nil || !out.Pending {
					t.Fatal(out, err)
				}
				m, err := h.Ship.HandOver(t.Context(), nil, ship.HandOverIn{Waybills: was[:1], Actor: "user:eve"})
				if must(h, m, err); len(m.Handed) != 0 {
					t.Errorf("it leaves while its carrier is asked: %+v", m)
				}
				h.settle()
				want := []string{"picked", "picked", "picked"}
				want[at] = "cancelled"
				if s := b.states(); s != strings.Join(want, " ") {
					t.Error(s)
				}
				h.clean("cancelled")
				if m, err = h.Ship.HandOver(t.Context(), nil, ship.HandOverIn{Waybills: was[:1], Actor: "user:eve"}); err != nil || len(m.Refused) != 1 || !strings.HasPrefix(m.Refused[0].Code, "stop.") {
					t.Errorf("the old label at the dock: %+v, %v", m, err)
				}
				rest := []int64{b.work[1-at], b.work[2]}
				out, err := b.pack(rest[1], false)
				if must(h, out, err); len(out.Parcels) != 2 {
					t.Fatalf("%+v", out)
				}
				_, err = h.Ship.Ship(t.Context(), nil, ship.In{FulfilmentID: rest[1], Carrier: "YTO", Waybill: "YT1", Actor: "user:eve"})
				must(h, 0, err)
				for i := range want {
					if i != at {
						want[i] = "shipped"
					}
				}
				if s := b.states(); s != strings.Join(want, " ") {
					t.Error(s)
				}
				h.clean("the others have left")
			})
		})
	}
}

func TestOfTwoWhoPutTheSameOrderIntoAParcelOneIsRefused(t *testing.T) {
	labelledHouse(t, func(t *testing.T, h *house) {
		b := h.sameDoor(1, 3)
		pairs := [][]int64{b.work[:2], b.work[1:]}
		done := together(t, 2, func(i int) error {
			out, err := h.Flow.Together(t.Context(), nil, [][]int64{pairs[i]}, "user:ann")
			if err != nil {
				return err
			}
			if out[0].Refused != nil {
				return out[0].Refused
			}
			return nil
		})
		if done != 1 {
			t.Errorf("%d of two got the same order into a parcel", done)
		}
		h.clean("after the race")
		out, err := h.Flow.Together(t.Context(), nil, [][]int64{b.work, {b.work[0], h.sameDoor(2, 1).work[0]}}, "user:ann")
		if must(h, out, err); out[0].Refused != nil || len(out[0].Bond.Members) != 3 {
			t.Errorf("all of them together: %+v", out[0])
		}
		h.want("together.already", out[1].Refused)
		if n, err := h.Flow.Separate(t.Context(), nil, b.work[1:], "user:ann"); n != 2 || err != nil {
			t.Error(n, err)
		}
		h.clean("taken apart")
	})
}
