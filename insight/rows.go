package insight

import (
	"time"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
)

// Ask narrows a figure to the rows that it counts. An empty Part, and a Node of 0, are all.
type Ask struct {
	Figure   string
	Node     int64
	Part     string
	From, To time.Time // whole hours: at or after From, before To
	After    int64     // Key of the row to go on behind; 0 = from the first
	Limit    int
}

// Row is one thing that a figure counts.
type Row struct {
	Key     int64 // by which the list goes on
	At      int64 // UTC microseconds
	Node    int64
	Part    string
	OrderID int64
	OrderNo string
	SKU     string // of a line
	N       int64  // units of a line; 0 where the thing is a parcel or an order
	Due     int64  // of a parcel that left: the last moment of its order; 0 = it had none
}

// Every list has the condition of its counter: $1 and $2 are the stretch, $3 the node, $4 the part, $5 the last key, $6 how many.
const among = ` AND ($3 = 0 OR x.node_id = $3) AND ($4 = '' OR x.part = $4) AND x.key > $5 ORDER BY x.key LIMIT $6`

const rowColumns = `SELECT x.key, x.at, x.node_id, x.part, x.order_id, o.external_no, x.sku, x.n, x.due FROM `

var lists = map[string]*db.SQL{
	In: db.NewSQL(rowColumns + `(SELECT id AS key, created_at AS at, 0 AS node_id, channel AS part, id AS order_id, '' AS sku, 0 AS n, ship_by AS due FROM order_head
	  WHERE id >= $1 AND id < $2) AS x JOIN order_head o ON o.id = x.order_id WHERE 1 = 1` + among),
	Picked: db.NewSQL(rowColumns + lines("pick", "''") + among),
	Short:  db.NewSQL(rowColumns + lines("short", "l.code") + among),
	Packed: db.NewSQL(rowColumns + `(SELECT id AS key, packed_at AS at, node_id, packer AS part, order_id, '' AS sku, 0 AS n, 0 AS due FROM pack_parcel
	  WHERE id >= $1 AND id < $2 AND status <> 'open' AND inside_id = 0) AS x JOIN order_head o ON o.id = x.order_id WHERE 1 = 1` + among),
	Shipped: db.NewSQL(rowColumns + parcels + ` WHERE 1 = 1` + among),
	Late:    db.NewSQL(rowColumns + parcels + ` WHERE x.due > 0 AND x.at > x.due` + among),
	Returned: db.NewSQL(rowColumns + `(SELECT id AS key, opened_at AS at, node_id, reason AS part, order_id, '' AS sku, 0 AS n, 0 AS due FROM aftersales_case
	  WHERE id >= $1 AND id < $2) AS x JOIN order_head o ON o.id = x.order_id WHERE 1 = 1` + among),
}

const parcels = `(SELECT e.first AS key, e.at, s.node_id, s.carrier AS part, s.order_id, '' AS sku, 0 AS n, h.ship_by AS due FROM ` + left + ` AS e
  JOIN ship_shipment s ON s.id = e.ref JOIN order_head h ON h.id = s.order_id WHERE s.with_id = 0) AS x JOIN order_head o ON o.id = x.order_id`

func lines(cause, part string) string {
	return `(SELECT e.id AS key, e.at, l.node_id, ` + part + ` AS part, f.order_id, k.code AS sku, e.quantity AS n, 0 AS due FROM inventory_entry e
	  JOIN warehouse_location l ON l.id = e.from_location JOIN order_fulfilment f ON f.id = e.ref JOIN catalog_sku k ON k.id = e.sku_id
	  WHERE e.id >= $1 AND e.id < $2 AND e.cause = '` + cause + `') AS x JOIN order_head o ON o.id = x.order_id WHERE 1 = 1`
}

// Rows lists what a figure counts, the earliest first, and the key to go on behind; 0 after the last. Faults: insight.figure,
// insight.span for hours in a wrong order or more than Span of them.
func Rows(tx *db.Tx, a Ask) (list []Row, next int64, err error) {
	q, ok := lists[a.Figure]
	if !ok {
		return nil, 0, fault.Invalidf("figure", "insight.figure", "there is no figure %q; there are %v", a.Figure, Figures).With("figure", a.Figure)
	}
	if err := spanned(a.From, a.To); err != nil {
		return nil, 0, err
	}
	from, to := hourFrom(a.From).from, hourFrom(a.To).from
	list, err = db.All(tx.Query(q, from, to, a.Node, a.Part, a.After, a.Limit), func(r *db.Rows) (x Row) {
		r.Scan(&x.Key, &x.At, &x.Node, &x.Part, &x.OrderID, &x.OrderNo, &x.SKU, &x.N, &x.Due)
		return x
	})
	if err == nil && len(list) == a.Limit {
		next = list[len(list)-1].Key
	}
	return list, next, err
}

// Span is how many hours can be looked at together.
const Span = 31 * 24

func spanned(from, to time.Time) error {
	if !from.Before(to) || to.Sub(from) > Span*time.Hour {
		return fault.Invalidf("from", "insight.span", "from must be before to, and no more than %d hours", Span).With("hours", Span)
	}
	return nil
}
