package catalog

import (
	"slices"
	"time"

	"github.com/packhorse/packhorse/internal/fault"
)

// span names a recipe line: a component of a bundle from a moment on.
type span struct{ bundle, component, from int64 }

// terms are what a recipe line says besides its name: pieces, and until when; 0 = without end.
type terms struct{ quantity, to int64 }

// pair is a bundle and one of its components, whatever the dates.
type pair struct{ bundle, component int64 }

// cookbook is all recipes at once, as they would stand after the rows judged so far.
type cookbook struct {
	lines map[span]terms
	froms map[pair][]int64  // the moments at which lines of a pair begin
	parts map[int64][]int64 // bundle → components, whatever the dates
	users map[int64][]int64 // component → bundles
}

func newCookbook() *cookbook {
	return &cookbook{lines: map[span]terms{}, froms: map[pair][]int64{}, parts: map[int64][]int64{}, users: map[int64][]int64{}}
}

func (c *cookbook) add(s span, t terms) {
	p := pair{s.bundle, s.component}
	if len(c.froms[p]) == 0 {
		c.parts[s.bundle] = append(c.parts[s.bundle], s.component)
		c.users[s.component] = append(c.users[s.component], s.bundle)
	}
	if _, known := c.lines[s]; !known {
		c.froms[p] = append(c.froms[p], s.from)
	}
	c.lines[s] = t
}

// refuse says why a line cannot stand with the others; nil when it can. Circles and nesting are judged
// without regard to dates: recipes that exclude each other by a day are a trap for the next change.
func (c *cookbook) refuse(s span, t terms) *fault.Fault {
	if s.bundle == s.component || c.reaches(s.component, s.bundle, 0) {
		return fault.Invalidf("component_sku", "catalog.bundle_circle", "the bundle would contain itself; take it out of its component first")
	}
	if deep := height(c.users, s.bundle, 0) + 1 + height(c.parts, s.component, 0); deep > Depth {
		return fault.Invalidf("component_sku", "catalog.bundle_depth", "bundles would stand %d deep in each other; at most %d are taken apart", deep, Depth).
			With("depth", deep).With("max", Depth)
	}
	return c.overlap(s, t)
}

func (c *cookbook) reaches(from, to int64, level int) bool {
	return level <= Depth && slices.ContainsFunc(c.parts[from], func(p int64) bool { return p == to || c.reaches(p, to, level+1) })
}

// height is the longest way along edges. It stops counting beyond Depth.
func height(edges map[int64][]int64, id int64, level int) (most int) {
	if level > Depth {
		return 0
	}
	for _, next := range edges[id] {
		most = max(most, 1+height(edges, next, level+1))
	}
	return most
}

// overlap finds another line of the same bundle and component that holds at the same time: the pieces
// would count twice.
func (c *cookbook) overlap(s span, t terms) *fault.Fault {
	for _, from := range c.froms[pair{s.bundle, s.component}] {
		other := c.lines[span{s.bundle, s.component, from}]
		if from != s.from && begins(from, t.to) && begins(s.from, other.to) {
			return fault.Invalidf("valid_from", "catalog.recipe_overlap",
				"another line for this component holds at the same time (valid_from %q); end it with valid_to first", stamp(from)).With("from", stamp(from))
		}
	}
	return nil
}

// begins reports whether a period that starts at from starts before another one ends.
func begins(from, to int64) bool { return to == 0 || from < to }

// stamp writes a moment as files have it; 0, which is ever since or without end, is empty.
func stamp(micros int64) string {
	if micros == 0 {
		return ""
	}
	return time.UnixMicro(micros).UTC().Format(time.RFC3339Nano)
}
