package main

import (
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/packhorse/packhorse/internal/config"
)

// at are the flags for the place of an installation.
func at(cfg config.Config) []string {
	if cfg.DB != "" {
		return []string{"--db", cfg.DB}
	}
	return []string{"--data", cfg.Data}
}

func TestABackupUnderLoadComesBackProvenAndTakesOrders(t *testing.T) { eachSite(t, backUpAndRestore) }

func backUpAndRestore(t *testing.T, s *site) {
	s.furnish()
	stop, stopped, taken := make(chan struct{}), make(chan struct{}), 0
	go func() {
		defer close(stopped)
		for ; ; taken++ {
			select {
			case <-stop:
				return
			default:
				if status, code := s.try("POST", "/v1/orders", shopOrder(fmt.Sprintf("L-%d", taken))); status != http.StatusCreated {
					t.Errorf("%d %s", status, code)
				}
			}
		}
	}()
	for s.server.apps["default"] != nil && s.server.apps["default"].DB.Stats().Commits < 30 {
		time.Sleep(10 * time.Millisecond)
	}
	from, to := s.server.installation.Config, testConfig(t)
	file := filepath.Join(t.TempDir(), "b.packhorse")
	code, out, said := command(t, append([]string{"backup", file}, at(from)...)...)
	close(stop)
	<-stopped
	if code != 0 || taken == 0 {
		t.Fatalf("%d %s %s, %d orders meanwhile", code, out, said, taken)
	}
	if to.Data = filepath.Join(t.TempDir(), "restored"); from.DB != "" {
		to.Data, to.DB = "", freshDatabase(t)
	}
	if code, out, said := command(t, append([]string{"restore", file}, at(to)...)...); code != 0 || !strings.Contains(out, "clean") {
		t.Fatalf("%d %s %s", code, out, said)
	}
	if code, _, said := command(t, append([]string{"restore", file}, at(to)...)...); code == 0 || !strings.Contains(said, "nothing is overwritten") {
		t.Errorf("restored over it: %d %s", code, said)
	}
	again := startSite(t, to)
	again.key = s.key // keys come back with the rest
	if status, code := again.try("POST", "/v1/orders", shopOrder("L-0")); status != http.StatusOK {
		t.Errorf("an order it has already: %d %s", status, code)
	}
	if status, code := again.try("POST", "/v1/orders", shopOrder("NEW-1")); status != http.StatusCreated {
		t.Errorf("a new order: %d %s", status, code)
	}
	again.clean()
}

func TestABackupOnAFullDiskSaysSoAndLeavesNothing(t *testing.T) {
	cfg, disk := testConfig(t), smallDisk(t)
	s := startSite(t, cfg)
	s.furnish()
	fill(t, disk)
	code, _, said := command(t, "backup", filepath.Join(disk, "b"), "--data", cfg.Data)
	if code == 0 || !strings.Contains(said, "there is no room on the disk") {
		t.Errorf("%d %s", code, said)
	}
	left, err := os.ReadDir(disk)
	if err != nil || len(left) != 1 { // the ballast
		t.Errorf("left behind: %v %v", left, err)
	}
}

func TestAnArchiveLeavesTheBooksCleanAndTheOrdersThere(t *testing.T) {
	cfg := testConfig(t)
	cfg.Clock = "fixed:2026-03-02T04:00:00Z"
	a, err := Open(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	furnishApp(t, a)
	for _, no := range []string{"A-1", "A-2", "A-3"} {
		got, err := a.Intake.Receive(t.Context(), nil, inputOf(t, shopOrder(no)))
		if err != nil {
			t.Fatal(err)
		}
		a.must(t, func() error { return a.Settle(t.Context()) })
		if no != "A-3" { // which stays open
			a.must(t, func() error { return one(a.Flow.Cancel(t.Context(), nil, got.OrderID, "user:li", "changed mind")) })
		}
	}
	a.must(t, a.Close)
	t.Setenv("PACKHORSE_CLOCK", "fixed:2026-06-01T04:00:00Z")
	file := filepath.Join(t.TempDir(), "a.jsonl")
	for _, c := range []struct {
		args []string
		code int
		want string
	}{
		{[]string{"archive", "--before", "2026-05-01"}, 1, "say which file"},
		{[]string{"archive", "--before", "2026-05-31", "--dry-run"}, 1, "is not a week ago"},
		{[]string{"archive", "--before", "March"}, 1, "must be a day"},
		{[]string{"archive", "--before", "2026-03-01", "--dry-run"}, 0, "0 orders"},
		{[]string{"archive", "--before", "2026-05-01", "--dry-run"}, 0, "2 orders"},
		{[]string{"archive", "--before", "2026-05-01", file}, 0, "2 orders"},
		{[]string{"check"}, 0, "clean"},
		{[]string{"archive", "--before", "2026-05-01", file}, 1, "exists"},
		{[]string{"archive", "--before", "2026-05-01", "--dry-run"}, 0, "0 orders"},
	} {
		code, out, said := command(t, append(c.args, "--data", cfg.Data)...)
		if code != c.code || !strings.Contains(out+said, c.want) {
			t.Errorf("%v: %d %s%s", c.args, code, out, said)
		}
	}
	raw, err := os.ReadFile(file)
	if err != nil || !strings.Contains(string(raw), `"kind":"allocation.allocated.v1"`) {
		t.Errorf("%v %s", err, raw)
	}
}

func TestAStepThatDoesNotComeBackIsNamed(t *testing.T) {
	p := newPulses([]step{{name: "review"}, {name: "track"}})
	p["track"].begin()(errors.New("away"))
	p["review"].begin()
	if step, _ := p.stuck(); step != "" {
		t.Errorf("%s is stuck at once", step)
	}
	p["review"].since.Store(time.Now().Add(-2 * tooLong).UnixNano())
	if step, still := p.stuck(); step != "review" || still < tooLong {
		t.Errorf("%s %s", step, still)
	}
	if p["track"].failed.Load() != 1 || p["track"].runs.Load() != 1 {
		t.Error("a run that failed is not counted")
	}
}
