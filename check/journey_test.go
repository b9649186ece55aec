package check_test

import (
	"context"
	"fmt"
	"github.com/packhorse/packhorse/aftersales"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/packhorse/packhorse/allocation"
	"github.com/packhorse/packhorse/catalog"
	"github.com/packhorse/packhorse/check"
	"github.com/packhorse/packhorse/flow"
	"github.com/packhorse/packhorse/intake"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/db/dbtest"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/sheet"
	"github.com/packhorse/packhorse/inventory"
	"github.com/packhorse/packhorse/order"
	"github.com/packhorse/packhorse/pack"
	"github.com/packhorse/packhorse/pick"
	"github.com/packhorse/packhorse/review"
	"github.com/packhorse/packhorse/ship"
	"github.com/packhorse/packhorse/track"
	"github.com/packhorse/packhorse/warehouse"
)

// company is a whole one, with every service that touches the books.
type company struct {
	t          *testing.T
	db         *db.DB
	dice       *rand.Rand
	intake     *intake.Service
	review     *review.Service
	allocation *allocation.Service
	stock      *inventory.Service
	pick       *pick.Service
	pack       *pack.Service
	ship       *ship.Service
	track      *track.Service
	flow       *flow.Service
	back       *aftersales.Service
	done       map[string]int // what happened how often
}

const (
	nodes   = "code,timezone,country,province,city,district,address,cutoffs\nHZ,Asia/Shanghai,CN,浙江省,杭州市,余杭区,仓前街道1号,\nGZ,Asia/Shanghai,CN,广东省,广州市,天河区,体育西路1号,\n"
	spots   = "warehouse,zone,location,kind,aisle,bay,level,x_m,y_m,pick_seq\nHZ,A,A-1,pick,1,1,1,1,1,1\nHZ,A,A-2,pick,1,2,1,1,2,2\nHZ,R,R-1,reserve,2,1,1,5,1,9\nGZ,A,A-1,pick,1,1,1,1,1,1\n"
	rates   = "carrier,service,from_region,to_region,first_g,first_price,step_g,step_price,volumetric_divisor,days_p50,days_p90,currency\nZTO,standard,浙江省,北京市,1000,5.00,1000,2.00,8000,2,3,CNY\nZTO,standard,广东省,北京市,1000,6.00,1000,2.00,8000,3,4,CNY\n"
	goods   = "sku,title,weight_g,length_mm,width_mm,height_mm\nMUG,Mug,400,120,100,100\nTEE,Shirt,180,250,180,20\nPEN,Pen,20,150,10,10\nSET,Mug and two pens,,,,\n"
	recipes = "bundle_sku,component_sku,quantity\nSET,MUG,1\nSET,PEN,2\n"
)

func found(t *testing.T, d *db.DB, seed uint64) *company {
	carriers := map[string]ship.Carrier{}
	c := &company{t: t, db: d, dice: rand.New(rand.NewPCG(seed, 7)), done: map[string]int{}}
	c.ship = ship.New(d, carriers, ship.Settings{})
	c.allocation = allocation.New(d, c.ship.Lanes, allocation.Settings{Region: ship.RegionKey})
	c.pick, c.pack, c.stock = pick.New(d, nil), pack.New(d), inventory.New(d)
	c.flow = flow.New(d, c.allocation, c.pick, c.ship)
	c.intake, c.review = intake.New(d, c.flow.Amend), review.New(d, review.Settings{Currency: "CNY"})
	c.back = aftersales.New(d, c.intake, carriers, aftersales.Settings{})
	c.track = track.New(d, carriers, track.Settings{Families: map[string]string{"ZTO": "kuaidi100"}})
	cat, wh, ctx := catalog.New(d, "CNY"), warehouse.New(d, "CNY"), t.Context()
	c.read(nodes, func(r *sheet.Reader) (sheet.Answer, error) { return wh.ImportWarehouses(ctx, r, false, nil) })
	c.read(spots, func(r *sheet.Reader) (sheet.Answer, error) { return wh.ImportLocations(ctx, r, false, nil) })
	c.read(goods, func(r *sheet.Reader) (sheet.Answer, error) { return cat.ImportSKUs(ctx, r, false, nil) })
	c.read(recipes, func(r *sheet.Reader) (sheet.Answer, error) { return cat.ImportBundles(ctx, r, false, nil) })
	c.read(rates, func(r *sheet.Reader) (sheet.Answer, error) { return c.ship.ImportRates(ctx, r, false, nil) })
	return c
}

func (c *company) read(text string, in func(*sheet.Reader) (sheet.Answer, error)) {
	c.t.Helper()
	r, err := sheet.Open("f.csv", strings.NewReader(text), int64(len(text)), sheet.DefaultLimits())
	if err != nil {
		c.t.Fatal(err)
	}
	defer r.Close()
	if a, err := in(r); err != nil || len(a.Rejected) > 0 {
		c.t.Fatalf("%+v, %v", a, err)
	}
}

// did counts what happened. A fault is an answer, anything else a broken test.
func (c *company) did(what string, err error) {
	c.t.Helper()
	if _, refused := fault.As(err); err != nil && !refused {
		c.t.Fatalf("%s: %v", what, err)
	}
	if err != nil {
		what += " refused"
	}
	c.done[what]++
}

func (c *company) receive() {
	node := [][2]string{{"HZ", "A-1"}, {"HZ", "A-2"}, {"HZ", "R-1"}, {"GZ", "A-1"}}[c.dice.IntN(4)]
	ch := inventory.Change{Kind: "receipt", SKU: []string{"MUG", "TEE", "PEN"}[c.dice.IntN(3)], Node: node[0], Location: node[1], Quantity: int64(1 + c.dice.IntN(12)), Actor: "user:ann"}
	if c.dice.IntN(3) == 0 {
		ch.Lot = fmt.Sprint("L", c.dice.IntN(3))
	}
	_, err := c.stock.Do(c.t.Context(), nil, ch)
	c.did("receipt", err)
	_, err = c.allocation.StepBackorders(c.t.Context())
	c.did("back-orders", err)
}

func (c *company) sell(n int) {
	split := c.dice.IntN(2) == 0
	doc := intake.Document{Channel: "web", OrderNo: fmt.Sprint("N", n), PlacedAt: "2026-03-01T10:00:00Z", PaymentStatus: "paid", Currency: "CNY", RecipientName: "李雷", Phone: fmt.Sprintf("138%08d", n),
		Country: "CN", Province: "北京市", City: "北京市", District: "朝阳区", Address: fmt.Sprintf("建国路%d号%d室", n, n), MaySplit: &split}
	total := 0
	for range 1 + c.dice.IntN(3) {
		q := 1 + c.dice.IntN(4)
		total += 10 * q
		doc.Lines = append(doc.Lines, intake.Line{SKU: []string{"MUG", "TEE", "PEN", "SET"}[c.dice.IntN(4)], Quantity: int64(q), UnitPrice: "10"})
	}
	doc.PaidAmount = intake.Decimal(fmt.Sprint(total))
	_, err := c.intake.Receive(c.t.Context(), nil, intake.Input{Document: doc, Source: intake.SourceAPI})
	c.did("order", err)
	if c.dice.IntN(4) == 0 { // the channel thinks again
		switch c.dice.IntN(3) {
		case 0:
			doc.Cancelled = true
		case 1:
			doc.Lines[0].Quantity++
		case 2:
			doc.Address += "B座"
		}
		defer func() {
			_, err := c.intake.Receive(c.t.Context(), nil, intake.Input{Document: doc, Source: intake.SourcePoll})
			c.did("revision", err)
		}()
	}
	if c.dice.IntN(2) == 0 {
		c.work()
	}
}

func (c *company) work() {
	_, err := c.review.Step(c.t.Context())
	c.did("review", err)
	_, err = c.allocation.Step(c.t.Context())
	c.did("allocation", err)
}

var (
	selWork = db.NewSQL(`SELECT id FROM order_fulfilment WHERE status = $1 ORDER BY id`)
	selOrds = db.NewSQL(`SELECT id FROM order_head ORDER BY id`)
	selOpen = db.NewSQL(`SELECT task_id || '/' || seq FROM pick_line WHERE status = 'open' ORDER BY task_id, seq`)
	selBill = db.NewSQL(`SELECT waybill FROM ship_shipment WHERE status IN ('handed_over', 'closed') ORDER BY id`)
)

func draw[T any](c *company, sql *db.SQL, args ...any) (one T, ok bool) {
	var list []T
	err := c.db.View(c.t.Context(), func(tx *db.Tx) (err error) {
		list, err = db.All(tx.Query(sql, args...), func(r *db.Rows) (v T) { r.Scan(&v); return v })
		return err
	})
	if err != nil {
		c.t.Fatal(err)
	}
	if len(list) == 0 {
		return one, false
	}
	return list[c.dice.IntN(len(list))], true
}

// step does one thing that happens in a company.
func (c *company) step(n int) {
	ctx := c.t.Context()
	with := func(status string, do func(f int64) error) {
		if f, ok := draw[int64](c, selWork, status); ok {
			c.did(status+" on", do(f))
		}
	}
	switch c.dice.IntN(16) {
	case 0, 1, 2:
		c.sell(n)
	case 3:
		c.receive()
	case 4:
		c.work()
	case 5, 6:
		with(order.Allocated, func(f int64) error {
			_, err := c.pick.Release(ctx, nil, pick.ReleaseIn{FulfilmentID: f, Actor: "user:bob"})
			return err
		})
	case 7, 8:
		with(order.Released, func(f int64) error {
			_, err := c.pick.Confirm(ctx, nil, pick.ConfirmIn{FulfilmentID: f, Picker: "bob"})
			return err
		})
	case 9, 10:
		with(order.Picked, func(f int64) error {
			_, err := c.pack.Pack(ctx, nil, pack.In{FulfilmentID: f, Packer: "eve"})
			return err
		})
	case 11, 12:
		with(order.Packed, func(f int64) error {
			_, err := c.ship.Ship(ctx, nil, ship.In{FulfilmentID: f, Carrier: "ZTO", Waybill: fmt.Sprint("W", n), Actor: "user:eve"})
			return err
		})
	case 13:
		if w, ok := draw[string](c, selBill); ok {
			code := []string{"0", "3", "6", "14"}[c.dice.IntN(4)]
			_, err := c.track.Receive(ctx, nil, track.In{Waybill: w, Scans: []ship.Scan{{At: c.db.Clock().Now().Add(time.Duration(n) * time.Second), Code: code, Text: code}}})
			c.did("scan", err)
		}
	case 14:
		c.against()
	case 15:
		c.stop()
	}
}

// against does what runs against the goods.
func (c *company) against() {
	ctx := c.t.Context()
	switch c.dice.IntN(4) {
	case 0:
		if o, ok := draw[int64](c, selOrds); ok {
			_, err := c.flow.Cancel(ctx, nil, o, "user:ann", "customer")
			c.did("cancel", err)
		}
	case 1:
		if f, ok := draw[int64](c, selWork, []string{order.Allocated, order.Released, order.Picked, order.Packed}[c.dice.IntN(4)]); ok {
			_, err := c.flow.Reject(ctx, nil, f, "user:ann", "broken shelf")
			c.did("reject", err)
		}
	case 2:
		if l, ok := draw[string](c, selOpen); ok {
			var task, seq int64
			fmt.Sscanf(l, "%d/%d", &task, &seq)
			_, err := c.flow.ShortPick(ctx, nil, flow.Short{Task: task, Line: seq, Picked: int64(c.dice.IntN(2)), Picker: "bob"})
			c.did("short", err)
		}
	case 3:
		if w, ok := draw[string](c, selBill); ok {
			found, err := c.back.Scan(ctx, nil, w, "user:ann")
			if err == nil {
				_, err = c.back.Receive(ctx, nil, aftersales.ReceiveIn{CaseID: found.Case.ID, Actor: "user:ann"})
			}
			c.did("return", err)
		}
	}
}

// stop places and lifts holds.
func (c *company) stop() {
	ctx := c.t.Context()
	o, ok := draw[int64](c, selOrds)
	if !ok {
		return
	}
	switch c.dice.IntN(3) {
	case 0:
		_, err := c.review.Stop(ctx, nil, "user:ann", order.Hold{OrderID: o, Reason: "order.hold.manual", Owner: "reviewer"})
		c.did("hold", err)
	case 1:
		_, err := c.review.Approve(ctx, nil, o, "user:ann", "fine")
		c.did("approve", err)
	case 2:
		_, err := c.review.Reject(ctx, nil, o, "user:ann", "no")
		c.did("review reject", err)
	}
}

// Whatever happens in whatever order, the books stay right.
func TestTheBooksStayRightWhateverHappens(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := found(t, d, 1)
		for range 25 {
			c.receive()
		}
		const steps = 250
		for n := range steps {
			c.step(n)
			if n%125 != 124 {
				continue
			}
			report, err := check.Run(context.Background(), d, check.Options{})
			if err != nil {
				t.Fatal(err)
			}
			for _, f := range report.Findings {
				t.Errorf("after %d steps: %+v", n+1, f)
			}
			if t.Failed() {
				break
			}
		}
		t.Log(c.done)
	})
}
