package inventory

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/packhorse/packhorse/catalog"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/load"
	"github.com/packhorse/packhorse/internal/sheet"
	"github.com/packhorse/packhorse/warehouse"
)

var stockColumns = sheet.Columns{Required: []string{"warehouse", "location", "sku", "quantity"}, Optional: []string{"quality", "lot", "expires_on", "owner"}}

var (
	putLot  = db.Upsert("inventory_lot", "sku_id bigint, lot text, expires_on text", 2, "expires_on = excluded.expires_on")
	selLots = db.NewSQL(`SELECT sku_id, lot, expires_on FROM inventory_lot WHERE sku_id = ANY($1)`)
	selAt   = db.NewSQL(`SELECT location_id, sku_id, lot, quality, on_hand, reserved FROM inventory_stock WHERE container = 0 AND location_id = ANY($1)`)
	lockAt  = db.NewSQL(`SELECT location_id, sku_id, lot, quality, on_hand, reserved FROM inventory_stock WHERE container = 0 AND location_id = ANY($1)
	  ORDER BY sku_id, location_id, lot, quality FOR UPDATE`)
)

// stockKey is what a stock row is known by in files. A row that says no owner has that of the SKU that is meant.
type stockKey struct{ warehouse, location, sku, owner, quality, lot string }

// stockRow is one row of the stock file: what shall stand there.
type stockRow struct {
	stockKey
	expires  string
	quantity int64

	node, locationID, skuID int64 // resolved
	stored, reserved        int64
}

// ImportStock reads a stock file: what stands loose in each location. Each row says how much there shall be;
// the difference to the book is posted, so that the same file changes nothing the second time. The column owner says whose
// goods they are where several owners use one code. Rows that a
// file does not have stay as they are. Fewer than are reserved for picking is refused.
//
// Rejections besides those of sheet: inventory.unknown_node, inventory.unknown_location, inventory.unknown_sku,
// catalog.sku_ambiguous, inventory.quality, inventory.date, inventory.below_reserved, inventory.promised.
func (s *Service) ImportStock(ctx context.Context, r *sheet.Reader, dryRun bool, progress func(done int)) (sheet.Answer, error) {
	if err := r.Expect(stockColumns); err != nil {
		return sheet.Answer{}, err
	}
	f := load.File[stockKey, stockRow]{
		DB: s.db, What: "stock", Event: "stock.imported.v1", Dry: dryRun,
		Read:  stockRowOf,
		Key:   func(w stockRow) stockKey { return w.stockKey },
		Name:  func(w stockRow) string { return w.sku },
		Equal: func(a, b stockRow) bool { return a.quantity == b.quantity && a.expires == b.expires },
		Learn: learnStock,
		Over: func(stored, want stockRow) stockRow {
			if want.expires == "" {
				want.expires = stored.expires
			}
			return want
		},
		Fresh: func(w stockRow) stockRow { return w },
		Store: storeStock,
	}
	return f.Run(ctx, r, progress)
}

// isDate reports whether a text is a day of the calendar as YYYY-MM-DD.
func isDate(text string) bool {
	_, err := time.Parse(time.DateOnly, text)
	return err == nil
}

func stockRowOf(r sheet.Row) (w stockRow, _ *fault.Fault) {
	if f := r.Fault(); f != nil {
		return w, f
	}
	faults := []*fault.Fault{r.Require(stockColumns.Required...)}
	text := func(column string, most int) string {
		v, f := r.Text(column, most)
		faults = append(faults, f)
		return v
	}
	w.warehouse, w.location, w.sku, w.owner = text("warehouse", 64), text("location", 64), text("sku", 128), text("owner", 64)
	w.quality, w.lot, w.expires = cmp.Or(text("quality", 16), Good), text("lot", 64), text("expires_on", 10)
	q, f := r.Int("quantity", 0, maxQuantity)
	w.quantity = q
	faults = append(faults, f)
	if !slices.Contains(Qualities, w.quality) {
		faults = append(faults, fault.Invalidf("quality", "inventory.quality", "%q is none of good, defective, quarantine, missing", w.quality).With("value", w.quality))
	}
	if w.expires != "" && !isDate(w.expires) {
		faults = append(faults, fault.Invalidf("expires_on", "inventory.date", "%q is not a date like 2027-06-30", w.expires).With("value", w.expires))
	}
	if w.expires != "" && w.lot == "" {
		w.lot = w.expires // goods with a date and no lot number are told apart by the date
	}
	return w, fault.Join(faults...)
}

// learnStock resolves the codes of the drafts and reads what stands there.
func learnStock(tx *db.Tx, drafts []stockRow, lock bool) (map[stockKey]stockRow, map[int]*fault.Fault, error) {
	refused, err := resolve(tx, drafts)
	if err != nil {
		return nil, nil, err
	}
	standing, err := standingAt(tx, drafts, lock)
	if err != nil {
		return nil, nil, err
	}
	stored := map[stockKey]stockRow{}
	for i := range drafts {
		d := &drafts[i]
		if refused[i] != nil {
			continue
		}
		have, exists := standing[side{d.locationID, 0, d.skuID, d.lot, d.quality}]
		if !exists {
			if d.quantity == 0 {
				stored[d.stockKey] = *d // nothing there, and nothing shall be
			}
			continue
		}
		d.stored, d.reserved = have.quantity, have.reserved
		if d.quantity < have.reserved {
			refused[i] = fault.Invalidf("quantity", "inventory.below_reserved", "%d are reserved there for picking; the location cannot hold %d", have.reserved, d.quantity).
				With("reserved", have.reserved).With("quantity", d.quantity)
			continue
		}
		was := *d
		was.quantity, was.expires = have.quantity, have.expires
		stored[d.stockKey] = was
	}
	return stored, refused, refusePromised(tx, drafts, refused)
}

// refusePromised refuses rows that would take away what the node has promised to orders.
func refusePromised(tx *db.Tx, drafts []stockRow, refused map[int]*fault.Fault) error {
	var skus []int64
	for i, d := range drafts {
		if refused[i] == nil && d.quality == Good && d.quantity < d.stored {
			skus = append(skus, d.skuID)
		}
	}
	if len(skus) == 0 {
		return nil
	}
	free, err := Available(tx, skus)
	if err != nil {
		return err
	}
	for i, d := range drafts {
		loss, k := d.stored-d.quantity, Key{d.skuID, d.node}
		if refused[i] != nil || d.quality != Good || loss <= 0 {
			continue
		}
		if free[k] < loss {
			refused[i] = fault.Invalidf("quantity", "inventory.promised", "the warehouse has promised all but %d of its stock to orders; %d cannot be taken", free[k], loss).
				With("free", free[k]).With("quantity", loss)
			continue
		}
		free[k] -= loss
	}
	return nil
}

func resolve(tx *db.Tx, drafts []stockRow) (map[int]*fault.Fault, error) {
	nodes, err := warehouse.Nodes(tx)
	if err != nil {
		return nil, err
	}
	nodeID := map[string]int64{}
	for _, n := range nodes {
		nodeID[n.Code] = n.ID
	}
	codes := map[int64][]string{}
	var skuCodes []string
	for _, d := range drafts {
		if n := nodeID[d.warehouse]; n != 0 {
			codes[n] = append(codes[n], d.location)
		}
		skuCodes = append(skuCodes, d.sku)
	}
	locations := map[int64]map[string]warehouse.Location{}
	for n, list := range codes {
		if locations[n], err = warehouse.LocationsByCodes(tx, n, list); err != nil {
			return nil, err
		}
	}
	skus, err := catalog.Bearing(tx, skuCodes)
	if err != nil {
		return nil, err
	}
	refused := map[int]*fault.Fault{}
	for i := range drafts {
		d := &drafts[i]
		d.node = nodeID[d.warehouse]
		d.locationID = locations[d.node][d.location].ID
		sku, unclear := catalog.Choose(skus[d.sku], "sku", d.sku, d.owner)
		d.skuID = sku.ID
		switch {
		case d.node == 0:
			refused[i] = fault.Invalidf("warehouse", "inventory.unknown_node", "there is no warehouse %q", d.warehouse).With("value", d.warehouse)
		case d.locationID == 0:
			refused[i] = fault.Invalidf("location", "inventory.unknown_location", "%s has no location %q", d.warehouse, d.location).With("value", d.location).With("warehouse", d.warehouse)
		case unclear != nil && unclear.Code == "catalog.sku_ambiguous":
			refused[i] = unclear
		case unclear != nil:
			refused[i] = fault.Invalidf("sku", "inventory.unknown_sku", "there is no SKU %q", d.sku).With("value", d.sku)
		default:
			d.owner = sku.Owner
		}
	}
	return refused, nil
}

func standingAt(tx *db.Tx, drafts []stockRow, lock bool) (map[side]stockRow, error) {
	var at, skus []int64
	for _, d := range drafts {
		if d.locationID != 0 && d.skuID != 0 {
			at, skus = append(at, d.locationID), append(skus, d.skuID)
		}
	}
	lots, err := lotDates(tx, skus)
	if err != nil {
		return nil, err
	}
	out := map[side]stockRow{}
	read := selAt
	if lock {
		read = lockAt
	}
	rows := tx.Query(read, at)
	for rows.Next() {
		var k side
		var w stockRow
		rows.Scan(&k.location, &k.sku, &k.lot, &k.quality, &w.quantity, &w.reserved)
		w.expires = lots[lotKey{k.sku, k.lot}]
		out[k] = w
	}
	return out, rows.Close()
}

type lotKey struct {
	sku int64
	lot string
}

func lotDates(tx *db.Tx, skus []int64) (map[lotKey]string, error) {
	out := map[lotKey]string{}
	rows := tx.Query(selLots, skus)
	for rows.Next() {
		var k lotKey
		var expires string
		rows.Scan(&k.sku, &k.lot, &expires)
		out[k] = expires
	}
	return out, rows.Close()
}

// storeStock posts the differences of a whole chunk as one page of the book. What is new must still be new when it is
// written: of two imports at once the second fails on the unique key, is decided again, and finds it there.
func storeStock(tx *db.Tx, created, updated []stockRow) {
	p := newPage(tx)
	for _, w := range created {
		p.at(side{w.locationID, 0, w.skuID, w.lot, w.quality}, w.node).fresh = true
	}
	for _, w := range slices.Concat(created, updated) {
		at := Place{w.node, w.locationID, 0, w.quality}
		if w.expires != "" {
			tx.Put(putLot, w.skuID, w.lot, w.expires)
		}
		m := Move{SKU: w.skuID, Lot: w.lot, Quantity: w.quantity - w.stored, From: Outside(Supplier), To: at, Cause: "import"}
		if m.Quantity < 0 {
			m.Quantity, m.From, m.To = -m.Quantity, at, Outside(Adjustment)
		}
		if m.Quantity > 0 {
			p.entry(m)
		}
	}
	p.write()
}
