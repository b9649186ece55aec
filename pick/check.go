package pick

import (
	"slices"
	"strings"

	"github.com/packhorse/packhorse/catalog"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/gs1"
	"github.com/packhorse/packhorse/internal/words"
	"github.com/packhorse/packhorse/order"
)

// goods is what a scanned bar code stands for.
type goods struct {
	scanned bool
	code    string // as it was read, for people
	known   bool
	sku     int64
	lot     string
	units   int64 // pieces
}

// readGoods looks up a bar code: as it was read, then as the trade item number inside an element string.
func readGoods(tx *db.Tx, in ScanIn) (goods, error) {
	if strings.TrimSpace(in.Item) == "" {
		return goods{}, nil
	}
	scan, unreadable := gs1.Parse(in.Item)
	g := goods{scanned: true, code: scan.Raw, lot: strings.TrimSpace(in.Lot), units: in.Quantity}
	b, found, err := catalog.ByBarcode(tx, scan.Raw)
	if err != nil {
		return g, err
	}
	if !found && unreadable == nil && scan.GTIN != "" {
		g.code = scan.GTIN
		if scan.Lot != "" {
			g.lot = scan.Lot
		}
		g.units *= max(1, int64(scan.Count))
		if b, found, err = catalog.ByBarcode(tx, scan.GTIN); err != nil {
			return g, err
		}
	}
	g.known, g.sku = found, b.SKU
	g.units *= max(1, b.Factor)
	return g, nil
}

// check is a task before the eyes of its picker.
type check struct {
	desk  *desk
	task  *Task
	names names
}

// verdict is what a scan comes to: a line that it counts for, or why it does not.
type verdict struct {
	accepted bool
	state    string
	line     *Line // nil = nothing changes
	lines    []counted
	message  words.Text
}

// judge runs the checks in their fixed order.
func (c check) judge(in ScanIn, g goods) verdict {
	next := c.next()
	if in.Line != 0 {
		in.Line = c.meant(in.Line)
		if err := c.named(in.Line); err != nil {
			return refuse(AskLocation, err)
		}
		next = c.task.line(in.Line)
	}
	if next == nil {
		return refuse(AskNothing, c.stopped())
	}
	place := c.names.locations[next.LocationID].Code
	scan, _ := gs1.Parse(in.Location) // a code that is not GS1 is a code all the same
	switch {
	case scan.Raw == "":
		return deny(AskLocation, "pick.scan.location_first", "location", place)
	case !strings.EqualFold(scan.Raw, place):
		return deny(AskLocation, "pick.scan.wrong_location", "scanned", scan.Raw, "location", place)
	case !g.scanned:
		sku := c.names.skus[next.SKUID]
		_, quantity, picked := c.count(next)
		return verdict{accepted: true, state: AskItem, message: text("pick.scan.take", "quantity", quantity-picked, "sku", sku.Code, "title", sku.Title)}
	}
	return c.judgeGoods(next, g, in.Line != 0)
}

// named is why nothing can be counted for a line that a handheld names; nil when it can. The order of a line that was called off
// says why.
func (c check) named(seq int64) error {
	l := c.task.line(seq)
	if l == nil {
		return fault.New(fault.NotFound, "pick.no_line", "the task has no line %d for this", seq).With("line", seq)
	}
	if l.Status == Cancelled {
		if err := order.Blocked(c.desk.stops[l.FulfilmentID]); err != nil {
			return err
		}
	}
	if l.Status != Open {
		return l.takes(0, l.Picked)
	}
	return c.desk.may(l.FulfilmentID)
}

// judgeGoods looks for the line at this location that the goods are for: the one that is named, else the first in the walk that
// is open.
func (c check) judgeGoods(next *Line, g goods, named bool) verdict {
	sku := c.names.skus[next.SKUID].Code
	right := c.ahead()
	right = slices.DeleteFunc(right, func(l *Line) bool {
		return l.LocationID != next.LocationID || l.SKUID != g.sku || named && l != next
	})
	switch {
	case !g.known:
		return deny(AskItem, "pick.scan.unknown_item", "scanned", g.code, "sku", sku)
	case len(right) == 0 && c.calledOff(next.LocationID, g.sku) != nil:
		return refuse(AskItem, c.calledOff(next.LocationID, g.sku))
	case len(right) == 0:
		return deny(AskItem, "pick.scan.wrong_item", "scanned", g.code, "sku", sku)
	}
	first := right[0]
	exact := slices.DeleteFunc(slices.Clone(right), func(l *Line) bool { return l.Lot != "" && l.Lot != g.lot })
	switch {
	case len(exact) == 0 && g.lot == "":
		return deny(AskItem, "pick.scan.lot_first", "lot", first.Lot)
	case len(exact) == 0:
		return deny(AskItem, "pick.scan.wrong_lot", "scanned", g.lot, "lot", first.Lot)
	}
	l := exact[0]
	open, quantity, picked := c.count(l)
	if left := quantity - picked; g.units > left {
		return deny(AskItem, "pick.scan.too_many", "scanned", g.units, "left", left, "sku", c.names.skus[l.SKUID].Code)
	}
	return verdict{accepted: true, line: l, lines: share(open, g.units),
		message: text("pick.scan.counted", "picked", picked+g.units, "quantity", quantity, "sku", c.names.skus[l.SKUID].Code)}
}

// calledOff is the stop of a line that these goods were for until it was taken off the walk; nil when there is none.
func (c check) calledOff(location, sku int64) error {
	for _, l := range c.task.lines {
		if l.Status == Cancelled && l.LocationID == location && l.SKUID == sku {
			return order.Blocked(c.desk.stops[l.FulfilmentID])
		}
	}
	return nil
}

// ahead lists the open lines that may be picked now, in order of the walk. Those of held orders are passed by: a
// trolley with twelve orders does not stop for one.
func (c check) ahead() []*Line {
	var out []*Line
	for _, l := range c.task.lines {
		if l.Status == Open && c.desk.may(l.FulfilmentID) == nil {
			out = append(out, l)
		}
	}
	return out
}

// next is the line that the walk has come to; nil when none may be picked now.
func (c check) next() *Line {
	if list := c.ahead(); len(list) > 0 {
		return list[0]
	}
	return nil
}

// stopped is why nothing of the task may be picked now; nil when all its lines are closed.
func (c check) stopped() error {
	for _, l := range c.task.lines {
		if l.Status == Open {
			return c.desk.may(l.FulfilmentID)
		}
	}
	return nil
}

// answer is the screen after a verdict: a scan that was counted moves on to what the walk has come to.
func (c check) answer(v verdict) Answer {
	a := Answer{Accepted: v.accepted, State: v.state, Message: v.message}
	next := c.next()
	if next == nil {
		a.State = AskNothing
		if c.stopped() == nil {
			a.Message = text("pick.scan.done")
		}
		return a
	}
	if v.line != nil {
		a.State = AskLocation
		if next.LocationID == v.line.LocationID {
			a.State = AskItem
		}
	}
	a.Next = c.expected(next)
	return a
}

func (c check) expected(l *Line) *Expected {
	sku := c.names.skus[l.SKUID]
	_, quantity, picked := c.count(l)
	e := Expected{Seq: l.Seq, Location: c.names.locations[l.LocationID].Code, SKU: sku.Code, Title: sku.Title, Lot: l.Lot,
		Quantity: quantity, Picked: picked, Lines: len(c.task.lines)}
	for _, other := range c.task.lines {
		if other.Status != Open {
			e.Closed++
		}
	}
	return &e
}

func refuse(state string, err error) verdict {
	v := verdict{state: state, message: words.Text{Code: fault.Code(err)}}
	if f, ok := fault.As(err); ok {
		v.message.Params = f.Params
	}
	return v
}

func deny(state, code string, params ...any) verdict {
	return verdict{state: state, message: text(code, params...)}
}

// text makes a message of a code and pairs of name and value.
func text(code string, pairs ...any) words.Text {
	t := words.Text{Code: code}
	for i := 0; i+1 < len(pairs); i += 2 {
		if t.Params == nil {
			t.Params = map[string]any{}
		}
		t.Params[pairs[i].(string)] = pairs[i+1]
	}
	return t
}
