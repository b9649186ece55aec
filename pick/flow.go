package pick

import (
	"cmp"
	"maps"
	"slices"

	"github.com/packhorse/packhorse/catalog"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/id"
	"github.com/packhorse/packhorse/inventory"
	"github.com/packhorse/packhorse/order"
	"github.com/packhorse/packhorse/warehouse"
)

// LineOf reads one line without a lock, for a caller that must lock its order and fulfilment first. Fault: pick.no_line.
func LineOf(tx *db.Tx, task, seq int64) (Line, error) {
	lines, err := db.All(tx.Query(selLines, []int64{task}), readLine)
	if err != nil {
		return Line{}, err
	}
	for _, l := range lines {
		if l.Seq == seq {
			return *l, nil
		}
	}
	return Line{}, fault.New(fault.NotFound, "pick.no_line", "the task has no line %d for this", seq).With("line", seq)
}

// ShortIn says that a picker found less than a line asks for.
type ShortIn struct {
	Fulfilment *order.Fulfilment // locked by the caller
	Seq        int64             // of the task's line
	Picked     int64             // found, earlier scans included; below the line's quantity
	Picker     string
	Actor      string // who says so, as in events; empty = the picker
	Reason     string // ShortReasons; empty = not said
}

// ShortReasons are what a picker may say of goods that are short: nothing is there, what is there is damaged, something else stands
// there.
var ShortReasons = []string{"none", "damaged", "wrong_goods"}

// Missing is what a short pick leaves open.
type Missing struct {
	LineNo   int64 // of the order
	SKUID    int64
	Quantity int64 // not found
	CountID  int64 // of the bin, to be counted
	Nothing  bool  // the fulfilment has nothing left to ship; the caller ends it
}

// MarkShort closes a line with less than it asks for: what was found goes to the stage, the rest leaves the good stock
// of the bin, the fulfilment shrinks, and a count of the bin is opened. A fulfilment whose last line this was becomes
// picked, unless nothing is left of it. What becomes of the missing goods is the caller's to decide. Faults:
// pick.not_released, pick.no_line, pick.line_closed, pick.not_short.
func (s *Service) MarkShort(tx *db.Tx, in ShortIn) (Missing, error) {
	f := in.Fulfilment
	d, err := readDesk(tx, map[int64]*order.Fulfilment{f.ID: f})
	if err != nil {
		return Missing{}, err
	}
	l, err := d.shortLine(in)
	if err != nil {
		return Missing{}, err
	}
	quarantine, err := warehouse.Quarantine(tx, f.NodeID)
	if err != nil {
		return Missing{}, err
	}
	grounds, err := s.survey(tx, []int64{f.NodeID})
	if err != nil {
		return Missing{}, err
	}
	names, err := namesOf(tx, d.tasks[l.TaskID].lines)
	if err != nil {
		return Missing{}, err
	}
	out := shrink(tx, f, l, in.Picked)
	out.CountID = lose(tx, l.reservation(f), in.Picked, stageOf(grounds), quarantine.ID)
	tx.Emit(db.Event{Kind: "pick.short.v1", Order: f.OrderID, Subject: f.ID, Actor: cmp.Or(in.Actor, in.Picker),
		Params: shortParams{Task: id.Show(Prefix, l.TaskID), SKU: names.skus[l.SKUID].Code, Location: names.locations[l.LocationID].Code,
			Missing: out.Quantity, Count: id.Show(inventory.CountPrefix, out.CountID), Reason: in.Reason}})
	return out, d.shorten(tx, in, l, grounds[f.NodeID], names)
}

// shrink takes what is missing off the fulfilment.
func shrink(tx *db.Tx, f *order.Fulfilment, l *Line, picked int64) Missing {
	out := Missing{SKUID: l.SKUID, Quantity: l.Quantity - picked}
	for _, line := range f.Lines {
		if line.Seq == l.FulfilmentSeq {
			out.LineNo = line.LineNo
			order.SetFulfilmentQuantity(tx, f, line.Seq, line.Quantity-out.Quantity)
		}
	}
	out.Nothing = f.Units() == 0
	return out
}

// shorten closes the line, and with it the task and the fulfilment where it was their last.
func (d *desk) shorten(tx *db.Tx, in ShortIn, l *Line, g ground, n names) error {
	l.move(Short, in.Picked)
	t := d.tasks[l.TaskID]
	t.went(g, n.locations[l.LocationID], n.locations)
	if err := t.begin(in.Picker); err != nil {
		return err
	}
	if err := t.settle(); err != nil {
		return err
	}
	t.home(g, n.locations)
	if _, err := d.finish(tx, in.Fulfilment.ID, cmp.Or(in.Actor, in.Picker)); err != nil {
		return err
	}
	d.write(tx, nil)
	return nil
}

type shortParams struct {
	Task     string `json:"task"`
	SKU      string `json:"sku"`
	Location string `json:"location"`
	Missing  int64  `json:"missing"`
	Count    string `json:"count"`
	Reason   string `json:"reason,omitempty"`
}

func (d *desk) shortLine(in ShortIn) (*Line, error) {
	f := in.Fulfilment
	if f.Status != order.Released {
		return nil, d.may(f.ID)
	}
	t := d.task[f.ID]
	if t == nil {
		return nil, nothingOpen()
	}
	l := t.line(in.Seq)
	if l == nil || l.FulfilmentID != f.ID {
		return nil, fault.New(fault.NotFound, "pick.no_line", "the task has no line %d for this", in.Seq).With("line", in.Seq)
	}
	if l.Status != Open {
		return nil, l.takes(0, in.Picked)
	}
	if in.Picked < 0 || in.Picked >= l.Quantity {
		return nil, fault.Invalidf("picked", "pick.not_short", "line %d asks for %d and %d were found: that is not short; confirm it instead", l.Seq, l.Quantity, in.Picked).
			With("line", l.Seq).With("quantity", l.Quantity).With("picked", in.Picked)
	}
	return l, nil
}

// lose takes what was found to the stage and what was not out of the good stock.
func lose(tx *db.Tx, r inventory.Reservation, found int64, stage func(node int64) int64, quarantine int64) (count int64) {
	if found > 0 {
		inventory.Pick(tx, []inventory.Taken{{Reservation: r, Quantity: found}}, stage)
		r.Quantity -= found
	}
	return inventory.Lose(tx, r, quarantine)
}

// CancelFor closes the open lines of fulfilments that the caller has locked, and every task that has none left. The
// goods of these lines are still booked in their bins: the caller releases or unbinds their reservations. Lines
// that were picked stay picked; their goods stand at the stage until the caller puts them back. Picked of a closed line
// is what its picker had in the tote, to be taken back to the bin.
func CancelFor(tx *db.Tx, fulfilments []*order.Fulfilment) error {
	mine := make(map[int64]*order.Fulfilment, len(fulfilments))
	for _, f := range fulfilments {
		mine[f.ID] = f
	}
	d, err := readDesk(tx, mine)
	if err != nil {
		return err
	}
	for _, key := range slices.Sorted(maps.Keys(d.tasks)) {
		t := d.tasks[key]
		for _, l := range t.lines {
			if mine[l.FulfilmentID] != nil && l.Status == Open {
				l.move(Cancelled, l.Picked)
			}
		}
		if err := t.settle(); err != nil {
			return err
		}
	}
	d.write(tx, nil)
	return nil
}

// names are what people call the goods and places of some lines.
type names struct {
	skus      map[int64]catalog.SKU
	locations map[int64]warehouse.Location
}

func namesOf(tx *db.Tx, lines []*Line) (n names, err error) {
	var skus, locations []int64
	for _, l := range lines {
		skus, locations = append(skus, l.SKUID), append(locations, l.LocationID)
	}
	slices.Sort(skus)
	slices.Sort(locations)
	if n.skus, err = catalog.ByIDs(tx, slices.Compact(skus)); err != nil {
		return n, err
	}
	n.locations, err = warehouse.LocationsByIDs(tx, slices.Compact(locations))
	return n, err
}
