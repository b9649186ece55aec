package main

import (
	"bytes"
	"context"
	"encoding/json"
	"slices"
	"time"

	"github.com/packhorse/packhorse/check"
)

// Rows of the dumps, as far as figures need them.
type (
	orderRow struct {
		ID         string    `json:"id"`
		ShipBy     time.Time `json:"ship_by"`
		PromisedBy time.Time `json:"promised_by"`
		Review     string    `json:"review"`
		Fulfilment string    `json:"fulfilment"`
		Delivery   string    `json:"delivery"`
	}
	fulfilmentRow struct {
		ID     string `json:"id"`
		Order  string `json:"order"`
		Status string `json:"status"`
	}
	shipmentRow struct {
		Order       string    `json:"order"`
		Waybill     string    `json:"waybill"`
		Status      string    `json:"status"`
		Cost        int64     `json:"cost"`
		Currency    string    `json:"currency"`
		Tracking    string    `json:"tracking"`
		Late        string    `json:"late"`
		HandedOver  time.Time `json:"handed_over_at"`
		DeliveredAt time.Time `json:"delivered_at"`
	}
	holdRow struct {
		Order      string `json:"order"`
		Reason     string `json:"reason"`
		ReleasedAt string `json:"released_at"`
	}
	backorderRow struct {
		Order  string `json:"order"`
		Reason string `json:"reason"`
	}
	eventRow struct {
		At     time.Time       `json:"at"`
		Kind   string          `json:"kind"`
		Order  string          `json:"order"`
		Params json.RawMessage `json:"params"`
	}
)

// books are the dumps of a finished run.
type books struct {
	orders      []orderRow
	fulfilments []fulfilmentRow
	shipments   []shipmentRow
	holds       []holdRow
	owed        []backorderRow
	events      []eventRow
	back        map[string]bool // waybills of parcels that were booked as returned
	way         map[string]bool // orders with a parcel that is on its way
}

func (w *world) books(ctx context.Context) (b books, err error) {
	for kind, into := range map[string]any{"orders": &b.orders, "fulfilments": &b.fulfilments, "shipments": &b.shipments, "holds": &b.holds, "backorders": &b.owed, "events": &b.events} {
		var text bytes.Buffer
		if err := check.Dump(ctx, w.app.DB, kind, &text); err != nil {
			return b, err
		}
		if err := readLines(text.Bytes(), into); err != nil {
			return b, err
		}
	}
	b.follow()
	return b, nil
}

// follow notes which parcels are back, and which orders have one that is neither back nor delivered.
func (b *books) follow() {
	b.back, b.way = map[string]bool{}, map[string]bool{}
	for _, e := range b.events {
		var said struct {
			Waybills []string `json:"waybills"`
		}
		if e.Kind == "aftersales.received.v1" && json.Unmarshal(e.Params, &said) == nil {
			for _, w := range said.Waybills {
				b.back[w] = true
			}
		}
	}
	for _, s := range b.shipments {
		if s.Status == "handed_over" && !b.back[s.Waybill] {
			b.way[s.Order] = true
		}
	}
}

// readLines reads one JSON object per line into a list. A moment that is empty is none.
func readLines(text []byte, into any) error {
	lines := bytes.Split(bytes.TrimSpace(bytes.ReplaceAll(text, []byte(`_at":""`), []byte(`_at":null`))), []byte("\n"))
	for i := range lines {
		lines[i] = bytes.ReplaceAll(lines[i], []byte(`_by":""`), []byte(`_by":null`))
	}
	return json.Unmarshal(slices.Concat([]byte("["), bytes.Join(lines, []byte(",")), []byte("]")), into)
}
