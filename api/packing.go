package api

import (
	"cmp"
	"strconv"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/money"
	"github.com/packhorse/packhorse/order"
	"github.com/packhorse/packhorse/pack"
)

// ProposedParcel is a parcel as it should be packed.
type ProposedParcel struct {
	Carton    string         `json:"carton"`
	MM        [3]int64       `json:"mm"`
	ExpectedG int64          `json:"expected_g"`
	Lines     []ProposedLine `json:"lines"`
	Places    []UnitPlace    `json:"places" doc:"where every unit stands"`
}

// ProposedLine is what of a fulfilment line goes into a parcel.
type ProposedLine struct {
	Seq      int64  `json:"seq"`
	SKU      string `json:"sku"`
	Lot      string `json:"lot,omitempty"`
	Quantity int64  `json:"quantity"`
}

// UnitPlace is where one unit stands in its carton: mm from the corner, z is up.
type UnitPlace struct {
	SKU string `json:"sku"`
	At  [3]int `json:"at"`
	MM  [3]int `json:"mm"`
}

// Proposal is how a fulfilment should be packed.
type Proposal struct {
	Parcels    []ProposedParcel `json:"parcels"`
	Cost       string           `json:"cost"`
	LowerBound string           `json:"lower_bound" doc:"nothing cheaper is possible"`
}

// Scans are the bar codes scanned so far.
type Scans struct {
	Scans []string `json:"scans"`
}

// CheckResult is what the second check finds.
type CheckResult struct {
	OK      bool         `json:"ok"`
	Missing []Difference `json:"missing"`
	Extra   []Difference `json:"extra"`
	Unknown []string     `json:"unknown" doc:"scans that are no goods we know"`
}

// Difference is a SKU of which the count is wrong.
type Difference struct {
	SKU      string `json:"sku"`
	Expected int64  `json:"expected"`
	Got      int64  `json:"got"`
}

func (c *call) checkScans(key int64, in Scans) (CheckResult, error) {
	r, err := c.Pack.Check(c.ctx, key, in.Scans)
	return CheckResult{OK: r.OK, Missing: differences(r.Missing), Extra: differences(r.Extra), Unknown: notNil(r.Unknown)}, err
}

func differences(list []pack.Difference) []Difference {
	out := make([]Difference, len(list))
	for i, d := range list {
		out[i] = Difference{SKU: d.Code, Expected: d.Expected, Got: d.Got}
	}
	return out
}

func (c *call) proposal() (out Proposal, err error) {
	key, err := c.idParam("id", order.FulfilmentPrefix)
	if err != nil {
		return out, err
	}
	err = c.DB.View(c.ctx, func(tx *db.Tx) error {
		list, err := pack.Propose(tx, []int64{key})
		if err != nil {
			return err
		}
		if len(list) == 0 {
			return noFulfilment(key)
		}
		n, err := c.names(tx)
		if err != nil {
			return err
		}
		out, err = n.proposal(tx, list[0])
		return err
	})
	return out, err
}

func (n *names) proposal(tx *db.Tx, p pack.Proposal) (Proposal, error) {
	var skus []int64
	for _, d := range p.Parcels {
		for _, l := range d.Lines {
			skus = append(skus, l.SKU)
		}
	}
	out := Proposal{Parcels: []ProposedParcel{}, Cost: money.Format(p.Cost, n.currency), LowerBound: money.Format(p.LowerBound, n.currency)}
	if err := n.learnSKUs(tx, skus); err != nil {
		return out, err
	}
	for _, d := range p.Parcels {
		shown := ProposedParcel{Carton: d.Carton, MM: d.MM, ExpectedG: d.ExpectedG, Lines: []ProposedLine{}, Places: []UnitPlace{}}
		for _, l := range d.Lines {
			shown.Lines = append(shown.Lines, ProposedLine{Seq: l.Seq, SKU: n.sku(l.SKU), Lot: l.Lot, Quantity: l.Quantity})
		}
		for _, u := range d.Places {
			key, _ := strconv.ParseInt(u.SKU, 10, 64) // a proposal calls its SKUs by id
			shown.Places = append(shown.Places, UnitPlace{SKU: cmp.Or(n.sku(key), u.SKU), At: [3]int{u.X, u.Y, u.Z}, MM: [3]int{u.DX, u.DY, u.DZ}})
		}
		out.Parcels = append(out.Parcels, shown)
	}
	return out, nil
}
