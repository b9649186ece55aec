package journey

import (
	"fmt"
	"github.com/packhorse/packhorse/aftersales"
	"maps"
	"slices"
	"time"

	"github.com/packhorse/packhorse/flow"
	"github.com/packhorse/packhorse/intake"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/inventory"
	"github.com/packhorse/packhorse/order"
	"github.com/packhorse/packhorse/pack"
	"github.com/packhorse/packhorse/pick"
	"github.com/packhorse/packhorse/review"
	"github.com/packhorse/packhorse/ship"
	"github.com/packhorse/packhorse/track"
	"github.com/packhorse/packhorse/wave"
)

// act is a thing that happens in a company; often is how much of it happens at a time.
type act struct {
	often int
	do    func()
}

func (p *play) acts() map[string]act {
	return map[string]act{
		"orders":    {3, p.sell},
		"repeat":    {1, p.repeat},
		"amend":     {1, p.amend},
		"review":    {1, p.review},
		"approve":   {1, p.approve},
		"edit":      {1, p.edit},
		"hold":      {1, p.hold},
		"allocate":  {1, p.allocate},
		"goods in":  {2, p.goodsIn},
		"adjust":    {1, p.adjust},
		"release":   {3, p.release},
		"wave":      {1, p.wave},
		"pick":      {3, p.pick},
		"pick part": {2, p.pickPart},
		"short":     {1, p.short},
		"pack":      {3, p.pack},
		"ship":      {3, p.ship},
		"label":     {1, p.label},
		"void":      {1, p.void},
		"scans":     {2, p.scans},
		"cancel":    {1, p.cancel},
		"reject":    {1, p.reject},
		"return":    {1, p.comeBack},
		"count":     {1, p.count},
		"together":  {2, p.together},
		"apart":     {1, p.apart},
	}
}

var (
	anyOrder  = db.NewSQL(`SELECT id FROM order_head ORDER BY id`)
	anyWork   = db.NewSQL(`SELECT id FROM order_fulfilment WHERE status = ANY($1) ORDER BY id`)
	anyLine   = db.NewSQL(`SELECT task_id || '/' || seq || '/' || quantity || '/' || picked FROM pick_line WHERE status = 'open' ORDER BY task_id, seq`)
	anyOnRoad = db.NewSQL(`SELECT waybill FROM ship_shipment WHERE status IN ('handed_over', 'closed') ORDER BY id`)
	anyCount  = db.NewSQL(`SELECT id FROM inventory_count WHERE status = 'open' ORDER BY id`)
	anyHeld   = db.NewSQL(`SELECT order_id FROM order_hold WHERE released_at = 0 ORDER BY id`)
)

// draft is what a customer puts in the basket.
func (p *play) draft(no int) intake.Document {
	var lines []intake.Line
	for range p.number(1, 3) {
		lines = append(lines, item(p.choose("MUG", "TEE", "PEN", "CAKE", "SET", "SET?"), p.number(1, 4)))
	}
	doc := sold(no, p.choose("浙江省", "广东省", "北京市"), lines...)
	split := p.number(0, 1) == 1
	doc.MaySplit = &split
	if no > 0 && p.number(0, 1) == 0 { // somebody who has ordered before
		was := p.docs[p.number(0, int64(no-1))]
		doc.RecipientName, doc.Phone, doc.Province, doc.City, doc.District, doc.Address = was.RecipientName, was.Phone, was.Province, was.City, was.District, was.Address
	}
	if p.number(0, 7) == 0 {
		doc.PaymentStatus, doc.PaidAmount = "unpaid", ""
	}
	return doc
}

func (p *play) sell() {
	doc := p.draft(len(p.docs))
	p.docs = append(p.docs, doc)
	_, err := p.receive(doc)
	p.did("order", err)
}

// repeat is a channel that says again what it said before.
func (p *play) repeat() {
	if len(p.docs) == 0 {
		return
	}
	r, err := p.receive(p.docs[p.number(0, int64(len(p.docs)-1))])
	if p.did("repeat", err) && r.Outcome == intake.Created {
		p.t.Errorf("the same document made a second order")
	}
}

// amend is a channel that thinks again, at whatever moment.
func (p *play) amend() {
	if len(p.docs) == 0 {
		return
	}
	i := p.number(0, int64(len(p.docs)-1))
	doc := p.docs[i]
	doc.Lines = slices.Clone(doc.Lines)
	what := p.choose("address", "quantity", "goods", "paid", "refunded", "note", "cancelled")
	switch what {
	case "address":
		doc.Address += "B座"
	case "quantity":
		doc.Lines[0].Quantity += p.number(1, 2)
	case "goods":
		doc.Lines = append(doc.Lines, intake.Line{LineNo: int64(len(doc.Lines) + 1), SKU: p.choose(goods...), Quantity: 1, UnitPrice: "0"})
	case "paid":
		doc.PaymentStatus, doc.PaidAmount = "paid", sold(int(i), "北京市", doc.Lines...).PaidAmount
	case "refunded":
		doc.PaymentStatus = "refunded"
	case "note":
		doc.SellerNote += "!"
	case "cancelled":
		doc.Cancelled = true
	}
	_, err := p.receive(doc)
	if p.did("amend "+what, err) {
		p.docs[i] = doc
	}
}

func (p *play) review() {
	_, err := p.Review.Step(p.ctx)
	p.did("review", err)
	p.allocate()
	_, err = p.Review.Recheck(p.ctx)
	p.did("recheck", err)
}

func (p *play) approve() {
	if o, ok := one[int64](p, anyHeld); ok {
		_, err := p.Review.Approve(p.ctx, nil, o, "user:ann", "fine")
		p.did("approve", err)
	}
}

func (p *play) edit() {
	if o, ok := one[int64](p, anyOrder); ok {
		if p.number(0, 2) == 0 {
			_, err := p.Review.Reject(p.ctx, nil, o, "user:ann", "no")
			p.did("reject order", err)
			return
		}
		_, err := p.Review.Edit(p.ctx, nil, o, review.Edit{Lines: map[int64]string{1: p.choose(goods...)}}, "user:ann")
		p.did("edit", err)
	}
}

func (p *play) hold() {
	if o, ok := one[int64](p, anyOrder); ok {
		_, err := p.Review.Stop(p.ctx, nil, "user:ann", order.Hold{OrderID: o, Reason: "hold.customer", Owner: "reviewer"})
		p.did("hold", err)
	}
}

func (p *play) allocate() {
	_, err := p.allocation.Step(p.ctx)
	p.did("allocate", err)
}

func (p *play) place() (c inventory.Change) {
	spot := spots[p.number(0, int64(len(spots)-1))]
	c = inventory.Change{SKU: p.choose(goods...), Node: spot[0], Location: spot[1], Quantity: p.number(1, 12), Actor: "user:ann"}
	if c.SKU == "CAKE" {
		c.Lot = p.choose("L1", "L2")
	}
	return c
}

var spots = [][2]string{{"HZ", "A-1"}, {"HZ", "A-2"}, {"HZ", "R-1"}, {"GZ", "A-1"}}

func (p *play) goodsIn() {
	c := p.place()
	c.Kind = "receipt"
	if c.Lot != "" {
		c.Expires = map[string]string{"L1": "2026-06-01", "L2": "2026-07-01"}[c.Lot]
	}
	_, err := p.Inventory.Do(p.ctx, nil, c)
	if p.did("receipt", err) {
		p.in[c.SKU] += c.Quantity
	}
	_, err = p.allocation.StepBackorders(p.ctx)
	p.did("back-orders", err)
}

func (p *play) adjust() {
	c := p.place()
	c.Kind = p.choose("adjust_up", "adjust_down", "move", "quality")
	c.To, c.Becomes = "A-1", p.choose("defective", "good")
	if p.number(0, 3) == 0 {
		c.Quality = "defective"
	}
	_, err := p.Inventory.Do(p.ctx, nil, c)
	if !p.did(c.Kind, err) {
		return
	}
	switch c.Kind {
	case "adjust_up":
		p.in[c.SKU] += c.Quantity
	case "adjust_down":
		p.in[c.SKU] -= c.Quantity
	}
}

// with does something with a fulfilment in a state.
func (p *play) with(what string, do func(f int64) error, status ...string) {
	if f, ok := one[int64](p, anyWork, status); ok {
		p.did(what, do(f))
	}
}

func (p *play) release() {
	p.with("release", func(f int64) error {
		_, err := p.Pick.Release(p.ctx, nil, pick.ReleaseIn{FulfilmentID: f, Actor: "user:bob"})
		return err
	}, order.Allocated)
}

func (p *play) wave() {
	all := rows[int64](p.house, anyWork, []string{order.Allocated})
	if len(all) == 0 {
		return
	}
	_, err := p.Pick.ReleaseWave(p.ctx, nil, pick.WaveIn{Fulfilments: all[:p.number(1, int64(len(all)))], Method: p.choose(wave.Discrete, wave.Batch), Actor: "user:bob"})
	p.did("wave", err)
}

func (p *play) pick() {
	p.with("pick", func(f int64) error {
		_, err := p.Pick.Confirm(p.ctx, nil, pick.ConfirmIn{FulfilmentID: f, Picker: "bob"})
		return err
	}, order.Released)
}

// openLine is a line that somebody could pick now.
func (p *play) openLine() (task, seq, quantity, picked int64, ok bool) {
	text, ok := one[string](p, anyLine)
	if ok {
		if _, err := fmt.Sscanf(text, "%d/%d/%d/%d", &task, &seq, &quantity, &picked); err != nil {
			p.t.Fatalf("%v", err)
		}
	}
	return task, seq, quantity, picked, ok
}

func (p *play) pickPart() {
	if task, seq, quantity, picked, ok := p.openLine(); ok {
		_, err := p.Pick.Confirm(p.ctx, nil, pick.ConfirmIn{TaskID: task, Lines: []pick.ConfirmLine{{Seq: seq, Picked: p.number(picked, quantity+1)}}, Picker: "bob"})
		p.did("pick part", err)
	}
}

func (p *play) short() {
	if task, seq, quantity, _, ok := p.openLine(); ok {
		_, err := p.Flow.ShortPick(p.ctx, nil, flow.Short{Task: task, Line: seq, Picked: p.number(0, quantity), Picker: "bob"})
		p.did("short", err)
	}
}

func (p *play) pack() {
	p.with("pack", func(f int64) error {
		_, err := p.Pack.Pack(p.ctx, nil, pack.In{FulfilmentID: f, Packer: "user:eve"})
		return err
	}, order.Picked)
}

func (p *play) ship() {
	p.with("ship", func(f int64) error {
		_, err := p.Ship.Ship(p.ctx, nil, ship.In{FulfilmentID: f, Carrier: "ZTO", Waybill: p.form(), Actor: "user:eve"})
		return err
	}, order.Packed)
}

// label asks a carrier, and hands over what has one.
func (p *play) label() {
	p.with("label", func(f int64) error {
		_, err := p.Ship.Label(p.ctx, nil, ship.LabelIn{FulfilmentID: f, Carrier: "ZTO", Actor: "user:eve"})
		return err
	}, order.Packed, order.Picked)
	for n := 1; n > 0 && p.number(0, 3) > 0; {
		var err error
		n, err = p.worker.Step(p.ctx)
		p.did("job", err)
		p.DB.Clock().Advance(time.Minute)
	}
	p.with("hand over", func(f int64) error {
		m, err := p.Ship.HandOver(p.ctx, nil, ship.HandOverIn{Fulfilments: []int64{f}, Actor: "user:eve"})
		if len(m.Refused) > 0 {
			p.done["not taken "+m.Refused[0].Code]++
		}
		return err
	}, order.Packed)
}

func (p *play) void() {
	p.with("void", func(f int64) error {
		_, err := p.Ship.Void(p.ctx, nil, ship.VoidIn{FulfilmentID: f, Actor: "user:eve"})
		return err
	}, order.Packed, order.Shipped)
}

func (p *play) scans() {
	if w, ok := one[string](p, anyOnRoad); ok {
		p.at += time.Hour
		code := p.choose("103", "1002", "5", "301", "14", "6", "4", "2", "nonsense")
		_, err := p.Track.Receive(p.ctx, nil, track.In{Carrier: "ZTO", Waybill: w, Scans: []ship.Scan{{At: p.DB.Clock().Now().Add(p.at), Code: code, Text: code}}})
		p.did("scan "+code, err)
	}
}

func (p *play) cancel() {
	if o, ok := one[int64](p, anyOrder); ok {
		_, err := p.Flow.Cancel(p.ctx, nil, o, "user:ann", "customer")
		p.did("cancel", err)
	}
}

func (p *play) reject() {
	p.with("node rejects", func(f int64) error {
		_, err := p.Flow.Reject(p.ctx, nil, f, "user:ann", "broken shelf")
		return err
	}, order.Allocated, order.Released, order.Picked, order.Packed, order.Shipped)
}

func (p *play) comeBack() {
	if w, ok := one[string](p, anyOnRoad); ok {
		found, err := p.AfterSales.Scan(p.ctx, nil, w, "user:ann")
		if err == nil && p.number(0, 1) == 1 {
			_, err = p.AfterSales.Grade(p.ctx, nil, aftersales.GradeIn{CaseID: found.Case.ID, SKU: p.choose(goods...), Quantity: p.number(1, 2), Grade: p.choose("A", "B", "C", "D"),
				Location: "A-1", Actor: "user:ann"})
		} else if err == nil {
			_, err = p.AfterSales.Receive(p.ctx, nil, aftersales.ReceiveIn{CaseID: found.Case.ID, Actor: "user:ann"})
		}
		p.did("return", err)
	}
}

// together puts what one recipient gets from one warehouse into one parcel, and now and then what does not belong there.
func (p *play) together() {
	all := rows[int64](p.house, anyWork, []string{order.Allocated, order.Released, order.Picked})
	if len(all) < 2 {
		return
	}
	groups := map[string][]int64{}
	fs := view(p.house, func(tx *db.Tx) (map[int64]*order.Fulfilment, error) { return order.Fulfilments(tx, all) })
	for _, key := range all {
		heads := view(p.house, func(tx *db.Tx) (map[int64]*order.Order, error) { return order.ByIDs(tx, []int64{fs[key].OrderID}) })
		at := fmt.Sprint(fs[key].NodeID, heads[fs[key].OrderID].Recipient.Phone)
		groups[at] = append(groups[at], key)
	}
	list := [][]int64{{all[0], all[len(all)-1]}}
	for _, at := range slices.Sorted(maps.Keys(groups)) {
		if len(groups[at]) > 1 {
			list = append(list, groups[at])
		}
	}
	out, err := p.Flow.Together(p.ctx, nil, list, "user:ann")
	p.did("together", err)
	for _, b := range out {
		if b.Refused != nil {
			p.done["not together "+b.Refused.Code]++
		} else if b.Bond != nil {
			p.done["in one parcel"]++
		}
	}
}

func (p *play) apart() {
	p.with("apart", func(f int64) error {
		_, err := p.Flow.Separate(p.ctx, nil, []int64{f}, "user:ann")
		return err
	}, order.Allocated, order.Released, order.Picked, order.Packed)
	p.with("without", func(f int64) error {
		_, err := p.Flow.Without(p.ctx, nil, f, "user:eve")
		return err
	}, order.Picked)
}

func (p *play) count() {
	if c, ok := one[int64](p, anyCount); ok {
		_, err := p.Inventory.CloseCount(p.ctx, nil, c, p.number(0, 15), "user:ann")
		p.did("count", err)
	}
}
