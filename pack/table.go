package pack

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/packhorse/packhorse/catalog"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/gs1"
	"github.com/packhorse/packhorse/internal/id"
	"github.com/packhorse/packhorse/internal/words"
	"github.com/packhorse/packhorse/order"
	"github.com/packhorse/packhorse/pick"
)

// OpenIn is a single item that was taken out of the tote of a walk of totals (pick, wave.Bulk) at a packing table.
type OpenIn struct {
	TaskID int64
	Item   string // as scanned
	Table  string // which table of the warehouse; two may work off one tote, each under its own name; empty = the packer's
	Packer string // who, as in events
}

// Opened is the order that gets the item.
type Opened struct {
	FulfilmentID int64      // to be packed with this item; 0: nobody gets it, and Message says where it goes
	SKU          int64      // of the item
	Left         int64      // orders of the walk that wait for this SKU, without those at tables
	Waiting      int64      // orders of the walk that wait for anything, without those at tables
	Message      words.Text // empty where an order was opened
}

// abandoned is after how long an item that a table has in hand may be had by another: the packer has gone, and somebody else has
// taken the item.
const abandoned = 15 * time.Minute

var (
	putTable  = db.Upsert("pack_table", "node_id bigint, name text, task_id bigint, fulfilment_id bigint, since bigint", 2, "task_id = excluded.task_id, fulfilment_id = excluded.fulfilment_id, since = excluded.since")
	delTable  = db.NewSQL(`DELETE FROM pack_table WHERE fulfilment_id = $1 AND NOT (node_id = $2 AND name = $3)`)
	selTables = db.NewSQL(`SELECT name, fulfilment_id, since FROM pack_table WHERE fulfilment_id = ANY($1)`)
)

// Open finds the order for an item at a packing table: of those that wait for it in its tote the one that has to leave first. A table
// has one item in hand: the same goods scanned again give the same order, other goods put the first item back. An item for which no
// order waits any more belongs to one that was called off; Message says where it goes, once for each. once carries the client's event
// id. Faults: pick.no_task, pack.not_bulk, pack.unknown_scan, pack.not_of_walk.
func (s *Service) Open(ctx context.Context, once *db.Once, in OpenIn) (Opened, error) {
	in.Table = cmp.Or(strings.TrimSpace(in.Table), in.Packer)
	return db.Command(ctx, s.db, once, func(tx *db.Tx) (Opened, error) { return openItem(tx, in) })
}

func openItem(tx *db.Tx, in OpenIn) (Opened, error) {
	tote, ok, err := pick.ToteOf(tx, in.TaskID)
	if err != nil {
		return Opened{}, err
	}
	if !ok {
		shown := id.Show(pick.Prefix, in.TaskID)
		return Opened{}, fault.New(fault.Conflict, "pack.not_bulk", "the goods of walk %s are sorted by order; scan the order", shown).With("task", shown)
	}
	item, err := lookUp(tx, in.Item)
	if err != nil {
		return Opened{}, err
	}
	if item.SKU == 0 {
		return Opened{}, fault.New(fault.Conflict, "pack.unknown_scan", "%q is no goods we know; take it out, or add its bar code to the catalogue", in.Item).With("scan", in.Item)
	}
	t, err := readTote(tx, tote, item, in)
	if err != nil {
		return Opened{}, err
	}
	return t.give(tx, in)
}

// table is a tote before a packer who has one of its goods in hand.
type table struct {
	node     int64
	sku      catalog.SKU
	wanted   []*order.Fulfilment // of the tote, locked, for these goods, the most urgent first
	stops    map[int64][]order.Stop
	hands    map[int64]hand // by fulfilment
	waiting  int64          // of the whole tote
	freshest int64          // hands that are older are empty
}

// hand is a table with an item in hand.
type hand struct {
	table string
	since int64
}

func readTote(tx *db.Tx, tote pick.Tote, item catalog.Barcode, in OpenIn) (t table, err error) {
	scan, _ := gs1.Parse(in.Item) // a code that is not GS1 says no lot
	var all, ids []int64
	for key, l := range tote.Lines {
		all = append(all, key)
		if l.SKUID == item.SKU && (l.Lot == "" || scan.Lot == "" || l.Lot == scan.Lot) {
			ids = append(ids, key)
		}
	}
	skus, err := catalog.ByIDs(tx, []int64{item.SKU})
	if err != nil {
		return t, err
	}
	t.node, t.sku = tote.NodeID, skus[item.SKU]
	if len(ids) == 0 {
		return t, fault.New(fault.Conflict, "pack.not_of_walk", "%s is not of this walk; scan the walk it came with", t.sku.Code).With("sku", t.sku.Code)
	}
	locked, err := order.LockFulfilments(tx, ids)
	if err != nil {
		return t, err
	}
	for _, f := range locked {
		t.wanted = append(t.wanted, f)
	}
	slices.SortFunc(t.wanted, urgentFirst)
	if t.stops, err = order.Obstacles(tx, locked); err != nil {
		return t, err
	}
	if err := t.look(tx, all); err != nil {
		return t, err
	}
	for key, h := range t.hands {
		if h.table == in.Table && !slices.Contains(ids, key) {
			delete(t.hands, key) // other goods that this table had in hand are back in the tote
		}
	}
	return t, t.wait(tx, all)
}

// look sees which tables have something of a tote in hand.
func (t *table) look(tx *db.Tx, all []int64) error {
	t.freshest, t.hands = tx.Now().Add(-abandoned).UnixMicro(), map[int64]hand{}
	rows := tx.Query(selTables, all)
	for rows.Next() {
		var key int64
		var h hand
		rows.Scan(&h.table, &key, &h.since)
		t.hands[key] = h
	}
	return rows.Close()
}

// wait counts the orders of a tote that wait and that no table has in hand.
func (t *table) wait(tx *db.Tx, all []int64) error {
	seen, err := order.Fulfilments(tx, all)
	for key, f := range seen {
		if waits(f) && !t.busy(key) {
			t.waiting++
		}
	}
	return err
}

// urgentFirst sorts by priority and deadline; of two that are alike the older comes first.
func urgentFirst(a, b *order.Fulfilment) int {
	return cmp.Or(cmp.Compare(a.Rank.Due, b.Rank.Due), cmp.Compare(a.ID, b.ID))
}

func waits(f *order.Fulfilment) bool { return f.Status == order.Picked && f.Holds == 0 }

// busy reports whether a table has the item of a fulfilment in hand.
func (t *table) busy(key int64) bool {
	h, there := t.hands[key]
	return there && h.since >= t.freshest
}

// give finds who gets the item.
func (t *table) give(tx *db.Tx, in OpenIn) (Opened, error) {
	out := Opened{SKU: t.sku.ID, Waiting: t.waiting}
	var next *order.Fulfilment
	again := false
	for _, f := range t.wanted {
		mine := t.hands[f.ID].table == in.Table
		if !waits(f) || t.busy(f.ID) && !mine {
			continue
		}
		if !mine {
			out.Left++
		}
		if next == nil || mine {
			next, again = f, mine
		}
	}
	if next == nil {
		out.Message = t.unwanted(tx, in)
		return out, nil
	}
	out.FulfilmentID = next.ID
	if !again {
		out.Left--
		out.Waiting--
		if _, err := tx.Exec(delTable, next.ID, t.node, in.Table); err != nil {
			return out, err
		}
	}
	tx.Put(putTable, t.node, in.Table, in.TaskID, next.ID, tx.Micros())
	return out, nil
}

// Waiting counts the orders of a walk of totals whose item is still in the tote; ok is false for a walk of another sort.
// Fault: pick.no_task.
func Waiting(tx *db.Tx, task int64) (n int64, ok bool, err error) {
	tote, ok, err := pick.ToteOf(tx, task)
	if err != nil || !ok {
		return 0, ok, err
	}
	t := table{}
	all := slices.Collect(maps.Keys(tote.Lines))
	if err := t.look(tx, all); err != nil {
		return 0, true, err
	}
	err = t.wait(tx, all)
	return t.waiting, true, err
}

// unwanted says where an item goes for which no order waits: it was an order's that was called off, or that is held.
func (t *table) unwanted(tx *db.Tx, in OpenIn) words.Text {
	for _, f := range t.wanted {
		if unseen := order.Unseen(t.stops[f.ID]); len(unseen) > 0 && !f.Live() {
			order.SeeStops(tx, unseen, in.Packer)
			last := unseen[len(unseen)-1]
			return words.Text{Code: last.Reason, Params: last.Params}
		}
	}
	for _, f := range t.wanted {
		if f.Status == order.Picked && f.Holds > 0 {
			return words.Text{Code: "pack.table.held", Params: map[string]any{"sku": t.sku.Code}}
		}
	}
	return words.Text{Code: "pack.table.nobody", Params: map[string]any{"sku": t.sku.Code}}
}
