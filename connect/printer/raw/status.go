package raw

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/packhorse/packhorse/printing"
)

// host is what a printer says to ~HS, of that what matters here.
type host struct {
	paperOut, paused, headOpen, ribbonOut bool
	partial                               bool // it waits for the rest of a label
	waiting                               int  // labels it has and has not printed
}

// parse reads the three lines of an answer to ~HS.
func parse(lines []string) (h host, err error) {
	if len(lines) != 3 {
		return h, fmt.Errorf("%d lines of status, want 3", len(lines))
	}
	one, two := strings.Split(lines[0], ","), strings.Split(lines[1], ",")
	if len(one) < 12 || len(two) < 11 {
		return h, fmt.Errorf("status of %d and %d fields, want 12 and 11", len(one), len(two))
	}
	h = host{paperOut: one[1] == "1", paused: one[2] == "1", partial: one[7] == "1", headOpen: two[2] == "1", ribbonOut: two[3] == "1"}
	for _, text := range []string{one[4], two[8]} {
		n, err := strconv.Atoi(strings.TrimSpace(text))
		if err != nil || n < 0 {
			return h, fmt.Errorf("%q is no number of labels", text)
		}
		h.waiting += n
	}
	return h, nil
}

// condition is the first reason why it does not print.
func (h host) condition() string {
	switch {
	case h.headOpen:
		return printing.HeadOpen
	case h.paperOut:
		return printing.PaperOut
	case h.ribbonOut:
		return printing.RibbonOut
	case h.paused:
		return printing.Paused
	}
	return printing.Ready
}
