package check

import (
	"encoding/json"
	"math"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/id"
	"github.com/packhorse/packhorse/order"
)

type orderLine struct {
	No        int64  `json:"no"`
	SKU       string `json:"sku"`
	Owner     string `json:"owner,omitempty"`
	Mapped    bool   `json:"mapped"` // the code is one of the catalogue
	Quantity  int64  `json:"quantity"`
	Cancelled int64  `json:"cancelled"`
	UnitPrice int64  `json:"unit_price"`
	Discount  int64  `json:"discount"`
}

type orderRow struct {
	Key         string      `json:"key"`
	ID          string      `json:"id"`
	Channel     string      `json:"channel"`
	Shop        string      `json:"shop"`
	ExternalNo  string      `json:"external_no"`
	Kind        string      `json:"kind"`
	PlacedAt    string      `json:"placed_at"`
	CreatedAt   string      `json:"created_at"`
	UpdatedAt   string      `json:"updated_at"`
	ShipBy      string      `json:"ship_by"`
	CollectBy   string      `json:"collect_by"`
	PromisedBy  string      `json:"promised_by"`
	Country     string      `json:"country"`
	Province    string      `json:"province"`
	MaySplit    bool        `json:"may_split"`
	Currency    string      `json:"currency"`
	Total       int64       `json:"total"`
	ShippingFee int64       `json:"shipping_fee"`
	Discount    int64       `json:"discount"`
	PaidAmount  int64       `json:"paid_amount"`
	Payment     string      `json:"payment"`
	Review      string      `json:"review"`
	Fulfilment  string      `json:"fulfilment"`
	Delivery    string      `json:"delivery"`
	AfterSale   string      `json:"aftersale"`
	Lines       []orderLine `json:"lines"`
}

var (
	dumpHeads = db.NewSQL(`SELECT id, channel, shop, external_no, kind, placed_at, created_at, updated_at, ship_by, collect_by, promised_by, country, province, may_split,
	  currency, total, shipping_fee, discount, paid_amount, payment, review, fulfilment, delivery, aftersale FROM order_head WHERE id > $1 ORDER BY id LIMIT $2`)
	dumpLines = db.NewSQL(`SELECT order_id, no, sku_id, sku, quantity, cancelled, unit_price, discount FROM order_line WHERE order_id > $1 AND order_id <= $2 ORDER BY order_id, no`)
)

func (p *dumper) orders() error {
	for after := int64(math.MinInt64); ; {
		list, err := db.All(p.tx.Query(dumpHeads, after, page), scanOrder)
		if err != nil || len(list) == 0 {
			return err
		}
		last := list[len(list)-1].id
		lines, err := p.orderLines(after, last)
		if err != nil {
			return err
		}
		for _, o := range list {
			o.row.Lines = append([]orderLine{}, lines[o.id]...)
			p.write(o.row)
		}
		if after = last; p.err != nil {
			return p.err
		}
	}
}

type keyedOrder struct {
	id  int64
	row orderRow
}

func scanOrder(r *db.Rows) (o keyedOrder) {
	var placed, created, updated, shipBy, collectBy, promised int64
	x := &o.row
	r.Scan(&o.id, &x.Channel, &x.Shop, &x.ExternalNo, &x.Kind, &placed, &created, &updated, &shipBy, &collectBy, &promised, &x.Country, &x.Province, &x.MaySplit,
		&x.Currency, &x.Total, &x.ShippingFee, &x.Discount, &x.PaidAmount, &x.Payment, &x.Review, &x.Fulfilment, &x.Delivery, &x.AfterSale)
	x.Key, x.ID = key(o.id), id.Show(order.Prefix, o.id)
	x.PlacedAt, x.CreatedAt, x.UpdatedAt, x.ShipBy, x.CollectBy, x.PromisedBy = stamp(placed), stamp(created), stamp(updated), stamp(shipBy), stamp(collectBy), stamp(promised)
	return o
}

func (p *dumper) orderLines(after, last int64) (map[int64][]orderLine, error) {
	out := map[int64][]orderLine{}
	rows := p.tx.Query(dumpLines, after, last)
	for rows.Next() {
		var owner, sku int64
		var l orderLine
		rows.Scan(&owner, &l.No, &sku, &l.SKU, &l.Quantity, &l.Cancelled, &l.UnitPrice, &l.Discount)
		if n, ok := p.skus[sku]; ok {
			l.SKU, l.Owner, l.Mapped = n.code, n.owner, true
		}
		out[owner] = append(out[owner], l)
	}
	return out, rows.Close()
}

type fulfilmentLine struct {
	Seq      int64  `json:"seq"`
	LineNo   int64  `json:"line_no"`
	SKU      string `json:"sku"`
	Owner    string `json:"owner"`
	Quantity int64  `json:"quantity"`
}

type fulfilmentRow struct {
	Key       string           `json:"key"`
	ID        string           `json:"id"`
	Order     string           `json:"order"`
	Node      string           `json:"node"`
	Status    string           `json:"status"`
	ShipBy    string           `json:"ship_by"`
	Cost      int64            `json:"cost"`
	CreatedAt string           `json:"created_at"`
	UpdatedAt string           `json:"updated_at"`
	Lines     []fulfilmentLine `json:"lines"`
}

var (
	dumpWorks = db.NewSQL(`SELECT id, order_id, node_id, status, ship_by, cost, created_at, updated_at FROM order_fulfilment WHERE id > $1 ORDER BY id LIMIT $2`)
	dumpParts = db.NewSQL(`SELECT fulfilment_id, seq, line_no, sku_id, quantity FROM order_fulfilment_line WHERE fulfilment_id > $1 AND fulfilment_id <= $2 ORDER BY fulfilment_id, seq`)
)

func (p *dumper) fulfilments() error {
	type keyed struct {
		id  int64
		row fulfilmentRow
	}
	for after := int64(math.MinInt64); ; {
		list, err := db.All(p.tx.Query(dumpWorks, after, page), func(r *db.Rows) (f keyed) {
			var owner, node, shipBy, created, updated int64
			r.Scan(&f.id, &owner, &node, &f.row.Status, &shipBy, &f.row.Cost, &created, &updated)
			f.row.Key, f.row.ID, f.row.Order, f.row.Node = key(f.id), id.Show(order.FulfilmentPrefix, f.id), id.Show(order.Prefix, owner), p.nodes[node]
			f.row.ShipBy, f.row.CreatedAt, f.row.UpdatedAt = stamp(shipBy), stamp(created), stamp(updated)
			return f
		})
		if err != nil || len(list) == 0 {
			return err
		}
		last := list[len(list)-1].id
		lines := map[int64][]fulfilmentLine{}
		rows := p.tx.Query(dumpParts, after, last)
		for rows.Next() {
			var owner, sku int64
			var l fulfilmentLine
			rows.Scan(&owner, &l.Seq, &l.LineNo, &sku, &l.Quantity)
			l.SKU, l.Owner = p.skus[sku].code, p.skus[sku].owner
			lines[owner] = append(lines[owner], l)
		}
		if err := rows.Close(); err != nil {
			return err
		}
		for _, f := range list {
			f.row.Lines = append([]fulfilmentLine{}, lines[f.id]...)
			p.write(f.row)
		}
		if after = last; p.err != nil {
			return p.err
		}
	}
}

var (
	dumpOwed  = db.NewSQL(`SELECT order_id, line_no, sku_id, quantity, reason, since FROM order_backorder ORDER BY order_id, line_no, sku_id`)
	dumpHolds = db.NewSQL(`SELECT id, order_id, reason, owner, placed_by, placed_at, until, released_at, released_by FROM order_hold ORDER BY id`)
	dumpEvent = db.NewSQL(`SELECT id, at, kind, order_id, subject_id, actor, params FROM event ORDER BY tx, id`)
)

type backorderRow struct {
	Key      string `json:"key"`
	Order    string `json:"order"`
	LineNo   int64  `json:"line_no"`
	SKU      string `json:"sku"`
	Owner    string `json:"owner"`
	Quantity int64  `json:"quantity"`
	Reason   string `json:"reason"`
	Since    string `json:"since"`
}

func (p *dumper) backorders() error {
	return p.each(dumpOwed, func(r *db.Rows) any {
		var owner, sku, since int64
		var x backorderRow
		r.Scan(&owner, &x.LineNo, &sku, &x.Quantity, &x.Reason, &since)
		x.Key, x.Order, x.Since = key(owner, x.LineNo, sku), id.Show(order.Prefix, owner), stamp(since)
		x.SKU, x.Owner = p.skus[sku].code, p.skus[sku].owner
		return x
	})
}

type holdRow struct {
	Key        string `json:"key"`
	ID         string `json:"id"`
	Order      string `json:"order"`
	Reason     string `json:"reason"`
	Owner      string `json:"owner"`
	PlacedBy   string `json:"placed_by"`
	PlacedAt   string `json:"placed_at"`
	Until      string `json:"until"`
	ReleasedAt string `json:"released_at"`
	ReleasedBy string `json:"released_by"`
}

func (p *dumper) holds() error {
	return p.each(dumpHolds, func(r *db.Rows) any {
		var k, owner, placed, until, released int64
		var x holdRow
		r.Scan(&k, &owner, &x.Reason, &x.Owner, &x.PlacedBy, &placed, &until, &released, &x.ReleasedBy)
		x.Key, x.ID, x.Order = key(k), id.Show(order.HoldPrefix, k), id.Show(order.Prefix, owner)
		x.PlacedAt, x.Until, x.ReleasedAt = stamp(placed), stamp(until), stamp(released)
		return x
	})
}

type eventRow struct {
	Key     string          `json:"key"`
	ID      string          `json:"id"`
	At      string          `json:"at"`
	Kind    string          `json:"kind"`
	Order   string          `json:"order"`
	Subject string          `json:"subject"` // raw: what it is depends on the kind
	Actor   string          `json:"actor"`
	Params  json.RawMessage `json:"params"`
}

func (p *dumper) events() error {
	return p.each(dumpEvent, func(r *db.Rows) any {
		var k, at, owner, subject int64
		var params string
		var x eventRow
		r.Scan(&k, &at, &x.Kind, &owner, &subject, &x.Actor, &params)
		x.Key, x.ID, x.At = key(k), id.Show("evt", k), stamp(at)
		if owner != 0 {
			x.Order = id.Show(order.Prefix, owner)
		}
		if subject != 0 {
			x.Subject = key(subject)
		}
		if x.Params = json.RawMessage(params); !json.Valid(x.Params) {
			x.Params, _ = json.Marshal(params) // a broken one is shown as the text it is
		}
		return x
	})
}
