package order

import "github.com/packhorse/packhorse/internal/db"

// Unreleased is a fulfilment that no wave has taken, with what tells to whom it goes.
type Unreleased struct {
	Fulfilment, Order, Node   int64
	Channel, Shop, ExternalNo string
	Recipient                 Recipient
	ShipBy                    int64
	Holds                     int64 // live ones
}

var selUnreleased = db.NewSQL(`SELECT f.id, f.order_id, f.node_id, h.channel, h.shop, h.external_no, h.recipient, f.ship_by,
    (SELECT count(*) FROM order_hold x WHERE x.order_id = f.order_id AND x.released_at = 0)
  FROM order_fulfilment f JOIN order_head h ON h.id = f.order_id
  WHERE f.node_id = $1 AND f.status = 'allocated' AND f.status IN ('allocated', 'released', 'picked', 'packed')
  ORDER BY f.due_rank, f.id LIMIT $2`)

// UnreleasedAt reads at most limit fulfilments of a node that no wave has taken, the most urgent first.
func UnreleasedAt(tx *db.Tx, node int64, limit int) ([]Unreleased, error) {
	return db.All(tx.Query(selUnreleased, node, limit), func(r *db.Rows) (u Unreleased) {
		var recipient string
		r.Scan(&u.Fulfilment, &u.Order, &u.Node, &u.Channel, &u.Shop, &u.ExternalNo, &recipient, &u.ShipBy, &u.Holds)
		fill(recipient, &u.Recipient)
		return u
	})
}
