package catalog

import (
	"slices"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
)

// ByIDs reads SKUs by id. An id without a SKU is missing from the map.
func ByIDs(tx *db.Tx, ids []int64) (map[int64]SKU, error) {
	out := make(map[int64]SKU, len(ids))
	var unknown []int64
	for _, key := range ids {
		if s, ok := tx.Recall(inMemory, key); ok {
			out[key] = s.(SKU)
		} else {
			unknown = append(unknown, key)
		}
	}
	if len(unknown) == 0 {
		return out, nil
	}
	list, err := db.All(tx.Query(selSKUs, unknown), readSKU)
	if err != nil {
		return nil, err
	}
	for _, s := range list {
		out[s.ID] = s
		tx.Keep(inMemory, s.ID, s)
	}
	return out, nil
}

// SKUs are kept between transactions: by id, and by code the one that is meant where no owner is said.
const (
	inMemory     = "sku"
	codeInMemory = "sku code"
)

// ByCodes reads SKUs by code where no owner is said: the company's own, or the only one with the code.
// A code that several other owners use is missing from the map, as one that nobody uses:
// whose goods to ship is not to be guessed.
func ByCodes(tx *db.Tx, codes []string) (map[string]SKU, error) {
	out := make(map[string]SKU, len(codes))
	var unknown []string
	for _, code := range codes {
		if s, ok := tx.Recall(codeInMemory, code); ok {
			out[code] = s.(SKU)
		} else {
			unknown = append(unknown, code)
		}
	}
	if len(unknown) == 0 {
		return out, nil
	}
	owned, err := owners(tx, selByCodes, unknown)
	if err != nil {
		return nil, err
	}
	for code, list := range owned {
		if s, ok := choose(list, Self); ok {
			out[code] = s
			tx.Keep(codeInMemory, code, s)
			tx.Keep(inMemory, s.ID, s)
		}
	}
	return out, nil
}

// Bearing reads all the SKUs that bear one of the codes, whoever owns them; Choose finds the one that is meant.
func Bearing(tx *db.Tx, codes []string) (map[string][]SKU, error) {
	return owners(tx, selByCodes, codes)
}

// Choose finds the SKU that is meant by a code: of the owner that is said, or where none is, as ByCodes does. Faults on field:
// catalog.sku_unknown, catalog.sku_ambiguous.
func Choose(bearing []SKU, field, code, owner string) (SKU, *fault.Fault) {
	return pick(map[string][]SKU{code: bearing}, field, code, owner, owner)
}

// owners reads all the SKUs that bear one of the codes, whoever owns them.
func owners(tx *db.Tx, sql *db.SQL, codes []string) (map[string][]SKU, error) {
	list, err := db.All(tx.Query(sql, codes), readSKU)
	if err != nil {
		return nil, err
	}
	out := make(map[string][]SKU, len(list))
	for _, s := range list {
		out[s.Code] = append(out[s.Code], s)
	}
	return out, nil
}

// choose picks among SKUs of one code: the preferred owner's, the company's own, or the only one.
func choose(list []SKU, preferred string) (SKU, bool) {
	for _, owner := range []string{preferred, Self} {
		if i := slices.IndexFunc(list, func(s SKU) bool { return s.Owner == owner }); i >= 0 {
			return list[i], true
		}
	}
	if len(list) == 1 {
		return list[0], true
	}
	return SKU{}, false
}

// ByBarcode finds what a scan stands for: the bar code as it was read, then the same trade item number
// written with more or fewer digits, then a SKU whose code it is, one piece. found is false when it is none of them.
func ByBarcode(tx *db.Tx, code string) (b Barcode, found bool, err error) {
	forms := spellings(code)
	list, err := db.All(tx.Query(selBarcodes, forms), readBarcode)
	if err != nil {
		return Barcode{}, false, err
	}
	for _, form := range forms {
		if i := slices.IndexFunc(list, func(b Barcode) bool { return b.Code == form }); i >= 0 {
			return list[i], true, nil
		}
	}
	skus, err := ByCodes(tx, []string{code})
	if err != nil {
		return Barcode{}, false, err
	}
	s, found := skus[code]
	if !found {
		return Barcode{}, false, nil
	}
	return Barcode{Code: code, SKU: s.ID, Factor: 1}, true, nil
}
