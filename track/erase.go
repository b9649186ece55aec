package track

import "github.com/packhorse/packhorse/internal/db"

var clearTexts = db.NewSQL(`UPDATE track_scan SET text = '' WHERE shipment_id = ANY($1) AND text <> ''`)

// EraseTexts empties what carriers wrote beside the scans of parcels, where they name who signed, and returns how many there were.
// The marks by which a scan is known again stay.
func EraseTexts(tx *db.Tx, shipments []int64) (int64, error) {
	if len(shipments) == 0 {
		return 0, nil
	}
	return tx.Exec(clearTexts, shipments)
}
