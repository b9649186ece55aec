package raw_test

import (
	"context"
	"errors"
	"io"
	"net"
	"testing"
	"time"

	sim "github.com/packhorse/packhorse/connect/sim/printer"
	"github.com/packhorse/packhorse/printing"
)

// behaving is a machine that treats every connection in one way.
func behaving(t *testing.T, as func(net.Conn)) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	var open []net.Conn
	done := make(chan bool)
	go func() {
		defer close(done)
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			open = append(open, c)
			go as(c)
		}
	}()
	t.Cleanup(func() {
		_ = l.Close()
		<-done
		for _, c := range open {
			_ = c.Close()
		}
	})
	return l.Addr().String()
}

func soon(t *testing.T, d time.Duration) context.Context {
	ctx, stop := context.WithTimeout(t.Context(), d)
	t.Cleanup(stop)
	return ctx
}

func TestAPrinterThatAcceptsAndNeverReadsIsGivenUpInTime(t *testing.T) {
	address := behaving(t, func(net.Conn) {})
	p := adapter(t, address, true)
	start := time.Now()
	if st, err := p.Status(soon(t, 200*time.Millisecond)); err != nil || st.Condition != printing.Silent {
		t.Errorf("it is %+v, %v", st, err)
	}
	if r, err := p.Send(soon(t, 200*time.Millisecond), printing.Document{Mark: "5", Bytes: document(1)}); !errors.Is(err, printing.ErrUncertain) {
		t.Errorf("a label that the line took and nobody confirmed: %+v, %v", r, err)
	}
	if r, err := p.Send(soon(t, 200*time.Millisecond), printing.Document{Mark: "5", Bytes: make([]byte, 64<<20)}); !errors.Is(err, printing.ErrUnreachable) {
		t.Errorf("a document that did not even fit on the line: %+v, %v", r, err)
	}
	if f, err := p.Fate(soon(t, 200*time.Millisecond), "", "5"); !errors.Is(err, printing.ErrUnreachable) {
		t.Errorf("its fate is %s, %v", f, err)
	}
	if r, err := adapter(t, address, false).Send(soon(t, 200*time.Millisecond), printing.Document{Bytes: document(1)}); err != nil || r.Fate != printing.Unknown {
		t.Errorf("of one that is never asked: %+v, %v", r, err)
	}
	if took := time.Since(start); took > 6*time.Second {
		t.Errorf("it took %s", took)
	}
}

func TestAPrinterThatClosesMidWayIsNeverBelievedToHavePrinted(t *testing.T) {
	for _, n := range []int64{0, 1, 10, 30} {
		address := behaving(t, func(c net.Conn) {
			_, _ = io.CopyN(io.Discard, c, n)
			_ = c.Close()
		})
		p := adapter(t, address, true)
		r, err := p.Send(soon(t, 2*time.Second), printing.Document{Mark: "5", Bytes: document(1)})
		if !errors.Is(err, printing.ErrUncertain) && !errors.Is(err, printing.ErrUnreachable) {
			t.Errorf("closed behind %d bytes: %+v, %v", n, r, err)
		}
		if f, err := p.Fate(soon(t, 2*time.Second), "", "5"); !errors.Is(err, printing.ErrUnreachable) {
			t.Errorf("closed behind %d bytes its fate is %s, %v", n, f, err)
		}
	}
}

func TestAPrinterThatAnswersByteByByteIsUnderstood(t *testing.T) {
	m := machine(t, sim.Options{})
	address := behaving(t, func(c net.Conn) {
		defer c.Close()
		to, err := net.Dial("tcp", m.Address())
		if err != nil {
			return
		}
		defer to.Close()
		go func() { _, _ = io.Copy(to, c); _ = to.Close() }()
		one := make([]byte, 1)
		for {
			if _, err := to.Read(one); err != nil {
				return
			}
			time.Sleep(time.Millisecond)
			if _, err := c.Write(one); err != nil {
				return
			}
		}
	})
	p := adapter(t, address, true)
	st, err := p.Status(soon(t, 5*time.Second))
	if err != nil || st.Condition != printing.Ready {
		t.Fatalf("%+v %v", st, err)
	}
	if r, err := p.Send(soon(t, 10*time.Second), printing.Document{Mark: st.Mark, Bytes: document(1)}); err != nil || r.Fate != printing.Out || len(m.Labels()) != 1 {
		t.Errorf("%+v %v, %d labels", r, err, len(m.Labels()))
	}
}
