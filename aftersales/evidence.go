package aftersales

import (
	"context"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/order"
	"github.com/packhorse/packhorse/pack"
	"github.com/packhorse/packhorse/pick"
	"github.com/packhorse/packhorse/ship"
)

// Evidence is how goods of a case came to the customer: one walk to one place, and the parcel they left in.
type Evidence struct {
	LineNo     int64
	SKUID      int64
	Lot        string
	Quantity   int64 // picked there
	NodeID     int64
	LocationID int64
	Task       int64
	Picker     string
	PickedAt   int64 // when the walk was done
	ParcelID   int64
	Packer     string // who packed, and checked what is in it
	PackedAt   int64
	Carton     string
	ExpectedG  int64
	WeightG    int64
	ShipmentID int64
	Carrier    string
	Waybill    string
}

// Evidence leads from the goods of a case back to who picked them from where, who packed and checked them, and what the
// parcel weighed. It is read from the walks and parcels themselves. Goods that were picked without a walk have no
// picker. Fault: aftersales.not_found.
func (s *Service) Evidence(ctx context.Context, key int64) (out []Evidence, err error) {
	err = s.db.View(ctx, func(tx *db.Tx) error {
		c, err := readCase(tx, key)
		if err != nil {
			return err
		}
		all, err := order.FulfilmentsOf(tx, []int64{c.OrderID})
		if err != nil {
			return err
		}
		out, err = trail(tx, &c, all[c.OrderID])
		return err
	})
	return out, err
}

func trail(tx *db.Tx, c *Case, fs []*order.Fulfilment) (out []Evidence, err error) {
	at, ids := map[int64]*order.Fulfilment{}, []int64{}
	for _, f := range fs {
		if f.Status == order.Shipped {
			at[f.ID], ids = f, append(ids, f.ID)
		}
	}
	visits, err := pick.VisitsOf(tx, ids)
	if err != nil {
		return nil, err
	}
	parcels, err := parcelsOf(tx, ids)
	if err != nil {
		return nil, err
	}
	for _, f := range fs {
		if at[f.ID] == nil {
			continue
		}
		for _, l := range f.Lines {
			if c.lineOf(l.LineNo, l.SKUID) == nil {
				continue
			}
			for _, e := range parcels[[2]int64{f.ID, l.Seq}] {
				e.LineNo, e.SKUID, e.NodeID = l.LineNo, l.SKUID, f.NodeID
				out = append(out, e.walked(visits, f.ID, l.Seq)...)
			}
		}
	}
	return out, nil
}

// parcelsOf reads what is known of the parcels of fulfilments, by fulfilment line.
func parcelsOf(tx *db.Tx, fulfilments []int64) (map[[2]int64][]Evidence, error) {
	list, err := pack.ParcelsOf(tx, fulfilments)
	if err != nil {
		return nil, err
	}
	var ids []int64
	for _, ps := range list {
		for _, p := range ps {
			ids = append(ids, p.ID)
		}
	}
	lines, err := pack.LinesOf(tx, ids)
	if err != nil {
		return nil, err
	}
	bills, err := waybills(tx, list)
	out := map[[2]int64][]Evidence{}
	for f, ps := range list {
		for _, p := range ps {
			if p.Status != pack.Packed {
				continue
			}
			for _, l := range lines[p.ID] {
				e := Evidence{Lot: l.Lot, Quantity: l.Quantity, ParcelID: p.ID, Packer: p.Packer, PackedAt: p.PackedAt, Carton: p.Carton, ExpectedG: p.ExpectedG, WeightG: p.WeightG}
				if s := bills[p.ID]; s != nil {
					e.ShipmentID, e.Carrier, e.Waybill = s.ID, s.Carrier, s.Waybill
				}
				out[[2]int64{f, l.Seq}] = append(out[[2]int64{f, l.Seq}], e)
			}
		}
	}
	return out, err
}

// walked adds the walks that brought a lot of a line to the bench; without any, it stands for itself.
func (e Evidence) walked(visits []pick.Visited, fulfilment, seq int64) (out []Evidence) {
	for _, v := range visits {
		if v.FulfilmentID != fulfilment || v.FulfilmentSeq != seq || v.Lot != e.Lot || v.Picked == 0 {
			continue
		}
		w := e
		w.Task, w.Picker, w.PickedAt, w.LocationID, w.Quantity = v.TaskID, v.Picker, v.UpdatedAt, v.LocationID, min(v.Picked, e.Quantity)
		out = append(out, w)
	}
	if len(out) == 0 {
		out = append(out, e)
	}
	return out
}

// waybills finds the shipment under which each parcel left.
func waybills(tx *db.Tx, parcels map[int64][]pack.Parcel) (map[int64]*ship.Shipment, error) {
	var orders []int64
	for _, ps := range parcels {
		for _, p := range ps {
			orders = append(orders, p.OrderID)
		}
	}
	found, err := ship.ShipmentsOf(tx, orders)
	out := map[int64]*ship.Shipment{}
	for _, list := range found {
		for _, s := range list {
			if s.Gone() {
				out[s.ParcelID] = s
			}
		}
	}
	return out, err
}
