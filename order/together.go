package order

import (
	"math"
	"slices"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/id"
)

// BondPrefix is that of a bond's id as people see it.
const BondPrefix = "tog"

// Bond is what a person wants in one parcel (合包): fulfilments of one node to one recipient. Each keeps its order, its lines and its
// state; what they share is the carton and the waybill. Costs are freight and handling in minor units, as they were when it was made.
type Bond struct {
	ID       int64
	Members  []Member // the most urgent first: it leads, and the parcel will be its
	Together int64    // what the one parcel costs
	At       int64    // UTC microseconds
	Actor    string
}

// Member is a fulfilment of a bond, as it stands.
type Member struct {
	Fulfilment, Order, Node int64
	Status                  string
	Rank                    Rank
	Holds                   int64 // live ones of its order
	Apart                   int64 // what a parcel of its own would cost
}

// Why a fulfilment leaves its bond. Each is a code with a sentence.
const (
	PartAsked     = "together.asked"     // a person took it back
	PartHeld      = "together.held"      // its order was held before it was packed
	PartEnded     = "together.ended"     // it was called off, or another node does it
	PartShort     = "together.short"     // not all of it was found
	PartAddress   = "together.address"   // it goes elsewhere
	PartNotPicked = "together.notpicked" // it was not picked yet, and the others did not wait
	PartAlone     = "together.alone"     // nobody was left to share a parcel with
)

// Open reports whether no parcel of it is closed yet.
func (b *Bond) Open() bool {
	return !slices.ContainsFunc(b.Members, func(m Member) bool { return m.Status == Packed || m.Status == Shipped })
}

// Saves is what the one parcel costs less than all of them apart.
func (b *Bond) Saves() int64 {
	saves := -b.Together
	for _, m := range b.Members {
		saves += m.Apart
	}
	return saves
}

// Fulfilments are the ids of the members.
func (b *Bond) Fulfilments() []int64 {
	list := make([]int64, len(b.Members))
	for i, m := range b.Members {
		list[i] = m.Fulfilment
	}
	return list
}

// DeadlineBy is when the first of them has to be handed over, UTC microseconds; 0 = none has a date.
func (b *Bond) DeadlineBy() (by int64) {
	for _, m := range b.Members {
		if d := m.Rank.Deadline(); d != 0 && (by == 0 || d < by) {
			by = d
		}
	}
	return by
}

const bondColumns = `SELECT m.bond_id, m.together, m.at, m.actor, m.fulfilment_id, m.order_id, m.apart, f.node_id, f.status, f.due_rank, f.fine_rank,
	  (SELECT count(*) FROM order_hold h WHERE h.order_id = m.order_id AND h.released_at = 0)
	  FROM order_together m JOIN order_fulfilment f ON f.id = m.fulfilment_id WHERE m.bond_id `

var (
	insTogether    = db.Insert("order_together", "fulfilment_id bigint, order_id bigint, bond_id bigint, apart bigint, together bigint, at bigint, actor text")
	delTogether    = db.Remove("order_together", "fulfilment bigint, bond bigint", "t.fulfilment_id = x.fulfilment AND t.bond_id = x.bond")
	anyTogether    = db.NewSQL(`SELECT count(*) FROM (SELECT 1 FROM order_together LIMIT 1) x`)
	selBondsOf     = db.NewSQL(bondColumns + `IN (SELECT bond_id FROM order_together WHERE fulfilment_id = ANY($1)) ORDER BY m.bond_id, f.due_rank, f.id`)
	selBondsOrders = db.NewSQL(bondColumns + `IN (SELECT bond_id FROM order_together WHERE order_id = ANY($1)) ORDER BY m.bond_id, f.due_rank, f.id`)
	selBondsByID   = db.NewSQL(bondColumns + `= ANY($1) ORDER BY m.bond_id, f.due_rank, f.id`)
	selOpenBonds   = db.NewSQL(`SELECT t.bond_id FROM order_together t JOIN order_fulfilment f ON f.id = t.fulfilment_id
	  WHERE f.node_id = ANY($1) AND t.bond_id >= $2 AND t.bond_id < $3 AND f.status IN ('allocated', 'released', 'picked')
	  GROUP BY t.bond_id ORDER BY t.bond_id DESC LIMIT $4`)
	sumBonds = db.NewSQL(`SELECT x.node_id, count(*), CAST(sum(x.members) AS BIGINT), CAST(sum(x.apart) AS BIGINT), CAST(sum(x.together) AS BIGINT) FROM (
	  SELECT min(f.node_id) AS node_id, count(*) AS members, sum(t.apart) AS apart, min(t.together) AS together
	    FROM order_together t JOIN order_fulfilment f ON f.id = t.fulfilment_id
	    WHERE t.bond_id >= $1 AND t.bond_id < $2 AND f.status IN ('packed', 'shipped') GROUP BY t.bond_id HAVING count(*) > 1) x GROUP BY x.node_id`)
)

// togetherInMemory keeps whether there is any bond at all, so that a company without one is asked nothing in the way of a parcel.
const togetherInMemory = "order together"

// AnyTogether reports whether anything was ever put into one parcel.
func AnyTogether(tx *db.Tx) (bool, error) {
	if any, ok := tx.Recall(togetherInMemory, int64(0)); ok {
		return any.(bool), nil
	}
	var n int64
	if _, err := tx.Query(anyTogether).One(&n); err != nil {
		return false, err
	}
	tx.Keep(togetherInMemory, int64(0), n > 0)
	return n > 0, nil
}

// BondsOf reads the bonds of some fulfilments, by fulfilment, all their members too.
func BondsOf(tx *db.Tx, fulfilments []int64) (map[int64]*Bond, error) {
	return bonds(tx, selBondsOf, fulfilments)
}

// BondsOfOrders reads the bonds in which anything of some orders is, by fulfilment.
func BondsOfOrders(tx *db.Tx, orders []int64) (map[int64]*Bond, error) {
	return bonds(tx, selBondsOrders, orders)
}

// BondsByID reads bonds by id. One that is no more is missing in the answer.
func BondsByID(tx *db.Tx, ids []int64) (map[int64]*Bond, error) {
	found, err := bonds(tx, selBondsByID, ids)
	out := map[int64]*Bond{}
	for _, b := range found {
		out[b.ID] = b
	}
	return out, err
}

func bonds(tx *db.Tx, sql *db.SQL, keys []int64) (map[int64]*Bond, error) {
	if any, err := AnyTogether(tx); err != nil || !any || len(keys) == 0 {
		return nil, err
	}
	out := map[int64]*Bond{}
	var b *Bond
	rows := tx.Query(sql, id.Distinct(keys))
	for rows.Next() {
		var x Bond
		var m Member
		rows.Scan(&x.ID, &x.Together, &x.At, &x.Actor, &m.Fulfilment, &m.Order, &m.Apart, &m.Node, &m.Status, &m.Rank.Due, &m.Rank.Fine, &m.Holds)
		if b == nil || b.ID != x.ID {
			b = &x
		}
		b.Members = append(b.Members, m)
		out[m.Fulfilment] = b
	}
	return out, rows.Close()
}

// WithAll are some fulfilments and all others of their bonds.
func WithAll(tx *db.Tx, fulfilments []int64) ([]int64, error) {
	found, err := BondsOf(tx, fulfilments)
	list := slices.Clip(fulfilments)
	for _, b := range found {
		list = append(list, b.Fulfilments()...)
	}
	return id.Distinct(list), err
}

// OpenBonds lists the bonds of some nodes that were made since a moment and are not packed, the newest first, behind the bond before
// (0 = from the newest).
func OpenBonds(tx *db.Tx, nodes []int64, since, before int64, limit int) ([]*Bond, error) {
	if before == 0 {
		before = math.MaxInt64
	}
	keys, err := db.All(tx.Query(selOpenBonds, nodes, id.Floor(since), before, limit), func(r *db.Rows) (key int64) { r.Scan(&key); return key })
	if err != nil || len(keys) == 0 {
		return nil, err
	}
	found, err := BondsByID(tx, keys)
	var list []*Bond
	for _, key := range keys {
		if b := found[key]; b != nil {
			list = append(list, b)
		}
	}
	return list, err
}

// TogetherSaving is what parcels for several orders came to. Costs are freight and handling in minor units.
type TogetherSaving struct {
	Parcels, Orders int64 // closed, and what is in them
	Apart, Together int64 // what all of them apart would have cost, and what they cost
}

// TogetherSavings sums, by node, the bonds that were made from a moment until before another, both UTC microseconds, and are packed.
func TogetherSavings(tx *db.Tx, from, until int64) (map[int64]TogetherSaving, error) {
	out := map[int64]TogetherSaving{}
	rows := tx.Query(sumBonds, id.Floor(from), id.Floor(until))
	for rows.Next() {
		var node int64
		var s TogetherSaving
		rows.Scan(&node, &s.Parcels, &s.Orders, &s.Apart, &s.Together)
		out[node] = s
	}
	return out, rows.Close()
}
