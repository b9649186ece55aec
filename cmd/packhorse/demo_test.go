package main

import (
	"bytes"
	"io"
	"os"
	"testing"

	"github.com/packhorse/packhorse/check"
)

// played is one demo from its opening to its end: its event log, and what it came to.
func played(t *testing.T, c demoCmd) ([]byte, *figures) {
	t.Helper()
	c.Exit, c.anyPort, c.out, c.Lang = true, true, io.Discard, "en"
	w, err := c.open(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := w.close(); err != nil {
			t.Error(err)
		}
	}()
	if err := c.drive(t.Context(), w); err != nil {
		t.Fatal(err)
	}
	var log bytes.Buffer
	if err := check.Dump(t.Context(), w.app.DB, "events", &log); err != nil {
		t.Fatal(err)
	}
	f, err := w.figures(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return log.Bytes(), f
}

func TestADemoSettlesEveryOrderAndIsTheSameEveryTime(t *testing.T) {
	for _, engine := range []struct{ name, url string }{{"sqlite", ""}, {"postgres", os.Getenv("PACKHORSE_TEST_POSTGRES")}} {
		t.Run(engine.name, func(t *testing.T) {
			if engine.name == "postgres" && engine.url == "" {
				t.Skip("PACKHORSE_TEST_POSTGRES is not set")
			}
			c := demoCmd{Orders: 60, Seed: 9, DB: engine.url, node: 60}
			first, f := played(t, c)
			if f.Orders != 60 || f.verdict() != nil || f.Outcomes["delivered"] < 40 {
				t.Errorf("%v: %+v", f.verdict(), f)
			}
			again, _ := played(t, c)
			if !bytes.Equal(first, again) {
				t.Errorf("two runs differ at %s", difference(first, again))
			}
		})
	}
}

// difference shows the first line that two logs do not share.
func difference(a, b []byte) string {
	x, y := bytes.Split(a, []byte("\n")), bytes.Split(b, []byte("\n"))
	for i := range min(len(x), len(y)) {
		if !bytes.Equal(x[i], y[i]) {
			return string(x[i]) + "\nand " + string(y[i])
		}
	}
	return "the end: one is longer"
}
