package ship

import (
	"time"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/pack"
)

// What is handed over with a number in hand is scanned at no dock, so that no hand-over lists it. It goes on the paper of its
// carrier, node and day.

// van is a carrier's at a node on one day.
type van struct {
	carrier string
	node    int64
	day     string
}

var selDayPapers = db.NewSQL(`SELECT id, carrier, node_id, day FROM ship_manifest WHERE day = ANY($1) AND day <> ''`)

// days are the dates that it may be somewhere on earth.
func days(now time.Time) []string {
	var list []string
	for _, hours := range []int{-12, 0, 14} {
		list = append(list, now.UTC().Add(time.Duration(hours)*time.Hour).Format(time.DateOnly))
	}
	return distinct(list)
}

// dayPapers reads the papers of today.
func dayPapers(tx *db.Tx) (map[van]int64, error) {
	out := map[van]int64{}
	rows := tx.Query(selDayPapers, days(tx.Now()))
	for rows.Next() {
		var v van
		var key int64
		rows.Scan(&key, &v.carrier, &v.node, &v.day)
		out[v] = key
	}
	return out, rows.Close()
}

// list puts shipments on the papers of their day, and begins those that are not there yet.
func (d *dock) list(tx *db.Tx, papers map[van]int64, gone []*Shipment, parcels []pack.Parcel, actor string) {
	for i, sh := range gone {
		v := van{sh.Carrier, sh.NodeID, tx.Now().In(zoneOf(d.tariff.nodes[sh.NodeID])).Format(time.DateOnly)}
		if papers[v] == 0 {
			papers[v] = tx.NewID()
			tx.Put(insPaper, papers[v], v.node, v.carrier, 0, 0, tx.Micros(), actor, v.day)
		}
		tx.Put(insPaperLine, papers[v], sh.ID, parcels[i].WeightG)
	}
}
