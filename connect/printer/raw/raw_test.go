package raw_test

import (
	"context"
	"fmt"
	"net"
	"testing"
	"time"

	"github.com/packhorse/packhorse/connect/printer/raw"
	sim "github.com/packhorse/packhorse/connect/sim/printer"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/printing"
	"github.com/packhorse/packhorse/printing/printertest"
)

func machine(t *testing.T, o sim.Options) *sim.Machine {
	t.Helper()
	m, err := sim.Listen("127.0.0.1:0", o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = m.Close() })
	return m
}

func adapter(t *testing.T, address string, answers bool) printing.Printer {
	t.Helper()
	p, err := raw.New(printing.Place{Address: address, Format: printing.ZPL, Answers: answers})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func document(n int) []byte { return fmt.Appendf(nil, "^XA^FO0,0^FDlabel %d^FS^XZ", n) }

func TestARawPrinterKeepsTheContract(t *testing.T) {
	printertest.Run(t, func(t *testing.T) printertest.Bench {
		m := machine(t, sim.Options{})
		return printertest.Bench{Printer: adapter(t, m.Address(), true), Document: document, Printed: func() int { return len(m.Labels()) },
			Paper: m.Paper, Cut: func() { m.DieAfter(12) }, Back: m.Revive}
	})
}

func TestAPrinterThatAnswersNothingLeavesItOpen(t *testing.T) {
	m := machine(t, sim.Options{Mute: true})
	p := adapter(t, m.Address(), false)
	st, err := p.Status(t.Context())
	if err != nil || st.Condition != printing.Ready || st.Mark == "" {
		t.Fatalf("%+v %v", st, err)
	}
	r, err := p.Send(t.Context(), printing.Document{Mark: st.Mark, Bytes: document(1)})
	if err != nil || r.Fate != printing.Unknown || len(m.Labels()) != 1 {
		t.Errorf("%+v %v, %d labels", r, err, len(m.Labels()))
	}
	if f, err := p.Fate(t.Context(), "", st.Mark); f != printing.Unknown || err != nil {
		t.Errorf("%s %v", f, err)
	}
}

func TestAPrinterThatDoesNotCountIsBelievedWhileTheLineHolds(t *testing.T) {
	m := machine(t, sim.Options{Uncounted: true})
	p := adapter(t, m.Address(), true)
	st, err := p.Status(t.Context())
	if err != nil || st.Mark == "" {
		t.Fatalf("%+v %v", st, err)
	}
	if r, err := p.Send(t.Context(), printing.Document{Mark: st.Mark, Bytes: document(1)}); err != nil || r.Fate != printing.Out {
		t.Errorf("%+v %v", r, err)
	}
	if f, err := p.Fate(t.Context(), "", st.Mark); f != printing.Unknown || err != nil {
		t.Errorf("after the line is gone it is %s, %v", f, err)
	}
}

func TestAPrinterThatIsSilentIsNotReady(t *testing.T) {
	m := machine(t, sim.Options{Mute: true})
	ctx, stop := context.WithTimeout(t.Context(), 300*time.Millisecond)
	defer stop()
	if st, err := adapter(t, m.Address(), true).Status(ctx); err != nil || st.Condition != printing.Silent {
		t.Errorf("%+v %v", st, err)
	}
}

func TestSomebodyElsePrintingMakesTheCountWorthless(t *testing.T) {
	m := machine(t, sim.Options{})
	p := adapter(t, m.Address(), true)
	st, _ := p.Status(t.Context())
	c, err := net.Dial("tcp", m.Address())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.Write(append(document(1), document(2)...)); err != nil {
		t.Fatal(err)
	}
	_ = c.Close()
	for len(m.Labels()) < 2 {
		time.Sleep(time.Millisecond)
	}
	if f, err := p.Fate(t.Context(), "", st.Mark); f != printing.Unknown || err != nil {
		t.Errorf("%s %v", f, err)
	}
}

func TestAnAddressIsAHostAndAPort(t *testing.T) {
	for address, want := range map[string]string{"10.0.0.1:9100": "", "printer.local:9100": "", "10.0.0.1": "printing.address", ":9100": "printing.address",
		"h:0": "printing.address", "h:x": "printing.address", "": "printing.address"} {
		if _, err := raw.New(printing.Place{Address: address}); fault.Code(err) != want {
			t.Errorf("%q: %v", address, err)
		}
	}
}
