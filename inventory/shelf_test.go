package inventory_test

import (
	"testing"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/db/dbtest"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/inventory"
)

func TestWhatStandsNowAndStoodBeforeIsReadFromTheBook(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		d.Clock().Advance(60_000_000_000)
		before := d.Clock().Now().UnixMicro()
		d.Clock().Advance(60_000_000_000)
		for _, c := range []inventory.Change{
			{Kind: "adjust_down", SKU: "S1", Node: "N1", Location: "A1", Quantity: 15},
			{Kind: "move", SKU: "S1", Node: "N1", Location: "R1", To: "A2", Quantity: 50},
			{Kind: "receipt", SKU: "S1", Node: "N2", Location: "A2", Quantity: 4},
		} {
			if _, err := w.s.Do(ctx, nil, c); err != nil {
				t.Fatal(err)
			}
		}
		err := d.View(ctx, func(tx *db.Tx) error {
			shelves, err := inventory.ShelvesOf(tx, w.skus[0], []int64{w.nodes[0].ID, w.nodes[1].ID}, 50)
			if err != nil {
				return err
			}
			if got := units(shelves); got != 40-15+10+50+30+4 || len(shelves) != 4 {
				t.Errorf("%d in %+v", got, shelves)
			}
			at, err := inventory.ShelvesAt(tx, w.bins[w.nodes[0].ID][0], 50)
			if err != nil || len(at) != 2 || at[0].OnHand+at[1].OnHand != 25+5 {
				t.Errorf("%+v %v", at, err)
			}
			fills, err := inventory.Fills(tx, []int64{w.bins[w.nodes[0].ID][0]})
			if f := fills[w.bins[w.nodes[0].ID][0]]; err != nil || f != (inventory.Fill{Units: 30, SKUs: 2}) {
				t.Errorf("%+v %v", fills, err)
			}
			ledger, err := inventory.Ledger(tx, w.skus[0], 0, 2)
			if err != nil || len(ledger) != 2 || ledger[0].Cause != "receipt" || ledger[1].Cause != "move" {
				t.Errorf("%+v %v", ledger, err)
			}
			older, err := inventory.Ledger(tx, w.skus[0], ledger[1].ID, 50)
			if err != nil || len(older) != 5 || older[0].Cause != "adjust_down" {
				t.Errorf("%+v %v", older, err)
			}
			then, err := inventory.StandingAt(tx, w.skus[0], before)
			sum := int64(0)
			for _, s := range then {
				sum += s.OnHand
			}
			if err != nil || sum != 40+10+50+30 || len(then) != 4 {
				t.Errorf("%d in %+v %v", sum, then, err)
			}
			return err
		})
		if err != nil {
			t.Error(err)
		}
	})
}

func units(list []inventory.Shelf) (n int64) {
	for _, s := range list {
		n += s.OnHand
	}
	return n
}

func TestACountIsOrderedOnceForEachPlaceAndCalledOffWithoutATrace(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		list, err := w.s.OrderCounts(ctx, nil, inventory.CountOrder{Node: "N1", SKU: "S1", Actor: "user:lin"})
		if err != nil || len(list) != 3 {
			t.Fatalf("%+v %v", list, err)
		}
		if list, err = w.s.OrderCounts(ctx, nil, inventory.CountOrder{Node: "N1", Location: "A1"}); err != nil || len(list) != 1 || list[0].Lot != "L2" {
			t.Errorf("what waits already is not ordered again: %+v %v", list, err)
		}
		for in, code := range map[inventory.CountOrder]string{{Node: "N1"}: "count.what", {Node: "N1", SKU: "S3"}: "count.nothing", {Node: "N9", SKU: "S1"}: "inventory.unknown_node",
			{Node: "N1", SKU: "S9"}: "inventory.unknown_sku", {Node: "N1", Location: "Z9"}: "inventory.unknown_location"} {
			if _, err := w.s.OrderCounts(ctx, nil, in); fault.Code(err) != code {
				t.Errorf("%+v: %v, want %s", in, err, code)
			}
		}
		if _, err := w.s.CancelCount(ctx, nil, list[0].ID, "user:lin"); err != nil {
			t.Error(err)
		}
		if _, err := w.s.CancelCount(ctx, nil, list[0].ID, "user:lin"); fault.Code(err) != "count.closed" {
			t.Errorf("called off twice: %v", err)
		}
		err = d.View(ctx, func(tx *db.Tx) error {
			done, err := inventory.DoneCounts(tx, w.nodes[0].ID, 0, 0, 10)
			if err == nil && (len(done) != 1 || done[0].Status != "cancelled" || done[0].ClosedBy != "user:lin") {
				t.Errorf("%+v", done)
			}
			return err
		})
		if err != nil {
			t.Error(err)
		}
		if err := w.prove(); err != nil {
			t.Error(err)
		}
	})
}
