package wave

import (
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/wave/shape"
)

// Rules by which a walk goes past its stops.
const (
	ShortestTour = "shortest"    // the shortest way
	InSequence   = "shelf_order" // in the order of pick_seq: the plain rule
)

// Walking is how walks go at a node: which way, how fast, and by how many at the same time. It turns walks into minutes and says
// what is finished in time for a collection.
type Walking struct {
	NodeID       int64
	Tours        string // ShortestTour or InSequence
	Pickers      int64  // who walk at the same time
	MMPerSecond  int64
	SetUp        int64 // seconds a walk, taking the trolley and handing over
	Find         int64 // seconds a place
	Take         int64 // seconds a unit
	Box          int64 // seconds a line put into its box
	AheadMinutes int64 // goods have to be at the stage so long before their collection
}

// UsualWalking is that of a node that has said nothing else: four pickers at the pace of shape.Steady, half an hour to pack.
func UsualWalking(node int64) Walking {
	p := shape.Steady()
	return Walking{NodeID: node, Tours: ShortestTour, Pickers: 4, MMPerSecond: int64(p.MMPerSecond), SetUp: int64(p.SetUp), Find: int64(p.Find),
		Take: int64(p.Take), Box: int64(p.Box), AheadMinutes: 30}
}

// Pace is how fast the pickers of the node are.
func (w Walking) Pace() shape.Pace {
	p := shape.Steady()
	p.MMPerSecond, p.SetUp, p.Find, p.Take, p.Box = int(w.MMPerSecond), int(w.SetUp), int(w.Find), int(w.Take), int(w.Box)
	return p
}

const (
	maxPickers = 1000
	maxSpeed   = 10_000 // mm a second
	maxPause   = 3600   // seconds
)

// validate finds every mistake of what came from outside.
func (w Walking) validate() *fault.Fault {
	var tours *fault.Fault
	if w.Tours != ShortestTour && w.Tours != InSequence {
		tours = fault.Invalidf("tours", "wave.tours", "%q is neither shortest nor shelf_order", w.Tours).With("value", w.Tours)
	}
	return fault.Join(tours, within("pickers", w.Pickers, 1, maxPickers), within("mm_per_second", w.MMPerSecond, 100, maxSpeed),
		within("set_up_seconds", w.SetUp, 0, maxPause), within("find_seconds", w.Find, 0, maxPause), within("take_seconds", w.Take, 0, maxPause),
		within("box_seconds", w.Box, 0, maxPause), within("ahead_minutes", w.AheadMinutes, 0, dayLong))
}
