package order

import (
	"encoding/json"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/id"
)

const headSpec = "id bigint, channel text, shop text, external_no text, kind text, placed_at bigint, currency text, total bigint, " +
	"shipping_fee bigint, discount bigint, payment text, paid_at bigint, paid_amount bigint, payment_method text, buyer text, recipient text, " +
	"country text, province text, city text, ship_by bigint, collect_by bigint, promised_by bigint, may_split boolean, priority bigint, notes text, " +
	"review text, fulfilment text, delivery text, aftersale text, created_at bigint, updated_at bigint, due_rank bigint, fine_rank bigint, weigh_at bigint"

const headColumns = `id, channel, shop, external_no, kind, placed_at, currency, total, shipping_fee, discount, payment, paid_at,
  paid_amount, payment_method, buyer, recipient, ship_by, collect_by, promised_by, may_split, priority, notes,
  review, fulfilment, delivery, aftersale, created_at, updated_at, due_rank, fine_rank, weigh_at`

const lineColumns = `order_id, no, sku_id, sku, title, quantity, cancelled, unit_price, discount`

var (
	insHead = db.Insert("order_head", headSpec)
	insLine = db.Insert("order_line", "order_id bigint, no bigint, sku_id bigint, sku text, title text, quantity bigint, cancelled bigint, unit_price bigint, discount bigint")
	putLine = db.Upsert("order_line", "order_id bigint, no bigint, sku_id bigint, sku text, title text, quantity bigint, cancelled bigint, unit_price bigint, discount bigint", 2,
		"sku_id = excluded.sku_id, sku = excluded.sku, title = excluded.title, quantity = excluded.quantity, cancelled = excluded.cancelled, unit_price = excluded.unit_price, discount = excluded.discount")
	setContent = db.Change("order_head", "id bigint, total bigint, shipping bigint, disc bigint, paid_at bigint, paid bigint, method text, buyer text, recipient text, country text, province text, city text, "+
		"ship_by bigint, collect_by bigint, promised_by bigint, split boolean, priority bigint, notes text, at bigint, due bigint, fine bigint, weigh bigint", 1,
		"total = x.total, shipping_fee = x.shipping, discount = x.disc, paid_at = x.paid_at, paid_amount = x.paid, payment_method = x.method, buyer = x.buyer, recipient = x.recipient, "+
			"country = x.country, province = x.province, city = x.city, ship_by = x.ship_by, collect_by = x.collect_by, promised_by = x.promised_by, may_split = x.split, priority = x.priority, notes = x.notes, updated_at = x.at, "+
			"due_rank = x.due, fine_rank = x.fine, weigh_at = x.weigh",
		"t.id = x.id")

	selHeads  = db.NewSQL(`SELECT ` + headColumns + ` FROM order_head WHERE id = ANY($1) ORDER BY id`)
	lockHeads = db.NewSQL(`SELECT ` + headColumns + ` FROM order_head WHERE id = ANY($1) ORDER BY id FOR UPDATE`)
	selLines  = db.NewSQL(`SELECT ` + lineColumns + ` FROM order_line WHERE order_id = ANY($1) ORDER BY order_id, no`)

	// The queues: each reads its partial index, oldest first, and skips what another worker has taken. The index's
	// own condition must stand in the statement, or SQLite reads the whole table.
	takePending = db.NewSQL(`SELECT ` + headColumns + ` FROM order_head WHERE review = 'pending' AND review IN ('pending', 'held') ORDER BY id LIMIT $1 FOR UPDATE SKIP LOCKED`)
	takeWaiting = db.NewSQL(`SELECT ` + headColumns + ` FROM order_head WHERE fulfilment = 'waiting' AND fulfilment IN ('waiting', 'backordered', 'allocated', 'partial') ORDER BY id LIMIT $1 FOR UPDATE SKIP LOCKED`)
)

// Create writes a new order with its lines and fills in its id and its rank. Axes must be set.
func Create(tx *db.Tx, o *Order) error {
	err := Draft(tx, o)
	if err == nil {
		Save(tx, o)
	}
	return err
}

// Draft is Create for an order that is decided over in the same transaction: its lines are written, its head is left to
// whoever moves it next, or to Save, so that the widest row there is is written once. An id that it has already is kept.
func Draft(tx *db.Tx, o *Order) error {
	q, err := ReadQueueing(tx)
	if err != nil {
		return err
	}
	o.weigh(q.Fines, tx.Micros())
	if o.ID == 0 {
		o.ID = tx.NewID()
	}
	o.CreatedAt, o.UpdatedAt, o.draft = tx.Micros(), tx.Micros(), true
	for i := range o.Lines {
		l := &o.Lines[i]
		l.OrderID = o.ID
		tx.Put(insLine, o.ID, l.No, l.SKUID, l.SKU, l.Title, l.Quantity, l.Cancelled, l.UnitPrice, l.Discount)
	}
	return nil
}

func (o *Order) insert(tx *db.Tx) {
	o.draft = false
	r := o.Recipient
	tx.Put(insHead, o.ID, o.Channel, o.Shop, o.ExternalNo, o.Kind, o.PlacedAt, o.Currency, o.Total, o.ShippingFee, o.Discount,
		o.Payment, o.PaidAt, o.PaidAmount, o.PaymentMethod, text(o.Buyer), text(r), r.Country, r.Province, r.City,
		o.ShipBy, o.CollectBy, o.PromisedBy, o.MaySplit, o.Priority, text(o.Notes),
		o.Review, o.Fulfilment, o.Delivery, o.AfterSale, o.CreatedAt, o.UpdatedAt, o.Rank.Due, o.Rank.Fine, o.weighAt)
}

// Stored names the orders that were there before this transaction. Of a draft nothing is stored but what is in hand: no
// hold, no fulfilment, no debt.
func Stored(list []*Order) (stored []int64) {
	for _, o := range list {
		if !o.draft {
			stored = append(stored, o.ID)
		}
	}
	return stored
}

// SaveContent writes what a channel or a person changed: money, recipient, times, notes, and the rank that follows. States
// move by Move, lines by SaveLine.
func SaveContent(tx *db.Tx, o *Order) error {
	q, err := ReadQueueing(tx)
	if err != nil {
		return err
	}
	r, was := o.Recipient, o.Rank
	o.weigh(q.Fines, tx.Micros())
	o.UpdatedAt = o.touched(tx)
	tx.Put(setContent, o.ID, o.Total, o.ShippingFee, o.Discount, o.PaidAt, o.PaidAmount, o.PaymentMethod, text(o.Buyer), text(r),
		r.Country, r.Province, r.City, o.ShipBy, o.CollectBy, o.PromisedBy, o.MaySplit, o.Priority, text(o.Notes), o.UpdatedAt,
		o.Rank.Due, o.Rank.Fine, o.weighAt)
	if o.Rank == was {
		return nil
	}
	return rankFulfilments(tx, []int64{o.ID})
}

// touched is the moment of a change: after the order came, even while the clock stands, so that an order with a past
// can be told from a new one.
func (o *Order) touched(tx *db.Tx) int64 { return max(tx.Micros(), o.CreatedAt+1) }

// SaveLine writes a new or changed line.
func SaveLine(tx *db.Tx, l Line) {
	tx.Put(putLine, l.OrderID, l.No, l.SKUID, l.SKU, l.Title, l.Quantity, l.Cancelled, l.UnitPrice, l.Discount)
}

// ByIDs reads orders with their lines. Missing ids are missing in the answer.
func ByIDs(tx *db.Tx, ids []int64) (map[int64]*Order, error) { return byKeys(tx, selHeads, ids) }

// Lock reads orders with their lines, in order of id, and keeps others from changing them until the transaction ends.
func Lock(tx *db.Tx, ids []int64) (map[int64]*Order, error) { return byKeys(tx, lockHeads, ids) }

// LockOne is Lock for one order; a missing one is a fault.
func LockOne(tx *db.Tx, key int64) (*Order, error) {
	m, err := Lock(tx, []int64{key})
	if err != nil {
		return nil, err
	}
	if m[key] == nil {
		return nil, Missing(key)
	}
	return m[key], nil
}

// Missing is the fault for an order that does not exist.
func Missing(key int64) error {
	return fault.New(fault.NotFound, "order.not_found", "there is no order %s", id.Show(Prefix, key))
}

// TakePending takes up to limit orders that wait for review, oldest first.
func TakePending(tx *db.Tx, limit int) ([]*Order, error) {
	return read(tx, takePending, limit, selHolds)
}

// TakeWaiting takes up to limit orders that wait for a node, oldest first.
func TakeWaiting(tx *db.Tx, limit int) ([]*Order, error) {
	return read(tx, takeWaiting, limit, selOfOrders, selBackOrders)
}

func byKeys(tx *db.Tx, s *db.SQL, ids []int64) (map[int64]*Order, error) {
	ids = id.Distinct(ids)
	tx.Ahead(selLines, ids)
	list, err := read(tx, s, ids)
	out := make(map[int64]*Order, len(list))
	for _, o := range list {
		out[o.ID] = o
	}
	return out, err
}

// read reads orders with their lines, and asks ahead for what else will be wanted of them.
func read(tx *db.Tx, s *db.SQL, arg any, ahead ...*db.SQL) ([]*Order, error) {
	list, err := db.All(tx.Query(s, arg), scanHead)
	if err != nil || len(list) == 0 {
		return nil, err
	}
	return list, readLines(tx, list, ahead)
}

func readLines(tx *db.Tx, list []*Order, ahead []*db.SQL) error {
	at := make(map[int64]*Order, len(list))
	ids := make([]int64, len(list))
	for i, o := range list {
		at[o.ID], ids[i] = o, o.ID
	}
	for _, q := range ahead {
		tx.Ahead(q, ids)
	}
	rows := tx.Query(selLines, ids)
	for rows.Next() {
		var l Line
		rows.Scan(&l.OrderID, &l.No, &l.SKUID, &l.SKU, &l.Title, &l.Quantity, &l.Cancelled, &l.UnitPrice, &l.Discount)
		if o := at[l.OrderID]; o != nil {
			o.Lines = append(o.Lines, l)
		}
	}
	return rows.Close()
}

func scanHead(r *db.Rows) *Order {
	o := &Order{}
	var buyer, recipient, notes string
	r.Scan(&o.ID, &o.Channel, &o.Shop, &o.ExternalNo, &o.Kind, &o.PlacedAt, &o.Currency, &o.Total, &o.ShippingFee, &o.Discount,
		&o.Payment, &o.PaidAt, &o.PaidAmount, &o.PaymentMethod, &buyer, &recipient, &o.ShipBy, &o.CollectBy, &o.PromisedBy,
		&o.MaySplit, &o.Priority, &notes, &o.Review, &o.Fulfilment, &o.Delivery, &o.AfterSale, &o.CreatedAt, &o.UpdatedAt, &o.Rank.Due, &o.Rank.Fine, &o.weighAt)
	fill(buyer, &o.Buyer)
	fill(recipient, &o.Recipient)
	fill(notes, &o.Notes)
	return o
}

// text stores a small value as JSON; an empty one as nothing at all.
func text(v any) string {
	raw, err := json.Marshal(v)
	if err != nil {
		panic(err) // structs of strings always marshal
	}
	if len(raw) == 2 {
		return ""
	}
	return string(raw)
}

func fill(raw string, v any) {
	if raw != "" {
		_ = json.Unmarshal([]byte(raw), v) // we wrote it; `packhorse check` reports one that does not parse
	}
}
