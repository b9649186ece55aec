package order

import (
	"encoding/json"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/id"
)

// Hold stops an order for one reason. Several may lie on one order; it goes on when the last is lifted.
type Hold struct {
	ID         int64
	OrderID    int64
	Reason     string         // a code with a sentence in words
	Params     map[string]any // what the sentence is made of
	Owner      string         // who has to act: "reviewer", "finance", "customer", "channel", "warehouse"
	PlacedBy   string
	PlacedAt   int64
	Until      int64 // lifts itself then; 0 = only by hand or by a fact
	ReleasedAt int64
	ReleasedBy string
	Note       string
}

// Live reports whether it still stops the order.
func (h Hold) Live() bool { return h.ReleasedAt == 0 }

var (
	insHold = db.Insert("order_hold", "id bigint, order_id bigint, reason text, params text, owner text, placed_by text, placed_at bigint, until bigint, released_at bigint, released_by text, note text")
	endHold = db.Change("order_hold", "id bigint, at bigint, by text, note text", 1,
		"released_at = x.at, released_by = x.by, note = x.note", "t.id = x.id AND t.released_at = 0")
	selHolds  = db.NewSQL(`SELECT id, order_id, reason, params, owner, placed_by, placed_at, until, released_at, released_by, note FROM order_hold WHERE order_id = ANY($1) ORDER BY id`)
	selHold   = db.NewSQL(`SELECT id, order_id, reason, params, owner, placed_by, placed_at, until, released_at, released_by, note FROM order_hold WHERE id = $1`)
	selLapsed = db.NewSQL(`SELECT id, order_id, reason, params, owner, placed_by, placed_at, until, released_at, released_by, note FROM order_hold
	  WHERE released_at = 0 AND until > 0 AND until <= $1 ORDER BY until, id LIMIT $2`)
)

// PlaceHold stops an order and says why on its timeline. What of it is not packed leaves the bonds it is in: the others do not wait.
func PlaceHold(tx *db.Tx, h *Hold) error {
	h.ID, h.PlacedAt = tx.NewID(), tx.Micros()
	if h.PlacedBy == "" {
		h.PlacedBy = "system"
	}
	tx.Put(insHold, h.ID, h.OrderID, h.Reason, text(h.Params), h.Owner, h.PlacedBy, h.PlacedAt, h.Until, 0, "", h.Note)
	tx.Emit(db.Event{Kind: "order.held.v1", Order: h.OrderID, Subject: h.ID, Actor: h.PlacedBy, Params: h.told()})
	return partHeld(tx, h.OrderID, h.PlacedBy)
}

// ReleaseHold lifts one hold. The order itself goes on only when its caller sees that it was the last.
func ReleaseHold(tx *db.Tx, h *Hold, by, note string) error {
	if !h.Live() {
		return fault.New(fault.Conflict, "hold.released", "the hold was lifted already by %s", h.ReleasedBy)
	}
	h.ReleasedAt, h.ReleasedBy, h.Note = tx.Micros(), by, note
	tx.Put(endHold, h.ID, h.ReleasedAt, by, note)
	tx.Emit(db.Event{Kind: "order.hold_released.v1", Order: h.OrderID, Subject: h.ID, Actor: by,
		Params: map[string]any{"reason": h.Reason, "note": note}})
	return nil
}

// Holds reads all holds of some orders, live and lifted, by order, oldest first.
func Holds(tx *db.Tx, orders []int64) (map[int64][]*Hold, error) {
	list, err := db.All(tx.Query(selHolds, orders), scanHold)
	out := map[int64][]*Hold{}
	for _, h := range list {
		out[h.OrderID] = append(out[h.OrderID], h)
	}
	return out, err
}

// HoldByID reads one hold.
func HoldByID(tx *db.Tx, key int64) (*Hold, error) {
	list, err := db.All(tx.Query(selHold, key), scanHold)
	if err != nil {
		return nil, err
	}
	if len(list) == 0 {
		return nil, fault.New(fault.NotFound, "hold.not_found", "there is no hold %s", id.Show(HoldPrefix, key))
	}
	return list[0], nil
}

// LapsedHolds lists holds whose time is over.
func LapsedHolds(tx *db.Tx, now int64, limit int) ([]*Hold, error) {
	return db.All(tx.Query(selLapsed, now, limit), scanHold)
}

// Stopped is the fault for work on a held order; nil when no hold is live.
func Stopped(liveHolds int64) error {
	if liveHolds == 0 {
		return nil
	}
	return fault.New(fault.Conflict, "order.on_hold", "the order is on hold (%d reasons); lift the holds first", liveHolds).With("holds", liveHolds)
}

func scanHold(r *db.Rows) *Hold {
	h := &Hold{}
	var params string
	r.Scan(&h.ID, &h.OrderID, &h.Reason, &params, &h.Owner, &h.PlacedBy, &h.PlacedAt, &h.Until, &h.ReleasedAt, &h.ReleasedBy, &h.Note)
	if params != "" {
		_ = json.Unmarshal([]byte(params), &h.Params)
	}
	return h
}
