package aftersales

import (
	"context"
	"strings"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/id"
	"github.com/packhorse/packhorse/ship"
)

// What a scan at the returns desk found.
const (
	FoundCase    = "case"    // it belongs to Case
	FoundUnknown = "unknown" // nobody announced it: pool it
)

// Scanned answers a scan at the returns desk.
type Scanned struct {
	State string
	Case  Case // of FoundCase
	New   bool // the case was opened by this scan
}

// Scan finds the case of what was scanned: the bar code of a return slip, a return waybill, or the waybill under which the
// parcel had left. For a parcel that comes back before anybody asked, a case is opened and approved. Scanning
// again finds the same case. Fault: aftersales.nothing_left, when everything of a known parcel has come back already;
// aftersales.scan.
func (s *Service) Scan(ctx context.Context, once *db.Once, code, actor string) (Scanned, error) {
	code = strings.TrimSpace(code)
	if code == "" || len(code) > 200 {
		return Scanned{}, fault.Invalidf("code", "aftersales.scan", "scan a return slip or a waybill")
	}
	return db.Command(ctx, s.db, once, func(tx *db.Tx) (Scanned, error) {
		if key, err := id.Parse(Prefix, strings.ToLower(code)); err == nil {
			c, err := readCase(tx, key)
			return Scanned{State: FoundCase, Case: c}, err
		}
		list, err := db.All(tx.Query(selByWaybill, code), scanCase)
		if err != nil {
			return Scanned{}, err
		}
		if len(list) > 0 {
			c, err := readCase(tx, liveOr(list).ID)
			return Scanned{State: FoundCase, Case: c}, err
		}
		return scanParcelOut(tx, code, actor)
	})
}

// liveOr is the first case that is not over, or else the last.
func liveOr(list []*Case) *Case {
	for _, c := range list {
		if c.Live() {
			return c
		}
	}
	return list[len(list)-1]
}

// scanParcelOut looks for a parcel that had left under this waybill.
func scanParcelOut(tx *db.Tx, waybill, actor string) (Scanned, error) {
	found, err := ship.ShipmentsByWaybill(tx, []string{waybill})
	if err != nil {
		return Scanned{}, err
	}
	for _, sh := range found {
		if !sh.Gone() {
			continue
		}
		b, err := openBook(tx, sh.OrderID)
		if err != nil {
			return Scanned{}, err
		}
		for _, c := range b.cases {
			if c.Live() && c.Goods() {
				return Scanned{State: FoundCase, Case: *c}, nil
			}
		}
		c, err := b.arrived(tx, sh, actor)
		if err != nil {
			return Scanned{}, err
		}
		out, err := b.finish(tx, c)
		return Scanned{State: FoundCase, Case: out, New: true}, err
	}
	return Scanned{State: FoundUnknown}, nil
}
