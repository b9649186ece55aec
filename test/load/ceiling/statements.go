package ceiling

import (
	"fmt"
	"strings"
)

// write names one kind of row write of the life.
type write int

const (
	insertOrder write = iota
	insertLine
	insertEvent
	moveOrder
	reserveBalance
	allocateBin
	insertReservation
	insertPickTask
	pickBin
	closePickTask
	insertPackage
	insertPackageLine
	shipBalance
	deleteReservation
	insertMove
	insertShipment
)

// statement is one kind of write in its two forms: `row` writes one row (both engines could, SQLite does), `set` writes
// many rows from one array per argument (PostgreSQL).
//
// Where several orders touch the same stock row, summedBy is the number of leading arguments that are its key: a set carries
// each key once, ascending, with the last argument summed. PostgreSQL updates a row once per statement however often it is
// joined, and two writers that lock shared rows in different orders deadlock.
type statement struct {
	row, set string
	summedBy int
}

var statements = [...]statement{
	insertOrder: insert("orders", "id", "channel_id", "ext_no text", "status", "wh_id", "recipient text", "currency text", "amount", "created_at", "updated_at"),
	insertLine:  insert("order_line", "order_id", "line_no", "sku_id", "qty", "price"),
	insertEvent: insert("event", "id", "order_id", "kind", "payload text", "created_at"),
	moveOrder: {
		row: "UPDATE orders SET status=$2, wh_id=$3, updated_at=$4 WHERE id=$1 AND status=$2-1",
		set: `UPDATE orders t SET status=s, wh_id=w, updated_at=u
			FROM unnest($1::bigint[],$2::bigint[],$3::bigint[],$4::bigint[]) AS x(i,s,w,u) WHERE t.id=i AND t.status=s-1`,
	},
	reserveBalance: {
		row: "UPDATE balance SET reserved=reserved+$3, ver=ver+1 WHERE sku_id=$1 AND wh_id=$2 AND on_hand-reserved>=$3",
		set: `UPDATE balance t SET reserved=t.reserved+q, ver=t.ver+1
			FROM unnest($1::bigint[],$2::bigint[],$3::bigint[]) AS x(s,w,q) WHERE t.sku_id=s AND t.wh_id=w AND t.on_hand-t.reserved>=q`,
		summedBy: 2,
	},
	allocateBin: {
		row: "UPDATE bin_stock SET alloc=alloc+$4 WHERE sku_id=$1 AND wh_id=$2 AND bin_id=$3 AND qty-alloc>=$4",
		set: `UPDATE bin_stock t SET alloc=t.alloc+q
			FROM unnest($1::bigint[],$2::bigint[],$3::bigint[],$4::bigint[]) AS x(s,w,b,q)
			WHERE t.sku_id=s AND t.wh_id=w AND t.bin_id=b AND t.qty-t.alloc>=q`,
		summedBy: 3,
	},
	insertReservation: insert("reservation", "id", "order_id", "sku_id", "wh_id", "qty", "created_at"),
	insertPickTask:    insert("pick_task", "id", "order_id", "sku_id", "wh_id", "bin_id", "qty", "picked", "status", "updated_at"),
	pickBin: {
		row: "UPDATE bin_stock SET qty=qty-$4, alloc=alloc-$4 WHERE sku_id=$1 AND wh_id=$2 AND bin_id=$3 AND alloc>=$4",
		set: `UPDATE bin_stock t SET qty=t.qty-q, alloc=t.alloc-q
			FROM unnest($1::bigint[],$2::bigint[],$3::bigint[],$4::bigint[]) AS x(s,w,b,q)
			WHERE t.sku_id=s AND t.wh_id=w AND t.bin_id=b AND t.alloc>=q`,
		summedBy: 3,
	},
	closePickTask: {
		row: "UPDATE pick_task SET picked=$2, status=1, updated_at=$3 WHERE id=$1 AND status=0",
		set: `UPDATE pick_task t SET picked=q, status=1, updated_at=u
			FROM unnest($1::bigint[],$2::bigint[],$3::bigint[]) AS x(i,q,u) WHERE t.id=i AND t.status=0`,
	},
	insertPackage:     insert("package", "id", "order_id", "wh_id", "carton_id", "weight_g", "created_at"),
	insertPackageLine: insert("package_line", "package_id", "line_no", "sku_id", "qty"),
	shipBalance: {
		row: "UPDATE balance SET on_hand=on_hand-$3, reserved=reserved-$3, ver=ver+1 WHERE sku_id=$1 AND wh_id=$2 AND reserved>=$3",
		set: `UPDATE balance t SET on_hand=t.on_hand-q, reserved=t.reserved-q, ver=t.ver+1
			FROM unnest($1::bigint[],$2::bigint[],$3::bigint[]) AS x(s,w,q) WHERE t.sku_id=s AND t.wh_id=w AND t.reserved>=q`,
		summedBy: 2,
	},
	deleteReservation: {
		row: "DELETE FROM reservation WHERE id=$1",
		set: "DELETE FROM reservation t USING unnest($1::bigint[]) AS x(i) WHERE t.id=i",
	},
	insertMove:     insert("stock_move", "id", "order_id", "sku_id", "wh_id", "qty", "kind", "created_at"),
	insertShipment: insert("shipment", "id", "package_id", "carrier_id", "tracking_no text", "status", "created_at"),
}

// insert builds both forms of a plain INSERT. A column is a bigint unless its type is written after its name.
func insert(table string, columns ...string) statement {
	names := make([]string, len(columns))
	values := make([]string, len(columns))
	arrays := make([]string, len(columns))
	for i, column := range columns {
		name, kind, typed := strings.Cut(column, " ")
		if !typed {
			kind = "bigint"
		}
		names[i], values[i], arrays[i] = name, fmt.Sprintf("$%d", i+1), fmt.Sprintf("$%d::%s[]", i+1, kind)
	}
	into := fmt.Sprintf("INSERT INTO %s (%s) ", table, strings.Join(names, ", "))
	return statement{
		row: into + "VALUES (" + strings.Join(values, ", ") + ")",
		set: into + "SELECT * FROM unnest(" + strings.Join(arrays, ", ") + ")",
	}
}

// sqliteText gives SQLite its numbered placeholders: `$1` is a name there, and drivers disagree about how to bind names.
func sqliteText(text string) string { return strings.ReplaceAll(text, "$", "?") }
