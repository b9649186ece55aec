package public

import (
	"strings"
	"testing"
	"time"

	"github.com/packhorse/packhorse/order"
	"github.com/packhorse/packhorse/ship"
	"github.com/packhorse/packhorse/track"
)

func TestTheStationsOfAnOrderSayWhereItIsAndHowItEnds(t *testing.T) {
	ordered := func(fulfilment string) *order.Order {
		o := &order.Order{PlacedAt: 1}
		o.Fulfilment = fulfilment
		return o
	}
	on := func(status track.Status, seen ...track.Status) facts {
		p := parcel{Shipment: &ship.Shipment{HandedOverAt: 2, Tracking: string(status)}}
		for _, s := range seen {
			p.events = append(p.events, track.Event{Status: s, At: time.Unix(3, 0)})
		}
		return facts{Order: ordered(order.FulfilmentShipped), parcels: []parcel{p}}
	}
	part := on(track.StatusDelivered, track.StatusOutForDelivery)
	part.Fulfilment = "partly"
	for want, f := range map[string]facts{
		"(ordered) prepared shipped courier delivered":             {Order: ordered("")},
		"(ordered) (prepared) shipped courier delivered":           on(track.StatusInTransit),
		"(ordered) (prepared) (shipped) courier delivered":         on(track.StatusDeliveryFailed, track.StatusOutForDelivery),
		"(ordered) (prepared) (shipped) (courier) (delivered)":     on(track.StatusDelivered, track.StatusOutForDelivery),
		"(ordered) (prepared) (shipped) back":                      on(track.StatusReturnToSender),
		"(ordered) prepared shipped courier delivered, but a part": part,
		"(ordered) cancelled":                                      {Order: ordered(order.FulfilmentCancelled)},
	} {
		var got []string
		for _, m := range milestonesOf(f, headOf(f)) {
			name := strings.TrimPrefix(m.code, "public.step_")
			if m.done {
				name = "(" + name + ")"
			}
			got = append(got, name)
		}
		if text := strings.Join(got, " "); text != strings.TrimSuffix(want, ", but a part") {
			t.Errorf("%s, want %s", text, want)
		}
	}
}
