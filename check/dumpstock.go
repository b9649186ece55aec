package check

import (
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/id"
	"github.com/packhorse/packhorse/order"
)

var (
	dumpEntries = db.NewSQL(`SELECT id, at, sku_id, lot, quantity, from_location, from_container, from_quality, to_location, to_container, to_quality, cause, ref
	  FROM inventory_entry ORDER BY id`)
	dumpStock = db.NewSQL(`SELECT location_id, container, sku_id, lot, quality, node_id, on_hand, reserved FROM inventory_stock
	  ORDER BY location_id, container, sku_id, lot, quality`)
	dumpBalances     = db.NewSQL(`SELECT sku_id, node_id, on_hand, reserved, blocked FROM inventory_balance ORDER BY sku_id, node_id`)
	dumpReservations = db.NewSQL(`SELECT fulfilment_id, seq, part, order_id, sku_id, node_id, quantity, kind, location_id, container, lot, since
	  FROM inventory_reservation ORDER BY fulfilment_id, seq, part`)
	dumpShipments = db.NewSQL(`SELECT id, order_id, fulfilment_id, parcel_id, node_id, carrier, service, waybill, status, cost, currency, tracking, reason, late,
	  last_scan_at, promised_by, handed_over_at, delivered_at, created_at, updated_at, with_id FROM ship_shipment ORDER BY id`)
)

type entryRow struct {
	Key           string `json:"key"`
	ID            string `json:"id"`
	At            string `json:"at"`
	SKU           string `json:"sku"`
	Owner         string `json:"owner"`
	Lot           string `json:"lot"`
	Quantity      int64  `json:"quantity"`
	FromNode      string `json:"from_node"`
	FromLocation  string `json:"from_location"`
	FromContainer string `json:"from_container"`
	FromQuality   string `json:"from_quality"`
	ToNode        string `json:"to_node"`
	ToLocation    string `json:"to_location"`
	ToContainer   string `json:"to_container"`
	ToQuality     string `json:"to_quality"`
	Cause         string `json:"cause"`
	Ref           string `json:"ref"` // raw: the fulfilment, shipment, count … that caused it
}

func (p *dumper) ledger() error {
	return p.each(dumpEntries, func(r *db.Rows) any {
		var k, at, sku, from, fromContainer, to, toContainer, ref int64
		var x entryRow
		r.Scan(&k, &at, &sku, &x.Lot, &x.Quantity, &from, &fromContainer, &x.FromQuality, &to, &toContainer, &x.ToQuality, &x.Cause, &ref)
		x.Key, x.ID, x.At = key(k), id.Show("ent", k), stamp(at)
		x.SKU, x.Owner = p.skus[sku].code, p.skus[sku].owner
		x.FromLocation, x.FromNode = p.place(from)
		x.ToLocation, x.ToNode = p.place(to)
		x.FromContainer, x.ToContainer, x.Ref = container(fromContainer), container(toContainer), raw(ref)
		return x
	})
}

// container shows whose goods stand in it: a container has the id of its fulfilment. Loose goods have none.
func container(v int64) string {
	if v == 0 {
		return ""
	}
	return id.Show(order.FulfilmentPrefix, v)
}

func raw(v int64) string {
	if v == 0 {
		return ""
	}
	return key(v)
}

type stockRow struct {
	Key       string `json:"key"`
	Node      string `json:"node"`
	Location  string `json:"location"`
	Container string `json:"container"`
	SKU       string `json:"sku"`
	Owner     string `json:"owner"`
	Lot       string `json:"lot"`
	Quality   string `json:"quality"`
	OnHand    int64  `json:"on_hand"`
	Reserved  int64  `json:"reserved"`
}

func (p *dumper) stock() error {
	return p.each(dumpStock, func(r *db.Rows) any {
		var s side
		var node int64
		var x stockRow
		r.Scan(&s.location, &s.container, &s.sku, &s.lot, &s.quality, &node, &x.OnHand, &x.Reserved)
		x.Key, x.Node, x.Container, x.Lot, x.Quality = s.key(), p.nodes[node], container(s.container), s.lot, s.quality
		x.Location, _ = p.place(s.location)
		x.SKU, x.Owner = p.skus[s.sku].code, p.skus[s.sku].owner
		return x
	})
}

type balanceRow struct {
	Key       string `json:"key"`
	SKU       string `json:"sku"`
	Owner     string `json:"owner"`
	Node      string `json:"node"`
	OnHand    int64  `json:"on_hand"`
	Reserved  int64  `json:"reserved"`
	Blocked   int64  `json:"blocked"`
	Available int64  `json:"available"`
}

func (p *dumper) balances() error {
	return p.each(dumpBalances, func(r *db.Rows) any {
		var sku, node int64
		var x balanceRow
		r.Scan(&sku, &node, &x.OnHand, &x.Reserved, &x.Blocked)
		x.Key, x.SKU, x.Owner, x.Node = key(sku, node), p.skus[sku].code, p.skus[sku].owner, p.nodes[node]
		x.Available = x.OnHand - x.Reserved - x.Blocked
		return x
	})
}

type reservationRow struct {
	Key        string `json:"key"`
	Fulfilment string `json:"fulfilment"`
	Seq        int64  `json:"seq"`
	Part       int64  `json:"part"`
	Order      string `json:"order"`
	SKU        string `json:"sku"`
	Owner      string `json:"owner"`
	Node       string `json:"node"`
	Quantity   int64  `json:"quantity"`
	Kind       string `json:"kind"`
	Location   string `json:"location"`
	Container  string `json:"container"`
	Lot        string `json:"lot"`
	Since      string `json:"since"`
}

func (p *dumper) reservations() error {
	return p.each(dumpReservations, func(r *db.Rows) any {
		var fulfilment, owner, sku, node, location, box, since int64
		var x reservationRow
		r.Scan(&fulfilment, &x.Seq, &x.Part, &owner, &sku, &node, &x.Quantity, &x.Kind, &location, &box, &x.Lot, &since)
		x.Key, x.Fulfilment = key(fulfilment, x.Seq, x.Part), id.Show(order.FulfilmentPrefix, fulfilment)
		if owner != 0 {
			x.Order = id.Show(order.Prefix, owner)
		}
		x.SKU, x.Owner, x.Node, x.Container, x.Since = p.skus[sku].code, p.skus[sku].owner, p.nodes[node], container(box), stamp(since)
		x.Location, _ = p.place(location)
		return x
	})
}

type shipmentRow struct {
	Key          string `json:"key"`
	ID           string `json:"id"`
	Order        string `json:"order"`
	Fulfilment   string `json:"fulfilment"`
	Parcel       string `json:"parcel"`
	Node         string `json:"node"`
	Carrier      string `json:"carrier"`
	Service      string `json:"service"`
	Waybill      string `json:"waybill"`
	Status       string `json:"status"`
	Cost         int64  `json:"cost"`
	Currency     string `json:"currency"`
	Tracking     string `json:"tracking"`
	Reason       string `json:"reason"`
	Late         string `json:"late"`
	LastScanAt   string `json:"last_scan_at"`
	PromisedBy   string `json:"promised_by"`
	HandedOverAt string `json:"handed_over_at"`
	DeliveredAt  string `json:"delivered_at"`
	CreatedAt    string `json:"created_at"`
	UpdatedAt    string `json:"updated_at"`
	With         string `json:"with"` // the shipment of another order whose parcel this one lies in; empty = a parcel of its own
}

func (p *dumper) shipments() error {
	return p.each(dumpShipments, func(r *db.Rows) any {
		var k, owner, fulfilment, parcel, node, scan, promised, over, delivered, created, updated, with int64
		var x shipmentRow
		r.Scan(&k, &owner, &fulfilment, &parcel, &node, &x.Carrier, &x.Service, &x.Waybill, &x.Status, &x.Cost, &x.Currency, &x.Tracking, &x.Reason, &x.Late,
			&scan, &promised, &over, &delivered, &created, &updated, &with)
		x.Key, x.ID, x.Order, x.Fulfilment = key(k), id.Show("shp", k), id.Show(order.Prefix, owner), id.Show(order.FulfilmentPrefix, fulfilment)
		x.Parcel, x.Node = id.Show("prc", parcel), p.nodes[node]
		x.LastScanAt, x.PromisedBy, x.HandedOverAt, x.DeliveredAt = stamp(scan), stamp(promised), stamp(over), stamp(delivered)
		x.CreatedAt, x.UpdatedAt = stamp(created), stamp(updated)
		if with != 0 {
			x.With = id.Show("shp", with)
		}
		return x
	})
}
