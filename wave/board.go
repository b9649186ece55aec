package wave

import (
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

// boardMost is how many fulfilments of each state a board looks at, the most urgent.
const boardMost = 1000

// BoardOf tells, for every coming collection of a node that something has to leave with, how far that is: what is late goes with
// the next one, what has no deadline is left out. more reports that some state has more than the board looked at.
func BoardOf(tx *db.Tx, n warehouse.Node) (out []CutoffBoard, more bool, err error) {
	coming := comingCutoffs(n, tx.Now())
	boards := map[int64]*CutoffBoard{}
	for _, status := range order.Work {
		places, err := order.InWork(tx, []int64{n.ID}, []string{status}, order.ByDeadline, order.Place{}, boardMost+1)
		if err != nil {
			return nil, false, err
		}
		more = more || len(places) > boardMost
		for _, p := range places[:min(len(places), boardMost)] {
			at, late := leavesWith(coming, p.Deadline())
			if at == 0 {
				continue
			}
			if boards[at] == nil {
				boards[at] = &CutoffBoard{ByState: map[string]int64{}}
			}
			boards[at].ByState[status]++
			if late {
				boards[at].Late++
			}
		}
	}
	for _, c := range coming {
		if b := boards[c.At]; b != nil {
			b.At, b.Carriers = c.At, c.Carriers
			out = append(out, *b)
		}
	}
	return out, more, nil
}
