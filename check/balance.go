package check

import (
	"context"
	"fmt"

	"github.com/packhorse/packhorse/internal/db"
)

// figures are what one node has of one SKU, as the balance row says it and as the rows below it add up.
type figures struct {
	sku, node                      int64
	onHand, blocked, reserved      int64 // balance
	stands, standsBad, reservation int64 // stock, stock that is not good, reservations
}

// sumBalances lays the three books over each other, by SKU and node. %[1]s to %[3]s narrow them.
const sumBalances = `SELECT u.sku_id, u.node_id, CAST(sum(u.h) AS BIGINT), CAST(sum(u.b) AS BIGINT), CAST(sum(u.r) AS BIGINT),
    CAST(sum(u.sh) AS BIGINT), CAST(sum(u.sb) AS BIGINT), CAST(sum(u.rr) AS BIGINT) FROM (
  SELECT sku_id, node_id, on_hand AS h, blocked AS b, reserved AS r, 0 AS sh, 0 AS sb, 0 AS rr FROM inventory_balance %[1]s
  UNION ALL %[2]s
  UNION ALL SELECT sku_id, node_id, 0, 0, 0, 0, 0, quantity FROM inventory_reservation %[1]s) AS u
  GROUP BY u.sku_id, u.node_id ORDER BY u.sku_id, u.node_id`

const stockFigures = `SELECT s.sku_id, s.node_id, 0, 0, 0, s.on_hand, CASE WHEN s.quality = 'good' THEN 0 ELSE s.on_hand END, 0 FROM `

var (
	selFigures = db.NewSQL(fmt.Sprintf(sumBalances, "", stockFigures+"inventory_stock s"))

	// selSides lays what sides say they reserve over the reservations of them.
	selSides = db.NewSQL(`SELECT u.location_id, u.container, u.sku_id, u.lot, u.quality, CAST(sum(u.q) AS BIGINT), CAST(sum(u.r) AS BIGINT) FROM (
	    SELECT location_id, container, sku_id, lot, quality, reserved AS q, 0 AS r FROM inventory_stock WHERE reserved <> 0
	    UNION ALL SELECT location_id, container, sku_id, lot, 'good', 0, quantity FROM inventory_reservation WHERE kind <> 'soft') AS u
	  GROUP BY u.location_id, u.container, u.sku_id, u.lot, u.quality HAVING sum(u.q) <> sum(u.r)`)
)

func scanFigures(r *db.Rows) (f figures) {
	r.Scan(&f.sku, &f.node, &f.onHand, &f.blocked, &f.reserved, &f.stands, &f.standsBad, &f.reservation)
	return f
}

// balances compares balances and sides with what lies below them.
func (r *run) balances(context.Context) error {
	rows := r.tx.Query(selFigures)
	for rows.Next() {
		r.checked["balances"]++
		f := scanFigures(rows)
		f.judge(r.found)
		if !r.known.skus[f.sku] || !r.known.nodes[f.node] {
			r.found.add(reference, "inventory_balance", key(f.sku, f.node), "there is no such SKU or node")
		}
	}
	if err := rows.Close(); err != nil {
		return err
	}
	rows = r.tx.Query(selSides)
	for rows.Next() {
		var s side
		var says, is int64
		rows.Scan(&s.location, &s.container, &s.sku, &s.lot, &s.quality, &says, &is)
		r.found.add(stockReserved, "inventory_stock", s.key(), "reserved %d, its reservations are %d", says, is)
	}
	return rows.Close()
}

func (f figures) judge(found *findings) {
	id := key(f.sku, f.node)
	if f.onHand != f.stands {
		found.add(balanceOnHand, "inventory_balance", id, "on hand %d, at its locations stand %d", f.onHand, f.stands)
	}
	if f.blocked != f.standsBad {
		found.add(balanceBlocked, "inventory_balance", id, "blocked %d, not good are %d", f.blocked, f.standsBad)
	}
	if f.reserved != f.reservation {
		found.add(balanceReserved, "inventory_balance", id, "reserved %d, its reservations are %d", f.reserved, f.reservation)
	}
	if f.onHand < 0 || f.blocked < 0 || f.reserved < 0 {
		found.add(negative, "inventory_balance", id, "on hand %d, blocked %d, reserved %d", f.onHand, f.blocked, f.reserved)
	}
	if promised := max(f.reserved, f.reservation); promised > f.stands-f.standsBad {
		found.add(oversold, "inventory_balance", id, "%d are promised, only %d good ones stand there", promised, f.stands-f.standsBad)
	}
}
