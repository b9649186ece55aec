package pick

import "github.com/packhorse/packhorse/internal/db"

// Visited is a line of a walk with who walked, for whoever has to know afterwards how goods came into a parcel.
type Visited struct {
	Line
	Picker    string
	UpdatedAt int64 // of the task: when its last line was closed, for a task that is done
}

var selVisits = db.NewSQL(`SELECT l.task_id, l.seq, l.fulfilment_id, l.fulfilment_seq, l.part, l.sku_id, l.lot, l.location_id, l.quantity, l.picked, l.status, t.picker, t.updated_at
  FROM pick_line l JOIN pick_task t ON t.id = l.task_id WHERE l.fulfilment_id = ANY($1) ORDER BY l.task_id, l.seq`)

// VisitsOf reads the lines of every walk for some fulfilments, in the order in which they were walked.
func VisitsOf(tx *db.Tx, fulfilments []int64) ([]Visited, error) {
	if len(fulfilments) == 0 {
		return nil, nil
	}
	return db.All(tx.Query(selVisits, fulfilments), func(r *db.Rows) (v Visited) {
		r.Scan(&v.TaskID, &v.Seq, &v.FulfilmentID, &v.FulfilmentSeq, &v.Part, &v.SKUID, &v.Lot, &v.LocationID, &v.Quantity, &v.Picked, &v.Status, &v.Picker, &v.UpdatedAt)
		return v
	})
}
