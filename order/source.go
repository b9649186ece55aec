package order

import (
	"fmt"
	"strings"

	"github.com/packhorse/packhorse/internal/db"
)

// source is where the orders of a list come from: an index, and how much of it one page reads.
type source struct {
	page, end *db.SQL
	reach     int
}

// The queues. A partial index is only used when its own condition and the literal value stand in the statement.
const (
	ofReviewIndex = `review IN ('pending', 'held')`
	ofWorkIndex   = `fulfilment IN ('waiting', 'backordered', 'allocated', 'partial')`

	ofRoadIndex       = `delivery IN ('partial', 'failed', 'returned')`
	ofUnsettledIndex  = `payment IN ('unpaid', 'authorized', 'refunded')`
	ofTurnedDownIndex = `review IN ('rejected', 'cancelled')`
	ofCalledOff       = `fulfilment = 'cancelled'`
	ofUnusual         = `kind <> 'normal'`
	ofLate            = `created_at - placed_at > 3000000000`
)

var (
	everything = scan("TRUE")
	reviewing  = map[string]source{
		ReviewPending: scan(queueOf("review", ReviewPending)), ReviewHeld: scan(queueOf("review", ReviewHeld)),
	}
	working = map[string]source{
		FulfilmentWaiting: scan(queueOf("fulfilment", FulfilmentWaiting)), FulfilmentBackordered: scan(queueOf("fulfilment", FulfilmentBackordered)),
		FulfilmentAllocated: scan(queueOf("fulfilment", FulfilmentAllocated)), FulfilmentPartial: scan(queueOf("fulfilment", FulfilmentPartial)),
	}
	open = openOrders()

	turnedDown = map[string]source{
		ReviewRejected: scan(`review = 'rejected' AND ` + ofTurnedDownIndex), ReviewCancelled: scan(`review = 'cancelled' AND ` + ofTurnedDownIndex),
	}
	onTheRoad = map[string]source{
		DeliveryPartial: scan(`delivery = 'partial' AND ` + ofRoadIndex), DeliveryFailed: scan(`delivery = 'failed' AND ` + ofRoadIndex),
		DeliveryReturned: scan(`delivery = 'returned' AND ` + ofRoadIndex),
	}
	unsettled = map[string]source{
		Unpaid: scan(`payment = 'unpaid' AND ` + ofUnsettledIndex), Authorized: scan(`payment = 'authorized' AND ` + ofUnsettledIndex),
		Refunded: scan(`payment = 'refunded' AND ` + ofUnsettledIndex),
	}
	calledOff = scan(ofCalledOff)
	unusual   = scan(ofUnusual)
	cameLate  = scan(ofLate)
)

// sourceOf picks the narrowest index that holds everything the filter can pass.
func sourceOf(f Filter) source {
	if s, ok := reviewing[f.Review]; ok {
		return s
	}
	if s, ok := working[f.Fulfilment]; ok {
		return s
	}
	if f.OpenOnly {
		return open
	}
	return seldom(f)
}

// seldom picks the index of a state that few orders are in.
func seldom(f Filter) source {
	for _, s := range []struct {
		of    map[string]source
		value string
	}{{turnedDown, f.Review}, {onTheRoad, f.Delivery}, {unsettled, f.Payment}} {
		if found, ok := s.of[s.value]; ok {
			return found
		}
	}
	switch {
	case f.Fulfilment == FulfilmentCancelled:
		return calledOff
	case f.Kind != "" && f.Kind != "normal":
		return unusual
	}
	return everything
}

func queueOf(column, value string) string {
	index := ofReviewIndex
	if column == "fulfilment" {
		index = ofWorkIndex
	}
	return fmt.Sprintf("%s = '%s' AND %s", column, value, index)
}

// scan reads one index from the cursor downwards.
func scan(where string) source {
	return source{page: db.NewSQL(pageText(where)), end: db.NewSQL(endText(where)), reach: reach}
}

func pageText(where string) string {
	return `SELECT * FROM (SELECT ` + summaryColumns + stretch(where, reach) + `) AS h` + summaryFilter
}

func endText(where string) string {
	return `SELECT count(*), COALESCE(min(h.id), 0) FROM (SELECT id` + stretch(where, reach) + `) AS h`
}

func stretch(where string, most int) string {
	return fmt.Sprintf(` FROM order_head WHERE %s AND id < $1 AND id >= $2 ORDER BY id DESC LIMIT %d`, where, most)
}

// openText merges the queues: each gives its newest MaxPage, and of those the newest MaxPage are surely the
// newest of all. An order that stands in two queues counts once.
func openText() string {
	var queues []string
	for i, where := range queueConditions() {
		queues = append(queues, fmt.Sprintf(`SELECT id FROM (SELECT id%s) AS q%d`, stretch(where, MaxPage), i))
	}
	return fmt.Sprintf(`SELECT id FROM (%s) AS u ORDER BY id DESC LIMIT %d`, strings.Join(queues, " UNION "), MaxPage)
}

func openOrders() source {
	return source{
		page:  db.NewSQL(`SELECT ` + summaryColumns + ` FROM (` + openText() + `) AS o JOIN order_head AS h USING (id)` + summaryFilter),
		end:   db.NewSQL(`SELECT count(*), COALESCE(min(o.id), 0) FROM (` + openText() + `) AS o`),
		reach: MaxPage,
	}
}

// queueConditions lists the queues of open orders, each as its index wants to be asked.
func queueConditions() []string {
	return []string{queueOf("review", ReviewPending), queueOf("review", ReviewHeld), queueOf("fulfilment", FulfilmentWaiting),
		queueOf("fulfilment", FulfilmentBackordered), queueOf("fulfilment", FulfilmentAllocated), queueOf("fulfilment", FulfilmentPartial)}
}
