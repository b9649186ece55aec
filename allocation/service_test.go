package allocation_test

import (
	"testing"
	"time"

	"github.com/packhorse/packhorse/allocation"
	"github.com/packhorse/packhorse/internal/clock"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/db/dbtest"
	"github.com/packhorse/packhorse/internal/words"
	"github.com/packhorse/packhorse/inventory"
	"github.com/packhorse/packhorse/order"
)

func TestAnOrderGoesToTheCheapestNodeThatHasItWhole(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		y := newYard(t, d, 2, 0)
		y.stock(nodeHZ, 0, 5)
		y.stock(nodeGZ, 0, 5)
		y.stock(nodeGZ, 1, 1)
		near, both := y.order(true, ask{0, 1}), y.order(true, ask{0, 1}, ask{1, 1})
		y.add(near, both)
		if n := y.step(); n != 2 {
			t.Fatal(n)
		}
		y.want(near, "allocated 1:1×1")
		y.want(both, "allocated 2:1×1 2:2×1")
		y.prove([]*order.Order{near, both})
		if n := y.step(); n != 0 {
			t.Fatalf("%d orders still wait", n)
		}
	})
}

func TestAnOrderThatMayNotBeSplitShipsWholeOrWaitsWhole(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		y := newYard(t, d, 2, 0)
		y.stock(nodeHZ, 0, 5)
		y.stock(nodeGZ, 1, 5)
		whole, split := y.order(false, ask{0, 1}, ask{1, 1}), y.order(true, ask{0, 1}, ask{1, 1})
		y.add(whole, split)
		y.step()
		y.want(whole, "backordered owed 1×1=allocation.waits.whole owed 2×1=allocation.waits.whole")
		y.want(split, "allocated 1:1×1 2:2×1")
		y.stock(nodeHZ, 1, 1)
		if n, err := y.svc.Retry(t.Context(), []int64{y.skus[1]}); n != 1 || err != nil {
			t.Fatal(n, err)
		}
		y.want(whole, "allocated 1:1×1 1:2×1")
		y.prove([]*order.Order{whole, split})
	})
}

func TestABackOrderIsServedOldestFirstWhenGoodsComeIn(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		y := newYard(t, d, 2, 0)
		y.stock(nodeHZ, 0, 1)
		y.stock(nodeHZ, 1, 3)
		part, first, second := y.order(true, ask{0, 3}, ask{1, 1}), y.order(true, ask{0, 2}), y.order(true, ask{0, 2})
		y.add(part, first, second)
		y.step()
		y.want(part, "backordered 1:1×1 1:2×1 owed 1×2=allocation.waits.short")
		y.want(first, "backordered owed 1×2=allocation.waits.short")
		if n, err := y.svc.StepBackorders(t.Context()); n != 0 || err != nil {
			t.Fatal(n, err)
		}
		y.stock(nodeGZ, 0, 5)
		if n, err := y.svc.StepBackorders(t.Context()); n != 3 || err != nil {
			t.Fatal(n, err)
		}
		y.want(part, "allocated 1:1×1 1:2×1 2:1×2")
		y.want(first, "allocated 2:1×2")
		y.want(second, "backordered 2:1×1 owed 1×1=allocation.waits.short")
		y.prove([]*order.Order{part, first, second})
	})
}

func TestANodeThatRejectedAnOrderIsNotAskedAgain(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		y := newYard(t, d, 1, 0)
		y.stock(nodeHZ, 0, 9)
		y.stock(nodeGZ, 0, 9)
		o := y.order(true, ask{0, 2})
		y.add(o)
		y.step()
		y.want(o, "allocated 1:1×2")
		y.reject(o, nodeHZ, nodeGZ)
		y.want(o, "allocated 2:1×2")
		y.reject(o, nodeHZ, nodeGZ)
		y.want(o, "backordered owed 1×2=allocation.waits.rejected")
		y.prove([]*order.Order{o})
	})
}

func TestTheRestOfAnUnsplittableOrderWaitsForItsOwnNode(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		y := newYard(t, d, 1, 0)
		y.stock(nodeHZ, 0, 2)
		y.stock(nodeGZ, 0, 9)
		o := y.order(false, ask{0, 2})
		y.add(o)
		y.step()
		y.want(o, "allocated 1:1×2")
		y.update(func(tx *db.Tx) error { // one unit is not found in the bin
			locked, err := order.LockOne(tx, o.ID)
			if err != nil {
				return err
			}
			fs, err := order.LockFulfilmentsOf(tx, []int64{o.ID})
			if err != nil {
				return err
			}
			f := fs[o.ID][0]
			rs, err := inventory.Reservations(tx, []int64{f.ID})
			if err != nil {
				return err
			}
			inventory.Release(tx, rs[f.ID])
			r := rs[f.ID][0]
			if err := inventory.Post(tx, inventory.Move{SKU: r.SKU, Quantity: 1, From: inventory.Place{Node: nodeHZ, Location: 101, Quality: inventory.Good},
				To: inventory.Outside(inventory.Adjustment), Cause: "count"}); err != nil {
				return err
			}
			if err := inventory.Promise(tx, []inventory.Demand{{FulfilmentID: f.ID, Seq: 1, OrderID: o.ID, SKU: r.SKU, Node: nodeHZ, Quantity: 1}}); err != nil {
				return err
			}
			order.SetFulfilmentQuantity(tx, f, 1, 1)
			return y.svc.Place(tx, []*order.Order{locked})
		})
		y.want(o, "backordered 1:1×1 owed 1×1=allocation.waits.short")
		y.stock(nodeHZ, 0, 1)
		if n, err := y.svc.StepBackorders(t.Context()); n != 1 || err != nil {
			t.Fatal(n, err)
		}
		y.want(o, "allocated 1:1×1 1:1×1")
		y.prove([]*order.Order{o})
	})
}

func TestABundleShipsAsTheRecipeOfTheDayItWasOrdered(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		y := newYard(t, d, 4, 0)
		for sku := 1; sku < 4; sku++ {
			y.stock(nodeHZ, sku, 100)
		}
		change := dbtest.Noon.Add(-time.Hour)
		y.update(func(tx *db.Tx) error {
			tx.Put(addRecipe, y.skus[0], y.skus[1], 2, 0, change.UnixMicro())
			tx.Put(addRecipe, y.skus[0], y.skus[2], 1, 0, 0)
			tx.Put(addRecipe, y.skus[0], y.skus[3], 3, change.UnixMicro(), 0)
			return nil
		})
		before, after := y.order(true, ask{0, 2}), y.order(true, ask{0, 2})
		before.PlacedAt = change.UnixMicro() - 1
		after.PlacedAt = change.UnixMicro()
		y.add(before, after)
		y.step()
		y.want(before, "allocated 1:1×4 1:1×2")
		y.want(after, "allocated 1:1×2 1:1×6")
		y.prove([]*order.Order{before, after})
	})
}

func TestANodeTakesNoMoreOrdersADayThanItCan(t *testing.T) {
	c := clock.Fixed(dbtest.Noon)
	y := newYard(t, dbtest.Open(t, dbtest.SQLite(t), c), 1, 2)
	y.stock(nodeHZ, 0, 100)
	y.stock(nodeGZ, 0, 100)
	var orders []*order.Order
	for range 3 {
		for range 2 {
			o := y.order(true, ask{0, 1})
			orders = append(orders, o)
			y.add(o)
		}
		y.step()
		c.Advance(time.Minute)
	}
	want := []string{"allocated 1:1×1", "allocated 1:1×1", "allocated 2:1×1", "allocated 2:1×1",
		"backordered owed 1×1=allocation.waits.capacity", "backordered owed 1×1=allocation.waits.capacity"}
	for i, o := range orders {
		y.want(o, want[i])
	}
	c.Advance(24 * time.Hour)
	if n, err := y.svc.StepBackorders(t.Context()); n != 2 || err != nil {
		t.Fatal(n, err)
	}
	y.want(orders[5], "allocated 1:1×1")
}

func TestWithoutRatesEveryOpenNodeServesEverywhere(t *testing.T) {
	d := dbtest.Open(t, dbtest.SQLite(t), clock.Fixed(dbtest.Noon))
	y := newYard(t, d, 1, 0)
	y.stock(nodeGZ, 0, 1)
	far, lost := y.order(true, ask{0, 1}), y.order(true, ask{0, 1})
	far.Recipient.Province = "西藏自治区"
	y.add(far)
	y.step()
	y.want(far, "backordered owed 1×1=allocation.waits.no_service")
	y.svc = allocation.New(d, func(*db.Tx) ([]allocation.Lane, error) { return nil, nil }, allocation.Settings{})
	if n, err := y.svc.StepBackorders(t.Context()); n != 1 || err != nil {
		t.Fatal(n, err)
	}
	y.want(far, "allocated 2:1×1")
	lost.Recipient = order.Recipient{}
	y.add(lost)
	y.step()
	y.want(lost, "backordered owed 1×1=allocation.waits.short")
}

func TestThePolicyDecidesFromTheNextStepOn(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		y := newYard(t, d, 1, 0)
		y.stock(nodeHZ, 0, 5)
		y.stock(nodeGZ, 0, 5)
		p := allocation.DefaultPolicy()
		p.Strategy = "dearest"
		if _, err := y.svc.SavePolicy(t.Context(), nil, "user:ann", p); err == nil {
			t.Fatal("a strategy that does not exist was saved")
		}
		p.Strategy, p.ShipComplete = allocation.Nearest, true
		if _, err := y.svc.SavePolicy(t.Context(), nil, "user:ann", p); err != nil {
			t.Fatal(err)
		}
		if read, err := y.svc.Policy(t.Context()); err != nil || read != p {
			t.Fatal(read, err)
		}
		south, big := y.order(true, ask{0, 1}), y.order(true, ask{0, 12})
		south.Recipient.Province, south.Recipient.City = "广东省", "深圳市"
		y.add(south, big)
		y.step()
		y.want(south, "allocated 2:1×1")
		y.want(big, "backordered owed 1×12=allocation.waits.short")
	})
}

func TestAnOrderThatReviewHasNotPassedGetsNothing(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		y := newYard(t, d, 1, 0)
		y.stock(nodeHZ, 0, 5)
		pending, good := y.order(true, ask{0, 1}), y.order(true, ask{0, 1})
		pending.Review = order.ReviewPending
		y.add(pending, good)
		if n := y.step(); n != 2 {
			t.Fatal(n)
		}
		y.want(pending, "none")
		y.want(good, "allocated 1:1×1")
		if n := y.step(); n != 0 {
			t.Fatalf("%d orders still wait", n)
		}
	})
}

func TestEveryEventHasASentence(t *testing.T) {
	for _, kind := range []string{"allocated", "backordered", "policy_saved", "method_saved"} {
		for _, lang := range words.Languages {
			if !words.Has(lang, "event.allocation."+kind+".v1") {
				t.Errorf("%s has no sentence in %s", kind, lang)
			}
		}
	}
}

func TestWhatIsMissingOfAHeldOrderIsNotForgotten(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		y := newYard(t, d, 2, 0)
		y.stock(nodeHZ, 0, 2)
		y.stock(nodeGZ, 1, 2)
		o := y.order(true, ask{0, 1}, ask{1, 1})
		y.add(o)
		y.step()
		y.want(o, "allocated 1:1×1 2:2×1")
		y.review(o, order.ReviewHeld)
		y.reject(o, nodeGZ)
		y.want(o, "backordered 1:1×1 owed 2×1=allocation.waits.held")
		if n, err := y.svc.StepBackorders(t.Context()); n != 0 || err != nil {
			t.Fatal(n, err)
		}
		y.review(o, order.ReviewApproved)
		y.stock(nodeHZ, 1, 1)
		if n, err := y.svc.StepBackorders(t.Context()); n != 1 || err != nil {
			t.Fatal(n, err)
		}
		y.want(o, "allocated 1:1×1 1:2×1")
		y.prove([]*order.Order{o})
	})
}
