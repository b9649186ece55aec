package ship

import (
	"cmp"
	"sync/atomic"

	"github.com/packhorse/packhorse/allocation"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/id"
	"github.com/packhorse/packhorse/inventory"
	"github.com/packhorse/packhorse/order"
	"github.com/packhorse/packhorse/pack"
)

// Settings are what does not change while the process runs.
type Settings struct {
	Currency string // the company's; CNY when empty
	// Issuers says whose recipient tokens a carrier's route can resolve, by carrier code. A carrier that is not named
	// is asked, and refuses what it cannot read.
	Issuers map[string][]string
	// Labelled is told, in the transaction that writes it, that a shipment has got its waybill; nil is nobody.
	Labelled func(*db.Tx, *Shipment) error
	// Instead is told, in the transaction that writes it, that another carrier is asked: which shipment stands in for which; nil is nobody.
	Instead func(tx *db.Tx, old, sh *Shipment) error
	Logins  *Logins // that people keep; nil = none are kept
}

// Service holds the use cases of shipping.
type Service struct {
	db       *db.DB
	carriers Callable
	currency string
	issuers  map[string][]string
	tell     func(*db.Tx, *Shipment) error
	instead  func(tx *db.Tx, old, sh *Shipment) error

	ships  *db.Batch[In, Out]
	labels *db.Batch[LabelIn, Out]
	known  atomic.Pointer[tariff]
	lanes  atomic.Pointer[laneTable]
}

// laneTable is what Lanes has worked out, and from what.
type laneTable struct {
	version version
	stops   []int64
	lanes   []allocation.Lane
}

// New makes the service. carriers are those that can be called whatever is set up, by the code that rates and waybills bear.
func New(d *db.DB, carriers map[string]Carrier, set Settings) *Service {
	s := &Service{db: d, carriers: Calling(carriers, set.Logins), currency: cmp.Or(set.Currency, "CNY"), issuers: set.Issuers, tell: set.Labelled, instead: set.Instead}
	s.ships = db.NewBatch(d, 256, s.shipAll)
	s.labels = db.NewBatch(d, 256, s.labelAll)
	return s
}

// Sent is a shipment in an answer.
type Sent struct {
	ID           int64
	FulfilmentID int64
	ParcelID     int64
	Carrier      string
	Service      string
	Waybill      string
	Status       string
	Cost         int64
	Currency     string
}

// Out is what became of a fulfilment.
type Out struct {
	FulfilmentID int64
	Shipments    []Sent
}

func sentOf(s *Shipment) Sent {
	return Sent{s.ID, s.FulfilmentID, s.ParcelID, s.Carrier, s.Service, s.Waybill, s.Status, s.Cost, s.Currency}
}

func refuseAll(n int, err error) []db.Result[Out] {
	out := make([]db.Result[Out], n)
	for i := range out {
		out[i].Err = err
	}
	return out
}

// dock is what shipping reads of some fulfilments: the orders first, then what belongs to them, locked in that
// order as everywhere.
type dock struct {
	fulfilments map[int64]*order.Fulfilment
	ofOrder     map[int64][]*order.Fulfilment
	orders      map[int64]*order.Order
	owed        map[int64][]order.BackOrder
	parcels     map[int64][]pack.Parcel           // closed cartons, by fulfilment
	inside      map[int64][]pack.Parcel           // what other orders have in a carton
	lead        map[int64]int64                   // fulfilment whose goods lie in the carton of another → that one
	picked      map[int64][]inventory.Reservation // by fulfilment
	shipments   map[int64][]*Shipment             // by order
	stops       map[int64][]order.Stop            // by fulfilment: why it cannot go on
	tariff      *tariff
}

func (s *Service) open(tx *db.Tx, fulfilments []int64) (*dock, error) {
	d := &dock{fulfilments: map[int64]*order.Fulfilment{}}
	fulfilments = id.Distinct(fulfilments)
	found, err := order.Fulfilments(tx, fulfilments)
	if err != nil {
		return nil, err
	}
	all, err := order.WithAll(tx, fulfilments) // behind the first statement, which tells what may be remembered
	if err != nil {
		return nil, err
	}
	if len(all) > len(fulfilments) {
		fulfilments = all
		if found, err = order.Fulfilments(tx, fulfilments); err != nil {
			return nil, err
		}
	}
	var orders []int64
	for _, f := range found {
		orders = append(orders, f.OrderID)
	}
	orders = id.Distinct(orders)
	d.ask(tx, orders, fulfilments)
	if d.orders, err = order.Lock(tx, orders); err != nil {
		return nil, err
	}
	if d.ofOrder, err = order.LockFulfilmentsOf(tx, orders); err != nil {
		return nil, err
	}
	for _, list := range d.ofOrder {
		for _, f := range list {
			d.fulfilments[f.ID] = f
		}
	}
	if d.shipments, err = LockShipmentsOf(tx, orders); err != nil {
		return nil, err
	}
	link(d.shipments)
	if d.owed, err = order.BackOrders(tx, orders); err != nil {
		return nil, err
	}
	if d.stops, err = order.Obstacles(tx, d.fulfilments); err != nil {
		return nil, err
	}
	if err := d.goods(tx, fulfilments); err != nil {
		return nil, err
	}
	d.bind(tx)
	d.tariff, err = s.tariff(tx)
	return d, err
}

// ask asks ahead, behind the lock on the orders, for what open reads after it.
func (d *dock) ask(tx *db.Tx, orders, fulfilments []int64) {
	order.AskOf(tx, orders, fulfilments)
	tx.Ahead(lockByOrder, orders)
	pack.AskParcels(tx, fulfilments)
	inventory.AskReservations(tx, fulfilments)
	tx.Ahead(selShipSettings, shipSettings)
}

func (d *dock) goods(tx *db.Tx, fulfilments []int64) (err error) {
	if d.parcels, err = pack.ParcelsOf(tx, fulfilments); err != nil {
		return err
	}
	d.sortParcels()
	d.picked, err = inventory.Reservations(tx, fulfilments)
	return err
}

// packed is a fulfilment whose parcels may be given to a carrier. For one whose goods lie in the parcel of another it is that one; nothing
// in a parcel may be stopped.
func (d *dock) packed(key int64) (*order.Fulfilment, error) {
	if lead := d.lead[key]; lead != 0 {
		key = lead
	}
	f, err := d.ready(key)
	if err != nil {
		return nil, err
	}
	if len(d.parcels[key]) == 0 {
		return nil, notPacked(f)
	}
	for _, g := range d.guests(f) {
		if _, err := d.ready(g.ID); err != nil {
			return nil, err
		}
	}
	return f, nil
}

func notPacked(f *order.Fulfilment) error {
	return fault.New(fault.Conflict, "ship.not_packed", "the fulfilment is %s; only a packed one can be shipped", f.Status).With("status", f.Status)
}

func (d *dock) ready(key int64) (*order.Fulfilment, error) {
	f := d.fulfilments[key]
	switch {
	case f == nil:
		return nil, fault.New(fault.NotFound, "fulfilment.not_found", "there is no fulfilment %s", id.Show(order.FulfilmentPrefix, key)).
			With("fulfilment", id.Show(order.FulfilmentPrefix, key))
	case len(d.stops[key]) > 0:
		return nil, order.Blocked(d.stops[key])
	case f.Status != order.Packed:
		return nil, notPacked(f)
	}
	return f, order.Stopped(f.Holds)
}

// live are the shipments of a fulfilment whose waybill is asked for or in hand.
func (d *dock) live(f *order.Fulfilment) (list []*Shipment) {
	for _, s := range d.shipments[f.OrderID] {
		if s.FulfilmentID == f.ID && s.Live() {
			list = append(list, s)
		}
	}
	return list
}

// unlabelled refuses a fulfilment that has a waybill or waits for one.
func (d *dock) unlabelled(f *order.Fulfilment) error {
	for _, s := range d.shipments[f.OrderID] {
		if s.FulfilmentID == f.ID && (s.Live() || s.Gone()) {
			return fault.New(fault.Conflict, "ship.labelled", "a waybill of %s is %s for this fulfilment; hand it over, or void it first", s.Carrier, s.Status).
				With("carrier", s.Carrier).With("status", s.Status)
		}
	}
	return nil
}
