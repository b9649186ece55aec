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
	place := s.do("GET", "/v1/events?after=latest", "")["next_cursor"].(string)
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
	if from.DB != "" {
		goesOn(t, again, place)
	}
	if status, code := again.try("POST", "/v1/orders", shopOrder("L-0")); status != http.StatusOK {
		t.Errorf("an order it has already: %d %s", status, code)
	}
	if status, code := again.try("POST", "/v1/orders", shopOrder("NEW-1")); status != http.StatusCreated {
		t.Errorf("a new order: %d %s", status, code)
	}
	again.clean()
}

// goesOn reads behind the place that a program outside kept of the old server: what is there and what comes now, on a server
// whose transactions have other numbers.
func goesOn(t *testing.T, s *site, place string) {
	t.Helper()
	if status, code := s.try("POST", "/v1/orders", shopOrder("NEW-0")); status != http.StatusCreated {
		t.Fatalf("a new order: %d %s", status, code)
	}
	for end := time.Now().Add(20 * time.Second); time.Now().Before(end); {
		page := s.do("GET", "/v1/events?wait=1&kind=order.received.v1&after="+place, "")
		for _, e := range page["events"].([]any) {
			if no, _ := e.(map[string]any)["params"].(map[string]any)["external_no"].(string); no == "NEW-0" {
				return
			}
		}
		place = page["next_cursor"].(string)
	}
	t.Error("a reader outside does not see what comes after the restore")
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
