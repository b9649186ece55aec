package allocation_test

import (
	"context"
	"encoding/json"
	"testing"
	"time"

	"github.com/packhorse/packhorse/allocation"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/db/dbtest"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/inventory"
	"github.com/packhorse/packhorse/order"
)

// between are lanes with Jiangxi, which lies nearly as far from Hangzhou as from Guangzhou.
func between(tx *db.Tx) ([]allocation.Lane, error) {
	out, err := lanes(tx)
	return append(out, allocation.Lane{Node: nodeHZ, Region: "江西", FirstG: 1000, FirstCost: 850, Days: 2},
		allocation.Lane{Node: nodeGZ, Region: "江西", FirstG: 1000, FirstCost: 900, Days: 2}), err
}

// newMarket is a yard whose lanes are between; meanwhile happens after orders were planned and before they are decided over.
func newMarket(t *testing.T, d *db.DB, skus int, meanwhile func()) *yard {
	y := newYard(t, d, skus, 0)
	y.svc = allocation.New(d, between, allocation.Settings{Region: short, Stopwatch: func() func() time.Duration {
		if meanwhile != nil {
			meanwhile()
		}
		return func() time.Duration { return 0 }
	}})
	return y
}

// two are the orders of most tests here: the older, to Jiangxi, takes by itself what the younger, in Zhejiang, needs more.
func (y *yard) two() (older, younger *order.Order) {
	older, younger = y.order(true, ask{0, 1}), y.order(true, ask{0, 1})
	older.Recipient.Province, older.Recipient.City = "江西省", "南昌市"
	y.add(older, younger)
	return older, younger
}

// records are the batches that were written, the first first.
func (y *yard) records() (list []allocation.Record, total allocation.Total) {
	y.t.Helper()
	err := y.db.View(context.Background(), func(tx *db.Tx) (err error) {
		if list, err = allocation.Records(tx, 0, 100); err != nil {
			return err
		}
		total, err = allocation.Savings(tx, 0, y.db.Clock().Now().UnixMicro()+1)
		return err
	})
	if err != nil {
		y.t.Fatal(err)
	}
	return list, total
}

// shipping is what the fulfilments of an order cost.
func (y *yard) shipping(orders ...*order.Order) (cost int64) {
	y.t.Helper()
	err := y.db.View(context.Background(), func(tx *db.Tx) error {
		for _, o := range orders {
			fs, err := order.FulfilmentsOf(tx, []int64{o.ID})
			if err != nil {
				return err
			}
			for _, f := range fs[o.ID] {
				cost += f.Cost
			}
		}
		return nil
	})
	if err != nil {
		y.t.Fatal(err)
	}
	return cost
}

func TestOrdersThatWantTheSameAreDecidedTogetherAndTheSavingIsThatOfWhatWasStored(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		y := newMarket(t, d, 1, nil)
		y.stock(nodeHZ, 0, 1)
		y.stock(nodeGZ, 0, 1)
		older, younger := y.two()
		if n := y.step(); n != 2 {
			t.Fatal(n)
		}
		y.want(older, "allocated 2:1×1")
		y.want(younger, "allocated 1:1×1")
		y.prove([]*order.Order{older, younger})
		const plain = 900 + 950 // each from the other node
		list, total := y.records()
		if len(list) != 1 || list[0].Method != allocation.Optimised || list[0].Orders != 2 || list[0].Plain != plain || list[0].Chosen != y.shipping(older, younger) {
			t.Fatalf("%+v beside fulfilments for %d", list, y.shipping(older, younger))
		}
		if total.Batches != 1 || total.Saved() != plain-1400 || list[0].AtLeast != 1400 {
			t.Fatalf("%+v, at least %d", total, list[0].AtLeast)
		}
		if why := y.why(older); why != "allocation.together.saves" {
			t.Error(why)
		}
	})
}

// why is the code of the last decision about an order.
func (y *yard) why(o *order.Order) string {
	y.t.Helper()
	var said struct {
		Why      struct{ Code string }
		Together *struct {
			Orders int
			Plain  []string
		}
	}
	err := y.db.View(context.Background(), func(tx *db.Tx) error {
		events, err := tx.Timeline(o.ID, 50)
		for _, e := range events {
			if e.Kind == "allocation.allocated.v1" {
				if err := json.Unmarshal([]byte(e.Params), &said); err != nil {
					return err
				}
			}
		}
		return err
	})
	if err != nil {
		y.t.Fatal(err)
	}
	if said.Together == nil || said.Together.Orders != 2 || len(said.Together.Plain) != 1 {
		y.t.Errorf("it is not told that a batch decided: %+v", said)
	}
	return said.Why.Code
}

func TestABatchServesAnOrderThatWouldHaveWaited(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		y := newMarket(t, d, 2, nil)
		y.stock(nodeHZ, 0, 1)
		y.stock(nodeHZ, 1, 1)
		y.stock(nodeGZ, 0, 1)
		one, whole := y.order(true, ask{0, 1}), y.order(false, ask{0, 1}, ask{1, 1})
		y.add(one, whole)
		y.step()
		y.want(one, "allocated 2:1×1")
		y.want(whole, "allocated 1:1×1 1:2×1")
		list, _ := y.records()
		if len(list) != 1 || list[0].MoreOrders != 1 || list[0].MoreUnits != 2 || list[0].Chosen+list[0].MoreCost != y.shipping(one, whole) || list[0].Plain != 450 {
			t.Fatalf("%+v beside fulfilments for %d", list, y.shipping(one, whole))
		}
	})
}

func TestGoodsTakenBetweenPlanAndDecisionAreNotPromised(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		var y *yard
		y = newMarket(t, d, 1, func() {
			y.update(func(tx *db.Tx) error {
				return inventory.Post(tx, inventory.Move{SKU: y.skus[0], Quantity: 1, From: inventory.Place{Node: nodeGZ, Location: 100 + nodeGZ, Quality: inventory.Good},
					To: inventory.Outside(inventory.Adjustment), Cause: "count"})
			})
		})
		y.stock(nodeHZ, 0, 1)
		y.stock(nodeGZ, 0, 1)
		older, younger := y.two()
		if n := y.step(); n != 2 {
			t.Fatal(n)
		}
		y.want(older, "allocated 1:1×1")
		y.want(younger, "backordered owed 1×1=allocation.waits.short")
		y.prove([]*order.Order{older, younger})
		if list, _ := y.records(); len(list) != 1 || list[0].Method != allocation.PlainRule || list[0].Saved() != 0 || list[0].MoreUnits != 0 {
			t.Fatalf("%+v", list)
		}
	})
}

func TestThePlainRuleIsOneSettingAway(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		y := newMarket(t, d, 1, nil)
		p := allocation.DefaultPolicy()
		p.Method = allocation.PlainRule
		if _, err := y.svc.SavePolicy(t.Context(), nil, "user:ann", p); err != nil {
			t.Fatal(err)
		}
		y.stock(nodeHZ, 0, 1)
		y.stock(nodeGZ, 0, 1)
		older, younger := y.two()
		y.step()
		y.want(older, "allocated 1:1×1")
		y.want(younger, "allocated 2:1×1")
		if list, _ := y.records(); len(list) != 0 {
			t.Fatalf("%+v", list)
		}
	})
}

func TestThePlainRuleIsOneSettingAwayAtOneWarehouse(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		y := newMarket(t, d, 1, nil)
		save := func(node int64, m allocation.Method) allocation.NodeMethod {
			t.Helper()
			saved, err := y.svc.SaveMethod(t.Context(), nil, "user:ann", node, m)
			if err != nil {
				t.Fatal(err)
			}
			return saved
		}
		if _, err := y.svc.SaveMethod(t.Context(), nil, "user:ann", 99, allocation.PlainRule); fault.Code(err) != "allocation.node" {
			t.Error(err)
		}
		if got := save(nodeHZ, allocation.PlainRule); got.Holds != allocation.PlainRule {
			t.Error(got)
		}
		y.stock(nodeHZ, 0, 1)
		y.stock(nodeGZ, 0, 1)
		older, younger := y.two()
		y.step()
		y.want(older, "allocated 1:1×1") // what is promised at Hangzhou stays so, whoever needs it more
		y.want(younger, "allocated 2:1×1")
		if got := save(nodeHZ, ""); got.Own != "" || got.Holds != allocation.Optimised {
			t.Error(got)
		}
		y.stock(nodeHZ, 0, 1)
		y.stock(nodeGZ, 0, 1)
		older, younger = y.two()
		y.step()
		y.want(older, "allocated 2:1×1")
		y.want(younger, "allocated 1:1×1")
		plain := allocation.DefaultPolicy()
		plain.Method = allocation.PlainRule
		if _, err := y.svc.SavePolicy(t.Context(), nil, "user:ann", plain); err != nil {
			t.Fatal(err)
		}
		save(nodeHZ, allocation.Optimised)
		save(nodeGZ, allocation.Optimised) // the company is plain, the two are not
		y.stock(nodeHZ, 0, 1)
		y.stock(nodeGZ, 0, 1)
		older, younger = y.two()
		y.step()
		y.want(older, "allocated 2:1×1")
		y.want(younger, "allocated 1:1×1")
	})
}

func TestOrdersThatPassTogetherWaitOnlyWhereTheyCompete(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		y := newMarket(t, d, 2, nil)
		y.stock(nodeHZ, 0, 1)
		y.stock(nodeGZ, 0, 1)
		y.stock(nodeHZ, 1, 9)
		older, younger := y.two()
		alone := y.order(true, ask{1, 1})
		y.add(alone)
		next := func(orders ...*order.Order) {
			y.update(func(tx *db.Tx) error {
				var list []*order.Order
				for _, o := range orders {
					locked, err := order.LockOne(tx, o.ID)
					if err != nil {
						return err
					}
					list = append(list, locked)
				}
				return y.svc.Next(tx, list)
			})
		}
		next(older, younger, alone)
		y.want(alone, "allocated 1:1×1")
		y.want(older, "waiting")
		late := y.order(true, ask{0, 1})
		y.add(late)
		next(late)
		y.want(late, "waiting") // or it would take what the older ones are waiting for
		y.step()
		y.want(older, "allocated 2:1×1")
		y.want(younger, "allocated 1:1×1")
		y.want(late, "backordered owed 1×1=allocation.waits.short")
		y.stock(nodeGZ, 0, 1)
		if r, err := y.svc.Run(t.Context(), nil); err != nil || r.Served != 1 || r.More {
			t.Fatal(r, err)
		}
		y.want(late, "allocated 2:1×1")
		y.prove([]*order.Order{older, younger, alone, late})
	})
}
