package carriertest

import (
	"context"
	"fmt"

	"github.com/packhorse/packhorse/ship"
)

// collected books a shipment and hands it over.
func (b Bench) collected(ctx context.Context, reference string) (ship.Booking, error) {
	booked, err := b.Carrier.Book(ctx, b.Request(reference))
	if err != nil {
		return booked, fmt.Errorf("book: %w", err)
	}
	if err := b.Collect(booked.Waybill); err != nil {
		return booked, fmt.Errorf("hand over: %w", err)
	}
	return booked, nil
}

func wantFound(ctx context.Context, b Bench, reference string, want ship.Booking) error {
	got, found, err := b.Carrier.Find(ctx, reference)
	switch {
	case err != nil:
		return fmt.Errorf("find %s: %w", reference, err)
	case !found:
		return fmt.Errorf("the booking %s is not found", reference)
	case got != want:
		return fmt.Errorf("booked %+v, found %+v", want, got)
	}
	return nil
}

func wantAbsent(ctx context.Context, b Bench, reference string) error {
	got, found, err := b.Carrier.Find(ctx, reference)
	if err != nil {
		return fmt.Errorf("find %s: %w: not found is an answer, not an error", reference, err)
	}
	if found {
		return fmt.Errorf("%s should have no live booking, but %+v is found", reference, got)
	}
	return nil
}

func wantOrdered(scans []ship.Scan) error {
	for i := 1; i < len(scans); i++ {
		if scans[i].At.Before(scans[i-1].At) {
			return fmt.Errorf("scan %d is older than the one before it: %v", i, scans)
		}
		if same(scans[i], scans[i-1]) {
			return fmt.Errorf("scan %d is told twice: %v", i, scans[i])
		}
	}
	return nil
}

func same(a, b ship.Scan) bool {
	return a.At.Equal(b.At) && a.Code == b.Code && a.Text == b.Text && a.Place == b.Place
}
