package inventory_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/packhorse/packhorse/catalog"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/sheet"
	"github.com/packhorse/packhorse/inventory"
	"github.com/packhorse/packhorse/warehouse"
)

var ctx = context.Background()

// world is two nodes with a few bins, three SKUs, and what a test remembers of them.
type world struct {
	t     testing.TB
	d     *db.DB
	s     *inventory.Service
	nodes []warehouse.Node
	skus  []int64
	bins  map[int64][]int64 // node → pick and reserve locations
	quar  map[int64]int64
	stage map[int64]int64
	next  int64
	live  map[int64][]inventory.Demand
}

func table(t testing.TB, text string) *sheet.Reader {
	t.Helper()
	r, err := sheet.Open("t.csv", strings.NewReader(text), int64(len(text)), sheet.DefaultLimits())
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func imported(t testing.TB, a sheet.Answer, err error) sheet.Answer {
	t.Helper()
	if err != nil || len(a.Rejected) > 0 {
		t.Fatal(err, a.Rejected)
	}
	return a
}

const stockFile = "warehouse,location,sku,quality,lot,expires_on,quantity\n" +
	"N1,A1,S1,good,,,40\nN1,A2,S1,good,,,10\nN1,R1,S1,good,,,50\nN1,A2,S2,good,L1,2027-01-01,20\nN1,A1,S2,good,L2,2026-06-01,5\n" +
	"N2,A1,S1,good,,,30\nN2,A1,S2,defective,,,7\nN2,A2,S3,good,,,60\n"

func newWorld(t testing.TB, d *db.DB) *world {
	t.Helper()
	w := &world{t: t, d: d, s: inventory.New(d), bins: map[int64][]int64{}, quar: map[int64]int64{}, stage: map[int64]int64{}, live: map[int64][]inventory.Demand{}}
	wh, cat := warehouse.New(d, "CNY"), catalog.New(d, "CNY")
	a, err := wh.ImportWarehouses(ctx, table(t, "code,name,timezone,country,province,city,lat,lng\nN1,One,Asia/Shanghai,CN,浙江省,嘉兴市,30.7,120.7\nN2,Two,Asia/Shanghai,CN,广东省,东莞市,23,113.7\n"), false, nil)
	imported(t, a, err)
	a, err = wh.ImportLocations(ctx, table(t, "warehouse,location,kind,pick_seq\nN1,A1,pick,1\nN1,A2,pick,2\nN1,R1,reserve,9\nN2,A1,pick,1\nN2,A2,pick,2\n"), false, nil)
	imported(t, a, err)
	a, err = cat.ImportSKUs(ctx, table(t, "sku,title\nS1,one\nS2,two\nS3,three\n"), false, nil)
	imported(t, a, err)
	a, err = w.s.ImportStock(ctx, table(t, stockFile), false, nil)
	imported(t, a, err)
	err = d.Update(ctx, func(tx *db.Tx) error {
		var err error
		if w.nodes, err = warehouse.Nodes(tx); err != nil {
			return err
		}
		for _, n := range w.nodes {
			found, err := warehouse.LocationsByCodes(tx, n.ID, []string{"A1", "A2", "R1"})
			if err != nil {
				return err
			}
			for _, code := range []string{"A1", "A2", "R1"} {
				if l, ok := found[code]; ok {
					w.bins[n.ID] = append(w.bins[n.ID], l.ID)
				}
			}
			q, err := warehouse.Quarantine(tx, n.ID)
			if err != nil {
				return err
			}
			s, err := warehouse.Stage(tx, n.ID)
			if err != nil {
				return err
			}
			w.quar[n.ID], w.stage[n.ID] = q.ID, s.ID
		}
		skus, err := catalog.ByCodes(tx, []string{"S1", "S2", "S3"})
		w.skus = []int64{skus["S1"].ID, skus["S2"].ID, skus["S3"].ID}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return w
}

var (
	sumBook = db.NewSQL(`SELECT location, container, sku_id, lot, quality, CAST(sum(q) AS BIGINT) FROM (
	  SELECT to_location AS location, to_container AS container, sku_id, lot, to_quality AS quality, quantity AS q FROM inventory_entry WHERE to_location > 0
	  UNION ALL SELECT from_location, from_container, sku_id, lot, from_quality, -quantity FROM inventory_entry WHERE from_location > 0) e
	  GROUP BY location, container, sku_id, lot, quality ORDER BY 1, 2, 3, 4, 5`)
	allStock    = db.NewSQL(`SELECT location_id, container, sku_id, lot, quality, on_hand, reserved, node_id FROM inventory_stock`)
	allBalances = db.NewSQL(`SELECT sku_id, node_id, on_hand, reserved, blocked FROM inventory_balance`)
	allReserved = db.NewSQL(`SELECT sku_id, node_id, location_id, container, lot, quantity, kind FROM inventory_reservation`)
)

// prove recomputes every figure from the ledger and the reservations, independently of the code under test.
func (w *world) prove() error {
	type side struct {
		location, container, sku int64
		lot, quality             string
	}
	type key struct{ sku, node int64 }
	return w.d.View(ctx, func(tx *db.Tx) error {
		ledger, held, onHand, blocked, promised := map[side]int64{}, map[side]int64{}, map[key]int64{}, map[key]int64{}, map[key]int64{}
		rows := tx.Query(sumBook)
		for rows.Next() {
			var s side
			var q int64
			rows.Scan(&s.location, &s.container, &s.sku, &s.lot, &s.quality, &q)
			if q < 0 {
				return fmt.Errorf("the ledger of %+v is %d", s, q)
			}
			ledger[s] = q
		}
		if err := rows.Close(); err != nil {
			return err
		}
		rows = tx.Query(allReserved)
		for rows.Next() {
			var k key
			var s side
			var q int64
			var kind string
			rows.Scan(&k.sku, &k.node, &s.location, &s.container, &s.lot, &q, &kind)
			promised[k] += q
			if kind != inventory.Soft {
				s.sku, s.quality = k.sku, inventory.Good
				held[s] += q
			}
		}
		if err := rows.Close(); err != nil {
			return err
		}
		rows = tx.Query(allStock)
		for rows.Next() {
			var s side
			var q, r, node int64
			rows.Scan(&s.location, &s.container, &s.sku, &s.lot, &s.quality, &q, &r, &node)
			if ledger[s] != q || held[s] != r || r > q {
				return fmt.Errorf("%+v holds %d (ledger %d), reserved %d (reservations %d)", s, q, ledger[s], r, held[s])
			}
			delete(ledger, s)
			delete(held, s)
			onHand[key{s.sku, node}] += q
			if s.quality != inventory.Good {
				blocked[key{s.sku, node}] += q
			}
		}
		if err := rows.Close(); err != nil {
			return err
		}
		for s, q := range ledger {
			if q != 0 {
				return fmt.Errorf("%+v should hold %d and has no row", s, q)
			}
		}
		if len(held) > 0 {
			return fmt.Errorf("reservations of nothing: %v", held)
		}
		rows = tx.Query(allBalances)
		for rows.Next() {
			var k key
			var h, r, b int64
			rows.Scan(&k.sku, &k.node, &h, &r, &b)
			if h != onHand[k] || r != promised[k] || b != blocked[k] || r > h-b {
				return fmt.Errorf("balance %+v: on hand %d (%d), reserved %d (%d), blocked %d (%d)", k, h, onHand[k], r, promised[k], b, blocked[k])
			}
			delete(onHand, k)
		}
		for k, q := range onHand {
			if q != 0 {
				return fmt.Errorf("%+v stands there without a balance: %d", k, q)
			}
		}
		return rows.Close()
	})
}
