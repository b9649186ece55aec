package printing_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	sim "github.com/packhorse/packhorse/connect/sim/printer"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/printing"
	"github.com/packhorse/packhorse/ship"
)

func TestALabelIsPrintedOnceHoweverOftenItIsAskedFor(t *testing.T) {
	each(t, sim.Options{}, func(f *floor) {
		sh := f.shipments(1, "ZT")
		f.queue(sh)
		f.update(func(tx *db.Tx) error { return f.Labelled(tx, sh[0]) })
		first, err := f.Print(f.Context(), nil, printing.PrintIn{ParcelID: f.parcel.ID, Actor: "user:2"})
		if err != nil || first.ShipmentID != sh[0].ID {
			t.Fatalf("%+v %v", first, err)
		}
		if n := f.step(); n != 1 {
			t.Errorf("%d were printed", n)
		}
		f.want("printed")
		f.out("ZT00001")
		if f.step() != 0 {
			t.Error("it was printed again")
		}
	})
}

func TestLabelsComeOutInTheOrderOfTheWalkAlsoWhenAWaybillIsLate(t *testing.T) {
	each(t, sim.Options{}, func(f *floor) {
		list := f.shipments(3, "ZT")
		f.become(list[1], ship.Requested, "")
		f.queue([]*ship.Shipment{list[2], list[1], list[0]})
		f.step()
		f.out("ZT00003")
		f.become(list[1], ship.Labelled, "ZT00002")
		f.step()
		f.out("ZT00003", "ZT00002", "ZT00001")
	})
}

func TestALabelThatFallsToAnotherCarrierKeepsItsPlace(t *testing.T) {
	each(t, sim.Options{}, func(f *floor) {
		list := f.shipments(4, "ZT")
		first, fell, last, other := list[0], list[1], list[2], list[3]
		f.become(fell, ship.Requested, "")
		f.become(other, ship.Requested, "")
		f.queue([]*ship.Shipment{first, fell, last})
		f.step()
		f.become(fell, ship.Failed, "")
		f.update(func(tx *db.Tx) error { return f.Instead(tx, fell, other) })
		f.step()
		f.out("ZT00001")
		f.become(other, ship.Labelled, "SF00001")
		f.update(func(tx *db.Tx) error { return f.Labelled(tx, other) })
		f.step()
		f.out("ZT00001", "SF00001", "ZT00003")
		f.want("printed", "printed", "printed")
		f.update(func(tx *db.Tx) error { return f.Instead(tx, other, last) })
		if n := len(f.jobs(printing.Filter{})); n != 3 || f.step() != 0 {
			t.Errorf("what was printed moved: %d jobs", n)
		}
	})
}

func TestAWaybillThatDoesNotComeHoldsTheWaveUpForAWhileOnly(t *testing.T) {
	f := newFloor(t, sqlite(t), sim.Options{})
	list := f.shipments(2, "ZT")
	f.become(list[0], ship.Requested, "")
	f.queue(list)
	f.step()
	f.out()
	f.DB.Clock().Advance(3 * time.Minute)
	f.step()
	f.out("ZT00002")
	f.become(list[0], ship.Labelled, "ZT00001")
	f.step()
	f.out("ZT00002", "ZT00001")
}

var openParcel = db.NewSQL(`UPDATE pack_parcel SET status = 'unpacked' WHERE id = $1`)

func TestAParcelThatWasStoppedOrHasLeftGetsNoLabelAndTheQueueSaysWhy(t *testing.T) {
	each(t, sim.Options{}, func(f *floor) {
		list := f.shipments(6, "ZT")
		f.queue(list)
		for i, status := range []string{ship.Voided, ship.Voided, ship.HandedOver, ship.Closed, ship.Failed} {
			f.become(list[i], status, list[i].Waybill)
		}
		f.update(func(tx *db.Tx) error { _, err := tx.Exec(openParcel, f.parcel.ID); return err })
		f.step()
		f.want("cancelled", "cancelled", "cancelled", "cancelled", "cancelled", "printed")
		f.out("ZT00006")
		var why []string
		jobs := f.jobs(printing.Filter{})
		for _, j := range jobs {
			why = append(why, strings.TrimPrefix(j.Failure, "printing."))
		}
		if !slices.Equal(why, []string{"unpacked", "voided", "left", "left", "voided", ""}) || f.told("printing.dropped.v1") != 5 {
			t.Errorf("dropped for %q, told %d times", why, f.told("printing.dropped.v1"))
		}
		if _, err := f.Retry(f.Context(), nil, jobs[2].ID, "user:1"); err != nil {
			t.Fatal(err)
		}
		f.step()
		f.out("ZT00006")
		f.become(list[5], ship.HandedOver, "ZT00006")
		if _, err := f.Reprint(f.Context(), nil, printing.ReprintIn{JobID: jobs[5].ID, Reason: "it was torn"}); fault.Code(err) != printing.HasLeft {
			t.Error(err)
		}
	})
}

func TestPaperRunsOutAndNoLabelIsMissingOrDouble(t *testing.T) {
	f := newFloor(t, sqlite(t), sim.Options{})
	f.queue(f.shipments(3, "ZT"))
	f.machine.Paper(false)
	f.step()
	f.want("queued", "queued", "queued")
	if p, _ := f.Printers(t.Context()); p[0].Condition != printing.PaperOut {
		t.Errorf("the printer is said to be %s", p[0].Condition)
	}
	f.machine.Paper(true)
	f.step()
	f.want("printed", "printed", "printed")
	f.out("ZT00001", "ZT00002", "ZT00003")
	if p, _ := f.Printers(t.Context()); p[0].Condition != printing.Ready {
		t.Errorf("the printer is said to be %s", p[0].Condition)
	}
}

func TestAReprintNeedsAReasonAndIsOnRecord(t *testing.T) {
	each(t, sim.Options{}, func(f *floor) {
		f.queue(f.shipments(1, "ZT"))
		j := f.jobs(printing.Filter{})[0]
		if _, err := f.Reprint(f.Context(), nil, printing.ReprintIn{JobID: j.ID, Reason: "it was torn"}); fault.Code(err) != "printing.not_printed" {
			t.Error(err)
		}
		f.step()
		if _, err := f.Reprint(f.Context(), nil, printing.ReprintIn{JobID: j.ID, Reason: " "}); fault.Code(err) != "printing.reason" {
			t.Error(err)
		}
		again, err := f.Reprint(f.Context(), nil, printing.ReprintIn{JobID: j.ID, Reason: "it was torn", Actor: "user:3"})
		if err != nil || again.ReprintOf != j.ID || again.Reason != "it was torn" || again.Actor != "user:3" {
			t.Fatalf("%+v %v", again, err)
		}
		f.step()
		f.out("ZT00001", "ZT00001")
		third, err := f.Reprint(f.Context(), nil, printing.ReprintIn{JobID: again.ID, Reason: "it was torn again"})
		if err != nil || third.ReprintOf != j.ID || f.told("printing.reprinted.v1") != 2 {
			t.Errorf("%+v %v, told %d times", third, err, f.told("printing.reprinted.v1"))
		}
	})
}

func TestACancelledJobIsNotPrintedUntilItIsAskedForAgain(t *testing.T) {
	each(t, sim.Options{}, func(f *floor) {
		f.queue(f.shipments(1, "ZT"))
		key := f.jobs(printing.Filter{})[0].ID
		if j, err := f.Cancel(f.Context(), nil, key, "user:1"); err != nil || j.State != printing.Cancelled {
			t.Fatalf("%+v %v", j, err)
		}
		f.step()
		f.out()
		if _, err := f.Confirm(f.Context(), nil, key, "user:1"); fault.Code(err) != "printing.state" {
			t.Error(err)
		}
		if _, err := f.Retry(f.Context(), nil, key, "user:1"); err != nil {
			t.Fatal(err)
		}
		f.step()
		f.out("ZT00001")
		if _, err := f.Cancel(f.Context(), nil, key, "user:1"); fault.Code(err) != "printing.state" {
			t.Error(err)
		}
		if _, err := f.Cancel(f.Context(), nil, 12345, "user:1"); fault.Code(err) != "printing.job_not_found" {
			t.Error(err)
		}
	})
}

func TestOfAPrinterThatSaysNothingAPersonOrTheScanAtTheDockDecides(t *testing.T) {
	each(t, sim.Options{Mute: true}, func(f *floor) {
		list := f.shipments(3, "ZT")
		f.queue(list)
		f.step()
		f.want("sent", "sent", "sent")
		open := f.jobs(printing.Filter{Uncertain: true})
		if len(open) != 3 {
			t.Fatalf("%d are open", len(open))
		}
		if f.step() != 0 {
			t.Error("an uncertain label was sent again unasked")
		}
		if j, err := f.Confirm(f.Context(), nil, open[0].ID, "user:1"); err != nil || j.State != printing.Printed {
			t.Errorf("%+v %v", j, err)
		}
		if _, err := f.Retry(f.Context(), nil, open[1].ID, "user:1"); err != nil {
			t.Error(err)
		}
		f.become(list[2], ship.HandedOver, "ZT00003")
		if n, err := f.ConfirmScanned(f.Context()); n != 1 || err != nil {
			t.Errorf("%d %v", n, err)
		}
		f.step()
		f.want("printed", "sent", "printed")
		f.out("ZT00001", "ZT00002", "ZT00003", "ZT00002")
	})
}

func TestAPrinterThatHangsStopsNoOther(t *testing.T) {
	f := newFloor(t, sqlite(t), sim.Options{})
	stuck, err := sim.Listen("127.0.0.1:0", sim.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = stuck.Close() })
	stuck.Hang(true)
	t.Cleanup(func() { stuck.Hang(false) })
	f.setUp("P2", "bench 2", stuck.Address(), true)
	list := f.shipments(21, "ZT")
	if _, err := f.Print(t.Context(), nil, printing.PrintIn{ParcelID: f.parcel.ID, Station: "bench 2"}); err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() { defer close(done); f.Work(ctx) }()
	f.queue(list[1:])
	for end := time.Now().Add(7 * time.Second); len(f.machine.Labels()) < 20 && time.Now().Before(end); {
		time.Sleep(10 * time.Millisecond)
	}
	if n := len(f.machine.Labels()); n != 20 {
		t.Errorf("%d labels came out beside the printer that hangs, want 20", n)
	}
	stop()
	<-done
}

func TestAPrinterIsSetUpWithCare(t *testing.T) {
	each(t, sim.Options{}, func(f *floor) {
		good := f.printer
		for _, c := range []struct {
			code   string
			change func(*printing.Device)
		}{
			{"", func(*printing.Device) {}},
			{"printing.text", func(p *printing.Device) { p.Name = "" }},
			{"printing.text", func(p *printing.Device) { p.Station = " x" }},
			{"printing.choice", func(p *printing.Device) { p.Kind = "fax" }},
			{"printing.choice", func(p *printing.Device) { p.Format = "gif" }},
			{"printing.choice", func(p *printing.Device) { p.Media = "A4" }},
			{"printing.choice", func(p *printing.Device) { p.Language = "xx" }},
			{"printing.choice", func(p *printing.Device) { p.Kind = printing.CUPS }}, // not connected in this test
			{"printing.address", func(p *printing.Device) { p.Address = "nowhere" }},
			{"printing.node", func(p *printing.Device) { p.NodeID = 1 }},
			{"printing.printer_not_found", func(p *printing.Device) { p.ID, p.Name = 12345, "P9" }},
			{"printing.name_taken", func(p *printing.Device) { p.ID = 0 }},
		} {
			p := good
			c.change(&p)
			if _, err := f.SavePrinter(f.Context(), nil, "user:1", p); fault.Code(err) != c.code {
				t.Errorf("%+v: %v, want %s", p, err, c.code)
			}
		}
		if _, err := f.Print(f.Context(), nil, printing.PrintIn{ParcelID: f.parcel.ID}); fault.Code(err) != "printing.no_waybill" {
			t.Error(err)
		}
		f.shipments(1, "ZT")
		if _, err := f.Print(f.Context(), nil, printing.PrintIn{ParcelID: f.parcel.ID, Station: "nowhere"}); fault.Code(err) != "printing.no_printer" {
			t.Error(err)
		}
		if raw, err := f.Label(f.Context(), f.parcel.ID, printing.PDF, "en"); err != nil || !slices.Equal(raw[:5], []byte("%PDF-")) {
			t.Errorf("%d bytes, %v", len(raw), err)
		}
		if _, err := f.Label(f.Context(), 12345, printing.ZPL, "en"); fault.Code(err) != "printing.no_parcel" {
			t.Error(err)
		}
	})
}

func TestWhatCannotBeDrawnFailsAndTheOthersGoOn(t *testing.T) {
	each(t, sim.Options{}, func(f *floor) {
		list := f.shipments(2, "ZT")
		f.become(list[0], ship.Labelled, "a number with spaces")
		f.queue(list)
		f.step()
		f.want("failed", "printed")
		if j := f.jobs(printing.Filter{State: printing.Failed})[0]; j.Failure != "label.code" || f.told("printing.failed.v1") != 1 {
			t.Errorf("%+v", j)
		}
	})
}

// The printer loses its current 25 times, each time in the middle of a label or just behind its end, and comes back.
func TestThreeThousandLabelsOverAPrinterThatKeepsDying(t *testing.T) {
	labels := 3000
	if testing.Short() {
		labels = 200
	}
	f := newFloor(t, sqlite(t), sim.Options{})
	f.queue(f.shipments(labels, "ZT"))
	deaths := 0
	for round := 0; len(f.jobs(printing.Filter{State: printing.Printed})) < labels; round++ {
		if round > 500 {
			t.Fatalf("it does not come to an end: %d are printed", len(f.paper()))
		}
		if deaths < 25 {
			f.machine.DieAfter(1 + round*round*7919%(labels*400))
		}
		f.step()
		if f.machine.Dead() {
			deaths++
			f.machine.Revive()
		}
	}
	got := f.paper()
	slices.Sort(got)
	if n := len(slices.Compact(slices.Clone(got))); len(got) != labels || n != labels {
		t.Errorf("%d labels came out, %d of them different; want %d", len(got), n, labels)
	}
	if got[0] != "ZT00001" || got[labels-1] != fmt.Sprintf("ZT%05d", labels) || deaths < 20 {
		t.Errorf("from %s to %s over %d deaths", got[0], got[labels-1], deaths)
	}
	t.Logf("%d labels, %d deaths of the printer", len(got), deaths)
}
