package review

import (
	"cmp"
	"context"
	"errors"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/order"
)

// Settings are what a company says about its reviews. Zero values are the defaults.
type Settings struct {
	// Currency is the company's. The catalogue's costs are in it, so orders in another one have no floor price.
	Currency   string
	Thresholds Thresholds // of the default rules
	Window     WindowSettings
	// Then goes on with orders that have just passed, in the same transaction: it spares them a second reading, writing and
	// commit. It moves those that it takes further; the others wait. It may fail with db.ErrGuard: then the review is done
	// again without it. nil leaves them all to wait.
	Then func(tx *db.Tx, passed []*order.Order) error
}

// Waits is what wakes who takes passed orders further: some of them wait.
const Waits = "review.waits"

// Service holds the use cases of review: the worker's step, what a person decides, and the rules.
type Service struct {
	db       *db.DB
	settings Settings
	memory   memory
}

// New makes the service. A window that cannot be is reported by the first Step.
func New(d *db.DB, s Settings) *Service {
	s.Currency = cmp.Or(s.Currency, "CNY")
	s.Thresholds = cmp.Or(s.Thresholds, DefaultThresholds())
	s.Window = cmp.Or(s.Window, DefaultWindow())
	return &Service{db: d, settings: s}
}

// StepSize is how many orders one step decides over: enough to share the reads and the commit, few enough
// that nobody else waits long for the writer.
const StepSize = 256

// Step reviews the oldest orders that wait for it, up to 256, in one transaction, and returns how many it decided
// over; 0 means that none waits that can be decided. An order whose state forbids the verdict is left, and the error names
// it. Should the whole batch fail, its orders are reviewed one by one, so that one of them cannot stop the queue.
func (s *Service) Step(ctx context.Context) (done int, err error) {
	var rules *RuleSet
	err = s.db.View(ctx, func(tx *db.Tx) (err error) {
		rules, err = s.current(tx)
		return err
	})
	if err != nil {
		return 0, err
	}
	if err := s.memory.warm(ctx, s.db, s.settings.Window); err != nil {
		return 0, err
	}
	taken, done, failed, err := s.take(ctx, rules, s.settings.Then)
	if errors.Is(err, db.ErrGuard) && s.settings.Then != nil {
		taken, done, failed, err = s.take(ctx, rules, nil)
	}
	switch {
	case err == nil:
		return done, failed
	case len(taken) < 2 || ctx.Err() != nil:
		return 0, err
	}
	return s.oneByOne(ctx, rules, taken)
}

// Arrive decides over orders in the transaction that takes them in; they are pending drafts. It moves those it comes to a
// verdict about; the others wait for Step, all of them until that has looked at what came before this process. It fails as
// Settings.Then does.
func (s *Service) Arrive(tx *db.Tx, fresh []*order.Order) error {
	if !s.memory.warmed() {
		return nil
	}
	rules, err := s.current(tx)
	if err != nil {
		return err
	}
	_, _, err = s.judge(tx, rules, fresh, s.settings.Then) // of one whose state forbids its verdict Step tells
	return err
}

func (s *Service) take(ctx context.Context, rules *RuleSet, then func(*db.Tx, []*order.Order) error) (taken []int64, done int, failed, err error) {
	err = s.db.Take(ctx, func(tx *db.Tx) error {
		list, err := order.TakePending(tx, StepSize)
		if err != nil || len(list) == 0 {
			return err
		}
		taken = idsOf(list)
		done, failed, err = s.judge(tx, rules, list, then)
		return err
	})
	return taken, done, failed, err
}

func (s *Service) oneByOne(ctx context.Context, rules *RuleSet, ids []int64) (done int, failed error) {
	for _, id := range ids {
		n := 0
		var bad error
		err := s.db.Update(ctx, func(tx *db.Tx) error {
			o, err := order.LockOne(tx, id)
			if err != nil || o.Review != order.ReviewPending {
				return err
			}
			n, bad, err = s.judge(tx, rules, []*order.Order{o}, nil)
			return err
		})
		if err == nil {
			done += n
		}
		failed = errors.Join(failed, bad, err)
	}
	return done, failed
}

func idsOf(list []*order.Order) []int64 {
	ids := make([]int64, len(list))
	for i, o := range list {
		ids[i] = o.ID
	}
	return ids
}
