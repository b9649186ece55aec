package db

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/packhorse/packhorse/internal/fault"
)

// Once makes a command happen once: its key is written in the command's own transaction together
// with the answer, and a repetition gets that first answer.
type Once struct {
	Key      string // who and what they called it: "key:7/abc"
	Hash     string // of the request; the same key with another hash is refused
	Replayed bool   // set when the answer is the first one's
}

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
	in   In
	once *Once
	out  chan Result[Out]
	came time.Time
}

// NewBatch makes a batch of at most max commands in one transaction.
func NewBatch[In, Out any](d *DB, max int, do func(*Tx, []In) []Result[Out]) *Batch[In, Out] {
	return &Batch[In, Out]{db: d, max: max, do: do}
}

// Do runs one command, with others that come at the same moment, and returns after the commit.
// once may be nil.
func (b *Batch[In, Out]) Do(ctx context.Context, once *Once, in In) (Out, error) {
	c := &call[In, Out]{in: in, once: once, out: make(chan Result[Out], 1), came: time.Now()}
	if err := b.db.begin(once); err != nil {
		return *new(Out), err
	}
	defer b.db.end(once)
	b.mu.Lock()
	b.waiting = append(b.waiting, c)
	b.start()
	b.mu.Unlock()
	select {
	case r := <-c.out:
		return r.Out, r.Err
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
		if err != nil {
			c.out <- Result[Out]{Err: err}
		} else {
			c.out <- results[i]
		}
	}
}

func (b *Batch[In, Out]) perform(tx *Tx, calls []*call[In, Out]) ([]Result[Out], error) {
	results := make([]Result[Out], len(calls))
	fresh := make([]int, 0, len(calls))
	known, err := replays(tx, calls)
	if err != nil {
		return nil, err
	}
	ins := make([]In, 0, len(calls))
	for i, c := range calls {
		if c.once != nil {
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

// Command is Update for a single command with an answer and, optionally, a key.
func Command[Out any](ctx context.Context, d *DB, once *Once, fn func(*Tx) (Out, error)) (Out, error) {
	var out Out
	if err := d.begin(once); err != nil {
		return out, err
	}
	defer d.end(once)
	err := d.Update(ctx, func(tx *Tx) error {
		if once != nil {
			k, found, err := tx.recall(once.Key)
			if err != nil {
				return err
			}
			if found {
				return k.into(once, &out)
			}
		}
		var err error
		if out, err = fn(tx); err != nil || once == nil {
			return err
		}
		return tx.remember(once, out)
	})
	return out, err
}

// begin claims a key within this process: the same key twice at once is refused.
func (d *DB) begin(once *Once) error {
	if once == nil {
		return nil
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.inflight[once.Key] {
		return fault.New(fault.Conflict, "idempotency.in_flight", "a request with this Idempotency-Key is being worked on; wait for its answer")
	}
	d.inflight[once.Key] = true
	return nil
}

func (d *DB) end(once *Once) {
	if once == nil {
		return
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	delete(d.inflight, once.Key)
}

var (
	selKeys   = NewSQL(`SELECT key, hash, answer FROM idempotency WHERE key = ANY($1)`)
	insertKey = Insert("idempotency", "key text, hash text, at bigint, answer text")
	purgeKeys = NewSQL(`DELETE FROM idempotency WHERE at < $1`)
)

type first struct{ hash, answer string }

func (k first) into(once *Once, out any) error {
	if k.hash != once.Hash {
		return fault.New(fault.Mismatch, "idempotency.other_request", "this Idempotency-Key was used for another request; use a new key for a new request")
	}
	once.Replayed = true
	return json.Unmarshal([]byte(k.answer), out)
}

func replays[In, Out any](tx *Tx, calls []*call[In, Out]) (map[string]first, error) {
	var keys []string
	for _, c := range calls {
		if c.once != nil {
			keys = append(keys, c.once.Key)
		}
	}
	if len(keys) == 0 {
		return nil, nil
	}
	known := map[string]first{}
	rows := tx.Query(selKeys, keys)
	for rows.Next() {
		var key string
		var f first
		rows.Scan(&key, &f.hash, &f.answer)
		known[key] = f
	}
	return known, rows.Close()
}

func (tx *Tx) recall(key string) (first, bool, error) {
	var f first
	var k string
	found, err := tx.Query(selKeys, []string{key}).One(&k, &f.hash, &f.answer)
	return f, found, err
}

func (tx *Tx) remember(once *Once, out any) error {
	raw, err := json.Marshal(out)
	if err != nil {
		return fmt.Errorf("answer of %s: %w", once.Key, err)
	}
	tx.Put(insertKey, once.Key, once.Hash, tx.Micros(), string(raw))
	return nil
}

// ForgetKeys removes idempotency keys older than a moment in microseconds; they are kept for 7 days.
func (d *DB) ForgetKeys(ctx context.Context, before int64) error {
	return d.Update(ctx, func(tx *Tx) error {
		_, err := tx.Exec(purgeKeys, before)
		return err
	})
}

// FailAll gives every result of a batch the same error: what was read for all of them could not be read.
func FailAll[Out any](results []Result[Out], err error) []Result[Out] {
	for i := range results {
		results[i] = Result[Out]{Err: err}
	}
	return results
}
