package printing

import (
	"context"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/pack"
	"github.com/packhorse/packhorse/ship"
)

// Why a label that was queued is not printed any more; they stand in Job.Failure.
const (
	HasLeft     = "printing.left"     // the parcel has left, so it bears a label
	WasVoided   = "printing.voided"   // its waybill was taken back, or never came
	WasUnpacked = "printing.unpacked" // it was opened again
)

// dropped is a job that is taken out of the queue.
type dropped struct {
	job, parcel int64
	why         string
}

// wanted reports whether the label of a shipment is still to be stuck onto a parcel.
func wanted(sh *ship.Shipment) bool { return sh != nil && sh.Live() }

func drops(j *Job, sh *ship.Shipment) dropped {
	switch {
	case sh == nil:
		return dropped{job: j.ID, why: WasVoided}
	case sh.Gone():
		return dropped{job: j.ID, why: HasLeft}
	}
	return dropped{job: j.ID, parcel: sh.ParcelID, why: WasVoided}
}

// drop takes jobs out of the queue, and says why. A waybill is taken back when its parcel is opened: then that is why.
func (u *pump) drop(ctx context.Context, list []dropped) error {
	return u.db.Update(ctx, func(tx *db.Tx) error {
		var ids []int64
		for _, d := range list {
			ids = append(ids, d.parcel)
		}
		parcels, err := pack.ParcelsByID(tx, ids)
		if err != nil {
			return err
		}
		for _, d := range list {
			j, err := lockOne(tx, d.job)
			if err != nil {
				return err
			}
			if j.State != Queued {
				continue
			}
			if j.Failure = d.why; d.why == WasVoided && parcels[d.parcel].Status == pack.Unpacked {
				j.Failure = WasUnpacked
			}
			j.tell(tx, "printing.dropped.v1", "", map[string]any{"code": j.Failure, "printer": u.printer.Name})
			if err := j.move(tx, Cancelled); err != nil {
				return err
			}
		}
		return nil
	})
}
