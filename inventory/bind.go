package inventory

import (
	"cmp"
	"maps"
	"math"
	"slices"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/id"
	"github.com/packhorse/packhorse/warehouse"
)

// Bound is what a release got.
type Bound struct {
	Hard      []Reservation                // in order of fulfilment, seq, part
	Short     []Reservation                // what no location has, with the quantity that is lacking
	Locations map[int64]warehouse.Location // of the hard reservations
}

// bin is loose good stock that can be bound.
type bin struct {
	node, location, sku int64
	lot, expires        string
	free                int64
	back                int64 // when returned goods were first put there; 0 = none were
}

var (
	selBins = db.NewSQL(`SELECT s.node_id, s.location_id, s.sku_id, s.lot, COALESCE(l.expires_on, ''), s.on_hand - s.reserved,
	    COALESCE((SELECT min(e.at) FROM inventory_entry e WHERE e.cause = 'restock' AND e.sku_id = s.sku_id AND e.to_location = s.location_id AND e.lot = s.lot), 0)
	  FROM inventory_stock s LEFT JOIN inventory_lot l ON l.sku_id = s.sku_id AND l.lot = s.lot
	  WHERE s.node_id = $2 AND s.sku_id = ANY($1) AND s.container = 0 AND s.quality = 'good' AND s.on_hand > s.reserved
	  ORDER BY s.sku_id, s.location_id, s.lot FOR UPDATE OF s`)
)

// Bind turns soft reservations into hard ones, each of a location and lot: first to expire first, then where returned goods
// were put back, then pick faces before reserve, then the walk. With ReturnedByAge returned goods are before what expires. A fulfilment that cannot be bound whole is left soft, and what
// it lacks is in Short: the caller decides whether to re-route it.
func Bind(tx *db.Tx, soft []Reservation) (Bound, error) {
	out := Bound{}
	bins, err := freeBins(tx, soft)
	if err != nil {
		return out, err
	}
	if out.Locations, err = warehouse.LocationsByIDs(tx, locationsOf(bins)); err != nil {
		return out, err
	}
	rule, err := returnedRule(tx)
	if err != nil {
		return out, err
	}
	shelves := shelve(bins, out.Locations, rule)
	p := newPage(tx)
	for _, group := range byFulfilment(soft) {
		hard, short := bindWhole(shelves, group)
		out.Short = append(out.Short, short...)
		if len(short) > 0 {
			continue
		}
		for _, piece := range hard {
			was := piece.was
			if piece.first {
				was.become(tx, piece.Reservation)
			} else {
				piece.Part = tx.NewID()
				piece.insert(tx)
			}
			p.at(piece.side(), piece.Node).reserved += piece.Quantity
			out.Hard = append(out.Hard, piece.Reservation)
		}
	}
	p.write()
	return out, nil
}

// freeBins reads node by node: a SKU stands in many nodes, and only one of them was promised.
func freeBins(tx *db.Tx, soft []Reservation) ([]*bin, error) {
	asked := map[int64][]int64{}
	for _, r := range soft {
		asked[r.Node] = append(asked[r.Node], r.SKU)
	}
	var all []*bin
	for _, node := range slices.Sorted(maps.Keys(asked)) {
		skus := asked[node]
		slices.Sort(skus)
		bins, err := db.All(tx.Query(selBins, slices.Compact(skus), node), func(r *db.Rows) *bin {
			b := &bin{}
			r.Scan(&b.node, &b.location, &b.sku, &b.lot, &b.expires, &b.free, &b.back)
			return b
		})
		if err != nil {
			return nil, err
		}
		all = append(all, bins...)
	}
	return all, nil
}

func locationsOf(bins []*bin) []int64 {
	ids := make([]int64, len(bins))
	for i, b := range bins {
		ids[i] = b.location
	}
	return id.Distinct(ids)
}

// shelve orders the bins of every (sku, node) by the rule of Bind.
func shelve(bins []*bin, locations map[int64]warehouse.Location, rule string) map[Key][]*bin {
	rank := map[warehouse.Kind]int{warehouse.KindPick: 0, warehouse.KindReserve: 1}
	out := map[Key][]*bin{}
	for _, b := range bins {
		if _, usable := rank[locations[b.location].Kind]; usable {
			out[Key{b.sku, b.node}] = append(out[Key{b.sku, b.node}], b)
		}
	}
	for _, list := range out {
		slices.SortFunc(list, func(a, b *bin) int {
			la, lb := locations[a.location], locations[b.location]
			byAge := cmp.Compare(backSince(a), backSince(b))
			first := byAge
			if rule == ReturnedByExpiry {
				first = cmp.Or(cmp.Compare(expiry(a), expiry(b)), byAge)
			}
			return cmp.Or(first, cmp.Compare(expiry(a), expiry(b)), cmp.Compare(rank[la.Kind], rank[lb.Kind]),
				cmp.Compare(la.PickSeq, lb.PickSeq), cmp.Compare(a.location, b.location), cmp.Compare(a.lot, b.lot))
		})
	}
	return out
}

// expiry sorts goods that never expire behind those that do.
func expiry(b *bin) string {
	if b.expires == "" {
		return "9999-12-31"
	}
	return b.expires
}

// backSince sorts places without returned goods behind those that have some.
func backSince(b *bin) int64 {
	if b.back == 0 {
		return math.MaxInt64
	}
	return b.back
}

func byFulfilment(rs []Reservation) [][]Reservation {
	rs = slices.Clone(rs)
	slices.SortFunc(rs, func(a, b Reservation) int {
		return cmp.Or(cmp.Compare(a.FulfilmentID, b.FulfilmentID), cmp.Compare(a.Seq, b.Seq), cmp.Compare(a.Part, b.Part))
	})
	var out [][]Reservation
	for len(rs) > 0 {
		n := 1
		for n < len(rs) && rs[n].FulfilmentID == rs[0].FulfilmentID {
			n++
		}
		out, rs = append(out, rs[:n]), rs[n:]
	}
	return out
}

// piece is what one location gives to a soft reservation. The first one takes over its row.
type piece struct {
	Reservation
	was   Reservation
	first bool
}

// bindWhole takes from the shelves for all reservations of one fulfilment, or for none of them.
func bindWhole(shelves map[Key][]*bin, group []Reservation) (hard []piece, short []Reservation) {
	type taken struct {
		b *bin
		q int64
	}
	var all []taken
	for _, r := range group {
		need, first := r.Quantity, true
		// A shelf that has it all in one place is better than two walks, unless an older lot stands elsewhere.
		for _, b := range shelves[Key{r.SKU, r.Node}] {
			q := min(need, b.free)
			if q == 0 {
				continue
			}
			b.free -= q
			need -= q
			all = append(all, taken{b, q})
			h := r
			h.Kind, h.Location, h.Container, h.Lot, h.Quantity = Hard, b.location, 0, b.lot, q
			hard = append(hard, piece{h, r, first})
			first = false
			if need == 0 {
				break
			}
		}
		if need > 0 {
			lack := r
			lack.Quantity = need
			short = append(short, lack)
		}
	}
	if len(short) > 0 {
		for _, t := range all {
			t.b.free += t.q
		}
		return nil, short
	}
	return hard, nil
}

// Unbind makes hard reservations soft again, one per fulfilment line: the release is taken back.
func Unbind(tx *db.Tx, hard []Reservation) {
	p := newPage(tx)
	for _, group := range byFulfilment(hard) {
		for len(group) > 0 {
			first, total := group[0], int64(0)
			n := 0
			for n < len(group) && group[n].Seq == first.Seq {
				total += group[n].Quantity
				p.at(group[n].side(), group[n].Node).reserved -= group[n].Quantity
				if n > 0 {
					group[n].remove(tx)
				}
				n++
			}
			soft := first
			soft.Kind, soft.Location, soft.Container, soft.Lot, soft.Quantity = Soft, 0, 0, "", total
			first.become(tx, soft)
			group = group[n:]
		}
	}
	p.write()
}
