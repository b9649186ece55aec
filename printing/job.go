package printing

import (
	"slices"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/id"
	"github.com/packhorse/packhorse/ship"
)

// States of a print job.
const (
	Queued    = "queued"
	Sent      = "sent"      // the printer has it; Uncertain says that nobody knows more
	Printed   = "printed"   // on paper
	Failed    = "failed"    // the printer does not take it, or it cannot be drawn; Failure says why
	Cancelled = "cancelled" // not wanted any more; Failure says why, where nobody took it out
)

var jobStates = map[string][]string{
	Queued:    {Sent, Failed, Cancelled},
	Sent:      {Printed, Queued, Failed},
	Printed:   {},
	Failed:    {Queued},
	Cancelled: {Queued},
}

// Documents.
const (
	labelDocument = "label"
	testDocument  = "test" // of no order: somebody wants to see whether a printer prints
)

// Due is what db.DB.Wait is asked for: it wakes after a commit that queued something.
const Due = "printing.due"

// Job is one document for one printer. Its id is its place in the queue. Times are UTC microseconds, 0 = not yet.
type Job struct {
	ID           int64
	PrinterID    int64
	Document     string
	Format       string
	OrderID      int64
	FulfilmentID int64
	ShipmentID   int64
	Waybill      string // as it was printed; empty before
	State        string
	Uncertain    bool   // Sent, and nobody knows whether it came out
	Mark         string // of the printer before it was sent
	Attempts     int64
	ReprintOf    int64  // the first job of the label; 0 = this is it
	Reason       string // of a reprint
	Failure      string // code of the fault, or of why it was dropped from the queue
	Actor        string // who asked
	CreatedAt    int64
	SentAt       int64
	PrintedAt    int64
}

// Name is the id as people see it, and the name the printer knows the document by.
func (j *Job) Name() string { return id.Show(Prefix, j.ID) }

const (
	jobSpec = "id bigint, printer_id bigint, document text, format text, order_id bigint, fulfilment_id bigint, shipment_id bigint, waybill text, state text, uncertain boolean, " +
		"mark text, attempts bigint, reprint_of bigint, reason text, failure text, actor text, created_at bigint, sent_at bigint, printed_at bigint"
	jobColumns = `id, printer_id, document, format, order_id, fulfilment_id, shipment_id, waybill, state, uncertain, mark, attempts, reprint_of, reason, failure, actor, created_at, sent_at, printed_at`
)

var (
	insJob  = db.Insert("printing_job", jobSpec)
	moveJob = db.Change("printing_job", "id bigint, was text, state text, waybill text, uncertain boolean, mark text, attempts bigint, failure text, sent bigint, printed bigint", 1,
		"state = x.state, waybill = x.waybill, uncertain = x.uncertain, mark = x.mark, attempts = x.attempts, failure = x.failure, sent_at = x.sent, printed_at = x.printed",
		"t.id = x.id AND t.state = x.was")

	lockJob = db.NewSQL(`SELECT ` + jobColumns + ` FROM printing_job WHERE id = $1 FOR UPDATE`)
	selOf   = db.NewSQL(`SELECT ` + jobColumns + ` FROM printing_job WHERE shipment_id = ANY($1) ORDER BY shipment_id, id`)
	selList = db.NewSQL(`SELECT ` + jobColumns + ` FROM printing_job WHERE id < $1 AND (printer_id = $2 OR $2 = 0) AND (state = $3 OR $3 = '') AND (uncertain OR $4 = 0) ORDER BY id DESC LIMIT $5`)
	selHead = db.NewSQL(`SELECT ` + jobColumns + ` FROM printing_job WHERE printer_id = $1 AND state = 'queued' ORDER BY id LIMIT $2`)
	selSent = db.NewSQL(`SELECT ` + jobColumns + ` FROM printing_job WHERE printer_id = $1 AND state = 'sent' AND id > $2 ORDER BY id LIMIT $3`)
)

func scanJob(r *db.Rows) *Job {
	j := &Job{}
	r.Scan(&j.ID, &j.PrinterID, &j.Document, &j.Format, &j.OrderID, &j.FulfilmentID, &j.ShipmentID, &j.Waybill, &j.State, &j.Uncertain,
		&j.Mark, &j.Attempts, &j.ReprintOf, &j.Reason, &j.Failure, &j.Actor, &j.CreatedAt, &j.SentAt, &j.PrintedAt)
	return j
}

// add queues a label of a shipment behind all others of the printer.
func add(tx *db.Tx, p Device, sh *ship.Shipment, actor string) *Job {
	j := &Job{ID: tx.NewID(), PrinterID: p.ID, Document: labelDocument, Format: p.Format, OrderID: sh.OrderID, FulfilmentID: sh.FulfilmentID,
		ShipmentID: sh.ID, State: Queued, Actor: actor, CreatedAt: tx.Micros()}
	j.insert(tx)
	return j
}

func (j *Job) insert(tx *db.Tx) {
	tx.Put(insJob, j.ID, j.PrinterID, j.Document, j.Format, j.OrderID, j.FulfilmentID, j.ShipmentID, j.Waybill, j.State, j.Uncertain,
		j.Mark, j.Attempts, j.ReprintOf, j.Reason, j.Failure, j.Actor, j.CreatedAt, j.SentAt, j.PrintedAt)
	tx.Wake(Due)
}

// move takes a job to another state with what its fields say now. It returns a conflict, and writes nothing, when the
// table forbids it.
func (j *Job) move(tx *db.Tx, to string) error {
	if !slices.Contains(jobStates[j.State], to) {
		return fault.New(fault.Conflict, "printing.state", "the print job is %s and cannot become %s", j.State, to).With("from", j.State).With("to", to)
	}
	if to != Sent {
		j.Uncertain = false
	}
	if to == Printed {
		j.PrintedAt = tx.Micros()
	}
	j.save(tx, to)
	return nil
}

func (j *Job) save(tx *db.Tx, to string) {
	tx.Put(moveJob, j.ID, j.State, to, j.Waybill, j.Uncertain, j.Mark, j.Attempts, j.Failure, j.SentAt, j.PrintedAt)
	j.State = to
	if to == Queued {
		tx.Wake(Due)
	}
}

// lockOne reads a job to change it. Fault: printing.job_not_found.
func lockOne(tx *db.Tx, key int64) (*Job, error) {
	list, err := db.All(tx.Query(lockJob, key), scanJob)
	if err != nil {
		return nil, err
	}
	if len(list) == 0 {
		return nil, fault.New(fault.NotFound, "printing.job_not_found", "there is no print job %s", id.Show(Prefix, key)).With("id", id.Show(Prefix, key))
	}
	return list[0], nil
}
