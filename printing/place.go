package printing

import "github.com/packhorse/packhorse/internal/db"

var selJobPlace = db.NewSQL(`SELECT fulfilment_id FROM printing_job WHERE id = $1`)

// JobPlace is the fulfilment whose label a job prints; 0 where there is no such job.
func JobPlace(tx *db.Tx, key int64) (fulfilment int64, err error) {
	_, err = tx.Query(selJobPlace, key).One(&fulfilment)
	return fulfilment, err
}
