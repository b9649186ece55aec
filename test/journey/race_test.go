package journey

import (
	"context"
	"fmt"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/packhorse/packhorse/intake"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/order"
	"github.com/packhorse/packhorse/pack"
	"github.com/packhorse/packhorse/pick"
	"github.com/packhorse/packhorse/ship"
)

// together runs n callers at once and waits for all. An answer that is no fault is a broken promise, whoever loses the race.
func together(t *testing.T, n int, call func(i int) error) (ok int64) {
	t.Helper()
	var done atomic.Int64
	var callers sync.WaitGroup
	start := make(chan struct{})
	for i := range n {
		callers.Go(func() {
			<-start
			err := call(i)
			if _, refused := fault.As(err); err != nil && !refused {
				t.Errorf("caller %d: %v", i, err)
			}
			if err == nil {
				done.Add(1)
			}
		})
	}
	close(start)
	callers.Wait()
	return done.Load()
}

var (
	sumPromised  = db.NewSQL(`SELECT CAST(COALESCE(sum(quantity), 0) AS BIGINT) FROM inventory_reservation WHERE sku_id = (SELECT id FROM catalog_sku WHERE code = $1)`)
	countOrders  = db.NewSQL(`SELECT count(*) FROM order_head`)
	countPending = db.NewSQL(`SELECT count(*) FROM order_head WHERE review = 'pending' OR fulfilment = 'waiting'`)
	workIn       = db.NewSQL(`SELECT id FROM order_fulfilment WHERE status = $1 ORDER BY id`)
	countShipped = db.NewSQL(`SELECT count(*) FROM ship_shipment WHERE status = 'handed_over'`)
)

func TestFiveHundredOrdersAtOnceForTooFewGoodsSellNothingTwice(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.stock("HZ,A-1,MUG,good,,,150", "GZ,A-1,MUG,good,,,100", "HZ,A-2,TEE,good,,,140", "GZ,A-2,TEE,good,,,60", "HZ,R-1,PEN,good,,,300")
		orders, clerks := 500, 32
		if testing.Short() {
			orders = 120
		}
		var next atomic.Int64
		var selling sync.WaitGroup
		sold := make(chan struct{})
		selling.Go(func() {
			defer close(sold)
			together(t, clerks, func(int) error {
				for {
					i := int(next.Add(1)) - 1
					if i >= orders {
						return nil
					}
					if _, err := h.receive(mixed(i)); err != nil {
						return err
					}
				}
			})
		})
		for range 2 {
			selling.Go(func() { decide(t, h, sold) })
		}
		selling.Wait()
		h.settle()
		if n := rows[int64](h, countOrders)[0]; n != int64(orders) {
			t.Errorf("%d orders are in, %d were sent", n, orders)
		}
		if n := rows[int64](h, countPending)[0]; n != 0 {
			t.Errorf("%d orders are left undecided", n)
		}
		if n := rows[int64](h, selOversold); len(n) > 0 {
			t.Errorf("oversold: %v", n)
		}
		for sku, most := range map[string]int64{"MUG": 250, "TEE": 200, "PEN": 300} {
			got := rows[int64](h, sumPromised, sku)[0]
			if got > most || (!testing.Short() && got < most*9/10) {
				t.Errorf("%d of %s are promised, there were %d", got, sku, most)
			}
		}
		h.clean("after the rush")
	})
}

// mixed is an order for the same goods in another order of lines every time: what deadlocks are made of.
func mixed(i int) intake.Document {
	dice := rand.New(rand.NewPCG(uint64(i), 5))
	list := []string{"MUG", "TEE", "PEN", "SET"}
	dice.Shuffle(len(list), func(a, b int) { list[a], list[b] = list[b], list[a] })
	return sold(i, []string{"浙江省", "广东省", "北京市"}[i%3], item(list[0], 1+dice.Int64N(2)), item(list[1], 1), item(list[2], 1))
}

// decide reviews and allocates until everything is sold and nothing is left to decide.
func decide(t *testing.T, h *house, sold <-chan struct{}) {
	ctx := context.Background()
	for {
		reviewed, err := h.Review.Step(ctx)
		if err != nil {
			t.Errorf("review: %v", err)
			return
		}
		placed, err := h.allocation.Step(ctx)
		if err != nil {
			t.Errorf("allocation: %v", err)
			return
		}
		select {
		case <-sold:
			if reviewed+placed == 0 {
				return
			}
		default:
		}
	}
}

// inWork sells n orders of one mug each and brings them to a state. It answers their fulfilments.
func (h *house) inWork(n int, state string) []int64 {
	h.t.Helper()
	h.stock(fmt.Sprintf("HZ,A-1,MUG,good,,,%d", n))
	for i := range n {
		_, err := h.receive(sold(i, "浙江省", item("MUG", 1)))
		must(h, 0, err)
	}
	h.settle()
	list := rows[int64](h, workIn, order.Allocated)
	if len(list) != n {
		h.t.Fatalf("%d of %d orders are allocated", len(list), n)
	}
	for _, f := range list {
		h.upTo(f, state)
	}
	return list
}

// upTo brings a fulfilment to a state by the way that all take.
func (h *house) upTo(f int64, state string) {
	h.t.Helper()
	ctx := context.Background()
	steps := []struct {
		to string
		do func() error
	}{
		{order.Allocated, func() error { return nil }},
		{order.Released, func() error { _, err := h.Pick.Release(ctx, nil, pick.ReleaseIn{FulfilmentID: f}); return err }},
		{order.Picked, func() error {
			_, err := h.Pick.Confirm(ctx, nil, pick.ConfirmIn{FulfilmentID: f, Picker: "bob"})
			return err
		}},
		{order.Packed, func() error {
			_, err := h.Pack.Pack(ctx, nil, pack.In{FulfilmentID: f, Packer: "user:eve"})
			return err
		}},
		{order.Shipped, func() error {
			_, err := h.Ship.Ship(ctx, nil, ship.In{FulfilmentID: f, Carrier: "ZTO", Waybill: fmt.Sprintf("F%d", f), Actor: "user:eve"})
			return err
		}},
	}
	for _, s := range steps {
		if err := s.do(); err != nil {
			h.t.Fatalf("to %s: %v", s.to, err)
		}
		if s.to == state {
			return
		}
	}
}

func TestACancelAgainstAPickOrAShipHasOneWinner(t *testing.T) {
	for _, c := range []struct{ from, to string }{{order.Released, "picked"}, {order.Packed, "shipped"}} {
		t.Run("until "+c.to, func(t *testing.T) {
			each(t, func(t *testing.T, h *house) {
				const n = 64
				work := h.inWork(n, c.from)
				orders := rows[int64](h, anyOrder)
				var cancelled, went atomic.Int64
				together(t, 2*n, func(i int) error {
					if i%2 == 0 {
						_, err := h.Flow.Cancel(t.Context(), nil, orders[i/2], "user:ann", "customer")
						if err == nil {
							cancelled.Add(1)
						}
						return err
					}
					var err error
					if c.from == order.Released {
						_, err = h.Pick.Confirm(t.Context(), nil, pick.ConfirmIn{FulfilmentID: work[i/2], Picker: "bob"})
					} else {
						_, err = h.Ship.Ship(t.Context(), nil, ship.In{FulfilmentID: work[i/2], Carrier: "ZTO", Waybill: fmt.Sprintf("X%d", i), Actor: "user:eve"})
					}
					if err == nil {
						went.Add(1)
					}
					return err
				})
				// A picked order can still be cancelled, a shipped one not: every order ends one way at least.
				if got := cancelled.Load() + went.Load(); got < n || c.from == order.Packed && got != n {
					t.Errorf("%d cancelled and %d %s of %d", cancelled.Load(), went.Load(), c.to, n)
				}
				if c.from == order.Released && cancelled.Load() != n {
					t.Errorf("%d of %d orders are cancelled; until the door each can be", cancelled.Load(), n)
				}
				h.clean("after the race")
			})
		})
	}
}

func TestEightPairsOfHandsDoAThingOnce(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		f := h.inWork(1, order.Allocated)[0]
		for _, step := range []struct {
			name string
			do   func(i int) error
		}{
			{"release", func(int) error {
				_, err := h.Pick.Release(t.Context(), nil, pick.ReleaseIn{FulfilmentID: f})
				return err
			}},
			{"pick", func(int) error {
				_, err := h.Pick.Confirm(t.Context(), nil, pick.ConfirmIn{FulfilmentID: f, Picker: "bob"})
				return err
			}},
			{"pack", func(int) error {
				_, err := h.Pack.Pack(t.Context(), nil, pack.In{FulfilmentID: f, Packer: "user:eve"})
				return err
			}},
			{"ship", func(i int) error {
				_, err := h.Ship.Ship(t.Context(), nil, ship.In{FulfilmentID: f, Carrier: "ZTO", Waybill: fmt.Sprintf("E%d", i), Actor: "user:eve"})
				return err
			}},
		} {
			if ok := together(t, 8, step.do); ok != 1 {
				t.Errorf("%s succeeded %d times", step.name, ok)
			}
			h.clean(step.name)
		}
		if n := rows[int64](h, countShipped)[0]; n != 1 {
			t.Errorf("%d parcels left", n)
		}
	})
}
