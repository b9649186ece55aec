package allocation

import (
	"math"
	"sync"
	"time"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/id"
	"github.com/packhorse/packhorse/warehouse"
)

// load knows how many parcels each node was given today. Fulfilments older than settling are counted once and
// kept; the few younger ones, of which another transaction may still be writing some, are counted every time. What a
// node rejects or a customer cancels later has used its place: the node had planned for it.
type load struct {
	mu   sync.Mutex
	days map[int64]*day
}

// day is one calendar day, by the id with which it begins: nodes in one time zone share it.
type day struct {
	upto int64 // counted and kept up to this id
	used map[int64]int
}

const settling = 10 * time.Second

var selLoad = db.NewSQL(`SELECT node_id, count(*) FROM order_fulfilment
  WHERE id > $1 AND id <= $2 AND status NOT IN ('rejected', 'cancelled') GROUP BY node_id`)

// left is how many parcels each node can still take today, -1 without a limit.
func (l *load) left(tx *db.Tx, nodes []warehouse.Node) (map[int64]int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	left := make(map[int64]int, len(nodes))
	fresh := map[int64]map[int64]int{}
	days := map[int64]*day{}
	for _, n := range nodes {
		left[n.ID] = -1
		if n.CapacityOrdersDay <= 0 {
			continue
		}
		start, _ := n.Day(tx.Now())
		first := id.Floor(start.UnixMicro())
		if days[first] == nil {
			d, young, err := l.count(tx, first)
			if err != nil {
				return nil, err
			}
			days[first], fresh[first] = d, young
		}
		left[n.ID] = max(0, int(n.CapacityOrdersDay)-days[first].used[n.ID]-fresh[first][n.ID])
	}
	l.days = days
	return left, nil
}

// count brings a day up to now and counts its young fulfilments.
func (l *load) count(tx *db.Tx, first int64) (*day, map[int64]int, error) {
	d := l.days[first]
	if d == nil {
		d = &day{upto: first - 1, used: map[int64]int{}}
	}
	if upto := id.Floor(tx.Now().Add(-settling).UnixMicro()); upto > d.upto {
		old, err := countNodes(tx, d.upto, upto)
		if err != nil {
			return nil, nil, err
		}
		for node, n := range old {
			d.used[node] += n
		}
		d.upto = upto
	}
	young, err := countNodes(tx, d.upto, math.MaxInt64)
	return d, young, err
}

func countNodes(tx *db.Tx, after, upto int64) (map[int64]int, error) {
	out := map[int64]int{}
	rows := tx.Query(selLoad, after, upto)
	for rows.Next() {
		var node int64
		var n int
		rows.Scan(&node, &n)
		out[node] = n
	}
	return out, rows.Close()
}
