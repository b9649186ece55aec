package wave

import (
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/warehouse"
)

// Methods of picking.
const (
	Discrete = "discrete" // one walk for one fulfilment (摘果式)
	Batch    = "batch"    // one walk for several fulfilments (边拣边分)
	Bulk     = "bulk"     // one walk for single items as totals; the packing table finds the order of each (总拣直发); part of ByShape
	ByShape  = "shape"    // each fulfilment by the one of these two that its shape asks for
)

// When the waybills of a template's fulfilments are taken and their labels printed.
const (
	AtRelease = "release" // with the wave, in the order of the walk (打单前置)
	AtCheck   = "check"   // once a parcel is checked and weighed (打单后置)
)

// MaxOrders is the most fulfilments that one wave may hold: it is released in one transaction.
const MaxOrders = 1000

const (
	maxName  = 100
	maxNamed = 50 // carriers or zones of a template
	dayLong  = 24 * 60
)

// Template says what a node releases by itself, and when. From MinutesBeforeCutoff before a cut-off until the
// cut-off, whatever is allocated is released, in waves of at most MaxOrders.
type Template struct {
	ID                  int64
	NodeID              int64
	Name                string
	Method              string   // Discrete, Batch or ByShape
	Carriers            []string // whose cut-offs count; empty = those of all carriers of the node
	Zones               []string // only fulfilments whose goods all stand in these zones; empty = all
	MinutesBeforeCutoff int64
	MaxOrders           int64 // fulfilments in one wave
	Enabled             bool
	LabelAt             string // AtRelease or AtCheck
}

// validate finds every mistake of a template that came from outside.
func (t Template) validate() *fault.Fault {
	return fault.Join(
		name("name", t.Name),
		method(t.Method),
		names("carriers", t.Carriers), names("zones", t.Zones),
		within("minutes_before_cutoff", t.MinutesBeforeCutoff, 0, dayLong),
		within("max_orders", t.MaxOrders, 1, MaxOrders),
		timing(t.LabelAt),
	)
}

func timing(text string) *fault.Fault {
	if text == AtRelease || text == AtCheck {
		return nil
	}
	return fault.Invalidf("label_at", "wave.label_at", "%q is neither release nor check", text).With("value", text)
}

// KnownMethod is the fault for a method that is none of Discrete, Batch and ByShape; nil when it is one.
func KnownMethod(text string) error {
	if f := method(text); f != nil {
		return f
	}
	return nil
}

func method(text string) *fault.Fault {
	if text == Discrete || text == Batch || text == ByShape {
		return nil
	}
	return fault.Invalidf("method", "wave.method", "%q is none of discrete, batch and shape", text).With("value", text)
}

func name(field, text string) *fault.Fault {
	bad := func(r rune) bool { return r == ';' || unicode.IsControl(r) }
	if text == "" || text != strings.TrimSpace(text) || utf8.RuneCountInString(text) > maxName || strings.ContainsFunc(text, bad) {
		return fault.Invalidf(field, "wave.name", "%q cannot be a name: 1 to %d characters on one line, no semicolon, no space around it", text, maxName).
			With("value", text).With("max", maxName)
	}
	return nil
}

func names(field string, list []string) *fault.Fault {
	if len(list) > maxNamed {
		return fault.Invalidf(field, "wave.too_many", "a template may name at most %d %s, not %d", maxNamed, field, len(list)).
			With("field", field).With("max", maxNamed).With("have", len(list))
	}
	for _, text := range list {
		if f := name(field, text); f != nil {
			return f
		}
	}
	return nil
}

func within(field string, n, least, most int64) *fault.Fault {
	if n < least || n > most {
		return fault.Invalidf(field, "wave.out_of_range", "%d is not between %d and %d", n, least, most).
			With("value", n).With("min", least).With("max", most)
	}
	return nil
}

// NextCutoff is the first cut-off after a moment that the template works towards, by the clock on the node's
// wall; the zero time when its carriers collect at all hours.
func (t Template) NextCutoff(n warehouse.Node, at time.Time) time.Time {
	carriers := t.Carriers
	if len(carriers) == 0 {
		carriers = []string{""}
	}
	var next time.Time
	for _, c := range carriers {
		if at := n.NextCutoff(at, c); !at.IsZero() && (next.IsZero() || at.Before(next)) {
			next = at
		}
	}
	return next
}

// Due reports whether the template releases at a moment, and the cut-off it does so for. Where no cut-off
// exists it always does: that carrier collects at all hours.
func (t Template) Due(n warehouse.Node, at time.Time) (cutoff time.Time, due bool) {
	cutoff = t.NextCutoff(n, at)
	opens := cutoff.Add(-time.Duration(t.MinutesBeforeCutoff) * time.Minute)
	return cutoff, t.Enabled && (cutoff.IsZero() || !at.Before(opens))
}

// tidy orders a list of names and drops what is said twice.
func tidy(list []string) []string {
	list = slices.Clone(list)
	slices.Sort(list)
	return slices.Compact(list)
}
