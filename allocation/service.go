package allocation

import (
	"cmp"
	"context"
	"errors"
	"strings"
	"time"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/inventory"
	"github.com/packhorse/packhorse/order"
)

// Settings are what does not change while the process runs.
type Settings struct {
	Currency string // the company's, in which costs are; CNY when empty
	// Region brings a province's name to the form that lanes are compared in, the carrier rates' own. It is
	// applied to lanes and orders alike; nil takes names as they are written.
	Region func(name string) string
	// Stopwatch begins to measure wall time and returns what tells how much has passed. It bounds how long a plan is worked
	// on; nil leaves that to the amount of work, so that the same orders always have the same plan.
	Stopwatch func() func() time.Duration
}

// Service holds the use cases of allocation.
type Service struct {
	db       *db.DB
	lanes    func(tx *db.Tx) ([]Lane, error)
	settings Settings
	load     load
	places   places
	disputes disputes
}

// New makes the service. lanes gives the best rate of every node into every region it serves; it is called in
// every step, so it caches. While it gives none at all, every open node serves every region, at no cost.
func New(d *db.DB, lanes func(tx *db.Tx) ([]Lane, error), s Settings) *Service {
	s.Currency = cmp.Or(s.Currency, "CNY")
	if s.Region == nil {
		s.Region = strings.TrimSpace
	}
	if s.Stopwatch == nil {
		s.Stopwatch = func() func() time.Duration { return func() time.Duration { return 0 } }
	}
	return &Service{db: d, lanes: lanes, settings: s}
}

// StepSize is how many orders one transaction decides over: enough to share the reads and the commit, few enough
// that nobody else waits long for the writer.
const StepSize = 256

// Step serves the oldest orders that wait for a node, up to StepSize, in one transaction, and returns how many it decided
// over; 0 means that none waits that can be served. An order whose state forbids it is left, and the error names it.
//
// It reads the stock of all nodes without a lock: few of the many rows are written in the end, and seldom does somebody
// else promise the same at that moment. Then the guard of the balance takes everything back, and it is done once more under
// the lock. Should the whole batch fail even so, its orders are served one by one, so that one of them cannot stop the queue.
//
// Where orders that wait compete, they are decided over together before the transaction (see Plan), on what it then finds still
// true.
func (s *Service) Step(ctx context.Context) (int, error) {
	defer s.disputes.end(s.disputes.begin())
	plan, err := s.prepare(ctx, oldest)
	if err != nil {
		return 0, err
	}
	taken, r, err := s.take(ctx, inventory.Available, plan)
	if errors.Is(err, db.ErrGuard) {
		taken, r, err = s.take(ctx, inventory.LockAvailable, plan)
	}
	if err != nil {
		r, err = s.oneByOne(ctx, taken, err)
	}
	return r.done, errors.Join(err, r.failed)
}

func (s *Service) take(ctx context.Context, stock stockReader, plan prepared) (taken []int64, r placed, err error) {
	err = s.db.Take(ctx, func(tx *db.Tx) error {
		list, err := order.TakeWaiting(tx, StepSize)
		if err != nil {
			return err
		}
		taken = idsOf(list)
		r, err = s.follow(tx, list, stock, plan)
		return err
	})
	return taken, r, err
}

// Next serves orders that have just passed, in the transaction that let them pass; what the caller planned for them is
// written with what is decided here. An order whose state forbids it is left to wait, and so are those that compete with each
// other: the next Step decides over them together. It does not lock the stock: the transaction may fail with db.ErrGuard.
func (s *Service) Next(tx *db.Tx, passed []*order.Order) error {
	b, err := s.open(tx, passed, inventory.Available)
	if err != nil || len(b.list) == 0 {
		return err
	}
	free := newBoard(&b.p)
	if b.policy.together() {
		if left := b.leave(s.disputes.add(b.p.Orders, free.contested())); len(left) > 0 {
			s.disputes.raise(left)
			free = newBoard(&b.p)
		}
	}
	_, err = b.write(tx, free.decide(), nil)
	return err
}

// serve decides over some orders in one transaction, together where they compete, or one by one where that fails. It returns
// how many of them got something.
func (s *Service) serve(ctx context.Context, ids []int64) (served int, err error) {
	plan, err := s.prepare(ctx, these(ids))
	if err != nil {
		return 0, err
	}
	var r placed
	err = s.db.Update(ctx, func(tx *db.Tx) (err error) {
		r, err = s.placeIDs(tx, ids, plan)
		return err
	})
	if err != nil {
		r, err = s.oneByOne(ctx, ids, err)
	}
	return r.served, errors.Join(err, r.failed)
}

// oneByOne repeats a batch that failed because of why.
func (s *Service) oneByOne(ctx context.Context, ids []int64, why error) (sum placed, err error) {
	if len(ids) < 2 || ctx.Err() != nil {
		return sum, why
	}
	for _, id := range ids {
		var r placed
		err := s.db.Update(ctx, func(tx *db.Tx) (err error) {
			r, err = s.placeIDs(tx, []int64{id}, prepared{})
			return err
		})
		if err == nil {
			sum.done += r.done
			sum.served += r.served
		}
		sum.failed = errors.Join(sum.failed, r.failed, err)
	}
	return sum, nil
}

// placeIDs locks the orders and decides over those that still wait for goods.
func (s *Service) placeIDs(tx *db.Tx, ids []int64, plan prepared) (placed, error) {
	found, err := order.Lock(tx, ids)
	if err != nil {
		return placed{}, err
	}
	return s.follow(tx, waiting(found), inventory.LockAvailable, plan)
}

func idsOf(list []*order.Order) []int64 {
	ids := make([]int64, len(list))
	for i, o := range list {
		ids[i] = o.ID
	}
	return ids
}
