package check

import (
	"math"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/inventory"
	"github.com/packhorse/packhorse/order"
)

// What is read of a range of orders: behind the first id, up to and with the second. Rows in the range that belong to
// no order are reported by the way.
var (
	selHeads = db.NewSQL(`SELECT id, channel, shop, external_no, kind, placed_at, total, shipping_fee, discount, payment, review, fulfilment, delivery, aftersale,
	  ship_by, collect_by, priority, due_rank, fine_rank, weigh_at
	  FROM order_head WHERE id > $1 ORDER BY id LIMIT $2`)
	selLines = db.NewSQL(`SELECT order_id, no, sku_id, quantity, cancelled, unit_price, discount FROM order_line WHERE order_id > $1 AND order_id <= $2 ORDER BY order_id, no`)
	selHolds = db.NewSQL(`SELECT order_id, id, released_at FROM order_hold WHERE order_id > $1 AND order_id <= $2`)
	selOwed  = db.NewSQL(`SELECT order_id, line_no, sku_id, quantity FROM order_backorder WHERE order_id > $1 AND order_id <= $2`)
	selWorks = db.NewSQL(`SELECT id, order_id, node_id, status, due_rank, fine_rank FROM order_fulfilment WHERE order_id > $1 AND order_id <= $2`)
	selParts = db.NewSQL(`SELECT l.fulfilment_id, l.seq, l.line_no, l.sku_id, l.quantity FROM order_fulfilment f
	  JOIN order_fulfilment_line l ON l.fulfilment_id = f.id WHERE f.order_id > $1 AND f.order_id <= $2`)
	selReserved = db.NewSQL(`SELECT r.fulfilment_id, r.seq, r.part, r.order_id, r.sku_id, r.node_id, r.quantity, r.kind, r.location_id, r.container, r.lot
	  FROM order_fulfilment f JOIN inventory_reservation r ON r.fulfilment_id = f.id WHERE f.order_id > $1 AND f.order_id <= $2`)
	selParcels = db.NewSQL(`SELECT p.id, p.order_id, p.fulfilment_id, p.node_id, p.status FROM order_fulfilment f
	  JOIN pack_parcel p ON p.fulfilment_id = f.id WHERE f.order_id > $1 AND f.order_id <= $2`)
	selContents = db.NewSQL(`SELECT c.parcel_id, c.fulfilment_seq, c.sku_id, c.lot, c.quantity FROM order_fulfilment f
	  JOIN pack_parcel p ON p.fulfilment_id = f.id JOIN pack_parcel_line c ON c.parcel_id = p.id WHERE f.order_id > $1 AND f.order_id <= $2`)
	selShipments = db.NewSQL(`SELECT order_id, id, fulfilment_id, parcel_id, node_id, carrier, waybill, status, tracking, handed_over_at, delivered_at
	  FROM ship_shipment WHERE order_id > $1 AND order_id <= $2`)
	selHalted = db.NewSQL(`SELECT order_id, id, fulfilment_id FROM order_stop WHERE order_id > $1 AND order_id <= $2`)
	selTold   = db.NewSQL(`SELECT order_id, count(*), min(id) FROM event WHERE order_id > $1 AND order_id <= $2 AND order_id <> 0 GROUP BY order_id ORDER BY order_id`)
)

// reader reads dossiers.
type reader struct {
	tx     *db.Tx
	found  *findings
	counts map[string]int64
	err    error

	list    []*dossier
	orders  map[int64]*dossier
	works   map[int64]*work
	parcels map[int64]*parcel
}

// page reads up to limit orders behind an id, and everything of them. last is where it ended; the last page
// also looks behind the newest order.
func (r *reader) page(after int64, limit int) (list []*dossier, last int64, err error) {
	r.list, r.err = nil, nil
	r.orders, r.works, r.parcels = map[int64]*dossier{}, map[int64]*work{}, map[int64]*parcel{}
	r.heads(after, limit)
	last = math.MaxInt64
	if len(r.list) == limit {
		last = r.list[limit-1].ID
	}
	for _, read := range []func(from, to int64){r.lines, r.holds, r.owed, r.fulfilments, r.parts, r.reserved, r.cartons, r.contents, r.shipments, r.halted, r.told} {
		read(after, last)
	}
	q := r.queueing()
	for _, d := range r.list {
		d.ranked(r.found, q)
	}
	return r.list, last, r.err
}

// each runs a query and counts its rows; after an error the rest is skipped.
func (r *reader) each(what string, sql *db.SQL, from, to any, row func(*db.Rows)) {
	if r.err != nil {
		return
	}
	rows := r.tx.Query(sql, from, to)
	for rows.Next() {
		r.counts[what]++
		row(rows)
	}
	r.err = rows.Close()
}

// of finds the order of a row, and reports the row when there is none.
func (r *reader) of(order int64, class, table, id string) *dossier {
	d := r.orders[order]
	if d == nil {
		r.found.add(class, table, id, "there is no order %d", order)
	}
	return d
}

func (r *reader) heads(after int64, limit int) {
	r.each("orders", selHeads, after, limit, func(rows *db.Rows) {
		d := &dossier{Order: &order.Order{}}
		rows.Scan(&d.ID, &d.Channel, &d.Shop, &d.ExternalNo, &d.Kind, &d.PlacedAt, &d.Total, &d.ShippingFee, &d.Discount,
			&d.Payment, &d.Review, &d.Fulfilment, &d.Delivery, &d.AfterSale,
			&d.ShipBy, &d.CollectBy, &d.Priority, &d.Rank.Due, &d.Rank.Fine, &d.weighAt)
		r.list = append(r.list, d)
		r.orders[d.ID] = d
	})
}

func (r *reader) lines(from, to int64) {
	r.each("order_lines", selLines, from, to, func(rows *db.Rows) {
		var l order.Line
		rows.Scan(&l.OrderID, &l.No, &l.SKUID, &l.Quantity, &l.Cancelled, &l.UnitPrice, &l.Discount)
		if d := r.of(l.OrderID, reference, "order_line", key(l.OrderID, l.No)); d != nil {
			d.Lines = append(d.Lines, l)
		}
	})
}

func (r *reader) holds(from, to int64) {
	r.each("holds", selHolds, from, to, func(rows *db.Rows) {
		var owner, id, released int64
		rows.Scan(&owner, &id, &released)
		if d := r.of(owner, reference, "order_hold", key(id)); d != nil && released == 0 {
			d.holds = append(d.holds, id)
		}
	})
}

func (r *reader) owed(from, to int64) {
	r.each("backorders", selOwed, from, to, func(rows *db.Rows) {
		var b order.BackOrder
		rows.Scan(&b.OrderID, &b.LineNo, &b.SKUID, &b.Quantity)
		if d := r.of(b.OrderID, backorderOrphan, "order_backorder", key(b.OrderID, b.LineNo, b.SKUID)); d != nil {
			d.owed = append(d.owed, b)
		}
	})
}

func (r *reader) fulfilments(from, to int64) {
	r.each("fulfilments", selWorks, from, to, func(rows *db.Rows) {
		w := &work{}
		rows.Scan(&w.ID, &w.OrderID, &w.NodeID, &w.Status, &w.Rank.Due, &w.Rank.Fine)
		r.works[w.ID] = w
		if d := r.of(w.OrderID, fulfilmentState, "order_fulfilment", key(w.ID)); d != nil {
			d.fulfilments = append(d.fulfilments, w)
		}
	})
}

func (r *reader) parts(from, to int64) {
	r.each("fulfilment_lines", selParts, from, to, func(rows *db.Rows) {
		var l order.FulfilmentLine
		rows.Scan(&l.FulfilmentID, &l.Seq, &l.LineNo, &l.SKUID, &l.Quantity)
		w := r.works[l.FulfilmentID]
		w.Lines = append(w.Lines, l)
	})
}

func (r *reader) reserved(from, to int64) {
	r.each("reservations", selReserved, from, to, func(rows *db.Rows) {
		var x inventory.Reservation
		rows.Scan(&x.FulfilmentID, &x.Seq, &x.Part, &x.OrderID, &x.SKU, &x.Node, &x.Quantity, &x.Kind, &x.Location, &x.Container, &x.Lot)
		w := r.works[x.FulfilmentID]
		w.reservations = append(w.reservations, x)
	})
}

func (r *reader) cartons(from, to int64) {
	r.each("parcels", selParcels, from, to, func(rows *db.Rows) {
		p := &parcel{}
		rows.Scan(&p.id, &p.order, &p.fulfilment, &p.node, &p.status)
		w := r.works[p.fulfilment]
		w.parcels = append(w.parcels, p)
		r.parcels[p.id] = p
	})
}

func (r *reader) contents(from, to int64) {
	r.each("parcel_lines", selContents, from, to, func(rows *db.Rows) {
		var c content
		var id int64
		rows.Scan(&id, &c.seq, &c.sku, &c.lot, &c.quantity)
		p := r.parcels[id]
		p.lines = append(p.lines, c)
	})
}

func (r *reader) shipments(from, to int64) {
	r.each("shipments", selShipments, from, to, func(rows *db.Rows) {
		s := &shipment{}
		var owner int64
		rows.Scan(&owner, &s.id, &s.fulfilment, &s.parcel, &s.node, &s.carrier, &s.waybill, &s.status, &s.tracking, &s.handedOver, &s.delivered)
		d := r.of(owner, shipmentState, "ship_shipment", key(s.id))
		if d == nil {
			return
		}
		d.shipments = append(d.shipments, s)
		if p := r.parcels[s.parcel]; p != nil && s.gone() {
			p.gone = true
		}
	})
}

func (r *reader) halted(from, to int64) {
	r.each("stops", selHalted, from, to, func(rows *db.Rows) {
		var owner int64
		var h halt
		rows.Scan(&owner, &h.id, &h.fulfilment)
		if d := r.of(owner, stopState, "order_stop", key(h.id)); d != nil {
			d.halted = append(d.halted, h)
		}
	})
}

func (r *reader) told(from, to int64) {
	r.each("timelines", selTold, from, to, func(rows *db.Rows) {
		var owner, n, first int64
		rows.Scan(&owner, &n, &first)
		if d := r.of(owner, eventOrder, "event", key(first)); d != nil {
			d.events, d.firstEvent = n, first
		}
	})
}
