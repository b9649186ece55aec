package printing

import (
	"context"
	"time"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/words"
	"github.com/packhorse/packhorse/ship"
	"github.com/packhorse/packhorse/ship/label"
)

// patience is how long the labels of a wave wait for one before them whose waybill is still asked for, in business time.
// After that they overtake it.
const patience = 2 * time.Minute

// window is how many jobs of a queue are looked at together.
const window = 64

var selUnderWay = db.NewSQL(`SELECT ` + jobColumns + ` FROM printing_job WHERE printer_id = $1 AND state = 'sent' AND NOT uncertain ORDER BY id LIMIT $2`)

// work is the label that is printed next.
type work struct {
	job   *Job
	sheet label.Label
}

// pickNext chooses the label that is printed next; nil when there is none, or it must wait for the waybill of one before it.
// Jobs of shipments that are not wanted any more are cancelled on the way: a parcel that was stopped, or has left, gets no label.
func (u *pump) pickNext(ctx context.Context) (w *work, err error) {
	var dead []dropped
	err = u.db.View(ctx, func(tx *db.Tx) error {
		w, dead = nil, nil
		list, err := db.All(tx.Query(selHead, u.printer.ID, window), scanJob)
		if err != nil {
			return err
		}
		shipments, err := shipmentsOf(tx, list)
		if err != nil {
			return err
		}
		for _, j := range list {
			sh := shipments[j.ShipmentID]
			switch {
			case j.Document == testDocument:
				w = &work{job: j, sheet: u.testSheet(tx, j)}
				return nil
			case !wanted(sh):
				dead = append(dead, drops(j, sh))
				continue
			case sh.Waybill != "":
				w, err = u.draw(tx, j, sh)
				return err
			case j.CreatedAt > tx.Now().Add(-patience).UnixMicro():
				return nil
			}
		}
		return nil
	})
	if err != nil || len(dead) == 0 {
		return w, err
	}
	return w, u.drop(ctx, dead)
}

func shipmentsOf(tx *db.Tx, list []*Job) (map[int64]*ship.Shipment, error) {
	ids := make([]int64, len(list))
	for i, j := range list {
		ids[i] = j.ShipmentID
	}
	return ship.ShipmentsByID(tx, ids)
}

func (u *pump) draw(tx *db.Tx, j *Job, sh *ship.Shipment) (*work, error) {
	note := ""
	if j.ReprintOf != 0 {
		note = words.Render(u.printer.Language, "printing.caption.reprint", nil)
	}
	l, err := sheet(tx, sh, u.printer.Language, note)
	return &work{job: j, sheet: l}, err
}

// take writes down that a label goes to the printer now, before it does. It returns nil when somebody cancelled the job
// or stopped the parcel since it was chosen.
func (u *pump) take(ctx context.Context, w *work) (taken *Job, err error) {
	err = u.db.Update(ctx, func(tx *db.Tx) error {
		taken = nil
		j, err := lockOne(tx, w.job.ID)
		if err != nil || j.State != Queued || j.PrinterID != u.printer.ID {
			return err
		}
		if ok, err := still(tx, j, w); !ok || err != nil {
			return err
		}
		j.Waybill, j.Mark, j.Attempts, j.SentAt, taken = w.sheet.Waybill, u.mark, j.Attempts+1, tx.Micros(), j
		return j.move(tx, Sent)
	})
	return taken, err
}

// still reports whether what was drawn is still to be printed.
func still(tx *db.Tx, j *Job, w *work) (bool, error) {
	if j.Document == testDocument {
		return true, nil
	}
	now, err := shipmentsOf(tx, []*Job{j})
	sh := now[j.ShipmentID]
	return err == nil && wanted(sh) && sh.Waybill == w.sheet.Waybill, err
}
