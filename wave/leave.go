package wave

import (
	"time"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/warehouse"
)

// Leaving says by when goods have to be at the stage of a node: so long before the last collection that is early enough for
// their deadline as the node's walking says. What is late leaves with the next collection.
type Leaving struct {
	now    time.Time
	coming []CutoffLoad
	ahead  int64 // seconds
}

// LeavingFrom reads the coming collections of a node.
func LeavingFrom(tx *db.Tx, w Walking) (Leaving, error) {
	l := Leaving{now: tx.Now(), ahead: w.AheadMinutes * 60}
	nodes, err := warehouse.Nodes(tx)
	for _, n := range nodes {
		if n.ID == w.NodeID {
			l.coming = comingCutoffs(n, l.now)
		}
	}
	return l, err
}

// Seconds until goods with a deadline (UTC microseconds) have to be at the stage: below 0 when it is too late already, 0 where
// they have no deadline.
func (l Leaving) Seconds(deadline int64) int {
	if deadline == 0 {
		return 0
	}
	at, _ := leavesWith(l.coming, deadline)
	if at == 0 {
		at = deadline
	}
	if s := (at-l.now.UnixMicro())/1_000_000 - l.ahead; s != 0 {
		return int(s)
	}
	return -1
}
