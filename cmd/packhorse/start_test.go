package main

import (
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Had it made the company, its password would have been shown to nobody.
func TestAServerWhosePortIsTakenSaysSoAndMakesNoCompany(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	data := t.TempDir()
	code, _, errs := command(t, "serve", "--data", data, "--listen", taken.Addr().String())
	if code != 1 || strings.Count(errs, "\n") != 1 || !strings.Contains(errs, "--listen") {
		t.Errorf("%d %q", code, errs)
	}
	if _, err := os.Stat(filepath.Join(data, "default.db")); err == nil {
		t.Error("a company was made")
	}
}

func TestAnErrorIsOneLineThatSaysNothingTwice(t *testing.T) {
	err := errors.Join(fmt.Errorf("failed to connect:\n\thost a: refused\n\thost a: refused"), errors.New("closed"))
	if got := line(err); got != "failed to connect: host a: refused; closed" {
		t.Errorf("%q", got)
	}
}
