package catalog

import (
	"slices"

	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/sheet"
)

// draft is an entry as somebody wants it.
type draft struct {
	row   int // of the file that says so; 0 outside files
	sum   uint64
	entry Entry
}

// sighting is the row of the same file that has settled a SKU, and the sum of what it says.
type sighting struct {
	row int
	sum uint64
}

// known is what a decision about drafts is made on.
type known struct {
	given   sheet.Given      // the columns that the file has
	stored  map[key]Entry    // the SKUs of the drafts that exist
	holders map[string]key   // whose the bar codes are now, by canonical form
	seen    map[key]sighting // what earlier rows have settled
}

// verdict says what becomes of the drafts.
type verdict struct {
	plans     []plan
	unchanged int
	refused   []refusal
	blocked   []refusal // by a bar code of another SKU; a later row of the file may give it up
	settled   map[key]sighting
}

// plan is a SKU to be written.
type plan struct {
	had   Entry // zero when it is new
	want  Entry
	fresh bool
}

type refusal struct {
	draft draft
	fault *fault.Fault
}

// judge decides about drafts, in their order: the first row about a SKU counts. Bar codes are judged for
// all drafts at once, so that one can take what another gives up, whichever stands first.
func (k known) judge(drafts []draft) verdict {
	v := verdict{settled: map[key]sighting{}}
	var first, echoes []draft
	leading := map[key]int{}
	for _, d := range drafts {
		at := d.entry.SKU.key()
		if before, ok := k.seen[at]; ok {
			v.echo(d, before)
			continue
		}
		if _, twice := leading[at]; twice {
			echoes = append(echoes, d)
			continue
		}
		leading[at] = d.row
		d.entry = over(k.given, k.stored[at], d.entry)
		first = append(first, d)
	}
	for _, d := range k.unclaimed(first, &v) {
		v.accept(d, k.stored)
	}
	for _, d := range echoes {
		at := d.entry.SKU.key()
		if before, ok := v.settled[at]; ok {
			v.echo(d, before)
		} else {
			v.blocked = append(v.blocked, refusal{d, duplicate(d.entry.SKU.Code, leading[at])})
		}
	}
	return v
}

func (v *verdict) accept(d draft, stored map[key]Entry) {
	at := d.entry.SKU.key()
	v.settled[at] = sighting{d.row, d.sum}
	had, exists := stored[at]
	switch {
	case !exists:
		v.plans = append(v.plans, plan{want: d.entry, fresh: true})
	case had.equal(d.entry):
		v.unchanged++
	default:
		v.plans = append(v.plans, plan{had: had, want: d.entry})
	}
}

// echo handles a row about a SKU that an earlier row has settled: the same again changes nothing,
// anything else is refused, because nobody can say which of the two is meant.
func (v *verdict) echo(d draft, before sighting) {
	if d.sum == before.sum {
		v.unchanged++
		return
	}
	v.refused = append(v.refused, refusal{d, duplicate(d.entry.SKU.Code, before.row)})
}

func duplicate(sku string, row int) *fault.Fault {
	return fault.Invalidf("sku", "catalog.duplicate", "row %d is about %s too and says something else; keep one of them", row, sku).
		With("first", row).With("sku", sku)
}

// unclaimed passes on the drafts whose bar codes are free, and puts the others among the blocked. A draft
// that falls away gives nothing up, so the rest is looked at again until nobody falls.
func (k known) unclaimed(drafts []draft, v *verdict) []draft {
	for {
		freed := k.freed(drafts)
		claimed := map[string]key{}
		standing := make([]draft, 0, len(drafts))
		for _, d := range drafts {
			if code, holder, taken := k.taken(d.entry, claimed, freed); taken {
				v.blocked = append(v.blocked, refusal{d, takenBy(code, holder)})
				continue
			}
			for _, b := range d.entry.Barcodes {
				claimed[canonical(b.Code)] = d.entry.SKU.key()
			}
			standing = append(standing, d)
		}
		if len(standing) == len(drafts) {
			return standing
		}
		drafts = standing
	}
}

// freed are the bar codes that drafts take away from their own SKUs.
func (k known) freed(drafts []draft) map[string]bool {
	out := map[string]bool{}
	for _, d := range drafts {
		for _, b := range k.stored[d.entry.SKU.key()].Barcodes {
			keeps := func(w Barcode) bool { return canonical(w.Code) == canonical(b.Code) }
			if !slices.ContainsFunc(d.entry.Barcodes, keeps) {
				out[canonical(b.Code)] = true
			}
		}
	}
	return out
}

func (k known) taken(e Entry, claimed map[string]key, freed map[string]bool) (code string, holder key, taken bool) {
	for _, b := range e.Barcodes {
		c := canonical(b.Code)
		if holder, ok := claimed[c]; ok && holder != e.SKU.key() {
			return b.Code, holder, true
		}
		if holder, ok := k.holders[c]; ok && holder != e.SKU.key() && !freed[c] {
			return b.Code, holder, true
		}
	}
	return "", key{}, false
}

func takenBy(code string, holder key) *fault.Fault {
	f := fault.New(fault.Conflict, "barcode_taken", "the bar code %s belongs to %s of %s; take it away there first", code, holder.code, holder.owner)
	f.Field = "barcodes"
	return f.With("barcode", code).With("sku", holder.code).With("owner", holder.owner)
}
