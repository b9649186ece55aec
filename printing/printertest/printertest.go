// Package printertest is what every adapter of printing.Printer must pass, against whatever stands in for its printer.
package printertest

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/packhorse/packhorse/printing"
)

// Bench is a printer with its adapter.
type Bench struct {
	Printer  printing.Printer
	Document func(n int) []byte        // the n-th document, in a format the printer takes
	Printed  func() int                // how many came out
	Paper    func(there bool)          // takes it away or puts it back
	Cut      func()                    // the line breaks, and the printer is gone, in the middle of what is sent next
	Back     func()                    // it is there again
	Settle   func(t *testing.T, n int) // waits until n came out; nil where printing is at once
}

// Run checks the contract. make gives a fresh printer each time.
func Run(t *testing.T, make func(t *testing.T) Bench) {
	for _, c := range []struct {
		name string
		do   func(*testing.T, Bench)
	}{
		{"a document comes out once", once},
		{"documents come out one after the other", several},
		{"without paper a document waits and comes out later", paper},
		{"a document that broke off did not come out and may be sent again", cut},
		{"a printer that is gone is said to be", gone},
	} {
		t.Run(c.name, func(t *testing.T) { c.do(t, make(t)) })
	}
}

func within(t *testing.T) context.Context {
	ctx, stop := context.WithTimeout(t.Context(), 8*time.Second)
	t.Cleanup(stop)
	return ctx
}

func (b Bench) ready(t *testing.T) string {
	t.Helper()
	st, err := b.Printer.Status(within(t))
	if err != nil || st.Condition != printing.Ready || st.Mark == "" {
		t.Fatalf("%+v %v, want it ready and with a mark", st, err)
	}
	return st.Mark
}

func (b Bench) printed(t *testing.T, want int) {
	t.Helper()
	if b.Settle != nil {
		b.Settle(t, want)
	}
	if n := b.Printed(); n != want {
		t.Fatalf("%d came out, want %d", n, want)
	}
}

func once(t *testing.T, b Bench) {
	mark := b.ready(t)
	r, err := b.Printer.Send(within(t), printing.Document{Name: "prj_1", Mark: mark, Bytes: b.Document(1)})
	if err != nil || r.Fate != printing.Out {
		t.Fatalf("%+v %v", r, err)
	}
	b.printed(t, 1)
	if f, err := b.Printer.Fate(within(t), "prj_1", mark); err != nil || f != printing.Out && f != printing.Unknown {
		t.Errorf("asked later it says %s, %v", f, err)
	}
}

func several(t *testing.T, b Bench) {
	mark := b.ready(t)
	for n := 1; n <= 3; n++ {
		name := "prj_several_" + string(rune('0'+n))
		r, err := b.Printer.Send(within(t), printing.Document{Name: name, Mark: mark, Bytes: b.Document(n)})
		if err != nil || r.Fate != printing.Out {
			t.Fatalf("%d: %+v %v", n, r, err)
		}
		if mark = r.Mark; mark == "" {
			mark = b.ready(t)
		}
	}
	b.printed(t, 3)
}

func paper(t *testing.T, b Bench) {
	if b.Paper == nil {
		t.Skip("this printer has no paper to take away")
	}
	mark := b.ready(t)
	b.Paper(false)
	short, stop := context.WithTimeout(t.Context(), 2*time.Second)
	defer stop()
	r, err := b.Printer.Send(short, printing.Document{Name: "prj_2", Mark: mark, Bytes: b.Document(2)})
	if err != nil && !errors.Is(err, printing.ErrUncertain) || r.Fate == printing.Out || r.Fate == printing.Not {
		t.Fatalf("without paper: %+v %v", r, err)
	}
	b.printed(t, 0)
	if f, err := b.Printer.Fate(within(t), "prj_2", mark); err == nil && f != printing.Pending {
		t.Errorf("without paper it is %s", f)
	}
	b.Paper(true)
	b.printed(t, 1)
	b.became(t, "prj_2", mark, printing.Out)
}

// became waits for what is said of a document in the end.
func (b Bench) became(t *testing.T, name, mark string, want printing.Fate) {
	t.Helper()
	var f printing.Fate
	var err error
	for range 50 {
		if f, err = b.Printer.Fate(within(t), name, mark); err == nil && f == want {
			return
		}
		time.Sleep(100 * time.Millisecond)
	}
	t.Fatalf("it is %s, %v; want %s", f, err, want)
}

func cut(t *testing.T, b Bench) {
	if b.Cut == nil {
		t.Skip("this printer keeps what it was given")
	}
	mark := b.ready(t)
	b.Cut()
	r, err := b.Printer.Send(within(t), printing.Document{Name: "prj_3", Mark: mark, Bytes: b.Document(3)})
	if !errors.Is(err, printing.ErrUnreachable) && !errors.Is(err, printing.ErrUncertain) {
		t.Fatalf("it broke off, and Send says %+v %v", r, err)
	}
	if _, err := b.Printer.Fate(within(t), "prj_3", mark); !errors.Is(err, printing.ErrUnreachable) {
		t.Errorf("it is gone, and Fate says %v", err)
	}
	b.Back()
	b.became(t, "prj_3", mark, printing.Not)
	r, err = b.Printer.Send(within(t), printing.Document{Name: "prj_3", Mark: mark, Bytes: b.Document(3)})
	if err != nil || r.Fate != printing.Out {
		t.Fatalf("again: %+v %v", r, err)
	}
	b.printed(t, 1)
}

func gone(t *testing.T, b Bench) {
	if b.Cut == nil {
		t.Skip("this printer cannot be switched off")
	}
	b.Cut()
	_, _ = b.Printer.Send(within(t), printing.Document{Name: "prj_4", Mark: "0", Bytes: b.Document(4)})
	if _, err := b.Printer.Status(within(t)); !errors.Is(err, printing.ErrUnreachable) {
		st, _ := b.Printer.Status(within(t))
		if st.Condition == printing.Ready {
			t.Errorf("a printer that is gone is %+v, %v", st, err)
		}
	}
	_, err := b.Printer.Send(within(t), printing.Document{Name: "prj_5", Mark: "0", Bytes: b.Document(5)})
	if !errors.Is(err, printing.ErrUnreachable) && !errors.Is(err, printing.ErrUncertain) {
		t.Errorf("sending to it says %v", err)
	}
}
