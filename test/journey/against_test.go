package journey

import (
	"context"
	"github.com/packhorse/packhorse/aftersales"
	"slices"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/order"
	"github.com/packhorse/packhorse/ship"
)

// What runs against the goods: the second half of the day.

var openTasks = db.NewSQL(`SELECT seq FROM pick_line WHERE fulfilment_id = $1 AND status = 'open'`)

// cancels calls orders off one stage after the other, and looks what happened to the goods, the waybill and the order.
func (d *day) cancels() {
	ctx := context.Background()
	for _, c := range []struct {
		stage, label string
		quarantined  int64 // of the two units
		parcel       string
	}{
		{order.Allocated, "", 0, ""}, {order.Released, "", 0, ""}, {order.Picked, "", 2, ""}, {order.Packed, "", 2, ""}, {order.Packed, "SF", 2, ship.Voided + "  "},
	} {
		promised, blocked, onHand := rows[int64](d.house, promisedOf, "TEE")[0], rows[int64](d.house, blockedOf, "TEE")[0], rows[int64](d.house, sumOnHand, "TEE")[0]
		key, f, _ := d.sell(c.stage, "浙江省", item("TEE", 2))
		if c.label != "" {
			d.label(f, c.label)
		}
		voids := d.good.voids.Load()
		out, err := d.Flow.Cancel(ctx, nil, key, "user:ann", "customer")
		if must(d.house, out, err); out.Whole == out.Pending || out.Pending != (c.label != "") || out.Stage != c.stage {
			d.t.Errorf("%s: %+v", c.stage, out)
		}
		d.wait()
		o := d.one(key)
		if o.Fulfilment != order.FulfilmentCancelled || o.Delivery != order.DeliveryNone || o.Lines[0].Wanted() != 0 || len(d.work(key)) > 0 {
			d.t.Errorf("%s: %+v", c.stage, o)
		}
		if got := rows[int64](d.house, promisedOf, "TEE")[0]; got != promised {
			d.t.Errorf("%s: %d are promised, before %d", c.stage, got, promised)
		}
		if got := rows[int64](d.house, blockedOf, "TEE")[0] - blocked; got != c.quarantined {
			d.t.Errorf("%s: %d went to quarantine, want %d", c.stage, got, c.quarantined)
		}
		if got := rows[int64](d.house, sumOnHand, "TEE")[0]; got != onHand {
			d.t.Errorf("%s: %d stand there, before %d", c.stage, got, onHand)
		}
		if n := len(rows[int64](d.house, openTasks, f)); n > 0 {
			d.t.Errorf("%s: %d lines are still to be picked", c.stage, n)
		}
		if c.label != "" && (d.good.voids.Load() == voids || rows[string](d.house, parcelState, f)[0][:len(ship.Voided)] != ship.Voided) {
			d.t.Errorf("%s: the waybill is %v", c.stage, rows[string](d.house, parcelState, f))
		}
		_, err = d.Flow.Cancel(ctx, nil, key, "user:ann", "customer")
		d.want("cancel.already", err)
	}
	key, f, doc := d.sell(order.Shipped, "浙江省", item("TEE", 2))
	_, err := d.Flow.Cancel(ctx, nil, key, "user:ann", "customer")
	d.want("cancel.shipped", err)
	_, err = d.receive(cancelled(doc))
	d.want("cancel.shipped", err)
	if o := d.one(key); o.Fulfilment != order.FulfilmentShipped || rows[string](d.house, waybillsOf, f)[0] == "" {
		d.t.Errorf("%+v", o.Axes)
	}
}

// changes sends a revision at every stage: of the address, of the goods, of a note.
func (d *day) changes() {
	for _, c := range []struct{ stage, address, goods, then string }{
		{order.Allocated, "", "", order.FulfilmentAllocated},
		{order.Released, "", "", order.FulfilmentAllocated},
		{order.Picked, "", "amend.in_work", order.FulfilmentAllocated},
		{order.Packed, "", "amend.in_work", order.FulfilmentAllocated},
		{order.Shipped, "amend.shipped", "amend.shipped", order.FulfilmentShipped},
	} {
		key, _, doc := d.sell(c.stage, "浙江省", item("MUG", 1))
		doc.Lines = slices.Clone(doc.Lines)
		noted := doc
		noted.SellerNote = "gift"
		_, err := d.receive(noted)
		if err != nil {
			d.t.Errorf("%s: a note: %v", c.stage, err)
		}
		moved := noted
		moved.Address = "文二路 77 号 1 单元 101 室"
		_, err = d.receive(moved)
		if fault.Code(err) != c.address {
			d.t.Errorf("%s: an address: %v, want %q", c.stage, err, c.address)
		}
		if c.address == "" {
			noted = moved
			d.settle()
			if o := d.one(key); o.Recipient.Address != moved.Address || o.Fulfilment != c.then {
				d.t.Errorf("%s: after the address: %+v", c.stage, o)
			}
			for _, f := range d.work(key) { // the work began again from the top
				if f.Status == order.Allocated && c.stage == order.Released {
					d.upTo(f.ID, c.stage)
				}
			}
		}
		more := sold(d.no, "浙江省", item("MUG", 1), item("TEE", 1))
		noted.Lines, noted.PaidAmount = more.Lines, more.PaidAmount
		_, err = d.receive(noted)
		if fault.Code(err) != c.goods {
			d.t.Errorf("%s: goods: %v, want %q", c.stage, err, c.goods)
		}
		d.settle()
		o, units := d.one(key), int64(0)
		for _, f := range d.work(key) {
			units += f.Units()
		}
		if want := int64(2); c.goods == "" && (len(o.Lines) != 2 || units != want || o.Fulfilment != c.then) || c.goods != "" && len(o.Lines) != 1 {
			d.t.Errorf("%s: after the goods: %d units in work, %+v", c.stage, units, o)
		}
	}
}

// returns takes parcels back: into stock, into quarantine, and a second time not at all.
func (d *day) returns() {
	ctx := context.Background()
	available := func() int64 {
		return rows[int64](d.house, sumOnHand, "MUG")[0] - rows[int64](d.house, promisedOf, "MUG")[0] - rows[int64](d.house, blockedOf, "MUG")[0]
	}
	key, f, _ := d.sell(order.Shipped, "浙江省", item("MUG", 2))
	before, blocked := available(), rows[int64](d.house, blockedOf, "MUG")[0]
	waybill := rows[string](d.house, waybillsOf, f)[0]
	found, err := d.AfterSales.Scan(ctx, nil, waybill, "user:bob")
	must(d.house, found, err)
	c, err := d.AfterSales.Grade(ctx, nil, aftersales.GradeIn{CaseID: found.Case.ID, SKU: "MUG", Grade: aftersales.GradeA, Location: "S-1", Actor: "user:bob"})
	if must(d.house, c, err); available() != before+1 {
		d.t.Errorf("%+v, %d can be sold, before %d", c, available(), before)
	}
	c, err = d.AfterSales.Receive(ctx, nil, aftersales.ReceiveIn{CaseID: c.ID, Actor: "user:bob"})
	if must(d.house, c, err); available() != before+1 || rows[int64](d.house, blockedOf, "MUG")[0] != blocked+1 {
		d.t.Errorf("%+v", c)
	}
	_, err = d.AfterSales.Grade(ctx, nil, aftersales.GradeIn{CaseID: c.ID, SKU: "MUG", Quantity: 2, Grade: aftersales.GradeA, Location: "S-1", Actor: "user:bob"})
	d.want("aftersales.too_many_back", err)
	if o := d.one(key); o.Delivery != order.DeliveryReturned {
		d.t.Errorf("%+v", o.Axes)
	}
	_, packed, _ := d.sell(order.Packed, "浙江省", item("MUG", 1))
	d.label(packed, "SF")
	for _, code := range []string{"nonsense", rows[string](d.house, waybillsOf, packed)[0]} {
		found, err := d.AfterSales.Scan(ctx, nil, code, "user:bob")
		if must(d.house, found, err); found.State != aftersales.FoundUnknown {
			d.t.Errorf("%s, which has not left: %+v", code, found)
		}
	}
}

func (d *day) counts() {
	open := rows[int64](d.house, anyCount)
	if len(open) == 0 {
		d.t.Fatalf("the short pick opened no count")
	}
	for _, key := range open {
		_, err := d.Inventory.CloseCount(context.Background(), nil, key, 0, "user:bob")
		d.want("count.promised", err) // the bin is not empty, and orders wait for what is in it
		before := rows[int64](d.house, sumOnHand, "MUG")[0]
		c, err := d.Inventory.CloseCount(context.Background(), nil, key, 90, "user:bob")
		if must(d.house, c, err); c.Status != "counted" || c.Counted != 90 {
			d.t.Errorf("%+v", c)
		}
		if got := rows[int64](d.house, sumOnHand, "MUG")[0]; got-before != 90-c.Expected-3 {
			d.t.Errorf("%d stand there, before %d; the bin should have held %d, 3 were missing", got, before, c.Expected)
		}
		_, err = d.Inventory.CloseCount(context.Background(), nil, key, 90, "user:bob")
		d.want("count.closed", err)
	}
	if left := rows[int64](d.house, anyCount); len(left) > 0 {
		d.t.Errorf("%d counts are open", len(left))
	}
}
