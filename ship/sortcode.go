package ship

import "github.com/packhorse/packhorse/internal/db"

var (
	putLabel  = db.Upsert("ship_label", "shipment_id bigint, sort_code text", 1, "sort_code = excluded.sort_code")
	selLabels = db.NewSQL(`SELECT shipment_id, sort_code FROM ship_label WHERE shipment_id = ANY($1)`)
)

// keepSort writes what the carrier's sorters read from the label, where the carrier says it.
func keepSort(tx *db.Tx, shipment int64, code string) {
	if code != "" {
		tx.Put(putLabel, shipment, code)
	}
}

// SortCodes reads the sort codes (大头笔, 三段码) of shipments. One without is missing in the answer.
func SortCodes(tx *db.Tx, shipments []int64) (map[int64]string, error) {
	out := map[int64]string{}
	rows := tx.Query(selLabels, shipments)
	for rows.Next() {
		var key int64
		var code string
		rows.Scan(&key, &code)
		out[key] = code
	}
	return out, rows.Close()
}
