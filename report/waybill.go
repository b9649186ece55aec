package report

import (
	"encoding/json"
	"slices"

	"github.com/packhorse/packhorse/intake"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/id"
	"github.com/packhorse/packhorse/order"
	"github.com/packhorse/packhorse/pack"
	"github.com/packhorse/packhorse/ship"
)

// A parcel that a shop knows may get another waybill: it was labelled again, another carrier took it, or it was lost and its
// goods were sent once more. The message about the parcel keeps the waybill that the shop knows; a change is a message of its
// own, whose key is the parcel and the new waybill.

// waybillTold is the payload of a shipment.
type waybillTold struct {
	Waybill  string `json:"waybill,omitempty"`  // of a parcel: the one that the shop was told last, or is being told; empty in messages of older versions
	Was      string `json:"was,omitempty"`      // of a change: the one that the shop knows
	Shipment int64  `json:"shipment,omitempty"` // of a change: the shipment that the goods travel in now
}

func (t waybillTold) text() string {
	raw, _ := json.Marshal(t) // texts and numbers always marshal
	return string(raw)
}

// told is what a message says of waybills.
func (m *Message) told() (t waybillTold) {
	_ = json.Unmarshal([]byte(m.payload), &t) // we wrote it
	return t
}

// isChange reports whether a message is about another waybill of a parcel that the shop knows.
func (m *Message) isChange() bool { return m.Kind == Shipment && m.told().Shipment != 0 }

// knows reports whether the shop was told of a shipment's waybill, as far as the message about the parcel says.
func (m *Message) knows(sh *ship.Shipment) bool {
	if t := m.told(); t.Waybill != "" {
		return t.Waybill == sh.Waybill
	}
	return sh.CreatedAt <= m.SentAt
}

// changeTo is the message that a parcel travels as another shipment than the shop knows.
func (m *Message) changeTo(sh *ship.Shipment) *Message {
	return &Message{Channel: m.Channel, Kind: Shipment, Key: m.Key + " " + sh.Waybill, Order: m.Order, Parcel: m.Parcel,
		payload: waybillTold{Was: m.told().Waybill, Shipment: sh.ID}.text()}
}

// relabelled queues the changes to a shop about parcels that it knows under another waybill. One that it is still to be told of is
// told as it is then.
func (p *page) relabelled(a *account, going []*ship.Shipment) error {
	keys := make([]string, len(going))
	for i, sh := range going {
		keys[i] = id.Show(pack.Prefix, sh.ParcelID)
	}
	if len(keys) == 0 {
		return nil
	}
	had, err := byKeys(p.Tx, a.ID, Shipment, keys)
	if err != nil {
		return err
	}
	var list []*Message
	for i, sh := range going {
		if m := had[keys[i]]; m != nil && m.State == Sent && !m.knows(sh) {
			list = append(list, m.changeTo(sh))
		}
	}
	return p.queue(a, Shipment, list)
}

// sentAgain queues the changes about parcels whose goods were lost and leave once more, in an order of our own that no shop sold.
func (p *page) sentAgain(facts []db.Fact) error {
	if p.service.origins == nil {
		return nil
	}
	origins, err := p.service.origins(p.Tx, p.orders)
	if err != nil || len(origins) == 0 {
		return err
	}
	var again []int64
	for _, f := range facts {
		if origins[f.Order] != 0 && slices.Contains(shipmentKinds, f.Kind) {
			again = append(again, f.Order)
		}
	}
	shipments, err := ship.ShipmentsOf(p.Tx, id.Distinct(again))
	if err != nil {
		return err
	}
	for _, key := range id.Distinct(again) {
		if err := p.replaced(p.orders[key], origins[key], shipments[key]); err != nil {
			return err
		}
	}
	return nil
}

// replaced tells the shop of an order which waybills its goods travel under that leave again.
func (p *page) replaced(again *order.Order, sold int64, shipments []*ship.Shipment) error {
	found, err := order.ByIDs(p.Tx, []int64{sold})
	if err != nil || found[sold] == nil {
		return err
	}
	o := found[sold]
	a := p.accounts[shop{o.Channel, o.Shop}]
	if a == nil || !a.shipment {
		return nil
	}
	m, err := lostOf(p.Tx, a.ID, o, again)
	if err != nil || m == nil {
		return err
	}
	var list []*Message
	for _, sh := range shipments {
		if (sh.Gone() || a.ReportAt != intake.AtHandOver && sh.Status == ship.Labelled) && !m.knows(sh) {
			list = append(list, m.changeTo(sh))
		}
	}
	return p.queue(a, Shipment, list)
}

// lostOf is the message about the parcel whose goods are sent again: of those that the shop knows, the first that holds any of
// them; nil when it knows none.
func lostOf(tx *db.Tx, account int64, o, again *order.Order) (*Message, error) {
	all, err := ship.ShipmentsOf(tx, []int64{o.ID})
	if err != nil {
		return nil, err
	}
	var keys []string
	var parcels []*ship.Shipment
	for _, sh := range all[o.ID] {
		if sh.Gone() {
			parcels, keys = append(parcels, sh), append(keys, id.Show(pack.Prefix, sh.ParcelID))
		}
	}
	if len(keys) == 0 {
		return nil, nil
	}
	had, err := byKeys(tx, account, Shipment, keys)
	if err != nil {
		return nil, err
	}
	for i, sh := range parcels {
		m := had[keys[i]]
		if m == nil || m.State != Sent {
			continue
		}
		inside, err := contents(tx, o, sh)
		if err != nil {
			return nil, err
		}
		for _, l := range inside {
			if slices.ContainsFunc(again.Lines, func(x order.Line) bool { return x.SKU == l.SKU }) {
				return m, nil
			}
		}
	}
	return nil, nil
}

// wantedShipment is a shipment by id; nil when its waybill is not wanted any more.
func wantedShipment(tx *db.Tx, key int64) (*ship.Shipment, error) {
	found, err := ship.ShipmentsByID(tx, []int64{key})
	if sh := found[key]; err == nil && sh != nil && (sh.Gone() || sh.Status == ship.Labelled) {
		return sh, nil
	}
	return nil, err
}

// settle keeps what the shop knows now that it took a message about a parcel, and queues a change where the parcel got another
// waybill meanwhile.
func (m *Message) settle(tx *db.Tx) error {
	if !m.isChange() {
		sh, err := shipmentOf(tx, m)
		if err != nil || sh == nil || m.told().Waybill == "" || m.knows(sh) {
			return err
		}
		return m.changeTo(sh).queueOnce(tx)
	}
	sh, err := wantedShipment(tx, m.told().Shipment)
	if err != nil || sh == nil {
		return err
	}
	key := id.Show(pack.Prefix, m.Parcel)
	had, err := byKeys(tx, m.Channel, Shipment, []string{key})
	if parcel := had[key]; err == nil && parcel != nil {
		parcel.payload = waybillTold{Waybill: sh.Waybill}.text()
		err = parcel.move(tx, parcel.State)
	}
	return err
}

// queueOnce adds a message that is not there yet, and the job that sends it.
func (m *Message) queueOnce(tx *db.Tx) error {
	had, err := byKeys(tx, m.Channel, m.Kind, []string{m.Key})
	if err != nil || had[m.Key] != nil {
		return err
	}
	m.add(tx)
	ask(tx, m, 0)
	return nil
}
