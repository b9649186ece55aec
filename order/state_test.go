package order

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"testing"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/db/dbtest"
	"github.com/packhorse/packhorse/internal/fault"
)

// at gives axes with one of them changed; the others stand at their beginning.
func at(axisName, state string) Axes {
	a := Axes{Payment: Unpaid, Review: ReviewPending, Fulfilment: FulfilmentNone, Delivery: DeliveryNone, AfterSale: AfterSaleNone}
	switch axisName {
	case "payment":
		a.Payment = state
	case "review":
		a.Review = state
	case "fulfilment":
		a.Fulfilment = state
	case "delivery":
		a.Delivery = state
	case "after-sale":
		a.AfterSale = state
	}
	return a
}

func do(t *testing.T, d *db.DB, fn func(tx *db.Tx) error) {
	t.Helper()
	if err := d.Update(context.Background(), fn); err != nil {
		t.Fatal(err)
	}
}

func create(t *testing.T, d *db.DB, o *Order) *Order {
	t.Helper()
	if o.Axes == (Axes{}) {
		o.Axes = at("", "")
	}
	if o.Kind == "" {
		o.Kind = "normal"
	}
	do(t, d, func(tx *db.Tx) error { Create(tx, o); return nil })
	return o
}

func stored(t *testing.T, d *db.DB, id int64) *Order {
	t.Helper()
	var o *Order
	err := d.View(context.Background(), func(tx *db.Tx) error {
		m, err := ByIDs(tx, []int64{id})
		o = m[id]
		return err
	})
	if err != nil || o == nil {
		t.Fatalf("order %d: %v, %v", id, o, err)
	}
	return o
}

// Every pair of every table is walked: what the table lists happens and is stored, what it does not list is a
// conflict that writes nothing.
func TestAnOrderMovesExactlyAsTheTablesSay(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		for _, table := range Tables {
			if table.Name == "fulfilment order" {
				continue
			}
			for _, from := range slices.Sorted(maps.Keys(table.Next)) {
				for _, to := range slices.Sorted(maps.Keys(table.Next)) {
					o := create(t, d, &Order{Axes: at(table.Name, from)})
					before := *o
					err := d.Update(context.Background(), func(tx *db.Tx) error {
						c := before
						return Move(tx, &c, at(table.Name, to))
					})
					allowed := from == to || slices.Contains(table.Next[from], to)
					want := at(table.Name, from)
					if allowed {
						want = at(table.Name, to)
					}
					if allowed != (err == nil) || (!allowed && fault.Code(err) != "order.state") {
						t.Errorf("%s from %s to %s: %v", table.Name, from, to, err)
					}
					if got := stored(t, d, o.ID).Axes; got != want {
						t.Errorf("%s from %s to %s: stored are %+v", table.Name, from, to, got)
					}
				}
			}
		}
	})
}

func TestAFulfilmentMovesExactlyAsItsTableSays(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		o := create(t, d, &Order{Lines: []Line{{No: 1, SKUID: 1, Quantity: 1}}})
		for from := range fulfilmentStates {
			for to := range fulfilmentStates {
				f := &Fulfilment{OrderID: o.ID, NodeID: 1, Status: from, Lines: []FulfilmentLine{{LineNo: 1, SKUID: 1, Quantity: 1}}}
				do(t, d, func(tx *db.Tx) error { AddFulfilment(tx, f); return nil })
				err := d.Update(context.Background(), func(tx *db.Tx) error { c := *f; return MoveFulfilment(tx, &c, to) })
				allowed := slices.Contains(fulfilmentStates[from], to)
				if allowed != (err == nil) || (!allowed && fault.Code(err) != "fulfilment.state") {
					t.Errorf("from %s to %s: %v", from, to, err)
				}
				want := from
				if allowed {
					want = to
				}
				err = d.View(context.Background(), func(tx *db.Tx) error {
					m, err := Fulfilments(tx, []int64{f.ID})
					if err == nil && (m[f.ID].Status != want || m[f.ID].Units() != 1) {
						err = fmt.Errorf("stored is %+v, want %s", m[f.ID], want)
					}
					return err
				})
				if err != nil {
					t.Error(err)
				}
			}
		}
	})
}

func TestTwoWhoReadTheSameStateCannotBothMoveIt(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		o := create(t, d, &Order{})
		stale := *o
		do(t, d, func(tx *db.Tx) error { return Move(tx, o, at("review", ReviewHeld)) })
		err := d.Update(context.Background(), func(tx *db.Tx) error { return Move(tx, &stale, at("review", ReviewPassed)) })
		if !errors.Is(err, db.ErrGuard) {
			t.Errorf("got %v", err)
		}
		if got := stored(t, d, o.ID).Review; got != ReviewHeld {
			t.Errorf("review is %s", got)
		}
	})
}

// Every state that a table leads to is one of the table, and no state but the first is out of reach.
func TestEveryStateIsReachable(t *testing.T) {
	first := map[string]string{"payment": Unpaid, "review": ReviewPending, "fulfilment": FulfilmentNone, "delivery": DeliveryNone, "after-sale": AfterSaleNone, "fulfilment order": Allocated}
	for _, table := range Tables {
		seen := map[string]bool{}
		for ask := []string{first[table.Name]}; len(ask) > 0; ask = ask[1:] {
			if seen[ask[0]] {
				continue
			}
			seen[ask[0]] = true
			next, ok := table.Next[ask[0]]
			if !ok {
				t.Errorf("%s leads to %q, which is none of its states", table.Name, ask[0])
			}
			ask = append(ask, next...)
		}
		for s := range table.Next {
			if !seen[s] {
				t.Errorf("%s never comes to %q", table.Name, s)
			}
			if Known(table.Name, s) != nil {
				t.Errorf("%q of %s is not known", s, table.Name)
			}
		}
		if fault.Code(Known(table.Name, "nonsense")) != "unknown_value" {
			t.Errorf("nonsense is a state of %s", table.Name)
		}
	}
}

func TestTheFulfilmentAxisIsDerivedFromTheFacts(t *testing.T) {
	f := func(states ...string) (list []*Fulfilment) {
		for _, s := range states {
			list = append(list, &Fulfilment{Status: s})
		}
		return list
	}
	owed := []BackOrder{{LineNo: 1, Quantity: 1}}
	for _, c := range []struct {
		name        string
		review      string
		cancelled   int64
		fulfilments []*Fulfilment
		owed        []BackOrder
		want        string
	}{
		{"not reviewed", ReviewPending, 0, nil, nil, FulfilmentNone},
		{"held", ReviewHeld, 0, nil, nil, FulfilmentNone},
		{"passed, nowhere yet", ReviewPassed, 0, nil, nil, FulfilmentWaiting},
		{"approved, nowhere yet", ReviewApproved, 0, nil, nil, FulfilmentWaiting},
		{"a node has rejected it", ReviewPassed, 0, f(RejectedBy), nil, FulfilmentWaiting},
		{"all in work", ReviewPassed, 0, f(Picked, Allocated), nil, FulfilmentAllocated},
		{"nothing can be served", ReviewPassed, 0, nil, owed, FulfilmentBackordered},
		{"some in work, some owed", ReviewPassed, 0, f(Released), owed, FulfilmentBackordered},
		{"some has left, some owed", ReviewPassed, 0, f(Shipped), owed, FulfilmentBackordered},
		{"some has left, some in work", ReviewPassed, 0, f(Shipped, Packed), nil, FulfilmentPartial},
		{"all has left", ReviewPassed, 0, f(Shipped, Shipped, Cancelled), nil, FulfilmentShipped},
		{"nothing wanted any more", ReviewPassed, 2, nil, nil, FulfilmentCancelled},
		{"nothing wanted, work called off", ReviewPassed, 2, f(Cancelled), nil, FulfilmentCancelled},
		{"cancelled too late", ReviewPassed, 2, f(Shipped), nil, FulfilmentShipped},
		{"held in the middle of work", ReviewHeld, 0, f(Picked), nil, FulfilmentAllocated},
	} {
		o := &Order{Axes: Axes{Review: c.review}, Lines: []Line{{No: 1, Quantity: 2, Cancelled: c.cancelled}}}
		if got := Derive(o, c.fulfilments, c.owed); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

func TestAnOrderGoesOnWhenItsLastHoldIsLifted(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		o := create(t, d, &Order{Lines: []Line{{No: 1, SKUID: 1, Quantity: 1}}})
		var f *Fulfilment
		first := &Hold{OrderID: o.ID, Reason: "order.hold.manual", Owner: "reviewer", Params: map[string]any{"note": "call"}}
		second := &Hold{OrderID: o.ID, Reason: "review.unpaid", Owner: "customer", Until: dbtest.Noon.UnixMicro()}
		do(t, d, func(tx *db.Tx) error {
			f = &Fulfilment{OrderID: o.ID, NodeID: 1, Status: Allocated}
			AddFulfilment(tx, f)
			return errors.Join(PlaceHold(tx, first), PlaceHold(tx, second))
		})
		live := func() int64 {
			var n int64
			do(t, d, func(tx *db.Tx) error {
				m, err := LockFulfilments(tx, []int64{f.ID})
				n = m[f.ID].Holds
				return err
			})
			return n
		}
		if n := live(); n != 2 || fault.Code(Stopped(n)) != "order.on_hold" {
			t.Errorf("%d holds are live", n)
		}
		do(t, d, func(tx *db.Tx) error {
			lapsed, err := LapsedHolds(tx, tx.Micros(), 10)
			if err != nil || len(lapsed) != 1 || lapsed[0].ID != second.ID {
				return fmt.Errorf("lapsed: %+v, %w", lapsed, err)
			}
			return ReleaseHold(tx, lapsed[0], "system", "")
		})
		do(t, d, func(tx *db.Tx) error {
			h, err := HoldByID(tx, first.ID)
			if err != nil || h.Params["note"] != "call" {
				return fmt.Errorf("%+v, %w", h, err)
			}
			return ReleaseHold(tx, h, "user:ann", "called")
		})
		if n := live(); n != 0 || Stopped(n) != nil {
			t.Errorf("%d holds are live", n)
		}
		err := d.Update(context.Background(), func(tx *db.Tx) error {
			h, err := HoldByID(tx, first.ID)
			if err != nil {
				return err
			}
			return ReleaseHold(tx, h, "user:bob", "")
		})
		if fault.Code(err) != "hold.released" {
			t.Errorf("lifted twice: %v", err)
		}
		do(t, d, func(tx *db.Tx) error {
			all, err := Holds(tx, []int64{o.ID})
			if err == nil && (len(all[o.ID]) != 2 || all[o.ID][0].ReleasedBy != "user:ann" || all[o.ID][0].Note != "called") {
				err = fmt.Errorf("holds: %+v", all[o.ID])
			}
			events, err2 := tx.Timeline(o.ID, 10)
			if len(events) != 4 {
				err = errors.Join(err, err2, fmt.Errorf("%d events", len(events)))
			}
			return err
		})
	})
}
