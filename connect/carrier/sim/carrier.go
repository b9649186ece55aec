package sim

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/packhorse/packhorse/ship"
)

// Book takes a waybill; see ship.Carrier.
func (c *Carrier) Book(ctx context.Context, r ship.BookRequest) (ship.Booking, error) {
	var out booking
	if err := c.write(ctx, "/v1/book", shipmentOf(r), &out); err != nil {
		return ship.Booking{}, placed(err, r.Recipient)
	}
	if out.Waybill == "" {
		return ship.Booking{}, incomplete("waybill")
	}
	return ship.Booking(out), nil
}

// Find asks for the live booking of our reference; see ship.Carrier.
func (c *Carrier) Find(ctx context.Context, reference string) (ship.Booking, bool, error) {
	var out struct {
		Found   *bool   `json:"found"`
		Booking booking `json:"booking"`
	}
	in := map[string]string{"reference": reference}
	if err := c.read(ctx, "/v1/find", in, &out); err != nil {
		return ship.Booking{}, false, err
	}
	if out.Found == nil || (*out.Found && out.Booking.Waybill == "") {
		return ship.Booking{}, false, incomplete("found")
	}
	return ship.Booking(out.Booking), *out.Found, nil
}

// Void gives a waybill back; see ship.Carrier.
func (c *Carrier) Void(ctx context.Context, waybill string) error {
	return named(c.write(ctx, "/v1/void", map[string]string{"waybill": waybill}, &struct{}{}), waybill)
}

// Collect tells the carrier which parcels it was handed; see ship.Collector.
func (c *Carrier) Collect(ctx context.Context, waybills []string) error {
	var out struct {
		Unknown []string `json:"unknown"`
	}
	if err := c.write(ctx, "/v1/collect", map[string][]string{"waybills": waybills}, &out); err != nil {
		return err
	}
	if len(out.Unknown) > 0 {
		return ship.UnknownWaybill(strings.Join(out.Unknown, ", "))
	}
	return nil
}

// Track returns the scans so far, oldest first; see ship.Carrier. The carrier tells them newest first, and some twice.
func (c *Carrier) Track(ctx context.Context, waybill string) ([]ship.Scan, error) {
	var out struct {
		Scans []scan `json:"scans"`
	}
	if err := c.read(ctx, "/v1/track", map[string]string{"waybill": waybill}, &out); err != nil {
		return nil, named(err, waybill)
	}
	if out.Scans == nil {
		return nil, incomplete("scans")
	}
	scans := make([]ship.Scan, 0, len(out.Scans))
	for _, s := range slices.Backward(out.Scans) {
		s.At = s.At.UTC().Truncate(time.Microsecond)
		scans = append(scans, ship.Scan(s))
	}
	slices.SortStableFunc(scans, func(a, b ship.Scan) int { return a.At.Compare(b.At) })
	return onceEach(scans), nil
}

// onceEach keeps the first of several equal scans; equal times need not be neighbours of equal content.
func onceEach(scans []ship.Scan) []ship.Scan {
	seen := make(map[ship.Scan]bool, len(scans))
	return slices.DeleteFunc(scans, func(s ship.Scan) bool {
		again := seen[s]
		seen[s] = true
		return again
	})
}

// Quote asks for price and days; see ship.Quoter.
func (c *Carrier) Quote(ctx context.Context, r ship.BookRequest) (ship.Quote, error) {
	var out quote
	if err := c.read(ctx, "/v1/quote", shipmentOf(r), &out); err != nil {
		return ship.Quote{}, placed(err, r.Recipient)
	}
	if out.Currency == "" {
		return ship.Quote{}, incomplete("currency")
	}
	return ship.Quote(out), nil
}

// Suspended lists where the carrier does not serve now; see ship.AreaChecker.
func (c *Carrier) Suspended(ctx context.Context) ([]ship.Suspension, error) {
	var out struct {
		Areas []area `json:"areas"`
	}
	if err := c.read(ctx, "/v1/areas", struct{}{}, &out); err != nil {
		return nil, err
	}
	if out.Areas == nil {
		return nil, incomplete("areas")
	}
	list := make([]ship.Suspension, len(out.Areas))
	for i, a := range out.Areas {
		list[i] = ship.Suspension(a)
	}
	return list, nil
}

// Balance asks how many waybills the account may still take; see ship.BalanceTeller.
func (c *Carrier) Balance(ctx context.Context) (left int64, limited bool, err error) {
	var out struct {
		Limited *bool `json:"limited"`
		Left    int64 `json:"left"`
	}
	if err := c.read(ctx, "/v1/balance", struct{}{}, &out); err != nil {
		return 0, false, err
	}
	if out.Limited == nil {
		return 0, false, incomplete("limited")
	}
	return out.Left, *out.Limited, nil
}

// incomplete is a good answer that lacks what it is for. Read as empty, it would say that there is no booking, no
// scan, no suspended area: the costliest of all misreadings.
func incomplete(field string) error {
	return ship.Uncertain(fmt.Errorf("the answer has no %q", field))
}

// placed adds the address to a refusal that is about the area.
func placed(err error, to ship.Address) error {
	var s suspended
	if errors.As(err, &s) {
		return ship.SuspendedArea(to, s.reason)
	}
	return err
}

// named adds the waybill to a refusal that is about it.
func named(err error, waybill string) error {
	if errors.Is(err, ship.ErrUnknownWaybill) {
		return ship.UnknownWaybill(waybill)
	}
	if err != nil {
		return fmt.Errorf("waybill %s: %w", waybill, err)
	}
	return nil
}
