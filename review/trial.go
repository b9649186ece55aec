package review

import (
	"context"
	"slices"
	"time"

	"github.com/packhorse/packhorse/catalog"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/order"
)

// Outcomes of a review as a trial counts them.
const (
	OutcomePass   = "pass"
	OutcomeHold   = "hold"
	OutcomeReject = "reject"
)

// Trial is what would become of the newest orders if a rule were as proposed, beside what the rules that hold now make of them.
type Trial struct {
	Orders  int            // looked at
	Fired   int            // of them, those for which the proposed rule is true
	Failed  int            // those over which it could not be evaluated
	Before  map[string]int // orders by outcome, by the rules that hold now
	After   map[string]int // and with the proposed one
	Changed int            // orders with another outcome
	Changes []TrialChange  // the newest of them, at most 50
}

// TrialChange is an order whose outcome would be another.
type TrialChange struct {
	Order    int64
	From, To string
}

const (
	// MaxTrial bounds the orders of a trial: it shares the machine with the work.
	MaxTrial     = 5000
	trialChanges = 50
)

var selNewest = db.NewSQL(`SELECT id FROM order_head ORDER BY id DESC LIMIT $1`)

// Try evaluates the rules over the newest orders twice, as they are and with r in its place, and writes nothing. Orders are
// looked at as they stand in the books now; what they share is counted among themselves. Faults: those of Compile, review.trial_orders.
func (s *Service) Try(ctx context.Context, r Rule, orders int) (Trial, error) {
	if orders < 1 || orders > MaxTrial {
		return Trial{}, fault.Invalidf("orders", "review.trial_orders", "a trial looks at 1 to %d orders, not %d", MaxTrial, orders).
			With("max", MaxTrial).With("value", orders)
	}
	r.Version = max(r.Version, 1)
	if _, err := Compile([]Rule{r}); err != nil {
		return Trial{}, err // its mistakes stand at rules[0], as when it is saved
	}
	list, err := s.Rules(ctx)
	if err != nil {
		return Trial{}, err
	}
	now, err := Compile(list)
	if err != nil {
		return Trial{}, err
	}
	list = append(slices.DeleteFunc(slices.Clone(list), func(x Rule) bool { return x.ID == r.ID }), r)
	then, err := Compile(list)
	if err != nil {
		return Trial{}, err
	}
	w, err := NewWindow(s.settings.Window)
	if err != nil {
		return Trial{}, err
	}
	out := Trial{Before: map[string]int{}, After: map[string]int{}}
	err = s.db.View(ctx, func(tx *db.Tx) error {
		ids, err := db.All(tx.Query(selNewest, orders), func(r *db.Rows) (v int64) { r.Scan(&v); return v })
		if err != nil {
			return err
		}
		slices.Reverse(ids) // as they came
		for page := range slices.Chunk(ids, StepSize) {
			if err := s.tryPage(tx, page, r.ID, now, then, w, &out); err != nil {
				return err
			}
		}
		slices.Reverse(out.Changes)
		return nil
	})
	return out, err
}

func (s *Service) tryPage(tx *db.Tx, ids []int64, rule string, now, then *RuleSet, w *Window, out *Trial) error {
	found, err := order.ByIDs(tx, ids)
	if err != nil {
		return err
	}
	list := make([]*order.Order, 0, len(ids))
	for _, key := range ids {
		if o := found[key]; o != nil {
			list = append(list, o)
		}
	}
	skus, err := catalog.ByIDs(tx, skusOf(list))
	if err != nil {
		return err
	}
	for _, o := range list {
		came := time.UnixMicro(o.CreatedAt)
		f := s.facts(o, skus, came)
		features := FeaturesOf(f)
		f.Risk = w.Count(came, features)
		w.Add(came, features)
		out.note(o.ID, rule, now.Evaluate(f), then.Evaluate(f))
	}
	return nil
}

func (t *Trial) note(key int64, rule string, before, after Verdict) {
	t.Orders++
	from, to := outcomeOf(before), outcomeOf(after)
	t.Before[from]++
	t.After[to]++
	switch {
	case slices.ContainsFunc(after.Holds, func(h HoldReason) bool { return h.Code == CodeRuleFailed && h.Rule == rule }):
		t.Failed++
	case slices.Contains(after.Fired, rule):
		t.Fired++
	}
	if from == to {
		return
	}
	t.Changed++
	if t.Changes = append(t.Changes, TrialChange{key, from, to}); len(t.Changes) > trialChanges {
		t.Changes = t.Changes[1:]
	}
}

func outcomeOf(v Verdict) string {
	switch {
	case len(v.Rejects) > 0:
		return OutcomeReject
	case v.Pass:
		return OutcomePass
	}
	return OutcomeHold
}
