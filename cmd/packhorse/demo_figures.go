package main

import (
	"context"
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/packhorse/packhorse/check"
	"github.com/packhorse/packhorse/connect/sim/people"
)

// figures are what a run came to. All but Tally are worked out from what is in the database afterwards.
type figures struct {
	Orders    int            `json:"orders"`
	Outcomes  map[string]int `json:"outcomes"`  // orders by where they stand
	Held      map[string]int `json:"held"`      // live holds by reason
	Owed      map[string]int `json:"owed"`      // orders that wait for goods, by reason
	Unsettled int            `json:"unsettled"` // neither at their end nor waiting for a reason

	Hours       map[string]spread `json:"hours"` // from received to each stage
	InTime      share             `json:"promise_kept"`
	ShippedBy   share             `json:"shipped_by"`
	Split       int               `json:"split_orders"`
	Parcels     int               `json:"parcels"`
	Freight     int64             `json:"freight_minor"`
	Currency    string            `json:"currency"`
	Fill        float64           `json:"carton_fill"` // of the volume of the cartons used
	Metres      int64             `json:"metres"`
	PlainMetres int64             `json:"plain_metres"`
	Tasks       int               `json:"pick_tasks"`
	Late        map[string]int    `json:"late"` // findings by code
	Shorts      shorts            `json:"short_picks"`
	Savings     savings           `json:"savings"`

	Check    string          `json:"check"` // clean or broken
	Checked  int64           `json:"rows_checked"`
	Findings []check.Finding `json:"findings"`
	Events   int64           `json:"events"`

	People  people.Tally `json:"people"`
	Days    float64      `json:"business_days"`
	Seconds float64      `json:"seconds"`
	Rate    float64      `json:"orders_per_s"`

	story []string
}

// spread is half and nine tenths of a distribution.
type spread struct {
	P50 float64 `json:"p50"`
	P90 float64 `json:"p90"`
}

// share counts good ones among those that can be judged.
type share struct {
	Good int `json:"good"`
	Of   int `json:"of"`
}

// shorts are the picks that found too little, and what became of their orders.
type shorts struct {
	Picks     int `json:"picks"`
	Units     int `json:"units"`
	Delivered int `json:"orders_delivered"`
	Owed      int `json:"orders_owed"`
	Others    int `json:"orders_otherwise"`
}

// figures works out what the run came to.
func (w *world) figures(ctx context.Context) (*figures, error) {
	b, err := w.books(ctx)
	if err != nil {
		return nil, err
	}
	took := time.Since(w.began)
	f := &figures{Orders: len(b.orders), Outcomes: map[string]int{}, Held: map[string]int{}, Owed: map[string]int{}, Hours: map[string]spread{}, Late: map[string]int{},
		Events: int64(len(b.events)), People: w.people.Tally(), Seconds: took.Seconds(), Rate: float64(len(b.orders)) / took.Seconds(), Currency: w.app.Currency,
		Days: w.clock().Now().Sub(w.opened).Hours() / 24}
	f.outcomes(b)
	f.times(b)
	f.parcels(b)
	f.shortPicks(b)
	f.People.Rerouted = rerouted(b)
	if err := f.floor(ctx, w, b); err != nil {
		return nil, err
	}
	if err := f.saved(ctx, w); err != nil {
		return nil, err
	}
	report, err := check.Run(ctx, w.app.DB, check.Options{})
	if err != nil {
		return nil, err
	}
	f.Check, f.Findings = "broken", report.Findings
	if report.Clean {
		f.Check = "clean"
	}
	for _, n := range report.Checked {
		f.Checked += n
	}
	f.story, err = w.story(ctx, b)
	return f, err
}

// outcome is where an order stands at the end, in one word.
func (b *books) outcome(o orderRow) string {
	switch {
	case o.Fulfilment == "cancelled" || o.Review == "cancelled":
		return "cancelled"
	case o.Review == "rejected":
		return "rejected"
	case o.Delivery == "delivered" || o.Delivery == "returned" || o.Delivery == "failed":
		return o.Delivery
	case o.Review == "held":
		return "held"
	case o.Fulfilment == "backordered":
		return "backordered"
	case o.Fulfilment == "shipped" && !b.way[o.ID]:
		return "returned_in_part"
	case o.Delivery == "in_transit" || o.Delivery == "partial":
		return "in_transit"
	}
	return "in_work"
}

// outcomes counts where the orders stand, and why those that wait do.
func (f *figures) outcomes(b books) {
	waits := map[string]bool{} // for a reason that is written down
	for _, h := range b.holds {
		if h.ReleasedAt == "" {
			f.Held[h.Reason]++
			waits[h.Order] = true
		}
	}
	seen := map[backorderRow]bool{}
	for _, o := range b.owed {
		if !seen[o] {
			seen[o] = true
			f.Owed[o.Reason]++
		}
		waits[o.Order] = true
	}
	for _, s := range b.shipments {
		if s.Status != "handed_over" || b.back[s.Waybill] {
			continue
		}
		for _, code := range strings.Fields(s.Late) {
			f.Late[code]++
			waits[s.Order] = true
		}
	}
	for _, o := range b.orders {
		is := b.outcome(o)
		f.Outcomes[is]++
		settled := slices.Contains([]string{"cancelled", "rejected", "delivered", "returned", "returned_in_part"}, is)
		if !settled && !waits[o.ID] {
			f.Unsettled++
		}
	}
}

// stages are the events whose hours since receipt are measured; the last of each kind counts, of allocation the first.
var stages = []struct{ name, kind string }{{"allocated", "allocation.allocated.v1"}, {"picked", "pick.picked.v1"}, {"packed", "pack.packed.v1"},
	{"handed_over", "ship.handed_over.v1"}, {"delivered", "order.delivered.v1"}}

// times measures how long the stages took, and whether promises were kept.
func (f *figures) times(b books) {
	at := map[string]map[string]time.Time{}
	for _, e := range b.events {
		if e.Order == "" {
			continue
		}
		if at[e.Order] == nil {
			at[e.Order] = map[string]time.Time{}
		}
		if _, before := at[e.Order][e.Kind]; !before || e.Kind != "allocation.allocated.v1" && e.Kind != "order.received.v1" {
			at[e.Order][e.Kind] = e.At
		}
	}
	for _, s := range stages {
		var hours []float64
		for _, o := range b.orders {
			if end, got := at[o.ID][s.kind]; got {
				hours = append(hours, end.Sub(at[o.ID]["order.received.v1"]).Hours())
			}
		}
		f.Hours[s.name] = spreadOf(hours)
	}
	for _, o := range b.orders {
		got := at[o.ID]["order.received.v1"]
		f.InTime.judge(got, o.PromisedBy, at[o.ID]["order.delivered.v1"])
		f.ShippedBy.judge(got, o.ShipBy, at[o.ID]["ship.handed_over.v1"])
	}
}

// judge counts what happened by a date. A date that was over when we heard of the order, as in a replay, is nobody's fault.
func (s *share) judge(received, by, was time.Time) {
	if by.Before(received) || was.IsZero() {
		return
	}
	s.Of++
	if !was.After(by) {
		s.Good++
	}
}

func spreadOf(list []float64) spread {
	if len(list) == 0 {
		return spread{}
	}
	slices.Sort(list)
	return spread{list[len(list)/2], list[len(list)*9/10]}
}

// parcels counts what left, and what it cost.
func (f *figures) parcels(b books) {
	for _, s := range b.shipments {
		if s.Status == "handed_over" || s.Status == "closed" {
			f.Parcels++
			f.Freight += s.Cost
		}
	}
	live := map[string]int{}
	for _, x := range b.fulfilments {
		if x.Status != "rejected" && x.Status != "cancelled" {
			live[x.Order]++
		}
	}
	for _, n := range live {
		if n > 1 {
			f.Split++
		}
	}
}

// shortPicks finds what became of the orders of which something was not found.
func (f *figures) shortPicks(b books) {
	hit := map[string]bool{}
	for _, e := range b.events {
		if e.Kind != "pick.short.v1" {
			continue
		}
		var said struct {
			Missing int `json:"missing"`
		}
		_ = json.Unmarshal(e.Params, &said) // our own event
		f.Shorts.Picks++
		f.Shorts.Units += said.Missing
		hit[e.Order] = true
	}
	for _, o := range b.orders {
		switch is := b.outcome(o); {
		case !hit[o.ID]:
		case is == "delivered" || is == "returned":
			f.Shorts.Delivered++
		case is == "backordered":
			f.Shorts.Owed++
		default:
			f.Shorts.Others++
		}
	}
}

// rerouted counts how often another allocation took over what a warehouse could not do: it had given the goods back, or
// not found them. People do not see this; the log does.
func rerouted(b books) (n int) {
	open := map[string]bool{} // orders of which something was given up and not yet decided anew
	for _, e := range b.events {
		switch e.Kind {
		case "fulfilment.rejected.v1", "pick.short.v1":
			open[e.Order] = true
		case "allocation.allocated.v1":
			if open[e.Order] {
				n++
			}
			delete(open, e.Order)
		case "allocation.backordered.v1":
			delete(open, e.Order) // nobody has it: it waits
		}
	}
	return n
}

// total sums a tally.
func total(counts map[string]int) (n int) {
	for _, v := range counts {
		n += v
	}
	return n
}

// byCount lists the keys of a tally, the largest count first.
func byCount(counts map[string]int) []string {
	return slices.SortedFunc(maps.Keys(counts), func(a, b string) int {
		if counts[a] != counts[b] {
			return counts[b] - counts[a]
		}
		if a < b {
			return -1
		}
		return 1
	})
}
