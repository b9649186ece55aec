package insight

import (
	"time"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/id"
)

// The figures.
const (
	In       = "in"       // orders that came in; the part is their channel, and they have no node yet
	Picked   = "picked"   // lines taken from their place
	Short    = "short"    // lines that were not where the book says; the part is the location
	Packed   = "packed"   // parcels closed; the part is the packer
	Shipped  = "shipped"  // parcels that left; the part is the carrier
	Late     = "late"     // of them, those that left after the last moment of their order
	Returned = "returned" // cases of after-sales that were opened; the part is their reason
)

// Figures lists every figure.
var Figures = []string{In, Picked, Short, Packed, Shipped, Late, Returned}

// Count is how much of a figure there was in some hour.
type Count struct {
	Figure string
	Node   int64  // 0 = of none
	Part   string // see the figure
	N      int64
}

// Hour is everything that was counted of an hour.
type Hour struct {
	At     time.Time // when it began, UTC
	Counts []Count
}

// stretch is the ids of a time: at least from, below to.
type stretch struct{ from, to int64 }

func hourFrom(begin time.Time) stretch {
	return stretch{id.Floor(begin.UnixMicro()), id.Floor(begin.Add(time.Hour).UnixMicro())}
}

// A parcel leaves once, whatever it holds: its entries in the ledger have one reference. Shipments that were booked by hand and
// are in no ledger are none.
const left = `(SELECT ref, min(id) AS first, min(at) AS at FROM inventory_entry WHERE id >= $1 AND id < $2 AND cause = 'ship' GROUP BY ref)`

var counters = []*db.SQL{
	db.NewSQL(`SELECT 'in', 0, channel, count(*), 0 FROM order_head WHERE id >= $1 AND id < $2 GROUP BY channel`),
	db.NewSQL(`SELECT 'picked', l.node_id, '', count(*), 0 FROM inventory_entry e JOIN warehouse_location l ON l.id = e.from_location
	  WHERE e.id >= $1 AND e.id < $2 AND e.cause = 'pick' GROUP BY l.node_id`),
	db.NewSQL(`SELECT 'short', l.node_id, l.code, count(*), 0 FROM inventory_entry e JOIN warehouse_location l ON l.id = e.from_location
	  WHERE e.id >= $1 AND e.id < $2 AND e.cause = 'short' GROUP BY l.node_id, l.code`),
	db.NewSQL(`SELECT 'packed', node_id, packer, count(*), 0 FROM pack_parcel WHERE id >= $1 AND id < $2 AND status <> 'open' AND inside_id = 0 GROUP BY node_id, packer`),
	db.NewSQL(`SELECT 'shipped', s.node_id, s.carrier, count(*), CAST(sum(CASE WHEN o.ship_by > 0 AND e.at > o.ship_by THEN 1 ELSE 0 END) AS BIGINT) FROM ` + left + ` AS e
	  JOIN ship_shipment s ON s.id = e.ref JOIN order_head o ON o.id = s.order_id WHERE s.with_id = 0 GROUP BY s.node_id, s.carrier`),
	db.NewSQL(`SELECT 'returned', node_id, reason, count(*), 0 FROM aftersales_case WHERE id >= $1 AND id < $2 GROUP BY node_id, reason`),
}

// count counts every figure of an hour.
func count(tx *db.Tx, s stretch) (out []Count, err error) {
	for _, q := range counters {
		list, err := db.All(tx.Query(q, s.from, s.to), func(r *db.Rows) (c Count) {
			late := int64(0)
			if r.Scan(&c.Figure, &c.Node, &c.Part, &c.N, &late); late > 0 {
				out = append(out, Count{Late, c.Node, c.Part, late})
			}
			return c
		})
		if err != nil {
			return nil, err
		}
		out = append(out, list...)
	}
	return out, nil
}
