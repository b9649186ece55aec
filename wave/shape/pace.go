package shape

// Pace is how fast people work. All but MMPerSecond are seconds.
type Pace struct {
	MMPerSecond int // walking, with a cart
	SetUp       int // a tour: taking the cart, reading the list, handing over
	Find        int // a place: stopping, finding the shelf, scanning it
	Take        int // a unit: taking it
	Box         int // a line put into its box on the cart
	Sort        int // a line put into its slot of the wall
}

// Steady is the pace of a warehouse with handhelds: 1 m/s, 60 s a tour, 8 s a place, 2 s a unit, 3 s a line into its
// box, 5 s a line into its slot of the wall. Measure your own.
func Steady() Pace {
	return Pace{MMPerSecond: 1000, SetUp: 60, Find: 8, Take: 2, Box: 3, Sort: 5}
}

// Cost is what work is predicted to take.
type Cost struct {
	Tours   int
	MM      int // walked
	Seconds int // of people: walking, finding, taking, sorting, setting up
}

// Add sums what several pieces of work take.
func (c *Cost) Add(o Cost) {
	c.Tours += o.Tours
	c.MM += o.MM
	c.Seconds += o.Seconds
}

// Tour is the cost of one walk of a length in millimetres past some places, where units are taken; sorting is not in it.
func (p Pace) Tour(mm, places, units int) Cost {
	return Cost{Tours: 1, MM: mm, Seconds: mm/max(1, p.MMPerSecond) + p.SetUp + places*p.Find + units*p.Take}
}
