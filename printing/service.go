package printing

import (
	"context"
	"log/slog"
	"math"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/id"
	"github.com/packhorse/packhorse/pack"
	"github.com/packhorse/packhorse/ship"
	"github.com/packhorse/packhorse/warehouse"
)

// Settings are what does not change while the process runs.
type Settings struct {
	Makers map[string]Maker // by kind of printer
	Log    *slog.Logger
}

// Service holds the use cases of printing, and does the work of the queues.
type Service struct {
	db  *db.DB
	set Settings
}

// New makes the service.
func New(d *db.DB, set Settings) *Service {
	if set.Log == nil {
		set.Log = slog.New(slog.DiscardHandler)
	}
	return &Service{db: d, set: set}
}

// SavePrinter sets up a printer (ID 0) or changes a known one, and returns it as it is stored. once may be nil. Faults:
// printing.text, printing.choice, printing.address, printing.node, printing.printer_not_found, printing.name_taken.
func (s *Service) SavePrinter(ctx context.Context, once *db.Once, actor string, p Device) (Device, error) {
	if f := p.validate(); f != nil {
		return Device{}, f
	}
	if _, err := s.adapter(p); err != nil {
		return Device{}, err
	}
	return db.Command(ctx, s.db, once, func(tx *db.Tx) (Device, error) {
		saved := p
		if err := settle(tx, &saved); err != nil {
			return Device{}, err
		}
		saved.save(tx)
		tx.Emit(db.Event{Kind: "printing.printer_saved.v1", Subject: saved.ID, Actor: actor, Params: map[string]any{"name": saved.Name, "enabled": saved.Enabled}})
		tx.Wake(Due)
		return saved, nil
	})
}

// settle fills in what a printer that is saved does not say itself.
func settle(tx *db.Tx, p *Device) error {
	nodes, err := warehouse.Nodes(tx)
	if err != nil {
		return err
	}
	known := false
	for _, n := range nodes {
		known = known || n.ID == p.NodeID
	}
	if !known {
		return fault.Invalidf("node", "printing.node", "there is no such warehouse; name one that exists")
	}
	list, err := Devices(tx)
	if err != nil {
		return err
	}
	was := Device{}
	for _, other := range list {
		if other.ID == p.ID {
			was = other
		} else if other.Name == p.Name {
			return fault.Invalidf("name", "printing.name_taken", "another printer is called %s", p.Name).With("name", p.Name)
		}
	}
	if p.ID != 0 && was.ID == 0 {
		return noPrinter(p.ID)
	}
	if p.Condition, p.ConditionAt = was.Condition, was.ConditionAt; p.ID == 0 {
		p.ID, p.Condition, p.ConditionAt = tx.NewID(), Ready, tx.Micros()
	}
	return nil
}

// adapter is what speaks to a printer.
func (s *Service) adapter(p Device) (Printer, error) {
	maker := s.set.Makers[p.Kind]
	if maker == nil {
		return nil, fault.Invalidf("kind", "printing.choice", "printers of kind %s are not connected here", p.Kind).With("field", "kind").With("list", []string{}).With("value", p.Kind)
	}
	return maker(Place{Address: p.Address, Format: p.Format, Answers: p.Answers})
}

// Printers lists the printers, oldest first.
func (s *Service) Printers(ctx context.Context) (list []Device, err error) {
	err = s.db.View(ctx, func(tx *db.Tx) error { list, err = Devices(tx); return err })
	return list, err
}

// Filter narrows the list of jobs.
type Filter struct {
	PrinterID int64  // 0 = all
	State     string // empty = all
	Uncertain bool   // only those of which nobody knows
}

// Jobs lists print jobs, newest first, behind an id (0 = from the newest).
func (s *Service) Jobs(ctx context.Context, f Filter, before int64, limit int) (list []*Job, err error) {
	if before == 0 {
		before = math.MaxInt64
	}
	uncertain := 0
	if f.Uncertain {
		f.State, uncertain = Sent, 1
	}
	err = s.db.View(ctx, func(tx *db.Tx) error {
		list, err = db.All(tx.Query(selList, before, f.PrinterID, f.State, uncertain, limit), scanJob)
		return err
	})
	return list, err
}

// Label draws the label of a parcel without printing it. Faults: printing.no_parcel, printing.no_waybill, label.code,
// label.code_too_long.
func (s *Service) Label(ctx context.Context, parcel int64, format, lang string) (raw []byte, err error) {
	err = s.db.View(ctx, func(tx *db.Tx) error {
		sh, err := shipmentOf(tx, parcel)
		if err != nil {
			return err
		}
		if sh.Waybill == "" {
			return noWaybill()
		}
		l, err := sheet(tx, sh, lang, "")
		if err != nil {
			return err
		}
		raw, err = render(format, l)
		return err
	})
	return raw, err
}

func hasLeft() error {
	return fault.New(fault.Conflict, HasLeft, "the parcel has left; its label is not printed any more")
}

func noWaybill() error {
	return fault.New(fault.Conflict, "printing.no_waybill", "the parcel has no waybill; ask a carrier for one first")
}

// shipmentOf is the shipment of a parcel that lives or has left. Faults: printing.no_parcel, printing.no_waybill.
func shipmentOf(tx *db.Tx, parcel int64) (*ship.Shipment, error) {
	parcels, err := pack.ParcelsByID(tx, []int64{parcel})
	if err != nil {
		return nil, err
	}
	p, ok := parcels[parcel]
	if !ok {
		return nil, fault.New(fault.NotFound, "printing.no_parcel", "there is no parcel %s", id.Show(pack.Prefix, parcel)).With("parcel", id.Show(pack.Prefix, parcel))
	}
	all, err := ship.ShipmentsOf(tx, []int64{p.OrderID})
	if err != nil {
		return nil, err
	}
	for _, sh := range all[p.OrderID] {
		if sh.Of(p) && (sh.Live() || sh.Gone()) {
			if sh.With != 0 { // it lies in the parcel of another order, which has the label
				around, err := ship.ShipmentsByID(tx, []int64{sh.With})
				return around[sh.With], err
			}
			sh.ParcelID = p.ID // a waybill that was taken with the wave is bound to its parcel at the dock only
			return sh, nil
		}
	}
	return nil, noWaybill()
}
