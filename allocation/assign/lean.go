package assign

// lean is the slope of ground on which prices move: what is used above supply pushes a price the more, the less there is, and the prices of a SKU
// of which there is too little in all nodes move together as well. It changes the measure in which steps are taken, not what
// they lead to; without it, prices of one SKU find their level node by node.
type lean struct {
	own      []float64 // of every resource and cut
	together []float64 // of every SKU that is short, 0 of others
	sku      []int32   // of every stock row
	over     []float64 // of every SKU
}

const (
	// parcelLean is by how much a node's parcels push more than as many units: a parcel costs more than a unit.
	parcelLean = 20
	// warmTogether and climbTogether are how much a SKU's whole shortage pushes beside that of the row, in walks and in steps over the pool.
	warmTogether, climbTogether = 6, 2
)

func newLean(m *model) *lean {
	l := &lean{together: make([]float64, m.p.SKUs), sku: make([]int32, len(m.nodeOf)), over: make([]float64, m.p.SKUs)}
	for k := range m.p.SKUs {
		var supply int64
		for r := m.rows[k]; r < m.rows[k+1]; r++ {
			l.sku[r] = int32(k)
			supply += m.supply[r]
		}
		if r := m.rows[k]; r < m.rows[k+1] && m.short[r] {
			l.together[k] = 1 / (float64(supply) + 0.5)
		}
	}
	return l
}

// slope writes into out where prices go when over is used above supply. Rows of a SKU count together as often as said.
func (l *lean) slope(v *dual, over, out []float64, together float64) {
	for r := len(l.own); r < len(v.supply); r++ {
		push := 1 / (float64(v.supply[r]) + 0.5)
		if r >= len(l.sku) && r < len(v.m.supply) {
			push *= parcelLean
		}
		l.own = append(l.own, push)
	}
	clear(l.over)
	for _, r := range v.scarce {
		out[r] = over[r] * l.own[r]
		if int(r) < len(l.sku) {
			l.over[l.sku[r]] += over[r]
		}
	}
	for _, r := range v.scarce {
		if int(r) < len(l.sku) {
			k := l.sku[r]
			out[r] += together * l.over[k] * l.together[k]
		}
	}
}
