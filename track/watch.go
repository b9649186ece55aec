package track

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/ship"
)

const watchPage = 500

// Late looks at every parcel on its way and notes what is late with it, each finding once: it stands on the shipment
// until it no longer holds. It returns how many findings are new.
func (s *Service) Late(ctx context.Context) (int, error) {
	found := 0
	for after := (ship.Place{}); ; {
		var page []*ship.Shipment
		err := s.db.View(ctx, func(tx *db.Tx) (err error) { page, err = ship.Underway(tx, after, watchPage); return err })
		if err != nil {
			return found, err
		}
		var changed []int64
		for _, sh := range page {
			if late, _ := s.judge(sh, s.db.Clock().Now(), true); late != sh.Late {
				changed = append(changed, sh.ID)
			}
			after = ship.Place{NextPollAt: sh.NextPollAt, ID: sh.ID}
		}
		n, err := s.note(ctx, changed)
		found += n
		if err != nil || len(page) < watchPage {
			return found, err
		}
	}
}

// note writes findings, from what is stored at the moment of writing.
func (s *Service) note(ctx context.Context, ids []int64) (found int, err error) {
	if len(ids) == 0 {
		return 0, nil
	}
	err = s.db.Update(ctx, func(tx *db.Tx) error {
		found = 0
		list, err := ship.ShipmentsByID(tx, ids)
		if err != nil {
			return err
		}
		riders, err := ship.Riders(tx, ids)
		if err != nil {
			return err
		}
		for _, key := range ids {
			sh := list[key]
			if sh == nil || sh.Status != ship.HandedOver {
				continue
			}
			late, fresh := s.judge(sh, tx.Now(), true)
			if late == sh.Late {
				continue
			}
			found += len(fresh)
			for _, x := range append([]*ship.Shipment{sh}, riders[key]...) {
				if x.Status != ship.HandedOver {
					continue
				}
				x.Late = late
				ship.SaveLate(tx, x)
				for _, f := range fresh {
					report(tx, x, f)
				}
			}
		}
		return nil
	})
	return found, err
}

// lateEvent is the content of track.late.
type lateEvent struct {
	Carrier string         `json:"carrier"`
	Waybill string         `json:"waybill"`
	Code    string         `json:"code"`
	Params  map[string]any `json:"params,omitempty"`
	Since   int64          `json:"since"`
}

func report(tx *db.Tx, sh *ship.Shipment, f Finding) {
	tx.Emit(db.Event{Kind: "track.late.v1", Order: sh.OrderID, Subject: sh.ID, Params: lateEvent{sh.Carrier, sh.Waybill, f.Code, f.Params, f.Since.UnixMicro()}})
}

// judge says what is late with a parcel now, and which of it was not noted yet. With more unset nothing is added
// to what was noted: a scan lifts findings, and only Late makes them.
func (s *Service) judge(sh *ship.Shipment, now time.Time, more bool) (late string, fresh []Finding) {
	limits := s.limits
	if sh.NextPollAt == 0 {
		limits = Thresholds{} // nobody tells us where it is: only the promise can be broken
	}
	noted := strings.Fields(sh.Late)
	var codes []string
	for _, f := range Late(parcelOf(sh), limits, now) {
		known := slices.Contains(noted, f.Code)
		if known || more {
			codes = append(codes, f.Code)
		}
		if !known && more {
			fresh = append(fresh, f)
		}
	}
	return strings.Join(codes, " "), fresh
}

// parcelOf is a shipment as lateness sees it. A status beyond the carrier's paperwork says that there was a first scan.
func parcelOf(sh *ship.Shipment) Parcel {
	p := Parcel{HandedOver: stamp(sh.HandedOverAt), PromisedBy: stamp(sh.PromisedBy),
		State: State{Status: Status(sh.Tracking), Reason: Reason(sh.Reason), LastScan: stamp(sh.LastScanAt)}}
	if !p.State.Status.beforeHandOver() {
		p.State.FirstScan = p.State.LastScan
	}
	return p
}

func stamp(micros int64) time.Time {
	if micros == 0 {
		return time.Time{}
	}
	return time.UnixMicro(micros).UTC()
}
