package check

import (
	"context"
	"fmt"
	"os"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/packhorse/packhorse/internal/clock"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/db/dbtest"
)

// history writes n delivered orders of two lines (at least a thousand) with everything they leave behind, over a thousand SKUs.
var history = []string{
	`INSERT INTO catalog_sku {orders} SELECT i, 'self', 'S' || i, '', 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0 FROM n WHERE i <= 1000`,
	`INSERT INTO warehouse_node VALUES (1, 'SH', '', 'Asia/Shanghai', 'CN', '', '', '', '', 0, 0, 0, 0, 0, 1, '', 0)`,
	`INSERT INTO warehouse_location {orders} SELECT 10000 + i, 1, 'A', 'L' || i, 'pick', 1, 1, 1, 0, 0, i FROM n WHERE i <= 1000`,
	`INSERT INTO warehouse_location VALUES (9999, 1, 'A', 'STAGE', 'stage', 1, 1, 1, 0, 0, 0)`,
	`INSERT INTO inventory_entry {orders} SELECT i, 0, i, '', 10000000, -1, 0, 'good', 10000 + i, 0, 'good', 'receipt', 0 FROM n WHERE i <= 1000`,
	`INSERT INTO order_head {orders} SELECT i * 1000, 'web', 'main', 'NO' || i, 'normal', 0, 'CNY', 1000, 0, 0, 'paid', 0, 1000, 'card', '{"id":"b17"}',
	  '{"name":"Li *","phone":"138****1234","country":"CN","province":"Shanghai","city":"Shanghai","district":"Pudong","address":"Century Avenue 100"}', 'CN', 'Shanghai', 'Shanghai', 0, 0, 0, 1, 0, '',
	  'passed', 'shipped', 'delivered', 'none', 0, 0 FROM n`,
	`INSERT INTO order_line {lines} SELECT i * 1000, l, sku, 'S' || sku, 'A thing', 1, 0, 500, 0 FROM m`,
	`INSERT INTO order_fulfilment {orders} SELECT i * 1000 + 1, i * 1000, 1, 'shipped', 0, 0, 0, 0, 0 FROM n`,
	`INSERT INTO order_fulfilment_line {lines} SELECT i * 1000 + 1, l, l, sku, 1 FROM m`,
	`INSERT INTO pack_parcel {orders} SELECT i * 1000 + 2, i * 1000, i * 1000 + 1, 1, 1, 'packed', 'M', 1, 1, 1, 1, 1, 'ann', 0, 0 FROM n`,
	`INSERT INTO pack_parcel_line {lines} SELECT i * 1000 + 2, l, sku, '', 1 FROM m`,
	`INSERT INTO ship_shipment {orders} SELECT i * 1000 + 3, i * 1000, i * 1000 + 1, i * 1000 + 2, 1, 'sim', 'std', 'WB' || i, 'closed', 9, 'CNY', 'delivered', '', '', 0, 0, 0, 1, 1, 0, 0, 0 FROM n`,
	`INSERT INTO track_scan {lives} SELECT i * 1000 + 3, l, 'h', 'in_transit', '', '', 'on the way', 'Shanghai', 0 FROM m WHERE l <= 4`,
	`INSERT INTO pick_task {orders} SELECT i * 1000 + 4, 0, 1, 'discrete', '', 'done', 'bob', 1, 1, 0, 0 FROM n`,
	`INSERT INTO pick_line {lines} SELECT i * 1000 + 4, l, i * 1000 + 1, l, 1, sku, '', 10000 + sku, 1, 1, 'picked' FROM m`,
	`INSERT INTO intake_document {orders} SELECT i * 1000 + 5, 'web', 'main', 'NO' || i, 1, 0, 'hash', 'api', 0, i * 1000, 'created', '{"order_no":"' || i || '","text":"' || substr(hex(zeroblob(300)), 1, 500) || '"}' FROM n`,
	`INSERT INTO event {lives} SELECT 0, i * 1000 + 10 + l, 0, CASE l WHEN 1 THEN 'order.received.v1' ELSE 'pick.picked.v1' END, i * 1000, i * 1000 + 1, 'system', '{"lines":2,"node":1,"picker":"bob"}' FROM m`,
	`INSERT INTO inventory_entry {lines} SELECT i * 1000 + 50 + l, 0, sku, '', 1, 10000 + sku, 0, 'good', 9999, i * 1000 + 1, 'good', 'pick', i * 1000 + 1 FROM m`,
	`INSERT INTO inventory_entry {lines} SELECT i * 1000 + 60 + l, 0, sku, '', 1, 9999, i * 1000 + 1, 'good', -2, 0, 'good', 'ship', i * 1000 + 3 FROM m`,
	`INSERT INTO inventory_stock SELECT 10000 + s.id, 0, s.id, '', 'good', 1, 10000000 - COALESCE(u.q, 0), 0 FROM catalog_sku s LEFT JOIN (SELECT sku_id, count(*) AS q FROM order_line GROUP BY sku_id) u ON u.sku_id = s.id`,
	`INSERT INTO inventory_balance SELECT sku_id, node_id, on_hand, 0, 0 FROM inventory_stock`,
}

func fill(b *testing.B, d *db.DB, n int) {
	b.Helper()
	orders := fmt.Sprintf(`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d)`, n)
	with := strings.NewReplacer("{orders}", orders,
		"{lines}", orders+`, m(i, l, sku) AS (SELECT i, l, CASE l WHEN 1 THEN i % 1000 + 1 ELSE (i * 7) % 1000 + 1 END FROM n, (SELECT 1 AS l UNION ALL SELECT 2))`,
		"{lives}", orders+`, m(i, l) AS (SELECT i, l FROM n, (SELECT 1 AS l UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4 UNION ALL SELECT 5 UNION ALL SELECT 6 UNION ALL SELECT 7))`)
	for _, text := range history {
		err := d.Update(context.Background(), func(tx *db.Tx) error { _, err := tx.Exec(db.NewSQL(with.Replace(text))); return err })
		if err != nil {
			b.Fatalf("%v in %.120s", err, text)
		}
	}
}

// BenchmarkProof proves a company with a history: PACKHORSE_BENCH_ORDERS orders, 10,000 if it is not set.
func BenchmarkProof(b *testing.B) {
	n, _ := strconv.Atoi(os.Getenv("PACKHORSE_BENCH_ORDERS"))
	if n == 0 {
		n = 10_000
	}
	d := dbtest.Open(b, dbtest.SQLite(b), clock.Fixed(dbtest.Noon))
	fill(b, d, n)
	b.ResetTimer()
	for range b.N {
		began, part := time.Now(), ""
		report, err := Run(context.Background(), d, Options{Progress: func(p string, done float64) {
			if p != part && testing.Verbose() {
				b.Logf("%6.2fs %4.0f%% %s", time.Since(began).Seconds(), done*100, p)
			}
			part = p
		}})
		if err != nil || !report.Clean {
			b.Fatalf("%v, %+v", err, report.Findings[:min(3, len(report.Findings))])
		}
		b.ReportMetric(float64(n)/time.Since(began).Seconds(), "orders/s")
	}
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	b.ReportMetric(float64(m.HeapSys>>20), "MiB")
}
