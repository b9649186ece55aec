package assign

// Problem is what waits and what it competes for. Nodes, SKUs and zones are numbers from 0; all costs are minor units
// of one currency. Validate says what else must hold.
type Problem struct {
	Nodes  []Node
	SKUs   int // SKUs are 0 … SKUs-1
	Zones  int // zones are 0 … Zones-1
	Stock  []Stock
	Rates  []Rate
	Orders []Order
}

// Node is a place that ships.
type Node struct {
	Capacity     int64 // parcels it can take; negative = any number
	Handling     int64 // cost of a parcel
	CutoffPassed bool  // what it ships arrives one day later
}

// Stock is how many units of a SKU a node can promise. A (node, SKU) has at most one.
type Stock struct {
	Node, SKU int
	Quantity  int64
}

// Rate is what a node pays for a parcel into a zone. A (node, zone) has at most one; without one it is not served.
type Rate struct {
	Node, Zone int
	FirstG     int64 // grams that FirstCost covers
	FirstCost  int64
	StepG      int64 // each started step above FirstG costs StepCost; 0 = the price is flat
	StepCost   int64
	Days       int64 // to the door
}

// Freight is the price of a parcel of g grams.
func (r *Rate) Freight(g int64) int64 {
	if g <= r.FirstG || r.StepG <= 0 {
		return r.FirstCost
	}
	return r.FirstCost + ((g-r.FirstG-1)/r.StepG+1)*r.StepCost
}

// Order is what one recipient waits for.
type Order struct {
	Zone         int
	PromisedDays int64
	LatePerDay   int64 // cost of each day that the slowest parcel comes after PromisedDays
	SplitCost    int64 // of each parcel after the first
	UnfilledCost int64 // of each unit that does not ship
	MaxParcels   int   // 0 = nothing may ship
	Whole        bool  // ships everything or nothing
	Barred       []int // nodes that may not ship it
	Lines        []Line
}

// Line is a quantity of a SKU of G grams a unit. Several lines may ask for one SKU.
type Line struct {
	SKU      int
	Quantity int64
	G        int64
}

// Plan is what becomes of one order.
type Plan struct {
	Parcels  []Parcel // by node; each node at most once, none is empty
	Unfilled []int64  // units per line that do not ship
	Cost     int64
}

// Parcel is what one node ships of an order: units per line.
type Parcel struct {
	Node  int
	Units []int64
}
