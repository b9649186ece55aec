package wave

import (
	"slices"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/order"
	"github.com/packhorse/packhorse/warehouse"
)

// CutoffBoard is how far the work for one collection is: fulfilments by their state.
type CutoffBoard struct {
	At       int64    // UTC microseconds
	Carriers []string // that collect then
	Late     int64    // of it, whose own deadline is before the collection
	ByState  map[string]int64
}

// Leaver is a fulfilment in work that has to leave with a collection.
type Leaver struct {
	order.Place
	Status string
	At     int64 // the collection, UTC microseconds
	Late   bool  // its own deadline is before the collection
}

// boardMost is how many fulfilments of each state a board looks at, the most urgent.
const boardMost = 1000

// BoardOf tells, for every coming collection of a node that something has to leave with, how far that is: what is late goes with
// the next one, what has no deadline is left out. more reports that some state has more than the board looked at.
func BoardOf(tx *db.Tx, n warehouse.Node) (out []CutoffBoard, more bool, err error) {
	coming := comingCutoffs(n, tx.Now())
	list, more, err := leavers(tx, n, coming, order.Work)
	boards := map[int64]*CutoffBoard{}
	for _, l := range list {
		if boards[l.At] == nil {
			boards[l.At] = &CutoffBoard{ByState: map[string]int64{}}
		}
		boards[l.At].ByState[l.Status]++
		if l.Late {
			boards[l.At].Late++
		}
	}
	for _, c := range coming {
		if b := boards[c.At]; b != nil {
			b.At, b.Carriers = c.At, c.Carriers
			out = append(out, *b)
		}
	}
	return out, more, err
}

// LeavingWith lists what BoardOf counts for one collection of a node, the most urgent first: all of it, or what is in some states.
func LeavingWith(tx *db.Tx, n warehouse.Node, at int64, statuses []string) ([]Leaver, error) {
	list, _, err := leavers(tx, n, comingCutoffs(n, tx.Now()), statuses)
	list = slices.DeleteFunc(list, func(l Leaver) bool { return l.At != at })
	slices.SortFunc(list, func(a, b Leaver) int {
		if a.After(b.Place) {
			return 1
		}
		return -1
	})
	return list, err
}

// leavers finds what is in some states of work at a node and leaves with a coming collection. more: some state has more than boardMost.
func leavers(tx *db.Tx, n warehouse.Node, coming []CutoffLoad, statuses []string) (list []Leaver, more bool, err error) {
	for _, status := range statuses {
		places, err := order.InWork(tx, []int64{n.ID}, []string{status}, order.ByDeadline, order.Place{}, boardMost+1)
		if err != nil {
			return nil, false, err
		}
		more = more || len(places) > boardMost
		for _, p := range places[:min(len(places), boardMost)] {
			if at, late := leavesWith(coming, p.Deadline()); at != 0 {
				list = append(list, Leaver{Place: p, Status: status, At: at, Late: late})
			}
		}
	}
	return list, more, nil
}
