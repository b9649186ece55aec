package check

import (
	"context"
	"fmt"
	"testing"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/inventory"
	"github.com/packhorse/packhorse/order"
)

// The small world: two SKUs, a bundle of them, one node with a bin, a reserve, a stage and a quarantine.
const (
	tea, pot, box              = int64(11), int64(12), int64(13)
	node                       = int64(21)
	bin, stage, quarantine, hi = int64(31), int64(32), int64(33), int64(34)
)

// world holds what was built, by the state in which each order was left.
type world struct {
	orders  map[string]*order.Order
	works   map[string]*order.Fulfilment
	tasks   map[string]int64
	parcels map[string]int64
	ships   map[string]int64
	docs    map[string]int64
}

var (
	insSKU = db.NewSQL(`INSERT INTO catalog_sku (id, owner, code, title, weight_g, length_mm, width_mm, height_mm, fragile, this_side_up, liquid, battery, cost, price, shelf_life_days, updated_at)
	  VALUES ($1, 'self', $2, $2, 100, 10, 10, 10, FALSE, FALSE, FALSE, FALSE, 0, 0, 0, 0)`)
	insNode = db.NewSQL(`INSERT INTO warehouse_node (id, code, name, timezone, country, province, city, district, address, lat, lng, capacity_orders_day, handling_cost, priority, open, cutoffs, updated_at)
	  VALUES ($1, 'SH', 'Shanghai', 'Asia/Shanghai', 'CN', '', '', '', '', 0, 0, 0, 0, 0, TRUE, '', 0)`)
	insLocation = db.NewSQL(`INSERT INTO warehouse_location (id, node_id, zone, code, kind, aisle, bay, level, x_mm, y_mm, pick_seq) VALUES ($1, $2, 'A', $3, $4, 1, 1, 1, 0, 0, $1)`)
	insBundle   = db.NewSQL(`INSERT INTO catalog_bundle (bundle_id, component_id, quantity, valid_from, valid_to) VALUES ($1, $2, $3, 0, 0)`)
	insDoc      = db.Insert("intake_document", "id bigint, channel text, shop text, external_id text, revision bigint, external_revision bigint, hash text, source text, received_at bigint, order_id bigint, outcome text, body text")
	insTask     = db.Insert("pick_task", "id bigint, wave_id bigint, node_id bigint, method text, zone text, status text, picker text, metres bigint, plain_metres bigint, created_at bigint, updated_at bigint")
	insPickLine = db.Insert("pick_line", "task_id bigint, seq bigint, fulfilment_id bigint, fulfilment_seq bigint, part bigint, sku_id bigint, lot text, location_id bigint, quantity bigint, picked bigint, status text")
	insParcel   = db.Insert("pack_parcel", "id bigint, order_id bigint, fulfilment_id bigint, node_id bigint, no bigint, status text, carton text, expected_g bigint, weight_g bigint, length_mm bigint, width_mm bigint, height_mm bigint, packer text, packed_at bigint")
	insContent  = db.Insert("pack_parcel_line", "parcel_id bigint, fulfilment_seq bigint, sku_id bigint, lot text, quantity bigint")
	insShipment = db.Insert("ship_shipment", "id bigint, order_id bigint, fulfilment_id bigint, parcel_id bigint, node_id bigint, carrier text, service text, waybill text, status text, cost bigint, currency text, tracking text, reason text, late text, last_scan_at bigint, next_poll_at bigint, promised_by bigint, handed_over_at bigint, delivered_at bigint, created_at bigint, updated_at bigint")
)

func build(t *testing.T, d *db.DB) *world {
	t.Helper()
	w := &world{map[string]*order.Order{}, map[string]*order.Fulfilment{}, map[string]int64{}, map[string]int64{}, map[string]int64{}, map[string]int64{}}
	do(t, d, w.ground)
	w.take(t, d, "pending", order.ReviewPending, line(tea, 1))
	w.take(t, d, "held", order.ReviewHeld, line(tea, 1))
	w.take(t, d, "rejected", order.ReviewRejected, line(tea, 1))
	w.take(t, d, "waiting", order.ReviewPassed, line(tea, 1))
	w.take(t, d, "cancelled", order.ReviewCancelled, order.Line{SKUID: tea, Quantity: 2, Cancelled: 2})
	w.take(t, d, "owed", order.ReviewPassed, line(tea, 5), line(pot, 1))
	for _, how := range []string{"allocated", "released", "picked", "packed", "shipped", "delivered"} {
		w.take(t, d, how, order.ReviewPassed, line(tea, 2), line(pot, 1))
	}
	w.take(t, d, "bundle", order.ReviewApproved, line(box, 3))
	do(t, d, func(tx *db.Tx) error {
		if err := order.PlaceHold(tx, &order.Hold{OrderID: w.orders["held"].ID, Reason: "order.hold.manual", Owner: "reviewer"}); err != nil {
			return err
		}
		w.promise(tx, "owed", order.FulfilmentLine{LineNo: 1, SKUID: tea, Quantity: 3}, order.FulfilmentLine{LineNo: 2, SKUID: pot, Quantity: 1})
		order.Owe(tx, order.BackOrder{OrderID: w.orders["owed"].ID, LineNo: 1, SKUID: tea, Quantity: 2, Reason: "out_of_stock"}, false)
		w.promise(tx, "bundle", order.FulfilmentLine{LineNo: 1, SKUID: tea, Quantity: 6}, order.FulfilmentLine{LineNo: 1, SKUID: pot, Quantity: 3})
		for _, how := range []string{"allocated", "released", "picked", "packed", "shipped", "delivered"} {
			w.promise(tx, how, order.FulfilmentLine{LineNo: 1, SKUID: tea, Quantity: 2}, order.FulfilmentLine{LineNo: 2, SKUID: pot, Quantity: 1})
		}
		return nil
	})
	w.work(t, d, order.Released, w.release, "released", "picked", "packed", "shipped", "delivered")
	w.work(t, d, order.Picked, w.pick, "picked", "packed", "shipped", "delivered")
	w.work(t, d, order.Packed, w.pack, "packed", "shipped", "delivered")
	w.work(t, d, order.Shipped, w.ship, "shipped", "delivered")
	w.settle(t, d)
	return w
}

func do(t *testing.T, d *db.DB, fn func(tx *db.Tx) error) {
	t.Helper()
	if err := d.Update(context.Background(), fn); err != nil {
		t.Fatal(err)
	}
}

func line(sku, quantity int64) order.Line {
	return order.Line{SKUID: sku, SKU: fmt.Sprint("SKU", sku), Quantity: quantity, UnitPrice: 500}
}

func (w *world) ground(tx *db.Tx) error {
	for _, x := range []struct {
		sql  *db.SQL
		args []any
	}{
		{insSKU, []any{tea, "TEA"}}, {insSKU, []any{pot, "POT"}}, {insSKU, []any{box, "BOX"}}, {insNode, []any{node}},
		{insLocation, []any{bin, node, "A-1", "pick"}}, {insLocation, []any{stage, node, "STAGE", "stage"}},
		{insLocation, []any{quarantine, node, "QUARANTINE", "quarantine"}}, {insLocation, []any{hi, node, "A-9", "reserve"}},
		{insBundle, []any{box, tea, 2}}, {insBundle, []any{box, pot, 1}},
	} {
		if _, err := tx.Exec(x.sql, x.args...); err != nil {
			return err
		}
	}
	at := func(location int64, quality string) inventory.Place {
		return inventory.Place{Node: node, Location: location, Quality: quality}
	}
	return inventory.Post(tx,
		inventory.Move{SKU: tea, Lot: "L1", Quantity: 40, From: inventory.Outside(inventory.Supplier), To: at(bin, inventory.Good), Cause: "receipt"},
		inventory.Move{SKU: pot, Quantity: 30, From: inventory.Outside(inventory.Supplier), To: at(bin, inventory.Good), Cause: "receipt"},
		inventory.Move{SKU: pot, Quantity: 5, From: inventory.Outside(inventory.Supplier), To: at(quarantine, inventory.Defective), Cause: "receipt"})
}

// take creates an order with its document and its first event, in the fulfilment state that review leaves it in.
func (w *world) take(t *testing.T, d *db.DB, name, review string, lines ...order.Line) {
	t.Helper()
	o := &order.Order{Channel: "web", Shop: "main", ExternalNo: "NO-" + name, Kind: "normal", Currency: "CNY", ShippingFee: 800, Discount: 100, MaySplit: true,
		Recipient: order.Recipient{Name: "Li *", Address: "Road 1", Country: "CN"}, Lines: lines,
		Axes: order.Axes{Payment: order.Paid, Review: review, Fulfilment: order.FulfilmentNone, Delivery: order.DeliveryNone, AfterSale: order.AfterSaleNone}}
	o.Total = o.ShippingFee - o.Discount
	for i := range o.Lines {
		o.Lines[i].No = int64(i + 1)
		o.Total += o.Lines[i].Amount()
	}
	switch {
	case o.Passed():
		o.Fulfilment = order.FulfilmentWaiting
	case review == order.ReviewRejected || review == order.ReviewCancelled:
		o.Fulfilment = order.FulfilmentCancelled
	}
	w.orders[name] = o
	do(t, d, func(tx *db.Tx) error {
		o.PlacedAt = tx.Micros()
		if err := order.Create(tx, o); err != nil {
			return err
		}
		w.docs[name] = tx.NewID()
		tx.Put(insDoc, w.docs[name], o.Channel, o.Shop, o.ExternalNo, 1, 0, "h", "api", tx.Micros(), o.ID, "created", `{"order_no":"1"}`)
		tx.Emit(db.Event{Kind: "order.received.v1", Order: o.ID})
		return nil
	})
}

func (w *world) promise(tx *db.Tx, name string, lines ...order.FulfilmentLine) {
	o := w.orders[name]
	f := &order.Fulfilment{OrderID: o.ID, NodeID: node, Status: order.Allocated, Rank: o.Rank, Lines: lines}
	order.AddFulfilment(tx, f)
	w.works[name] = f
	var demands []inventory.Demand
	for _, l := range f.Lines {
		demands = append(demands, inventory.Demand{FulfilmentID: f.ID, Seq: l.Seq, OrderID: o.ID, SKU: l.SKUID, Node: node, Quantity: l.Quantity})
	}
	if err := inventory.Promise(tx, demands); err != nil {
		panic(err)
	}
}

// work takes fulfilments one state further.
func (w *world) work(t *testing.T, d *db.DB, to string, step func(tx *db.Tx, name string, rs []inventory.Reservation) error, names ...string) {
	t.Helper()
	for _, name := range names {
		do(t, d, func(tx *db.Tx) error {
			f := w.works[name]
			rs, err := inventory.Reservations(tx, []int64{f.ID})
			if err != nil {
				return err
			}
			if err := step(tx, name, rs[f.ID]); err != nil {
				return err
			}
			return order.MoveFulfilment(tx, f, to)
		})
	}
}

func (w *world) release(tx *db.Tx, name string, rs []inventory.Reservation) error {
	bound, err := inventory.Bind(tx, rs)
	if err != nil {
		return err
	}
	w.tasks[name] = tx.NewID()
	tx.Put(insTask, w.tasks[name], 0, node, "discrete", "", "ready", "", 10, 12, tx.Micros(), tx.Micros())
	for i, r := range bound.Hard {
		tx.Put(insPickLine, w.tasks[name], i+1, r.FulfilmentID, r.Seq, r.Part, r.SKU, r.Lot, r.Location, r.Quantity, 0, "open")
	}
	return nil
}

var (
	setPicked = db.Change("pick_line", "task bigint, seq bigint", 2, "picked = t.quantity, status = 'picked'", "t.task_id = x.task AND t.seq = x.seq")
	setDone   = db.Change("pick_task", "id bigint", 1, "status = 'done'", "t.id = x.id")
)

func (w *world) pick(tx *db.Tx, name string, rs []inventory.Reservation) error {
	var taken []inventory.Taken
	for i, r := range rs {
		taken = append(taken, inventory.Taken{Reservation: r, Quantity: r.Quantity})
		tx.Put(setPicked, w.tasks[name], i+1)
	}
	tx.Put(setDone, w.tasks[name])
	inventory.Pick(tx, taken, func(int64) int64 { return stage })
	return nil
}

func (w *world) pack(tx *db.Tx, name string, rs []inventory.Reservation) error {
	f, p := w.works[name], tx.NewID()
	w.parcels[name] = p
	tx.Put(insParcel, p, f.OrderID, f.ID, node, 1, "packed", "M", 300, 310, 10, 10, 10, "ann", tx.Micros())
	for _, r := range rs {
		tx.Put(insContent, p, r.Seq, r.SKU, r.Lot, r.Quantity)
	}
	return nil
}

func (w *world) ship(tx *db.Tx, name string, rs []inventory.Reservation) error {
	f, s := w.works[name], tx.NewID()
	w.ships[name] = s
	status, tracking, delivered := "handed_over", "in_transit", int64(0)
	if name == "delivered" {
		status, tracking, delivered = "closed", "delivered", tx.Micros()
	}
	tx.Put(insShipment, s, f.OrderID, f.ID, w.parcels[name], node, "sim", "std", "WB-"+name, status, 900, "CNY", tracking, "", "", 0, 0, 0, tx.Micros(), delivered, tx.Micros(), tx.Micros())
	var left []inventory.Left
	for _, r := range rs {
		left = append(left, inventory.Left{Reservation: r, Quantity: r.Quantity, Ref: s})
	}
	inventory.Consume(tx, left, map[int64][]inventory.Reservation{f.ID: rs})
	return nil
}

// settle gives every order that went on the axis that its facts have.
func (w *world) settle(t *testing.T, d *db.DB) {
	t.Helper()
	for name, f := range w.works {
		do(t, d, func(tx *db.Tx) error {
			o := w.orders[name]
			owed, err := order.BackOrders(tx, []int64{o.ID})
			if err != nil {
				return err
			}
			to := o.Axes
			to.Fulfilment = order.Derive(o, []*order.Fulfilment{f}, owed[o.ID])
			switch name {
			case "shipped":
				to.Delivery = order.DeliveryInTransit
			case "delivered":
				to.Delivery = order.DeliveryDelivered
			}
			return order.Move(tx, o, to)
		})
	}
}
