package vendure

import (
	"encoding/json"
	"time"
)

// place is the cursor: how far each scan is. Vendure has no list of changes. An order's updatedAt moves when its lines
// or amounts do, and not when it is placed, paid, shipped, refunded, or gets another address. So one round is four scans:
//
//	scan      walks through                            finds
//	placed    orders by when they were placed          every order, whatever became of it since
//	open      all orders that are not closed           payments, addresses, edits, refunds before shipping
//	touched   orders by updatedAt                      cancellations, which take an order out of the open ones
//	closed    those of the last month, a page a round  what is left: refunds after shipping
//
// The two that walk forward go back by an overlap each time, because a transaction may appear late. The other two begin
// again when they are through. The clock is the shop's.
type place struct {
	Scan  int          `json:"scan"`  // which one is next
	Pages int          `json:"pages"` // that it has read in this round
	Spots [scans]spots `json:"spots"`
}

// spots is where a scan stands: at a moment, whose orders come again, or behind Skip orders of it where one moment has more
// than a page. High is the latest it ever saw.
type spots struct {
	At   time.Time `json:"at"`
	Skip int       `json:"skip"`
	High time.Time `json:"high"`
}

const (
	placed = iota
	open
	touched
	closed
	scans
)

const (
	overlap   = 10 * time.Minute
	lookBack  = 30 * 24 * time.Hour
	pageSize  = 100
	openPages = 5 // of a shop with more open orders the rest has its turn in the next rounds
)

// The states of the shop that matter here. Everything else is open, also states that a shop made up itself.
var (
	closedStates = []string{"Shipped", "Delivered", "Cancelled"}
	// An edit changes lines before their payment is agreed on.
	editStates = map[string]bool{"Modifying": true, "ArrangingAdditionalPayment": true}
)

// placeOf reads a cursor. One that cannot be read is the beginning: then everything comes again, and nothing is missed.
func placeOf(cursor string) place {
	var p place
	if json.Unmarshal([]byte(cursor), &p) != nil || p.Scan < 0 || p.Scan >= scans {
		return place{}
	}
	return p
}

func (p place) cursor() string {
	body, err := json.Marshal(p)
	if err != nil {
		panic("vendure: a place of times and numbers is always JSON: " + err.Error())
	}
	return string(body)
}

// options says which page is next.
func (p place) options(begin time.Time) map[string]any {
	at := p.Spots[p.Scan]
	column, filter := "orderPlacedAt", map[string]any{}
	switch p.Scan {
	case open:
		filter["state"] = map[string]any{"notIn": closedStates}
	case touched:
		column = "updatedAt"
		filter["updatedAt"] = since(at.At)
	case closed:
		filter["state"] = map[string]any{"in": closedStates}
		begin = later(begin, p.Spots[placed].High.Add(-lookBack))
	}
	if p.Scan != touched {
		begin = later(begin, at.At)
	}
	filter["orderPlacedAt"] = since(begin)
	return map[string]any{"take": pageSize, "skip": at.Skip, "sort": map[string]any{column: "ASC"}, "filter": filter}
}

// since includes the moment itself: the shop counts milliseconds and only knows what is after.
func since(t time.Time) map[string]any {
	return map[string]any{"after": stamp(later(t, time.Unix(0, 0)).Add(-time.Millisecond))}
}

func stamp(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.000Z") }

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// next moves behind a page whose orders have these moments, sorted.
func (p place) next(moments []time.Time) place {
	s := &p.Spots[p.Scan]
	p.Pages++
	s.pass(moments)
	through := len(moments) < pageSize
	switch {
	case through && (p.Scan == placed || p.Scan == touched):
		s.Skip = 0
		if !s.High.IsZero() {
			s.At = s.High.Add(-overlap)
		}
	case through:
		s.At, s.Skip = time.Time{}, 0
	}
	if through || p.Scan == open && p.Pages == openPages || p.Scan == closed {
		p.Scan, p.Pages = (p.Scan+1)%scans, 0
	}
	return p
}

func (s *spots) pass(moments []time.Time) {
	if len(moments) == 0 {
		return
	}
	last := moments[len(moments)-1]
	if !last.After(s.At) {
		s.Skip += len(moments)
		return
	}
	s.At, s.Skip, s.High = last, 0, later(s.High, last)
}

// begins reports whether the round is over, and the next one at its beginning.
func (p place) begins() bool { return p.Scan == placed && p.Pages == 0 }
