package review

import (
	"maps"
	"slices"
	"time"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/id"
	"github.com/packhorse/packhorse/order"
)

// CountTo is how many cases of one reason are looked at; beyond it a person only needs to know that it is many.
const CountTo = 1000

// Case is an order that waits for a person.
type Case struct {
	order.Place
	Cause string
	Claim Claim // zero = nobody has it open
}

// Cases are all orders that wait for a person, by time to their deadline.
type Cases struct {
	List []Case
	More bool // some reason has more than CountTo orders: of those the oldest are here
}

// OpenCases reads what waits for a person: what a hold stops, and what is owed goods. It looks at the live holds and at the
// head of the queue of back-orders, never at history. An order is one case, whatever stops it: a person's hold puts it aside,
// else its cause is the first of Causes.
func OpenCases(tx *db.Tx) (out Cases, err error) {
	causes, more, err := causesNow(tx)
	if err != nil {
		return out, err
	}
	ids := slices.Sorted(maps.Keys(causes))
	places, err := order.Places(tx, ids)
	if err != nil {
		return out, err
	}
	claims, err := claimsOf(tx, ids)
	out.More = more
	for _, p := range places {
		c := Case{Place: p, Cause: causes[p.ID], Claim: claims[p.ID]}
		if !c.Claim.live(tx.Micros()) {
			c.Claim = Claim{}
		}
		if c.Claim.Snoozed {
			c.Cause = CauseSnoozed
		}
		out.List = append(out.List, c)
	}
	return out, err
}

// causesNow names every order that waits for a person with its cause.
func causesNow(tx *db.Tx) (causes map[int64]string, more bool, err error) {
	stopped, err := order.StoppedBy(tx, CountTo+1)
	if err != nil {
		return nil, false, err
	}
	owing, err := order.Owing(tx, CountTo+1)
	causes = map[int64]string{}
	name := func(cause string, ids []int64) {
		more = more || len(ids) > CountTo
		for _, key := range ids[:min(len(ids), CountTo)] {
			if was, known := causes[key]; !known || before(cause, was) {
				causes[key] = cause
			}
		}
	}
	for reason, ids := range stopped {
		name(CauseOf(reason), ids)
	}
	name(CauseStock, owing)
	return causes, more, err
}

// before reports whether a cause names a case rather than another one.
func before(a, b string) bool {
	rank := func(cause string) int { return slices.Index(Causes, cause) } // what is put aside is -1
	return rank(a) < rank(b)
}

// Share is how much of what came in went on without anybody.
type Share struct{ Passed, Reviewed int64 }

const (
	// Lately is how far back the figures of the reviewers look.
	Lately = 24 * time.Hour
	// shareOf is how many orders, the newest, the share looks at.
	shareOf = 2000
)

var selShare = db.NewSQL(`SELECT review, count(*) FROM (SELECT review FROM order_head WHERE id >= $1 ORDER BY id DESC LIMIT $2) AS q GROUP BY review`)

// PassedLately says how many of the newest orders of the last day the rules let go by themselves.
func PassedLately(tx *db.Tx) (s Share, err error) {
	rows := tx.Query(selShare, id.Floor(tx.Now().Add(-Lately).UnixMicro()), shareOf)
	for rows.Next() {
		var review string
		var n int64
		rows.Scan(&review, &n)
		switch review {
		case order.ReviewPassed:
			s.Passed += n
			s.Reviewed += n
		case order.ReviewApproved, order.ReviewHeld, order.ReviewRejected:
			s.Reviewed += n
		}
	}
	return s, rows.Close()
}
