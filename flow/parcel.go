package flow

import (
	"context"
	"slices"
	"strings"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/id"
	"github.com/packhorse/packhorse/order"
	"github.com/packhorse/packhorse/pack"
	"github.com/packhorse/packhorse/ship"
)

// ParcelScan is somebody with a parcel, a tote or a label in hand.
type ParcelScan struct {
	Code  string // a waybill, or the id of a parcel or a fulfilment
	Actor string
}

// Looked answers a ParcelScan.
type Looked struct {
	Order      string
	Fulfilment string
	Status     string // of the fulfilment
	Waybill    string // the live one, where there is one
	Stops      []order.Stop
}

// Go reports whether the goods may go on.
func (l Looked) Go() bool { return len(l.Stops) == 0 }

// LookAt answers whether a parcel may go on, at the stop bin and anywhere else. A stop that is told here is put aside:
// the hold on a fulfilment of which goods had to be taken out is lifted by it. once carries the scan's own id. Faults:
// stop.unknown_code.
func (s *Service) LookAt(ctx context.Context, once *db.Once, in ParcelScan) (Looked, error) {
	return db.Command(ctx, s.db, once, func(tx *db.Tx) (Looked, error) {
		key, scanned, err := fulfilmentOf(tx, in.Code)
		if err != nil {
			return Looked{}, err
		}
		w, f, err := openFulfilment(tx, key)
		if err != nil {
			return Looked{}, err
		}
		return w.look(tx, f, scanned, in.Actor)
	})
}

func (w *work) look(tx *db.Tx, f *order.Fulfilment, scanned *ship.Shipment, actor string) (Looked, error) {
	out := Looked{Order: id.Show(order.Prefix, w.ID), Fulfilment: id.Show(order.FulfilmentPrefix, f.ID), Status: f.Status}
	stops, err := order.StopsOf(tx, []int64{f.ID})
	if err != nil {
		return out, err
	}
	shipments, err := ship.ShipmentsOf(tx, []int64{w.ID})
	if err != nil {
		return out, err
	}
	for _, sh := range shipments[w.ID] {
		if sh.FulfilmentID == f.ID && sh.Live() {
			out.Waybill = sh.Waybill
		}
	}
	out.Stops = order.Unseen(stops[f.ID])
	if old := scanned != nil && scanned.Status == ship.Voided; old || !f.Live() && f.Status != order.Shipped {
		out.Stops = stops[f.ID] // an old label, and goods that nobody wants, stay stopped
	}
	order.SeeStops(tx, out.Stops, actor)
	return out, w.taken(tx, out, actor)
}

// taken lifts the holds that waited for somebody to take goods out of this fulfilment.
func (w *work) taken(tx *db.Tx, l Looked, actor string) error {
	if !slices.ContainsFunc(l.Stops, func(s order.Stop) bool { return s.Reason == order.StopLines }) {
		return nil
	}
	holds, err := order.Holds(tx, []int64{w.ID})
	if err != nil {
		return err
	}
	for _, h := range holds[w.ID] {
		if h.Live() && h.Reason == order.StopLines && h.Params["fulfilment"] == l.Fulfilment {
			if err := order.ReleaseHold(tx, h, actor, ""); err != nil {
				return err
			}
		}
	}
	return nil
}

// fulfilmentOf finds what a code stands for: the newest shipment under a number, a parcel, or a fulfilment itself.
func fulfilmentOf(tx *db.Tx, code string) (int64, *ship.Shipment, error) {
	code = strings.TrimSpace(code)
	if key, err := id.Parse(order.FulfilmentPrefix, code); err == nil {
		return key, nil, nil
	}
	if key, err := id.Parse(pack.Prefix, code); err == nil {
		found, err := pack.ParcelsByID(tx, []int64{key})
		if p, ok := found[key]; ok || err != nil {
			return p.FulfilmentID, nil, err
		}
	}
	list, err := ship.ShipmentsByWaybill(tx, []string{strings.ToUpper(code)})
	if err != nil {
		return 0, nil, err
	}
	if len(list) > 0 {
		last := list[len(list)-1]
		return last.FulfilmentID, last, nil
	}
	return 0, nil, fault.New(fault.NotFound, "stop.unknown_code", "%q is no waybill, parcel or fulfilment of ours; scan it again, or put it aside", code).With("code", code)
}
