package allocation

import "github.com/packhorse/packhorse/internal/words"

// Decision is the verdict on one order: what ships from where, what waits, and why nobody else was asked.
// For every line the units in Parcels and BackOrders add up to what was asked.
type Decision struct {
	Order      int64       `json:"order"`
	Strategy   Strategy    `json:"strategy"`
	Parcels    []Parcel    `json:"parcels"` // by node ID; one node has at most one
	BackOrders []BackOrder `json:"back_orders"`
	Cost       int64       `json:"cost"` // freight, handling, splitting, lateness and unfilled units; minor units
	Why        words.Text  `json:"why"`
	Rejected   []Rejection `json:"rejected"` // every node that ships nothing of it, by node ID
}

// Parcel is what one node ships of an order.
type Parcel struct {
	Node  int64  `json:"node"`
	Lines []Line `json:"lines"`
	G     int64  `json:"g"`    // weight of the goods, grams
	Cost  int64  `json:"cost"` // freight and handling, minor units
	Days  int    `json:"days"` // to the door, the missed cut-off included
}

// BackOrder is a part of a line that cannot ship now.
type BackOrder struct {
	Line     int    `json:"line"` // Line.No
	SKU      int64  `json:"sku"`
	Quantity int64  `json:"quantity"`
	Reason   string `json:"reason"` // a code of the words area "allocation"
}

// Rejection says why a node ships nothing of the order.
type Rejection struct {
	Node   int64          `json:"node"`
	Code   string         `json:"code"` // of the words area "allocation"
	Params map[string]any `json:"params,omitempty"`
}
