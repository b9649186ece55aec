package db

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/packhorse/packhorse/internal/fault"
)

// Bulk says how commands that were given together are done under one key. As many as fit are one transaction, a share,
// and its results are written in it under a key. The first share has the caller's key; each other, and each command
// that could not be done together with the rest, has one of its own that is derived from it. Whenever a process dies
// between two transactions, the same bulk under the same key gets the results of what was done and goes on with what
// was not; nothing is done twice. A refusal is such a result, unless the command was alone: then it left nothing, and is
// asked for again.
type Bulk[In, Out any] struct {
	Most     int                                                                     // commands of a share
	Together func(ctx context.Context, once *Once, s Share[In]) (Shared[Out], error) // one transaction
	Alone    func(ctx context.Context, once *Once, in In) (Out, error)
	Left     func(Result[Out]) bool // Together has left it to be done alone; nil when it leaves none
}

// Share is the part of a bulk that goes into one transaction.
type Share[In any] struct {
	Ins []In
	All bool // there are no others
}

// Shared is what stands under the key of a share, and in the end under the key of the bulk.
type Shared[Out any] struct {
	Results []Result[Out] `json:"results"`
	Whole   bool          `json:"whole"` // nothing of the bulk is left to do
}

// Run does one share after the other, since a later command must see what became of an earlier one. once may be nil. A
// result that is a failure and no answer is tried again when the bulk is repeated. Faults: idempotency.other_request,
// idempotency.in_flight, and those of a database that does not answer.
func (b Bulk[In, Out]) Run(ctx context.Context, d *DB, once *Once, ins []In) ([]Result[Out], error) {
	var done []Result[Out]
	for first := 0; first == 0 || first < len(ins); first += b.Most {
		s := Share[In]{Ins: ins[first:min(first+b.Most, len(ins))], All: len(ins) <= b.Most}
		name := once
		if first > 0 {
			name = part(once, "share", first)
		}
		got, err := b.Together(ctx, name, s)
		failed := err != nil
		switch {
		case failed && final(ctx, err):
			return nil, err
		case failed:
			got = Shared[Out]{Results: make([]Result[Out], len(s.Ins))}
		case got.Whole:
			return got.Results, nil
		}
		for i, r := range got.Results {
			if failed || b.Left != nil && b.Left(r) {
				r.Out, r.Err = b.Alone(ctx, part(once, "alone", first+i), s.Ins[i])
			}
			done = append(done, r)
		}
	}
	if !once.Keyed() || Failure(done) != nil {
		return done, nil
	}
	once.Replayed = false // not all of it was there
	whole, err := Complete(ctx, d, once, Shared[Out]{done, true})
	return whole.Results, err
}

// part is the key of one transaction of several. No caller's key ends in a space and a number.
func part(once *Once, of string, n int) *Once {
	if !once.Keyed() {
		return nil
	}
	return &Once{Key: fmt.Sprintf("%s %s %d", once.Key, of, n), Hash: once.Hash}
}

// final reports whether the error of a share is one of the whole bulk. After any other its commands are tried alone, so
// that only the guilty one fails.
func final(ctx context.Context, err error) bool {
	_, refused := fault.As(err)
	return ctx.Err() != nil || refused && !errors.Is(err, ErrGuard)
}

// Failure finds what is no answer to a command but a failure of ours.
func Failure[Out any](results []Result[Out]) error {
	for _, r := range results {
		if f, refused := fault.As(r.Err); r.Err != nil && (!refused || f.Kind == fault.Unavailable) {
			return r.Err
		}
	}
	return nil
}

// AllOnce is All under a key, which may be nil. alone does one command by itself: Do, or what a service makes of it.
// Faults: those of Bulk.Run.
func (b *Batch[In, Out]) AllOnce(ctx context.Context, once *Once, ins []In, alone func(context.Context, *Once, In) (Out, error)) ([]Result[Out], error) {
	return Bulk[In, Out]{Most: b.max, Together: b.share, Alone: alone}.Run(ctx, b.db, once, ins)
}

// share runs commands and keeps their results in one transaction.
func (b *Batch[In, Out]) share(ctx context.Context, once *Once, s Share[In]) (Shared[Out], error) {
	came := time.Now()
	waited := func(now time.Time) time.Duration { return time.Duration(len(s.Ins)) * now.Sub(came) }
	if err := b.db.lanes.enter(ctx, waited); err != nil {
		return Shared[Out]{}, err
	}
	defer b.db.lanes.leave()
	return Command(ctx, b.db, once, func(tx *Tx) (Shared[Out], error) {
		results := b.do(tx, s.Ins)
		return Shared[Out]{results, s.All}, Failure(results)
	})
}
