package carriertest

import (
	"context"
	"fmt"
	"io"
	"slices"
	"testing"
	"time"

	"github.com/packhorse/packhorse/internal/suite"
	"github.com/packhorse/packhorse/ship"
)

// paper is a carrier in memory. Honest as it stands; each flaw breaks one promise.
type paper struct {
	flaw      string
	now       time.Time
	lose      bool
	empty     bool
	crowd     bool
	given     int
	bookings  map[string]ship.Booking
	collected map[string]time.Time
}

func (p *paper) Book(_ context.Context, r ship.BookRequest) (ship.Booking, error) {
	if p.empty {
		if p.empty = false; p.flaw == "calls an empty account a refusal" {
			return ship.Booking{}, ship.ErrRefused
		}
		if p.flaw != "books on credit" {
			return ship.Booking{}, ship.ErrBalance
		}
		p.bookings[r.Reference] = ship.Booking{Waybill: "P0"}
		return ship.Booking{}, ship.ErrBalance
	}
	if p.crowd {
		if p.crowd = false; p.flaw == "says wait and not how long" {
			return ship.Booking{}, ship.ErrBusy
		}
		return ship.Booking{}, ship.Busy(time.Second)
	}
	if r.Recipient.Province == "将停发" && (!p.now.Before(paperDay.Add(Far)) && p.flaw != "never closes" || p.flaw == "closes early") {
		return ship.Booking{}, ship.SuspendedArea(r.Recipient, "flood")
	}
	if r.Recipient.Province == "停发" && p.flaw != "serves every area" {
		return ship.Booking{}, ship.SuspendedArea(r.Recipient, "flood")
	}
	b, ok := p.bookings[r.Reference]
	if !ok || p.flaw == "forgets references" {
		if p.flaw != "one number for all" {
			p.given++
		}
		b = ship.Booking{Waybill: fmt.Sprintf("P%d", p.given)}
		p.bookings[r.Reference] = b
	}
	if p.lose {
		p.lose = false
		if p.flaw == "calls silence a refusal" {
			return ship.Booking{}, ship.Refused("no answer")
		}
		return ship.Booking{}, ship.Uncertain(io.EOF)
	}
	return b, nil
}

func (p *paper) Find(_ context.Context, reference string) (ship.Booking, bool, error) {
	b, ok := p.bookings[reference]
	if !ok && p.flaw == "finds with an error" {
		return b, false, ship.ErrUnknownWaybill
	}
	return b, ok && p.flaw != "finds nothing", nil
}

func (p *paper) Void(_ context.Context, waybill string) error {
	var number int
	if n, err := fmt.Sscanf(waybill, "P%d", &number); (n != 1 || err != nil || number > p.given) && p.flaw != "voids anything" {
		return ship.UnknownWaybill(waybill)
	}
	if !p.collected[waybill].IsZero() && p.flaw != "voids what travels" {
		return ship.ErrCollected
	}
	for ref, b := range p.bookings {
		if b.Waybill == waybill {
			if p.lose && p.flaw != "says yes and does nothing" {
				p.lose = false
				delete(p.bookings, ref)
				return ship.Uncertain(io.EOF)
			}
			delete(p.bookings, ref)
			return nil
		}
	}
	if p.flaw == "voids once" {
		return ship.UnknownWaybill(waybill)
	}
	return nil
}

func (p *paper) Collect(_ context.Context, waybills []string) (err error) {
	for _, w := range waybills {
		if w == "NEVER-GIVEN-2" {
			if err = ship.UnknownWaybill(w); p.flaw == "stops at the unknown number" {
				return err
			}
			continue
		}
		if !p.collected[w].IsZero() && p.flaw == "refuses what it has" {
			return ship.ErrCollected
		}
		p.collected[w] = p.now
	}
	return err
}

func (p *paper) Balance(context.Context) (int64, bool, error) {
	if p.flaw == "counts nothing" {
		return 100, true, nil
	}
	return int64(100 - p.given), true, nil
}

func (p *paper) Track(_ context.Context, waybill string) ([]ship.Scan, error) {
	at := p.collected[waybill]
	if at.IsZero() && p.flaw != "moves by itself" {
		return nil, nil
	}
	var scans []ship.Scan
	for ; !at.After(p.now); at = at.Add(24 * time.Hour) {
		if at.IsZero() {
			at = p.now.Add(-24 * time.Hour * time.Duration(p.now.YearDay()))
		}
		scans = append(scans, ship.Scan{At: at, Code: "0"})
	}
	switch p.flaw {
	case "tells newest first":
		slices.Reverse(scans)
	case "tells twice":
		scans = append(scans, scans[len(scans)-1])
	case "rewrites the track":
		scans[0].Text = p.now.String()
	}
	return scans, nil
}

var paperDay = time.Date(2026, 1, 2, 8, 0, 0, 0, time.UTC)

func paperBench(flaw string) Bench {
	p := &paper{flaw: flaw, now: paperDay, bookings: map[string]ship.Booking{}, collected: map[string]time.Time{}}
	request := func(ref string) ship.BookRequest { return ship.BookRequest{Reference: ref, WeightG: 500} }
	return Bench{
		Carrier: p,
		Request: request,
		SuspendedRequest: func(ref string) ship.BookRequest {
			r := request(ref)
			r.Recipient.Province = "停发"
			return r
		},
		LaterRequest: func(ref string) ship.BookRequest {
			r := request(ref)
			r.Recipient.Province = "将停发"
			return r
		},
		LoseAnswer:   func() { p.lose = true },
		EmptyAccount: func() { p.empty = true },
		Crowd:        func() { p.crowd = true },
		Collect:      func(w string) error { p.collected[w] = p.now; return nil },
		Advance:      func(d time.Duration) { p.now = p.now.Add(d) },
	}
}

func TestAnHonestCarrierPassesTheSuite(t *testing.T) {
	Run(t, func(*testing.T) Bench { return paperBench("") })
}

func TestACarrierThatBreaksOnePromiseFailsTheChapterAboutIt(t *testing.T) {
	for flaw, name := range map[string]string{
		"forgets references":      BookTwice,
		"one number for all":      BookApart,
		"finds nothing":           FindBooked,
		"finds with an error":     FindNothing,
		"calls silence a refusal": LostAnswer,
		"voids once":              VoidTwice,
		"voids anything":          VoidUnknown,
		"voids what travels":      VoidCollected,
		"tells newest first":      TrackOrder,
		"tells twice":             TrackOrder,
		"rewrites the track":      TrackOrder,
		"moves by itself":         TrackUnscanned,
		"serves every area":       RefuseSuspended,

		"calls an empty account a refusal": EmptyAccount,
		"books on credit":                  EmptyAccount,
		"says wait and not how long":       Crowded,
		"says yes and does nothing":        LostVoid,
		"never closes":                     SuspendedLater,
		"closes early":                     SuspendedLater,
		"stops at the unknown number":      CollectTwice,
		"refuses what it has":              CollectTwice,
		"counts nothing":                   BalanceFalls,
	} {
		i := slices.IndexFunc(chapters, func(c suite.Chapter[Bench]) bool { return c.Name == name })
		if err := chapters[i].Play(t.Context(), paperBench(flaw)); err == nil {
			t.Errorf("a carrier that %s passes %q", flaw, name)
		} else {
			t.Logf("%s: %v", flaw, err)
		}
	}
}
