package route

import (
	"slices"

	"github.com/packhorse/packhorse/internal/fault"
)

// Block answers one question as fast as possible: how long is the shortest closed walk past these stops,
// in one block of two-way aisles between two cross aisles? It is what batching asks thousands of times a
// second.
//
// The answer is that of Ratliff and Rosenthal (1983), exact. A Block keeps its working memory, so after
// the first calls it does not allocate; it must not be used by two goroutines at once (Clone it).
type Block struct {
	front, back int   // y of the two cross aisles
	xs          []int // x of every aisle, not descending
	depotX      int
	depotBack   bool // the depot is at the back cross aisle
	stub        int  // from the depot to its cross aisle

	ys     [][]int // scratch: the heights in each aisle
	filled []int   // scratch: the aisles that hold stops, ascending
}

// NewBlock makes a Block of a floor. Fault route.no_single_block where the floor is not one block of
// two-way aisles with a walk that ends where it began, and those of Floor.Validate.
func NewBlock(f Floor) (*Block, error) {
	if err := f.Validate(nil); err != nil {
		return nil, err
	}
	if !f.oneBlock() {
		return nil, fault.Invalidf("floor", "route.no_single_block",
			"a block has two cross aisles, two-way aisles and no drop other than the depot; plan the tour on the whole floor instead")
	}
	gate, stub := f.gate(f.Depot)
	return &Block{
		front: f.CrossAisles[0], back: f.CrossAisles[1], xs: slices.Clone(f.Aisles),
		depotX: f.Depot.X, depotBack: gate == 1, stub: stub,
		ys: make([][]int, len(f.Aisles)),
	}, nil
}

// Clone gives a Block of the same floor with working memory of its own, for another goroutine.
func (b *Block) Clone() *Block {
	c := *b
	c.ys, c.filled = make([][]int, len(b.xs)), nil
	return &c
}

// Length is the length in millimetres of the shortest walk from the depot past all stops and back; 0 for
// no stops. The stops may come in any order and more than once; each must lie in an aisle of the floor
// (Floor.Validate tells), or Length panics.
func (b *Block) Length(stops []Stop) int {
	if len(stops) == 0 {
		return 0
	}
	b.fill(stops)
	w := b.begin()
	for _, a := range b.filled {
		ys := b.ys[a]
		slices.Sort(ys)
		gap := 0
		for i := 1; i < len(ys); i++ {
			gap = max(gap, inside(b, ys[i])-inside(b, ys[i-1]))
		}
		w.aisle(b.xs[a], ys[0], ys[len(ys)-1], gap)
	}
	return w.finish()
}

// inside brings a height into the block: what lies in a dead end is reached from its end.
func inside(b *Block, y int) int { return min(max(y, b.front), b.back) }

// fill sorts the heights of the stops into their aisles.
func (b *Block) fill(stops []Stop) {
	for _, a := range b.filled {
		b.ys[a] = b.ys[a][:0]
	}
	b.filled = b.filled[:0]
	for i := range stops {
		a := stops[i].Aisle - 1
		if len(b.ys[a]) == 0 {
			b.filled = append(b.filled, a)
		}
		b.ys[a] = append(b.ys[a], stops[i].Y)
	}
	slices.Sort(b.filled)
}

// partial is the cheapest partial tour of each class of Ratliff and Rosenthal, seen from the ends of the last aisle.
// Aisles without stops never help in one block (a passage through one can be moved to the aisle before it at the same
// cost), so they are no columns here, and the class "closed" goes with them.
type partial struct {
	b            *Block
	x            int
	none         int // nothing visited yet
	evenZero     int // front even, back untouched
	zeroEven     int // front untouched, back even
	even1, even2 int // both even, one part or two
	odd          int // both odd
	pendants     int // dead ends and the depot's stub, walked there and back
	depot        bool
}

func (b *Block) begin() partial {
	return partial{b: b, evenZero: far, zeroEven: far, even1: far, even2: far, odd: far, pendants: 2 * b.stub}
}

// aisle goes on by one aisle whose stops lie between the heights first and last, gap being the widest stretch without
// a stop between them.
func (w *partial) aisle(x, first, last, gap int) {
	if !w.depot && x >= w.b.depotX {
		w.standAtDepot()
	}
	front, back := w.b.front, w.b.back
	w.moveTo(x)
	if first < back && last > front {
		w.visit(max(first, front), min(last, back), gap)
	} else {
		w.pass()
	}
	if first <= front {
		w.pendants += 2 * (front - first)
		w.touchFront()
	}
	if last >= back {
		w.pendants += 2 * (last - back)
		w.touchBack()
	}
}

// visit walks inside an aisle: through it once or twice, in and back from an end, or round the widest gap.
func (w *partial) visit(first, last, gap int) {
	through := w.b.back - w.b.front
	fromFront, fromBack := 2*(last-w.b.front), 2*(w.b.back-first)
	around := 2 * (through - gap)
	turn := min(fromFront, fromBack, around)
	loose := min(w.none, w.evenZero, w.zeroEven, w.even2)
	odd := min(min(loose, w.even1)+through, w.odd+turn)
	even1 := min(w.odd+through, w.even1+turn, loose+2*through)
	w.even2 = min(w.zeroEven+fromFront, w.evenZero+fromBack, min(w.none, w.evenZero, w.zeroEven)+around, w.even2+turn)
	w.evenZero = min(w.none, w.evenZero) + fromFront
	w.zeroEven = min(w.none, w.zeroEven) + fromBack
	w.odd, w.even1, w.none = odd, even1, far
}

// pass is for an aisle with stops in its dead ends alone: it need not be entered, but it may be walked through.
func (w *partial) pass() {
	through := w.b.back - w.b.front
	loose := min(w.none, w.evenZero, w.zeroEven, w.even2)
	odd := min(w.odd, min(loose, w.even1)+through)
	w.even1 = min(w.even1, w.odd+through, loose+2*through)
	w.odd = odd
}

// moveTo crosses over to x along the front, the back, or both.
func (w *partial) moveTo(x int) {
	d := 2 * (x - w.x)
	w.x = x
	w.even2 = min(w.evenZero, w.zeroEven, w.even2) + 2*d
	w.evenZero = min(w.evenZero, w.even1) + d
	w.zeroEven = min(w.zeroEven, w.even1) + d
	w.even1 += 2 * d
	w.odd += d
}

// touchFront demands that the tour comes past the front end of the column.
func (w *partial) touchFront() {
	w.even2 = min(w.even2, w.zeroEven)
	w.evenZero = min(w.evenZero, w.none)
	w.zeroEven, w.none = far, far
}

func (w *partial) touchBack() {
	w.even2 = min(w.even2, w.evenZero)
	w.zeroEven = min(w.zeroEven, w.none)
	w.evenZero, w.none = far, far
}

func (w *partial) standAtDepot() {
	w.depot = true
	w.moveTo(w.b.depotX)
	if w.b.depotBack {
		w.touchBack()
	} else {
		w.touchFront()
	}
}

func (w *partial) finish() int {
	if !w.depot {
		w.standAtDepot()
	}
	return min(w.evenZero, w.zeroEven, w.even1) + w.pendants
}
