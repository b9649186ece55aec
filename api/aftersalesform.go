package api

import (
	"github.com/packhorse/packhorse/aftersales"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/id"
	"github.com/packhorse/packhorse/internal/money"
	"github.com/packhorse/packhorse/order"
	"github.com/packhorse/packhorse/pack"
	"github.com/packhorse/packhorse/pick"
)

// Case is what a customer wants put right about one order.
type Case struct {
	ID               string     `json:"id"`
	Order            string     `json:"order"`
	OrderNo          string     `json:"order_no,omitempty" doc:"the channel's number of the order"`
	Kind             string     `json:"kind" enum:"return,exchange,reship,refund,refused"`
	Status           string     `json:"status" enum:"requested,approved,received,inspected,closed,rejected,cancelled,expired"`
	Reason           string     `json:"reason"`
	Note             string     `json:"note,omitempty"`
	Node             string     `json:"node,omitempty" doc:"where goods are to come"`
	Label            string     `json:"label" enum:"none,requested,booked,failed"`
	Carrier          string     `json:"carrier,omitempty"`
	Waybill          string     `json:"waybill,omitempty" doc:"of the way back"`
	LabelReason      string     `json:"label_reason,omitempty" doc:"code of why there is no waybill"`
	Replacement      string     `json:"replacement" enum:"none,due,made"`
	ReplacementOrder string     `json:"replacement_order,omitempty"`
	Difference       string     `json:"difference,omitempty" doc:"exchange: what the customer owes for the goods that go out; below 0 it goes back"`
	Deadline         string     `json:"deadline,omitempty" doc:"until when goods are awaited"`
	OpenedBy         string     `json:"opened_by"`
	OpenedAt         string     `json:"opened_at"`
	DecidedBy        string     `json:"decided_by,omitempty"`
	DecidedAt        string     `json:"decided_at,omitempty"`
	ClosedAt         string     `json:"closed_at,omitempty"`
	Lines            []CaseLine `json:"lines"`
	Units            []CaseUnit `json:"units"`
}

// CaseLine is base units of a SKU of an order line.
type CaseLine struct {
	LineNo   int64  `json:"line_no"`
	SKU      string `json:"sku"`
	Title    string `json:"title,omitempty"`
	Quantity int64  `json:"quantity" doc:"asked for; 0 = it came although nobody asked"`
	Received int64  `json:"received"`
	Swap     string `json:"swap,omitempty"`
}

// CaseUnit is some pieces of one SKU and lot in hand.
type CaseUnit struct {
	ID         string   `json:"id"`
	LineNo     int64    `json:"line_no" doc:"0 = never sold with this order"`
	SKU        string   `json:"sku"`
	Lot        string   `json:"lot,omitempty"`
	Quantity   int64    `json:"quantity"`
	Location   string   `json:"location,omitempty"`
	Grade      string   `json:"grade,omitempty" enum:"A,B,C,D"`
	Fate       string   `json:"fate" enum:"waiting,refurbish,restock,quarantine,scrap"`
	Note       string   `json:"note,omitempty"`
	Photos     []string `json:"photos,omitempty"`
	ReceivedAt string   `json:"received_at"`
	ReceivedBy string   `json:"received_by"`
	GradedAt   string   `json:"graded_at,omitempty"`
	GradedBy   string   `json:"graded_by,omitempty"`
}

// CasePage is a page of cases.
type CasePage struct {
	Cases      []Case `json:"cases"`
	NextCursor string `json:"next_cursor,omitempty"`
}

// CaseDetail is a case with its money.
type CaseDetail struct {
	Case
	Refunds []Refund `json:"refunds"`
}

// EvidenceList leads from the goods of a case back to whoever handled them.
type EvidenceList struct {
	Evidence []Evidence `json:"evidence"`
}

// Evidence is one walk to one place, and the parcel the goods left in.
type Evidence struct {
	LineNo    int64  `json:"line_no"`
	SKU       string `json:"sku"`
	Lot       string `json:"lot,omitempty"`
	Quantity  int64  `json:"quantity"`
	Node      string `json:"node"`
	Location  string `json:"location,omitempty" doc:"where it was picked"`
	Task      string `json:"task,omitempty"`
	Picker    string `json:"picker,omitempty"`
	PickedAt  string `json:"picked_at,omitempty"`
	Parcel    string `json:"parcel"`
	Packer    string `json:"packer" doc:"who packed, and checked what is in it"`
	PackedAt  string `json:"packed_at"`
	Carton    string `json:"carton"`
	ExpectedG int64  `json:"expected_g"`
	WeightG   int64  `json:"weight_g"`
	Shipment  string `json:"shipment,omitempty"`
	Carrier   string `json:"carrier,omitempty"`
	Waybill   string `json:"waybill,omitempty"`
}

// shownCase shows one case, or passes the error on.
func (c *call) shownCase(x aftersales.Case, err error) (Case, error) {
	if err != nil {
		return Case{}, err
	}
	list, err := c.shownCases([]*aftersales.Case{&x})
	if err != nil {
		return Case{}, err
	}
	return list[0], nil
}

// shownCases turns the ids of cases into what people know them by, in one read.
func (c *call) shownCases(list []*aftersales.Case) (out []Case, err error) {
	out = []Case{}
	err = c.DB.View(c.ctx, func(tx *db.Tx) error {
		n, err := c.names(tx)
		if err != nil {
			return err
		}
		var skus, places, orders []int64
		for _, x := range list {
			orders = append(orders, x.OrderID)
			for _, l := range x.Lines {
				skus = append(skus, l.SKUID)
			}
			for _, u := range x.Units {
				skus, places = append(skus, u.SKUID), append(places, u.LocationID)
			}
		}
		if err := n.learnSKUs(tx, skus); err != nil {
			return err
		}
		if err := n.learnLocations(tx, places); err != nil {
			return err
		}
		heads, err := order.ByIDs(tx, sorted(orders))
		for _, x := range list {
			one := n.caseOf(x)
			if o := heads[x.OrderID]; o != nil {
				one.OrderNo = o.ExternalNo
			}
			out = append(out, one)
		}
		return err
	})
	return out, err
}

func (n *names) caseOf(x *aftersales.Case) Case {
	out := Case{ID: x.Name(), Order: id.Show(order.Prefix, x.OrderID), Kind: x.Kind, Status: x.Status, Reason: x.Reason, Note: n.free(x.Note), Label: x.Label, Carrier: x.Carrier,
		Waybill: x.Waybill, LabelReason: x.LabelReason, Replacement: x.Replacement, ReplacementOrder: shown(order.Prefix, x.ReplacementID), Deadline: at(x.Deadline),
		OpenedBy: x.OpenedBy, OpenedAt: at(x.OpenedAt), DecidedBy: x.DecidedBy, DecidedAt: at(x.DecidedAt), ClosedAt: at(x.ClosedAt), Lines: []CaseLine{}, Units: n.units(x.Units)}
	if x.NodeID != 0 {
		out.Node = n.node(x.NodeID)
	}
	if x.Difference != 0 { // only orders in the company's currency have one
		out.Difference = money.Format(x.Difference, n.currency)
	}
	for _, l := range x.Lines {
		out.Lines = append(out.Lines, CaseLine{LineNo: l.LineNo, SKU: n.sku(l.SKUID), Title: n.skus[l.SKUID].Title, Quantity: l.Quantity, Received: l.Received, Swap: l.Swap})
	}
	return out
}

func (n *names) units(list []*aftersales.Unit) []CaseUnit {
	out := []CaseUnit{}
	for _, u := range list {
		one := CaseUnit{ID: id.Show(aftersales.UnitPrefix, u.ID), LineNo: u.LineNo, SKU: n.sku(u.SKUID), Lot: u.Lot, Quantity: u.Quantity, Grade: u.Grade, Fate: u.Fate,
			Note: n.free(u.Note), Photos: u.Photos, ReceivedAt: at(u.ReceivedAt), ReceivedBy: u.ReceivedBy, GradedAt: at(u.GradedAt), GradedBy: u.GradedBy}
		if u.LocationID != 0 {
			one.Location = n.location(u.LocationID)
		}
		out = append(out, one)
	}
	return out
}

func (n *names) evidence(e aftersales.Evidence) Evidence {
	out := Evidence{LineNo: e.LineNo, SKU: n.sku(e.SKUID), Lot: e.Lot, Quantity: e.Quantity, Node: n.node(e.NodeID), Task: shown(pick.Prefix, e.Task), Picker: e.Picker,
		PickedAt: at(e.PickedAt), Parcel: id.Show(pack.Prefix, e.ParcelID), Packer: e.Packer, PackedAt: at(e.PackedAt), Carton: e.Carton, ExpectedG: e.ExpectedG,
		WeightG: e.WeightG, Shipment: shown("shp", e.ShipmentID), Carrier: e.Carrier, Waybill: e.Waybill}
	if e.LocationID != 0 {
		out.Location = n.location(e.LocationID)
	}
	return out
}
