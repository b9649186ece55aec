package wave

import (
	"cmp"
	"slices"
	"time"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/order"
	"github.com/packhorse/packhorse/warehouse"
)

// Load is how much work some fulfilments are.
type Load struct {
	Orders, Lines, Units int64
	Walks                int64 // into which a wave of them would be divided
}

// CutoffLoad is what has to leave with one collection.
type CutoffLoad struct {
	At       int64    // UTC microseconds; 0 = what has no deadline, or no collection is known
	Carriers []string // that collect then
	Load
}

// ZoneLoad is what stands in one zone; empty = in several.
type ZoneLoad struct {
	Zone string
	Load
}

// TemplateLoad is what a template would release now.
type TemplateLoad struct {
	Template Template
	CutoffAt int64 // it works towards; 0 = none
	OpensAt  int64 // when it begins to release by itself for that cut-off
	Due      bool
	Load
}

// Outlook is what waits at a node for a wave.
type Outlook struct {
	Load
	Late      int64 // orders whose deadline is before the next collection
	More      bool  // more wait than were looked at
	Cutoffs   []CutoffLoad
	Zones     []ZoneLoad
	Templates []TemplateLoad
}

const (
	// outlookMost is how many fulfilments an outlook looks at, the most urgent.
	outlookMost = MaxOrders
	// collections is how many coming cut-offs are told apart.
	collections = 16
)

// OutlookOf tells what waits at a node: by the last collection that is early enough for its deadline, by the zone where its
// goods stand, and by what each template of the node would take.
func OutlookOf(tx *db.Tx, n warehouse.Node) (out Outlook, err error) {
	ids, err := order.Ready(tx, n.ID, outlookMost+1)
	if err != nil {
		return out, err
	}
	if out.More = len(ids) > outlookMost; out.More {
		ids = ids[:outlookMost]
	}
	w, err := waitingAt(tx, n.ID, ids)
	if err != nil {
		return out, err
	}
	out.Load = w.load(ids, Discrete)
	out.Cutoffs, out.Late = w.byCutoff(n, tx.Now(), ids)
	out.Zones = w.byZone(ids)
	out.Templates, err = w.byTemplate(tx, n)
	return out, err
}

// Waiter is a fulfilment that waits for a wave.
type Waiter struct {
	*order.Fulfilment
	CutoffAt int64  // the collection it has to leave with; 0 = it has no deadline, or none is known
	Zone     string // where its goods stand together; empty = in several zones
}

// Waiters lists what waits at a node for a wave, the most urgent first: of the fulfilments that OutlookOf looks at those that keep
// leaves.
func Waiters(tx *db.Tx, n warehouse.Node, limit int, keep func(Waiter) bool) (out []Waiter, more bool, err error) {
	ids, err := order.Ready(tx, n.ID, outlookMost)
	if err != nil {
		return nil, false, err
	}
	w, err := waitingAt(tx, n.ID, ids)
	coming := comingCutoffs(n, tx.Now())
	for _, key := range ids {
		x := Waiter{Fulfilment: w.fulfilments[key], Zone: w.zone(key)}
		if x.Fulfilment == nil {
			continue
		}
		if x.CutoffAt, _ = leavesWith(coming, x.Rank.Deadline()); !keep(x) {
			continue
		}
		if len(out) == limit {
			return out, true, err
		}
		out = append(out, x)
	}
	return out, false, err
}

// leavesWith is the last collection before a deadline, or the next one for what is late.
func leavesWith(coming []CutoffLoad, by int64) (at int64, late bool) {
	for i, c := range coming {
		if by != 0 && (i == 0 || c.At <= by) {
			at = c.At
		}
	}
	return at, at > by
}

// waiting are the fulfilments that wait, and where their goods stand.
type waiting struct {
	fulfilments map[int64]*order.Fulfilment
	zones       map[int64][]string // of pick faces with free stock, by SKU
}

func waitingAt(tx *db.Tx, node int64, ids []int64) (w waiting, err error) {
	if w.fulfilments, err = order.Fulfilments(tx, ids); err != nil || len(ids) == 0 {
		return w, err
	}
	faces, locations, err := facesOf(tx, node, w.fulfilments)
	w.zones = map[int64][]string{}
	for _, f := range faces {
		if l := locations[f.location]; l.Kind == warehouse.KindPick {
			w.zones[f.sku] = append(w.zones[f.sku], l.Zone)
		}
	}
	return w, err
}

// zone is where all goods of a fulfilment stand together; empty when they stand in several zones.
func (w waiting) zone(key int64) string {
	var common []string
	for i, l := range w.lines(key) {
		here := tidy(w.zones[l.SKUID])
		if i == 0 {
			common = here
			continue
		}
		common = slices.DeleteFunc(common, func(z string) bool { return !slices.Contains(here, z) })
	}
	if len(common) == 0 {
		return ""
	}
	return common[0]
}

// lines are those of a fulfilment of which something is to be shipped.
func (w waiting) lines(key int64) (out []order.FulfilmentLine) {
	if f := w.fulfilments[key]; f != nil {
		for _, l := range f.Lines {
			if l.Quantity > 0 {
				out = append(out, l)
			}
		}
	}
	return out
}

// load says how much work some fulfilments are. Where the goods will be bound is not known before the release, so the walks
// are an estimate.
func (w waiting) load(ids []int64, method string) (out Load) {
	var list []Candidate
	for _, key := range ids {
		out.Orders++
		c := Candidate{Fulfilment: key, Zones: []string{w.zone(key)}}
		for _, l := range w.lines(key) {
			out.Lines++
			out.Units += l.Quantity
		}
		list = append(list, c)
	}
	out.Walks = int64(len(Plan(method, list)))
	return out
}

// byCutoff puts every fulfilment to the last collection before its deadline; what is late goes with the next one.
func (w waiting) byCutoff(n warehouse.Node, now time.Time, ids []int64) (out []CutoffLoad, late int64) {
	coming := comingCutoffs(n, now)
	groups := map[int64][]int64{}
	for _, key := range ids {
		var by int64
		if f := w.fulfilments[key]; f != nil {
			by = f.Rank.Deadline()
		}
		at, over := leavesWith(coming, by)
		if over {
			late++
		}
		groups[at] = append(groups[at], key)
	}
	for _, c := range append([]CutoffLoad{{}}, coming...) {
		if list := groups[c.At]; len(list) > 0 {
			c.Load = w.load(list, Discrete)
			out = append(out, c)
		}
	}
	return out, late
}

// comingCutoffs are the next collections of a node, the nearest first.
func comingCutoffs(n warehouse.Node, now time.Time) (out []CutoffLoad) {
	for at := now; len(out) < collections; {
		next := n.NextCutoff(at, "")
		if next.IsZero() {
			return out
		}
		c := CutoffLoad{At: next.UnixMicro()}
		for _, x := range n.Cutoffs {
			if n.NextCutoff(at, x.Carrier).Equal(next) && !slices.Contains(c.Carriers, x.Carrier) {
				c.Carriers = append(c.Carriers, x.Carrier)
			}
		}
		out, at = append(out, c), next
	}
	return out
}

func (w waiting) byZone(ids []int64) (out []ZoneLoad) {
	groups := map[string][]int64{}
	for _, key := range ids {
		zone := w.zone(key)
		groups[zone] = append(groups[zone], key)
	}
	for zone, list := range groups {
		out = append(out, ZoneLoad{zone, w.load(list, Batch)})
	}
	slices.SortFunc(out, func(a, b ZoneLoad) int { return cmp.Compare(a.Zone, b.Zone) })
	return out
}

func (w waiting) byTemplate(tx *db.Tx, n warehouse.Node) (out []TemplateLoad, err error) {
	templates, err := db.All(tx.Query(selTemplates), readTemplate)
	if err != nil {
		return nil, err
	}
	for _, t := range templates {
		if t.NodeID != n.ID {
			continue
		}
		ids, err := Candidates(tx, t)
		if err != nil {
			return nil, err
		}
		cutoff, due := t.Due(n, tx.Now())
		l := TemplateLoad{Template: t, CutoffAt: Due{Cutoff: cutoff}.CutoffAt(), Due: due, Load: w.load(ids, t.Method)}
		if l.CutoffAt != 0 {
			l.OpensAt = cutoff.Add(-time.Duration(t.MinutesBeforeCutoff) * time.Minute).UnixMicro()
		}
		out = append(out, l)
	}
	return out, nil
}
