package warehouse

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func at(t *testing.T, text string) time.Time {
	t.Helper()
	v, err := time.Parse(time.RFC3339, text)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func nodeAt(t *testing.T, zone, cutoffs string) Node {
	t.Helper()
	list, f := ParseCutoffs(cutoffs)
	if f != nil {
		t.Fatal(f)
	}
	return Node{Timezone: zone, Cutoffs: list}
}

func TestTheNextCutoffIsByTheClockOnTheNodesWall(t *testing.T) {
	const shanghai = "SF=16:00;ZTO=12:00;ZTO=18:30"
	cases := []struct{ name, zone, cutoffs, now, carrier, next string }{
		{"before it", "Asia/Shanghai", shanghai, "2026-03-02T15:59:59+08:00", "SF", "2026-03-02T16:00:00+08:00"},
		{"at it", "Asia/Shanghai", shanghai, "2026-03-02T16:00:00+08:00", "SF", "2026-03-03T16:00:00+08:00"},
		{"the second of a carrier", "Asia/Shanghai", shanghai, "2026-03-02T12:00:00+08:00", "ZTO", "2026-03-02T18:30:00+08:00"},
		{"of any carrier", "Asia/Shanghai", shanghai, "2026-03-02T13:00:00+08:00", "", "2026-03-02T16:00:00+08:00"},
		{"a carrier without one", "Asia/Shanghai", shanghai, "2026-03-02T13:00:00+08:00", "JD", ""},
		{"still yesterday in UTC", "Asia/Shanghai", shanghai, "2026-03-01T17:00:00Z", "SF", "2026-03-02T08:00:00Z"},
		{"clocks went forward", "Europe/Berlin", "DHL=16:00", "2026-03-28T17:00:00+01:00", "DHL", "2026-03-29T16:00:00+02:00"},
		{"the hour that is missing", "Europe/Berlin", "DHL=02:30", "2026-03-29T00:00:00+01:00", "DHL", "2026-03-29T03:00:00+02:00"},
		{"the hour that comes twice", "Europe/Berlin", "DHL=02:30", "2026-10-25T00:00:00+02:00", "DHL", "2026-10-25T02:30:00+02:00"},
		{"between the two", "Europe/Berlin", "DHL=02:30", "2026-10-25T02:45:00+02:00", "DHL", "2026-10-26T02:30:00+01:00"},
		{"half an hour of change", "Australia/Lord_Howe", "AP=02:15", "2026-10-04T00:00:00+10:30", "AP", "2026-10-04T02:30:00+11:00"},
		{"a day that never was", "Pacific/Apia", "P=16:00", "2011-12-29T17:00:00-10:00", "P", "2011-12-30T10:00:00Z"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got := nodeAt(t, c.zone, c.cutoffs).NextCutoff(at(t, c.now), c.carrier)
			if c.next == "" {
				if !got.IsZero() {
					t.Errorf("got %s, want none", got)
				}
			} else if !got.Equal(at(t, c.next)) {
				t.Errorf("got %s, want %s", got, c.next)
			}
		})
	}
}

func TestAfterTheLastCutoffTheDayIsOver(t *testing.T) {
	n := nodeAt(t, "Asia/Shanghai", "SF=16:00;ZTO=18:30")
	for now, over := range map[string]bool{
		"2026-03-02T00:00:00+08:00": false, "2026-03-02T17:00:00+08:00": false, "2026-03-02T18:29:59+08:00": false,
		"2026-03-02T18:30:00+08:00": true, "2026-03-02T23:59:59+08:00": true, "2026-03-03T00:00:00+08:00": false,
	} {
		if got := n.CutoffPassed(at(t, now)); got != over {
			t.Errorf("%s: %v, want %v", now, got, over)
		}
	}
	if (Node{Timezone: "Asia/Shanghai"}).CutoffPassed(at(t, "2026-03-02T23:59:59+08:00")) {
		t.Error("a node without cut-offs is late")
	}
}

func TestADayHasTheHoursThatItHas(t *testing.T) {
	for _, c := range []struct {
		zone, now, start string
		hours            float64
	}{
		{"Asia/Shanghai", "2026-03-01T17:00:00Z", "2026-03-02T00:00:00+08:00", 24},
		{"Europe/Berlin", "2026-03-29T12:00:00Z", "2026-03-29T00:00:00+01:00", 23},
		{"Europe/Berlin", "2026-10-25T12:00:00Z", "2026-10-25T00:00:00+02:00", 25},
		{"America/Sao_Paulo", "2018-11-04T12:00:00Z", "2018-11-04T01:00:00-02:00", 23}, // midnight was skipped
		{"Pacific/Apia", "2011-12-30T00:00:00Z", "2011-12-29T00:00:00-10:00", 24},
	} {
		start, end := Node{Timezone: c.zone}.Day(at(t, c.now))
		if !start.Equal(at(t, c.start)) || end.Sub(start).Hours() != c.hours {
			t.Errorf("%s in %s: %s to %s, want %v hours from %s", c.now, c.zone, start, end, c.hours, c.start)
		}
	}
}

func TestEveryMomentLiesInItsDayAndBeforeItsCutoff(t *testing.T) {
	zones := []string{"Asia/Shanghai", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "America/Sao_Paulo", "Pacific/Apia", "Africa/Cairo", "UTC"}
	rapid.Check(t, func(t *rapid.T) {
		n := Node{Timezone: rapid.SampledFrom(zones).Draw(t, "zone"), Cutoffs: []Cutoff{{"C", rapid.IntRange(0, 1439).Draw(t, "minute")}}}
		now := time.Unix(rapid.Int64Range(1_293_840_000, 1_893_456_000).Draw(t, "now"), 0) // 2011 to 2029
		start, end := n.Day(now)
		if now.Before(start) || !now.Before(end) {
			t.Fatalf("%s is not in %s to %s", now, start, end)
		}
		if before, _ := n.Day(end); !before.Equal(end) {
			t.Fatalf("after the day that ends at %s begins one at %s", end, before)
		}
		next := n.NextCutoff(now, "C")
		if !next.After(now) || next.Sub(now) > 49*time.Hour {
			t.Fatalf("%s after %s", next, now)
		}
		if local := next.In(n.location()); local.Hour()*60+local.Minute() != n.Cutoffs[0].Minute {
			if from, _ := local.ZoneBounds(); !from.Equal(local) {
				t.Fatalf("%s is neither at minute %d nor when the clocks change", local, n.Cutoffs[0].Minute)
			}
		}
		if n.CutoffPassed(now) != !next.Before(end) {
			t.Fatalf("passed is %v, but the next one after %s is %s and the day ends at %s", n.CutoffPassed(now), now, next, end)
		}
	})
}

func TestCutoffsAsPeopleWriteThem(t *testing.T) {
	for text, want := range map[string]string{
		"SF=16:00;ZTO=18:30": "SF=16:00;ZTO=18:30", " ZTO = 18:30 ; SF=9:05; ": "SF=09:05;ZTO=18:30", "": "",
		"SF=16:00;SF=16:00;SF=12:00": "SF=12:00;SF=16:00", "顺丰=16：00": "顺丰=16:00", "SF=16:00:00": "SF=16:00",
		"SF": "!", "=16:00": "!", "SF=24:00": "!", "SF=16:60": "!", "SF=1600": "!", "SF=-1:00": "!", "SF=16:0": "!", "SF=16:00:30": "!", "SF=": "!",
	} {
		list, f := ParseCutoffs(text)
		if got := FormatCutoffs(list); f == nil && got != want || f != nil && want != "!" {
			t.Errorf("%q: %q, %v; want %q", text, got, f, want)
		}
	}
}

// FuzzCutoffs holds that whatever is accepted reads back as it is written.
func FuzzCutoffs(f *testing.F) {
	for _, seed := range []string{"", "SF=16:00;ZTO=18:30", "a=b=c", "=;=", "SF=99:99", "SF=1:00;;", "顺丰=16：00", "x=0:00:00"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		list, bad := ParseCutoffs(text)
		if bad != nil {
			return
		}
		for _, c := range list {
			if c.Carrier == "" || c.Minute < 0 || c.Minute > 1439 {
				t.Fatalf("%q gave %+v", text, list)
			}
		}
		if again, bad := ParseCutoffs(FormatCutoffs(list)); bad != nil || !slices.Equal(again, list) {
			t.Fatalf("%q was written as %q and read back as %+v, %v", text, FormatCutoffs(list), again, bad)
		}
	})
}
