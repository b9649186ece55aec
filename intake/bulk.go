package intake

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
)

// bulk is the share of documents given at once that goes into one transaction.
type bulk struct {
	documents []*arrival
	all       bool // there are no others
}

// kept is what stands under the key of a bulk.
type kept struct {
	Results []db.Result[Receipt] `json:"results"`
	Whole   bool                 `json:"whole"` // nothing is left to do
}

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
	var done []db.Result[Receipt]
	for first := 0; first == 0 || first < len(todo); first += most {
		share := bulk{documents: todo[first:min(first+most, len(todo))], all: len(todo) <= most}
		name := once
		if first > 0 {
			name = part(once, "share", first)
		}
		k, err := s.share(ctx, name, share)
		if err != nil || k.Whole {
			return k.Results, err
		}
		for i, r := range k.Results {
			if isLeft(r) {
				r.Out, r.Err = insist(func() (Receipt, error) {
					return s.alone(ctx, part(once, "document", first+i), share.documents[i])
				})
			}
			done = append(done, r)
		}
	}
	if once == nil || failure(done) != nil { // what failed is tried again when it is repeated
		return done, nil
	}
	once.Replayed = false // not all of it was there
	k, err := db.Complete(ctx, s.db, once, kept{done, true})
	return k.Results, err
}

// part is the key of one transaction of several. No caller's key ends in a space and a number.
func part(once *db.Once, of string, n int) *db.Once {
	if once == nil {
		return nil
	}
	return &db.Once{Key: fmt.Sprintf("%s %s %d", once.Key, of, n), Hash: once.Hash}
}

// share takes documents in together. What is left is to be taken alone: when one of them makes the transaction fail,
// that is each, since of those about one order none may overtake another.
func (s *Service) share(ctx context.Context, once *db.Once, b bulk) (kept, error) {
	var r db.Result[kept]
	switch _, again := distinct(b.documents, places(len(b.documents))); {
	case once == nil && len(again) == 0:
		return keep(s.batch.All(ctx, b.documents), b.all), nil
	case once == nil:
		r = s.bulks.All(ctx, []bulk{b})[0]
	default:
		r.Out, r.Err = s.bulks.Do(ctx, once, b)
	}
	if _, refused := fault.As(r.Err); r.Err == nil || refused && !raced(r.Err) || ctx.Err() != nil {
		return r.Out, r.Err
	}
	return kept{Results: db.FailAll(make([]db.Result[Receipt], len(b.documents)), errInWork)}, nil
}

func (s *Service) receiveBulks(tx *db.Tx, bulks []bulk) []db.Result[kept] {
	var all []*arrival
	for _, b := range bulks {
		all = append(all, b.documents...)
	}
	results := receive(tx, all, nil, s.then)
	out := make([]db.Result[kept], len(bulks))
	for i, b := range bulks {
		n := len(b.documents)
		mine := results[:n:n]
		results = results[n:]
		out[i] = db.Result[kept]{Out: keep(mine, b.all), Err: failure(mine)}
	}
	return out
}

func keep(results []db.Result[Receipt], all bool) kept {
	return kept{results, all && !slices.ContainsFunc(results, isLeft)}
}

// isLeft reports whether a document was not decided together with the others.
func isLeft(r db.Result[Receipt]) bool { return errors.Is(r.Err, errInWork) || raced(r.Err) }

// failure finds what is no answer to a document but a failure of ours.
func failure(results []db.Result[Receipt]) error {
	for _, r := range results {
		if _, refused := fault.As(r.Err); r.Err != nil && !refused {
			return r.Err
		}
	}
	return nil
}
