package allocation_test

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"github.com/packhorse/packhorse/allocation"
	"github.com/packhorse/packhorse/catalog"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/inventory"
	"github.com/packhorse/packhorse/order"
)

// yard is a company with two nodes, Hangzhou (1) and Guangzhou (2), and some SKUs.
type yard struct {
	t    testing.TB
	db   *db.DB
	svc  *allocation.Service
	skus []int64
}

var (
	addNode   = db.Insert("warehouse_node", "id bigint, code text, name text, timezone text, country text, province text, city text, district text, address text, lat bigint, lng bigint, capacity_orders_day bigint, handling_cost bigint, priority bigint, open boolean, cutoffs text, updated_at bigint")
	addRecipe = db.Insert("catalog_bundle", "bundle_id bigint, component_id bigint, quantity bigint, valid_from bigint, valid_to bigint")
)

const (
	nodeHZ = int64(1)
	nodeGZ = int64(2)
)

// lanes are cheap at home and dearer elsewhere; Tibet is served by nobody.
func lanes(*db.Tx) ([]allocation.Lane, error) {
	var out []allocation.Lane
	for _, region := range []string{"浙江", "广东"} {
		for node, home := range map[int64]string{nodeHZ: "浙江", nodeGZ: "广东"} {
			l := allocation.Lane{Node: node, Region: region, FirstG: 1000, FirstCost: 900, Days: 3}
			if home == region {
				l.FirstCost, l.Days = 400, 1
			}
			out = append(out, l)
		}
	}
	return out, nil
}

func newYard(t testing.TB, d *db.DB, skus int, capacity int64) *yard {
	y := &yard{t: t, db: d, svc: allocation.New(d, lanes, allocation.Settings{Region: short})}
	cat := catalog.New(d, "CNY")
	for i := range skus {
		saved, err := cat.Save(context.Background(), nil, "user:ann", catalog.Entry{SKU: catalog.SKU{Code: fmt.Sprintf("S%03d", i), WeightG: 300}})
		if err != nil {
			t.Fatal(err)
		}
		y.skus = append(y.skus, saved.SKU.ID)
	}
	y.update(func(tx *db.Tx) error {
		tx.Put(addNode, nodeHZ, "HZ", "Hangzhou", "Asia/Shanghai", "CN", "浙江省", "杭州市", "", "", 0, 0, capacity, 50, 1, true, "", 0)
		tx.Put(addNode, nodeGZ, "GZ", "Guangzhou", "Asia/Shanghai", "CN", "广东省", "广州市", "", "", 0, 0, capacity, 50, 2, true, "", 0)
		return nil
	})
	return y
}

func short(name string) string {
	return string([]rune(name)[:min(2, len([]rune(name)))])
}

func (y *yard) update(fn func(*db.Tx) error) {
	y.t.Helper()
	if err := y.db.Update(context.Background(), fn); err != nil {
		y.t.Fatal(err)
	}
}

func (y *yard) stock(node int64, sku int, quantity int64) {
	y.t.Helper()
	y.update(func(tx *db.Tx) error {
		return inventory.Post(tx, inventory.Move{SKU: y.skus[sku], Quantity: quantity, From: inventory.Outside(inventory.Supplier),
			To: inventory.Place{Node: node, Location: 100 + node, Quality: inventory.Good}, Cause: "receipt"})
	})
}

type ask struct {
	sku      int
	quantity int64
}

// order makes one that waits for a node.
func (y *yard) order(split bool, asks ...ask) *order.Order {
	o := &order.Order{Channel: "csv", ExternalNo: "E", Kind: "normal", PlacedAt: y.db.Clock().Now().UnixMicro(), Currency: "CNY", MaySplit: split,
		Recipient: order.Recipient{Country: "CN", Province: "浙江省", City: "宁波市"},
		Axes:      order.Axes{Payment: order.Paid, Review: order.ReviewPassed, Fulfilment: order.FulfilmentWaiting, Delivery: order.DeliveryNone, AfterSale: order.AfterSaleNone}}
	for i, a := range asks {
		o.Lines = append(o.Lines, order.Line{No: int64(i + 1), SKUID: y.skus[a.sku], SKU: fmt.Sprintf("S%03d", a.sku), Quantity: a.quantity})
	}
	return o
}

func (y *yard) add(orders ...*order.Order) {
	y.t.Helper()
	y.update(func(tx *db.Tx) error {
		for _, o := range orders {
			order.Create(tx, o)
		}
		return nil
	})
}

func (y *yard) step() int {
	y.t.Helper()
	n, err := y.svc.Step(context.Background())
	if err != nil {
		y.t.Fatal(err)
	}
	return n
}

// want compares an order with "axis node:line×quantity … owed line×quantity=reason …".
func (y *yard) want(o *order.Order, want string) {
	y.t.Helper()
	if got := y.state(o); got != want {
		y.t.Fatalf("the order is\n  %s\nwant\n  %s", got, want)
	}
}

func (y *yard) state(o *order.Order) (text string) {
	y.t.Helper()
	err := y.db.View(context.Background(), func(tx *db.Tx) error {
		found, err := order.ByIDs(tx, []int64{o.ID})
		if err != nil {
			return err
		}
		text = found[o.ID].Fulfilment
		fs, err := order.FulfilmentsOf(tx, []int64{o.ID})
		if err != nil {
			return err
		}
		for _, f := range fs[o.ID] {
			if f.Live() {
				for _, l := range f.Lines {
					text += fmt.Sprintf(" %d:%d×%d", f.NodeID, l.LineNo, l.Quantity)
				}
			}
		}
		owed, err := order.BackOrders(tx, []int64{o.ID})
		for _, b := range owed[o.ID] {
			text += fmt.Sprintf(" owed %d×%d=%s", b.LineNo, b.Quantity, b.Reason)
		}
		return err
	})
	if err != nil {
		y.t.Fatal(err)
	}
	return text
}

// reject takes the order's live fulfilments at some nodes back and places it again, in one transaction, as flow does.
func (y *yard) reject(o *order.Order, nodes ...int64) {
	y.t.Helper()
	y.update(func(tx *db.Tx) error {
		locked, err := order.LockOne(tx, o.ID)
		if err != nil {
			return err
		}
		fs, err := order.LockFulfilmentsOf(tx, []int64{o.ID})
		if err != nil {
			return err
		}
		for _, f := range fs[o.ID] {
			if !f.Live() || !slices.Contains(nodes, f.NodeID) {
				continue
			}
			rs, err := inventory.Reservations(tx, []int64{f.ID})
			if err != nil {
				return err
			}
			inventory.Release(tx, rs[f.ID])
			if err := order.MoveFulfilment(tx, f, order.RejectedBy); err != nil {
				return err
			}
		}
		return y.svc.Place(tx, []*order.Order{locked})
	})
}

// review moves the order on the axis of review alone.
func (y *yard) review(o *order.Order, to string) {
	y.t.Helper()
	y.update(func(tx *db.Tx) error {
		locked, err := order.LockOne(tx, o.ID)
		if err != nil {
			return err
		}
		axes := locked.Axes
		axes.Review = to
		return order.Move(tx, locked, axes)
	})
}
