package assign

import (
	"bytes"
	"encoding/json"
	"errors"
	"strconv"
)

// File is a problem as it is exchanged: nodes, SKUs, zones and orders by name.
type File struct {
	Nodes  []FileNode  `json:"nodes"`
	Stock  []FileStock `json:"stock"`
	Rates  []FileRate  `json:"rates"`
	Orders []FileOrder `json:"orders"`
}

// FileNode is a node of a File.
type FileNode struct {
	ID           Name    `json:"id"`
	Lat          float64 `json:"lat"` // not used: cost and days are in the rates
	Lng          float64 `json:"lng"`
	Capacity     *int64  `json:"capacity_orders"` // parcels; missing = any number
	HandlingCost int64   `json:"handling_cost"`
	CutoffPassed bool    `json:"cutoff_passed"`
}

// FileStock is what a node has of a SKU.
type FileStock struct {
	Node     Name  `json:"node"`
	SKU      Name  `json:"sku"`
	Quantity int64 `json:"quantity"`
}

// FileRate is a node's rate into a zone.
type FileRate struct {
	Node      Name  `json:"node"`
	Zone      Name  `json:"zone"`
	FirstG    int64 `json:"first_g"`
	FirstCost int64 `json:"first_cost"`
	StepG     int64 `json:"step_g"`
	StepCost  int64 `json:"step_cost"`
	Days      int64 `json:"days"`
}

// FileOrder is an order of a File.
type FileOrder struct {
	ID             Name       `json:"id"`
	Zone           Name       `json:"zone"`
	PromisedDays   *int64     `json:"promised_days"` // missing = nothing is promised
	LateCostPerDay int64      `json:"late_cost_per_day"`
	SplitCost      int64      `json:"split_cost"`
	MaxParcels     *int64     `json:"max_parcels"` // missing = any number
	UnfilledCost   int64      `json:"unfilled_cost"`
	Lines          []FileLine `json:"lines"`
}

// FileLine is a line of an order of a File.
type FileLine struct {
	SKU      Name  `json:"sku"`
	Quantity int64 `json:"quantity"`
	G        int64 `json:"g"`
}

// Name is a JSON string or number that names something. It is written back as it was read.
type Name string

// UnmarshalJSON takes a string or a number and keeps it as it is written.
func (n *Name) UnmarshalJSON(raw []byte) error {
	var text string
	var number json.Number
	if json.Unmarshal(raw, &text) != nil && json.Unmarshal(raw, &number) != nil {
		return errors.New("a name is a text or a number")
	}
	if bytes.Equal(raw, []byte("null")) {
		raw = nil
	}
	*n = Name(raw)
	return nil
}

// MarshalJSON writes the name as it was read.
func (n Name) MarshalJSON() ([]byte, error) {
	if n == "" {
		return []byte("null"), nil
	}
	return []byte(n), nil
}

// String is the name without quotes.
func (n Name) String() string {
	var text string
	if err := json.Unmarshal([]byte(n), &text); err != nil {
		return string(n)
	}
	return text
}

// unlimited stands for a number that was left out.
func unlimited(n *int64, otherwise int64) int64 {
	if n == nil {
		return otherwise
	}
	return *n
}

func at(list string, i int) string { return list + "[" + strconv.Itoa(i) + "]" }
