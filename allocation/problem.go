package allocation

// Strategy says what makes one node better than another when both can ship the whole order.
type Strategy string

// The strategies. Equal nodes are told apart by cost, then days, then the smaller node ID.
const (
	Nearest  Strategy = "nearest"  // shortest great-circle distance to the recipient
	Cheapest Strategy = "cheapest" // lowest freight + handling + late cost
	Fastest  Strategy = "fastest"  // fewest days, the missed cut-off counted as one
	Priority Strategy = "priority" // smallest Node.Priority
)

// Valid reports whether s is one of the strategies. Decide treats any other value as Cheapest.
func (s Strategy) Valid() bool {
	switch s {
	case Nearest, Cheapest, Fastest, Priority:
		return true
	}
	return false
}

// DefaultMaxParcels holds where neither the order nor the problem sets a limit.
const DefaultMaxParcels = 3

// AnyRegion is the region of a lane that serves wherever no lane of its own is given.
const AnyRegion = "*"

// Problem is a snapshot: the orders that wait, and the stock, nodes and rates they compete for.
// All costs are minor units of one currency and not negative.
type Problem struct {
	Strategy   Strategy
	MaxParcels int    // for orders without a limit of their own; 0 = DefaultMaxParcels
	SplitCost  int64  // for orders without their own: what each parcel after the first costs besides freight
	Currency   string // ISO 4217, only to write amounts for people; empty = bare minor units

	// ShipComplete makes a short order wait whole. By default an order that may be split ships what is there.
	ShipComplete bool

	Nodes  []Node
	Stock  map[StockKey]int64 // units that can be promised; missing or negative = none
	Rates  []Lane
	Orders []Order // served in this order: what an earlier one takes, a later one cannot have
}

// StockKey names one SKU at one node.
type StockKey struct {
	Node int64
	SKU  int64
}

// Node is a place that ships. Of two nodes with one ID only the first counts.
type Node struct {
	ID           int64
	Code         string // what people call it
	Lat, Lng     int64  // micro-degrees; both zero = unknown
	Province     string
	CapacityLeft int   // parcels it can still take today; negative = any number
	HandlingCost int64 // per parcel
	CutoffPassed bool  // the last cut-off of today has passed: every parcel leaves one day later
	Priority     int   // smaller goes first
	Open         bool
	Plain        bool // no plan moves its parcels: it ships what the plain rule gives it
}

// Lane is the best rate of a node into a region. The first lane of a (node, region) counts;
// a node without one does not serve the region.
type Lane struct {
	Node      int64
	Region    string // the order's Region, or AnyRegion
	FirstG    int64  // grams covered by FirstCost
	FirstCost int64
	StepG     int64 // each started step above FirstG costs StepCost; 0 = flat
	StepCost  int64
	Days      int // from hand-over to the door
}

// Price is the freight of a parcel of g grams.
func (l *Lane) Price(g int64) int64 {
	if g <= l.FirstG || l.StepG <= 0 {
		return l.FirstCost
	}
	return l.FirstCost + (g-l.FirstG+l.StepG-1)/l.StepG*l.StepCost
}

// Order is what one recipient waits for.
type Order struct {
	ID             int64
	Region         string // province
	Lat, Lng       int64  // micro-degrees; both zero = unknown, as for recipients masked by a platform
	MaySplit       bool
	MaxParcels     int // 0 = Problem.MaxParcels; an order of at most one parcel is not split, whatever MaySplit says
	PromisedDays   int
	LateCostPerDay int64
	SplitCost      int64 // 0 = Problem.SplitCost
	UnfilledCost   int64 // per unit that is back-ordered; counted in Decision.Cost, does not change the choice
	Lines          []Line
	Excluded       []int64 // nodes that rejected it before
}

// Line is a quantity of one SKU, asked for by an order or shipped in a parcel.
type Line struct {
	No       int    `json:"no"`
	SKU      int64  `json:"sku"`
	Quantity int64  `json:"quantity"`       // zero or less asks for nothing
	G        int64  `json:"g"`              // grams of one unit; one SKU has one weight within an order
	Code     string `json:"code,omitempty"` // what people call the SKU, for the reasons
}
