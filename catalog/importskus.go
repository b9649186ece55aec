package catalog

import (
	"context"
	"hash/maphash"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/sheet"
)

// ImportSKUs reads a catalogue file. The good rows go in, the bad are listed; a column that the file does
// not have stays as it is stored, an empty cell means unknown, and no bar codes in barcodes. Rows that say what is
// stored write nothing. dryRun decides everything and writes nothing. progress, which may be nil, is
// told the rows read so far. With an error, the answer says how far the import came: a second run goes on from there.
//
// Rejections besides those of sheet: barcode_taken, catalog.duplicate, catalog.name, sheet.amount,
// catalog.barcode_form, catalog.barcode_factor, catalog.barcode_twice, catalog.barcodes_too_many.
func (s *Service) ImportSKUs(ctx context.Context, r *sheet.Reader, dryRun bool, progress func(done int)) (sheet.Answer, error) {
	if err := r.Expect(skuFile); err != nil {
		return sheet.Answer{}, err
	}
	in := skuImport{db: s.db, given: r.Given(skuFile), dry: dryRun, seen: map[key]sighting{}, moved: map[string]key{}}
	err := in.run(ctx, r, s.currency, progress)
	sheet.SortRejections(in.answer.Rejected)
	return in.answer, err
}

// skuImport is one file on its way in.
type skuImport struct {
	db      *db.DB
	given   sheet.Given
	dry     bool
	seen    map[key]sighting
	moved   map[string]key // of a dry run: who would bear the bar codes by now; the zero key is nobody
	blocked []draft        // rows whose bar code another SKU bears, which a later row may take from there
	answer  sheet.Answer
}

func (in *skuImport) run(ctx context.Context, r *sheet.Reader, currency string, progress func(int)) error {
	seed := maphash.MakeSeed()
	read := func(row sheet.Row) (draft, *fault.Fault) {
		e, f := entryOf(row, currency)
		return draft{row: row.Number, sum: e.sum(seed), entry: e}, f
	}
	for end := false; !end; {
		drafts, last, err := readChunk(r, &in.answer, read)
		if err != nil {
			return err
		}
		if err := in.apply(ctx, drafts, false); err != nil {
			return err
		}
		if progress != nil {
			progress(in.answer.Rows)
		}
		end = last
	}
	return in.unblock(ctx)
}

// unblock tries rows again that waited for a bar code, now that every other row of the file is in: once
// for those that can go, and once more for those that waited for them.
func (in *skuImport) unblock(ctx context.Context) error {
	for _, final := range []bool{false, true} {
		waiting := in.blocked
		in.blocked = nil
		for len(waiting) > 0 {
			n := min(chunk, len(waiting))
			if err := in.apply(ctx, waiting[:n], final); err != nil {
				return err
			}
			waiting = waiting[n:]
		}
	}
	return nil
}

// apply decides about rows and writes what changes, in one transaction.
func (in *skuImport) apply(ctx context.Context, drafts []draft, final bool) error {
	if len(drafts) == 0 {
		return nil
	}
	var v verdict
	var err error
	if in.dry {
		err = in.db.View(ctx, func(tx *db.Tx) (err error) { v, err = in.decide(tx, drafts); return err })
	} else {
		err = update(ctx, in.db, func(tx *db.Tx) (err error) {
			if v, err = in.decide(tx, drafts); err == nil {
				write(tx, v.plans)
				emit(tx, "skus", v.created(), len(v.plans)-v.created())
			}
			return err
		})
	}
	if err == nil {
		in.take(v, final)
	}
	return err
}

func (in *skuImport) decide(tx *db.Tx, drafts []draft) (verdict, error) {
	k, err := learn(tx, drafts, !in.dry)
	if err != nil {
		return verdict{}, err
	}
	k.given, k.seen = in.given, in.seen
	for _, d := range drafts {
		for _, b := range d.entry.Barcodes {
			switch holder, moved := in.moved[canonical(b.Code)]; {
			case moved && holder == (key{}):
				delete(k.holders, canonical(b.Code))
			case moved:
				k.holders[canonical(b.Code)] = holder
			}
		}
	}
	return k.judge(drafts), nil
}

// take remembers a verdict that is written, or would have been.
func (in *skuImport) take(v verdict, final bool) {
	in.answer.Created += v.created()
	in.answer.Updated += len(v.plans) - v.created()
	in.answer.Unchanged += v.unchanged
	for at, s := range v.settled {
		in.seen[at] = s
	}
	for _, b := range v.blocked {
		if final {
			v.refused = append(v.refused, b)
		} else {
			in.blocked = append(in.blocked, b.draft)
		}
	}
	for _, r := range v.refused {
		in.answer.Rejected = append(in.answer.Rejected, sheet.Reject(r.draft.row, r.fault)...)
	}
	if in.dry {
		in.pretend(v.plans)
	}
}

// pretend notes the bar codes that plans would have moved.
func (in *skuImport) pretend(plans []plan) {
	for _, p := range plans {
		for _, b := range p.had.Barcodes {
			if at := canonical(b.Code); in.moved[at] == (key{}) || in.moved[at] == p.want.SKU.key() {
				in.moved[at] = key{}
			}
		}
	}
	for _, p := range plans {
		for _, b := range p.want.Barcodes {
			in.moved[canonical(b.Code)] = p.want.SKU.key()
		}
	}
}

func (v verdict) created() (n int) {
	for _, p := range v.plans {
		if p.fresh {
			n++
		}
	}
	return n
}

// sum tells rows apart that say different things.
func (e Entry) sum(seed maphash.Seed) uint64 {
	type content struct {
		sku      SKU
		barcodes string
	}
	return maphash.Comparable(seed, content{e.SKU, FormatBarcodes(e.Barcodes)})
}

// emit records what a chunk of a file has written, and nothing when it wrote nothing.
func emit(tx *db.Tx, what string, created, updated int) {
	if created+updated > 0 {
		tx.Emit(db.Event{Kind: "catalog.imported.v1", Params: map[string]any{"what": what, "created": created, "updated": updated}})
	}
}
