package channeltest

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/packhorse/packhorse/intake"
)

func TestTheShopOfTheSuitePassesIt(t *testing.T) {
	Run(t, func(*testing.T) Fixture { return NewShop(time.Now).Fixture() })
}

// broken is a connector that breaks the promises its fields name.
type broken struct {
	*connector
	pull func(intake.Page, string) (intake.Page, error)
	ship func(string, error) (string, error)
	hint error
	sent int
}

func (b *broken) Pull(ctx context.Context, cursor string) (intake.Page, error) {
	page, err := b.connector.Pull(ctx, cursor)
	if err != nil || b.pull == nil {
		return page, err
	}
	return b.pull(page, cursor)
}

func (b *broken) TakeShipment(ctx context.Context, p intake.ShippedParcel) (string, error) {
	b.sent++
	if b.ship == nil {
		p.Parcel += string(rune('a' + b.sent)) // every call is another parcel
		return b.connector.TakeShipment(ctx, p)
	}
	return b.ship(b.connector.TakeShipment(ctx, p))
}

func (b *broken) Hint(ctx context.Context, m intake.Message, now time.Time) (intake.Hint, error) {
	hint, err := b.connector.Hint(ctx, m, now)
	if err != nil && b.hint == nil {
		err, hint = nil, intake.Hint{ID: "x", Orders: []string{"any"}}
	}
	return hint, err
}

func TestAConnectorThatBreaksAPromiseFailsItsChapter(t *testing.T) {
	loseLast := func(p intake.Page, _ string) (intake.Page, error) {
		if n := len(p.Documents); n > 0 {
			p.Documents = p.Documents[:n-1]
		}
		return p, nil
	}
	stands := func(p intake.Page, cursor string) (intake.Page, error) { p.Cursor = cursor; return p, nil }
	noisy := 0
	changes := func(p intake.Page, _ string) (intake.Page, error) {
		for i := range p.Documents {
			noisy++
			p.Documents[i].Document.BuyerNote = string(rune('a' + noisy%20))
		}
		return p, nil
	}
	drops := func(p intake.Page, _ string) (intake.Page, error) {
		var kept []intake.Pulled
		for _, d := range p.Documents {
			if d.Err == nil {
				kept = append(kept, d)
			}
		}
		p.Documents = kept
		return p, nil
	}
	for _, c := range []struct {
		chapter string
		broken  broken
	}{
		{PullAll, broken{pull: loseLast}},
		{PullAll, broken{pull: stands}},
		{PullAgain, broken{pull: changes}},
		{PullOnward, broken{pull: loseLast}},
		{PullUnreadable, broken{pull: drops}},
		{ShipTwice, broken{}},
		{ShipLost, broken{ship: func(ref string, _ error) (string, error) { return ref, intake.ErrUnreachable }}},
		{ShipChanged, broken{}},
		{ShipUnknown, broken{ship: func(string, error) (string, error) { return "made-up", nil }}},
		{HookForged, broken{}}, {HookStale, broken{}}, {HookUnreadable, broken{}},
	} {
		s := NewShop(time.Now)
		f := s.Fixture()
		c.broken.connector = &connector{s, Key}
		f.Channel = &c.broken
		for _, ch := range chapters {
			if ch.name == c.chapter && ch.play(t.Context(), f) == nil {
				t.Errorf("%q passed on a connector that breaks it", c.chapter)
			}
		}
	}
	f := NewShop(time.Now).Fixture()
	f.WrongKey, f.Elsewhere = f.Channel, f.Channel
	if wrongKey(t.Context(), f) == nil || elsewhere(t.Context(), f) == nil {
		t.Error("a connector that accepts every key, or finds the shop anywhere, passed")
	}
	if err := stockSet(t.Context(), Fixture{}); err == nil || errors.Is(err, intake.ErrRefused) {
		t.Errorf("a fixture without hands passed: %v", err)
	}
}
