package check

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"slices"
	"testing"

	"github.com/packhorse/packhorse/internal/clock"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/db/dbtest"
	"github.com/packhorse/packhorse/internal/fault"
)

type row = map[string]any

func dumped(t *testing.T, d *db.DB, kind string) (rows []row) {
	t.Helper()
	var out bytes.Buffer
	if err := Dump(context.Background(), d, kind, &out); err != nil {
		t.Fatal(err)
	}
	for in := bufio.NewScanner(&out); in.Scan(); {
		var r row
		if err := json.Unmarshal(in.Bytes(), &r); err != nil {
			t.Fatalf("%s: %v in %s", kind, err, in.Bytes())
		}
		rows = append(rows, r)
	}
	return rows
}

func number(r row, name string) int64 { return int64(r[name].(float64)) }

// What an outsider computes from the ledger and the reservations is what the balances say.
func TestAnOutsiderCanRecomputeTheBalances(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		build(t, d)
		type at struct{ owner, sku, node any }
		onHand, blocked, reserved := map[at]int64{}, map[at]int64{}, map[at]int64{}
		for _, e := range dumped(t, d, "ledger") {
			for _, s := range []struct {
				prefix string
				sign   int64
			}{{"from", -1}, {"to", 1}} {
				k := at{e["owner"], e["sku"], e[s.prefix+"_node"]}
				if k.node == "" {
					continue
				}
				onHand[k] += s.sign * number(e, "quantity")
				if e[s.prefix+"_quality"] != "good" {
					blocked[k] += s.sign * number(e, "quantity")
				}
			}
		}
		for _, r := range dumped(t, d, "reservations") {
			reserved[at{r["owner"], r["sku"], r["node"]}] += number(r, "quantity")
		}
		balances := dumped(t, d, "balances")
		if len(balances) != 2 || len(onHand) != 2 {
			t.Fatalf("%d balances, %d sums", len(balances), len(onHand))
		}
		for _, b := range balances {
			k := at{b["owner"], b["sku"], b["node"]}
			if number(b, "on_hand") != onHand[k] || number(b, "blocked") != blocked[k] || number(b, "reserved") != reserved[k] {
				t.Errorf("%v: the ledger says %d, %d, %d", b, onHand[k], blocked[k], reserved[k])
			}
		}
	})
}

func TestEveryKindIsDumpedWithCodesAndIds(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := build(t, d)
		for kind, want := range map[string]int{"orders": len(w.orders), "fulfilments": len(w.works), "backorders": 1, "holds": 1, "stock": 7, "shipments": 2} {
			rows := dumped(t, d, kind)
			if len(rows) != want {
				t.Errorf("%d %s, want %d", len(rows), kind, want)
			}
			for _, r := range rows {
				if r["key"] == "" {
					t.Errorf("%s without a key: %v", kind, r)
				}
			}
		}
		for _, kind := range Kinds() {
			if len(dumped(t, d, kind)) == 0 {
				t.Errorf("no %s", kind)
			}
		}
		orders := dumped(t, d, "orders")
		i := slices.IndexFunc(orders, func(r row) bool { return r["external_no"] == "NO-bundle" })
		line := orders[i]["lines"].([]any)[0].(row)
		if line["sku"] != "BOX" || line["mapped"] != true || number(line, "quantity") != 3 || orders[i]["id"].(string)[:4] != "ord_" {
			t.Errorf("the bundle reads %v", orders[i])
		}
		if s := dumped(t, d, "stock"); !slices.ContainsFunc(s, func(r row) bool { return r["location"] == "STAGE" && r["container"].(string)[:4] == "ful_" }) {
			t.Errorf("no goods in a container: %v", s)
		}
	})
}

func TestAnUnknownKindIsRefused(t *testing.T) {
	d := dbtest.Open(t, dbtest.SQLite(t), clock.Fixed(dbtest.Noon))
	if err := Dump(context.Background(), d, "people", &bytes.Buffer{}); fault.Code(err) != "dump.kind" {
		t.Errorf("got %v", err)
	}
}

func TestTheSamplerSeesABrokenBook(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := build(t, d)
		s := NewSampler(d, 1)
		for range 20 {
			if found, err := s.Step(context.Background()); err != nil || len(found) > 0 {
				t.Fatalf("a clean world: %+v, %v", found, err)
			}
		}
		do(t, d, func(tx *db.Tx) error {
			if _, err := tx.Exec(db.NewSQL(`UPDATE inventory_balance SET on_hand = on_hand + 1 WHERE sku_id = 11`)); err != nil {
				return err
			}
			_, err := tx.Exec(db.NewSQL(`UPDATE order_head SET fulfilment = 'waiting' WHERE id = $1`), w.orders["delivered"].ID)
			return err
		})
		seen := map[string]bool{}
		for range 50 {
			found, err := s.Step(context.Background())
			if err != nil {
				t.Fatal(err)
			}
			for _, f := range found {
				seen[f.Class+" "+f.ID] = true
			}
		}
		if !seen[balanceOnHand+" 11/21"] || !seen[orderAxis+" "+key(w.orders["delivered"].ID)] {
			t.Errorf("seen %v", seen)
		}
	})
}
