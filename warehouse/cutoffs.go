package warehouse

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"github.com/packhorse/packhorse/internal/fault"
)

// MaxCutoffs is how many cut-offs a node may have.
const MaxCutoffs = 100

// ParseCutoffs reads "SF=16:00;ZTO=18:30": carrier and time by the clock on the node's wall, 00:00 to 23:59. The
// answer is ordered by carrier and time, the same cut-off twice counts once. Faults: warehouse.cutoff, warehouse.cutoffs_too_many.
func ParseCutoffs(text string) ([]Cutoff, *fault.Fault) {
	var list []Cutoff
	for part := range strings.SplitSeq(text, ";") {
		if part = strings.TrimSpace(part); part == "" {
			continue
		}
		carrier, hour, _ := strings.Cut(part, "=")
		carrier = strings.TrimSpace(carrier)
		minute, ok := minuteOf(strings.TrimSpace(hour))
		if !ok || carrier == "" || len(carrier) > maxCode || strings.ContainsFunc(carrier, unicode.IsControl) {
			return nil, fault.Invalidf("cutoffs", "warehouse.cutoff", "%q is not a cut-off like SF=16:00", part).With("value", part)
		}
		list = append(list, Cutoff{carrier, minute})
	}
	slices.SortFunc(list, func(a, b Cutoff) int {
		return cmp.Or(cmp.Compare(a.Carrier, b.Carrier), cmp.Compare(a.Minute, b.Minute))
	})
	if list = slices.Compact(list); len(list) > MaxCutoffs {
		return nil, fault.Invalidf("cutoffs", "warehouse.cutoffs_too_many", "a node may have at most %d cut-offs, not %d", MaxCutoffs, len(list)).
			With("max", MaxCutoffs).With("have", len(list))
	}
	return list, nil
}

// FormatCutoffs writes what ParseCutoffs reads.
func FormatCutoffs(list []Cutoff) string {
	parts := make([]string, len(list))
	for i, c := range list {
		parts[i] = fmt.Sprintf("%s=%02d:%02d", c.Carrier, c.Minute/60, c.Minute%60)
	}
	return strings.Join(parts, ";")
}

// minuteOf reads H:MM or HH:MM, with seconds only when they are 00, as a spreadsheet may write a time.
func minuteOf(text string) (int, bool) {
	text = strings.ReplaceAll(text, "：", ":") // as typed in Chinese
	parts := strings.Split(text, ":")
	if len(parts) == 3 && parts[2] == "00" {
		parts = parts[:2]
	}
	if len(parts) != 2 || len(parts[0]) > 2 || len(parts[1]) != 2 {
		return 0, false
	}
	hour, ok := twoDigits(parts[0])
	minute, fine := twoDigits(parts[1])
	return hour*60 + minute, ok && fine && hour < 24 && minute < 60
}

func twoDigits(s string) (n int, ok bool) {
	for _, c := range []byte(s) {
		if c < '0' || c > '9' {
			return 0, false
		}
		n = n*10 + int(c-'0')
	}
	return n, s != ""
}
