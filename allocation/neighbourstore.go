package allocation

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/order"
)

// mostNeighbours bounds how many fulfilments of a node are compared in one call, the most urgent.
const mostNeighbours = 20_000

// keepApart is how long it is remembered that orders go apart: longer than any of them waits for a wave.
const keepApart = int64(30 * 24 * time.Hour / time.Microsecond)

var (
	putApart    = db.Upsert("allocation_apart", "order_id bigint, at bigint, actor text", 1, "at = excluded.at, actor = excluded.actor")
	delApart    = db.NewSQL(`DELETE FROM allocation_apart WHERE order_id = ANY($1)`)
	delOldApart = db.NewSQL(`DELETE FROM allocation_apart WHERE at < $1`)
	selApart    = db.NewSQL(`SELECT order_id FROM allocation_apart WHERE order_id = ANY($1)`)
)

// NeighbourQuery says which groups are wanted.
type NeighbourQuery struct {
	Nodes []int64
	// Inside leaves of some work what the asker may see; nil leaves all of it.
	Inside  func(*db.Tx, []order.Unreleased) ([]order.Unreleased, error)
	Ignored bool // those that go apart too
	// Saves and ID are of the last group of the page before; ID 0 begins.
	Saves, ID int64
	Limit     int
}

// SameRecipient lists the orders of one recipient that one node is to ship and no wave has taken, the group that would save most as one
// parcel first; those that are to go into one already are left out. It reads, and decides nothing. more says that others follow.
func (s *Service) SameRecipient(ctx context.Context, q NeighbourQuery) (list []Neighbours, more bool, err error) {
	err = s.db.View(ctx, func(tx *db.Tx) error {
		if list, err = s.gatherNeighbours(tx, q); err != nil {
			return err
		}
		if err = s.price(tx, list); err != nil {
			return err
		}
		list, err = leaveIgnored(tx, list, q.Ignored)
		return err
	})
	behind := func(saves, id int64, n *Neighbours) int {
		return cmp.Or(cmp.Compare(n.Saves, saves), cmp.Compare(id, n.ID()))
	}
	slices.SortFunc(list, func(a, b Neighbours) int { return behind(a.Saves, a.ID(), &b) })
	if q.ID != 0 {
		list = slices.DeleteFunc(list, func(n Neighbours) bool { return behind(q.Saves, q.ID, &n) >= 0 })
	}
	more = len(list) > q.Limit
	return list[:min(q.Limit, len(list))], more, err
}

// gatherNeighbours groups the work of the nodes. Only what is in a group is asked whether it may be seen.
func (s *Service) gatherNeighbours(tx *db.Tx, q NeighbourQuery) ([]Neighbours, error) {
	var all []order.Unreleased
	for _, node := range q.Nodes {
		part, err := order.UnreleasedAt(tx, node, mostNeighbours)
		if err != nil {
			return nil, err
		}
		all = append(all, part...)
	}
	list, err := leaveBound(tx, neighbours(all))
	if err != nil || q.Inside == nil || len(list) == 0 {
		return list, err
	}
	all = all[:0]
	for _, g := range list {
		for _, m := range g.Members {
			all = append(all, m.Unreleased)
		}
	}
	if all, err = q.Inside(tx, all); err != nil {
		return nil, err
	}
	return leaveBound(tx, neighbours(all))
}

// leaveBound says which orders are to go into one parcel already, and leaves out the groups of which all are.
func leaveBound(tx *db.Tx, list []Neighbours) ([]Neighbours, error) {
	var ids []int64
	for _, g := range list {
		for _, m := range g.Members {
			ids = append(ids, m.Fulfilment)
		}
	}
	bonds, err := order.BondsOf(tx, ids)
	for _, g := range list {
		for i := range g.Members {
			if b := bonds[g.Members[i].Fulfilment]; b != nil {
				g.Members[i].Bond = b.ID
			}
		}
	}
	return slices.DeleteFunc(list, func(g Neighbours) bool {
		return g.Members[0].Bond != 0 && !slices.ContainsFunc(g.Members, func(m Neighbour) bool { return m.Bond != g.Members[0].Bond })
	}), err
}

// leaveIgnored marks the groups of which a person has said that they go apart, and leaves them out unless they are wanted.
func leaveIgnored(tx *db.Tx, list []Neighbours, wanted bool) ([]Neighbours, error) {
	var ids []int64
	for _, g := range list {
		for _, m := range g.Members {
			ids = append(ids, m.Order)
		}
	}
	apart := map[int64]bool{}
	rows := tx.Query(selApart, ids)
	for rows.Next() {
		var id int64
		rows.Scan(&id)
		apart[id] = true
	}
	for i := range list {
		list[i].Ignored = !slices.ContainsFunc(list[i].Members, func(m Neighbour) bool { return !apart[m.Order] })
	}
	return slices.DeleteFunc(list, func(n Neighbours) bool { return n.Ignored && !wanted }), rows.Close()
}

// SetApart says of orders that they go apart, so that they are not offered as neighbours until another order joins them, or takes that
// back. once may be nil.
func (s *Service) SetApart(ctx context.Context, once *db.Once, orders []int64, apart bool, actor string) (int, error) {
	return db.Command(ctx, s.db, once, func(tx *db.Tx) (int, error) {
		if !apart {
			_, err := tx.Exec(delApart, orders)
			return len(orders), err
		}
		if _, err := tx.Exec(delOldApart, tx.Micros()-keepApart); err != nil {
			return 0, err
		}
		for _, key := range orders {
			tx.Put(putApart, key, tx.Micros(), actor)
		}
		return len(orders), nil
	})
}
