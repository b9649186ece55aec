package review

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
)

// rulesInMemory are compiled rules, kept between transactions under the thresholds of the defaults among them.
const rulesInMemory = "review rules"

// current is the compiled set that holds now.
func (s *Service) current(tx *db.Tx) (*RuleSet, error) {
	if set, known := tx.Recall(rulesInMemory, s.settings.Thresholds); known {
		return set.(*RuleSet), nil
	}
	rules, err := s.rules(tx)
	if err != nil {
		return nil, err
	}
	set, err := Compile(rules)
	if err != nil {
		return nil, err
	}
	tx.Keep(rulesInMemory, s.settings.Thresholds, set)
	return set, nil
}

// rules are the defaults, each replaced by the newest version that was saved of it, and the shop's own; by
// priority, as they are asked.
func (s *Service) rules(tx *db.Tx) ([]Rule, error) {
	saved, err := readRules(tx.Query(selRules))
	if err != nil {
		return nil, err
	}
	list := saved
	for _, r := range Defaults(s.settings.Thresholds) {
		if !slices.ContainsFunc(saved, func(x Rule) bool { return x.ID == r.ID }) {
			list = append(list, r)
		}
	}
	slices.SortFunc(list, func(a, b Rule) int {
		return cmp.Or(cmp.Compare(b.Priority, a.Priority), strings.Compare(a.ID, b.ID))
	})
	return list, nil
}

// Rules lists the rules that hold now, disabled ones included, in the order in which they are asked.
func (s *Service) Rules(ctx context.Context) (list []Rule, err error) {
	err = s.db.View(ctx, func(tx *db.Tx) error {
		list, err = s.rules(tx)
		return err
	})
	return list, err
}

// RuleVersions lists the saved versions of a rule, the newest first. A default that nobody has changed has none.
func (s *Service) RuleVersions(ctx context.Context, code string, limit int) (list []Rule, err error) {
	err = s.db.View(ctx, func(tx *db.Tx) error {
		list, err = readRules(tx.Query(selRule, code, limit))
		return err
	})
	return list, err
}

// SaveRule adds a version of a rule, or a new rule, and returns it with its version. It holds from the next
// step on; orders that were decided over stay decided. A rule is switched off by saving it with Enabled false.
// Faults: those of Compile, in which the rule stands alone as rules[0], and of a set that is too large.
func (s *Service) SaveRule(ctx context.Context, once *db.Once, actor string, r Rule) (Rule, error) {
	r.Version = 1
	if _, err := Compile([]Rule{r}); err != nil {
		return Rule{}, err
	}
	saved, err := db.Command(ctx, s.db, once, func(tx *db.Tx) (Rule, error) { return s.saveRule(tx, actor, r) })
	if db.Duplicate(err) {
		return Rule{}, db.ErrGuard // somebody saved the same rule at the same moment
	}
	return saved, err
}

func (s *Service) saveRule(tx *db.Tx, actor string, r Rule) (Rule, error) {
	list, err := s.rules(tx)
	if err != nil {
		return Rule{}, err
	}
	if i := slices.IndexFunc(list, func(x Rule) bool { return x.ID == r.ID }); i >= 0 {
		r.Version = list[i].Version + 1
	} else if len(list) >= MaxRules {
		return Rule{}, fault.Invalidf("rules", "review.many_rules",
			"%d rules are more than the %d of a set; merge some or delete those that never fire", len(list)+1, MaxRules).
			With("count", len(list)+1).With("limit", MaxRules)
	}
	tx.Forget(rulesInMemory, s.settings.Thresholds)
	if err := putRule(tx, r, actor); err != nil {
		return Rule{}, err
	}
	tx.Emit(db.Event{Kind: "review.rule_saved.v1", Actor: actor,
		Params: map[string]any{"rule": r.ID, "version": r.Version, "enabled": r.Enabled}})
	return r, nil
}
