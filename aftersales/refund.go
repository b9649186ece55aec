package aftersales

import (
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/id"
)

// Payback is money that goes back to a customer. Amounts are minor units of Currency.
type Payback struct {
	ID        int64
	OrderID   int64
	CaseID    int64
	Status    string
	Way       string // ByChannel or ByHand; empty until it is approved
	Amount    int64
	Currency  string
	Reason    string
	Reference string // of the channel, or of whoever paid
	Failure   string // code of why the channel did not
	Attempts  int64  // how often the channel was told
	AskedBy   string
	AskedAt   int64
	DecidedBy string
	DecidedAt int64
	DoneAt    int64
	Lines     []PaybackLine

	stored string
	dirty  bool
	grown  bool // so have its lines
}

// PaybackLine is what of it is for one order line, or for Shipping.
type PaybackLine struct {
	LineNo int64
	Amount int64
}

// Name is the id as people see it, and the reference under which a channel knows the refund.
func (r *Payback) Name() string { return id.Show(RefundPrefix, r.ID) }

// Live reports whether somebody still has to do something.
func (r *Payback) Live() bool { return len(refundStates[r.Status]) > 0 }

func (r *Payback) move(to string) error {
	if err := step(refundStates, "refund", r.Status, to); err != nil {
		return err
	}
	r.Status, r.dirty = to, true
	return nil
}

const refundColumns = `id, order_id, case_id, status, way, amount, currency, reason, reference, failure, attempts, asked_by, asked_at, decided_by, decided_at, done_at`

var (
	insRefund = db.Insert("aftersales_refund", "id bigint, order_id bigint, case_id bigint, status text, way text, amount bigint, currency text, reason text, reference text, "+
		"failure text, attempts bigint, asked_by text, asked_at bigint, decided_by text, decided_at bigint, done_at bigint")
	putRefundLine = db.Upsert("aftersales_refund_line", "refund_id bigint, line_no bigint, amount bigint", 2, "amount = excluded.amount")
	setRefund     = db.Change("aftersales_refund", "id bigint, was text, status text, way text, amount bigint, reference text, failure text, attempts bigint, by text, at bigint, done bigint", 1,
		"status = x.status, way = x.way, amount = x.amount, reference = x.reference, failure = x.failure, attempts = x.attempts, decided_by = x.by, decided_at = x.at, done_at = x.done",
		"t.id = x.id AND t.status = x.was")

	selRefund      = db.NewSQL(`SELECT ` + refundColumns + ` FROM aftersales_refund WHERE id = $1`)
	selRefundsOf   = db.NewSQL(`SELECT ` + refundColumns + ` FROM aftersales_refund WHERE order_id = $1 ORDER BY id`)
	selRefundLines = db.NewSQL(`SELECT refund_id, line_no, amount FROM aftersales_refund_line WHERE refund_id = ANY($1) ORDER BY refund_id, line_no`)
)

func scanRefund(r *db.Rows) *Payback {
	p := &Payback{}
	r.Scan(&p.ID, &p.OrderID, &p.CaseID, &p.Status, &p.Way, &p.Amount, &p.Currency, &p.Reason, &p.Reference, &p.Failure, &p.Attempts,
		&p.AskedBy, &p.AskedAt, &p.DecidedBy, &p.DecidedAt, &p.DoneAt)
	p.stored = p.Status
	return p
}

// write sends what is new or has changed. Whoever calls it has the lock of the order.
func (r *Payback) write(tx *db.Tx) {
	switch {
	case r.stored == "":
		tx.Put(insRefund, r.ID, r.OrderID, r.CaseID, r.Status, r.Way, r.Amount, r.Currency, r.Reason, r.Reference, r.Failure, r.Attempts,
			r.AskedBy, r.AskedAt, r.DecidedBy, r.DecidedAt, r.DoneAt)
	case r.dirty:
		tx.Put(setRefund, r.ID, r.stored, r.Status, r.Way, r.Amount, r.Reference, r.Failure, r.Attempts, r.DecidedBy, r.DecidedAt, r.DoneAt)
	}
	if r.grown {
		for _, l := range r.Lines {
			tx.Put(putRefundLine, r.ID, l.LineNo, l.Amount)
		}
	}
	r.stored, r.dirty, r.grown = r.Status, false, false
}

// refundByID reads one refund without its lines. Fault: refund.not_found.
func refundByID(tx *db.Tx, key int64) (*Payback, error) {
	list, err := db.All(tx.Query(selRefund, key), scanRefund)
	if err != nil {
		return nil, err
	}
	if len(list) == 0 {
		return nil, fault.New(fault.NotFound, "refund.not_found", "there is no refund %s", id.Show(RefundPrefix, key)).With("refund", id.Show(RefundPrefix, key))
	}
	return list[0], nil
}

func fillRefunds(tx *db.Tx, list []*Payback) error {
	at, ids := map[int64]*Payback{}, []int64{}
	for _, r := range list {
		at[r.ID], ids = r, append(ids, r.ID)
	}
	if len(ids) == 0 {
		return nil
	}
	rows := tx.Query(selRefundLines, ids)
	for rows.Next() {
		var key int64
		var l PaybackLine
		rows.Scan(&key, &l.LineNo, &l.Amount)
		at[key].Lines = append(at[key].Lines, l)
	}
	return rows.Close()
}
