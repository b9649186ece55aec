package ceiling

import (
	"fmt"
	"strings"
)

// The stock that every run starts with. Nothing runs out except in the hot-SKU run, which makes its own single balance.
const (
	skus       = 10_000
	warehouses = 5
	ampleStock = 1_000_000_000
)

// table is one CREATE TABLE, written with BIGINT and TEXT; what the engines need differently is in the two marks.
type table struct {
	name, columns string
	composite     bool // a composite key: SQLite stores the row in the key's own tree
	rewritten     bool // updated in place for ever: PostgreSQL keeps room for the next version on the same page
}

var tables = []table{
	{"balance", "sku_id BIGINT NOT NULL, wh_id BIGINT NOT NULL, on_hand BIGINT NOT NULL, reserved BIGINT NOT NULL, ver BIGINT NOT NULL, PRIMARY KEY (sku_id, wh_id)", true, true},
	{"bin_stock", "sku_id BIGINT NOT NULL, wh_id BIGINT NOT NULL, bin_id BIGINT NOT NULL, qty BIGINT NOT NULL, alloc BIGINT NOT NULL, PRIMARY KEY (sku_id, wh_id, bin_id)", true, true},
	{"orders", "id BIGINT PRIMARY KEY, channel_id BIGINT NOT NULL, ext_no TEXT NOT NULL, status BIGINT NOT NULL, wh_id BIGINT NOT NULL, recipient TEXT NOT NULL, currency TEXT NOT NULL, amount BIGINT NOT NULL, created_at BIGINT NOT NULL, updated_at BIGINT NOT NULL", false, true},
	{"order_line", "order_id BIGINT NOT NULL, line_no BIGINT NOT NULL, sku_id BIGINT NOT NULL, qty BIGINT NOT NULL, price BIGINT NOT NULL, PRIMARY KEY (order_id, line_no)", true, false},
	{"event", "id BIGINT PRIMARY KEY, order_id BIGINT NOT NULL, kind BIGINT NOT NULL, payload TEXT NOT NULL, created_at BIGINT NOT NULL", false, false},
	{"reservation", "id BIGINT PRIMARY KEY, order_id BIGINT NOT NULL, sku_id BIGINT NOT NULL, wh_id BIGINT NOT NULL, qty BIGINT NOT NULL, created_at BIGINT NOT NULL", false, false},
	{"pick_task", "id BIGINT PRIMARY KEY, order_id BIGINT NOT NULL, sku_id BIGINT NOT NULL, wh_id BIGINT NOT NULL, bin_id BIGINT NOT NULL, qty BIGINT NOT NULL, picked BIGINT NOT NULL, status BIGINT NOT NULL, updated_at BIGINT NOT NULL", false, true},
	{"package", "id BIGINT PRIMARY KEY, order_id BIGINT NOT NULL, wh_id BIGINT NOT NULL, carton_id BIGINT NOT NULL, weight_g BIGINT NOT NULL, created_at BIGINT NOT NULL", false, false},
	{"package_line", "package_id BIGINT NOT NULL, line_no BIGINT NOT NULL, sku_id BIGINT NOT NULL, qty BIGINT NOT NULL, PRIMARY KEY (package_id, line_no)", true, false},
	{"shipment", "id BIGINT PRIMARY KEY, package_id BIGINT NOT NULL, carrier_id BIGINT NOT NULL, tracking_no TEXT NOT NULL, status BIGINT NOT NULL, created_at BIGINT NOT NULL", false, false},
	{"stock_move", "id BIGINT PRIMARY KEY, order_id BIGINT NOT NULL, sku_id BIGINT NOT NULL, wh_id BIGINT NOT NULL, qty BIGINT NOT NULL, kind BIGINT NOT NULL, created_at BIGINT NOT NULL", false, false},
}

// Over one life these take 21 insertions and 9 deletions: the status index moves five times, and reservations and open
// pick tasks leave their indexes again.
var indexes = []string{
	"CREATE UNIQUE INDEX orders_ext ON orders (channel_id, ext_no)",
	"CREATE INDEX orders_st ON orders (status, id)",
	"CREATE INDEX reservation_sku ON reservation (sku_id, wh_id)",
	"CREATE INDEX pick_task_open ON pick_task (wh_id, id) WHERE status = 0",
	"CREATE INDEX package_order ON package (order_id)",
	"CREATE INDEX shipment_trk ON shipment (tracking_no)",
	"CREATE INDEX stock_move_sku ON stock_move (sku_id, id)",
	"CREATE INDEX event_order ON event (order_id, id)",
}

func sqliteSchema() []string {
	ddl := make([]string, 0, len(tables)+len(indexes))
	for _, t := range tables {
		suffix := "STRICT"
		if t.composite {
			suffix = "STRICT, WITHOUT ROWID"
		}
		columns := strings.ReplaceAll(t.columns, "BIGINT", "INTEGER")
		ddl = append(ddl, fmt.Sprintf("CREATE TABLE %s (%s) %s", t.name, columns, suffix))
	}
	return append(ddl, indexes...)
}

func postgresSchema() []string {
	ddl := make([]string, 0, len(tables)+len(indexes))
	for _, t := range tables {
		suffix := ""
		if t.rewritten {
			suffix = "WITH (fillfactor = 70)"
		}
		ddl = append(ddl, fmt.Sprintf("CREATE TABLE %s (%s) %s", t.name, t.columns, suffix))
	}
	return append(ddl, indexes...)
}

// stockSeed puts ample stock of every SKU into one bin of every warehouse; one text serves both engines.
func stockSeed() []string {
	grid := fmt.Sprintf(`WITH RECURSIVE s(n) AS (SELECT 1 UNION ALL SELECT n+1 FROM s WHERE n < %d),
		w(n) AS (SELECT 1 UNION ALL SELECT n+1 FROM w WHERE n < %d)`, skus, warehouses)
	return []string{
		fmt.Sprintf("INSERT INTO balance (sku_id, wh_id, on_hand, reserved, ver) %s SELECT s.n, w.n, %d, 0, 0 FROM s, w ORDER BY 1, 2", grid, ampleStock),
		fmt.Sprintf("INSERT INTO bin_stock (sku_id, wh_id, bin_id, qty, alloc) %s SELECT s.n, w.n, s.n * 10 + w.n, %d, 0 FROM s, w ORDER BY 1, 2", grid, ampleStock),
	}
}

// hotSeed puts `units` of one SKU into one warehouse, and nothing else.
func hotSeed(units int) []string {
	return []string{fmt.Sprintf("INSERT INTO balance (sku_id, wh_id, on_hand, reserved, ver) VALUES (%d, %d, %d, 0, 0)", hotSKU, hotWarehouse, units)}
}
