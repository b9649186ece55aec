package catalog

import (
	"slices"

	"github.com/packhorse/packhorse/internal/db"
)

// learn reads what the decision about drafts needs, for all of them at once. Only a transaction that
// will write locks the SKUs.
func learn(tx *db.Tx, drafts []draft, lock bool) (known, error) {
	k := known{stored: map[key]Entry{}, holders: map[string]key{}}
	codes, spelled := make([]string, 0, len(drafts)), []string(nil)
	for _, d := range drafts {
		codes = append(codes, d.entry.SKU.Code)
		for _, b := range d.entry.Barcodes {
			spelled = append(spelled, spellings(b.Code)...)
		}
	}
	sql := selByCodes
	if lock {
		sql = lockByCodes
	}
	list, err := db.All(tx.Query(sql, codes), readSKU)
	if err != nil {
		return k, err
	}
	entries, err := withBarcodes(tx, list)
	if err != nil {
		return k, err
	}
	for _, e := range entries {
		k.stored[e.SKU.key()] = e
	}
	if len(spelled) == 0 {
		return k, nil
	}
	rows := tx.Query(selHolders, spelled)
	for rows.Next() {
		var code string
		var at key
		rows.Scan(&code, &at.owner, &at.code)
		k.holders[canonical(code)] = at
	}
	return k, rows.Close()
}

func withBarcodes(tx *db.Tx, list []SKU) ([]Entry, error) {
	ids := make([]int64, len(list))
	for i, s := range list {
		ids[i] = s.ID
	}
	codes, err := BarcodesOf(tx, ids)
	if err != nil {
		return nil, err
	}
	out := make([]Entry, len(list))
	for i, s := range list {
		out[i] = Entry{SKU: s, Barcodes: codes[s.ID]}
	}
	return out, nil
}

// write puts plans into the transaction. Bar codes are taken away before any is given, because one may
// pass from a SKU to another.
func write(tx *db.Tx, plans []plan) {
	for i := range plans {
		p := &plans[i]
		p.want.SKU.ID = p.had.SKU.ID
		if p.fresh {
			p.want.SKU.ID = tx.NewID()
		}
		for _, b := range p.had.Barcodes {
			if !p.want.has(b) {
				tx.Put(delBarcode, b.Code, b.SKU)
			}
		}
	}
	for i := range plans {
		p := &plans[i]
		switch s := p.want.SKU; {
		case p.fresh:
			putNewSKU(tx, s)
		case s != p.had.SKU:
			putChangedSKU(tx, s)
		}
		for j, b := range p.want.Barcodes {
			p.want.Barcodes[j].SKU = p.want.SKU.ID
			if !p.had.has(b) {
				tx.Put(insBarcode, b.Code, p.want.SKU.ID, b.Factor)
			}
		}
	}
}

// has reports whether an entry is scanned under exactly this code with this factor.
func (e Entry) has(b Barcode) bool {
	return slices.ContainsFunc(e.Barcodes, func(o Barcode) bool { return o.Code == b.Code && o.Factor == b.Factor })
}

// equal compares what two entries say; ids do not count.
func (e Entry) equal(o Entry) bool {
	o.SKU.ID = e.SKU.ID
	return e.SKU == o.SKU && slices.EqualFunc(e.Barcodes, o.Barcodes, func(a, b Barcode) bool { return a.Code == b.Code && a.Factor == b.Factor })
}
