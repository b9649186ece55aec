package allocation_test

import (
	"context"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"

	"github.com/packhorse/packhorse/internal/clock"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/db/dbtest"
	"github.com/packhorse/packhorse/inventory"
	"github.com/packhorse/packhorse/order"
)

// prove checks that every promise is a reservation, that the balances are their sums, and that nothing is oversold.
func (y *yard) prove(orders []*order.Order) {
	y.t.Helper()
	err := y.db.View(context.Background(), func(tx *db.Tx) error {
		var ids, fulfilments []int64
		for _, o := range orders {
			ids = append(ids, o.ID)
		}
		fs, err := order.FulfilmentsOf(tx, ids)
		if err != nil {
			return err
		}
		promised, reserved := map[inventory.Key]int64{}, map[inventory.Key]int64{}
		for _, id := range ids {
			for _, f := range fs[id] {
				if !f.Live() {
					continue
				}
				fulfilments = append(fulfilments, f.ID)
				for _, l := range f.Lines {
					promised[inventory.Key{SKU: l.SKUID, Node: f.NodeID}] += l.Quantity
				}
			}
		}
		rs, err := inventory.Reservations(tx, fulfilments)
		if err != nil {
			return err
		}
		for _, list := range rs {
			for _, r := range list {
				reserved[inventory.Key{SKU: r.SKU, Node: r.Node}] += r.Quantity
			}
		}
		balances, err := inventory.Balances(tx, y.skus)
		for _, b := range balances {
			if b.Reserved != reserved[b.Key] || b.Reserved != promised[b.Key] {
				y.t.Errorf("SKU %d at node %d: balance says %d reserved, reservations %d, fulfilments %d", b.SKU, b.Node, b.Reserved, reserved[b.Key], promised[b.Key])
			}
			if b.Available() < 0 {
				y.t.Errorf("SKU %d at node %d is oversold by %d", b.SKU, b.Node, -b.Available())
			}
		}
		return err
	})
	if err != nil {
		y.t.Fatal(err)
	}
}

func TestFiveHundredOrdersServedByFourWorkersOversellNothing(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		y := newYard(t, d, 12, 0)
		for sku := range y.skus {
			y.stock(nodeHZ, sku, 40)
			y.stock(nodeGZ, sku, 30)
		}
		r := rand.New(rand.NewPCG(7, 7))
		var orders []*order.Order
		for i := range 500 {
			var asks []ask
			for _, sku := range r.Perm(12)[:1+r.IntN(3)] { // mixed line order
				asks = append(asks, ask{sku, 1 + r.Int64N(2)})
			}
			orders = append(orders, y.order(i%2 == 0, asks...))
		}
		y.add(orders...)
		var wg sync.WaitGroup
		for range 4 {
			wg.Go(func() {
				for {
					n, err := y.svc.Step(context.Background())
					if err != nil {
						t.Error(err)
						return
					}
					if n == 0 {
						return
					}
				}
			})
		}
		wg.Wait()
		for y.step() > 0 { // what a worker skipped because another had it in hand
		}
		y.prove(orders)
		y.whole(orders)
		y.soldOut()
		y.neverWorse()
	})
}

// whole checks that no order that may not be split was, and that lines are served or owed to the unit.
func (y *yard) whole(orders []*order.Order) {
	y.t.Helper()
	err := y.db.View(context.Background(), func(tx *db.Tx) error {
		var ids []int64
		for _, o := range orders {
			ids = append(ids, o.ID)
		}
		fs, err := order.FulfilmentsOf(tx, ids)
		if err != nil {
			return err
		}
		owed, err := order.BackOrders(tx, ids)
		for _, o := range orders {
			if parts := len(fs[o.ID]); !o.MaySplit && (parts > 1 || parts == 1 && len(owed[o.ID]) > 0) {
				y.t.Errorf("order %d may not be split and was", o.ID)
			}
			for _, l := range o.Lines {
				var n int64
				for _, f := range fs[o.ID] {
					for _, x := range f.Lines {
						if x.LineNo == l.No {
							n += x.Quantity
						}
					}
				}
				for _, b := range owed[o.ID] {
					if b.LineNo == l.No {
						n += b.Quantity
					}
				}
				if n != l.Quantity {
					y.t.Errorf("order %d line %d: %d of %d units served or owed", o.ID, l.No, n, l.Quantity)
				}
			}
		}
		return err
	})
	if err != nil {
		y.t.Fatal(err)
	}
}

// neverWorse checks that orders were decided over together, and never at a higher cost for the same goods.
func (y *yard) neverWorse() {
	y.t.Helper()
	list, _ := y.records()
	if len(list) == 0 {
		y.t.Error("hundreds of orders competed, and no batch was decided over together")
	}
	for _, r := range list {
		if r.MoreUnits < 0 || r.MoreUnits == 0 && r.Chosen > r.Plain || r.AtLeast > r.Chosen+r.MoreCost {
			y.t.Errorf("worse than the plain rule: %+v", r)
		}
	}
}

// soldOut checks that demand beyond the stock took most of it: a test in which nothing was promised proves nothing.
func (y *yard) soldOut() {
	y.t.Helper()
	err := y.db.View(context.Background(), func(tx *db.Tx) error {
		balances, err := inventory.Balances(tx, y.skus)
		left := int64(0)
		for _, b := range balances {
			left += b.Available()
		}
		if left > 60 || !slices.ContainsFunc(balances, func(b inventory.Balance) bool { return b.Available() == 0 }) {
			y.t.Errorf("%d of 840 units were not promised, though more than that was asked for", left)
		}
		return err
	})
	if err != nil {
		y.t.Fatal(err)
	}
}

func BenchmarkStep(b *testing.B) {
	b.Run("sqlite", func(b *testing.B) { benchStep(b, dbtest.SQLite(b)) })
	b.Run("postgres", func(b *testing.B) { benchStep(b, dbtest.Postgres(b)) })
}

func benchStep(b *testing.B, o db.Options) {
	y := newYard(b, dbtest.Open(b, o, clock.Real()), 200, 0)
	for sku := range y.skus {
		y.stock(nodeHZ, sku, 1_000_000)
		y.stock(nodeGZ, sku, 1_000_000)
	}
	r := rand.New(rand.NewPCG(1, 2))
	for b.Loop() {
		b.StopTimer()
		var orders []*order.Order
		for range 256 {
			orders = append(orders, y.order(true, ask{r.IntN(200), 1}, ask{r.IntN(200), 2}))
		}
		y.add(orders...)
		b.StartTimer()
		if n := y.step(); n != 256 {
			b.Fatal(n)
		}
	}
}
