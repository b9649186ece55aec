package inventory

import (
	"maps"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/db/dbtest"
	"github.com/packhorse/packhorse/internal/id"
)

// ledger reads all of it.
func ledger(t *testing.T, d *db.DB) (list []Entry) {
	t.Helper()
	err := d.View(t.Context(), func(tx *db.Tx) (err error) {
		list, err = db.All(tx.Query(selCut, int64(0), int64(math.MaxInt64)), scanEntry)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	slices.Reverse(list)
	return list
}

// standing is what a ledger leaves on each side inside up to a moment, which is the last that counts.
func standing(list []Entry, at int64) map[side]int64 {
	sums := map[side]int64{}
	for _, e := range list {
		if e.At <= at {
			sums[e.from()] -= e.Quantity
			sums[e.to()] += e.Quantity
		}
	}
	maps.DeleteFunc(sums, func(s side, q int64) bool { return q == 0 || s.location < 0 })
	return sums
}

// wander moves goods about for some days, two hours each time: what comes back and what is put on a shelf is booked as such.
func wander(t *testing.T, d *db.DB, dice *rand.Rand, moves int) {
	t.Helper()
	causes := []string{"receipt", "move", "ship", "return", "restock", "count"}
	stands := map[side]int64{}
	for range moves {
		d.Clock().Advance(2 * time.Hour)
		to := Place{Node: 1, Location: 1 + dice.Int64N(3), Container: dice.Int64N(2), Quality: []string{Good, Quarantine}[dice.IntN(2)]}
		from, sku, quantity := Outside(Supplier), 1+dice.Int64N(2), 1+dice.Int64N(5)
		if list := slices.SortedFunc(maps.Keys(stands), side.compare); len(list) > 0 && dice.IntN(3) > 0 {
			s := list[dice.IntN(len(list))]
			from, sku, quantity = Place{Node: 1, Location: s.location, Container: s.container, Quality: s.quality}, s.sku, 1+dice.Int64N(stands[s])
			if dice.IntN(3) == 0 {
				to = Outside(Customer)
			}
		}
		if from == to {
			continue
		}
		m := Move{SKU: sku, Quantity: quantity, From: from, To: to, Cause: causes[dice.IntN(len(causes))]}
		if err := d.Update(t.Context(), func(tx *db.Tx) error { return Post(tx, m) }); err != nil {
			t.Fatal(err)
		}
		stands = standing(ledger(t, d), math.MaxInt64)
	}
}

// fold folds what is older than a moment in pages, the first of them twice.
func fold(t *testing.T, d *db.DB, before int64, page int) (folded int) {
	t.Helper()
	var ids []int64
	err := d.View(t.Context(), func(tx *db.Tx) error {
		list, err := Foldable(tx, before, 0, 10_000)
		for _, e := range list {
			ids = append(ids, e.ID)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	pages := slices.Collect(slices.Chunk(ids, page))
	for _, p := range append(pages[:min(1, len(pages)):min(1, len(pages))], pages...) {
		if err := d.Update(t.Context(), func(tx *db.Tx) error { return Fold(tx, before, p) }); err != nil {
			t.Fatal(err)
		}
	}
	return len(ids)
}

func TestAFoldedLedgerAddsUpToTheSameStockFromTheCutOn(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		dice := rand.New(rand.NewPCG(4, 2))
		wander(t, d, dice, 120)
		for _, days := range []int{3, 3, 7} { // the same day twice, and a later one that takes the opening balances along
			whole := ledger(t, d)
			cut := dbtest.Noon.Truncate(24*time.Hour).AddDate(0, 0, days)
			n := fold(t, d, cut.UnixMicro(), 7)
			rest := ledger(t, d)
			for at := cut.Add(-time.Microsecond); at.Before(d.Clock().Now().Add(time.Hour)); at = at.Add(5 * time.Hour) {
				if had, have := standing(whole, at.UnixMicro()), standing(rest, at.UnixMicro()); !maps.Equal(had, have) {
					t.Fatalf("%d days, at %s: %v, was %v", days, at, have, had)
				}
			}
			old, openings := 0, 0
			for _, e := range rest {
				if e.Cause == opened {
					openings++
				} else if e.At < cut.UnixMicro() {
					old++
					if e.Cause != "return" && e.Cause != "restock" {
						t.Errorf("%+v is left", e)
					}
				}
				if e.Cause == opened && (id.Micros(e.ID)/1000 != (cut.UnixMicro()-1)/1000 || e.At != cut.UnixMicro()-1) {
					t.Errorf("%+v does not stand at the cut", e)
				}
			}
			if len(rest) > len(whole) || old == 0 || openings == 0 || openings > 2*3*2*2 {
				t.Errorf("%d entries of %d, %d old ones and %d openings", len(rest), len(whole), old, openings)
			}
			t.Logf("%d days: %d entries folded into %d", days, n, openings)
		}
	})
}
