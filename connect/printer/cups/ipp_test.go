package cups

import (
	"testing"

	"github.com/packhorse/packhorse/printing"
)

func TestAnAnswerIsReadGroupByGroup(t *testing.T) {
	b := request(getJobs, "ipp://h/printers/A")
	b.WriteByte(jobGroup)
	attribute(b, tagName, "job-name", "prj_1")
	attribute(b, tagEnum, "job-state", "\x00\x00\x00\x09")
	b.WriteByte(jobGroup)
	attribute(b, tagKeyword, "job-state-reasons", "none")
	attribute(b, tagKeyword, "", "other")
	b.WriteByte(endOfGroups)
	a, err := read(b.Bytes())
	if err != nil || len(a.groups) != 3 || a.groups[1].number("job-state") != jobCompleted || len(a.groups[2].texts("job-state-reasons")) != 2 {
		t.Fatalf("%+v %v", a, err)
	}
	for n := range b.Len() {
		if _, err := read(b.Bytes()[:n]); err == nil {
			t.Fatalf("an answer that ends after %d bytes is taken as whole", n)
		}
	}
}

func TestWhyAQueueDoesNotPrint(t *testing.T) {
	for _, c := range []struct {
		state     int
		accepting bool
		reasons   []string
		want      string
	}{
		{3, true, []string{"none"}, printing.Ready},
		{4, true, []string{"media-empty-error"}, printing.PaperOut},
		{3, true, []string{"media-empty-warning"}, printing.Ready},
		{5, true, []string{"paused"}, printing.Stopped},
		{3, false, nil, printing.Stopped},
		{4, true, []string{"offline-report"}, printing.Unreachable},
		{4, true, []string{"cover-open"}, printing.HeadOpen},
	} {
		if got := condition(c.state, c.accepting, c.reasons); got != c.want {
			t.Errorf("%+v: %s", c, got)
		}
	}
}

func FuzzAnAnswerNeverPanics(f *testing.F) {
	f.Add(request(getJobs, "ipp://h/printers/A").Bytes())
	f.Add([]byte{2, 0, 0, 0, 0, 0, 0, 1, 3})
	f.Fuzz(func(t *testing.T, raw []byte) {
		a, err := read(raw)
		if err == nil {
			_ = a.refusal()
		}
	})
}
