// Package packtest builds small worlds for tests from the packing bench on: a node, some SKUs, and orders whose goods
// stand picked at the stage.
package packtest

import (
	"bytes"
	"fmt"
	"testing"

	"github.com/packhorse/packhorse/catalog"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/sheet"
	"github.com/packhorse/packhorse/inventory"
	"github.com/packhorse/packhorse/order"
	"github.com/packhorse/packhorse/warehouse"
)

// World is one node with its goods.
type World struct {
	DB     *db.DB
	Node   int64
	SKUs   map[string]int64 // by code
	By     int64            // the last moment of the next orders, microseconds; 0 = none
	serial int
}

// Goods are the SKUs of every world: two ordinary ones, one of which weight and size are not known, and one that
// fits no carton.
var Goods = []catalog.Entry{
	{SKU: catalog.SKU{Code: "MUG", WeightG: 400, LengthMM: 120, WidthMM: 100, HeightMM: 100},
		Barcodes: []catalog.Barcode{{Code: "6901234567892", Factor: 1}, {Code: "16901234567899", Factor: 6}}},
	{SKU: catalog.SKU{Code: "TEE", WeightG: 180, LengthMM: 250, WidthMM: 180, HeightMM: 20}},
	{SKU: catalog.SKU{Code: "UNKNOWN"}},
	{SKU: catalog.SKU{Code: "LADDER", WeightG: 9000, LengthMM: 2500, WidthMM: 400, HeightMM: 120}},
}

const nodes = "code,timezone,country,province,city,district,address,cutoffs\nHZ,Asia/Shanghai,CN,浙江省,杭州市,余杭区,仓前街道1号,\n"

// New fills a database.
func New(t testing.TB, d *db.DB) *World {
	t.Helper()
	r, err := sheet.Open("nodes.csv", bytes.NewReader([]byte(nodes)), int64(len(nodes)), sheet.DefaultLimits())
	check(t, err)
	defer r.Close()
	_, err = warehouse.New(d, "CNY").ImportWarehouses(t.Context(), r, false, nil)
	check(t, err)
	w := &World{DB: d, SKUs: map[string]int64{}}
	goods := catalog.New(d, "CNY")
	for _, e := range Goods {
		saved, err := goods.Save(t.Context(), nil, "system", e)
		check(t, err)
		w.SKUs[e.SKU.Code] = saved.SKU.ID
	}
	check(t, d.View(t.Context(), func(tx *db.Tx) error {
		list, err := warehouse.Nodes(tx)
		w.Node = list[0].ID
		return err
	}))
	return w
}

// Line is so many units of a SKU.
type Line struct {
	SKU      string
	Quantity int64 // four and more are received in two lots
}

// Of is lines of one unit each.
func Of(skus ...string) []Line {
	var list []Line
	for _, s := range skus {
		list = append(list, Line{SKU: s, Quantity: 1})
	}
	return list
}

// Picked receives the goods, sells them and walks them to the stage: one order and one fulfilment for each list of lines.
func (w *World) Picked(t testing.TB, orders ...[]Line) []*order.Fulfilment {
	t.Helper()
	var list []*order.Fulfilment
	check(t, w.DB.Update(t.Context(), func(tx *db.Tx) error {
		list = nil
		for _, lines := range orders {
			o := w.order(tx, lines)
			list = append(list, w.fulfilment(tx, o, lines, 0))
		}
		return w.walk(tx, list)
	}))
	return list
}

// PickedParts is one order that this node ships in several fulfilments.
func (w *World) PickedParts(t testing.TB, parts ...[]Line) []*order.Fulfilment {
	t.Helper()
	var list []*order.Fulfilment
	check(t, w.DB.Update(t.Context(), func(tx *db.Tx) error {
		list = nil
		var all []Line
		for _, lines := range parts {
			all = append(all, lines...)
		}
		o := w.order(tx, all)
		first := 0
		for _, lines := range parts {
			list = append(list, w.fulfilment(tx, o, lines, first))
			first += len(lines)
		}
		return w.walk(tx, list)
	}))
	return list
}

func (w *World) order(tx *db.Tx, lines []Line) *order.Order {
	w.serial++
	o := &order.Order{Channel: "test", ExternalNo: fmt.Sprint(w.serial), Kind: "normal", PlacedAt: tx.Micros(), Currency: "CNY", MaySplit: true, ShipBy: w.By,
		Recipient: order.Recipient{Name: "李雷", Phone: "13800000000", Country: "CN", Province: "北京市", City: "北京市", District: "朝阳区", Address: "建国路1号"},
		Axes: order.Axes{Payment: order.Paid, Review: order.ReviewPassed, Fulfilment: order.FulfilmentAllocated,
			Delivery: order.DeliveryNone, AfterSale: order.AfterSaleNone}}
	for i, l := range lines {
		o.Lines = append(o.Lines, order.Line{No: int64(i + 1), SKUID: w.SKUs[l.SKU], SKU: l.SKU, Title: l.SKU, Quantity: l.Quantity, UnitPrice: 1000})
		o.Total += 1000 * l.Quantity
	}
	if err := order.Create(tx, o); err != nil {
		panic(err) // a test's own database
	}
	return o
}

func (w *World) fulfilment(tx *db.Tx, o *order.Order, lines []Line, first int) *order.Fulfilment {
	f := &order.Fulfilment{OrderID: o.ID, NodeID: w.Node, Status: order.Allocated, Rank: o.Rank}
	for i, l := range lines {
		f.Lines = append(f.Lines, order.FulfilmentLine{LineNo: int64(first + i + 1), SKUID: w.SKUs[l.SKU], Quantity: l.Quantity})
	}
	order.AddFulfilment(tx, f)
	return f
}

// walk does what receiving, release and picking do, in short.
func (w *World) walk(tx *db.Tx, list []*order.Fulfilment) error {
	stage, err := warehouse.Stage(tx, w.Node)
	if err != nil {
		return err
	}
	if err := w.receive(tx, list); err != nil {
		return err
	}
	return w.pick(tx, list, stage.ID)
}

// receive has the goods of some fulfilments in the bin, promised to them.
func (w *World) receive(tx *db.Tx, list []*order.Fulfilment) error {
	bin, err := w.bin(tx)
	if err != nil {
		return err
	}
	var demands []inventory.Demand
	var moves []inventory.Move
	for _, f := range list {
		for _, l := range f.Lines {
			to := inventory.Place{Node: w.Node, Location: bin, Quality: inventory.Good}
			first := l.Quantity
			if l.Quantity >= 4 {
				first = l.Quantity / 2
				moves = append(moves, inventory.Move{SKU: l.SKUID, Lot: "L2", Quantity: l.Quantity - first, From: inventory.Outside(inventory.Supplier), To: to, Cause: "receipt"})
			}
			moves = append(moves, inventory.Move{SKU: l.SKUID, Lot: "L1", Quantity: first, From: inventory.Outside(inventory.Supplier), To: to, Cause: "receipt"})
			demands = append(demands, inventory.Demand{FulfilmentID: f.ID, Seq: l.Seq, OrderID: f.OrderID, SKU: l.SKUID, Node: w.Node, Quantity: l.Quantity})
		}
	}
	if err := inventory.Post(tx, moves...); err != nil {
		return err
	}
	return inventory.Promise(tx, demands)
}

func (w *World) pick(tx *db.Tx, list []*order.Fulfilment, stage int64) error {
	ids := make([]int64, len(list))
	for i, f := range list {
		ids[i] = f.ID
	}
	promised, err := inventory.Reservations(tx, ids)
	if err != nil {
		return err
	}
	var soft []inventory.Reservation
	for _, id := range ids {
		soft = append(soft, promised[id]...)
	}
	bound, err := inventory.Bind(tx, soft)
	if err != nil {
		return err
	}
	if len(bound.Short) > 0 {
		return fmt.Errorf("short: %v", bound.Short)
	}
	// Read back, as the picker does: what is bound must be written before it is picked.
	hard, err := inventory.Reservations(tx, ids)
	if err != nil {
		return err
	}
	var taken []inventory.Taken
	for _, id := range ids {
		for _, h := range hard[id] {
			taken = append(taken, inventory.Taken{Reservation: h, Quantity: h.Quantity})
		}
	}
	inventory.Pick(tx, taken, func(int64) int64 { return stage })
	for _, f := range list {
		if err := order.MoveFulfilment(tx, f, order.Released); err != nil {
			return err
		}
		if err := order.MoveFulfilment(tx, f, order.Picked); err != nil {
			return err
		}
	}
	return nil
}

var putBin = db.Upsert("warehouse_location", "id bigint, node_id bigint, zone text, code text, kind text, aisle bigint, bay bigint, level bigint, x_mm bigint, y_mm bigint, pick_seq bigint", 1, "")

// bin is the only pick face of the world.
func (w *World) bin(tx *db.Tx) (int64, error) {
	found, err := warehouse.LocationsByCodes(tx, w.Node, []string{"A-01-01"})
	if err != nil {
		return 0, err
	}
	if l, ok := found["A-01-01"]; ok {
		return l.ID, nil
	}
	id := tx.NewID()
	tx.Put(putBin, id, w.Node, "A", "A-01-01", string(warehouse.KindPick), 1, 1, 1, 1000, 1000, 1)
	return id, nil
}

// Reload reads a fulfilment as it is stored now.
func (w *World) Reload(t testing.TB, id int64) *order.Fulfilment {
	t.Helper()
	var found map[int64]*order.Fulfilment
	check(t, w.DB.View(t.Context(), func(tx *db.Tx) (err error) { found, err = order.Fulfilments(tx, []int64{id}); return err }))
	return found[id]
}

// Order reads an order as it is stored now.
func (w *World) Order(t testing.TB, id int64) *order.Order {
	t.Helper()
	var found map[int64]*order.Order
	check(t, w.DB.View(t.Context(), func(tx *db.Tx) (err error) { found, err = order.ByIDs(tx, []int64{id}); return err }))
	return found[id]
}

// Events lists the kinds of an order's events, oldest first.
func (w *World) Events(t testing.TB, order int64) []string {
	t.Helper()
	var kinds []string
	check(t, w.DB.View(t.Context(), func(tx *db.Tx) error {
		list, err := tx.Timeline(order, 100)
		for _, e := range list {
			kinds = append(kinds, e.Kind)
		}
		return err
	}))
	return kinds
}

// Hold stops an order.
func (w *World) Hold(t testing.TB, id int64) {
	t.Helper()
	check(t, w.DB.Update(t.Context(), func(tx *db.Tx) error {
		return order.PlaceHold(tx, &order.Hold{OrderID: id, Reason: "test", Owner: "reviewer"})
	}))
}

func check(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
