package check

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/db/dbtest"
)

func TestACleanWorldIsClean(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		empty, err := Run(context.Background(), d, Options{})
		if err != nil || !empty.Clean {
			t.Fatalf("an empty company: %+v, %v", empty, err)
		}
		build(t, d)
		var parts []string
		last := 0.0
		report, err := Run(context.Background(), d, Options{Progress: func(part string, done float64) {
			if done < last {
				t.Errorf("progress went back from %v to %v at %s", last, done, part)
			}
			last = done
			parts = append(parts, part)
		}})
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range report.Findings {
			t.Errorf("%+v", f)
		}
		if last < 0.999 || len(parts) < 8 {
			t.Errorf("progress ended at %v after %v", last, parts)
		}
		for what, least := range map[string]int64{"orders": 13, "order_lines": 20, "fulfilments": 8, "reservations": 12, "entries": 11, "stock": 5, "balances": 2, "events": 13, "documents": 13, "shipments": 2, "parcels": 3, "holds": 1, "backorders": 1} {
			if report.Checked[what] < least {
				t.Errorf("%d %s checked, there are at least %d", report.Checked[what], what, least)
			}
		}
		raw, _ := json.Marshal(report)
		if !strings.HasPrefix(string(raw), `{"clean":true,"checked":{`) || !strings.HasSuffix(string(raw), `},"findings":[]}`) {
			t.Errorf("the report reads %s", raw)
		}
	})
}

// damage is one broken row: what breaks it, and how it must be named.
type damage struct {
	class, table, id string
	sql              []string
}

func damages(w *world) []damage {
	o := func(name string) int64 { return w.orders[name].ID }
	f := func(name string) int64 { return w.works[name].ID }
	one := func(class, table, id, sql string, args ...any) damage {
		return damage{class, table, id, []string{fmt.Sprintf(sql, args...)}}
	}
	parcel := func(name string) string { return key(w.parcels[name]) }
	shipment := func(name string) string { return key(w.ships[name]) }
	bond := func(a, ofA, b, ofB int64) []string {
		return []string{fmt.Sprintf(`INSERT INTO order_together VALUES (%d, %d, 900, 0, 0, 0, 'x'), (%d, %d, 900, 0, 0, 0, 'x')`, a, ofA, b, ofB)}
	}
	return []damage{
		one(ledgerBalance, "inventory_stock", "31/0/11/L1/good", `UPDATE inventory_stock SET on_hand = on_hand + 1 WHERE location_id = 31 AND sku_id = 11`),
		one(ledgerBalance, "inventory_stock", "31/0/11/L1/good", `UPDATE inventory_entry SET quantity = quantity - 1 WHERE id = (SELECT min(id) FROM inventory_entry WHERE sku_id = 11)`),
		one(ledgerBalance, "inventory_stock", "33/0/12//defective", `DELETE FROM inventory_stock WHERE location_id = 33`),
		one(stockWithoutLedger, "inventory_stock", "34/0/11//good", `INSERT INTO inventory_stock VALUES (34, 0, 11, '', 'good', 21, 7, 0)`),
		one(entrySides, "inventory_entry", "5", `INSERT INTO inventory_entry VALUES (5, 0, 11, '', 1, 31, 0, 'good', 31, 0, 'good', 'move', 0)`),
		one(entrySides, "inventory_entry", "5", `INSERT INTO inventory_entry VALUES (5, 0, 11, '', 1, -1, 0, 'good', -2, 0, 'good', 'move', 0)`),
		one(balanceOnHand, "inventory_balance", "11/21", `UPDATE inventory_balance SET on_hand = on_hand + 1 WHERE sku_id = 11`),
		one(balanceOnHand, "inventory_balance", "12/21", `DELETE FROM inventory_balance WHERE sku_id = 12`),
		one(balanceBlocked, "inventory_balance", "12/21", `UPDATE inventory_balance SET blocked = 4 WHERE sku_id = 12`),
		one(balanceReserved, "inventory_balance", "11/21", `UPDATE inventory_balance SET reserved = reserved - 1 WHERE sku_id = 11`),
		one(stockReserved, "inventory_stock", "31/0/11/L1/good", `UPDATE inventory_stock SET reserved = reserved + 1 WHERE location_id = 31 AND sku_id = 11`),
		one(negative, "inventory_balance", "12/21", `UPDATE inventory_balance SET blocked = -1 WHERE sku_id = 12`),
		one(negative, "inventory_stock", "31/0/12//good", `UPDATE inventory_stock SET reserved = 1000 WHERE location_id = 31 AND sku_id = 12`),
		one(negative, "inventory_entry", "5", `INSERT INTO inventory_entry VALUES (5, 0, 11, '', 0, -1, 0, 'good', 31, 0, 'good', 'move', 0)`),
		one(oversold, "inventory_balance", "11/21", `UPDATE inventory_balance SET reserved = 1000 WHERE sku_id = 11`),
		one(reservationOrphan, "inventory_reservation", "77/1/1", `INSERT INTO inventory_reservation VALUES (77, 1, 1, %d, 11, 21, 1, 'soft', 0, 0, '', 0)`, o("pending")),
		one(reservationOrphan, "inventory_reservation", key(f("shipped"), int64(1), int64(1)), `INSERT INTO inventory_reservation VALUES (%d, 1, 1, %d, 11, 21, 1, 'picked', 32, %d, '', 0)`, f("shipped"), o("shipped"), f("shipped")),
		one(reservationOrphan, "inventory_reservation", key(f("allocated"), int64(1), int64(1)), `UPDATE inventory_reservation SET sku_id = 12 WHERE fulfilment_id = %d AND seq = 1`, f("allocated")),
		one(reservationQuantity, "order_fulfilment_line", key(f("allocated"), int64(1)), `UPDATE inventory_reservation SET quantity = 1 WHERE fulfilment_id = %d AND seq = 1`, f("allocated")),
		one(reservationQuantity, "order_fulfilment_line", key(f("packed"), int64(2)), `DELETE FROM inventory_reservation WHERE fulfilment_id = %d AND seq = 2`, f("packed")),
		one(reservationKind, "inventory_reservation", key(f("picked"), int64(1), int64(1)), `UPDATE inventory_reservation SET kind = 'hard' WHERE fulfilment_id = %d AND seq = 1`, f("picked")),
		one(reservationKind, "inventory_reservation", key(f("allocated"), int64(1), int64(1)), `UPDATE inventory_reservation SET location_id = 31 WHERE fulfilment_id = %d AND seq = 1`, f("allocated")),
		one(orderAxis, "order_head", key(o("allocated")), `UPDATE order_head SET fulfilment = 'waiting' WHERE id = %d`, o("allocated")),
		one(orderAxis, "order_head", key(o("pending")), `UPDATE order_head SET review = 'passed' WHERE id = %d`, o("pending")),
		one(orderAxis, "order_head", key(o("shipped")), `UPDATE order_head SET delivery = 'delivered' WHERE id = %d`, o("shipped")),
		one(orderAxis, "order_head", key(o("delivered")), `UPDATE order_head SET delivery = 'in_transit' WHERE id = %d`, o("delivered")),
		one(orderAxis, "order_head", key(o("shipped")), `UPDATE order_head SET delivery = 'none' WHERE id = %d`, o("shipped")),
		one(orderAxis, "order_head", key(o("waiting")), `UPDATE order_head SET delivery = 'failed' WHERE id = %d`, o("waiting")),
		one(orderAxis, "order_head", key(o("delivered")), `UPDATE order_head SET delivery = 'returned' WHERE id = %d`, o("delivered")),
		one(orderAxis, "order_head", key(o("owed")), `UPDATE order_head SET fulfilment = 'waiting' WHERE id = %d`, o("owed")),
		one(orderLines, "order_line", key(o("allocated"), int64(1)), `UPDATE order_line SET quantity = 3 WHERE order_id = %d AND no = 1`, o("allocated")),
		one(orderLines, "order_line", key(o("owed"), int64(1)), `UPDATE order_backorder SET quantity = 1 WHERE order_id = %d`, o("owed")),
		one(orderLines, "order_line", key(o("bundle"), int64(1)), `UPDATE order_fulfilment_line SET quantity = 5 WHERE fulfilment_id = %d AND seq = 1`, f("bundle")),
		one(orderLines, "order_line", key(o("delivered"), int64(2)), `UPDATE order_line SET sku_id = 11 WHERE order_id = %d AND no = 2`, o("delivered")),
		one(orderTotal, "order_head", key(o("waiting")), `UPDATE order_head SET total = total + 1 WHERE id = %d`, o("waiting")),
		one(backorderOrphan, "order_backorder", "9/1/11", `INSERT INTO order_backorder VALUES (9, 1, 11, 1, 'out_of_stock', 0)`),
		one(backorderOrphan, "order_backorder", key(o("owed"), int64(7), tea), `INSERT INTO order_backorder VALUES (%d, 7, 11, 1, 'out_of_stock', 0)`, o("owed")),
		one(holdState, "order_head", key(o("held")), `UPDATE order_hold SET released_at = 1 WHERE order_id = %d`, o("held")),
		one(holdState, "order_hold", "6", `INSERT INTO order_hold VALUES (6, %d, 'x', '', 'reviewer', 'system', 0, 0, 0, '', '')`, o("shipped")),
		one(fulfilmentState, "order_fulfilment", key(f("picked")), `UPDATE order_fulfilment SET status = 'packed' WHERE id = %d`, f("picked")),
		one(fulfilmentState, "order_fulfilment", key(f("allocated")), `DELETE FROM order_fulfilment_line WHERE fulfilment_id = %d`, f("allocated")),
		one(fulfilmentState, "order_fulfilment_line", key(f("allocated"), int64(1)), `UPDATE order_fulfilment_line SET line_no = 9 WHERE fulfilment_id = %d AND seq = 1`, f("allocated")),
		one(fulfilmentState, "order_fulfilment", key(f("allocated")), `UPDATE order_head SET review = 'rejected' WHERE id = %d`, o("allocated")),
		one(fulfilmentState, "order_fulfilment_line", "8/1", `INSERT INTO order_fulfilment_line VALUES (8, 1, 1, 11, 1)`),
		one(taskOrphan, "pick_line", key(w.tasks["released"], int64(1)), `DELETE FROM pick_task WHERE id = %d`, w.tasks["released"]),
		one(taskLines, "pick_task", key(w.tasks["picked"]), `UPDATE pick_task SET status = 'started' WHERE id = %d`, w.tasks["picked"]),
		one(taskLines, "pick_line", key(w.tasks["released"], int64(1)), `UPDATE pick_task SET status = 'done' WHERE id = %d`, w.tasks["released"]),
		one(taskLines, "pick_line", key(w.tasks["released"], int64(1)), `UPDATE pick_line SET quantity = 3 WHERE task_id = %d AND seq = 1`, w.tasks["released"]),
		one(taskLines, "inventory_reservation", key(f("released"), int64(2), int64(1)), `UPDATE pick_line SET status = 'cancelled' WHERE task_id = %d AND fulfilment_seq = 2`, w.tasks["released"]),
		one(taskLines, "pick_line", key(w.tasks["picked"], int64(1)), `UPDATE pick_line SET picked = 1 WHERE task_id = %d AND seq = 1`, w.tasks["picked"]),
		one(parcelContent, "order_fulfilment_line", key(f("delivered"), int64(1)), `UPDATE pack_parcel_line SET quantity = 1 WHERE parcel_id = %d AND fulfilment_seq = 1`, w.parcels["delivered"]),
		one(parcelContent, "pack_parcel_line", key(w.parcels["packed"], int64(2), ""), `UPDATE pack_parcel_line SET sku_id = 11 WHERE parcel_id = %d AND fulfilment_seq = 2`, w.parcels["packed"]),
		one(parcelContent, "order_fulfilment_line", key(f("packed"), int64(1)), `UPDATE pack_parcel_line SET lot = 'L2' WHERE parcel_id = %d AND fulfilment_seq = 1`, w.parcels["packed"]),
		one(parcelContent, "pack_parcel", "4", `INSERT INTO pack_parcel VALUES (4, 1, 1, 21, 1, 'open', 'M', 0, 0, 0, 0, 0, '', 0, 0)`),
		one(shipmentState, "ship_shipment", key(w.ships["shipped"]), `UPDATE ship_shipment SET waybill = '' WHERE id = %d`, w.ships["shipped"]),
		one(shipmentState, "pack_parcel", key(w.parcels["shipped"]), `UPDATE ship_shipment SET status = 'voided' WHERE id = %d`, w.ships["shipped"]),
		one(shipmentState, "ship_shipment", key(w.ships["shipped"]), `UPDATE ship_shipment SET parcel_id = 3 WHERE id = %d`, w.ships["shipped"]),
		{shipmentState, "ship_shipment", "7", []string{fmt.Sprintf(`INSERT INTO ship_shipment VALUES (7, %d, %d, %d, 21, 'sim', 'std', 'X', 'labelled', 0, 'CNY', 'pending', '', '', 0, 0, 0, 0, 0, 0, 0, 0)`, o("shipped"), f("shipped"), w.parcels["shipped"])}},
		one(stopState, "ship_shipment", key(w.ships["shipped"]), `INSERT INTO order_stop VALUES (%d, %d, %d, 'stop.cancelled', '', 0, 'system', 0, '')`, w.ships["shipped"]+1, o("shipped"), f("shipped")),
		one(stopState, "order_stop", "6", `INSERT INTO order_stop VALUES (6, %d, 99, 'stop.cancelled', '', 0, 'system', 0, '')`, o("shipped")),
		one(eventOrder, "event", "3", `INSERT INTO event VALUES (0, 3, 0, 'order.seen.v1', 99, 0, 'system', '{}')`),
		one(eventOrder, "event", "3", `INSERT INTO event VALUES (0, 3, 0, 'order.seen.v1', %d, 0, 'system', '{}')`, o("waiting")),
		one(eventOrder, "event", "3", `INSERT INTO event VALUES (0, 3, 0, 'order.seen', 0, 0, 'system', '{}')`),
		one(eventOrder, "event", "3", `INSERT INTO event VALUES (900000000000, 3, 0, 'order.seen.v1', 0, 0, 'system', '{}')`),
		one(eventOrder, "order_head", key(o("waiting")), `DELETE FROM event WHERE order_id = %d`, o("waiting")),
		one(documentOrphan, "intake_document", key(w.docs["waiting"]), `UPDATE intake_document SET external_id = 'other' WHERE id = %d`, w.docs["waiting"]),
		one(documentOrphan, "intake_document", key(w.docs["waiting"]), `UPDATE intake_document SET order_id = 99 WHERE id = %d`, w.docs["waiting"]),
		one(documentOnce, "intake_document", "5", `INSERT INTO intake_document VALUES (5, 'web', 'main', 'NO-zz', 1, 0, 'h', 'api', 0, 1, 'created', '{}'), (4, 'web', 'main', 'NO-zz', 2, 0, 'h', 'api', 0, 2, 'created', '{}')`),
		one(documentOnce, "order_head", key(o("waiting")), `UPDATE order_head SET external_no = 'NO-pending' WHERE id = %d`, o("waiting")),
		one(unknownState, "order_head", key(o("waiting")), `UPDATE order_head SET payment = 'promised' WHERE id = %d`, o("waiting")),
		one(unknownState, "order_head", key(o("waiting")), `UPDATE order_head SET kind = 'odd' WHERE id = %d`, o("waiting")),
		one(unknownState, "order_fulfilment", key(f("allocated")), `UPDATE order_fulfilment SET status = 'lost' WHERE id = %d`, f("allocated")),
		one(unknownState, "ship_shipment", key(w.ships["shipped"]), `UPDATE ship_shipment SET tracking = 'flying' WHERE id = %d`, w.ships["shipped"]),
		one(unknownState, "pick_task", key(w.tasks["picked"]), `UPDATE pick_task SET status = 'napping' WHERE id = %d`, w.tasks["picked"]),
		one(unknownState, "inventory_stock", "31/0/12//shiny", `UPDATE inventory_stock SET quality = 'shiny' WHERE location_id = 31 AND sku_id = 12`),
		one(unparsable, "order_head", key(o("waiting")), `UPDATE order_head SET recipient = '{"name":' WHERE id = %d`, o("waiting")),
		one(unparsable, "event", "3", `INSERT INTO event VALUES (0, 3, 0, 'order.seen.v1', 0, 0, 'system', 'gone')`),
		one(unparsable, "intake_document", key(w.docs["waiting"]), `UPDATE intake_document SET body = '' WHERE id = %d`, w.docs["waiting"]),
		one(together, "order_together", key(f("picked")), `INSERT INTO order_together VALUES (%d, %d, 900, 0, 0, 0, 'x')`, f("picked"), o("picked")),
		one(together, "order_together", "7", `INSERT INTO order_together VALUES (7, 8, 900, 0, 0, 0, 'x')`),
		{together, "order_together", key(f("picked")), append(bond(f("picked"), o("picked"), f("released"), o("released")),
			fmt.Sprintf(`UPDATE order_fulfilment SET node_id = 22 WHERE id = %d`, f("released")))},
		{together, "order_together", key(f("picked")), append(bond(f("picked"), o("picked"), f("released"), o("released")),
			fmt.Sprintf(`UPDATE order_fulfilment SET status = 'cancelled' WHERE id = %d`, f("picked")))},
		one(together, "pack_parcel", parcel("packed"), `UPDATE pack_parcel SET inside_id = 77, weight_g = 0, carton = '' WHERE fulfilment_id = %d`, f("packed")),
		one(together, "pack_parcel", parcel("shipped"), `UPDATE pack_parcel SET inside_id = (SELECT id FROM pack_parcel WHERE fulfilment_id = %d), weight_g = 5 WHERE fulfilment_id = %d`, f("delivered"), f("shipped")),
		one(together, "ship_shipment", shipment("shipped"), `UPDATE pack_parcel SET inside_id = (SELECT id FROM pack_parcel WHERE fulfilment_id = %d), weight_g = 0, carton = '' WHERE fulfilment_id = %d`, f("delivered"), f("shipped")),
		one(together, "ship_shipment", shipment("shipped"), `UPDATE ship_shipment SET with_id = (SELECT id FROM ship_shipment WHERE fulfilment_id = %d) WHERE fulfilment_id = %d`, f("delivered"), f("shipped")),
		one(together, "ship_shipment", shipment("shipped"), `UPDATE ship_shipment SET with_id = (SELECT id FROM ship_shipment WHERE fulfilment_id = %d), status = 'voided' WHERE fulfilment_id = %d`, f("delivered"), f("shipped")),
		one(together, "ship_shipment", shipment("shipped"), `UPDATE ship_shipment SET with_id = (SELECT id FROM ship_shipment WHERE fulfilment_id = %d), cost = 7 WHERE fulfilment_id = %d`, f("delivered"), f("shipped")),
		{together, "pack_parcel", parcel("shipped"), []string{
			fmt.Sprintf(`UPDATE pack_parcel SET inside_id = (SELECT id FROM pack_parcel WHERE fulfilment_id = %d), weight_g = 0, carton = '' WHERE fulfilment_id = %d`, f("delivered"), f("shipped")),
			fmt.Sprintf(`UPDATE order_head SET recipient = '{"name":"A","phone":"13812345678","address":"文三路 1 号"}' WHERE id = %d`, o("shipped")),
			fmt.Sprintf(`UPDATE order_head SET recipient = '{"name":"A","phone":"13812345678","address":"文二路 2 号"}' WHERE id = %d`, o("delivered"))}},
		one(queueRank, "order_head", key(o("waiting")), `UPDATE order_head SET priority = 7 WHERE id = %d`, o("waiting")),
		one(queueRank, "order_head", key(o("waiting")), `UPDATE order_head SET fine_rank = fine_rank - 1 WHERE id = %d`, o("waiting")),
		one(queueRank, "order_head", key(o("pending")), `UPDATE order_head SET weigh_at = 1 WHERE id = %d`, o("pending")),
		one(queueRank, "order_fulfilment", key(f("picked")), `UPDATE order_fulfilment SET due_rank = 5 WHERE id = %d`, f("picked")),
		one(reference, "order_line", key(o("waiting"), int64(1)), `UPDATE order_line SET sku_id = 99 WHERE order_id = %d`, o("waiting")),
		one(reference, "order_line", "9/1", `INSERT INTO order_line VALUES (9, 1, 11, 'TEA', '', 1, 0, 1, 0)`),
		one(reference, "order_fulfilment", key(f("allocated")), `DELETE FROM warehouse_node WHERE id = 21`),
		one(reference, "inventory_stock", "31/0/11/L1/good", `UPDATE inventory_stock SET node_id = 22 WHERE location_id = 31 AND sku_id = 11`),
		one(reference, "inventory_entry", "5", `INSERT INTO inventory_entry VALUES (5, 0, 99, '', 1, 77, 0, 'good', -2, 0, 'good', 'move', 0)`),
		one(reference, "inventory_balance", "99/21", `INSERT INTO inventory_balance VALUES (99, 21, 0, 0, 0)`),
		one(reference, "catalog_bundle", "13/99/0", `INSERT INTO catalog_bundle VALUES (13, 99, 1, 0, 0)`),
	}
}

var (
	// A corruption must not fail on the constraints that keep it out: they are lifted in its own transaction.
	liftLite     = db.NewSQL(`PRAGMA ignore_check_constraints = ON`)
	liftPostgres = db.NewSQL(`DO $do$ DECLARE c record; BEGIN
	  FOR c IN SELECT conrelid::regclass AS rel, conname FROM pg_constraint WHERE contype = 'c' AND connamespace = current_schema()::regnamespace
	  LOOP EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', c.rel, c.conname); END LOOP; END $do$`)
	errTakeBack = errors.New("take it back")
)

// corrupted proves the books with the statements applied, and takes them back.
func corrupted(t *testing.T, d *db.DB, statements []string) (found Report) {
	t.Helper()
	err := d.Update(context.Background(), func(tx *db.Tx) error {
		lift := liftLite
		if tx.Postgres() {
			lift = liftPostgres
		}
		if _, err := tx.Exec(lift); err != nil {
			return err
		}
		for _, s := range statements {
			if n, err := tx.Exec(db.NewSQL(s)); err != nil || n == 0 {
				return fmt.Errorf("%s touched %d rows: %w", s, n, err)
			}
		}
		var all []*run
		for _, l := range lanes {
			r := newRun(func(string, float64) {})
			if err := r.prove(context.Background(), tx, l); err != nil {
				return err
			}
			all = append(all, r)
		}
		found = report(all, nil)
		return errTakeBack
	})
	if !errors.Is(err, errTakeBack) {
		t.Fatal(err)
	}
	return found
}

func TestEveryBrokenRowIsNamed(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := build(t, d)
		proven := map[string]bool{}
		for _, x := range append(damages(w), returnDamages(w)...) {
			proven[x.class] = true
			report := corrupted(t, d, x.sql)
			if report.Clean || !slices.ContainsFunc(report.Findings, func(f Finding) bool { return f.Class == x.class && f.Table == x.table && f.ID == x.id }) {
				t.Errorf("%s: want %s in %s of %s, got %+v", x.sql[0], x.id, x.table, x.class, report.Findings)
			}
		}
		for _, c := range Classes() {
			if !proven[c.Name] {
				t.Errorf("no test breaks %s", c.Name)
			}
		}
		if report, err := Run(context.Background(), d, Options{}); err != nil || !report.Clean {
			t.Errorf("after all was taken back: %+v, %v", report, err)
		}
	})
}

func TestTheFirstEntryThatCannotBeTrueIsNamed(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		build(t, d)
		var pick int64
		do(t, d, func(tx *db.Tx) error {
			_, err := tx.Query(db.NewSQL(`SELECT min(id) FROM inventory_entry WHERE cause = 'pick' AND sku_id = 11`)).One(&pick)
			return err
		})
		report := corrupted(t, d, []string{`DELETE FROM inventory_entry WHERE sku_id = 11 AND cause = 'receipt'`})
		i := slices.IndexFunc(report.Findings, func(f Finding) bool { return f.Class == ledgerBalance && f.ID == "31/0/11/L1/good" })
		if i < 0 || !strings.Contains(report.Findings[i].Message, fmt.Sprint(pick)) {
			t.Errorf("want entry %d named, got %+v", pick, report.Findings)
		}
	})
}

func TestOnlyTheFirstThousandFindingsOfAClassAreListed(t *testing.T) {
	f := newFindings()
	for i := range int64(perClass + 5) {
		f.add(negative, "t", key(i), "below zero")
	}
	list := f.sorted()
	if len(list) != perClass+1 || !slices.ContainsFunc(list, func(x Finding) bool { return strings.Contains(x.Message, "1005 findings") }) {
		t.Errorf("%d findings", len(list))
	}
}
