package api

import (
	"cmp"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/id"
	"github.com/packhorse/packhorse/internal/money"
	"github.com/packhorse/packhorse/order"
	"github.com/packhorse/packhorse/pack"
	"github.com/packhorse/packhorse/wave"
)

// Fulfilment is the part of an order that one node ships.
type Fulfilment struct {
	ID         string           `json:"id"`
	Order      string           `json:"order"`
	Node       string           `json:"node"`
	Status     string           `json:"status"`
	Wave       string           `json:"wave,omitempty"`
	ShipBy     string           `json:"ship_by,omitempty"`
	Deadline   string           `json:"deadline,omitempty" doc:"while it is in work: the earlier last moment of its order"`
	FineAtRisk string           `json:"fine_at_risk,omitempty" doc:"while it is in work: the fine of its order that could still be saved when it was last weighed, at most a minute ago"`
	Cost       string           `json:"cost" doc:"what allocation expects it to cost"`
	Holds      int64            `json:"holds" doc:"live holds of its order"`
	CreatedAt  string           `json:"created_at"`
	UpdatedAt  string           `json:"updated_at"`
	Lines      []FulfilmentLine `json:"lines"`
	Together   *Together        `json:"together,omitempty" doc:"the parcel that it shares with other orders; of an order and of one fulfilment, not in lists"`
}

// FulfilmentLine is what of an order line this node ships.
type FulfilmentLine struct {
	Seq      int64  `json:"seq"`
	LineNo   int64  `json:"line_no"`
	SKU      string `json:"sku"`
	Quantity int64  `json:"quantity"`
}

// FulfilmentPage is a page of fulfilments.
type FulfilmentPage struct {
	Fulfilments []Fulfilment `json:"fulfilments"`
	NextCursor  string       `json:"next_cursor,omitempty"`
}

// FulfilmentDetail is a fulfilment with what became of it.
type FulfilmentDetail struct {
	Fulfilment
	Parcels   []Parcel   `json:"parcels"`
	Shipments []Shipment `json:"shipments"`
}

// Parcel is one closed carton.
type Parcel struct {
	ID         string   `json:"id"`
	Fulfilment string   `json:"fulfilment"`
	No         int64    `json:"no"`
	Status     string   `json:"status"`
	Carton     string   `json:"carton"`
	ExpectedG  int64    `json:"expected_g"`
	WeightG    int64    `json:"weight_g"`
	MM         [3]int64 `json:"mm"`
	Packer     string   `json:"packer"`
	PackedAt   string   `json:"packed_at"`
	Inside     string   `json:"inside,omitempty" doc:"the parcel of another order that it lies in: that one has the carton, the weight and the label"`
}

func parcelOf(p pack.Parcel) Parcel {
	return Parcel{ID: id.Show(pack.Prefix, p.ID), Fulfilment: id.Show(order.FulfilmentPrefix, p.FulfilmentID), No: p.No, Status: p.Status, Carton: p.Carton,
		ExpectedG: p.ExpectedG, WeightG: p.WeightG, MM: p.MM, Packer: p.Packer, PackedAt: at(p.PackedAt), Inside: shown(pack.Prefix, p.InsideID)}
}

func (n *names) fulfilments(list []*order.Fulfilment) []Fulfilment {
	out := make([]Fulfilment, len(list))
	for i, f := range list {
		out[i] = n.fulfilment(f)
	}
	return out
}

func (n *names) fulfilment(f *order.Fulfilment) Fulfilment {
	out := Fulfilment{ID: id.Show(order.FulfilmentPrefix, f.ID), Order: id.Show(order.Prefix, f.OrderID), Node: n.node(f.NodeID), Status: f.Status,
		Wave: shown(wave.Prefix, f.WaveID), ShipBy: at(f.ShipBy), Cost: money.Format(f.Cost, n.currency), Holds: f.Holds, CreatedAt: at(f.CreatedAt),
		UpdatedAt: at(f.UpdatedAt), Lines: make([]FulfilmentLine, len(f.Lines))}
	if f.Live() {
		out.Deadline, out.FineAtRisk = at(f.Rank.Deadline()), money.Format(f.Rank.FineAtRisk(), n.currency)
	}
	for i, l := range f.Lines {
		out.Lines[i] = FulfilmentLine{Seq: l.Seq, LineNo: l.LineNo, SKU: n.sku(l.SKUID), Quantity: l.Quantity}
	}
	return out
}

func skusOf(list []*order.Fulfilment) (ids []int64) {
	for _, f := range list {
		for _, l := range f.Lines {
			ids = append(ids, l.SKUID)
		}
	}
	return ids
}

func (c *call) listFulfilments() (FulfilmentPage, error) {
	page := FulfilmentPage{Fulfilments: []Fulfilment{}}
	limit, err := c.limit()
	if err != nil {
		return page, err
	}
	after, err := c.rankCursor()
	if err != nil {
		return page, err
	}
	statuses, err := c.workStates()
	if err != nil {
		return page, err
	}
	err = c.DB.View(c.ctx, func(tx *db.Tx) error {
		n, err := c.names(tx)
		if err != nil {
			return err
		}
		places, err := order.InWork(tx, n.nodesNamed(c.query("node")), statuses, cmp.Or(c.query("sort"), order.ByDeadline), after, limit)
		if err != nil || len(places) == 0 {
			return err
		}
		ids := make([]int64, len(places))
		for i, p := range places {
			ids[i] = p.ID
		}
		found, err := order.Fulfilments(tx, ids)
		if err != nil {
			return err
		}
		list, err := c.insideParts(tx, inOrder(found, ids))
		if err != nil {
			return err
		}
		if err := n.learnSKUs(tx, skusOf(list)); err != nil {
			return err
		}
		page.Fulfilments = n.fulfilments(list)
		if len(places) == limit {
			page.NextCursor = showRank(places[limit-1])
		}
		return nil
	})
	return page, err
}

// inOrder lists what was found in the order of the ids it was asked for by.
func inOrder[T any](found map[int64]*T, ids []int64) (list []*T) {
	for _, key := range ids {
		if x := found[key]; x != nil {
			list = append(list, x)
		}
	}
	return list
}

func (c *call) getFulfilment() (out FulfilmentDetail, err error) {
	key, err := c.idParam("id", order.FulfilmentPrefix)
	if err != nil {
		return out, err
	}
	err = c.DB.View(c.ctx, func(tx *db.Tx) error {
		found, err := order.Fulfilments(tx, []int64{key})
		if err != nil {
			return err
		}
		if found[key] == nil {
			return noFulfilment(key)
		}
		f, err := c.file(tx, found[key].OrderID)
		if err != nil {
			return err
		}
		out.Fulfilment = f.names.fulfilment(found[key])
		out.Parcels, out.Shipments = f.parcelsOf(key), f.shipmentsOf(key)
		shared, err := c.togetherOf(tx, []int64{key})
		out.Together = shared[key]
		return err
	})
	return out, err
}

func noFulfilment(key int64) error {
	return fault.New(fault.NotFound, "fulfilment.not_found", "there is no fulfilment %s", id.Show(order.FulfilmentPrefix, key))
}
