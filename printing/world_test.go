package printing_test

import (
	"fmt"
	"regexp"
	"slices"
	"testing"

	"github.com/packhorse/packhorse/connect/printer/raw"
	sim "github.com/packhorse/packhorse/connect/sim/printer"
	"github.com/packhorse/packhorse/internal/clock"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/db/dbtest"
	"github.com/packhorse/packhorse/pack"
	"github.com/packhorse/packhorse/pack/packtest"
	"github.com/packhorse/packhorse/printing"
	"github.com/packhorse/packhorse/ship"
)

// floor is a packing floor with a printer.
type floor struct {
	testing.TB
	*packtest.World
	*printing.Service
	machine *sim.Machine
	printer printing.Device
	parcel  pack.Parcel
}

func each(t *testing.T, o sim.Options, test func(f *floor)) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) { test(newFloor(t, d, o)) })
}

func sqlite(t testing.TB) *db.DB { return dbtest.Open(t, dbtest.SQLite(t), clock.Fixed(dbtest.Noon)) }

func newFloor(t testing.TB, d *db.DB, o sim.Options) *floor {
	t.Helper()
	m, err := sim.Listen("127.0.0.1:0", o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = m.Close() })
	f := &floor{TB: t, World: packtest.New(t, d), machine: m,
		Service: printing.New(d, printing.Settings{Makers: map[string]printing.Maker{printing.Raw: raw.New}})}
	f.printer = f.setUp("P1", "", m.Address(), !o.Mute)
	goods := f.Picked(t, packtest.Of("MUG"))
	out, err := pack.New(d).Pack(t.Context(), nil, pack.In{FulfilmentID: goods[0].ID})
	if err != nil {
		t.Fatal(err)
	}
	f.parcel = out.Parcels[0]
	return f
}

func (f *floor) setUp(name, station, address string, answers bool) printing.Device {
	f.Helper()
	p, err := f.SavePrinter(f.Context(), nil, "user:1", printing.Device{NodeID: f.Node, Name: name, Station: station, Kind: printing.Raw, Address: address,
		Format: printing.ZPL, Media: printing.Media100x150, Language: "zh-CN", Answers: answers, Enabled: true})
	if err != nil {
		f.Fatal(err)
	}
	return p
}

var (
	insShipment = db.Insert("ship_shipment", "id bigint, order_id bigint, fulfilment_id bigint, parcel_id bigint, node_id bigint, carrier text, service text, waybill text, status text, "+
		"cost bigint, currency text, tracking text, reason text, late text, last_scan_at bigint, next_poll_at bigint, promised_by bigint, handed_over_at bigint, delivered_at bigint, created_at bigint, updated_at bigint")
	setShipment = db.Change("ship_shipment", "id bigint, status text, waybill text", 1, "status = x.status, waybill = x.waybill", "t.id = x.id")
)

// shipments are so many of the parcel's order; those after the first are of nothing that was packed. Their waybills begin with a text.
func (f *floor) shipments(n int, waybill string) []*ship.Shipment {
	f.Helper()
	var list []*ship.Shipment
	f.update(func(tx *db.Tx) error {
		list = nil
		for i := range n {
			s := &ship.Shipment{ID: tx.NewID(), OrderID: f.parcel.OrderID, FulfilmentID: f.parcel.FulfilmentID, ParcelID: f.parcel.ID, NodeID: f.Node, Carrier: "ZTO", Status: ship.Labelled}
			if s.Waybill = fmt.Sprintf("%s%05d", waybill, i+1); i > 0 {
				s.ParcelID = int64(i)
			}
			tx.Put(insShipment, s.ID, s.OrderID, s.FulfilmentID, s.ParcelID, s.NodeID, s.Carrier, "", s.Waybill, s.Status, 0, "CNY", "pending", "", "", 0, 0, 0, 0, 0, tx.Micros(), tx.Micros())
			list = append(list, s)
		}
		return nil
	})
	return list
}

func (f *floor) become(s *ship.Shipment, status, waybill string) {
	f.Helper()
	f.update(func(tx *db.Tx) error { tx.Put(setShipment, s.ID, status, waybill); return nil })
}

func (f *floor) queue(list []*ship.Shipment) {
	f.Helper()
	f.update(func(tx *db.Tx) error { return f.Queue(tx, list, "user:1") })
}

func (f *floor) update(do func(*db.Tx) error) {
	f.Helper()
	if err := f.DB.Update(f.Context(), do); err != nil {
		f.Fatal(err)
	}
}

func (f *floor) step() int {
	f.Helper()
	n, err := f.Step(f.Context())
	if err != nil {
		f.Fatal(err)
	}
	return n
}

func (f *floor) jobs(filter printing.Filter) []*printing.Job {
	f.Helper()
	list, err := f.Jobs(f.Context(), filter, 0, 5000)
	if err != nil {
		f.Fatal(err)
	}
	slices.Reverse(list)
	return list
}

func (f *floor) states() (out []string) {
	for _, j := range f.jobs(printing.Filter{}) {
		out = append(out, j.State)
	}
	return out
}

func (f *floor) want(states ...string) {
	f.Helper()
	if got := f.states(); !slices.Equal(got, states) {
		f.Fatalf("the jobs are %v, want %v", got, states)
	}
}

var barCode = regexp.MustCompile(`\^BCN[^\^]*\^FD([^\^]*)\^FS`)

// paper is what came out of the printer, as the waybills on it.
func (f *floor) paper() (out []string) {
	f.Helper()
	for _, l := range f.machine.Labels() {
		m := barCode.FindSubmatch(l)
		if m == nil {
			f.Fatalf("a label without a bar code: %.200q", l)
		}
		out = append(out, string(m[1]))
	}
	return out
}

func (f *floor) out(waybills ...string) {
	f.Helper()
	if got := f.paper(); !slices.Equal(got, waybills) {
		f.Fatalf("%v came out, want %v", got, waybills)
	}
}

func (f *floor) told(kind string) (n int) {
	f.Helper()
	err := f.DB.View(f.Context(), func(tx *db.Tx) error {
		list, err := tx.Timeline(f.parcel.OrderID, 1000)
		for _, e := range list {
			if e.Kind == kind {
				n++
			}
		}
		return err
	})
	if err != nil {
		f.Fatal(err)
	}
	return n
}
