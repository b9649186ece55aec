// Package manual is the carrier without an interface: a person types or scans the number of a pre-printed waybill,
// or books on the carrier's own site and brings the number here.
//
// It keeps nothing and calls nobody. Whether a number was used before is for the shipment that bears it to know.
package manual

import (
	"context"
	"strings"

	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/ship"
)

const maxWaybill = 40

// Carrier takes waybill numbers from people. Its zero value is ready.
type Carrier struct{}

// Book accepts the number in r.Waybill. Without one, or with one no carrier prints, it returns the faults
// "carrier.waybill_missing" and "carrier.waybill_form" on the field "waybill".
func (Carrier) Book(_ context.Context, r ship.BookRequest) (ship.Booking, error) {
	number := strings.ToUpper(strings.TrimSpace(r.Waybill))
	if number == "" {
		return ship.Booking{}, fault.Invalidf("waybill", "carrier.waybill_missing",
			"manual: the waybill must be given; this carrier has no interface, so scan or type the number on the form")
	}
	if len(number) > maxWaybill || strings.Trim(number, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-") != "" {
		return ship.Booking{}, fault.Invalidf("waybill", "carrier.waybill_form",
			"manual: %q is not a waybill number: up to %d letters, digits and hyphens", r.Waybill, maxWaybill).
			With("value", r.Waybill).With("max", maxWaybill)
	}
	return ship.Booking{Waybill: number}, nil
}

// Find finds nothing: there is nobody to ask, and Book never leaves a doubt.
func (Carrier) Find(context.Context, string) (ship.Booking, bool, error) {
	return ship.Booking{}, false, nil
}

// Void does nothing: the form is torn up by hand.
func (Carrier) Void(context.Context, string) error { return nil }

// Track knows no scans.
func (Carrier) Track(context.Context, string) ([]ship.Scan, error) { return nil, nil }
