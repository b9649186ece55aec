package load

import "github.com/packhorse/packhorse/internal/db"

// The plainest statements that fetch what a read of the product fetches: its baseline.
var (
	PlainBalance = db.NewSQL(`SELECT on_hand, reserved, blocked FROM inventory_balance WHERE sku_id = ANY($1)`)
	PlainPage    = db.NewSQL(`SELECT id, external_no, channel, total, placed_at FROM order_head WHERE id < $1 ORDER BY id DESC LIMIT 50`)
	PlainHeld    = db.NewSQL(`SELECT id, external_no, channel, total, placed_at FROM order_head WHERE review = 'held' AND id < $1 ORDER BY id DESC LIMIT 50`)
	PlainNumber  = db.NewSQL(`SELECT order_id FROM intake_document WHERE channel = $1 AND shop = '' AND external_id = $2`)
	PlainDetail  = db.NewSQL(`SELECT id, external_no, recipient FROM order_head WHERE id = $1`)
	SomeOrder    = db.NewSQL(`SELECT id FROM order_head WHERE id > $1 ORDER BY id LIMIT 1`)
	Ends         = db.NewSQL(`SELECT COALESCE(min(id), 0), COALESCE(max(id), 0) FROM order_head`)
)
