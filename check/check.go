package check

import (
	"context"
	"maps"
	"sync"

	"golang.org/x/sync/errgroup"

	"github.com/packhorse/packhorse/internal/db"
)

// Options of a full proof.
type Options struct {
	Progress func(part string, done float64) // hears what is being read and how far it is, 0 to 1; may be nil
}

// Report is the outcome of a full proof. Clean means that there are no findings.
type Report struct {
	Clean    bool             `json:"clean"`
	Checked  map[string]int64 `json:"checked"` // how many rows of which sort were read
	Findings []Finding        `json:"findings"`
}

// run is one lane of a proof under way.
type run struct {
	tx      *db.Tx
	heard   func(part string, done float64) // progress of this lane
	found   *findings
	checked map[string]int64
	known   known
}

// lane is a row of parts that are proven one after the other on one snapshot. No class needs more than one lane:
// what it compares is compared on the same snapshot. share is its part of the work, as measured.
type lane struct {
	share float64
	parts []part
}

// part is a step of a lane. from is how much of the lane is done before it, as measured.
type part struct {
	name string
	from float64
	do   func(*run, context.Context) error
}

var lanes = []lane{
	{0.5, []part{{"ledger", 0, (*run).ledger}, {"balances", 0.32, (*run).balances}, {"rows", 0.33, (*run).probes}, {"texts", 0.65, (*run).readable}}},
	{0.5, []part{{"orders", 0, (*run).orders}, {"parcels", 0.95, (*run).strays}, {"together", 0.99, (*run).shared}}},
}

// Run proves all classes beside whatever is being written to the database, each on one snapshot. Its memory is bounded by
// the catalogue, the locations and the stock that stands somewhere, not by history. An error means that the proof
// could not be finished, never that something was found.
func Run(ctx context.Context, d *db.DB, o Options) (Report, error) {
	all := make([]*run, len(lanes))
	meter := meter{tell: o.Progress, lanes: make([]float64, len(lanes))}
	group, ctx := errgroup.WithContext(ctx)
	for i, l := range lanes {
		all[i] = newRun(meter.lane(i))
		group.Go(func() error {
			return d.View(ctx, func(tx *db.Tx) error { return all[i].prove(ctx, tx, l) })
		})
	}
	err := group.Wait()
	return report(all, err), err
}

func newRun(heard func(string, float64)) *run {
	return &run{heard: heard, found: newFindings(), checked: map[string]int64{}}
}

// prove runs one lane.
func (r *run) prove(ctx context.Context, tx *db.Tx, l lane) error {
	r.tx = tx
	if err := r.readKnown(); err != nil {
		return err
	}
	for _, p := range l.parts {
		r.heard(p.name, p.from)
		if err := p.do(r, ctx); err != nil {
			return err
		}
	}
	r.heard(l.parts[len(l.parts)-1].name, 1)
	return nil
}

// report puts the lanes together.
func report(all []*run, err error) Report {
	found, checked := newFindings(), map[string]int64{}
	for _, r := range all {
		maps.Copy(checked, r.checked)
		found.merge(r.found)
	}
	list := found.sorted()
	return Report{Clean: err == nil && len(list) == 0, Checked: checked, Findings: list}
}

// meter adds up how far the lanes are.
type meter struct {
	tell func(part string, done float64)

	mu    sync.Mutex
	lanes []float64
}

func (m *meter) lane(i int) func(part string, done float64) {
	return func(part string, done float64) {
		m.mu.Lock()
		defer m.mu.Unlock()
		m.lanes[i] = done
		if m.tell == nil {
			return
		}
		sum := 0.0
		for j, l := range lanes {
			sum += l.share * m.lanes[j]
		}
		m.tell(part, sum)
	}
}
