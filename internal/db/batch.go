package db

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/packhorse/packhorse/internal/fault"
)

// Result is one command's outcome in a batch. A command with an error has written nothing.
type Result[Out any] struct {
	Out Out
	Err error
}

// Batch runs commands of one sort in bulk. Single commands that arrive at the same moment are
// combined: whoever is first opens a transaction, and it takes along all that wait. So every use
// case is written once, for many, and one fsync or round trip serves all of them.
//
// The function given to NewBatch reads what it needs for all inputs at once, decides for each, and
// buffers the writes of those it accepts. It checks before it writes: an input it refuses gets an
// error in its Result (a fault) and leaves no trace; an error that is no fault fails the transaction. Should a guard break all the same, the transaction is taken
// back and the inputs run one by one, so that only the guilty one fails.
type Batch[In, Out any] struct {
	db  *DB
	max int
	do  func(*Tx, []In) []Result[Out]

	mu      sync.Mutex
	waiting []*call[In, Out]
	queued  bool // a transaction is on its way that will take whatever waits
}

type call[In, Out any] struct {
	in    In
	once  *Once
	out   chan Result[Out]
	came  time.Time
	trace *trace
}

// NewBatch makes a batch of at most max commands in one transaction.
func NewBatch[In, Out any](d *DB, max int, do func(*Tx, []In) []Result[Out]) *Batch[In, Out] {
	return &Batch[In, Out]{db: d, max: max, do: do}
}

// Do runs one command, with others that come at the same moment, and returns after the commit.
// once may be nil.
func (b *Batch[In, Out]) Do(ctx context.Context, once *Once, in In) (out Out, err error) {
	c := &call[In, Out]{in: in, once: once, out: make(chan Result[Out], 1), came: time.Now()}
	if err := b.db.begin(once); err != nil {
		return *new(Out), err
	}
	defer b.db.end(once)
	if c.trace = begun(ctx); c.trace != nil {
		c.trace.command.Text("packhorse.command", fmt.Sprintf("%T", in))
		defer func() { c.trace.answered(err) }()
	}
	b.mu.Lock()
	b.waiting = append(b.waiting, c)
	b.start()
	b.mu.Unlock()
	select {
	case r := <-c.out:
		return settled(ctx, b.db, once, r.Out, r.Err)
	case <-ctx.Done():
		return *new(Out), ctx.Err()
	}
}

// All runs many commands given at once, in one transaction where they fit.
func (b *Batch[In, Out]) All(ctx context.Context, ins []In) []Result[Out] {
	out := make([]Result[Out], 0, len(ins))
	for len(ins) > 0 {
		n := min(b.max, len(ins))
		calls := make([]*call[In, Out], n)
		for i, in := range ins[:n] {
			calls[i] = &call[In, Out]{in: in, out: make(chan Result[Out], 1), came: time.Now()}
		}
		b.run(ctx, calls)
		for _, c := range calls {
			out = append(out, <-c.out)
		}
		ins = ins[n:]
	}
	return out
}

// start sends off a transaction if something waits and none is on its way. Called with mu held.
func (b *Batch[In, Out]) start() {
	if b.queued || len(b.waiting) == 0 {
		return
	}
	b.queued = true
	go func() {
		_ = b.db.lanes.enter(context.Background(), b.waited)
		defer b.db.lanes.leave()
		var calls []*call[In, Out]
		b.transact(context.Background(), func() []*call[In, Out] {
			if calls == nil {
				calls = b.take()
			}
			return calls
		})
	}()
}

// waited is how long all that wait have waited together.
func (b *Batch[In, Out]) waited(now time.Time) time.Duration {
	b.mu.Lock()
	defer b.mu.Unlock()
	return together(b.waiting, now)
}

func together[In, Out any](calls []*call[In, Out], now time.Time) (sum time.Duration) {
	for _, c := range calls {
		sum += now.Sub(c.came)
	}
	return sum
}

func (b *Batch[In, Out]) take() []*call[In, Out] {
	b.mu.Lock()
	defer b.mu.Unlock()
	n := min(b.max, len(b.waiting))
	calls := b.waiting[:n:n]
	b.waiting = b.waiting[n:]
	b.queued = false
	if len(b.waiting) > 0 {
		b.start()
	}
	return calls
}

// run is for calls that were given together.
func (b *Batch[In, Out]) run(ctx context.Context, calls []*call[In, Out]) {
	if err := b.db.lanes.enter(ctx, func(now time.Time) time.Duration { return together(calls, now) }); err != nil {
		for _, c := range calls {
			c.out <- Result[Out]{Err: err}
		}
		return
	}
	defer b.db.lanes.leave()
	b.transact(ctx, func() []*call[In, Out] { return calls })
}

// transact runs the calls that take yields in one transaction and answers them.
func (b *Batch[In, Out]) transact(ctx context.Context, take func() []*call[In, Out]) {
	var results []Result[Out]
	err := b.db.Update(ctx, func(tx *Tx) error {
		var err error
		results, err = b.perform(tx, take())
		return err
	})
	calls := take()
	if err != nil && len(calls) > 1 && !errors.Is(err, ErrUncertain) {
		for _, c := range calls {
			b.transact(ctx, func() []*call[In, Out] { return []*call[In, Out]{c} })
		}
		return
	}
	for i, c := range calls {
		r := Result[Out]{Err: err}
		if err == nil {
			r = results[i]
		}
		c.trace.ran(r.Err)
		c.out <- r
	}
}

func (b *Batch[In, Out]) perform(tx *Tx, calls []*call[In, Out]) ([]Result[Out], error) {
	for _, c := range calls {
		tx.trace = cmp.Or(tx.trace, c.trace.runs(len(calls)))
	}
	results := make([]Result[Out], len(calls))
	fresh := make([]int, 0, len(calls))
	known, err := replays(tx, calls)
	if err != nil {
		return nil, err
	}
	ins := make([]In, 0, len(calls))
	for i, c := range calls {
		if c.once.Keyed() {
			if k, ok := known[c.once.Key]; ok {
				results[i].Err = k.into(c.once, &results[i].Out)
				continue
			}
		}
		fresh = append(fresh, i)
		ins = append(ins, c.in)
	}
	if len(ins) == 0 {
		return results, nil
	}
	for j, r := range b.do(tx, ins) {
		i := fresh[j]
		results[i] = r
		if _, refused := fault.As(r.Err); r.Err != nil && !refused {
			return nil, r.Err // no refusal but a failure: take everything back
		}
		if c := calls[i]; c.once != nil && r.Err == nil {
			if err := tx.remember(c.once, r.Out); err != nil {
				return nil, err
			}
		}
	}
	return results, nil
}

// FailAll gives every result of a batch the same error: what was read for all of them could not be read.
func FailAll[Out any](results []Result[Out], err error) []Result[Out] {
	for i := range results {
		results[i] = Result[Out]{Err: err}
	}
	return results
}
