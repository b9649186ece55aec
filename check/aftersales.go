package check

// returning compares what came back with what had left, and what was given back with what was paid.
var returning = []probe{
	ask(refundPaid, "order_head", `SELECT CAST(o.id AS TEXT), r.back || ' go back of ' || o.paid_amount || ' that were paid' FROM order_head o
	  JOIN (SELECT order_id, sum(amount) AS back FROM aftersales_refund WHERE status <> 'rejected' GROUP BY order_id) r ON r.order_id = o.id WHERE r.back > o.paid_amount`),
	ask(refundPaid, "order_line", `SELECT l.order_id || '/' || l.no, r.back || ' go back of a line that cost ' || (l.unit_price * l.quantity - l.discount) FROM order_line l
	  JOIN (SELECT f.order_id, x.line_no, sum(x.amount) AS back FROM aftersales_refund f JOIN aftersales_refund_line x ON x.refund_id = f.id
	    WHERE f.status <> 'rejected' GROUP BY f.order_id, x.line_no) r ON r.order_id = l.order_id AND r.line_no = l.no
	  WHERE r.back > l.unit_price * l.quantity - l.discount`),
	ask(refundPaid, "aftersales_refund", `SELECT CAST(t.id AS TEXT), 'it is ' || t.amount || ', its lines are ' || x.amount FROM aftersales_refund t
	  JOIN (SELECT refund_id, sum(amount) AS amount FROM aftersales_refund_line GROUP BY refund_id) x ON x.refund_id = t.id WHERE x.amount <> t.amount`),
	ask(exchangeMoney, "aftersales_case", `SELECT CAST(c.id AS TEXT), 'its order costs ' || h.total || ', owed are ' || c.difference FROM aftersales_case c
	  JOIN order_head h ON h.id = c.replacement_id WHERE c.replacement_id <> 0 AND h.total <> CASE WHEN c.difference > 0 THEN c.difference ELSE 0 END`),
	ask(returnedShipped, "ship_shipment", `SELECT CAST(s.id AS TEXT), e.back || ' units of SKU ' || e.sku_id || ' came back, more than left' FROM ship_shipment s
	  JOIN (SELECT ref, sku_id, sum(quantity) AS back FROM inventory_entry WHERE cause = 'return' GROUP BY ref, sku_id) e ON e.ref = s.id
	  WHERE e.back > (SELECT COALESCE(sum(l.quantity), 0) FROM pack_parcel_line l WHERE l.parcel_id = s.parcel_id AND l.sku_id = e.sku_id)`),
	ask(returnedShipped, "ship_shipment", `SELECT CAST(s.id AS TEXT), u.units || ' units of SKU ' || u.sku_id || ' are in cases, the ledger booked fewer' FROM ship_shipment s
	  JOIN (SELECT shipment_id, sku_id, sum(quantity) AS units FROM aftersales_unit WHERE shipment_id <> 0 GROUP BY shipment_id, sku_id) u ON u.shipment_id = s.id
	  WHERE u.units > (SELECT COALESCE(sum(e.quantity), 0) FROM inventory_entry e WHERE e.cause = 'return' AND e.ref = s.id AND e.sku_id = u.sku_id)`),
	ask(returnedShipped, "aftersales_case", `SELECT CAST(c.id AS TEXT), 'its lines received ' || c.received || ', its units are ' || c.units FROM (
	  SELECT t.id, (SELECT COALESCE(sum(l.received), 0) FROM aftersales_line l WHERE l.case_id = t.id) AS received,
	    (SELECT COALESCE(sum(u.quantity), 0) FROM aftersales_unit u WHERE u.case_id = t.id AND u.case_id <> 0 AND u.line_no <> 0) AS units
	  FROM aftersales_case t) c WHERE c.received <> c.units`),
	ask(restockLedger, "aftersales_unit", `SELECT CAST(t.id AS TEXT), 'it is on a shelf, but no entry of ' || t.quantity || ' units brought it there' FROM aftersales_unit t
	  WHERE t.fate = 'restock' AND NOT EXISTS (SELECT 1 FROM inventory_entry e WHERE e.cause = 'restock' AND e.ref = t.id AND e.sku_id = t.sku_id AND e.lot = t.lot
	    AND e.quantity = t.quantity AND e.to_location = t.location_id AND e.to_quality = 'good')`),
	ask(restockLedger, "inventory_entry", `SELECT CAST(e.id AS TEXT), 'it put unit ' || e.ref || ' on a shelf, which is not restocked' FROM inventory_entry e
	  WHERE e.cause = 'restock' AND NOT EXISTS (SELECT 1 FROM aftersales_unit t WHERE t.id = e.ref AND t.fate = 'restock')`),
	ask(orderAxis, "order_head", `SELECT CAST(o.id AS TEXT), 'after-sale is "' || o.aftersale || '", and it has a case that is not over' FROM aftersales_case c JOIN order_head o ON o.id = c.order_id
	  WHERE c.status IN ('requested', 'approved', 'received', 'inspected') AND o.aftersale <> 'open' GROUP BY o.id, o.aftersale`),
	ask(orderAxis, "order_head", `SELECT CAST(o.id AS TEXT), 'after-sale is open, and no case is' FROM order_head o
	  WHERE o.aftersale = 'open' AND NOT EXISTS (SELECT 1 FROM aftersales_case c WHERE c.order_id = o.id AND c.status IN ('requested', 'approved', 'received', 'inspected'))`),
	dangling(reference, "aftersales_case", byID, "order_id", "order_head", ""),
	dangling(reference, "aftersales_case", byID, "replacement_id", "order_head", "t.replacement_id <> 0 AND"),
	dangling(reference, "aftersales_line", `t.case_id || '/' || t.no`, "case_id", "aftersales_case", ""),
	dangling(reference, "aftersales_unit", byID, "case_id", "aftersales_case", "t.case_id <> 0 AND"),
	dangling(reference, "aftersales_unit", byID, "parcel_id", "aftersales_parcel", "t.parcel_id <> 0 AND"),
	dangling(reference, "aftersales_unit", byID, "sku_id", "catalog_sku", ""),
	dangling(reference, "aftersales_photo", byID, "order_id", "order_head", ""),
	dangling(reference, "aftersales_photo", byID, "case_id", "aftersales_case", "t.case_id <> 0 AND"),
	dangling(reference, "aftersales_refund", byID, "case_id", "aftersales_case", ""),
	dangling(reference, "aftersales_refund_line", `t.refund_id || '/' || t.line_no`, "refund_id", "aftersales_refund", ""),
	outside("aftersales_case", byID, "status", `'requested', 'approved', 'received', 'inspected', 'closed', 'rejected', 'cancelled', 'expired'`),
	outside("aftersales_case", byID, "label", `'none', 'requested', 'booked', 'failed'`),
	outside("aftersales_case", byID, "replacement", `'none', 'due', 'made'`),
	outside("aftersales_unit", byID, "fate", `'waiting', 'refurbish', 'restock', 'quarantine', 'scrap'`),
	outside("aftersales_parcel", byID, "status", `'open', 'claimed'`),
	outside("aftersales_refund", byID, "status", `'requested', 'approved', 'sent', 'failed', 'done', 'rejected'`),
}
