package check

import (
	"context"
	"slices"

	"github.com/packhorse/packhorse/internal/db"
)

// probe is a statement that yields the rows that cannot be true: their key and what is wrong with them.
type probe struct {
	class, table string
	sql          *db.SQL
}

func ask(class, table, text string) probe { return probe{class, table, db.NewSQL(text)} }

// dangling finds rows whose column names a row of another table that does not exist.
func dangling(class, table, primary, column, other, where string) probe {
	return ask(class, table, `SELECT `+primary+`, 'there is no row ' || t.`+column+` || ' in `+other+`' FROM `+table+` t
	  WHERE `+where+` NOT EXISTS (SELECT 1 FROM `+other+` o WHERE o.id = t.`+column+`)`)
}

// outside finds states that are not in their table.
func outside(table, primary, column, states string) probe {
	return ask(unknownState, table, `SELECT `+primary+`, '"' || t.`+column+` || '" is none of `+column+`' FROM `+table+` t WHERE t.`+column+` NOT IN (`+states+`)`)
}

const byID = `CAST(t.id AS TEXT)`

var allProbes = slices.Concat(orphans, states, picking, documents, returning, sharing)

// orphans are rows that belong to nothing. What belongs to orders is looked at with the orders.
var orphans = []probe{
	// A promise without an order is one that was asked for directly, by stock and not by order.
	dangling(reservationOrphan, "inventory_reservation", `t.fulfilment_id || '/' || t.seq || '/' || t.part`, "fulfilment_id", "order_fulfilment", "NOT (t.order_id = 0 AND t.kind = 'soft') AND"),
	dangling(reference, "inventory_reservation", `t.fulfilment_id || '/' || t.seq || '/' || t.part`, "node_id", "warehouse_node", ""),
	dangling(reference, "inventory_reservation", `t.fulfilment_id || '/' || t.seq || '/' || t.part`, "sku_id", "catalog_sku", ""),
	dangling(reference, "inventory_reservation", `t.fulfilment_id || '/' || t.seq || '/' || t.part`, "location_id", "warehouse_location", "t.location_id <> 0 AND"),
	dangling(reference, "warehouse_location", byID, "node_id", "warehouse_node", ""),
	dangling(reference, "catalog_barcode", "t.code", "sku_id", "catalog_sku", ""),
	dangling(reference, "catalog_bundle", `t.bundle_id || '/' || t.component_id || '/' || t.valid_from`, "bundle_id", "catalog_sku", ""),
	dangling(reference, "catalog_bundle", `t.bundle_id || '/' || t.component_id || '/' || t.valid_from`, "component_id", "catalog_sku", ""),
	dangling(reference, "inventory_lot", `t.sku_id || '/' || t.lot`, "sku_id", "catalog_sku", ""),
	dangling(reference, "inventory_buffer", `t.channel || '/' || t.sku_id`, "sku_id", "catalog_sku", "t.sku_id <> 0 AND"),
	dangling(reference, "inventory_count", byID, "location_id", "warehouse_location", ""),
	dangling(reference, "inventory_count", byID, "sku_id", "catalog_sku", ""),
	dangling(reference, "wave_wave", byID, "node_id", "warehouse_node", ""),
	dangling(reference, "wave_template", byID, "node_id", "warehouse_node", ""),
	dangling(reference, "wave_trolley", "t.node_id", "node_id", "warehouse_node", ""),
	dangling(reference, "wave_division", "t.wave_id", "wave_id", "wave_wave", ""),
	dangling(reference, "pick_task", byID, "node_id", "warehouse_node", ""),
	ask(reference, "track_scan", `SELECT CAST(t.shipment_id AS TEXT), 'there is no shipment ' || t.shipment_id FROM (SELECT DISTINCT shipment_id FROM track_scan) t
	  WHERE NOT EXISTS (SELECT 1 FROM ship_shipment s WHERE s.id = t.shipment_id)`),
}

var states = []probe{
	outside("warehouse_location", byID, "kind", `'pick', 'reserve', 'stage', 'dock', 'quarantine'`),
	outside("intake_document", byID, "outcome", `'created', 'amended', 'cancelled', 'refused'`),
	outside("inventory_reservation", `t.fulfilment_id || '/' || t.seq || '/' || t.part`, "kind", `'soft', 'hard', 'picked'`),
	outside("inventory_count", byID, "status", `'open', 'counted', 'cancelled'`),
	outside("wave_template", byID, "method", `'discrete', 'batch', 'shape'`),
	outside("pick_task", byID, "status", `'ready', 'assigned', 'started', 'done', 'cancelled'`),
	outside("pick_line", `t.task_id || '/' || t.seq`, "status", `'open', 'picked', 'short', 'cancelled'`),
	outside("pack_carton", "t.code", "kind", `'box', 'mailer'`),
	outside("pack_parcel", byID, "status", `'open', 'packed', 'unpacked'`),
	outside("ship_shipment", byID, "status", `'requested', 'labelled', 'failed', 'voided', 'handed_over', 'closed'`),
	outside("ship_shipment", byID, "tracking", `'pending', 'picked_up', 'in_transit', 'out_for_delivery', 'ready_for_pickup', 'delivered', 'delivery_failed', 'delivery_delayed', 'on_hold', 'return_to_sender', 'cancelled', 'unknown'`),
}

// documents compares the inbox with the orders made of it.
var documents = []probe{
	ask(documentOrphan, "intake_document", `SELECT CAST(t.id AS TEXT), 'there is no order ' || t.order_id || ' of ' || t.channel || ' with number ' || t.external_id FROM intake_document t
	  LEFT JOIN order_head o ON o.id = t.order_id
	  WHERE NOT (t.outcome = 'refused' AND t.order_id = 0) AND (o.id IS NULL OR o.channel <> t.channel OR o.shop <> t.shop OR o.external_no <> t.external_id)`),
	ask(documentOnce, "intake_document", `SELECT CAST(max(t.id) AS TEXT), 'several orders were made of number ' || t.external_id || ' of ' || t.channel FROM intake_document t
	  WHERE t.order_id <> 0 GROUP BY t.channel, t.shop, t.external_id HAVING min(t.order_id) <> max(t.order_id)`),
	ask(documentOnce, "order_head", `SELECT CAST(t.id AS TEXT), 'number ' || t.external_no || ' of ' || t.channel || ' belongs to another order' FROM order_head t
	  WHERE NOT EXISTS (SELECT 1 FROM intake_document d WHERE d.channel = t.channel AND d.shop = t.shop AND d.external_id = t.external_no AND d.order_id = t.id)
	    AND EXISTS (SELECT 1 FROM intake_document d WHERE d.channel = t.channel AND d.shop = t.shop AND d.external_id = t.external_no AND d.order_id <> 0)`),
	ask(eventOrder, "order_head", `SELECT CAST(t.id AS TEXT), 'it came in by a document, but no event tells that it was received' FROM order_head t
	  WHERE NOT EXISTS (SELECT 1 FROM event e WHERE e.order_id = t.id AND e.order_id <> 0 AND e.kind = 'order.received.v1')
	    AND EXISTS (SELECT 1 FROM intake_document d WHERE d.channel = t.channel AND d.shop = t.shop AND d.external_id = t.external_no AND d.order_id = t.id)`),
}

// kept are tables whose rows were all read with their orders, unless some belong to none: only then, when the
// table has more rows than were read, they are looked for one by one.
var kept = []struct {
	read  string // name in Report.Checked
	count *db.SQL
	probe
}{
	{"fulfilment_lines", db.NewSQL(`SELECT count(*) FROM order_fulfilment_line`),
		dangling(fulfilmentState, "order_fulfilment_line", `t.fulfilment_id || '/' || t.seq`, "fulfilment_id", "order_fulfilment", "")},
	{"parcels", db.NewSQL(`SELECT count(*) FROM pack_parcel`), dangling(parcelContent, "pack_parcel", byID, "fulfilment_id", "order_fulfilment", "")},
	{"parcel_lines", db.NewSQL(`SELECT count(*) FROM pack_parcel_line`),
		dangling(parcelContent, "pack_parcel_line", `t.parcel_id || '/' || t.fulfilment_seq || '/' || t.lot`, "parcel_id", "pack_parcel", "")},
}

// strays looks for rows that were not read with any order.
func (r *run) strays(context.Context) error {
	for _, k := range kept {
		var n int64
		if _, err := r.tx.Query(k.count).One(&n); err != nil {
			return err
		}
		if n == r.checked[k.read] {
			continue
		}
		if err := r.probe(k.probe); err != nil {
			return err
		}
	}
	return nil
}

// probes runs them all.
func (r *run) probes(ctx context.Context) error {
	for i, p := range allProbes {
		r.heard("rows", 0.33+0.32*float64(i)/float64(len(allProbes)))
		if err := r.probe(p); err != nil {
			return err
		}
		if err := ctx.Err(); err != nil {
			return err
		}
	}
	return nil
}

func (r *run) probe(p probe) error {
	rows := r.tx.Query(p.sql)
	for rows.Next() {
		var id, message string
		rows.Scan(&id, &message)
		r.found.add(p.class, p.table, id, "%s", message)
	}
	return rows.Close()
}
