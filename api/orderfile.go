package api

import (
	"cmp"
	"slices"

	"github.com/packhorse/packhorse/intake"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/id"
	"github.com/packhorse/packhorse/internal/money"
	"github.com/packhorse/packhorse/order"
	"github.com/packhorse/packhorse/pack"
	"github.com/packhorse/packhorse/ship"
)

// Shipment is one parcel under one waybill.
type Shipment struct {
	ID           string `json:"id"`
	Order        string `json:"order,omitempty"`
	Fulfilment   string `json:"fulfilment"`
	Parcel       string `json:"parcel"`
	Carrier      string `json:"carrier"`
	Service      string `json:"service,omitempty"`
	Waybill      string `json:"waybill,omitempty"`
	Status       string `json:"status"`
	Cost         string `json:"cost"`
	Currency     string `json:"currency"`
	Tracking     string `json:"tracking,omitempty" doc:"where it is"`
	Reason       string `json:"reason,omitempty"`
	Late         string `json:"late,omitempty"`
	LastScanAt   string `json:"last_scan_at,omitempty"`
	PromisedBy   string `json:"promised_by,omitempty"`
	HandedOverAt string `json:"handed_over_at,omitempty"`
	DeliveredAt  string `json:"delivered_at,omitempty"`
	CreatedAt    string `json:"created_at,omitempty"`
	With         string `json:"with,omitempty" doc:"the shipment of another order whose parcel it travels in; it costs nothing itself"`
}

func shipmentOf(s *ship.Shipment) Shipment {
	return Shipment{ID: s.Name(), Order: id.Show(order.Prefix, s.OrderID), Fulfilment: id.Show(order.FulfilmentPrefix, s.FulfilmentID),
		Parcel: shown(pack.Prefix, s.ParcelID), Carrier: s.Carrier, Service: s.Service, Waybill: s.Waybill, Status: s.Status,
		Cost: money.Format(s.Cost, s.Currency), Currency: s.Currency, Tracking: s.Tracking, Reason: s.Reason, Late: s.Late, LastScanAt: at(s.LastScanAt),
		PromisedBy: at(s.PromisedBy), HandedOverAt: at(s.HandedOverAt), DeliveredAt: at(s.DeliveredAt), CreatedAt: at(s.CreatedAt),
		With: shown(ship.Prefix, s.With)}
}

// orderFile is everything that belongs to one order.
type orderFile struct {
	head        *order.Order
	fulfilments []*order.Fulfilment
	holds       []*order.Hold
	owed        []order.BackOrder
	packed      map[int64][]pack.Parcel
	shipments   []*ship.Shipment
	names       *names
}

// file reads an order with everything that belongs to it. Fault: order.not_found.
func (c *call) file(tx *db.Tx, key int64) (*orderFile, error) {
	ids := []int64{key}
	heads, err := order.ByIDs(tx, ids)
	if err != nil {
		return nil, err
	}
	f := &orderFile{head: heads[key]}
	if f.head == nil {
		return nil, order.Missing(key)
	}
	fulfilments, err := order.FulfilmentsOf(tx, ids)
	if err != nil {
		return nil, err
	}
	f.fulfilments = fulfilments[key]
	if ok, err := c.insideFile(tx, f); err != nil || !ok {
		return nil, cmp.Or(err, order.Missing(key))
	}
	holds, err := order.Holds(tx, ids)
	if err != nil {
		return nil, err
	}
	f.holds = holds[key]
	owed, err := order.BackOrders(tx, ids)
	if err != nil {
		return nil, err
	}
	f.owed = owed[key]
	return f, f.parcelsAndNames(c, tx)
}

// insideFile reports whether the caller reaches the order, and leaves of its parts those that are inside.
func (c *call) insideFile(tx *db.Tx, f *orderFile) (bool, error) {
	if c.area.Whole() {
		return true, nil
	}
	if ok, err := c.reachesOrder(tx, f.head.ID); err != nil || !ok {
		return false, err
	}
	var err error
	f.fulfilments, err = c.insideParts(tx, f.fulfilments)
	return true, err
}

func (f *orderFile) parcelsAndNames(c *call, tx *db.Tx) (err error) {
	var ids []int64
	for _, x := range f.fulfilments {
		ids = append(ids, x.ID)
	}
	if len(ids) > 0 {
		if f.packed, err = pack.ParcelsOf(tx, ids); err != nil {
			return err
		}
		shipments, err := ship.ShipmentsOf(tx, []int64{f.head.ID})
		if err != nil {
			return err
		}
		f.shipments = slices.DeleteFunc(shipments[f.head.ID], func(s *ship.Shipment) bool { return !slices.Contains(ids, s.FulfilmentID) })
	}
	if f.names, err = c.names(tx); err != nil {
		return err
	}
	skus := skusOf(f.fulfilments)
	for _, b := range f.owed {
		skus = append(skus, b.SKUID)
	}
	if err := f.names.learnSKUs(tx, skus); err != nil {
		return err
	}
	for i := range f.owed {
		f.owed[i].SKU = f.names.sku(f.owed[i].SKUID)
	}
	return nil
}

func (f *orderFile) parcels() []Parcel {
	out := []Parcel{}
	for _, x := range f.fulfilments {
		out = append(out, f.parcelsOf(x.ID)...)
	}
	return out
}

func (f *orderFile) parcelsOf(fulfilment int64) []Parcel {
	out := []Parcel{}
	for _, p := range f.packed[fulfilment] {
		out = append(out, parcelOf(p))
	}
	return out
}

// shipmentsOf lists the shipments of one fulfilment, or of all (0).
func (f *orderFile) shipmentsOf(fulfilment int64) []Shipment {
	out := []Shipment{}
	for _, s := range f.shipments {
		if fulfilment == 0 || s.FulfilmentID == fulfilment {
			out = append(out, shipmentOf(s))
		}
	}
	return out
}

func (c *call) getOrder() (Order, error) {
	key, err := c.idParam("id", order.Prefix)
	if err != nil {
		return Order{}, err
	}
	return c.shownOrder(func(*db.Tx) (int64, error) { return key, nil })
}

func (c *call) lookupOrder() (Order, error) {
	channel, number := c.query("channel"), c.query("external_no")
	if channel == "" || number == "" {
		return Order{}, fault.Invalidf("external_no", "http.lookup", "say channel and external_no")
	}
	return c.shownOrder(func(tx *db.Tx) (int64, error) {
		key, found, err := intake.OrderOf(tx, channel, c.query("shop"), number)
		if err == nil && found && !c.area.Whole() {
			found, err = c.reachesOrder(tx, key) // an id that is not theirs is not told
		}
		if err == nil && !found {
			err = fault.New(fault.NotFound, "order.number_unknown", "%s has no order %q here", channel, number).With("channel", channel).With("number", number)
		}
		return key, err
	})
}

func (c *call) shownOrder(find func(*db.Tx) (int64, error)) (out Order, err error) {
	err = c.DB.View(c.ctx, func(tx *db.Tx) error {
		key, err := find(tx)
		if err != nil {
			return err
		}
		f, err := c.file(tx, key)
		if err != nil {
			return err
		}
		out = f.order(c.lang(), tx.Now())
		return c.fillTogether(tx, f.fulfilments, out.Fulfilments)
	})
	return out, err
}

// Timeline is what happened to an order, oldest first.
type Timeline struct {
	Events []Event `json:"events"`
}

// timelineMost bounds a timeline; an order with more has been through a mill that the event feed tells of.
const timelineMost = 1000

func (c *call) timeline() (Timeline, error) {
	out := Timeline{Events: []Event{}}
	key, err := c.idParam("id", order.Prefix)
	if err != nil {
		return out, err
	}
	err = c.DB.View(c.ctx, func(tx *db.Tx) error {
		heads, err := order.ByIDs(tx, []int64{key})
		if err != nil {
			return err
		}
		if heads[key] == nil {
			return order.Missing(key)
		}
		facts, err := tx.Timeline(key, timelineMost)
		if err == nil {
			facts, err = c.insideFacts(tx, facts)
		}
		for _, f := range facts {
			out.Events = append(out.Events, told(c.factOf(f, heads[key].Recipient), c.lang()))
		}
		return err
	})
	return out, err
}
