package api

import (
	"math"
	"net/http"

	"github.com/packhorse/packhorse/access"
	"github.com/packhorse/packhorse/internal/money"
	"github.com/packhorse/packhorse/warehouse"
)

// NodeInput is what somebody says of a warehouse. What is left out stays as it is, or empty in a new one.
type NodeInput struct {
	Name              *string  `json:"name,omitempty"`
	Timezone          *string  `json:"timezone,omitempty" doc:"such as Asia/Shanghai"`
	Country           *string  `json:"country,omitempty"`
	Province          *string  `json:"province,omitempty"`
	City              *string  `json:"city,omitempty"`
	District          *string  `json:"district,omitempty"`
	Address           *string  `json:"address,omitempty"`
	Lat               *float64 `json:"lat,omitempty" doc:"together with lng; both 0 = unknown"`
	Lng               *float64 `json:"lng,omitempty"`
	CapacityOrdersDay *int64   `json:"capacity_orders_day,omitempty" doc:"0 = unlimited"`
	HandlingCost      *string  `json:"handling_cost,omitempty" doc:"of a parcel, in the company's currency"`
	Priority          *int64   `json:"priority,omitempty" doc:"smaller goes first"`
	Open              *bool    `json:"open,omitempty" doc:"a closed one gets no new orders"`
	Cutoffs           *string  `json:"cutoffs,omitempty" doc:"SF=16:00;ZTO=18:30"`
}

// NewNode is a warehouse that is not there yet.
type NewNode struct {
	Code string `json:"code" doc:"cannot be changed later"`
	NodeInput
}

func (s *Server) nodes() {
	const problems = "warehouse.text, warehouse.out_of_range, warehouse.timezone, warehouse.country, warehouse.cutoff, warehouse.half_a_place, warehouse.latitude, warehouse.longitude, http.amount."
	command(s, route{path: "/v1/nodes", tag: "catalogue", id: "add-node", scope: access.Admin, summary: "Add a warehouse",
		about: "It is open unless open is false, and has its STAGE, QUARANTINE and DOCK at once. Problems: warehouse.code_taken, " + problems},
		func(c *call, in NewNode) (Node, error) {
			c.status = http.StatusCreated
			return c.saveNode(in.Code, true, in.NodeInput)
		})
	command(s, route{method: http.MethodPut, path: "/v1/nodes/{node}", tag: "catalogue", id: "save-node", scope: access.Admin, summary: "Change a warehouse",
		about: "What is left out stays. Other processes of this company notice with their next step. Problems: warehouse.unknown, " + problems},
		func(c *call, in NodeInput) (Node, error) {
			code := c.req.PathValue("node")
			if !c.area.Node(code) {
				return Node{}, errNotThere(code)
			}
			return c.saveNode(code, false, in)
		})
}

func (c *call) saveNode(code string, fresh bool, in NodeInput) (Node, error) {
	e := warehouse.Edit{Code: code, New: fresh, Name: in.Name, Timezone: in.Timezone, Country: in.Country, Province: in.Province, City: in.City, District: in.District,
		Address: in.Address, Lat: micro(in.Lat), Lng: micro(in.Lng), CapacityOrdersDay: in.CapacityOrdersDay, Priority: in.Priority, Open: in.Open}
	if in.HandlingCost != nil {
		cost, err := c.amount("handling_cost", *in.HandlingCost)
		if err != nil {
			return Node{}, err
		}
		e.HandlingCost = &cost
	}
	if in.Cutoffs != nil {
		list, wrong := warehouse.ParseCutoffs(*in.Cutoffs)
		if wrong != nil {
			return Node{}, wrong
		}
		e.Cutoffs = &list
	}
	n, err := c.Warehouse.SaveNode(c.ctx, c.once, c.actor(), e)
	if err != nil {
		return Node{}, err
	}
	return c.nodeShown(n), nil
}

// micro turns degrees into micro-degrees; far outside they stay outside.
func micro(degrees *float64) *int64 {
	if degrees == nil {
		return nil
	}
	n := int64(math.Round(max(min(*degrees, 1000), -1000) * 1e6))
	return &n
}

func (c *call) nodeShown(x warehouse.Node) Node {
	return Node{ID: shown("nod", x.ID), Code: x.Code, Name: x.Name, Timezone: x.Timezone, Country: x.Country, Province: x.Province, City: x.City, District: x.District,
		Address: x.Address, Lat: float64(x.Lat) / 1e6, Lng: float64(x.Lng) / 1e6, CapacityOrdersDay: x.CapacityOrdersDay,
		HandlingCost: money.Format(x.HandlingCost, c.Currency), Priority: x.Priority, Open: x.Open, Cutoffs: warehouse.FormatCutoffs(x.Cutoffs)}
}
