package journey

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	road "github.com/packhorse/packhorse/connect/sim/carrier"
	"github.com/packhorse/packhorse/flow"
	"github.com/packhorse/packhorse/intake"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/db/dbtest"
	"github.com/packhorse/packhorse/inventory"
	"github.com/packhorse/packhorse/order"
	"github.com/packhorse/packhorse/pack"
	"github.com/packhorse/packhorse/pick"
	"github.com/packhorse/packhorse/review"
	"github.com/packhorse/packhorse/seed"
	"github.com/packhorse/packhorse/ship"
	"github.com/packhorse/packhorse/wave"
)

// day is one business day of a made-up company, told in chapters. Each chapter ends with proven books.
type day struct {
	*house
	test    *testing.T
	company *seed.Company
	good    *account // a carrier that delivers
	loser   *account // a carrier that loses every parcel
	no      int
}

func (d *day) chapter(name string, tell func()) {
	d.test.Run(name, func(t *testing.T) {
		d.house.t = t
		tell()
		d.clean("at the end of the chapter")
	})
	if d.test.Failed() {
		d.test.FailNow() // what follows builds on it
	}
}

func TestABusinessDayFromTheFirstFileToTheLastReturn(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, data *db.DB) {
		d := &day{test: t, company: seed.New(7), good: openAccount(t, data, road.Config{Seed: 3}), loser: openAccount(t, data, road.Config{Seed: 4, Fates: road.Fates{Lost: 1}})}
		d.house = found(t, data, map[string]ship.Carrier{"SF": d.good, "ZTO": d.good, "YTO": d.loser})
		d.chapter("the company moves in with its files", d.moveIn)
		d.chapter("the morning's orders arrive, some twice", d.morning)
		d.chapter("the rules pass most and hold the rest for named reasons", d.rules)
		d.chapter("a reviewer approves, edits and rejects", d.reviewer)
		d.chapter("what is not there is owed, until it is received", d.owed)
		d.chapter("a wave is released and picked by scans, the wrong ones refused", d.scanned)
		d.chapter("a short pick goes to another warehouse, and so does a rejected order", d.elsewhere)
		d.chapter("a parcel is packed, and a wrong one refused", d.packed)
		d.chapter("a lost answer of the carrier makes no second waybill", d.labelled)
		d.chapter("a parcel arrives, and a lost one is noticed", d.travels)
		d.chapter("an order is cancelled at every stage", d.cancels)
		d.chapter("an order is changed at every stage", d.changes)
		d.chapter("parcels come back, each unit once", d.returns)
		d.chapter("the counts are closed", d.counts)
	})
}

func (d *day) moveIn() {
	c, orders := d.company, 40
	for _, f := range []struct {
		kind  string
		table [][]string
	}{{"warehouses", seed.Table(c.Warehouses())}, {"locations", seed.Table(c.Locations())}, {"catalog", seed.Table(c.Catalog())}, {"bundles", seed.Table(c.Bundles())},
		{"stock", seed.Table(c.Stock(dbtest.Noon, orders))}, {"rates", seed.Table(c.Rates())}} {
		if a := d.read(f.kind, file(f.table)); a.Rows != len(f.table)-1 {
			d.t.Errorf("%s: %d rows of %d", f.kind, a.Rows, len(f.table)-1)
		}
		if a := d.read(f.kind, file(f.table)); a.Created+a.Updated > 0 {
			d.t.Errorf("%s: the same file again changed %d rows", f.kind, a.Created+a.Updated)
		}
	}
	d.read("locations", text("warehouse,zone,location,kind,aisle,bay,level,x_m,y_m,pick_seq", "JX,S,S-1,pick,1,1,1,1,1,1", "JX,S,S-2,pick,1,2,1,1,2,2", "DG,S,S-1,pick,1,1,1,1,1,1"))
	d.read("catalog", text("sku,title,barcodes,weight_g,length_mm,width_mm,height_mm,price", "MUG,Mug,2909999999018,400,120,100,100,10.00", "TEE,Shirt,2909999999025,180,250,180,20,10.00",
		"PEN,Pen,2909999999032,20,150,10,10,10.00", "CAP,Cap,2909999999049,100,200,200,90,10.00"))
	d.stock("JX,S-1,MUG,good,,,100", "JX,S-2,TEE,good,,,100", "DG,S-1,MUG,good,,,100", "DG,S-1,TEE,good,,,100")
}

func (d *day) morning() {
	list := d.company.Orders(40, dbtest.Noon.Add(-4*time.Hour))
	byChannel := map[string][]seed.Order{}
	for _, o := range list {
		byChannel[o.Channel] = append(byChannel[o.Channel], o)
	}
	created := 0
	for _, channel := range []string{"flagship", "livestream", "webshop"} {
		shop := byChannel[channel][0].Shop
		created += d.bring("orders", channel, shop, file(seed.OrderTable(byChannel[channel]))).Created
		if again := d.bring("orders", channel, shop, file(seed.OrderTable(byChannel[channel]))); again.Created+again.Updated > 0 {
			d.t.Errorf("%s: the same file again made or changed %d orders", channel, again.Created+again.Updated)
		}
	}
	if created != len(list) {
		d.t.Errorf("%d orders of %d are in", created, len(list))
	}
	doc := d.order("浙江省", item("MUG", 1))
	first := taken(d.house, doc)
	revised := doc
	revised.Address += "后门"
	for i, c := range []struct {
		doc  intake.Document
		want string
	}{{doc, intake.Unchanged}, {revised, intake.Amended}, {revised, intake.Unchanged}, {cancelled(revised), intake.Cancelled}, {cancelled(revised), intake.Unchanged}} {
		if r := taken(d.house, c.doc); r.Outcome != c.want || r.OrderID != first.OrderID {
			d.t.Errorf("document %d: %+v, want %s of order %d", i, r, c.want, first.OrderID)
		}
	}
	if got := d.one(first.OrderID); got.Fulfilment != order.FulfilmentCancelled || got.Review != order.ReviewCancelled {
		d.t.Errorf("cancelled before work: %+v", got.Axes)
	}
}

func cancelled(doc intake.Document) intake.Document { doc.Cancelled = true; return doc }

// taken takes a document in that must not be refused.
func taken(h *house, doc intake.Document) intake.Receipt {
	h.t.Helper()
	r, err := h.receive(doc)
	return must(h, r, err)
}

// order is the next order of the day.
func (d *day) order(province string, lines ...intake.Line) intake.Document {
	d.no++
	return sold(d.no, province, lines...)
}

func (d *day) one(key int64) *order.Order {
	d.t.Helper()
	return view(d.house, func(tx *db.Tx) (*order.Order, error) {
		found, err := order.ByIDs(tx, []int64{key})
		return found[key], err
	})
}

// work lists the live fulfilments of an order.
func (d *day) work(key int64) (live []*order.Fulfilment) {
	d.t.Helper()
	all := view(d.house, func(tx *db.Tx) (map[int64][]*order.Fulfilment, error) { return order.FulfilmentsOf(tx, []int64{key}) })
	for _, f := range all[key] {
		if f.Live() {
			live = append(live, f)
		}
	}
	return live
}

// sell sells an order and brings its only fulfilment to a state.
func (d *day) sell(state, province string, lines ...intake.Line) (int64, int64, intake.Document) {
	d.t.Helper()
	doc := d.order(province, lines...)
	key := taken(d.house, doc).OrderID
	d.settle()
	live := d.work(key)
	if len(live) != 1 {
		d.t.Fatalf("%d fulfilments for %s: %+v", len(live), doc.OrderNo, d.one(key).Axes)
	}
	d.upTo(live[0].ID, state)
	return key, live[0].ID, doc
}

var (
	countReview = db.NewSQL(`SELECT count(*) FROM order_head WHERE review = $1`)
	heldWithout = db.NewSQL(`SELECT id FROM order_head o WHERE review = 'held' AND NOT EXISTS (SELECT 1 FROM order_hold h WHERE h.order_id = o.id AND h.released_at = 0 AND h.reason LIKE 'review.%')`)
	nodeOf      = db.NewSQL(`SELECT n.code FROM order_fulfilment f JOIN warehouse_node n ON n.id = f.node_id WHERE f.id = $1`)
	waybillsOf  = db.NewSQL(`SELECT waybill FROM ship_shipment WHERE fulfilment_id = $1 AND status <> 'voided' ORDER BY id`)
	parcelState = db.NewSQL(`SELECT status || ' ' || tracking || ' ' || late FROM ship_shipment WHERE fulfilment_id = $1 ORDER BY id`)
	blockedOf   = db.NewSQL(`SELECT CAST(COALESCE(sum(b.blocked), 0) AS BIGINT) FROM inventory_balance b JOIN catalog_sku s ON s.id = b.sku_id WHERE s.code = $1`)
	promisedOf  = db.NewSQL(`SELECT CAST(COALESCE(sum(b.reserved), 0) AS BIGINT) FROM inventory_balance b JOIN catalog_sku s ON s.id = b.sku_id WHERE s.code = $1`)
)

func (d *day) rules() {
	d.settle()
	passed, held := rows[int64](d.house, countReview, order.ReviewPassed)[0], rows[int64](d.house, countReview, order.ReviewHeld)[0]
	if passed < 25 || held == 0 || rows[int64](d.house, countReview, order.ReviewPending)[0] != 0 {
		d.t.Errorf("%d passed, %d are held", passed, held)
	}
	if list := rows[int64](d.house, heldWithout); len(list) > 0 {
		d.t.Errorf("held for no named reason: %v", list)
	}
}

func (d *day) reviewer() {
	ctx := context.Background()
	ids := map[string]int64{}
	for _, name := range []string{"unpaid", "unmapped", "rejected"} {
		doc := d.order("浙江省", item("MUG", 1))
		switch name {
		case "unmapped":
			doc.Lines[0].SKU = "MUGG"
		default:
			doc.PaymentStatus, doc.PaidAmount = "unpaid", ""
		}
		ids[name] = taken(d.house, doc).OrderID
	}
	d.settle()
	_, err := d.Review.Approve(ctx, nil, ids["unmapped"], "user:ann", "")
	d.want("review.unmapped", err)
	_, err = d.Review.Approve(ctx, nil, ids["unpaid"], "user:ann", "a good customer")
	must(d.house, 0, err)
	_, err = d.Review.Edit(ctx, nil, ids["unmapped"], review.Edit{Lines: map[int64]string{1: "MUG"}}, "user:ann")
	must(d.house, 0, err)
	_, err = d.Review.Reject(ctx, nil, ids["rejected"], "user:ann", "fraud")
	must(d.house, 0, err)
	_, err = d.Review.Approve(ctx, nil, ids["rejected"], "user:ann", "or not")
	d.want("order.state", err)
	d.settle()
	for name, want := range map[string]string{"unpaid": "approved allocated", "unmapped": "passed allocated", "rejected": "rejected cancelled"} {
		if o := d.one(ids[name]); o.Review+" "+o.Fulfilment != want {
			d.t.Errorf("%s: %+v, want %s", name, o.Axes, want)
		}
	}
	_, err = d.Review.Edit(ctx, nil, ids["unpaid"], review.Edit{Lines: map[int64]string{1: "TEE"}}, "user:ann")
	d.want("review.in_work", err)
}

func (d *day) owed() {
	key := taken(d.house, d.order("浙江省", item("CAP", 3))).OrderID
	d.settle()
	if o := d.one(key); o.Fulfilment != order.FulfilmentBackordered {
		d.t.Fatalf("%+v", o.Axes)
	}
	for _, c := range []struct {
		quantity int64
		want     string
	}{{1, order.FulfilmentBackordered}, {2, order.FulfilmentAllocated}} {
		_, err := d.Inventory.Do(context.Background(), nil, inventory.Change{Kind: "receipt", SKU: "CAP", Node: "JX", Location: "S-1", Quantity: c.quantity, Actor: "user:bob"})
		must(d.house, 0, err)
		d.settle()
		if o := d.one(key); o.Fulfilment != c.want {
			d.t.Errorf("after %d: %+v", c.quantity, o.Axes)
		}
	}
	// A debt ends with its order, also where the order was on its way back to the rules.
	doc := d.order("浙江省", item("CAP", 2))
	key = taken(d.house, doc).OrderID
	d.settle()
	_, err := d.Review.Edit(context.Background(), nil, key, review.Edit{Lines: map[int64]string{1: "PEN"}}, "user:ann")
	must(d.house, 0, err)
	taken(d.house, cancelled(doc))
	_, err = d.Review.Stop(context.Background(), nil, "user:ann", order.Hold{OrderID: key, Reason: "hold.customer", Owner: "reviewer"})
	d.want("review.over", err)
	_, err = d.Review.Edit(context.Background(), nil, key, review.Edit{Lines: map[int64]string{1: "MUG"}}, "user:ann")
	d.want("order.state", err)
	passed, _, _ := d.sell(order.Allocated, "浙江省", item("MUG", 1))
	_, err = d.Flow.Cancel(context.Background(), nil, passed, "user:ann", "customer")
	must(d.house, 0, err)
	_, err = d.Review.Stop(context.Background(), nil, "user:ann", order.Hold{OrderID: passed, Reason: "hold.customer", Owner: "reviewer"})
	d.want("review.over", err)
	_, err = d.Review.Edit(context.Background(), nil, passed, review.Edit{Lines: map[int64]string{1: "TEE"}}, "user:ann")
	d.want("review.over", err)
}

func (d *day) scanned() {
	_, a, _ := d.sell(order.Allocated, "浙江省", item("MUG", 2), item("TEE", 1))
	_, b, _ := d.sell(order.Allocated, "浙江省", item("TEE", 1))
	out, err := d.Pick.ReleaseWave(context.Background(), nil, pick.WaveIn{Fulfilments: []int64{a, b}, Method: wave.Discrete, Actor: "user:bob"})
	if must(d.house, out, err); len(out.Released) != 2 || len(out.Refused) > 0 {
		d.t.Fatalf("%+v", out)
	}
	task := out.Tasks[slices.IndexFunc(out.Tasks, func(key int64) bool {
		t, err := d.Pick.Task(context.Background(), key)
		return must(d.house, len(t.Lines), err) == 2
	})]
	for _, s := range []struct {
		location, item string
		quantity       int64
		accepted       bool
	}{
		{"S-9", "", 0, false}, {"S-1", "2909999999025", 1, false}, {"S-1", "nonsense", 1, false}, {"S-1", "2909999999018", 3, false},
		{"S-1", "2909999999018", 2, true}, {"S-1", "2909999999018", 1, false}, {"S-2", "2909999999025", 1, true},
	} {
		got, err := d.Pick.Scan(context.Background(), nil, pick.ScanIn{TaskID: task, Location: s.location, Item: s.item, Quantity: s.quantity, Picker: "bob"})
		if must(d.house, got, err); got.Accepted != s.accepted || got.Accepted == (got.Message.Code != "") && !got.Accepted {
			d.t.Errorf("%+v: %+v", s, got)
		}
	}
	if f := view(d.house, func(tx *db.Tx) (map[int64]*order.Fulfilment, error) { return order.Fulfilments(tx, []int64{a}) })[a]; f.Status != order.Picked {
		d.t.Errorf("after the last scan: %s", f.Status)
	}
}

func (d *day) elsewhere() {
	key, f, _ := d.sell(order.Released, "浙江省", item("MUG", 4))
	from := rows[string](d.house, nodeOf, f)[0]
	task := rows[int64](d.house, taskOf, f)[0]
	short, err := d.Flow.ShortPick(context.Background(), nil, flow.Short{Task: task, Line: 1, Picked: 1, Picker: "bob"})
	if must(d.house, short, err); short.Missing != 3 {
		d.t.Errorf("%+v", short)
	}
	live := d.work(key)
	if len(live) != 2 || live[0].Units() != 1 || live[1].Units() != 3 {
		d.t.Fatalf("%d fulfilments", len(live))
	}
	key, f, _ = d.sell(order.Picked, "浙江省", item("TEE", 1))
	if _, err := d.Flow.Reject(context.Background(), nil, f, "user:bob", "flooded"); err != nil {
		d.t.Fatalf("%v", err)
	}
	live = d.work(key)
	if len(live) != 1 || rows[string](d.house, nodeOf, live[0].ID)[0] == from {
		d.t.Errorf("after the reject: %+v", live)
	}
}

var taskOf = db.NewSQL(`SELECT task_id FROM pick_line WHERE fulfilment_id = $1 ORDER BY task_id`)

func (d *day) packed() {
	_, f, _ := d.sell(order.Picked, "浙江省", item("MUG", 2))
	mug, shirt := "2909999999018", "2909999999025"
	for _, c := range []struct {
		scans []string
		grams int64
		code  string
	}{{[]string{mug, shirt}, 0, "pack.content_differs"}, {[]string{mug}, 0, "pack.content_differs"}, {[]string{mug, mug, "nonsense"}, 0, "pack.unknown_scan"},
		{[]string{mug, mug}, 5000, "pack.weight_differs"}, {[]string{mug, mug}, -1, "pack.weight"}} {
		_, err := d.Pack.Pack(context.Background(), nil, pack.In{FulfilmentID: f, Packer: "user:eve", Scans: c.scans, Parcels: []pack.ParcelIn{{WeightG: c.grams}}})
		d.want(c.code, err)
	}
	out, err := d.Pack.Pack(context.Background(), nil, pack.In{FulfilmentID: f, Packer: "user:eve", Scans: []string{mug, mug}})
	if must(d.house, out, err); len(out.Parcels) != 1 {
		d.t.Errorf("%+v", out)
	}
	_, err = d.Pack.Pack(context.Background(), nil, pack.In{FulfilmentID: f, Packer: "user:eve"})
	d.want("pack.not_picked", err)
}

// label asks a carrier for waybills and waits until the answer is in.
func (d *day) label(f int64, carrier string) {
	d.t.Helper()
	_, err := d.Ship.Label(context.Background(), nil, ship.LabelIn{FulfilmentID: f, Carrier: carrier, Actor: "user:eve"})
	must(d.house, 0, err)
	d.wait()
}

// wait lets the jobs run over their pauses.
func (d *day) wait() {
	for range 3 {
		d.settle()
		d.DB.Clock().Advance(time.Minute)
	}
}

func (d *day) labelled() {
	ctx := context.Background()
	_, f, _ := d.sell(order.Packed, "浙江省", item("MUG", 1))
	d.good.swallow.Store(1)
	books, finds := d.good.books.Load(), d.good.finds.Load()
	d.label(f, "SF")
	first := rows[string](d.house, waybillsOf, f)
	if len(first) != 1 || first[0] == "" || d.good.books.Load()-books != 1 || d.good.finds.Load()-finds == 0 {
		d.t.Errorf("waybills %v after %d bookings and %d questions", first, d.good.books.Load()-books, d.good.finds.Load()-finds)
	}
	voids := d.good.voids.Load()
	_, err := d.Ship.Void(ctx, nil, ship.VoidIn{FulfilmentID: f, Actor: "user:eve"})
	must(d.house, 0, err)
	d.wait()
	_, err = d.Ship.Void(ctx, nil, ship.VoidIn{FulfilmentID: f, Actor: "user:eve"})
	d.want("ship.nothing_to_void", err)
	d.label(f, "SF")
	second := rows[string](d.house, waybillsOf, f)
	if d.good.voids.Load() == voids || len(second) != 1 || second[0] == first[0] {
		d.t.Errorf("after the void: %v then %v, %d voids at the carrier", first, second, d.good.voids.Load()-voids)
	}
	m, err := d.Ship.HandOver(ctx, nil, ship.HandOverIn{Waybills: []string{second[0], first[0], "nonsense"}, Actor: "user:eve"})
	if must(d.house, m, err); len(m.Handed) != 1 || len(m.Refused) != 2 {
		d.t.Errorf("%+v", m)
	}
}

func (d *day) travels() {
	ctx := context.Background()
	key, good, _ := d.sell(order.Packed, "浙江省", item("TEE", 1))
	_, lost, _ := d.sell(order.Packed, "浙江省", item("TEE", 2))
	d.label(good, "SF")
	d.label(lost, "YTO")
	m, err := d.Ship.HandOver(ctx, nil, ship.HandOverIn{Fulfilments: []int64{good, lost}, Actor: "user:eve"})
	if must(d.house, m, err); len(m.Handed) != 2 {
		d.t.Fatalf("%+v", m)
	}
	late := 0
	for range 4 * 15 { // a fortnight, looked at every six hours
		d.wait()
		d.DB.Clock().Advance(6 * time.Hour)
		_, err := d.Track.Poll(ctx)
		must(d.house, 0, err)
		n, err := d.Track.Late(ctx)
		late += must(d.house, n, err)
	}
	if o := d.one(key); o.Delivery != order.DeliveryDelivered {
		d.t.Errorf("%+v, %v", o.Axes, rows[string](d.house, parcelState, good))
	}
	if got := rows[string](d.house, parcelState, lost)[0]; late == 0 || !strings.Contains(got, "track.late.lost") {
		d.t.Errorf("the lost parcel reads %q after %d findings", got, late)
	}
}
