package check

// picking compares pick tasks with what they are for.
var picking = []probe{
	ask(taskOrphan, "pick_line", `SELECT l.task_id || '/' || l.seq, 'its task ' || l.task_id || ' or its fulfilment ' || l.fulfilment_id || ' does not exist' FROM pick_line l
	  LEFT JOIN pick_task t ON t.id = l.task_id LEFT JOIN order_fulfilment f ON f.id = l.fulfilment_id WHERE t.id IS NULL OR f.id IS NULL`),
	ask(taskLines, "pick_task", `SELECT CAST(t.id AS TEXT), 'it is ' || t.status || ', but none of its lines is open' FROM pick_task t
	  WHERE t.status IN ('ready', 'assigned', 'started') AND NOT EXISTS (SELECT 1 FROM pick_line l WHERE l.task_id = t.id AND l.status = 'open')`),
	ask(taskLines, "pick_line", `SELECT l.task_id || '/' || l.seq, 'it is open, but its task is ' || t.status FROM pick_line l JOIN pick_task t ON t.id = l.task_id
	  WHERE l.status = 'open' AND t.status IN ('done', 'cancelled')`),
	// A line that is picked in part keeps its reservation until it is closed.
	ask(taskLines, "pick_line", `SELECT l.task_id || '/' || l.seq, 'it is open, but no hard reservation of ' || l.quantity || ' units stands at its location' FROM pick_line l
	  LEFT JOIN inventory_reservation r ON r.fulfilment_id = l.fulfilment_id AND r.seq = l.fulfilment_seq AND r.part = l.part
	    AND r.kind = 'hard' AND r.sku_id = l.sku_id AND r.lot = l.lot AND r.location_id = l.location_id AND r.quantity IN (l.quantity, l.quantity - l.picked)
	  WHERE l.status = 'open' AND r.fulfilment_id IS NULL`),
	ask(taskLines, "inventory_reservation", `SELECT r.fulfilment_id || '/' || r.seq || '/' || r.part, 'it is bound to a location, but no open pick line is for it' FROM inventory_reservation r
	  WHERE r.kind = 'hard' AND NOT EXISTS (SELECT 1 FROM pick_line l WHERE l.fulfilment_id = r.fulfilment_id AND l.fulfilment_seq = r.seq AND l.part = r.part AND l.status = 'open')`),
	ask(taskLines, "pick_line", `SELECT l.task_id || '/' || l.seq, 'it is ' || l.status || ', but of ' || l.quantity || ' units ' || l.picked || ' are picked' FROM pick_line l
	  WHERE l.picked < 0 OR l.picked > l.quantity OR (l.status = 'picked' AND l.picked <> l.quantity) OR (l.status = 'short' AND l.picked = l.quantity)`),
}
