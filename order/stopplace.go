package order

import "github.com/packhorse/packhorse/internal/db"

var selStopPlace = db.NewSQL(`SELECT fulfilment_id FROM order_stop WHERE id = $1`)

// StopPlace is the fulfilment that a stop is about; 0 where there is no such stop.
func StopPlace(tx *db.Tx, key int64) (fulfilment int64, err error) {
	_, err = tx.Query(selStopPlace, key).One(&fulfilment)
	return fulfilment, err
}
