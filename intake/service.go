package intake

import (
	"context"
	"errors"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/order"
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
	// CancelPending is a cancel that waits for what the carriers of its parcels say; an event tells what came of it.
	CancelPending = "cancel_pending"
	// AmendPending is another change that waits for what they say.
	AmendPending = "amend_pending"
	Refused      = "refused"
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
	Outcome  string // Created, Amended, Unchanged, Cancelled, CancelPending or AmendPending
	Revision int64  // place in the inbox of the document that the order follows now
}

// Service takes documents in.
type Service struct {
	db       *db.DB
	amend    func(*db.Tx, *Amendment) error
	then     func(*db.Tx, []*order.Order) error
	batch    *db.Batch[*arrival, Receipt]
	bulks    *db.Batch[bulk, kept]
	refusals *db.Batch[refusal, Receipt]
}

// most is how many documents share one transaction; together how many bulks that arrive at the same moment do; tries how
// often one is taken again after another process wrote the same order at the same moment.
const (
	most     = 256
	together = 4
	tries    = 4
)

// Waits is what wakes who decides over orders that came: some of them wait.
const Waits = "order.waits"

// New makes the service. amend is asked about changes to orders whose goods are in work; see Amendment.
func New(d *db.DB, amend func(tx *db.Tx, a *Amendment) error) *Service {
	s := &Service{db: d, amend: amend}
	s.batch = db.NewBatch(d, most, func(tx *db.Tx, ins []*arrival) []db.Result[Receipt] { return receive(tx, ins, nil, s.then) })
	s.bulks = db.NewBatch(d, together, s.receiveBulks)
	s.refusals = db.NewBatch(d, 1, recordRefusal)
	return s
}

// Then has new orders decided over in the transaction that takes them in: it spares them a second reading, writing and commit.
// do gets drafts that are pending, and moves those it decides over; the others wait, and should it fail, all do. To be called
// before the service is used.
func (s *Service) Then(do func(tx *db.Tx, fresh []*order.Order) error) { s.then = do }

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
	return insist(func() (Receipt, error) {
		out, err := s.batch.Do(ctx, once, a)
		if errors.Is(err, errInWork) {
			return s.alone(ctx, once, a)
		}
		a.retried = a.retried || raced(err)
		return out, err
	})
}

// errInWork sends a document from a transaction that it shares to one of its own: the function given to New may write
// before it refuses, and then everything is taken back. It costs the others nothing. Only a service that was made
// without such a function gives it to its caller.
var errInWork = fault.New(fault.Conflict, "intake.in_work", "a warehouse has begun with the order; it cannot be changed from here")

// alone takes in a document about goods in work. A refusal takes back its whole transaction, and is recorded in another.
func (s *Service) alone(ctx context.Context, once *db.Once, a *arrival) (Receipt, error) {
	var refused error
	out, err := db.Command(ctx, s.db, once, func(tx *db.Tx) (Receipt, error) {
		r := receive(tx, []*arrival{a}, s.amend, nil)[0]
		refused = r.Err
		return r.Out, r.Err
	})
	why, ours := fault.As(refused)
	if !ours || err != refused || raced(err) {
		return out, err
	}
	return s.refusals.Do(ctx, once, refusal{a, why})
}

// refusal is a document about goods in work that was not taken over.
type refusal struct {
	*arrival
	why *fault.Fault
}

// recordRefusal files a refused document. Where the order has left work since it was refused, the document is decided
// like any other, and that is its answer.
func recordRefusal(tx *db.Tx, ins []refusal) []db.Result[Receipt] {
	return receive(tx, []*arrival{ins[0].arrival}, func(*db.Tx, *Amendment) error { return ins[0].why }, nil)
}

// insist takes a document again while somebody else writes the same order.
func insist(take func() (Receipt, error)) (Receipt, error) {
	for range tries {
		if out, err := take(); !raced(err) {
			return out, err
		}
	}
	return Receipt{}, db.ErrGuard
}

// raced reports whether somebody else wrote the same meanwhile: read again, it is a plain case.
func raced(err error) bool {
	var u undecided
	return db.Duplicate(err) || errors.Is(err, db.ErrGuard) || errors.As(err, &u)
}

// undecided says that new orders could not be decided over with their arrival. It is no fault of theirs, whatever it was: they are
// taken in once more and wait.
type undecided struct{ why error }

func (u undecided) Error() string { return "decide over new orders: " + u.why.Error() }
