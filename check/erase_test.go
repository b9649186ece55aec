package check

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/packhorse/packhorse/flow"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/db/dbtest"
	"github.com/packhorse/packhorse/order"
)

const marker = "13812345678"

// written puts the person into every place where people write about an order.
func written(o, shipment, fulfilment int64) []string {
	say := func(format string, args ...any) string { return fmt.Sprintf(format, args...) }
	return []string{
		say(`UPDATE order_head SET notes = '{"buyer":"ring %s"}' WHERE id = %d`, marker, o),
		say(`INSERT INTO order_hold (id, order_id, reason, params, owner, placed_by, placed_at, until, released_at, released_by, note) VALUES (801, %d, 'order.hold.manual', '{}', '', 'x', 1, 0, 2, 'x', 'she said %s')`, o, marker),
		say(`INSERT INTO aftersales_case VALUES (701, %d, 'return', 'closed', 'other', 'call %s', 21, 'none', 0, '', '', '', '', 'none', 0, FALSE, 0, 'x', 1, 'x', 1, 1, 1, 0)`, o, marker),
		say(`INSERT INTO aftersales_unit VALUES (702, 701, 0, 1, 11, 'L1', 1, %d, 21, 31, 'C', 'quarantine', 'label says %s', '["%s.jpg"]', 1, 'x', 1, 'x')`, shipment, marker, marker),
		say(`INSERT INTO aftersales_parcel VALUES (704, 21, 'claimed', '', '%s', 'from %s', '["%s"]', 701, 'x', 1, 'x', 1)`, marker[4:], marker, marker),
		say(`INSERT INTO aftersales_refund VALUES (703, %d, 701, 'done', 'manual', 100, 'CNY', 'asked for by %s', 'r', '', 0, 'x', 1, 'x', 1, 1)`, o, marker),
		say(`INSERT INTO notify_message VALUES (705, 'd', 'shipped', 'sms', 'en', %d, 1, 0, '%s', '1*', '{"p":"%s"}', 'sent', '', 'no answer of %s', 1, 1, 1, 1, 1, '')`, o, marker, marker, marker),
		say(`INSERT INTO printing_job VALUES (706, 1, 'label', 'zpl', %d, %d, %d, 'W', 'printed', FALSE, '', 1, 0, 'torn, %s called', '', 'x', 1, 1, 1)`, o, fulfilment, shipment, marker),
	}
}

func TestWhatWasWrittenAboutAnErasedPersonIsInNoTable(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := build(t, d)
		o, s := w.orders["delivered"], w.ships["delivered"]
		do(t, d, func(tx *db.Tx) error {
			for _, statement := range written(o.ID, s, w.works["delivered"].ID) {
				if _, err := tx.Exec(db.NewSQL(statement)); err != nil {
					return fmt.Errorf("%s: %w", statement, err)
				}
			}
			tx.Emit(db.Event{Kind: "aftersales.rejected.v1", Order: o.ID, Params: map[string]any{"note": "\"no\", " + marker, "goods": []map[string]string{{"text": marker}}, "case": "rma_1"}})
			return nil
		})
		if n := strings.Count(strings.Join(standing(t, d), "\n"), "\n") + 1; n < 9 {
			t.Fatalf("the person stands in %d places only: the test looks at little", n)
		}
		do(t, d, func(tx *db.Tx) error {
			found, err := order.ByIDs(tx, []int64{o.ID})
			if err == nil && !found[o.ID].Settled() {
				t.Errorf("the order is not settled: %+v", found[o.ID].Axes)
			}
			return err
		})
		r, err := flow.New(d, nil, nil, nil).Erase(context.Background(), flow.Erasure{Orders: []int64{o.ID}})
		if err != nil || len(r.Orders) != 1 || r.Notes != 7 || r.Messages != 1 {
			t.Fatalf("%+v %v", r, err)
		}
		if left := standing(t, d); len(left) > 0 {
			t.Errorf("the person still stands in %v", left)
		}
		do(t, d, func(tx *db.Tx) error {
			facts, err := tx.Past([]int64{o.ID})
			for _, f := range facts {
				if !json.Valid([]byte(f.Params)) {
					t.Errorf("%s: %s", f.Kind, f.Params)
				}
			}
			return err
		})
	})
}

var (
	textsLite = db.NewSQL(`SELECT m.name, c.name FROM sqlite_master AS m JOIN pragma_table_info(m.name) AS c WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite%' AND c.type = 'TEXT'`)
	textsPg   = db.NewSQL(`SELECT CAST(table_name AS TEXT), CAST(column_name AS TEXT) FROM information_schema.columns WHERE table_schema = current_schema() AND data_type = 'text'`)
)

// standing lists every column of every table in which the person stands.
func standing(t *testing.T, d *db.DB) (places []string) {
	t.Helper()
	err := d.View(t.Context(), func(tx *db.Tx) error {
		columns := textsLite
		if tx.Postgres() {
			columns = textsPg
		}
		all, err := db.All(tx.Query(columns), func(r *db.Rows) (c [2]string) { r.Scan(&c[0], &c[1]); return c })
		if err != nil {
			return err
		}
		if len(all) < 100 {
			t.Fatalf("%d columns of texts: the test looks at little", len(all))
		}
		for _, c := range all {
			var n int64
			if _, err := tx.Query(db.NewSQL(fmt.Sprintf(`SELECT count(*) FROM %s WHERE %s LIKE $1`, c[0], c[1])), "%"+marker[4:]+"%").One(&n); err != nil {
				return fmt.Errorf("%v: %w", c, err)
			}
			if n > 0 {
				places = append(places, c[0]+"."+c[1])
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return places
}
