package catalog

import "github.com/packhorse/packhorse/internal/db"

const skuColumns = `id, owner, code, title, weight_g, length_mm, width_mm, height_mm,
  fragile, this_side_up, liquid, battery, cost, price, shelf_life_days`

var (
	selSKUs     = db.NewSQL(`SELECT ` + skuColumns + ` FROM catalog_sku WHERE id = ANY($1)`)
	selByCodes  = db.NewSQL(`SELECT ` + skuColumns + ` FROM catalog_sku WHERE code = ANY($1)`)
	lockByCodes = db.NewSQL(`SELECT ` + skuColumns + ` FROM catalog_sku WHERE code = ANY($1) ORDER BY id FOR UPDATE`)
	selPage     = db.NewSQL(`SELECT ` + skuColumns + ` FROM catalog_sku
	  WHERE code >= $1 AND code < $2 AND (owner = $3 OR $3 = '') AND (code, owner) > ($4, $5)
	  ORDER BY code, owner LIMIT $6`)

	selBarcodes   = db.NewSQL(`SELECT code, sku_id, factor FROM catalog_barcode WHERE code = ANY($1)`)
	selBarcodesOf = db.NewSQL(`SELECT code, sku_id, factor FROM catalog_barcode WHERE sku_id = ANY($1)`)
	selHolders    = db.NewSQL(`SELECT b.code, s.owner, s.code FROM catalog_barcode b JOIN catalog_sku s ON s.id = b.sku_id WHERE b.code = ANY($1)`)

	insSKU = db.Insert("catalog_sku", `id bigint, owner text, code text, title text, weight_g bigint, length_mm bigint, width_mm bigint,
	  height_mm bigint, fragile boolean, this_side_up boolean, liquid boolean, battery boolean, cost bigint, price bigint,
	  shelf_life_days bigint, updated_at bigint`)
	setSKU = db.Change("catalog_sku", `id bigint, title text, weight_g bigint, length_mm bigint, width_mm bigint,
	  height_mm bigint, fragile boolean, this_side_up boolean, liquid boolean, battery boolean, cost bigint, price bigint,
	  shelf_life_days bigint, updated_at bigint`, 1,
		`title = x.title, weight_g = x.weight_g, length_mm = x.length_mm, width_mm = x.width_mm, height_mm = x.height_mm,
		 fragile = x.fragile, this_side_up = x.this_side_up, liquid = x.liquid, battery = x.battery, cost = x.cost,
		 price = x.price, shelf_life_days = x.shelf_life_days, updated_at = x.updated_at`, `t.id = x.id`)

	insBarcode = db.Insert("catalog_barcode", "code text, sku_id bigint, factor bigint")
	delBarcode = db.Remove("catalog_barcode", "code text, sku_id bigint", "t.code = x.code AND t.sku_id = x.sku_id")
)

func readSKU(r *db.Rows) (s SKU) {
	r.Scan(&s.ID, &s.Owner, &s.Code, &s.Title, &s.WeightG, &s.LengthMM, &s.WidthMM, &s.HeightMM,
		&s.Fragile, &s.ThisSideUp, &s.Liquid, &s.Battery, &s.Cost, &s.Price, &s.ShelfLifeDays)
	return s
}

func readBarcode(r *db.Rows) (b Barcode) {
	r.Scan(&b.Code, &b.SKU, &b.Factor)
	return b
}

func putNewSKU(tx *db.Tx, s SKU) {
	tx.Forget(codeInMemory, s.Code) // another owner's may have been the only one with this code
	tx.Put(insSKU, s.ID, s.Owner, s.Code, s.Title, s.WeightG, s.LengthMM, s.WidthMM, s.HeightMM,
		s.Fragile, s.ThisSideUp, s.Liquid, s.Battery, s.Cost, s.Price, s.ShelfLifeDays, tx.Micros())
}

func putChangedSKU(tx *db.Tx, s SKU) {
	tx.Forget(inMemory, s.ID)
	tx.Forget(codeInMemory, s.Code)
	tx.Put(setSKU, s.ID, s.Title, s.WeightG, s.LengthMM, s.WidthMM, s.HeightMM,
		s.Fragile, s.ThisSideUp, s.Liquid, s.Battery, s.Cost, s.Price, s.ShelfLifeDays, tx.Micros())
}

// BarcodesOf reads the bar codes of SKUs, each in the order of FormatBarcodes: sorted here, because a
// database may order text by its own language. A SKU without any is missing from the map.
func BarcodesOf(tx *db.Tx, ids []int64) (map[int64][]Barcode, error) {
	list, err := db.All(tx.Query(selBarcodesOf, ids), readBarcode)
	if err != nil {
		return nil, err
	}
	of := make(map[int64][]Barcode, len(ids))
	for _, b := range list {
		of[b.SKU] = append(of[b.SKU], b)
	}
	for _, codes := range of {
		sortBarcodes(codes)
	}
	return of, nil
}
