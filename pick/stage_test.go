package pick_test

import (
	"errors"
	"testing"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/pick"
	"github.com/packhorse/packhorse/warehouse"
)

var dropStage = db.NewSQL(`DELETE FROM warehouse_location WHERE code = $1 AND node_id = $2`)

func TestAStageThatWasTakenBackIsNotRemembered(t *testing.T) {
	each(t, func(w *world) {
		r := w.release(w.allocatedAt("CD", want{"BOWL", 2}))
		w.update(func(tx *db.Tx) error { // as before anything was picked here
			tx.Forget("whatever", "it clears all that is remembered on PostgreSQL")
			_, err := tx.Exec(dropStage, warehouse.StageCode, w.nodes["CD"])
			return err
		})
		w.pick = pick.New(w.db, nil)
		crash := errors.New("somebody else in the transaction failed")
		err := w.db.Update(ctx, func(tx *db.Tx) error {
			if _, err := warehouse.Stage(tx, w.nodes["CD"]); err != nil {
				return err
			}
			if _, err := w.pick.MarkShort(tx, pick.ShortIn{Fulfilment: w.locked(tx, r.FulfilmentID), Seq: 1, Picked: 1, Picker: "wang"}); err != nil {
				return err
			}
			return crash
		})
		if !errors.Is(err, crash) {
			t.Fatal(err)
		}
		if _, err := w.pick.Confirm(ctx, nil, pick.ConfirmIn{TaskID: r.TaskID}); err != nil {
			t.Fatal(err)
		}
		if there, _ := w.stock(warehouse.StageCode, "BOWL", "good"); there != 2 {
			t.Errorf("%d of the 2 picked pieces stand at the stage", there)
		}
		w.even()
	})
}
