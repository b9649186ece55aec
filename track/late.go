package track

import (
	"time"

	"github.com/packhorse/packhorse/internal/words"
)

// Thresholds are how long a parcel may rest at each milestone before somebody looks. They are elapsed time, nights
// and holidays included, because hubs work through them; zero switches a watch off.
type Thresholds struct {
	FirstScan      time.Duration // from hand-over to the first scan
	Moving         time.Duration // without an event while picked up or in transit
	OutForDelivery time.Duration // with the courier
	Pickup         time.Duration // in the locker, not fetched
	Trouble        time.Duration // held, delayed or failed without an event
	Returning      time.Duration // on the way back without an event
	Lost           time.Duration // without any event, except in a locker or at customs: file a claim
}

// Usual are thresholds to start from; the platforms' own limits differ and change, so they are settings.
func Usual() Thresholds {
	return Thresholds{
		FirstScan: 24 * time.Hour, Moving: 48 * time.Hour, OutForDelivery: 24 * time.Hour, Pickup: 72 * time.Hour,
		Trouble: 24 * time.Hour, Returning: 72 * time.Hour, Lost: 10 * 24 * time.Hour,
	}
}

// Parcel is what lateness depends on.
type Parcel struct {
	HandedOver time.Time // to the carrier; zero is not yet, and nothing is late
	PromisedBy time.Time // to the customer; zero is no promise
	State      State
}

// Codes of findings.
const (
	LateFirstScan      = "track.late.first_scan"
	LateMoving         = "track.late.moving"
	LateOutForDelivery = "track.late.out_for_delivery"
	LatePickup         = "track.late.pickup"
	LateTrouble        = "track.late.trouble"
	LateReturning      = "track.late.returning"
	LateLost           = "track.late.lost"
	LatePromise        = "track.late.promise"
)

// Finding is one thing that is late. Found again at a later moment it is the same value, so that Code and Since name
// the case it belongs to.
type Finding struct {
	words.Text
	Since time.Time // when it became late
}

// Late says what is late with a parcel at the moment now: at most one finding about where it rests (lost before
// stalled), then at most one about the promise. A limit that is just reached is kept, not broken.
func Late(p Parcel, limits Thresholds, now time.Time) []Finding {
	if p.HandedOver.IsZero() || p.State.Status.Final() {
		return nil
	}
	var found []Finding
	if f, late := resting(p, limits, now); late {
		found = append(found, f)
	}
	// What comes back is not on its way to the customer; the promise is broken by decision, not by delay.
	back := p.State.Status == StatusReturnToSender
	if !back && !p.PromisedBy.IsZero() && now.After(p.PromisedBy) {
		found = append(found, Finding{Text: words.Text{Code: LatePromise}, Since: p.PromisedBy})
	}
	return found
}

func resting(p Parcel, limits Thresholds, now time.Time) (Finding, bool) {
	from := p.HandedOver
	if p.State.LastScan.After(from) {
		from = p.State.LastScan
	}
	if p.State.inNobodysSight() {
		if f, late := overdue(LateLost, from, limits.Lost, now); late {
			return f, true
		}
	}
	if p.State.FirstScan.IsZero() {
		return overdue(LateFirstScan, p.HandedOver, limits.FirstScan, now)
	}
	code, limit := watch(p.State.Status, limits)
	return overdue(code, from, limit, now)
}

// inNobodysSight is false where a parcel that lies still is known to lie there.
func (s State) inNobodysSight() bool {
	return s.Status != StatusReadyForPickup && s.Reason.Family() != "customs"
}

// watch is the milestone a parcel rests at.
func watch(s Status, limits Thresholds) (string, time.Duration) {
	switch s {
	case StatusOutForDelivery:
		return LateOutForDelivery, limits.OutForDelivery
	case StatusReadyForPickup:
		return LatePickup, limits.Pickup
	case StatusOnHold, StatusDeliveryDelayed, StatusDeliveryFailed:
		return LateTrouble, limits.Trouble
	case StatusReturnToSender:
		return LateReturning, limits.Returning
	}
	return LateMoving, limits.Moving
}

func overdue(code string, from time.Time, limit time.Duration, now time.Time) (Finding, bool) {
	due := from.Add(limit)
	if limit <= 0 || !now.After(due) {
		return Finding{}, false
	}
	text := words.Text{Code: code, Params: map[string]any{"hours": int64(limit / time.Hour)}}
	return Finding{Text: text, Since: due}, true
}
