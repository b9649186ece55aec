package printing

import "github.com/packhorse/packhorse/internal/db"

var clearReasons = db.NewSQL(`UPDATE printing_job SET reason = '' WHERE reason <> '' AND shipment_id = ANY($1)`)

// Erase empties why the labels of some shipments were printed again, in the words of whoever asked. It returns how many there were.
func Erase(tx *db.Tx, shipments []int64) (int64, error) {
	if len(shipments) == 0 {
		return 0, nil
	}
	return tx.Exec(clearReasons, shipments)
}
