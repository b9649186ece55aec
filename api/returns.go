package api

import (
	"github.com/packhorse/packhorse/access"
	"github.com/packhorse/packhorse/flow"
)

// ReturnInput says what came back: a whole parcel, or some of its goods.
type ReturnInput struct {
	Waybill  string       `json:"waybill"`
	Node     string       `json:"node,omitempty" doc:"where it came to; empty = where it left from"`
	Location string       `json:"location,omitempty" doc:"where good goods are put; without one everything waits in quarantine"`
	Lines    []ReturnLine `json:"lines,omitempty" doc:"without lines the whole parcel, to be inspected"`
}

// ReturnLine is some of the goods and how they look.
type ReturnLine struct {
	SKU      string `json:"sku"`
	Quantity int64  `json:"quantity"`
	Quality  string `json:"quality" enum:"good,defective,quarantine"`
}

func (s *Server) returns() {
	command(s, route{path: "/v1/returns", tag: "returns", id: "receive-return", scope: access.Ship,
		summary: "Book a parcel that came back, to stock or to quarantine"}, func(c *call, in ReturnInput) (flow.Received, error) {
		ask := flow.Returned{Waybill: in.Waybill, Node: in.Node, Location: in.Location, Actor: c.actor()}
		for _, l := range in.Lines {
			ask.Lines = append(ask.Lines, flow.ReturnedLine(l))
		}
		return c.Flow.ReturnParcel(c.ctx, c.once, ask)
	})
}
