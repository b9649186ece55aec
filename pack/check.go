package pack

import (
	"cmp"
	"context"
	"maps"
	"slices"

	"github.com/packhorse/packhorse/catalog"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/gs1"
	"github.com/packhorse/packhorse/internal/id"
	"github.com/packhorse/packhorse/order"
)

// Result is what the second check finds.
type Result struct {
	OK      bool
	Missing []Difference // picked, and not scanned as often
	Extra   []Difference // scanned more often than picked
	Unknown []string     // scans that are no goods we know
}

// Difference is a SKU of which the count is wrong.
type Difference struct {
	SKU      int64
	Code     string
	Expected int64 // base units
	Got      int64
}

// tally is what scans add up to.
type tally struct {
	counts  map[int64]int64 // SKU → base units
	skus    map[int64]catalog.SKU
	unknown []string
}

// count looks up what was scanned. A pack's bar code counts for all its pieces, and so does a GS1 label with a count.
func count(tx *db.Tx, scans []string) (tally, error) {
	t := tally{counts: map[int64]int64{}}
	known := map[string]catalog.Barcode{}
	for _, scan := range scans {
		b, seen := known[scan]
		if !seen {
			var err error
			if b, err = lookUp(tx, scan); err != nil {
				return t, err
			}
			known[scan] = b
		}
		if b.SKU == 0 {
			t.unknown = append(t.unknown, scan)
			continue
		}
		t.counts[b.SKU] += b.Factor
	}
	var err error
	t.skus, err = catalog.ByIDs(tx, slices.Collect(maps.Keys(t.counts)))
	return t, err
}

func lookUp(tx *db.Tx, scan string) (catalog.Barcode, error) {
	read, _ := gs1.Parse(scan) // one that claims to be GS1 and is not may still be somebody's bar code
	b, found, err := catalog.ByBarcode(tx, read.Raw)
	if err == nil && !found && read.GTIN != "" {
		b, _, err = catalog.ByBarcode(tx, read.GTIN)
		b.Factor *= int64(max(read.Count, 1))
	}
	return b, err
}

// compare holds what was scanned against what was picked, in order of SKU.
func (t tally) compare(c contents) Result {
	expected := map[int64]int64{}
	for _, p := range c.list {
		expected[p.SKU] += p.Quantity
	}
	var skus []int64
	for sku := range expected {
		skus = append(skus, sku)
	}
	for sku := range t.counts {
		if _, picked := expected[sku]; !picked {
			skus = append(skus, sku)
		}
	}
	slices.Sort(skus)
	r := Result{Unknown: t.unknown}
	for _, sku := range skus {
		d := Difference{SKU: sku, Code: cmp.Or(t.skus[sku].Code, c.code(sku)), Expected: expected[sku], Got: t.counts[sku]}
		switch {
		case d.Got < d.Expected:
			r.Missing = append(r.Missing, d)
		case d.Got > d.Expected:
			r.Extra = append(r.Extra, d)
		}
	}
	r.OK = len(r.Missing)+len(r.Extra)+len(r.Unknown) == 0
	return r
}

// fault is the first thing that keeps the parcel open; nil when all is there.
func (r Result) fault() error {
	switch {
	case r.OK:
		return nil
	case len(r.Unknown) > 0:
		return fault.New(fault.Conflict, "pack.unknown_scan", "%q is no goods we know; take it out, or add its bar code to the catalogue", r.Unknown[0]).
			With("scan", r.Unknown[0])
	case len(r.Extra) > 0:
		return differs(r.Extra[0])
	}
	return differs(r.Missing[0])
}

func differs(d Difference) error {
	return fault.New(fault.Conflict, "pack.content_differs", "of %s %d were picked and %d are packed; count again", d.Code, d.Expected, d.Got).
		With("sku", d.Code).With("expected", d.Expected).With("got", d.Got)
}

// CheckScans is the second check while it goes on: every scan so far against what was picked, of all that goes into the parcel. Nothing is kept; the
// scans that close the parcel are given to Pack. Faults: fulfilment.not_found.
func CheckScans(tx *db.Tx, fulfilment int64, scans []string) (Result, error) {
	k, err := look(tx, []int64{fulfilment})
	if err != nil {
		return Result{}, err
	}
	f := k.fulfilments[fulfilment]
	if f == nil {
		return Result{}, missing(fulfilment)
	}
	t, err := count(tx, scans)
	if err != nil {
		return Result{}, err
	}
	return t.compare(k.goods(f)), nil
}

// Check is CheckScans on a snapshot of its own.
func (s *Service) Check(ctx context.Context, fulfilment int64, scans []string) (r Result, err error) {
	err = s.db.View(ctx, func(tx *db.Tx) error { r, err = CheckScans(tx, fulfilment, scans); return err })
	return r, err
}

func missing(fulfilment int64) error {
	return fault.New(fault.NotFound, "fulfilment.not_found", "there is no fulfilment %s", id.Show(order.FulfilmentPrefix, fulfilment)).
		With("fulfilment", id.Show(order.FulfilmentPrefix, fulfilment))
}
