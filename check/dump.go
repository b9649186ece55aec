package check

import (
	"bufio"
	"context"
	"encoding/json"
	"io"
	"strings"
	"time"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
)

// Kinds lists what can be dumped.
func Kinds() []string {
	return []string{"orders", "fulfilments", "backorders", "holds", "ledger", "stock", "balances", "reservations", "shipments", "events"}
}

// Dump writes one kind as one JSON object per line, in order of key, from one snapshot. Fields have the same names
// in every version; new ones may be added. "key" is what a Finding calls id; ids with a prefix are what people see;
// sku (with its owner), node and location are codes. Amounts are minor units, times RFC 3339 in UTC and empty for none. Of
// people nothing is written but region codes.
//
// With it an outsider can recompute what Run claims, without our code:
//
//   - balances.on_hand of (owner, sku, node) = Σ ledger.quantity where to_node is the node − Σ where from_node is; blocked the
//     same over the sides whose quality is not "good"; the sides outside ("supplier", "customer", …) have no node.
//   - stock.on_hand of (node, location, container, owner, sku, lot, quality) = the same sums by side.
//   - balances.reserved = Σ reservations.quantity of (owner, sku, node); stock.reserved = those of kind hard and picked at
//     the location and container; reserved ≤ on_hand − blocked in every balance: nothing is oversold.
//   - for an order whose review is passed or approved and whose fulfilment is none of waiting and cancelled, the lines of
//     its fulfilments that are not rejected or cancelled, and its backorders, add up to quantity − cancelled of each order
//     line (of a bundle: to whole multiples of it, component by component).
//   - Σ reservations of a live fulfilment line = its quantity, less what has left in a first of several parcels.
//   - Σ ledger.quantity of cause "ship" to "customer" = Σ quantity of the lines of shipped fulfilments.
//
// Fault: dump.kind.
func Dump(ctx context.Context, d *db.DB, kind string, w io.Writer) error {
	write, ok := dumps[kind]
	if !ok {
		return fault.Invalidf("kind", "dump.kind", "%q cannot be dumped; say one of %s", kind, strings.Join(Kinds(), ", ")).
			With("kind", kind).With("kinds", Kinds())
	}
	return d.View(ctx, func(tx *db.Tx) error {
		out := bufio.NewWriterSize(w, 1<<16)
		p := &dumper{ctx: ctx, tx: tx, out: out, json: json.NewEncoder(out)}
		p.json.SetEscapeHTML(false)
		if err := p.readNames(); err != nil {
			return err
		}
		if err := write(p); err != nil {
			return err
		}
		return out.Flush()
	})
}

// dumper writes rows. The first error sticks.
type dumper struct {
	ctx  context.Context
	tx   *db.Tx
	out  *bufio.Writer
	json *json.Encoder
	rows int
	err  error

	skus      map[int64]named
	nodes     map[int64]string
	locations map[int64]spot
}

// named is a SKU as people know it.
type named struct{ code, owner string }

// spot is a location as people know it, and its node.
type spot struct {
	code string
	node int64
}

var (
	selSKUNames      = db.NewSQL(`SELECT id, code, owner FROM catalog_sku`)
	selNodeNames     = db.NewSQL(`SELECT id, code FROM warehouse_node`)
	selLocationNames = db.NewSQL(`SELECT id, code, node_id FROM warehouse_location`)
)

func (p *dumper) readNames() error {
	p.skus, p.nodes, p.locations = map[int64]named{}, map[int64]string{}, map[int64]spot{}
	rows := p.tx.Query(selSKUNames)
	for rows.Next() {
		var id int64
		var n named
		rows.Scan(&id, &n.code, &n.owner)
		p.skus[id] = n
	}
	if err := rows.Close(); err != nil {
		return err
	}
	rows = p.tx.Query(selNodeNames)
	for rows.Next() {
		var id int64
		var code string
		rows.Scan(&id, &code)
		p.nodes[id] = code
	}
	if err := rows.Close(); err != nil {
		return err
	}
	rows = p.tx.Query(selLocationNames)
	for rows.Next() {
		var id int64
		var s spot
		rows.Scan(&id, &s.code, &s.node)
		p.locations[id] = s
	}
	return rows.Close()
}

// write puts one line out.
func (p *dumper) write(v any) {
	if p.err == nil {
		p.err = p.json.Encode(v)
	}
	if p.rows++; p.err == nil && p.rows%1000 == 0 {
		p.err = p.ctx.Err() // the reader may have gone away
	}
}

// each writes a line for every row of a query.
func (p *dumper) each(sql *db.SQL, line func(r *db.Rows) any) error {
	rows := p.tx.Query(sql)
	for p.err == nil && rows.Next() {
		p.write(line(rows))
	}
	if err := rows.Close(); err != nil {
		return err
	}
	return p.err
}

// place names a location; the world outside has names of its own and no node.
func (p *dumper) place(location int64) (code, node string) {
	if outside := []string{"supplier", "customer", "adjustment", "scrap", "opening"}; location < 0 && -location <= int64(len(outside)) {
		return outside[-location-1], ""
	}
	s := p.locations[location]
	return s.code, p.nodes[s.node]
}

// stamp writes a moment; none is empty.
func stamp(micros int64) string {
	if micros == 0 {
		return ""
	}
	return time.UnixMicro(micros).UTC().Format(time.RFC3339Nano)
}

// dumps are the writers by kind.
var dumps = map[string]func(*dumper) error{
	"orders": (*dumper).orders, "fulfilments": (*dumper).fulfilments, "backorders": (*dumper).backorders, "holds": (*dumper).holds,
	"ledger": (*dumper).ledger, "stock": (*dumper).stock, "balances": (*dumper).balances, "reservations": (*dumper).reservations,
	"shipments": (*dumper).shipments, "events": (*dumper).events,
}

// page is how many rows with children are read at a time.
const page = 1000
