package sim_test

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/packhorse/packhorse/connect/carrier/sim"
	server "github.com/packhorse/packhorse/connect/sim/carrier"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/words"
	"github.com/packhorse/packhorse/ship"
	"github.com/packhorse/packhorse/ship/carriertest"
	"github.com/packhorse/packhorse/track"
)

var (
	_ ship.Carrier     = (*sim.Carrier)(nil)
	_ ship.Quoter      = (*sim.Carrier)(nil)
	_ ship.AreaChecker = (*sim.Carrier)(nil)
	_ ship.Collector   = (*sim.Carrier)(nil)

	_ ship.BalanceTeller = (*sim.Carrier)(nil)
)

func TestTheSimulatedCarrierKeepsTheContract(t *testing.T) {
	for name, cfg := range map[string]server.Config{
		"on a quiet day":         {},
		"with a counted account": {Balance: 50},
		"with every track stuttering": {
			Fates: server.Everyday(), Faults: server.Faults{Duplicate: 1},
		},
	} {
		t.Run(name, func(t *testing.T) {
			carriertest.Run(t, func(t *testing.T) carriertest.Bench {
				s := newStage(t, cfg)
				return carriertest.Bench{
					Carrier:          s.carrier,
					Request:          request,
					SuspendedRequest: blocked,
					LaterRequest:     closing,
					LoseAnswer:       func() { s.wire.lose.Store(true) },
					EmptyAccount: func() {
						s.wire.answer(http.StatusConflict, `{"code":"balance","message":"no waybill numbers left; buy more"}`)
					},
					Crowd:   func() { s.wire.answer(http.StatusTooManyRequests, `{"code":"busy","message":"too many calls"}`) },
					Collect: func(w string) error { return s.carrier.Collect(t.Context(), []string{w}) },
					Advance: s.clock.Advance,
				}
			})
		})
	}
}

func TestOnABadLineEveryShipmentEndsWithOneWaybill(t *testing.T) {
	s := newStage(t, server.Config{Seed: 3, Balance: 30, Faults: server.Faults{Timeout: 0.2, ServerError: 0.2}})
	waybills := map[string]bool{}
	for i := range 30 {
		b, err := bookSurely(t, s.carrier, request(fmt.Sprintf("bad-line-%d", i)))
		if err != nil {
			t.Fatalf("shipment %d: %v", i, err)
		}
		waybills[b.Waybill] = true
	}
	// The account had exactly 30 numbers: one taken twice would have left a shipment without.
	if len(waybills) != 30 {
		t.Errorf("%d waybills for 30 shipments", len(waybills))
	}
	if _, err := bookSurely(t, s.carrier, request("one-too-many")); !errors.Is(err, ship.ErrBalance) {
		t.Errorf("the account is empty, and booking says %v", err)
	}
}

// bookSurely is how a caller of the contract books: it asks before it sends again.
func bookSurely(t *testing.T, c *sim.Carrier, r ship.BookRequest) (ship.Booking, error) {
	for range 20 {
		b, err := c.Book(t.Context(), r)
		if errors.Is(err, ship.ErrUncertain) {
			if found, ok, err := c.Find(t.Context(), r.Reference); err == nil && ok {
				return found, nil
			}
			continue
		}
		if !errors.Is(err, ship.ErrBusy) {
			return b, err
		}
	}
	return ship.Booking{}, errors.New("twenty attempts were not enough")
}

func TestEveryCodeOfTheSimulatedCarrierHasAMeaning(t *testing.T) {
	s := newStage(t, server.Config{Fates: server.Fates{Late: 0.2, Lost: 0.1, Refused: 0.3, Locker: 0.2}})
	var waybills []string
	for i := range 200 {
		b, err := s.carrier.Book(t.Context(), request(fmt.Sprint(i)))
		if err != nil {
			t.Fatal(err)
		}
		waybills = append(waybills, b.Waybill)
	}
	if err := s.carrier.Collect(t.Context(), waybills); err != nil {
		t.Fatal(err)
	}
	s.clock.Advance(40 * 24 * time.Hour)
	ends := map[track.Status]int{}
	for _, w := range waybills {
		scans, err := s.carrier.Track(t.Context(), w)
		if err != nil {
			t.Fatal(err)
		}
		var events []track.Event
		for i, sc := range scans {
			status, reason, ok := track.Map("sim", sc.Code)
			if !ok {
				t.Fatalf("code %s (%s) has no meaning", sc.Code, sc.Text)
			}
			events = append(events, track.Event{At: sc.At, Ingested: int64(i), Status: status, Reason: reason})
		}
		ends[track.Follow(events).Status]++
	}
	for _, want := range []track.Status{track.StatusDelivered, track.StatusReturnToSender, track.StatusInTransit} {
		if ends[want] == 0 {
			t.Errorf("no parcel ends %s: %v", want, ends)
		}
	}
	if len(ends) != 3 {
		t.Errorf("after forty days parcels stand at %v", ends)
	}
}

func TestEachRefusalComesWithItsMeaningAndASentence(t *testing.T) {
	s := newStage(t, server.Config{Balance: 1})
	heavy := request("heavy")
	heavy.WeightG = 5_000_000
	_, tooHeavy := s.carrier.Book(t.Context(), heavy)
	_, suspended := s.carrier.Book(t.Context(), blocked("blocked"))
	_, quoted := s.carrier.Quote(t.Context(), blocked(""))
	if _, err := s.carrier.Book(t.Context(), request("last")); err != nil {
		t.Fatal(err)
	}
	_, empty := s.carrier.Book(t.Context(), request("one more"))
	_, unknown := s.carrier.Track(t.Context(), "PH0000000000000")
	collect := s.carrier.Collect(t.Context(), []string{"PH0000000000001"})
	for _, c := range []struct{ got, want error }{
		{tooHeavy, ship.ErrRefused}, {suspended, ship.ErrSuspended}, {quoted, ship.ErrSuspended},
		{empty, ship.ErrBalance}, {unknown, ship.ErrUnknownWaybill}, {collect, ship.ErrUnknownWaybill},
	} {
		if !errors.Is(c.got, c.want) {
			t.Errorf("got %v, want %v", c.got, c.want)
			continue
		}
		f, _ := fault.As(c.got)
		for _, lang := range words.Languages {
			if s := words.Render(lang, f.Code, f.Params); strings.ContainsAny(s, "{}") || s == f.Code {
				t.Errorf("%s in %s reads %q", f.Code, lang, s)
			}
		}
	}
}

func TestAQuoteNeedsNoReferenceAndTakesNoWaybill(t *testing.T) {
	s := newStage(t, server.Config{Balance: 1})
	r := request("")
	q, err := s.carrier.Quote(t.Context(), r)
	if err != nil || q.PriceMinor <= 0 || q.Currency != "CNY" || q.DaysP50 <= 0 || q.DaysP90 < q.DaysP50 {
		t.Fatalf("quote %+v, %v", q, err)
	}
	b, err := s.carrier.Book(t.Context(), request("1"))
	if err != nil || b.PriceMinor != q.PriceMinor {
		t.Errorf("quoted %d, booked at %d, %v", q.PriceMinor, b.PriceMinor, err)
	}
}
