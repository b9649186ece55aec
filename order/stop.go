package order

import (
	"encoding/json"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/words"
)

// Why the goods of a fulfilment must not go on. Each is a code with a sentence that says what to do with them.
const (
	StopCancelled = "stop.cancelled" // nobody wants it any more
	StopRefunded  = "stop.refunded"  // the money was given back before it left
	StopAddress   = "stop.address"   // the label bears an old address
	StopLines     = "stop.lines"     // less is wanted than was picked; Params name the goods
	StopAgain     = "stop.again"     // the order was changed and begins again from the top
	StopRerouted  = "stop.rerouted"  // another node does it
	StopTogether  = "stop.together"  // another order that lay in the parcel is not wanted in it; Params name it
)

// Stop is what the next pair of hands is told about the goods of a fulfilment.
type Stop struct {
	ID           int64
	OrderID      int64
	FulfilmentID int64
	Reason       string
	Params       map[string]any // what the sentence is made of: bin, goods
	At           int64
	Actor        string
	SeenAt       int64 // somebody scanned the goods and put them aside; 0 = not yet
	SeenBy       string
}

// StopPrefix is that of a stop's id as people see it.
const StopPrefix = "stp"

var (
	insStop = db.Insert("order_stop", "id bigint, order_id bigint, fulfilment_id bigint, reason text, params text, at bigint, actor text, seen_at bigint, seen_by text")
	seeStop = db.Change("order_stop", "id bigint, at bigint, by text", 1, "seen_at = x.at, seen_by = x.by", "t.id = x.id AND t.seen_at = 0")

	stopColumns = `id, order_id, fulfilment_id, reason, params, at, actor, seen_at, seen_by`
	selStopsOf  = db.NewSQL(`SELECT ` + stopColumns + ` FROM order_stop WHERE fulfilment_id = ANY($1) ORDER BY fulfilment_id, id`)
	selUnseen   = db.NewSQL(`SELECT ` + stopColumns + ` FROM order_stop WHERE seen_at = 0 AND id > $1 ORDER BY id LIMIT $2`)
)

// AddStop stops the goods of a fulfilment at their next scan, and says so on the timeline.
func AddStop(tx *db.Tx, s *Stop) {
	s.ID, s.At = tx.NewID(), tx.Micros()
	if s.Actor == "" {
		s.Actor = "system"
	}
	tx.Put(insStop, s.ID, s.OrderID, s.FulfilmentID, s.Reason, text(s.Params), s.At, s.Actor, 0, "")
	tx.Emit(db.Event{Kind: "order.stopped.v1", Order: s.OrderID, Subject: s.FulfilmentID, Actor: s.Actor,
		Params: map[string]any{"reason": s.Reason, "params": s.Params}})
}

// StopsOf reads the stops of some fulfilments, seen ones too, by fulfilment, oldest first.
func StopsOf(tx *db.Tx, fulfilments []int64) (map[int64][]Stop, error) {
	out := map[int64][]Stop{}
	if len(fulfilments) == 0 {
		return out, nil
	}
	list, err := db.All(tx.Query(selStopsOf, fulfilments), scanStop)
	for _, s := range list {
		out[s.FulfilmentID] = append(out[s.FulfilmentID], s)
	}
	return out, err
}

// Obstacles reads the stops of those fulfilments that cannot go on: taken out of work, or held. The others are not
// asked for, so that work in which nothing is stopped costs nothing.
func Obstacles(tx *db.Tx, fulfilments map[int64]*Fulfilment) (map[int64][]Stop, error) {
	var ids []int64
	for key, f := range fulfilments {
		if f.Holds > 0 || f.Status == Cancelled || f.Status == RejectedBy {
			ids = append(ids, key)
		}
	}
	out, err := StopsOf(tx, ids)
	for key, list := range out {
		if f := fulfilments[key]; f.Live() { // what was put aside already is not in the way of what came after
			out[key] = Unseen(list)
		}
	}
	return out, err
}

// UnseenStops lists what nobody has put aside yet, oldest first, behind the stop with id after.
func UnseenStops(tx *db.Tx, after int64, limit int) ([]Stop, error) {
	return db.All(tx.Query(selUnseen, after, limit), scanStop)
}

// SeeStops notes that somebody has the goods in hand and was told. Those seen before stay as they are.
func SeeStops(tx *db.Tx, list []Stop, by string) {
	for _, s := range list {
		if s.SeenAt == 0 {
			tx.Put(seeStop, s.ID, tx.Micros(), by)
			tx.Emit(db.Event{Kind: "order.stop_seen.v1", Order: s.OrderID, Subject: s.FulfilmentID, Actor: by,
				Params: map[string]any{"reason": s.Reason, "params": s.Params}})
		}
	}
}

// Unseen keeps the stops that nobody has put aside.
func Unseen(list []Stop) (out []Stop) {
	for _, s := range list {
		if s.SeenAt == 0 {
			out = append(out, s)
		}
	}
	return out
}

// Blocked is the fault of the newest stop of a fulfilment that cannot go on; nil when there is none.
func Blocked(stops []Stop) error {
	if len(stops) == 0 {
		return nil
	}
	return stops[len(stops)-1].Fault()
}

// Fault is the stop as the answer to a scan: why, and what to do.
func (s Stop) Fault() error {
	f := fault.New(fault.Conflict, s.Reason, "%s", words.Render("en", s.Reason, s.Params))
	for name, v := range s.Params {
		f.With(name, v)
	}
	return f
}

func scanStop(r *db.Rows) (s Stop) {
	var params string
	r.Scan(&s.ID, &s.OrderID, &s.FulfilmentID, &s.Reason, &params, &s.At, &s.Actor, &s.SeenAt, &s.SeenBy)
	if params != "" {
		_ = json.Unmarshal([]byte(params), &s.Params) // we wrote it
	}
	return s
}
