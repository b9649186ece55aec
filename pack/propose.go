package pack

import (
	"slices"
	"strconv"

	"github.com/packhorse/packhorse/catalog"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/inventory"
	"github.com/packhorse/packhorse/order"
	"github.com/packhorse/packhorse/pack/carton"
)

// Proposal is how a fulfilment should be packed.
type Proposal struct {
	FulfilmentID int64
	Parcels      []Draft
	Cost         int64 // cartons and typical freight, minor units
	LowerBound   int64 // nothing cheaper is possible; 0 = not worked out
}

// Draft is a parcel before it is closed.
type Draft struct {
	Carton    string // a code, or Own
	MM        [3]int64
	ExpectedG int64 // tare and contents; 0 = the catalogue does not know
	Lines     []Content
	Places    []carton.Placement // where every unit stands; its SKU is the id as text
	Inside    int64              // the parcel of another order that it lies in; 0 = it is a carton of its own
}

// effort keeps an order within a few milliseconds, because the choice is made inside a transaction.
const effort = 200_000

// propose chooses cartons for the contents. Goods that fit no carton travel as they are, each in a parcel of its own.
func (b *bench) propose(c contents) (Proposal, error) {
	if n := c.units(); n > carton.MaxUnits {
		return Proposal{}, fault.New(fault.Conflict, "pack.too_many_units", "%d units are a pallet, not parcels (at most %d); say what is in which parcel", n, carton.MaxUnits).
			With("units", n).With("max", carton.MaxUnits)
	}
	a, skus := b.choose(c)
	p := Proposal{Cost: a.Cost, LowerBound: a.LowerBound}
	left := take(c.list)
	for _, chosen := range a.Parcels {
		k := b.cartons[chosen.Carton]
		d := Draft{Carton: k.Code, MM: k.MM, Places: slices.Clone(chosen.Items)}
		counts := map[int64]int64{}
		for i := range d.Places {
			sku := skuOf(skus, d.Places[i].SKU)
			d.Places[i].SKU = strconv.FormatInt(sku, 10)
			counts[sku]++
		}
		d.Lines = left.bySKU(counts)
		b.expect(c, &d)
		p.Parcels = append(p.Parcels, d)
	}
	for _, lone := range a.Unpackable {
		for range lone.Quantity {
			d := Draft{Carton: Own, Lines: left.bySKU(map[int64]int64{skuOf(skus, lone.SKU): 1})}
			b.expect(c, &d)
			p.Parcels = append(p.Parcels, d)
		}
	}
	return p, nil
}

// compared is how many units a fulfilment may have to be compared with the plain rule: more are packed in blocks by either.
const compared = 100

// choose packs by the rule of the node. The items of the answer are called by their places in skus.
func (b *bench) choose(c contents) (a carton.Answer, skus []int64) {
	p, skus := b.problem(c)
	return b.decide(b.choices.of(p), c), skus
}

func (b *bench) decide(k *choice, c contents) carton.Answer {
	if b.rules[c.node] == Smallest {
		return k.plain()
	}
	return k.cheapest(c.units() <= compared)
}

// expect fills in the weight, and the size of goods in their own packaging.
func (b *bench) expect(c contents, d *Draft) {
	if g, known := c.weight(d.Lines, b.cartons[d.Carton].TareG); known {
		d.ExpectedG = g
	}
	if d.Carton == Own && len(d.Lines) == 1 && d.Lines[0].Quantity == 1 {
		s := c.skus[d.Lines[0].SKU]
		d.MM = [3]int64{s.LengthMM, s.WidthMM, s.HeightMM}
	}
}

// remaining is what is in no parcel yet.
type remaining []Content

func take(list []Content) *remaining {
	r := remaining(append([]Content(nil), list...))
	return &r
}

// bySKU takes so many units of each SKU, the first lines and lots first.
func (r *remaining) bySKU(counts map[int64]int64) []Content {
	return r.draw(func(c Content) int64 { return c.SKU }, counts)
}

// bySeq takes so many units of each fulfilment line, the first lots first.
func (r *remaining) bySeq(counts map[int64]int64) []Content {
	return r.draw(func(c Content) int64 { return c.Seq }, counts)
}

func (r *remaining) draw(key func(Content) int64, counts map[int64]int64) []Content {
	var out []Content
	for i := range *r {
		c := &(*r)[i]
		q := min(counts[key(*c)], c.Quantity)
		if q <= 0 {
			continue
		}
		counts[key(*c)] -= q
		c.Quantity -= q
		out = append(out, Content{c.Seq, c.SKU, c.Lot, q})
	}
	return out
}

// Propose says how fulfilments should be packed: those that are picked by what was picked, the others by what they
// promise, and with each what goes into one parcel with it. Ids without a fulfilment are missing in the answer. Fault:
// pack.too_many_units.
func Propose(tx *db.Tx, fulfilments []int64) ([]Proposal, error) {
	book, err := look(tx, fulfilments)
	if err != nil {
		return nil, err
	}
	var out []Proposal
	for _, id := range fulfilments {
		f := book.fulfilments[id]
		if f == nil {
			continue
		}
		s := book.share(book.mates(f), true)
		p, err := book.bench.propose(s.contents)
		if err != nil {
			return nil, err
		}
		p.FulfilmentID = id
		for i := range p.Parcels {
			s.own(p.Parcels[i].Lines)
		}
		out = append(out, p)
	}
	return out, nil
}

// look opens a book without a lock.
func look(tx *db.Tx, fulfilments []int64) (*book, error) {
	bonds, err := order.BondsOf(tx, fulfilments)
	if err != nil {
		return nil, err
	}
	found, err := order.Fulfilments(tx, withMates(fulfilments, bonds))
	if err != nil {
		return nil, err
	}
	return openBook(tx, found, bonds)
}

// withMates are some fulfilments and all others of their bonds.
func withMates(fulfilments []int64, bonds map[int64]*order.Bond) []int64 {
	list := slices.Clip(fulfilments)
	for _, key := range fulfilments {
		if b := bonds[key]; b != nil {
			list = append(list, b.Fulfilments()...)
		}
	}
	return list
}

// book is what packing reads of some fulfilments.
type book struct {
	bench       *bench
	fulfilments map[int64]*order.Fulfilment
	bonds       map[int64]*order.Bond // by fulfilment
	picked      map[int64][]inventory.Reservation
	skus        map[int64]catalog.SKU
}

func openBook(tx *db.Tx, fulfilments map[int64]*order.Fulfilment, bonds map[int64]*order.Bond) (*book, error) {
	ids := make([]int64, 0, len(fulfilments))
	seen := map[int64]bool{}
	var skus []int64
	for id, f := range fulfilments {
		ids = append(ids, id)
		for _, l := range f.Lines {
			if !seen[l.SKUID] {
				seen[l.SKUID] = true
				skus = append(skus, l.SKUID)
			}
		}
	}
	slices.Sort(ids)
	k := &book{fulfilments: fulfilments, bonds: bonds}
	var err error
	if k.picked, err = inventory.Reservations(tx, ids); err != nil {
		return nil, err
	}
	if k.skus, err = catalog.ByIDs(tx, skus); err != nil {
		return nil, err
	}
	k.bench, err = openBench(tx)
	return k, err
}

func (k *book) contents(f *order.Fulfilment) contents {
	return contents{node: f.NodeID, list: pickedOf(k.picked[f.ID]), skus: k.skus}
}
