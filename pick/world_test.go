package pick_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/packhorse/packhorse/catalog"
	"github.com/packhorse/packhorse/internal/clock"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/db/dbtest"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/sheet"
	"github.com/packhorse/packhorse/inventory"
	"github.com/packhorse/packhorse/order"
	"github.com/packhorse/packhorse/pick"
	"github.com/packhorse/packhorse/warehouse"
)

var ctx = context.Background()

const (
	nodesFile = "code,name,timezone,country,province,city,district,address,lat,lng,capacity_orders_day,handling_cost,cutoffs\n" +
		"JX,Jiaxing,Asia/Shanghai,CN,浙江省,嘉兴市,南湖区,Road 1,30.7,120.7,0,2,SF=16:00\n" +
		"CD,Chengdu,Asia/Shanghai,CN,四川省,成都市,双流区,Road 2,30.5,103.9,0,2,\n"
	// Three aisles of two zones; the numbers of the walk go up one aisle and down the next.
	locationsFile = "warehouse,zone,location,kind,aisle,bay,level,x_m,y_m,pick_seq\n" +
		"JX,A,A1-1,pick,1,1,1,2,10,1\nJX,A,A1-2,pick,1,2,1,2,20,2\nJX,A,A2-2,pick,2,2,1,6,20,3\nJX,A,A2-1,pick,2,1,1,6,10,4\n" +
		"JX,B,B3-1,pick,3,1,1,10,10,5\nJX,R,R1,reserve,1,1,4,2,10,0\nJX,A,STAGE,stage,,,,4,0,\nCD,A,C1,pick,1,1,1,2,10,1\n"
	skusFile  = "sku,title,barcodes,weight_g\nBOWL,Bowl,6901234567892|16901234567899*12,300\nCUP,Cup,cup,100\nTEA,Tea,tea,50\nPOT,Pot,pot,900\nPAN,Pan,pan,900\n"
	stockFile = "warehouse,location,sku,quality,lot,expires_on,quantity\n" +
		"JX,A1-1,BOWL,good,,,1000000\nJX,A2-2,CUP,good,,,1000000\nJX,A1-2,TEA,good,L1,2027-01-01,5\nJX,A2-1,TEA,good,L2,2028-01-01,1000\n" +
		"JX,B3-1,POT,good,,,1000\nJX,R1,PAN,good,,,50\nCD,C1,BOWL,good,,,10\n"
)

// world is a small company with two nodes and the service under test.
type world struct {
	testing.TB
	db    *db.DB
	clock *clock.Clock
	pick  *pick.Service
	nodes map[string]int64
	skus  map[string]int64
	no    int64
	by    int64 // the deadline of the next orders; 0 = none
}

// each runs a test in a fresh world on both databases.
func each(t *testing.T, test func(w *world)) {
	t.Helper()
	dbtest.Each(t, func(t *testing.T, d *db.DB) { test(open(t, d)) })
}

func open(t testing.TB, d *db.DB) *world {
	t.Helper()
	w := &world{TB: t, db: d, clock: d.Clock(), pick: pick.New(d, nil), nodes: map[string]int64{}, skus: map[string]int64{}}
	w.load(warehouse.New(d, "CNY").ImportWarehouses, nodesFile)
	w.load(warehouse.New(d, "CNY").ImportLocations, locationsFile)
	w.load(catalog.New(d, "CNY").ImportSKUs, skusFile)
	w.load(inventory.New(d).ImportStock, stockFile)
	w.view(func(tx *db.Tx) error {
		nodes, err := warehouse.Nodes(tx)
		for _, n := range nodes {
			w.nodes[n.Code] = n.ID
		}
		if err != nil {
			return err
		}
		skus, err := catalog.ByCodes(tx, []string{"BOWL", "CUP", "TEA", "POT", "PAN"})
		for code, s := range skus {
			w.skus[code] = s.ID
		}
		return err
	})
	return w
}

func sqlite(t testing.TB) *db.DB { return dbtest.Open(t, dbtest.SQLite(t), clock.Fixed(dbtest.Noon)) }

func (w *world) load(read func(context.Context, *sheet.Reader, bool, func(int)) (sheet.Answer, error), text string) {
	w.Helper()
	r, err := sheet.Open("test.csv", strings.NewReader(text), int64(len(text)), sheet.DefaultLimits())
	if err != nil {
		w.Fatal(err)
	}
	defer r.Close()
	a, err := read(ctx, r, false, nil)
	if err != nil || len(a.Rejected) > 0 {
		w.Fatalf("%v %+v", err, a.Rejected)
	}
}

func (w *world) view(do func(*db.Tx) error) {
	w.Helper()
	if err := w.db.View(ctx, do); err != nil {
		w.Fatal(err)
	}
}

func (w *world) update(do func(*db.Tx) error) {
	w.Helper()
	if err := w.db.Update(ctx, do); err != nil {
		w.Fatal(err)
	}
}

// want is so many of a SKU.
type want struct {
	sku      string
	quantity int64
}

// allocated makes an order that JX has promised, and gives its fulfilment.
func (w *world) allocated(lines ...want) int64 { return w.allocatedAt("JX", lines...) }

func (w *world) allocatedAt(node string, lines ...want) int64 {
	w.Helper()
	w.no++
	var f *order.Fulfilment
	w.update(func(tx *db.Tx) error {
		o := &order.Order{Channel: "csv", ExternalNo: fmt.Sprint(w.no), Kind: "normal", Currency: "CNY", ShipBy: w.by,
			Axes: order.Axes{Payment: order.Paid, Review: order.ReviewPassed, Fulfilment: order.FulfilmentAllocated,
				Delivery: order.DeliveryNone, AfterSale: order.AfterSaleNone}}
		f = &order.Fulfilment{NodeID: w.nodes[node], Status: order.Allocated}
		for i, l := range lines {
			o.Lines = append(o.Lines, order.Line{No: int64(i + 1), SKUID: w.skus[l.sku], SKU: l.sku, Quantity: l.quantity})
			f.Lines = append(f.Lines, order.FulfilmentLine{LineNo: int64(i + 1), SKUID: w.skus[l.sku], Quantity: l.quantity})
		}
		if err := order.Create(tx, o); err != nil {
			return err
		}
		f.OrderID, f.Rank = o.ID, o.Rank
		order.AddFulfilment(tx, f)
		var demands []inventory.Demand
		for _, l := range f.Lines {
			demands = append(demands, inventory.Demand{FulfilmentID: f.ID, Seq: l.Seq, OrderID: o.ID, SKU: l.SKUID, Node: f.NodeID, Quantity: l.Quantity})
		}
		return inventory.Promise(tx, demands)
	})
	return f.ID
}

func (w *world) released(lines ...want) pick.Released {
	w.Helper()
	return w.release(w.allocated(lines...))
}

func (w *world) release(key int64) pick.Released {
	w.Helper()
	out, err := w.pick.Release(ctx, nil, pick.ReleaseIn{FulfilmentID: key, Actor: "user:lin"})
	if err != nil {
		w.Fatal(err)
	}
	return out
}

func (w *world) fulfilment(key int64) *order.Fulfilment {
	w.Helper()
	var f *order.Fulfilment
	w.view(func(tx *db.Tx) error {
		m, err := order.Fulfilments(tx, []int64{key})
		f = m[key]
		return err
	})
	return f
}

// hold stops the order of a fulfilment; lift ends that again.
func (w *world) hold(key int64) (lift func()) {
	h := &order.Hold{OrderID: w.fulfilment(key).OrderID, Reason: "test", Owner: "reviewer"}
	w.update(func(tx *db.Tx) error { return order.PlaceHold(tx, h) })
	return func() {
		w.Helper()
		w.update(func(tx *db.Tx) error { return order.ReleaseHold(tx, h, "user:1", "") })
	}
}

func (w *world) task(key int64) pick.Detail {
	w.Helper()
	d, err := w.pick.Task(ctx, key)
	if err != nil {
		w.Fatal(err)
	}
	return d
}

// kinds counts the units that are reserved for a fulfilment, by kind.
func (w *world) kinds(key int64) map[string]int64 {
	w.Helper()
	out := map[string]int64{}
	w.view(func(tx *db.Tx) error {
		all, err := inventory.Reservations(tx, []int64{key})
		for _, r := range all[key] {
			out[r.Kind] += r.Quantity
		}
		return err
	})
	return out
}

// events counts the events of one kind on a fulfilment's order.
func (w *world) events(key int64, kind string) (n int) {
	w.Helper()
	w.view(func(tx *db.Tx) error {
		f, err := order.Fulfilments(tx, []int64{key})
		if err != nil {
			return err
		}
		list, err := tx.Timeline(f[key].OrderID, 100)
		for _, e := range list {
			if e.Kind == kind && e.Subject == key {
				n++
			}
		}
		return err
	})
	return n
}

var (
	selStock = db.NewSQL(`SELECT COALESCE(SUM(s.on_hand), 0), COALESCE(SUM(s.reserved), 0) FROM inventory_stock s JOIN warehouse_location l ON l.id = s.location_id
	  WHERE l.code = $1 AND s.sku_id = $2 AND s.quality = $3`)
	// selUneven names what the book says that its parts do not: balances against stock and reservations, stock against reservations.
	selUneven = db.NewSQL(`SELECT b.sku_id FROM inventory_balance b WHERE
	  b.on_hand <> (SELECT COALESCE(SUM(s.on_hand), 0) FROM inventory_stock s WHERE s.sku_id = b.sku_id AND s.node_id = b.node_id)
	  OR b.blocked <> (SELECT COALESCE(SUM(s.on_hand), 0) FROM inventory_stock s WHERE s.sku_id = b.sku_id AND s.node_id = b.node_id AND s.quality <> 'good')
	  OR b.reserved <> (SELECT COALESCE(SUM(r.quantity), 0) FROM inventory_reservation r WHERE r.sku_id = b.sku_id AND r.node_id = b.node_id)
	  UNION ALL SELECT s.sku_id FROM inventory_stock s WHERE s.reserved <> (SELECT COALESCE(SUM(r.quantity), 0) FROM inventory_reservation r
	    WHERE r.location_id = s.location_id AND r.container = s.container AND r.sku_id = s.sku_id AND r.lot = s.lot AND s.quality = 'good' AND r.kind <> 'soft')`)
)

// stock is what stands at a location of a SKU and quality, and what of it is reserved.
func (w *world) stock(location, sku, quality string) (onHand, reserved int64) {
	w.Helper()
	w.view(func(tx *db.Tx) error {
		_, err := tx.Query(selStock, location, w.skus[sku], quality).One(&onHand, &reserved)
		return err
	})
	return onHand, reserved
}

// even fails the test when the book of stock contradicts itself.
func (w *world) even() {
	w.Helper()
	w.view(func(tx *db.Tx) error {
		list, err := db.All(tx.Query(selUneven), func(r *db.Rows) (v int64) { r.Scan(&v); return v })
		if len(list) > 0 {
			w.Errorf("the book of stock is uneven for %d rows", len(list))
		}
		return err
	})
}

// refused fails the test unless err is a fault of this code.
func (w *world) refused(err error, code string) {
	w.Helper()
	if fault.Code(err) != code {
		w.Errorf("got %v, want %s", err, code)
	}
}
