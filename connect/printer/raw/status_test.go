package raw

import (
	"strings"
	"testing"

	"github.com/packhorse/packhorse/printing"
)

func TestTheStatusIsReadAsTheGuideHasIt(t *testing.T) {
	for _, c := range []struct {
		one, two, condition string
		waiting             int
		partial             bool
	}{
		{"030,0,0,1245,000,0,0,0,000,0,0,0", "000,0,0,0,0,2,4,0,00000000,1,000", printing.Ready, 0, false},
		{"030,1,0,1245,002,0,0,0,000,0,0,0", "000,0,0,0,0,2,4,0,00000001,1,000", printing.PaperOut, 3, false},
		{"030,1,0,1245,000,0,0,1,000,0,0,0", "000,0,1,0,0,2,4,0,00000000,1,000", printing.HeadOpen, 0, true},
		{"030,0,1,1245,000,0,0,0,000,0,0,0", "000,0,0,0,0,2,4,0,00000000,1,000", printing.Paused, 0, false},
		{"030,0,0,1245,000,0,0,0,000,0,0,0", "000,0,0,1,0,2,4,0,00000000,1,000", printing.RibbonOut, 0, false},
	} {
		h, err := parse([]string{c.one, c.two, "1234,0"})
		if err != nil || h.condition() != c.condition || h.waiting != c.waiting || h.partial != c.partial {
			t.Errorf("%s: %+v %v", c.condition, h, err)
		}
	}
}

func FuzzAStatusNeverPanics(f *testing.F) {
	f.Add("030,0,0,1245,000,0,0,0,000,0,0,0\n000,0,0,0,0,2,4,0,00000000,1,000\n1234,0")
	f.Add(",,,,,,,,,,,\n,,,,,,,,,,\n")
	f.Fuzz(func(t *testing.T, text string) {
		if h, err := parse(strings.Split(text, "\n")); err == nil && h.waiting < 0 {
			t.Errorf("%d labels wait", h.waiting)
		}
	})
}
