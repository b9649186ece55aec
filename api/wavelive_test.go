package api

import (
	"net/http"
	"testing"

	"github.com/packhorse/packhorse/internal/id"
	"github.com/packhorse/packhorse/pick"
	"github.com/packhorse/packhorse/wave"
)

func TestWhatIsAskedOfWavesThatAreNotThere(t *testing.T) {
	w := newWorld(t)
	nowhere := id.Show(wave.Prefix, 7)
	if r := w.want(http.StatusNotFound, "GET", "/v1/waves/"+nowhere, ""); r.code() != "wave.not_found" {
		t.Errorf("%s", r.raw)
	}
	if rows := w.want(http.StatusOK, "GET", "/v1/waves/"+nowhere+"/orders", "").rows("orders"); len(rows) != 0 {
		t.Errorf("%v", rows)
	}
	for _, path := range []string{"/v1/wave-outlook?node=XX", "/v1/wave-candidates?node=XX", "/v1/today?node=XX", "/v1/today/orders?node=XX"} {
		if r := w.want(http.StatusUnprocessableEntity, "GET", path, ""); r.code() != "http.node" {
			t.Errorf("%s: %s", path, r.raw)
		}
	}
	if r := w.want(http.StatusUnprocessableEntity, "GET", "/v1/today/orders?status=shipped", ""); r.code() != "unknown_value" {
		t.Errorf("%s", r.raw)
	}
	if hours := w.want(http.StatusOK, "GET", "/v1/today", "").body["hours"].([]any); len(hours) != trendHours {
		t.Errorf("%v", hours)
	}
}

func TestAPickerIsToldByAllHisWalks(t *testing.T) {
	walk := func(picker, status, task string, closed, lines int64) WaveWalk {
		return WaveWalk{Task: task, Status: status, Picker: picker, Location: "at " + task, LineCounts: LineCounts{Lines: lines, Closed: closed}}
	}
	hour := int64(3_600_000_000)
	got := pickersOf([]WaveWalk{walk("wang", pick.Started, "t2", 1, 4), walk("", pick.Ready, "t3", 0, 2), walk("wang", pick.Done, "t1", 5, 5)}, hour/2)
	if len(got) != 1 || got[0].Task != "t2" || got[0].Location != "at t2" || got[0].Closed != 6 || got[0].Lines != 9 || got[0].PerHour != 12 {
		t.Errorf("%+v", got)
	}
}
