package order

import (
	"fmt"

	"github.com/packhorse/packhorse/internal/db"
)

// Stopped orders are read by the reason that stops them. There are few reasons, so each is asked for by itself: none hides
// another, however many orders it stops.
var (
	selNextReason = db.NewSQL(`SELECT reason FROM order_hold WHERE released_at = 0 AND reason > $1 ORDER BY reason LIMIT 1`)
	selStopped    = db.NewSQL(`SELECT DISTINCT order_id FROM order_hold WHERE released_at = 0 AND reason = $1 ORDER BY order_id LIMIT $2`)
	selOwing      = db.NewSQL(fmt.Sprintf(`SELECT id FROM order_head WHERE %s ORDER BY due_rank, id LIMIT $1`, queueOf("fulfilment", FulfilmentBackordered)))
	selPlaces     = db.NewSQL(`SELECT due_rank, fine_rank, id FROM order_head WHERE id = ANY($1) ORDER BY due_rank, id`)
)

// mostReasons bounds how many reasons of live holds are told apart.
const mostReasons = 100

// StoppedBy lists the orders that wait because of a live hold, by reason, the oldest first: of each reason at most limit.
func StoppedBy(tx *db.Tx, limit int) (map[string][]int64, error) {
	out := map[string][]int64{}
	for reason := ""; len(out) < mostReasons; {
		if found, err := tx.Query(selNextReason, reason).One(&reason); err != nil || !found {
			return out, err
		}
		ids, err := StoppedFor(tx, reason, limit)
		if err != nil {
			return nil, err
		}
		out[reason] = ids
	}
	return out, nil
}

// StoppedFor lists at most limit orders that wait because of a live hold of one reason, the oldest first.
func StoppedFor(tx *db.Tx, reason string, limit int) ([]int64, error) {
	return db.All(tx.Query(selStopped, reason, limit), scanID)
}

// Owing lists at most limit orders that are owed goods, the most urgent first.
func Owing(tx *db.Tx, limit int) ([]int64, error) {
	return db.All(tx.Query(selOwing, limit), scanID)
}

// Places says where some orders stand in a queue by deadline, and gives them in that order. Orders that do not exist are left out.
func Places(tx *db.Tx, ids []int64) ([]Place, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	return db.All(tx.Query(selPlaces, ids), scanPlace)
}

// Summaries reads orders as a list shows them, in the order of ids.
func Summaries(tx *db.Tx, ids []int64) ([]Summary, error) { return summaries(tx, ids) }

// After reports whether a place comes behind another in a queue by deadline.
func (p Place) After(o Place) bool { return p.compare(o, ByDeadline) > 0 }
