package pick

import (
	"cmp"
	"context"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/words"
	"github.com/packhorse/packhorse/order"
)

// ScanIn is what a handheld has read at one stop of a walk. It holds no state on the server: a scan of goods says
// again at which location they were taken.
type ScanIn struct {
	TaskID   int64
	Line     int64  // of the task: who carries the whole walk knows for which line the goods are, and may skip stops; 0 = the walk decides
	Location string // code of the location, as scanned
	Item     string // bar code of the goods, as scanned; empty when only the location was
	Lot      string // typed or scanned, where the bar code of the goods does not say it
	Quantity int64  // how many of that bar code; 0 = one
	Picker   string
	Actor    string // who scans, as in events; empty = the picker
}

// What a handheld asks for next.
const (
	AskLocation = "location"
	AskItem     = "item"
	AskNothing  = "done"
)

// Answer is the next screen of a handheld.
type Answer struct {
	Accepted bool   // false: nothing was changed, Message says why and what was expected
	State    string // AskLocation, AskItem or AskNothing
	Next     *Expected
	Message  words.Text
	Stops    []words.Text // told once: whose goods must not go on, and where to put what is in the tote
}

// Expected is what is to be scanned next.
type Expected struct {
	Seq      int64
	Location string
	SKU      string
	Title    string
	Lot      string
	Quantity int64
	Picked   int64 // of Quantity, already in the tote
	Closed   int   // lines of the task that are closed
	Lines    int   // lines of the task
}

// Scan checks one scan, in a fixed order: the task is open, the order is not on hold, the location is right, the item
// is right, the lot is right, there are not too many. A scan that fails a check changes nothing. once carries the
// client's event id as its key: the same scan sent twice counts once. Faults: pick.no_task, pick.quantity.
func (s *Service) Scan(ctx context.Context, once *db.Once, in ScanIn) (Answer, error) {
	if in.Quantity < 0 || in.Quantity > maxScan {
		return Answer{}, fault.Invalidf("quantity", "pick.quantity", "a scan stands for 1 to %d pieces, not %d", int64(maxScan), in.Quantity).
			With("max", maxScan).With("value", in.Quantity)
	}
	in.Quantity = cmp.Or(in.Quantity, 1)
	return db.Command(ctx, s.db, once, func(tx *db.Tx) (Answer, error) { return s.scan(tx, in) })
}

// maxScan keeps pieces in range: with a factor of 1,000,000 and eight digits of count on a label.
const maxScan = 10_000

func (s *Service) scan(tx *db.Tx, in ScanIn) (Answer, error) {
	served, err := readServed(tx, []int64{in.TaskID})
	if err != nil {
		return Answer{}, err
	}
	d, err := openDesk(tx, served.fulfilments[in.TaskID])
	if err != nil {
		return Answer{}, err
	}
	stops := d.tell(tx, served.fulfilments[in.TaskID], cmp.Or(in.Actor, in.Picker))
	var a Answer
	if t := d.tasks[in.TaskID]; t != nil {
		a, err = s.scanOpen(tx, d, t, in)
	} else {
		a, err = over(served.closed(in.TaskID))
	}
	a.Stops = stops
	return a, err
}

// scanOpen judges a scan for a task that is open, and books it.
func (s *Service) scanOpen(tx *db.Tx, d *desk, t *Task, in ScanIn) (Answer, error) {
	g, err := s.survey(tx, []int64{t.NodeID})
	if err != nil {
		return Answer{}, err
	}
	names, err := namesOf(tx, t.lines)
	if err != nil {
		return Answer{}, err
	}
	goods, err := readGoods(tx, in)
	if err != nil {
		return Answer{}, err
	}
	c := check{desk: d, task: t, names: names}
	v := c.judge(in, goods)
	if v.line == nil {
		return c.answer(v), nil
	}
	t.went(g[t.NodeID], names.locations[v.line.LocationID], names.locations)
	if _, err := d.book(tx, t, v.lines, in.Picker, in.Actor); err != nil {
		return Answer{}, err
	}
	t.home(g[t.NodeID], names.locations)
	d.write(tx, stageOf(g))
	return c.answer(v), nil
}

// tell gathers what the picker has not been told yet of work that was stopped under his hands, and notes that he is
// told now.
func (d *desk) tell(tx *db.Tx, fulfilments []int64, picker string) (out []words.Text) {
	for _, key := range fulfilments {
		unseen := order.Unseen(d.stops[key])
		order.SeeStops(tx, unseen, picker)
		for _, s := range unseen {
			out = append(out, words.Text{Code: s.Reason, Params: s.Params})
		}
	}
	return out
}

// over answers a scan for a task that is closed; one that does not exist is a fault.
func over(err error) (Answer, error) {
	f, ok := fault.As(err)
	if !ok || f.Kind == fault.NotFound {
		return Answer{}, err
	}
	return Answer{State: AskNothing, Message: words.Text{Code: f.Code, Params: f.Params}}, nil
}
