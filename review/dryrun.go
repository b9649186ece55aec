package review

import (
	"context"
	"slices"
	"time"

	"github.com/packhorse/packhorse/catalog"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/id"
	"github.com/packhorse/packhorse/order"
)

// DryRun is what a rule would have done to the orders of the last days.
type DryRun struct {
	Orders   int     `json:"orders"`   // looked at
	Fired    int     `json:"fired"`    // of them, those for which the rule is true
	Failed   int     `json:"failed"`   // those over which it could not be evaluated
	Changed  int     `json:"changed"`  // fired or failed, and the order had gone on: passed by the rules or by a person
	Amount   int64   `json:"amount"`   // total of the changed ones that are in the company's currency, minor units
	Examples []int64 `json:"examples"` // the newest changed ones, at most 20
	Cut      bool    `json:"cut"`      // there were more orders than one run looks at
}

// The bounds of a dry run: it shares the machine with the work.
const (
	maxDryRunDays   = 90
	maxDryRunOrders = 200_000
	dryRunExamples  = 20
)

var selSince = db.NewSQL(`SELECT id FROM order_head WHERE id > $1 ORDER BY id LIMIT $2`)

// DryRun evaluates one rule over the orders of the last days, 1 to 90, as they stand in the books now, and writes
// nothing. What orders share is counted as it was when they came. Faults: those of Compile, review.dry_run_days.
func (s *Service) DryRun(ctx context.Context, r Rule, days int) (DryRun, error) {
	if days < 1 || days > maxDryRunDays {
		return DryRun{}, fault.Invalidf("days", "review.dry_run_days", "a dry run looks at 1 to %d days, not %d", maxDryRunDays, days).
			With("max", maxDryRunDays).With("value", days)
	}
	r.Version, r.Enabled = max(r.Version, 1), true
	rules, err := Compile([]Rule{r})
	if err != nil {
		return DryRun{}, err
	}
	window, err := NewWindow(s.settings.Window)
	if err != nil {
		return DryRun{}, err
	}
	var out DryRun
	after := id.Floor(s.db.Clock().Now().AddDate(0, 0, -days).UnixMicro())
	for {
		var page []int64
		err := s.db.View(ctx, func(tx *db.Tx) (err error) {
			page, err = db.All(tx.Query(selSince, after, StepSize), func(r *db.Rows) (v int64) { r.Scan(&v); return v })
			if err != nil || len(page) == 0 {
				return err
			}
			return s.try(tx, rules, window, page, &out)
		})
		if err != nil || len(page) < StepSize {
			return out, err
		}
		after = page[len(page)-1]
		if out.Orders >= maxDryRunOrders {
			out.Cut = true
			return out, nil
		}
	}
}

// try evaluates a page of orders.
func (s *Service) try(tx *db.Tx, rules *RuleSet, w *Window, ids []int64, out *DryRun) error {
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
		out.note(o, rules.Evaluate(f), s.settings.Currency)
	}
	return nil
}

func (r *DryRun) note(o *order.Order, v Verdict, currency string) {
	r.Orders++
	failed := slices.ContainsFunc(v.Holds, func(h HoldReason) bool { return h.Code == CodeRuleFailed })
	switch {
	case failed:
		r.Failed++
	case len(v.Fired) > 0:
		r.Fired++
	}
	if v.Pass || !o.Passed() {
		return
	}
	r.Changed++
	if o.Currency == currency {
		r.Amount += o.Total
	}
	if r.Examples = append(r.Examples, o.ID); len(r.Examples) > dryRunExamples {
		r.Examples = r.Examples[1:]
	}
}
