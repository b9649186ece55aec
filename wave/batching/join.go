package batching

import (
	"slices"

	"github.com/packhorse/packhorse/internal/fault"
)

// Place is where a late order goes.
type Place struct {
	Batch  int // position among the open batches; -1: a walk of its own
	Extra  int // by how much that walk becomes longer; of a walk of its own, all of it
	Late   int // seconds of tardiness that it adds over all orders
	Alone  int // length of a walk of its own, for comparison
	Length int // of the walk with it
}

// Join finds the open batch that a late order lengthens least. Open batches are sets of orders of the problem that
// nobody has begun to walk; order is the late one, in none of them. Less tardiness comes first. A walk of its own is
// chosen where no open batch has room, or where it is no longer than the way round. It fails where Validate does, and where
// the order is in a batch already.
func Join(p Problem, open [][]int, order int) (Place, error) {
	if err := p.Validate(); err != nil {
		return Place{}, err
	}
	if err := known(p, open, order); err != nil {
		return Place{}, err
	}
	m := newMeter(p)
	if _, err := m.tour([]int{order}); err != nil {
		return Place{}, err
	}
	d := newDivision(m, append(narrow(open), []int32{int32(order)}))
	before := 0
	if d.clock != nil {
		before = d.clock.tardiness(d.batches[:len(open)])
	}
	alone := d.batches[len(open)].length
	best := Place{Batch: -1, Extra: alone, Late: d.tardy - before, Alone: alone, Length: alone}
	e := exchange{a: int32(len(open)), out: []int32{int32(order)}, zoned: true}
	for b := range open {
		e.b = int32(b)
		if !d.weigh(&e) {
			continue
		}
		late := d.tardy
		if d.clock != nil {
			late = d.clock.with(d.batches, &e)
		}
		here := Place{Batch: b, Extra: alone + e.dLength, Late: late - before, Alone: alone, Length: e.newB.length}
		if here.Late < best.Late || here.Late == best.Late && here.Extra < best.Extra {
			best = here
		}
	}
	return best, nil
}

// known makes sure that the batches divide orders of the problem and leave the late one out.
func known(p Problem, open [][]int, order int) error {
	seen := make([]bool, len(p.Orders))
	for _, i := range slices.Concat(append(slices.Clone(open), []int{order})...) {
		if i < 0 || i >= len(seen) || seen[i] {
			return fault.Invalidf("open", "batching.order", "order %d is not one of the %d, or is named twice", i, len(seen)).
				With("order", i).With("orders", len(seen))
		}
		seen[i] = true
	}
	return nil
}
