package api

import (
	"time"

	"github.com/packhorse/packhorse/access"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/id"
	"github.com/packhorse/packhorse/ship"
	"github.com/packhorse/packhorse/track"
)

// ShipmentDetail is a shipment with the scans of its way.
type ShipmentDetail struct {
	Shipment
	Scans []TrackScan `json:"scans"`
}

// TrackScan is one line of a parcel's way.
type TrackScan struct {
	At     string `json:"at"`
	Status string `json:"status,omitempty" doc:"what the code means"`
	Reason string `json:"reason,omitempty"`
	Code   string `json:"code" doc:"the carrier's own"`
	Text   string `json:"text,omitempty"`
	Place  string `json:"place,omitempty"`
}

// TrackInput is what a carrier tells of one parcel.
type TrackInput struct {
	Carrier string      `json:"carrier,omitempty"`
	Waybill string      `json:"waybill"`
	Scans   []TrackScan `json:"scans"`
}

// TrackOutcome is where the parcel is after that.
type TrackOutcome struct {
	Shipment string `json:"shipment"`
	Status   string `json:"status"`
	Reason   string `json:"reason,omitempty"`
	New      int    `json:"new" doc:"scans that were not known"`
}

// UnmappedCodes are carriers' codes that have no meaning yet.
type UnmappedCodes struct {
	Codes []UnmappedCode `json:"codes"`
}

// UnmappedCode is a carrier's code that has no meaning yet.
type UnmappedCode struct {
	Carrier string `json:"carrier"`
	Code    string `json:"code"`
	Count   int    `json:"count"`
	Example string `json:"example"`
	LastAt  string `json:"last_at"`
}

func (s *Server) tracking() {
	query(s, route{path: "/v1/shipments/{id}", tag: "shipping", id: "get-shipment", scope: access.OrdersRead, summary: "One shipment with the scans of its way"},
		(*call).getShipment)
	command(s, route{path: "/v1/tracks", tag: "shipping", id: "receive-track", scope: access.Ship, summary: "What a carrier tells of a parcel; known scans change nothing"},
		(*call).receiveTrack)
	query(s, route{path: "/v1/tracks/unmapped", tag: "shipping", id: "list-unmapped", scope: access.OrdersRead, summary: "Carriers' codes that have no meaning yet"},
		func(c *call) (UnmappedCodes, error) {
			list, err := c.Track.Unmapped(c.ctx)
			out := UnmappedCodes{Codes: make([]UnmappedCode, len(list))}
			for i, u := range list {
				out.Codes[i] = UnmappedCode{Carrier: u.Carrier, Code: u.Code, Count: u.Count, Example: c.free(u.Example), LastAt: at(u.LastAt)}
			}
			return out, err
		})
}

func (c *call) getShipment() (out ShipmentDetail, err error) {
	key, err := c.idParam("id", ship.Prefix)
	if err != nil {
		return out, err
	}
	err = c.DB.View(c.ctx, func(tx *db.Tx) error {
		found, err := ship.ShipmentsByID(tx, []int64{key})
		if err != nil {
			return err
		}
		if found[key] == nil {
			return fault.New(fault.NotFound, "ship.not_found", "there is no shipment %s", id.Show(ship.Prefix, key)).With("shipment", id.Show(ship.Prefix, key))
		}
		events, err := c.Track.Events(tx, found)
		out = ShipmentDetail{Shipment: shipmentOf(found[key]), Scans: []TrackScan{}}
		for _, e := range events[key] {
			out.Scans = append(out.Scans, TrackScan{At: at(e.At.UnixMicro()), Status: string(e.Status), Reason: string(e.Reason), Code: e.Code, Text: c.free(e.Text), Place: e.Place})
		}
		return err
	})
	return out, err
}

func (c *call) receiveTrack(in TrackInput) (TrackOutcome, error) {
	ask := track.In{Carrier: in.Carrier, Waybill: in.Waybill}
	for _, s := range in.Scans {
		when, err := microsOf("scans.at", s.At)
		if err != nil {
			return TrackOutcome{}, err
		}
		ask.Scans = append(ask.Scans, ship.Scan{At: time.UnixMicro(when).UTC(), Code: s.Code, Text: s.Text, Place: s.Place})
	}
	out, err := c.Track.Receive(c.ctx, c.once, ask)
	return TrackOutcome{Shipment: id.Show(ship.Prefix, out.Shipment), Status: string(out.Status), Reason: string(out.Reason), New: out.New}, err
}
