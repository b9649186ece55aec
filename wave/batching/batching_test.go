package batching

import (
	"slices"
	"testing"

	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/pick/route"
	"pgregory.net/rapid"
)

// drawProblem makes small problems on a coarse grid, so that ties, full carts and shared places are frequent.
func drawProblem(t *rapid.T, orders int, dated bool) Problem {
	p := Problem{Floor: route.Floor{CrossAisles: []int{0, 12}, Depot: route.Point{X: rapid.IntRange(0, 9).Draw(t, "depot"), Y: -rapid.IntRange(0, 2).Draw(t, "stub")}}}
	for i := range rapid.IntRange(1, 4).Draw(t, "aisles") {
		p.Floor.Aisles = append(p.Floor.Aisles, 3*i)
	}
	if rapid.Bool().Draw(t, "two blocks") {
		p.Floor.CrossAisles = []int{0, 6, 12}
	}
	p.Cart = Cart{Places: rapid.IntRange(0, 4).Draw(t, "places"), Weight: rapid.SampledFrom([]int{0, 8, 12}).Draw(t, "most weight"),
		Volume: rapid.SampledFrom([]int{0, 9}).Draw(t, "most volume")}
	if dated {
		p.Pace = Pace{Pickers: rapid.IntRange(0, 2).Draw(t, "pickers"), Speed: 1, PerStop: 2, PerBatch: 5}
	}
	for range orders {
		o := Order{Weight: rapid.IntRange(0, 9).Draw(t, "weight"), Volume: rapid.IntRange(0, 5).Draw(t, "volume"), Zone: rapid.SampledFrom([]string{"", "", "cold"}).Draw(t, "zone")}
		for range rapid.IntRange(0, 3).Draw(t, "stops") {
			o.Stops = append(o.Stops, route.Stop{Aisle: rapid.IntRange(1, len(p.Floor.Aisles)).Draw(t, "aisle"), Y: rapid.IntRange(0, 12).Draw(t, "y")})
		}
		if dated {
			o.Due = rapid.IntRange(-10, 150).Draw(t, "due")
		}
		p.Orders = append(p.Orders, o)
	}
	return p
}

// verify checks an answer by what the problem says alone.
func verify(t interface{ Fatalf(string, ...any) }, p Problem, a Answer) {
	seen := make([]int, len(p.Orders))
	sum := 0
	for _, b := range a.Batches {
		for _, i := range b.Orders {
			seen[i]++
		}
		if !p.Fits(b.Orders) && !(b.TooLarge && len(b.Orders) == 1) {
			t.Fatalf("%v do not fit the cart %+v or are of two zones", b.Orders, p.Cart)
		}
		for _, i := range b.Orders {
			for _, s := range p.Orders[i].Stops {
				if !slices.ContainsFunc(b.Stops, func(w route.Stop) bool { return w.Aisle == s.Aisle && w.Y == s.Y }) {
					t.Fatalf("the walk of %v forgets %+v", b.Orders, s)
				}
			}
		}
		inOrder := make([]int, len(b.Stops))
		for i := range inOrder {
			inOrder[i] = i
		}
		if length, err := route.Measure(p.Floor, b.Stops, inOrder); err != nil || length != b.Length {
			t.Fatalf("the walk of %v is %d long (%v), %d were said", b.Orders, length, err, b.Length)
		}
		sum += b.Length
	}
	if slices.Max(append(seen, 1)) > 1 || slices.Min(append(seen, 1)) < 1 {
		t.Fatalf("orders are in %v batches, each must be in one", seen)
	}
	if sum != a.Length || a.LowerBound > a.Length || a.Optimal && a.LowerBound != a.Length {
		t.Fatalf("length %d of %d, bound %d, optimal %v", a.Length, sum, a.LowerBound, a.Optimal)
	}
}

// everyDivision calls visit with each way to divide n orders.
func everyDivision(n int, visit func([][]int)) {
	var sets [][]int
	var place func(i int)
	place = func(i int) {
		if i == n {
			visit(sets)
			return
		}
		for b := range sets {
			sets[b] = append(sets[b], i)
			place(i + 1)
			sets[b] = sets[b][:len(sets[b])-1]
		}
		sets = append(sets, []int{i})
		place(i + 1)
		sets = sets[:len(sets)-1]
	}
	place(0)
}

// best tries every division: the least tardiness, then the least length, and the least length of all.
func best(p Problem) (tardiness, length, shortest int) {
	tardiness, length, shortest = never, never, never
	m := newMeter(p)
	everyDivision(len(p.Orders), func(sets [][]int) {
		for _, s := range sets {
			if len(s) > 1 && !p.Fits(s) {
				return
			}
		}
		d := newDivision(m, narrow(sets))
		shortest = min(shortest, d.length)
		if d.tardy < tardiness || d.tardy == tardiness && d.length < length {
			tardiness, length = d.tardy, d.length
		}
	})
	return tardiness, length, shortest
}

func TestAFewOrdersAreDividedAsWellAsCanBe(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawProblem(t, rapid.IntRange(1, 7).Draw(t, "orders"), false)
		a, err := Solve(p, Options{Seed: 3})
		if err != nil {
			t.Fatal(err)
		}
		verify(t, p, a)
		if _, _, shortest := best(p); a.Length != shortest || !a.Optimal {
			t.Fatalf("%d walked (bound %d), %d is possible", a.Length, a.LowerBound, shortest)
		}
	})
}

func TestTardinessComesFirst(t *testing.T) {
	missed, tried := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		p := drawProblem(t, rapid.IntRange(1, 6).Draw(t, "orders"), true)
		a, err := Solve(p, Options{Seed: 3, Work: 20_000})
		if err != nil {
			t.Fatal(err)
		}
		verify(t, p, a)
		tardiness, length, shortest := best(p)
		if a.Tardiness < tardiness || a.Tardiness == tardiness && a.Length < length || a.LowerBound > shortest {
			t.Fatalf("tardiness %d, length %d, bound %d: better than the best, %d, %d, %d", a.Tardiness, a.Length, a.LowerBound, tardiness, length, shortest)
		}
		plain := newDivision(newMeter(p), narrow(FirstCome(p)))
		if a.Tardiness > plain.tardy || a.Tardiness == plain.tardy && a.Length > plain.length {
			t.Fatalf("tardiness %d, length %d: worse than first come, %d, %d", a.Tardiness, a.Length, plain.tardy, plain.length)
		}
		if tried++; a.Tardiness != tardiness {
			missed++
		}
	})
	if missed*10 > tried {
		t.Errorf("the least tardiness was missed %d times of %d", missed, tried)
	}
}

func TestManyOrdersAreAllPickedOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawProblem(t, rapid.IntRange(20, 40).Draw(t, "orders"), rapid.Bool().Draw(t, "dated"))
		p.Floor.CrossAisles = []int{0, 12}
		o := Options{Seed: rapid.Uint64().Draw(t, "seed"), Work: 1000}
		a, err := Solve(p, o)
		if err != nil {
			t.Fatal(err)
		}
		verify(t, p, a)
		again, err := Solve(p, o)
		if err != nil || a.Length != again.Length || a.Tardiness != again.Tardiness || !slices.EqualFunc(a.Batches, again.Batches, func(b, c Batch) bool { return slices.Equal(b.Orders, c.Orders) }) {
			t.Fatalf("the same work gave %+v, then %+v (%v)", a, again, err)
		}
	})
}

func TestMoreThreadsAreNoWorseThanOne(t *testing.T) {
	p := made(60, 30, 5)
	one, err := Solve(p, Options{Seed: 1, Work: 20_000})
	if err != nil {
		t.Fatal(err)
	}
	three, err := Solve(p, Options{Seed: 1, Work: 20_000, Threads: 3})
	if err != nil || three.Length > one.Length {
		t.Errorf("three threads walk %d (%v), one %d", three.Length, err, one.Length)
	}
	verify(t, p, three)
}

func TestTimeEndsTheSearchAtOnce(t *testing.T) {
	p := made(200, 30, 5)
	a, err := Solve(p, Options{Seed: 1, Work: 1 << 60, Elapsed: func() float64 { return 1 }})
	if err != nil {
		t.Fatal(err)
	}
	verify(t, p, a)
	if plain, err := FirstComeSShape(p); err != nil || plain <= a.Length {
		t.Errorf("a valid answer at once walks %d, first come %d (%v)", a.Length, plain, err)
	}
}

func TestAnOrderLargerThanTheCartIsWalkedAlone(t *testing.T) {
	p := made(5, 10, 1)
	p.Orders[2].Weight = 99
	a, err := Solve(p, Options{Work: 1000})
	if err != nil {
		t.Fatal(err)
	}
	verify(t, p, a)
	if !slices.ContainsFunc(a.Batches, func(b Batch) bool { return b.TooLarge && slices.Equal(b.Orders, []int{2}) }) {
		t.Errorf("%+v", a.Batches)
	}
}

func TestNothingToPickIsAnAnswer(t *testing.T) {
	for _, n := range []int{0, 1, 3} {
		p := made(n, 10, 1)
		for i := range p.Orders {
			p.Orders[i].Stops = nil
		}
		a, err := Solve(p, Options{Work: 1000})
		if err != nil || a.Length != 0 || !a.Optimal {
			t.Errorf("%d orders without goods: %+v (%v)", n, a, err)
		}
		verify(t, p, a)
	}
}

func TestAProblemThatCannotBeMeantIsRefused(t *testing.T) {
	for code, spoil := range map[string]func(*Problem){
		"batching.load":       func(p *Problem) { p.Orders[1].Weight = -1 },
		"batching.limit":      func(p *Problem) { p.Cart.Volume = -1 },
		"batching.too_many":   func(p *Problem) { p.Orders = make([]Order, MaxOrders+1) },
		"route.no_such_aisle": func(p *Problem) { p.Orders[0].Stops[0].Aisle = 99 },
		"route.cross_aisles":  func(p *Problem) { p.Floor.CrossAisles = nil },
		"route.unreachable": func(p *Problem) {
			p.Orders = []Order{{Stops: []route.Stop{{Aisle: 2, Y: 50}}}}
			p.Floor.OneWay = slices.Repeat([]route.Direction{route.Up}, len(p.Floor.Aisles))
		},
	} {
		p := made(3, 10, 1)
		spoil(&p)
		if _, err := Solve(p, Options{}); fault.Code(err) != code {
			t.Errorf("%v, want %s", err, code)
		}
	}
}

// made is a problem of the sort that Muter and Öncan (2015) draw: ten aisles of ten cells, two to ten places an order.
func made(orders, capacity int, seed uint64) Problem {
	c := chance(seed)
	p := Problem{Cart: Cart{Weight: capacity}, Floor: route.Floor{CrossAisles: []int{0, 110}}}
	for i := range 10 {
		p.Floor.Aisles = append(p.Floor.Aisles, 24*i)
	}
	for range orders {
		var o Order
		for range 2 + c.below(9) {
			o.Stops = append(o.Stops, route.Stop{Aisle: 1 + c.below(10), Y: 10 + 10*c.below(10)})
			o.Weight++
		}
		p.Orders = append(p.Orders, o)
	}
	return p
}
