package pack

import (
	"cmp"
	"slices"

	"github.com/packhorse/packhorse/internal/fault"
)

// lay makes parcels of what stands on the bench, and checks contents and weights.
func (b *bench) lay(c contents, given []ParcelIn) ([]Draft, []int64, error) {
	if len(c.list) == 0 {
		return nil, nil, fault.New(fault.Conflict, "pack.nothing_picked", "nothing of the fulfilment was picked; there is nothing to pack")
	}
	drafts, err := b.drafts(c, given)
	if err != nil {
		return nil, nil, err
	}
	weights := make([]int64, len(drafts))
	for i := range drafts {
		weights[i] = drafts[i].ExpectedG
		if given != nil && given[i].WeightG != 0 {
			weights[i] = given[i].WeightG
		}
		if err := b.weigh(i+1, drafts[i].ExpectedG, weights[i]); err != nil {
			return nil, nil, err
		}
	}
	return drafts, weights, nil
}

func (b *bench) drafts(c contents, given []ParcelIn) ([]Draft, error) {
	explicit := slices.ContainsFunc(given, func(p ParcelIn) bool { return p.Lines != nil })
	complete := !slices.ContainsFunc(given, func(p ParcelIn) bool { return p.Carton == "" })
	switch {
	case explicit:
		return b.explicit(c, given)
	case len(given) == 1 && complete: // nobody needs to be asked what goes where
		return b.whole(c, given[0].Carton)
	}
	p, err := b.propose(c)
	switch {
	case err != nil || given == nil:
		return p.Parcels, err
	case len(given) == 1 && len(p.Parcels) > 1:
		return b.whole(c, Own)
	case len(given) != len(p.Parcels):
		return nil, fault.Invalidf("parcels", "pack.contents_missing", "%d parcels were given and %d are proposed; say which lines are in which parcel", len(given), len(p.Parcels)).
			With("given", len(given)).With("proposed", len(p.Parcels))
	}
	for i, in := range given {
		d := &p.Parcels[i]
		if in.Carton != "" && in.Carton != d.Carton {
			if *d, err = b.draft(c, in.Carton, d.Lines); err != nil {
				return nil, err
			}
		}
	}
	return p.Parcels, nil
}

// whole puts everything into one parcel.
func (b *bench) whole(c contents, code string) ([]Draft, error) {
	d, err := b.draft(c, code, slices.Clone(c.list))
	return []Draft{d}, err
}

func (b *bench) draft(c contents, code string, lines []Content) (Draft, error) {
	k, known := b.cartons[code]
	if !known {
		return Draft{}, fault.Invalidf("parcels", "pack.unknown_carton", "there is no carton %q; scan its code again, or say %q", code, Own).With("carton", code)
	}
	d := Draft{Carton: code, MM: k.MM, Lines: lines}
	b.expect(c, &d)
	return d, nil
}

// explicit takes the packer's word for what is where, and checks it against what was picked.
func (b *bench) explicit(c contents, given []ParcelIn) ([]Draft, error) {
	if err := agrees(c, given); err != nil {
		return nil, err
	}
	left := take(c.list)
	drafts := make([]Draft, 0, len(given))
	for _, in := range given {
		counts := map[int64]int64{}
		for _, l := range in.Lines {
			counts[l.Seq] += l.Quantity
		}
		d, err := b.draft(c, cmp.Or(in.Carton, Own), left.bySeq(counts))
		if err != nil {
			return nil, err
		}
		drafts = append(drafts, d)
	}
	return drafts, nil
}

// agrees compares line by line. A line that nothing was picked of must not be packed, and no parcel may be empty.
func agrees(c contents, given []ParcelIn) error {
	got := map[int64]int64{}
	for _, in := range given {
		if len(in.Lines) == 0 {
			return fault.Invalidf("parcels", "pack.contents_missing", "a parcel without lines is among parcels with lines; say what is in it").
				With("given", len(given)).With("proposed", len(given))
		}
		for _, l := range in.Lines {
			if l.Quantity < 1 {
				return fault.Invalidf("parcels", "pack.quantity", "the quantity of line %d must be 1 or more, not %d", l.Seq, l.Quantity).
					With("seq", l.Seq).With("quantity", l.Quantity)
			}
			got[l.Seq] += l.Quantity
		}
	}
	expected := map[int64]int64{}
	for _, p := range c.list {
		expected[p.Seq] += p.Quantity
	}
	for _, in := range given {
		for _, l := range in.Lines {
			if expected[l.Seq] == 0 {
				return fault.Invalidf("parcels", "pack.unknown_line", "nothing was picked of line %d", l.Seq).With("seq", l.Seq)
			}
		}
	}
	for _, p := range c.list {
		if got[p.Seq] != expected[p.Seq] {
			return differs(Difference{SKU: p.SKU, Code: c.code(p.SKU), Expected: expected[p.Seq], Got: got[p.Seq]})
		}
	}
	return nil
}

// weigh holds the scale against the catalogue. Where the catalogue does not know, the scale is right.
func (b *bench) weigh(no int, expectedG, gotG int64) error {
	if gotG < 0 || gotG > maxG {
		return fault.Invalidf("parcels", "pack.weight", "%d g is not the weight of a parcel", gotG).With("weight_g", gotG)
	}
	off := b.tolerance.of(expectedG)
	if expectedG == 0 || max(gotG-expectedG, expectedG-gotG) <= off {
		return nil
	}
	return fault.New(fault.Conflict, "pack.weight_differs", "parcel %d weighs %d g, expected are %d g ± %d g; open it and count again", no, gotG, expectedG, off).
		With("parcel", no).With("got", gotG).With("expected", expectedG).With("tolerance", off)
}
