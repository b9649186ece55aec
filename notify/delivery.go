package notify

import (
	"fmt"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/job"
)

// DeliveryPrefix is that of a delivery's id as people see it.
const DeliveryPrefix = "dlv"

var deliveryStates = map[string][]string{
	Queued: {Sent, Failed},
	Sent:   {Queued}, // replayed
	Failed: {Queued},
}

// Delivery is one event on its way to one endpoint. Times are UTC microseconds, 0 = none.
type Delivery struct {
	ID        int64
	Endpoint  int64
	Event     db.Cursor // where it stands in the event log
	Lane      int64     // the order, or the event where it has none
	OrderID   int64
	Kind      string
	EventAt   int64
	State     string
	Reason    string // a code, when it failed or was not taken the last time
	Status    int64  // of HTTP, the last answer; 0 = none came
	Attempts  int64
	Round     int64 // how often it was replayed
	CreatedAt int64
	SentAt    int64
}

const deliveryColumns = `id, endpoint_id, event_tx, event_id, lane, order_id, kind, event_at, state, reason, status, attempts, round, created_at, sent_at`

var (
	insDelivery = db.Insert("notify_delivery", "id bigint, endpoint_id bigint, event_tx bigint, event_id bigint, lane bigint, order_id bigint, kind text, event_at bigint, state text, reason text, status bigint, attempts bigint, round bigint, created_at bigint, sent_at bigint")
	putDelivery = db.Change("notify_delivery", "id bigint, state text, reason text, status bigint, attempts bigint, round bigint, sent_at bigint", 1,
		"state = x.state, reason = x.reason, status = x.status, attempts = x.attempts, round = x.round, sent_at = x.sent_at", "t.id = x.id")
	lockDelivery = db.NewSQL(`SELECT ` + deliveryColumns + ` FROM notify_delivery WHERE id = $1 FOR UPDATE`)
	selDelivery  = db.NewSQL(`SELECT ` + deliveryColumns + ` FROM notify_delivery WHERE id = $1`)
	selHead      = db.NewSQL(`SELECT ` + deliveryColumns + ` FROM notify_delivery WHERE endpoint_id = $1 AND lane = $2 AND state = 'queued' ORDER BY event_tx, event_id LIMIT 1`)
	selHeads     = db.NewSQL(`SELECT ` + deliveryColumns + ` FROM notify_delivery d WHERE endpoint_id = $1 AND state = 'queued' AND NOT EXISTS (
	    SELECT 1 FROM notify_delivery b WHERE b.endpoint_id = d.endpoint_id AND b.lane = d.lane AND b.state = 'queued'
	      AND (b.event_tx < d.event_tx OR b.event_tx = d.event_tx AND b.event_id < d.event_id))`)
	selBusyLanes = db.NewSQL(`SELECT DISTINCT lane FROM notify_delivery WHERE endpoint_id = $1 AND state = 'queued' AND lane = ANY($2)`)
)

func scanDelivery(r *db.Rows) *Delivery {
	d := &Delivery{}
	r.Scan(&d.ID, &d.Endpoint, &d.Event.Tx, &d.Event.ID, &d.Lane, &d.OrderID, &d.Kind, &d.EventAt, &d.State, &d.Reason, &d.Status, &d.Attempts, &d.Round, &d.CreatedAt, &d.SentAt)
	return d
}

func (d *Delivery) save(tx *db.Tx) {
	tx.Put(putDelivery, d.ID, d.State, d.Reason, d.Status, d.Attempts, d.Round, d.SentAt)
}

// enqueue asks for the sending of the delivery at the head of a lane. The others have no job: whoever settles the one
// before them gives them theirs.
func (d *Delivery) enqueue(tx *db.Tx) {
	w := work{d.ID, d.Round}
	job.Add(tx, job.Job{Kind: postJob, Key: w.key(), Payload: w})
}

// resume gives every lane of an endpoint a job for its head, at once. Another round makes whatever waits for a head now
// find itself outdated.
func resume(tx *db.Tx, endpoint int64) error {
	heads, err := db.All(tx.Query(selHeads, endpoint), scanDelivery)
	if err != nil {
		return fmt.Errorf("heads of the lanes: %w", err)
	}
	for _, d := range heads {
		d.Round++
		d.save(tx)
		d.enqueue(tx)
	}
	return nil
}
