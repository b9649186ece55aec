package printing_test

import (
	"context"
	"io"
	"net"
	"sync"
	"testing"
	"time"

	sim "github.com/packhorse/packhorse/connect/sim/printer"
	"github.com/packhorse/packhorse/printing"
)

// wire stands between us and a printer, and can be ill.
type wire struct {
	net.Listener
	to string

	mu    sync.Mutex
	deaf  bool          // it takes connections and never reads
	cut   int           // it closes behind so many bytes to the printer; -1 = it does not
	slow  time.Duration // before every answer of the printer
	conns []net.Conn
}

func newWire(t *testing.T, to string) *wire {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	w := &wire{Listener: l, to: to, cut: -1}
	t.Cleanup(func() { _ = w.Close(); w.hangUp() })
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go w.carry(c)
		}
	}()
	return w
}

func (w *wire) ill(deaf bool, cut int, slow time.Duration) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.deaf, w.cut, w.slow = deaf, cut, slow
}

// hangUp ends what is on the wire.
func (w *wire) hangUp() {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, c := range w.conns {
		_ = c.Close()
	}
	w.conns = nil
}

func (w *wire) carry(c net.Conn) {
	w.mu.Lock()
	deaf, cut, slow := w.deaf, w.cut, w.slow
	w.conns = append(w.conns, c)
	w.mu.Unlock()
	if deaf {
		return // the test hangs up
	}
	defer c.Close()
	p, err := net.Dial("tcp", w.to)
	if err != nil {
		return
	}
	defer p.Close()
	go func() {
		buffer := make([]byte, 4096)
		for {
			n, err := p.Read(buffer)
			if err != nil {
				return
			}
			time.Sleep(slow)
			if _, err := c.Write(buffer[:n]); err != nil {
				return
			}
		}
	}()
	var from io.Reader = c
	if cut >= 0 {
		from = io.LimitReader(c, int64(cut))
	}
	_, _ = io.Copy(p, from) // however it ends, the line is gone
}

// Whatever is wrong with the line or the printer, once it is well again every label has come out exactly once, in its order.
func TestAnIllPrinterPrintsEveryLabelOnceWhenItIsWell(t *testing.T) {
	for _, c := range []struct {
		name string
		ill  func(w *wire)
	}{
		{"it accepts and never reads", func(w *wire) { w.ill(true, -1, 0) }},
		{"it closes before the first byte", func(w *wire) { w.ill(false, 0, 0) }},
		{"it closes in the question", func(w *wire) { w.ill(false, 2, 0) }},
		{"it closes in the middle of a label", func(w *wire) { w.ill(false, 900, 0) }},
		{"it closes at the end of a label", func(w *wire) { w.ill(false, 90_000, 0) }},
		{"it answers slowly", func(w *wire) { w.ill(false, -1, 60*time.Millisecond) }},
		{"it answers after everybody has lost patience", func(w *wire) { w.ill(false, -1, 700*time.Millisecond) }},
	} {
		t.Run(c.name, func(t *testing.T) {
			each(t, sim.Options{}, func(f *floor) {
				w := newWire(t, f.machine.Address())
				f.moveTo(w.Addr().String())
				f.queue(f.shipments(3, "ZT"))
				f.within(500 * time.Millisecond) // well at first: the line is known
				if got := len(f.paper()); got == 0 {
					t.Fatal("nothing comes out of a printer that is well")
				}
				more := f.shipments(3, "YT")
				f.queue(more)
				c.ill(w)
				for range 3 {
					f.within(500 * time.Millisecond)
				}
				w.ill(false, -1, 0)
				w.hangUp()
				for range 20 {
					if f.step(); len(f.jobs(printing.Filter{State: printing.Printed})) == 6 {
						break
					}
				}
				f.out("ZT00001", "ZT00002", "ZT00003", "YT00001", "YT00002", "YT00003")
			})
		})
	}
}

// within runs a step that has only so much time.
func (f *floor) within(d time.Duration) {
	f.Helper()
	ctx, stop := context.WithTimeout(f.Context(), d)
	defer stop()
	_, _ = f.Step(ctx) // what it could not do the next step does
}

// moveTo gives the printer another address.
func (f *floor) moveTo(address string) {
	f.Helper()
	p := f.printer
	p.Address = address
	saved, err := f.SavePrinter(f.Context(), nil, "user:1", p)
	if err != nil {
		f.Fatal(err)
	}
	f.printer = saved
}
