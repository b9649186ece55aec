package printing_test

import (
	"strings"
	"testing"

	sim "github.com/packhorse/packhorse/connect/sim/printer"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/printing"
)

func TestATestLabelComesOutBehindTheOthersAndStopsNone(t *testing.T) {
	each(t, sim.Options{}, func(f *floor) {
		f.queue(f.shipments(1, "ZT"))
		first, err := f.Test(f.Context(), nil, f.printer.ID, "user:ann")
		if err != nil || first.Document != "test" {
			t.Fatalf("%+v %v", first, err)
		}
		if again, err := f.Test(f.Context(), nil, f.printer.ID, "user:ann"); err != nil || again.ID != first.ID {
			t.Errorf("one that waits was asked for twice: %+v %v", again, err)
		}
		f.step()
		if second, err := f.Test(f.Context(), nil, f.printer.ID, "user:bob"); err != nil || second.ID == first.ID {
			t.Fatalf("another one, later: %+v %v", second, err)
		}
		f.step()
		list, err := f.Jobs(f.Context(), printing.Filter{State: printing.Printed}, 0, 10)
		if err != nil || len(list) != 3 || list[0].Document != "test" || list[2].Document != "label" {
			t.Fatalf("%+v %v", list, err)
		}
		if _, err := f.Test(f.Context(), nil, 1, "user:ann"); fault.Code(err) != "printing.printer_not_found" {
			t.Error(err)
		}
		off := f.printer
		off.Enabled = false
		if _, err := f.SavePrinter(f.Context(), nil, "user:ann", off); err != nil {
			t.Fatal(err)
		}
		if _, err := f.Test(f.Context(), nil, off.ID, "user:ann"); fault.Code(err) != "printing.off" || !strings.Contains(err.Error(), "P1") {
			t.Error(err)
		}
	})
}
