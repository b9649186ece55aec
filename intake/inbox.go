package intake

import (
	"errors"
	"slices"

	"github.com/packhorse/packhorse/catalog"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/order"
)

// receive takes documents in: a set read for each thing that is needed, decisions in memory, buffered writes.
// amend is asked about goods in work; without it such a document is given back with errInWork and nothing is written
// for it, nor for what else is said of the order after it. then decides over new orders; it may be nil.
func receive(tx *db.Tx, ins []*arrival, amend func(*db.Tx, *Amendment) error, then func(*db.Tx, []*order.Order) error) []db.Result[Receipt] {
	out := make([]db.Result[Receipt], len(ins))
	for todo := places(len(ins)); len(todo) > 0; {
		now, later := distinct(ins, todo)
		r := round{tx: tx, amend: amend}
		for _, i := range now {
			r.items = append(r.items, &item{arrival: ins[i]})
		}
		if err := r.read(); err != nil {
			for _, i := range todo {
				out[i].Err = err
			}
			return out
		}
		waits := map[key]bool{}
		for j, i := range now {
			if out[i].Out, out[i].Err = r.take(r.items[j]); errors.Is(out[i].Err, errInWork) {
				waits[ins[i].key] = true
			}
		}
		putDocuments(tx, r.entries)
		if err := r.goOn(then); err != nil {
			return db.FailAll(out, err)
		}
		todo = slices.DeleteFunc(later, func(i int) bool {
			if waits[ins[i].key] {
				out[i].Err = errInWork
			}
			return waits[ins[i].key]
		})
	}
	return out
}

func places(n int) []int {
	list := make([]int, n)
	for i := range list {
		list[i] = i
	}
	return list
}

// distinct splits off the first document of each order: a second one must see what the first has written.
func distinct(ins []*arrival, todo []int) (first, later []int) {
	seen := make(map[key]bool, len(todo))
	for _, i := range todo {
		if seen[ins[i].key] {
			later = append(later, i)
			continue
		}
		seen[ins[i].key] = true
		first = append(first, i)
	}
	return first, later
}

// round is one pass over documents of different orders.
type round struct {
	tx    *db.Tx
	amend func(*db.Tx, *Amendment) error
	items []*item

	skus        map[string]catalog.SKU
	meant       map[Called]int64 // what channels mean by codes that the catalogue does not have
	orders      map[int64]*order.Order
	holds       map[int64][]*order.Hold
	fulfilments map[int64][]*order.Fulfilment // of orders with a past that are not closed
	owed        map[int64][]order.BackOrder

	entries []entry
	fresh   []*order.Order // drafts
	ready   []*order.Order // of these, those that may be decided over now
}

// item is an arrival with what is known of its order.
type item struct {
	*arrival
	past    history
	before  content // what the order follows now
	legible bool    // before could be read
	step    step
}

type step int

const (
	stepRefuse step = iota // for what is wrong with the document itself
	stepCreate
	stepRepeat // says what we know
	stepStale  // older than what we know
	stepNewer  // a newer revision that says what we know
	stepChange
)

func (r *round) read() error {
	known, err := histories(r.tx, r.items)
	if err != nil {
		return err
	}
	for _, it := range r.items {
		it.past = known[it.key]
	}
	if err := r.readBefore(); err != nil {
		return err
	}
	if err := r.readOrders(); err != nil {
		return err
	}
	return r.readSKUs()
}

// readBefore settles what each document is, comparing it to the one its order follows now.
func (r *round) readBefore() error {
	var ids []int64
	for _, it := range r.items {
		switch {
		case it.wrong != nil:
			it.step = stepRefuse
		case it.past.last.id == 0:
			it.step = stepCreate
		case it.past.last.hash == it.hash && it.revision <= it.past.newest, it.again():
			it.step = stepRepeat
		case it.past.last.hash == it.hash:
			it.step = stepNewer
		case it.revision > 0 && it.revision < it.past.newest:
			it.step = stepStale
		default:
			it.step = stepChange
			ids = append(ids, it.past.last.id)
		}
	}
	stored, err := bodies(r.tx, ids)
	if err != nil {
		return err
	}
	for _, it := range r.items {
		if it.step == stepChange {
			it.recall(stored[it.past.last.id])
		}
	}
	return nil
}

// again reports whether the channel repeats a revision that was followed, word for word. What somebody has said since
// without a revision, such as a file, stays: a message that is delivered twice, or an order that is pulled once more, must not
// take it back.
func (it *item) again() bool {
	return it.revision > 0 && it.revision == it.past.newest && slices.Contains(it.past.said, it.hash)
}

// recall reads the document that the order follows now.
func (it *item) recall(body string) {
	if d, err := Decode([]byte(body)); err == nil && d.judge() == nil {
		it.before, it.legible = contentOf(&d), true
	}
}

func (r *round) readOrders() (err error) {
	var ids, behind []int64
	for _, it := range r.items {
		if it.step == stepChange {
			ids = append(ids, it.past.last.orderID)
		}
	}
	if len(ids) == 0 {
		return nil
	}
	slices.Sort(ids)
	if r.orders, err = order.Lock(r.tx, ids); err != nil {
		return err
	}
	if r.holds, err = order.Holds(r.tx, ids); err != nil {
		return err
	}
	for _, id := range ids {
		// One that went back to the rules keeps its debts until it is placed again.
		if o := r.orders[id]; o != nil && o.UpdatedAt != o.CreatedAt && !closed(o) {
			behind = append(behind, id)
		}
	}
	if len(behind) == 0 {
		return nil
	}
	if r.fulfilments, err = order.FulfilmentsOf(r.tx, behind); err != nil {
		return err
	}
	r.owed, err = order.BackOrders(r.tx, behind)
	return err
}

func (r *round) readSKUs() (err error) {
	seen := map[string]bool{}
	var codes []string
	for _, it := range r.items {
		if it.step != stepCreate && it.step != stepChange {
			continue
		}
		for _, l := range it.said.order.Lines {
			if !seen[l.SKU] {
				seen[l.SKU] = true
				codes = append(codes, l.SKU)
			}
		}
	}
	if len(codes) > 0 {
		r.skus, err = catalog.ByCodes(r.tx, codes)
	}
	if err != nil {
		return err
	}
	return r.learnMeanings()
}

func (r *round) take(it *item) (Receipt, error) {
	switch it.step {
	case stepRefuse:
		return r.refuse(it, it.wrong)
	case stepCreate:
		return r.create(it)
	case stepRepeat:
		return Receipt{it.past.last.orderID, Unchanged, it.past.last.revision}, nil
	case stepStale:
		return r.refuse(it, fault.New(fault.Conflict, "intake.stale_revision",
			"revision %d of the order is older than %d, which we have", it.revision, it.past.newest).
			With("revision", it.revision).With("have", it.past.newest))
	case stepNewer:
		return Receipt{it.past.last.orderID, Unchanged, r.file(it, it.past.last.orderID, Amended)}, nil
	}
	return r.change(it)
}

// create makes a new order of a document. One that is called off before we heard of it becomes an order too:
// what the channel has, we have.
func (r *round) create(it *item) (Receipt, error) {
	o := it.said.order
	o.Lines = slices.Clone(o.Lines)
	o.MaySplit = it.said.maySplit == nil || *it.said.maySplit
	o.Axes = order.Axes{Payment: o.Payment, Review: order.ReviewPending, Fulfilment: order.FulfilmentNone,
		Delivery: order.DeliveryNone, AfterSale: order.AfterSaleNone}
	if o.Payment == "" {
		o.Payment = order.Unpaid
	}
	skus := r.skusOf(o.Channel)
	for i := range o.Lines {
		l := &o.Lines[i]
		l.SKUID = skus[l.SKU].ID
		if it.said.cancelled {
			l.Cancelled = l.Quantity
		}
	}
	outcome := Created
	if it.said.cancelled {
		outcome, o.Review, o.Fulfilment = Cancelled, order.ReviewCancelled, order.FulfilmentCancelled
	}
	o.ID = it.orderID
	if err := order.Draft(r.tx, &o); err != nil {
		return Receipt{}, err
	}
	it.orderID = o.ID
	r.fresh = append(r.fresh, &o)
	if !it.retried && !it.said.cancelled {
		r.ready = append(r.ready, &o)
	}
	emitReceived(r.tx, it.arrival, &o)
	if it.said.cancelled {
		emitCancelled(r.tx, it.arrival, o.ID, true)
	}
	return Receipt{o.ID, outcome, r.file(it, o.ID, outcome)}, nil
}

// goOn takes new orders further, writes them, and wakes who decides over those that wait.
func (r *round) goOn(then func(*db.Tx, []*order.Order) error) error {
	if then != nil && len(r.ready) > 0 {
		if err := then(r.tx, r.ready); err != nil {
			return undecided{err}
		}
	}
	for _, o := range r.fresh {
		order.Save(r.tx, o)
		if o.Review == order.ReviewPending {
			r.tx.Wake(Waits)
		}
	}
	return nil
}

// refuse keeps a document that was not taken in; the same one again is not kept twice. The timeline of the order
// tells of a change that was refused, not of one that only came late.
func (r *round) refuse(it *item, why error) (Receipt, error) {
	f, ok := fault.As(why)
	if !ok || slices.Contains(it.past.refused, it.hash) {
		return Receipt{}, why
	}
	revision := r.file(it, it.past.last.orderID, Refused)
	if it.past.last.orderID != 0 && it.step != stepStale {
		emitRefused(r.tx, it.arrival, it.past.last.orderID, f.Code, revision)
	}
	return Receipt{}, why
}

// file notes a document for the inbox and returns its revision there.
func (r *round) file(it *item, orderID int64, outcome string) int64 {
	f := filed{id: r.tx.NewID(), revision: it.past.top + 1, external: it.revision, orderID: orderID, hash: it.hash, outcome: outcome}
	r.entries = append(r.entries, entry{it.arrival, f})
	return f.revision
}
