package db

import (
	"context"
	"fmt"
)

// numbered are the migrations of the time when a database held only how many it had. The number n stands for the first n.
var numbered = map[Kind][]string{
	Company: {
		"0001_ground", "0002_channels", "0003_printing", "0004_carriers", "0005_notify", "0006_aftersales", "0007_access", "0008_search", "0009_traces",
		"0010_queues", "0011_shops", "0012_search", "0013_events", "0014_exchange", "0016_wave_method", "0017_parcels", "0018_review_claim",
		"0021_stock_reads", "0022_wave_batches", "0023_allocation_plan", "0024_savings", "0025_export_jobs", "0026_settings", "0027_by_hand",
		"0028_return_photos", "0029_bulk", "0031_carrier_logins", "0036_order_finding", "0037_together",
	},
	Directory: {"0001_companies", "0002_rights", "0003_roles"},
}

// Numbered lists the migrations that such a number stands for; more than there were is a program between then and now.
func Numbered(k Kind, n int64) ([]string, error) {
	if n < 0 || n > int64(len(numbered[k])) {
		return nil, fmt.Errorf("the data has schema version %d, this program knows %d: use the newer program, or restore a back-up", n, len(numbered[k]))
	}
	return numbered[k][:n], nil
}

var (
	selNumberTable  = NewSQL(`SELECT count(*) FROM information_schema.tables WHERE table_schema = current_schema() AND table_name = 'schema_version'`)
	liteNumberTable = NewSQL(`SELECT count(*) FROM sqlite_schema WHERE name = 'schema_version'`)
	selNumber       = NewSQL(`SELECT COALESCE(max(version), 0) FROM schema_version`)
)

// rename writes the names of the migrations of a database that has their number, in place of it.
func (d *DB) rename(ctx context.Context) error {
	var there, number int64
	err := d.View(ctx, func(tx *Tx) error {
		ask := liteNumberTable
		if d.Postgres() {
			ask = selNumberTable
		}
		if _, err := tx.Query(ask).One(&there); err != nil || there == 0 {
			return err
		}
		_, err := tx.Query(selNumber).One(&number)
		return err
	})
	if err != nil || there == 0 {
		return err
	}
	names, err := Numbered(d.opts.Kind, number)
	if err != nil {
		return err
	}
	text := "DROP TABLE schema_version;"
	for _, name := range names {
		text += d.note(name)
	}
	return d.atOnce(ctx, text)
}
