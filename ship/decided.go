package ship

import (
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/words"
)

// Outcomes of a carrier in a decision.
const (
	GaveWaybill = "gave"   // it has the parcel
	GaveNone    = "failed" // it was asked; Code says why it gave none
	NotAsked    = "not_asked"
)

// Asked is one carrier in the decision about a parcel: what came of it, and why.
type Asked struct {
	Carrier string         `json:"carrier"`
	Service string         `json:"service,omitempty"`
	Outcome string         `json:"outcome"`
	Code    string         `json:"code,omitempty"` // a code with a sentence
	Params  map[string]any `json:"params,omitempty"`
}

// Decided is the record of who carries a parcel: in the event that ends the search.
type Decided struct {
	Why    words.Text `json:"why"`
	Asked  []Asked    `json:"asked"`            // in the order in which they were
	Others []Asked    `json:"others,omitempty"` // those that were not
}

// chosen is what a label job carries of the choice it was made by.
type chosen struct {
	Why    words.Text  `json:"why"`
	Others []Rejection `json:"others,omitempty"`
}

// mostOthers bounds a record: a company with a hundred services does not read why ninety were dearer.
const mostOthers = 12

func recordOf(c *Choice) *chosen {
	return &chosen{c.Why, c.Rejected[:min(mostOthers, len(c.Rejected))]}
}

// askedOf is a carrier that gave no waybill.
func askedOf(sh *Shipment, why error) Asked {
	a := Asked{Carrier: sh.Carrier, Service: sh.Service, Outcome: GaveNone, Code: fault.Code(why)}
	if f, ok := fault.As(why); ok {
		a.Params = f.Params
	}
	return a
}

// decided is the whole record once sh has its waybill, or, with none, once nobody is left.
func (w *labelWork) decided(sh *Shipment) *Decided {
	d := &Decided{Asked: append([]Asked{}, w.Failed...)}
	if sh != nil {
		d.Asked = append(d.Asked, Asked{Carrier: sh.Carrier, Service: sh.Service, Outcome: GaveWaybill})
	}
	if w.Record == nil {
		return d
	}
	d.Why = w.Record.Why
	for _, r := range w.Record.Others {
		d.Others = append(d.Others, Asked{r.Carrier, r.Service, NotAsked, r.Code, r.Params})
	}
	return d
}
