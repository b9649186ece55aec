package carriertest

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/packhorse/packhorse/ship"
)

// Chapters about carriers that fail.
const (
	EmptyAccount   = "an account that is used up gives no waybill, and one that was filled up does"
	Crowded        = "a busy carrier says how long to wait, and books nothing"
	LostVoid       = "after a void without an answer the void is sent again, and the booking is gone"
	SuspendedLater = "an area is served until the moment it is suspended from"
	CollectTwice   = "handed over twice is handed over once, and an unknown number stops no other"
	BalanceFalls   = "the balance falls by the waybills taken, not by repeated ones"
)

// Far is how far ahead the area of Bench.LaterRequest is suspended: more than a working day, less than two.
const Far = 36 * time.Hour

func emptyAccount(ctx context.Context, b Bench) error {
	b.EmptyAccount()
	if _, err := b.Carrier.Book(ctx, b.Request("empty-1")); !errors.Is(err, ship.ErrBalance) {
		return fmt.Errorf("booking on a used-up account gave %v, want ErrBalance: every other answer is tried again in vain", err)
	}
	if err := wantAbsent(ctx, b, "empty-1"); err != nil {
		return err
	}
	if _, err := b.Carrier.Book(ctx, b.Request("empty-1")); err != nil {
		return fmt.Errorf("book after the account was filled up: %w", err)
	}
	return nil
}

func crowded(ctx context.Context, b Bench) error {
	b.Crowd()
	_, err := b.Carrier.Book(ctx, b.Request("busy-1"))
	if !errors.Is(err, ship.ErrBusy) {
		return fmt.Errorf("booking at a busy carrier gave %v, want ErrBusy: it counts as no attempt", err)
	}
	if wait, ok := ship.RetryAfter(err); !ok || wait <= 0 {
		return fmt.Errorf("a busy carrier says to wait %v, %v: the caller must know when to come again", wait, ok)
	}
	if err := wantAbsent(ctx, b, "busy-1"); err != nil {
		return err
	}
	if _, err := b.Carrier.Book(ctx, b.Request("busy-1")); err != nil {
		return fmt.Errorf("book when it is quiet again: %w", err)
	}
	return nil
}

func lostVoid(ctx context.Context, b Bench) error {
	booked, err := b.Carrier.Book(ctx, b.Request("lost-void-1"))
	if err != nil {
		return fmt.Errorf("book: %w", err)
	}
	b.LoseAnswer()
	if err := b.Carrier.Void(ctx, booked.Waybill); !errors.Is(err, ship.ErrUncertain) {
		return fmt.Errorf("a void without an answer gave %v, want ErrUncertain: the waybill may still live", err)
	}
	if err := b.Carrier.Void(ctx, booked.Waybill); err != nil {
		return fmt.Errorf("void again: %w", err)
	}
	return wantAbsent(ctx, b, "lost-void-1")
}

func suspendedLater(ctx context.Context, b Bench) error {
	if _, err := b.Carrier.Book(ctx, b.LaterRequest("later-1")); err != nil {
		return fmt.Errorf("the area is suspended in %v, and booking now gave %w", Far, err)
	}
	b.Advance(Far)
	if _, err := b.Carrier.Book(ctx, b.LaterRequest("later-2")); !errors.Is(err, ship.ErrSuspended) {
		return fmt.Errorf("booking once the area is suspended gave %v, want ErrSuspended", err)
	}
	return wantAbsent(ctx, b, "later-2")
}

func collectTwice(ctx context.Context, b Bench) error {
	c, tells := b.Carrier.(ship.Collector)
	if !tells {
		return nil
	}
	booked, err := b.Carrier.Book(ctx, b.Request("handed-1"))
	if err != nil {
		return fmt.Errorf("book: %w", err)
	}
	if err := c.Collect(ctx, []string{"NEVER-GIVEN-2", booked.Waybill}); !errors.Is(err, ship.ErrUnknownWaybill) {
		return fmt.Errorf("a manifest with an unknown number gave %v, want ErrUnknownWaybill", err)
	}
	if err := b.Carrier.Void(ctx, booked.Waybill); !errors.Is(err, ship.ErrCollected) {
		return fmt.Errorf("the known parcel beside the unknown one was not taken: its void gave %v", err)
	}
	if err := c.Collect(ctx, []string{booked.Waybill}); err != nil {
		return fmt.Errorf("hand over again: %w", err)
	}
	return nil
}

func balanceFalls(ctx context.Context, b Bench) error {
	t, tells := b.Carrier.(ship.BalanceTeller)
	if !tells {
		return nil
	}
	before, limited, err := t.Balance(ctx)
	if err != nil || !limited {
		return err
	}
	for _, ref := range []string{"count-1", "count-1", "count-2"} {
		if _, err := b.Carrier.Book(ctx, b.Request(ref)); err != nil {
			return fmt.Errorf("book: %w", err)
		}
	}
	after, _, err := t.Balance(ctx)
	if err == nil && before-after != 2 {
		err = fmt.Errorf("two waybills were taken, the balance went from %d to %d", before, after)
	}
	return err
}
