package intake

import (
	"context"
	"errors"
	"slices"

	"github.com/packhorse/packhorse/internal/db"
)

// bulk is the share of documents given at once that goes into one transaction.
type bulk = db.Share[*arrival]

// kept is what stands under its key.
type kept = db.Shared[Receipt]

// ReceiveAll takes many documents in, in their order, in as few transactions as they fit in. One that is refused
// has its fault in its result and does not touch the others.
func (s *Service) ReceiveAll(ctx context.Context, ins []Input) []db.Result[Receipt] {
	out, err := s.ReceiveOnce(ctx, nil, ins)
	if err != nil {
		return db.FailAll(make([]db.Result[Receipt], len(ins)), err)
	}
	return out
}

// ReceiveOnce is ReceiveAll under a key, which may be nil. Up to 256 documents of which none is about goods in work are
// one transaction, and the key is written in it with all results. More are several, each with a key of its own that is
// derived from this one: whenever a process dies between them, the same bulk under the same key gets the
// results of what was done and goes on with the rest. So does another process that is given it at the same moment;
// nothing is taken in twice. Faults: idempotency.other_request, idempotency.in_flight, and those of a database that is closed.
func (s *Service) ReceiveOnce(ctx context.Context, once *db.Once, ins []Input) ([]db.Result[Receipt], error) {
	out := make([]db.Result[Receipt], len(ins))
	var todo []*arrival
	var at []int // place of todo in ins
	for i, in := range ins {
		a, err := arrive(in)
		if err != nil {
			out[i].Err = err
			continue
		}
		todo, at = append(todo, a), append(at, i)
	}
	if len(todo) == 0 && once == nil {
		return out, nil
	}
	results, err := s.receiveAll(ctx, once, todo)
	if err != nil {
		return nil, err
	}
	for j, r := range results {
		out[at[j]] = r
	}
	return out, nil
}

// receiveAll decides one share after the other: a later document of an order must see what became of the earlier.
func (s *Service) receiveAll(ctx context.Context, once *db.Once, todo []*arrival) ([]db.Result[Receipt], error) {
	return db.Bulk[*arrival, Receipt]{Most: most, Together: s.share, Left: isLeft, Alone: func(ctx context.Context, once *db.Once, a *arrival) (Receipt, error) {
		return insist(func() (Receipt, error) { return s.alone(ctx, once, a) })
	}}.Run(ctx, s.db, once, todo)
}

// share takes documents in together. What is left is to be taken alone: when one of them makes the transaction fail,
// that is each, since of those about one order none may overtake another.
func (s *Service) share(ctx context.Context, once *db.Once, b db.Share[*arrival]) (db.Shared[Receipt], error) {
	_, again := distinct(b.Ins, places(len(b.Ins)))
	if once == nil && len(again) == 0 {
		return keep(s.batch.All(ctx, b.Ins), b.All), nil
	}
	if once == nil {
		r := s.bulks.All(ctx, []bulk{b})[0]
		return r.Out, r.Err
	}
	return s.bulks.Do(ctx, once, b)
}

func (s *Service) receiveBulks(tx *db.Tx, bulks []bulk) []db.Result[kept] {
	var all []*arrival
	for _, b := range bulks {
		all = append(all, b.Ins...)
	}
	results := receive(tx, all, nil, s.then)
	out := make([]db.Result[kept], len(bulks))
	for i, b := range bulks {
		n := len(b.Ins)
		mine := results[:n:n]
		results = results[n:]
		out[i] = db.Result[kept]{Out: keep(mine, b.All), Err: db.Failure(mine)}
	}
	return out
}

func keep(results []db.Result[Receipt], all bool) kept {
	return kept{Results: results, Whole: all && !slices.ContainsFunc(results, isLeft)}
}

// isLeft reports whether a document was not decided together with the others.
func isLeft(r db.Result[Receipt]) bool { return errors.Is(r.Err, errInWork) || raced(r.Err) }
