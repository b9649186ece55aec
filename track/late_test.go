package track

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestAParcelIsLateAfterTheLimitOfItsMilestoneAndNotBefore(t *testing.T) {
	t0 := time.Date(2026, 3, 2, 10, 0, 0, 0, time.UTC)
	limits := Usual()
	held := State{Status: StatusOnHold, Reason: ReasonCustomsFailed, FirstScan: t0, LastScan: t0}
	scanned := func(s Status) State { return State{Status: s, FirstScan: t0, LastScan: t0} }
	for _, c := range []struct {
		name  string
		state State
		limit time.Duration
		code  string
	}{
		{"handed over, never scanned", State{Status: StatusPending}, 24 * time.Hour, LateFirstScan},
		{"data received before the hand-over", State{Status: StatusPending, LastScan: t0.Add(-time.Hour)}, 24 * time.Hour, LateFirstScan},
		{"picked up", scanned(StatusPickedUp), 48 * time.Hour, LateMoving},
		{"on the road", scanned(StatusInTransit), 48 * time.Hour, LateMoving},
		{"with the courier", scanned(StatusOutForDelivery), 24 * time.Hour, LateOutForDelivery},
		{"in the locker", scanned(StatusReadyForPickup), 72 * time.Hour, LatePickup},
		{"problem parcel", scanned(StatusOnHold), 24 * time.Hour, LateTrouble},
		{"failed at the door", scanned(StatusDeliveryFailed), 24 * time.Hour, LateTrouble},
		{"announced delay", scanned(StatusDeliveryDelayed), 24 * time.Hour, LateTrouble},
		{"going back", scanned(StatusReturnToSender), 72 * time.Hour, LateReturning},
		{"at customs", held, 24 * time.Hour, LateTrouble},
	} {
		p := Parcel{HandedOver: t0, State: c.state}
		if got := Late(p, limits, t0.Add(c.limit)); len(got) != 0 {
			t.Errorf("%s, at the limit: %v", c.name, got)
		}
		got := Late(p, limits, t0.Add(c.limit+time.Microsecond))
		if len(got) != 1 || got[0].Code != c.code || !got[0].Since.Equal(t0.Add(c.limit)) || got[0].Params["hours"] != int64(c.limit/time.Hour) {
			t.Errorf("%s, just after the limit: %v, want %s", c.name, got, c.code)
		}
	}
}

func TestAParcelWithoutAnyScanForLongIsLostUnlessWeKnowWhereItLies(t *testing.T) {
	t0 := time.Date(2026, 3, 2, 10, 0, 0, 0, time.UTC)
	now := t0.Add(11 * 24 * time.Hour)
	for _, c := range []struct {
		state State
		want  string
	}{
		{State{Status: StatusPending}, LateLost},
		{State{Status: StatusInTransit, FirstScan: t0, LastScan: t0}, LateLost},
		{State{Status: StatusReturnToSender, FirstScan: t0, LastScan: t0}, LateLost},
		{State{Status: StatusReadyForPickup, FirstScan: t0, LastScan: t0}, LatePickup},
		{State{Status: StatusOnHold, Reason: ReasonCustomsPending, FirstScan: t0, LastScan: t0}, LateTrouble},
	} {
		got := Late(Parcel{HandedOver: t0, State: c.state}, Usual(), now)
		if len(got) != 1 || got[0].Code != c.want {
			t.Errorf("%s: %v, want %s", c.state.Status, got, c.want)
		}
	}
}

func TestABrokenPromiseIsFoundBesideTheStallAndNotForWhatComesBack(t *testing.T) {
	t0 := time.Date(2026, 3, 2, 10, 0, 0, 0, time.UTC)
	p := Parcel{HandedOver: t0, PromisedBy: t0.Add(72 * time.Hour), State: State{Status: StatusInTransit, FirstScan: t0, LastScan: t0}}
	codes := func(now time.Time) (out []string) {
		for _, f := range Late(p, Usual(), now) {
			out = append(out, f.Code)
		}
		return out
	}
	if got := codes(t0.Add(72 * time.Hour)); !slices.Equal(got, []string{LateMoving}) {
		t.Errorf("on the promised moment: %v", got)
	}
	if got := codes(t0.Add(73 * time.Hour)); !slices.Equal(got, []string{LateMoving, LatePromise}) {
		t.Errorf("an hour after the promise: %v", got)
	}
	p.State.Status = StatusReturnToSender
	if got := codes(t0.Add(73 * time.Hour)); !slices.Equal(got, []string{LateReturning}) {
		t.Errorf("on its way back: %v", got)
	}
}

func TestNothingIsLateBeforeHandOverOrAfterTheEnd(t *testing.T) {
	t0 := time.Date(2026, 3, 2, 10, 0, 0, 0, time.UTC)
	far := t0.Add(365 * 24 * time.Hour)
	for _, p := range []Parcel{
		{PromisedBy: t0},
		{HandedOver: t0, PromisedBy: t0, State: State{Status: StatusDelivered, LastScan: t0}},
		{HandedOver: t0, PromisedBy: t0, State: State{Status: StatusCancelled, LastScan: t0}},
	} {
		if got := Late(p, Usual(), far); len(got) != 0 {
			t.Errorf("%+v: %v", p, got)
		}
	}
	if got := Late(Parcel{HandedOver: t0, State: State{Status: StatusPending}}, Thresholds{}, far); len(got) != 0 {
		t.Errorf("all watches off: %v", got)
	}
}

func TestAFindingStaysTheSameUntilTheParcelMoves(t *testing.T) {
	t0 := time.Date(2026, 3, 2, 10, 0, 0, 0, time.UTC)
	rapid.Check(t, func(t *rapid.T) {
		p := Parcel{HandedOver: t0, State: State{
			Status: rapid.SampledFrom(Statuses()).Draw(t, "status"), FirstScan: t0,
			LastScan: t0.Add(time.Duration(rapid.IntRange(0, 200).Draw(t, "scan")) * time.Hour),
		}}
		limits := Usual()
		limits.Lost = 0
		now := t0.Add(time.Duration(rapid.IntRange(0, 500).Draw(t, "now")) * time.Hour)
		first := Late(p, limits, now)
		later := Late(p, limits, now.Add(time.Duration(rapid.IntRange(0, 500).Draw(t, "more"))*time.Hour))
		if len(first) == 1 && (len(later) != 1 || later[0].Code != first[0].Code || !later[0].Since.Equal(first[0].Since)) {
			t.Fatalf("%v became %v while nothing happened: it would open a second case", first, later)
		}
	})
}
