package aftersales

import "github.com/packhorse/packhorse/internal/db"

var (
	clearCases   = db.NewSQL(`UPDATE aftersales_case SET note = '' WHERE order_id = ANY($1) AND note <> ''`)
	clearRefunds = db.NewSQL(`UPDATE aftersales_refund SET reason = '' WHERE order_id = ANY($1) AND reason <> ''`)
	clearUnits   = db.NewSQL(`UPDATE aftersales_unit SET note = '', photos = '[]' WHERE case_id <> 0
		AND case_id IN (SELECT id FROM aftersales_case WHERE order_id = ANY($1)) AND (note <> '' OR photos <> '[]')`)
	clearParcels = db.NewSQL(`UPDATE aftersales_parcel SET note = '', photos = '[]', phone_tail = '' WHERE case_id <> 0
		AND case_id IN (SELECT id FROM aftersales_case WHERE order_id = ANY($1)) AND (note <> '' OR photos <> '[]' OR phone_tail <> '')`)
)

// Erase empties what was written about the people of some orders in their cases, about their goods and parcels, and the references of
// pictures, which may show a label. It returns how many rows there were. Goods and money stay.
func Erase(tx *db.Tx, orders []int64) (n int64, err error) {
	if len(orders) == 0 {
		return 0, nil
	}
	for _, s := range []*db.SQL{clearCases, clearRefunds, clearUnits, clearParcels} {
		cleared, err := tx.Exec(s, orders)
		if err != nil {
			return n, err
		}
		n += cleared
	}
	return n, nil
}
