package check

import "fmt"

// returnDamages are what can be wrong with goods and money that go back: each begins with a case of the delivered
// order that is as it should be, but for one thing.
func returnDamages(w *world) []damage {
	o, s := w.orders["delivered"].ID, w.ships["delivered"]
	aCase := fmt.Sprintf(`INSERT INTO aftersales_case VALUES (701, %d, 'return', 'closed', 'other', '', 21, 'none', 0, '', '', '', '', 'none', 0, FALSE, 0, 'x', 1, 'x', 1, 1, 1, 0)`, o)
	closed := fmt.Sprintf(`UPDATE order_head SET aftersale = 'closed', paid_amount = 1000 WHERE id = %d`, o)
	line := `INSERT INTO aftersales_line VALUES (701, 1, 1, 11, 1, 1, '')`
	unit := fmt.Sprintf(`INSERT INTO aftersales_unit VALUES (702, 701, 0, 1, 11, 'L1', 1, %d, 21, 31, 'A', 'restock', '', '[]', 1, 'x', 1, 'x')`, s)
	back := fmt.Sprintf(`INSERT INTO inventory_entry VALUES (5, 0, 11, 'L1', 1, -2, 0, 'good', 33, 0, 'quarantine', 'return', %d)`, s)
	shelved := `INSERT INTO inventory_entry VALUES (6, 0, 11, 'L1', 1, 33, 0, 'quarantine', 31, 0, 'good', 'restock', 702)`
	refund := func(amount, lines int64) []string {
		return []string{fmt.Sprintf(`INSERT INTO aftersales_refund VALUES (703, %d, 701, 'done', 'manual', %d, 'CNY', 'other', 'r', '', 0, 'x', 1, 'x', 1, 1)`, o, amount),
			fmt.Sprintf(`INSERT INTO aftersales_refund_line VALUES (703, 2, %d)`, lines)}
	}
	all := func(statements ...string) []string {
		return append([]string{closed, aCase, line, unit, back, shelved}, statements...)
	}
	return []damage{
		{refundPaid, "order_head", key(o), all(refund(1001, 1001)...)},
		{refundPaid, "order_line", key(o, int64(2)), all(refund(501, 501)...)},
		{refundPaid, "aftersales_refund", "703", all(refund(400, 399)...)},
		{returnedShipped, "ship_shipment", key(s), all(fmt.Sprintf(`INSERT INTO inventory_entry VALUES (7, 0, 11, 'L1', 9, -2, 0, 'good', 33, 0, 'quarantine', 'return', %d)`, s))},
		{returnedShipped, "ship_shipment", key(s), all(`DELETE FROM inventory_entry WHERE id = 5`)},
		{exchangeMoney, "aftersales_case", "701", all(fmt.Sprintf(`UPDATE aftersales_case SET replacement_id = %d, replacement = 'made', difference = 5 WHERE id = 701`, o))},
		{returnedShipped, "aftersales_case", "701", all(`UPDATE aftersales_line SET received = 2 WHERE case_id = 701`)},
		{restockLedger, "aftersales_unit", "702", all(`DELETE FROM inventory_entry WHERE id = 6`)},
		{restockLedger, "aftersales_unit", "702", all(`UPDATE aftersales_unit SET quantity = 2 WHERE id = 702`)},
		{restockLedger, "inventory_entry", "6", all(`UPDATE aftersales_unit SET fate = 'scrap' WHERE id = 702`)},
		{orderAxis, "order_head", key(o), all(`UPDATE aftersales_case SET status = 'inspected' WHERE id = 701`)},
		{orderAxis, "order_head", key(w.orders["shipped"].ID), []string{fmt.Sprintf(`UPDATE order_head SET aftersale = 'open' WHERE id = %d`, w.orders["shipped"].ID)}},
		{reference, "aftersales_case", "701", all(`UPDATE aftersales_case SET order_id = 9 WHERE id = 701`)},
		{reference, "aftersales_unit", "702", all(`UPDATE aftersales_unit SET parcel_id = 9 WHERE id = 702`)},
		{reference, "aftersales_refund", "703", all(append(refund(400, 400), `UPDATE aftersales_refund SET case_id = 9 WHERE id = 703`)...)},
		{reference, "aftersales_photo", "705", all(`INSERT INTO aftersales_photo VALUES (705, 9, 701, 1, 1, 1, 's', '', '', 0)`)},
		{reference, "aftersales_photo", "705", all(fmt.Sprintf(`INSERT INTO aftersales_photo VALUES (705, %d, 9, 1, 1, 1, 's', '', '', 0)`, o))},
		{unknownState, "aftersales_case", "701", all(`UPDATE aftersales_case SET status = 'lost' WHERE id = 701`)},
		{unknownState, "aftersales_refund", "703", all(append(refund(400, 400), `UPDATE aftersales_refund SET status = 'gone' WHERE id = 703`)...)},
	}
}
