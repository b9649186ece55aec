package ceiling

import (
	"fmt"
	"sync/atomic"
	"time"
)

// DefaultGroup is the number of orders whose same stage shares one commit when the caller names none.
const DefaultGroup = 100

// RowsPerOrder is the number of row writes in the life of one order of two lines.
const RowsPerOrder = 36

// Life is what a run of whole order lives came to.
type Life struct {
	Orders          int
	OrdersPerSecond float64
	RowsPerOrder    float64       // row writes done per order, counted, not assumed
	Commits         int           // six per group of orders
	CPUPerOrder     time.Duration // of this process, user and system; a database server's share is not in it; 0 where the system does not tell
}

// stage is one of the six steps of the life; its number is the order's status afterwards.
type stage int64

const (
	intake stage = iota
	review
	allocate
	pick
	pack
	ship
	stages = 6
)

// payload has the length of a usual event document.
const payload = `{"actor":"system","reason":"rule.default","shop":"flagship","lines":2,"amount":25800,"currency":"CNY","trace":"a1b2"}`

// order is all an order needs to live: everything else follows from its number.
type order struct {
	id, warehouse int64
	skus          [2]int64
}

// newOrder scatters the orders over SKUs and warehouses, the same way in every run. The two SKUs differ.
func newOrder(id int64) order {
	h := scatter(uint64(id))
	first := h % skus
	second := (first + 1 + (h>>20)%(skus-1)) % skus
	return order{id: id, warehouse: int64((h>>40)%warehouses) + 1, skus: [2]int64{int64(first) + 1, int64(second) + 1}}
}

// scatter is the output function of SplitMix64 (Steele, Lea and Flood, 2014).
func scatter(n uint64) uint64 {
	n += 0x9e3779b97f4a7c15
	n = (n ^ n>>30) * 0xbf58476d1ce4e5b9
	n = (n ^ n>>27) * 0x94d049bb133111eb
	return n ^ n>>31
}

// op is one row write: which statement, with which arguments (int64 or string).
type op struct {
	write write
	args  []any
}

// live appends the row writes of one stage of the order: 4, 2, 10, 6, 5 and 9 of them.
func (o order) live(ops []op, s stage, at, event int64) []op {
	for n, sku := range o.skus {
		ops = o.liveLine(ops, s, at, int64(n)+1, sku)
	}
	switch s {
	case intake:
		ops = append(ops, op{insertOrder, []any{o.id, o.id%4 + 1, fmt.Sprintf("SO-%012d", o.id), int64(intake), int64(0), "recipient-token", "CNY", int64(25800), at, at}})
	case pack:
		ops = append(ops, op{insertPackage, []any{o.id, o.id, o.warehouse, int64(3), int64(850), at}})
	case ship:
		ops = append(ops, op{insertShipment, []any{o.id, o.id, o.id%3 + 1, fmt.Sprintf("SF%013d", o.id), int64(0), at}})
	}
	if s > intake {
		ops = append(ops, op{moveOrder, []any{o.id, int64(s), o.warehouse, at}})
	}
	return append(ops, op{insertEvent, []any{event, o.id, int64(s), payload, at}})
}

// liveLine appends what the stage writes for one line of one unit.
func (o order) liveLine(ops []op, s stage, at, line, sku int64) []op {
	const one, price = int64(1), int64(12900)
	bin, row := sku*10+o.warehouse, o.id*2+line
	switch s {
	case intake:
		return append(ops, op{insertLine, []any{o.id, line, sku, one, price}})
	case allocate:
		return append(ops,
			op{reserveBalance, []any{sku, o.warehouse, one}},
			op{allocateBin, []any{sku, o.warehouse, bin, one}},
			op{insertReservation, []any{row, o.id, sku, o.warehouse, one, at}},
			op{insertPickTask, []any{row, o.id, sku, o.warehouse, bin, one, int64(0), int64(0), at}})
	case pick:
		return append(ops,
			op{pickBin, []any{sku, o.warehouse, bin, one}},
			op{closePickTask, []any{row, one, at}})
	case pack:
		return append(ops, op{insertPackageLine, []any{o.id, line, sku, one}})
	case ship:
		return append(ops,
			op{shipBalance, []any{sku, o.warehouse, one}},
			op{deleteReservation, []any{row}},
			op{insertMove, []any{row, o.id, sku, o.warehouse, -one, int64(1), at}})
	}
	return ops
}

// run is the progress of one measurement; several clients may share it.
type run struct {
	events, rows, commits atomic.Int64
}

// stageOps is one stage of a group of orders, reusing the space of ops.
func (r *run) stageOps(ops []op, s stage, orders []order) []op {
	at := time.Now().UnixMicro()
	ops = ops[:0]
	for _, o := range orders {
		ops = o.live(ops, s, at, r.events.Add(1))
	}
	return ops
}

// committed counts a stage that is durable.
func (r *run) committed(ops []op) {
	r.rows.Add(int64(len(ops)))
	r.commits.Add(1)
}

// measure times the whole of `work` and reads the counts.
func (r *run) measure(orders int, work func() error) (Life, error) {
	cpu, start := processCPU(), time.Now()
	if err := work(); err != nil {
		return Life{}, err
	}
	elapsed, used := time.Since(start), processCPU()-cpu
	return Life{
		Orders:          orders,
		OrdersPerSecond: float64(orders) / elapsed.Seconds(),
		RowsPerOrder:    float64(r.rows.Load()) / float64(orders),
		Commits:         int(r.commits.Load()),
		CPUPerOrder:     used / time.Duration(orders),
	}, nil
}

// groupOf gives the orders of the n-th group, the last of which may be smaller.
func groupOf(n, group, orders int) []order {
	members := make([]order, 0, group)
	for id := n*group + 1; id <= min((n+1)*group, orders); id++ {
		members = append(members, newOrder(int64(id)))
	}
	return members
}

// groups is the number of groups that hold all orders.
func groups(group, orders int) int { return (orders + group - 1) / group }
