package allocation_test

import (
	"testing"

	"github.com/packhorse/packhorse/allocation"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/db/dbtest"
	"github.com/packhorse/packhorse/internal/fault"
)

func TestAnOutlookSaysOfEveryNodeWhatItHasAndWhyItShipsNothingAndPromisesNothing(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		y := newYard(t, d, 2, 0)
		y.stock(nodeHZ, 0, 1)
		o := y.order(true, ask{0, 3}, ask{1, 1})
		y.add(o)
		y.step()
		y.want(o, "backordered 1:1×1 owed 1×2=allocation.waits.short owed 2×1=allocation.waits.short")
		before, err := y.svc.Outlook(t.Context(), o.ID, allocation.Scope{})
		if err != nil || before.Units != 3 || len(before.Missing) != 2 || before.Candidates[0].Ships != 0 || before.Candidates[0].Why.Code == "" {
			t.Fatalf("%+v %v", before, err)
		}
		y.stock(nodeGZ, 0, 2)
		got, err := y.svc.Outlook(t.Context(), o.ID, allocation.Scope{})
		if err != nil || got.Units != 3 || len(got.Missing) != 1 {
			t.Fatalf("%+v %v", got, err)
		}
		if c := got.Candidates[0]; c.Have != 2 || c.Ships != 2 || c.Why.Code != "" {
			t.Errorf("the best is %+v", c)
		}
		for _, c := range got.Candidates[1:] {
			if c.Ships != 0 || c.Why.Code == "" {
				t.Errorf("%+v ships nothing, and nothing says why", c)
			}
		}
		y.want(o, "backordered 1:1×1 owed 1×2=allocation.waits.short owed 2×1=allocation.waits.short")

		placed, err := y.svc.Again(t.Context(), nil, o.ID)
		if err != nil || !placed.Served {
			t.Fatalf("%+v %v", placed, err)
		}
		y.want(o, "backordered 1:1×1 2:1×2 owed 2×1=allocation.waits.short")
		y.stock(nodeHZ, 1, 1)
		if placed, err = y.svc.Again(t.Context(), nil, o.ID); err != nil || placed.Fulfilment != "allocated" {
			t.Fatalf("%+v %v", placed, err)
		}
		if _, err := y.svc.Again(t.Context(), nil, o.ID); fault.Code(err) != "allocation.not_waiting" {
			t.Error(err)
		}
		if done, err := y.svc.Outlook(t.Context(), o.ID, allocation.Scope{}); err != nil || done.Units != 0 || len(done.Candidates) != 0 {
			t.Errorf("nothing is left, but %+v %v", done, err)
		}
		if _, err := y.svc.Outlook(t.Context(), 1, allocation.Scope{}); fault.Code(err) != "order.not_found" {
			t.Error(err)
		}
	})
}
