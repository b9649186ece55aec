package track

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/packhorse/packhorse/internal/words"
	"pgregory.net/rapid"
)

// Every pair of what is and what is told: "." keeps the current status, "+" believes the event. Columns and rows
// are in the order of Statuses.
const pairs = `
                    pe pu tr out rdy del fail dly hold rts can unk
pending             .  +  +  +   +   +   +    +   +    +   +   .
picked_up           .  .  +  +   +   +   +    +   +    +   +   .
in_transit          .  .  .  +   +   +   +    +   +    +   +   .
out_for_delivery    .  .  +  .   +   +   +    +   +    +   +   .
ready_for_pickup    .  .  +  +   .   +   +    +   +    +   +   .
delivered           .  .  .  .   .   .   .    .   .    +   .   .
delivery_failed     .  .  +  +   +   +   .    +   +    +   +   .
delivery_delayed    .  +  +  +   +   +   +    .   +    +   +   .
on_hold             .  +  +  +   +   +   +    +   .    +   +   .
return_to_sender    .  .  .  .   .   .   .    .   .    .   .   .
cancelled           .  +  +  +   +   +   +    +   +    +   .   .
unknown             +  +  +  +   +   +   +    +   +    +   +   .
`

func TestEveryPairOfStatusesFollowsTheRule(t *testing.T) {
	rows := strings.Split(strings.TrimSpace(pairs), "\n")[1:]
	if len(rows) != len(Statuses()) || len(rows) != 12 {
		t.Fatalf("%d rows for %d statuses", len(rows), len(Statuses()))
	}
	for i, row := range rows {
		cells := strings.Fields(row)
		current := Statuses()[i]
		if cells[0] != string(current) || len(cells) != 13 {
			t.Fatalf("row %d is about %s with %d cells", i, cells[0], len(cells))
		}
		for j, next := range Statuses() {
			want := current
			if cells[j+1] == "+" {
				want = next
			}
			if got := Advance(current, next); got != want {
				t.Errorf("%s, then %s: %s, want %s", current, next, got, want)
			}
		}
	}
}

func anyEvents(t *rapid.T) []Event {
	base := time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC)
	n := rapid.IntRange(0, 12).Draw(t, "events")
	events := make([]Event, n)
	for i := range events {
		events[i] = Event{
			At:       base.Add(time.Duration(rapid.IntRange(0, 5).Draw(t, "hour")) * time.Hour),
			Ingested: int64(i),
			Status:   rapid.SampledFrom(Statuses()).Draw(t, "status"),
		}
	}
	return events
}

func TestTheOrderInWhichScansAreHandedInDoesNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		events := anyEvents(t)
		want := Follow(events)
		shuffled := slices.Clone(events)
		rng := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 1))
		rng.Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
		if got := Follow(shuffled); got != want {
			t.Fatalf("%+v became %+v", want, got)
		}
	})
}

func TestOnceDeliveredAParcelIsDeliveredOrOnItsWayBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		events := anyEvents(t)
		seen := false
		for i, e := range inOrder(events) {
			s := Follow(inOrder(events)[:i+1]).Status
			if seen && s != StatusDelivered && s != StatusReturnToSender {
				t.Fatalf("delivered, then %s after %s", s, e.Status)
			}
			seen = seen || s == StatusDelivered
			if s == StatusUnknown {
				t.Fatal("an unreadable scan made the parcel's place unknown")
			}
		}
	})
}

func TestAReturnKeepsTheReasonOfTheRefusalBeforeIt(t *testing.T) {
	at := time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC)
	var events []Event
	for i, code := range []string{"101", "103", "1002", "1001", "5", "14", "6", "1002", "4"} {
		status, reason, _ := Map("kuaidi100", code)
		events = append(events, Event{At: at.Add(time.Duration(i) * time.Hour), Ingested: int64(i), Status: status, Reason: reason, Code: code})
	}
	got := Follow(events)
	want := State{Status: StatusReturnToSender, Reason: ReasonConsigneeRefused, FirstScan: at.Add(time.Hour), LastScan: at.Add(8 * time.Hour)}
	if got != want {
		t.Errorf("%+v, want %+v", got, want)
	}
	if got := Follow(events[:5]); got.Status != StatusOutForDelivery || got.Reason != ReasonNone {
		t.Errorf("at the door: %+v", got)
	}
}

func TestDataAndUnreadableScansAreNoFirstScan(t *testing.T) {
	at := time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC)
	s := Follow([]Event{{At: at, Status: StatusPending}, {At: at.Add(time.Hour), Status: StatusUnknown, Code: "999"}})
	if !s.FirstScan.IsZero() || s.Status != StatusPending || !s.LastScan.Equal(at.Add(time.Hour)) {
		t.Errorf("%+v", s)
	}
	if s := Follow(nil); s != (State{Status: StatusPending}) {
		t.Errorf("no events: %+v", s)
	}
}

func TestEveryStatusReasonAndFindingHasASentenceInBothLanguages(t *testing.T) {
	codes := []string{LateFirstScan, LateMoving, LateOutForDelivery, LatePickup, LateTrouble, LateReturning, LateLost, LatePromise}
	for _, s := range Statuses() {
		codes = append(codes, "track.status."+string(s))
	}
	for _, m := range kuaidi100 {
		if m.Reason != ReasonNone {
			codes = append(codes, "track.reason."+string(m.Reason))
		}
	}
	for _, lang := range words.Languages {
		for _, code := range codes {
			if !words.Has(lang, code) {
				t.Errorf("%s has no sentence in %s", code, lang)
			}
		}
	}
}
