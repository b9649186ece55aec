package carton

// Kind is what sort of packaging a carton is.
type Kind string

// A box is rigid and packed by geometry; a mailer is a bag for soft goods, packed by volume and weight.
const (
	Box    Kind = "box"
	Mailer Kind = "mailer"
)

// Carton is a type of packaging, in unlimited number. Walls count as nothing: outer size = inner size.
type Carton struct {
	ID    string `json:"id"`
	Kind  Kind   `json:"kind"`     // empty means box
	Inner [3]int `json:"inner_mm"` // length, width, height in millimetres
	MaxG  int    `json:"max_g"`    // gross weight it carries, tare included, in grams; 0 = no limit
	TareG int    `json:"tare_g"`   // its own weight
	Cost  int64  `json:"cost"`     // of one, in minor units
}

// Freight is the price of carrying one parcel by its chargeable weight: First up to FirstG, then Step
// for every started StepG. A StepG of 0 means that First carries any weight.
type Freight struct {
	Divisor int   `json:"divisor"` // cm³ per kg, which is mm³ per g; 0 = real weight only
	FirstG  int   `json:"first_g"`
	First   int64 `json:"first"` // minor units
	StepG   int   `json:"step_g"`
	Step    int64 `json:"step"` // minor units
}

// Item is one SKU of the order. A length, width or height of 0 is unknown: such a unit counts by weight
// only and is listed as unmeasured.
type Item struct {
	SKU        string `json:"sku"`
	Quantity   int    `json:"quantity"`
	MM         [3]int `json:"mm"` // length, width, height in millimetres
	G          int    `json:"g"`  // of one unit, in grams; 0 = unknown, counted as nothing
	ThisSideUp bool   `json:"this_side_up"`
	Fragile    bool   `json:"fragile"`
	Stackable  *bool  `json:"stackable"` // nil means yes
	Soft       bool   `json:"soft"`      // may go into a mailer
	Group      string `json:"group"`     // different non-empty groups never share a parcel
}

func (it Item) measured() bool {
	return it.MM[0] > 0 && it.MM[1] > 0 && it.MM[2] > 0
}

func (it Item) stacks() bool {
	return it.Stackable == nil || *it.Stackable
}

func (it Item) volume() int {
	if !it.measured() {
		return 0
	}
	return it.MM[0] * it.MM[1] * it.MM[2]
}

// Problem is one order and what it may be packed into.
type Problem struct {
	Cartons []Carton `json:"cartons"`
	Freight Freight  `json:"freight"`
	Items   []Item   `json:"items"`
	// AnySupport lets a unit rest on any part of its base, held by filling material, where that makes the order cheaper;
	// otherwise at least half of every base is carried. It is used for small orders only.
	AnySupport bool `json:"any_support,omitempty"`
}

// Placement is one unit in a parcel: its corner nearest the origin and its extent, in millimetres, z up.
// Unmeasured units and units in a mailer have no place; they stand at 0, 0, 0 with their own size.
type Placement struct {
	SKU string `json:"sku"`
	X   int    `json:"x"`
	Y   int    `json:"y"`
	Z   int    `json:"z"`
	DX  int    `json:"dx"`
	DY  int    `json:"dy"`
	DZ  int    `json:"dz"`
}

// Parcel is one packed carton.
type Parcel struct {
	Carton  string      `json:"carton"`
	Items   []Placement `json:"items"`
	WeightG int         `json:"weight_g"` // contents and tare
	Cost    int64       `json:"cost"`     // carton and freight, in minor units
}

// Leftover is a SKU of which units fit into no carton at all.
type Leftover struct {
	SKU      string `json:"sku"`
	Quantity int    `json:"quantity"`
}

// Answer is the packing found. Unpackable units are in no parcel, and LowerBound does not count them.
type Answer struct {
	Parcels    []Parcel   `json:"parcels"`
	Cost       int64      `json:"cost"`
	LowerBound int64      `json:"lower_bound"` // nothing cheaper is possible, for anyone
	Optimal    bool       `json:"optimal"`     // proven: Cost equals LowerBound
	Unpackable []Leftover `json:"unpackable"`
	Unmeasured []string   `json:"unmeasured"` // SKUs packed by weight only, because a size is unknown
}
