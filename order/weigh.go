package order

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/packhorse/packhorse/internal/db"
)

// weighStep is how many orders one Weigh takes.
const weighStep = 500

var (
	selLight = db.NewSQL(fmt.Sprintf(`SELECT id FROM order_head WHERE weigh_at > 0 AND (%s OR %s) AND weigh_at <= $1
	  ORDER BY weigh_at, id LIMIT %d`, ofReviewIndex, ofWorkIndex, weighStep))
	selOpenAfter = db.NewSQL(openAfter())
	setRank      = db.Change("order_head", "id bigint, due bigint, fine bigint, weigh bigint", 1,
		"due_rank = x.due, fine_rank = x.fine, weigh_at = x.weigh", "t.id = x.id")
	// A fulfilment in work has the ranks of its order. What has ended keeps those it had.
	rankParts = db.NewSQL(`UPDATE order_fulfilment AS f SET due_rank = h.due_rank, fine_rank = h.fine_rank FROM order_head h
	  WHERE f.order_id = ANY($1) AND h.id = f.order_id AND f.status IN ('allocated', 'released', 'picked', 'packed')`)
	endWalk = db.Remove("setting", "name text, value text", "t.name = x.name AND t.value = x.value")
	goWalk  = db.Change("setting", "name text, was text, value text", 1, "value = x.value", "t.name = x.name AND t.value = x.was")
)

// openAfter lists what waits behind an id, oldest first.
func openAfter() string {
	var queues []string
	for i, where := range queueConditions() {
		queues = append(queues, fmt.Sprintf(`SELECT id FROM (SELECT id FROM order_head WHERE %s AND id > $1 ORDER BY id LIMIT %d) AS q%d`, where, weighStep, i))
	}
	return fmt.Sprintf(`SELECT id FROM (%s) AS u ORDER BY id LIMIT %d`, strings.Join(queues, " UNION "), weighStep)
}

// Weigh brings the ranks of orders up to date of which a deadline has passed, and, after the fines were changed, of all
// that wait. It takes a part at a time and returns how many it looked at; 0 means that nothing is left to do.
func Weigh(tx *db.Tx) (int, error) {
	light, err := db.All(tx.Query(selLight, tx.Micros()), scanID)
	if err != nil {
		return 0, err
	}
	walk, was, err := nextOfWalk(tx)
	if err != nil {
		return 0, err
	}
	all := append(light, walk...)
	if len(all) > 0 {
		if err := reweigh(tx, all); err != nil {
			return 0, err
		}
	}
	switch {
	case len(walk) > 0:
		tx.Put(goWalk, weighingSetting, was, strconv.FormatInt(walk[len(walk)-1], 10))
	case was != "":
		tx.Put(endWalk, weighingSetting, was)
	}
	return len(all), nil
}

// nextOfWalk is the next part of what is weighed after the fines were changed; was is how far that has come, empty when
// nothing is to be weighed.
func nextOfWalk(tx *db.Tx) (ids []int64, was string, err error) {
	var name string
	if _, err = tx.Query(selQueueSettings, []string{weighingSetting}).One(&name, &was); err != nil || was == "" {
		return nil, "", err
	}
	after, err := strconv.ParseInt(was, 10, 64)
	if err != nil {
		return nil, was, fmt.Errorf("setting %s: %w", weighingSetting, err)
	}
	ids, err = db.All(tx.Query(selOpenAfter, after), scanID)
	return ids, was, err
}

// Weighing reports whether what waits is being weighed anew because the fines were changed: until it is done, the ranks may
// hold old ones.
func Weighing(tx *db.Tx) (bool, error) {
	_, was, err := nextOfWalk(tx)
	return was != "", err
}

func reweigh(tx *db.Tx, ids []int64) error {
	q, err := ReadQueueing(tx)
	if err != nil {
		return err
	}
	orders, err := Lock(tx, ids)
	if err != nil {
		return err
	}
	var parts []int64
	for key, o := range orders {
		was, at := o.Rank, o.weighAt
		if o.weigh(q.Fines, tx.Micros()); o.Rank == was && o.weighAt == at {
			continue
		}
		tx.Put(setRank, key, o.Rank.Due, o.Rank.Fine, o.weighAt)
		parts = append(parts, key)
	}
	return rankFulfilments(tx, parts)
}

// weigh says what the order stands to lose now.
func (o *Order) weigh(f Fines, now int64) {
	u := f.UrgencyOf(o.Channel, o.ShipBy, o.CollectBy, o.Priority, now)
	o.Rank, o.weighAt = u.Rank(), u.Next
}

// rankFulfilments gives the fulfilments of orders the ranks that their orders have got.
func rankFulfilments(tx *db.Tx, orders []int64) error {
	if len(orders) == 0 {
		return nil
	}
	_, err := tx.Exec(rankParts, orders)
	return err
}
