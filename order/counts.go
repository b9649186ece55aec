package order

import (
	"fmt"
	"strings"

	"github.com/packhorse/packhorse/internal/db"
)

// countTo is how far the built-in views count; beyond it a person only needs to know that it is many.
const countTo = 1000

// Count is how many orders stand in a view: exact up to 1,000.
type Count struct {
	N    int64
	More bool // there are more than N
}

// String is "17" or "1000+".
func (c Count) String() string {
	if c.More {
		return fmt.Sprintf("%d+", c.N)
	}
	return fmt.Sprint(c.N)
}

// Views are the queues people watch, each with its index.
type Views struct {
	Pending, Held                            Count // review
	Waiting, Backordered, Allocated, Partial Count // fulfilment
}

var selViews = db.NewSQL(viewsText())

func viewsText() string {
	var parts []string
	for _, where := range queueConditions() {
		parts = append(parts, fmt.Sprintf(`(SELECT count(*) FROM (SELECT 1 AS one FROM order_head WHERE %s LIMIT %d) AS q)`, where, countTo+1))
	}
	return "SELECT " + strings.Join(parts, ", ")
}

// Counts counts the queues. It reads at most 1,001 index entries of each.
func Counts(tx *db.Tx) (Views, error) {
	var v Views
	all := []*Count{&v.Pending, &v.Held, &v.Waiting, &v.Backordered, &v.Allocated, &v.Partial}
	into := make([]any, len(all))
	for i, c := range all {
		into[i] = &c.N
	}
	if _, err := tx.Query(selViews).One(into...); err != nil {
		return v, err
	}
	for _, c := range all {
		c.More = c.N > countTo
		c.N = min(c.N, countTo)
	}
	return v, nil
}
