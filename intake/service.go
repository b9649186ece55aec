package intake

import (
	"context"
	"errors"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
)

// Where a document came from.
const (
	SourceAPI     = "api"
	SourceFile    = "file"
	SourceWebhook = "webhook"
	SourcePoll    = "poll"
)

// What became of a document. Refused is never in a Receipt: its caller gets the fault instead.
const (
	Created   = "created"
	Amended   = "amended"
	Unchanged = "unchanged"
	Cancelled = "cancelled"
	Refused   = "refused"
)

// Input is one document and how it came.
type Input struct {
	Document Document
	Source   string
	Actor    string // as in events; "channel:" and the channel's name when empty
	Raw      string // the JSON that Decode made Document of; written from Document when empty
}

// Receipt says what became of a document.
type Receipt struct {
	OrderID  int64
	Outcome  string // Created, Amended, Unchanged or Cancelled
	Revision int64  // place in the inbox of the document that the order follows now
}

// Service takes documents in.
type Service struct {
	db    *db.DB
	amend func(*db.Tx, Amendment) error
	batch *db.Batch[*arrival, Receipt]
}

// most is how many documents share one transaction; tries how often one is taken again after another
// process wrote the same order at the same moment.
const (
	most  = 256
	tries = 4
)

// New makes the service. amend is asked about changes to orders whose goods are in work; see Amendment.
func New(d *db.DB, amend func(tx *db.Tx, a Amendment) error) *Service {
	s := &Service{db: d, amend: amend}
	s.batch = db.NewBatch(d, most, func(tx *db.Tx, ins []*arrival) []db.Result[Receipt] { return receive(tx, ins, nil) })
	return s
}

// Receive takes one document in. The same content again is Unchanged and writes nothing; other content is a
// revision. once may be nil.
//
// A document that is refused stays in the inbox with its body, so that nothing a channel said is lost; only one
// whose channel, shop or order number cannot be read is not kept. Faults: those of Document.Validate,
// intake.stale_revision, intake.fixed, intake.order_closed, order.state, and those of amend.
func (s *Service) Receive(ctx context.Context, once *db.Once, in Input) (Receipt, error) {
	a, err := arrive(in)
	if err != nil {
		return Receipt{}, err
	}
	for try := 1; ; try++ {
		out, err := s.batch.Do(ctx, once, a)
		if errors.Is(err, errInWork) {
			out, err = s.alone(ctx, once, a)
		}
		if !raced(err) {
			return out, err
		}
		if try == tries {
			return out, db.ErrGuard
		}
	}
}

// ReceiveAll takes many documents in, in their order, in as few transactions as they fit in. One that is refused
// has its fault in its result and does not touch the others.
func (s *Service) ReceiveAll(ctx context.Context, ins []Input) []db.Result[Receipt] {
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
	for try := 1; len(todo) > 0; try++ {
		var again []*arrival
		var places []int
		for j, r := range s.batch.All(ctx, todo) {
			if errors.Is(r.Err, errInWork) {
				r.Out, r.Err = s.alone(ctx, nil, todo[j])
			}
			switch {
			case raced(r.Err) && try < tries:
				again, places = append(again, todo[j]), append(places, at[j])
				continue
			case raced(r.Err):
				r.Err = db.ErrGuard
			}
			out[at[j]] = r
		}
		todo, at = again, places
	}
	return out
}

// errInWork sends a document from the batch to a transaction of its own.
var errInWork = errors.New("the goods of the order are in work")

// alone takes in a document about goods in work. amend may have written before it refuses, so the whole
// transaction is taken back then, and the refusal is recorded in another.
func (s *Service) alone(ctx context.Context, once *db.Once, a *arrival) (Receipt, error) {
	out, err := db.Command(ctx, s.db, once, func(tx *db.Tx) (Receipt, error) {
		r := receive(tx, []*arrival{a}, s.amend)[0]
		return r.Out, r.Err
	})
	if _, refused := fault.As(err); !refused || raced(err) {
		return out, err
	}
	kept := s.db.Update(ctx, func(tx *db.Tx) error {
		receive(tx, []*arrival{a}, func(*db.Tx, Amendment) error { return err })
		return nil
	})
	if kept != nil {
		return out, errors.Join(err, kept)
	}
	return out, err
}

// raced reports whether somebody else wrote the same order meanwhile: read again, it is a plain case.
func raced(err error) bool { return db.Duplicate(err) || errors.Is(err, db.ErrGuard) }
