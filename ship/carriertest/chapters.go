package carriertest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/packhorse/packhorse/internal/suite"
	"github.com/packhorse/packhorse/ship"
)

// Names of the chapters, for Bench.Without.
const (
	BookTwice       = "booking twice under one reference gives one waybill"
	BookApart       = "two references get two waybills"
	FindBooked      = "a booking is found by its reference"
	FindNothing     = "a reference never booked is not found"
	LostAnswer      = "after a lost answer the booking is found, and booking again gives the same waybill"
	VoidTwice       = "voiding twice is one void, and the booking is gone"
	VoidUnknown     = "a waybill the carrier never gave cannot be voided"
	VoidCollected   = "a waybill cannot be voided after pick-up"
	TrackOrder      = "a track is told oldest first and only grows"
	TrackUnscanned  = "a parcel that was never handed over has no movement"
	RefuseSuspended = "a suspended area is refused, and nothing is booked"
)

var chapters = []suite.Chapter[Bench]{
	{Name: BookTwice, Play: bookTwice}, {Name: BookApart, Play: bookApart}, {Name: FindBooked, Play: findBooked}, {Name: FindNothing, Play: findNothing},
	{Name: LostAnswer, Play: lostAnswer}, {Name: VoidTwice, Play: voidTwice}, {Name: VoidUnknown, Play: voidUnknown}, {Name: VoidCollected, Play: voidCollected},
	{Name: TrackOrder, Play: trackOrder}, {Name: TrackUnscanned, Play: trackUnscanned}, {Name: RefuseSuspended, Play: refuseSuspended},
	{Name: EmptyAccount, Play: emptyAccount}, {Name: Crowded, Play: crowded}, {Name: LostVoid, Play: lostVoid}, {Name: SuspendedLater, Play: suspendedLater},
	{Name: CollectTwice, Play: collectTwice}, {Name: BalanceFalls, Play: balanceFalls},
}

func bookTwice(ctx context.Context, b Bench) error {
	r := b.Request("twice-1")
	first, err := b.Carrier.Book(ctx, r)
	if err != nil {
		return fmt.Errorf("book: %w", err)
	}
	if first.Waybill == "" {
		return errors.New("a booking without a waybill cannot be printed")
	}
	second, err := b.Carrier.Book(ctx, r)
	if err != nil {
		return fmt.Errorf("book again: %w", err)
	}
	if second != first {
		return fmt.Errorf("booked %+v, then %+v under the same reference: one parcel would be paid twice", first, second)
	}
	return nil
}

func bookApart(ctx context.Context, b Bench) error {
	one, err := b.Carrier.Book(ctx, b.Request("apart-1"))
	if err != nil {
		return err
	}
	two, err := b.Carrier.Book(ctx, b.Request("apart-2"))
	if err != nil {
		return err
	}
	if one.Waybill == two.Waybill {
		return fmt.Errorf("two shipments share the waybill %s", one.Waybill)
	}
	return nil
}

func findBooked(ctx context.Context, b Bench) error {
	want, err := b.Carrier.Book(ctx, b.Request("find-1"))
	if err != nil {
		return err
	}
	return wantFound(ctx, b, "find-1", want)
}

func findNothing(ctx context.Context, b Bench) error {
	return wantAbsent(ctx, b, "never-booked-1")
}

func lostAnswer(ctx context.Context, b Bench) error {
	r := b.Request("lost-1")
	b.LoseAnswer()
	if _, err := b.Carrier.Book(ctx, r); !errors.Is(err, ship.ErrUncertain) {
		return fmt.Errorf("booking without an answer gave %v, want ErrUncertain: anything else makes the caller book again or give up", err)
	}
	got, found, err := b.Carrier.Find(ctx, "lost-1")
	if err != nil || !found {
		return fmt.Errorf("find after the lost answer: found %v, %v", found, err)
	}
	again, err := b.Carrier.Book(ctx, r)
	if err != nil {
		return fmt.Errorf("book again: %w", err)
	}
	if again.Waybill != got.Waybill {
		return fmt.Errorf("found %s, but booking again gave %s", got.Waybill, again.Waybill)
	}
	return nil
}

func voidTwice(ctx context.Context, b Bench) error {
	booked, err := b.Carrier.Book(ctx, b.Request("void-1"))
	if err != nil {
		return err
	}
	for i := range 2 {
		if err := b.Carrier.Void(ctx, booked.Waybill); err != nil {
			return fmt.Errorf("void no. %d: %w", i+1, err)
		}
	}
	return wantAbsent(ctx, b, "void-1")
}

func voidUnknown(ctx context.Context, b Bench) error {
	if err := b.Carrier.Void(ctx, "NEVER-GIVEN-1"); !errors.Is(err, ship.ErrUnknownWaybill) {
		return fmt.Errorf("voiding an unknown waybill gave %v, want ErrUnknownWaybill", err)
	}
	return nil
}

func voidCollected(ctx context.Context, b Bench) error {
	booked, err := b.collected(ctx, "collected-1")
	if err != nil {
		return err
	}
	if err := b.Carrier.Void(ctx, booked.Waybill); !errors.Is(err, ship.ErrCollected) {
		return fmt.Errorf("voiding after pick-up gave %v, want ErrCollected: the order would be cancelled while its parcel travels", err)
	}
	return wantFound(ctx, b, "collected-1", booked)
}

func trackOrder(ctx context.Context, b Bench) error {
	booked, err := b.collected(ctx, "track-1")
	if err != nil {
		return err
	}
	var seen []ship.Scan
	for day := range 12 {
		scans, err := b.Carrier.Track(ctx, booked.Waybill)
		if err != nil {
			return fmt.Errorf("day %d: %w", day, err)
		}
		if err := wantOrdered(scans); err != nil {
			return fmt.Errorf("day %d: %w", day, err)
		}
		if len(scans) < len(seen) || !slices.EqualFunc(scans[:len(seen)], seen, same) {
			return fmt.Errorf("day %d: the track was %v and became %v: a scan told once must stay", day, seen, scans)
		}
		seen = scans
		b.Advance(24 * time.Hour)
	}
	if len(seen) < 2 {
		return fmt.Errorf("twelve days after pick-up the track has %d scans", len(seen))
	}
	return nil
}

func trackUnscanned(ctx context.Context, b Bench) error {
	booked, err := b.Carrier.Book(ctx, b.Request("unscanned-1"))
	if err != nil {
		return err
	}
	before, err := b.Carrier.Track(ctx, booked.Waybill)
	if err != nil {
		return fmt.Errorf("a parcel without a scan is no error: %w", err)
	}
	b.Advance(5 * 24 * time.Hour)
	after, err := b.Carrier.Track(ctx, booked.Waybill)
	if err != nil {
		return err
	}
	if len(after) > len(before) {
		return fmt.Errorf("%d scans became %d although nobody handed the parcel over", len(before), len(after))
	}
	return nil
}

func refuseSuspended(ctx context.Context, b Bench) error {
	r := b.SuspendedRequest("suspended-1")
	if _, err := b.Carrier.Book(ctx, r); !errors.Is(err, ship.ErrSuspended) {
		return fmt.Errorf("booking to a suspended area gave %v, want ErrSuspended", err)
	}
	if a, ok := b.Carrier.(ship.AreaChecker); ok {
		areas, err := a.Suspended(ctx)
		if err != nil {
			return err
		}
		covered := func(s ship.Suspension) bool { return s.Covers(r.Recipient, s.From) }
		if !slices.ContainsFunc(areas, covered) {
			return fmt.Errorf("the booking was refused, but none of the published areas %v covers it", areas)
		}
	}
	return wantAbsent(ctx, b, "suspended-1")
}
