package inventory_test

import (
	"fmt"
	"sync"
	"testing"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/db/dbtest"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/inventory"
	"github.com/packhorse/packhorse/warehouse"
)

func TestReleaseTakesTheLotThatExpiresFirstAndTheFaceBeforeTheReserve(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		n := w.nodes[0].ID
		var got []string
		err := d.Update(ctx, func(tx *db.Tx) error {
			if err := inventory.Promise(tx, []inventory.Demand{{1, 1, 1, w.skus[1], n, 8}, {1, 2, 1, w.skus[0], n, 55}}); err != nil {
				return err
			}
			m, err := inventory.Reservations(tx, []int64{1})
			if err != nil {
				return err
			}
			b, err := inventory.Bind(tx, m[1])
			for _, r := range b.Hard {
				got = append(got, fmt.Sprintf("%s%s:%d", b.Locations[r.Location].Code, r.Lot, r.Quantity))
			}
			return err
		})
		if want := "[A1L2:5 A2L1:3 A1:40 A2:10 R1:5]"; err != nil || fmt.Sprint(got) != want {
			t.Errorf("bound %v, want %s (%v)", got, want, err)
		}
		if err := w.prove(); err != nil {
			t.Error(err)
		}
	})
}

func TestReturnedGoodsAreTakenBeforeOthersOfTheirExpiryOrBeforeAll(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		n := w.nodes[0].ID
		var face, reserve int64
		err := d.Update(ctx, func(tx *db.Tx) error {
			found, err := warehouse.LocationsByCodes(tx, n, []string{"A2", "R1"})
			face, reserve = found["A2"].ID, found["R1"].ID
			back := func(sku int64, lot string, to int64) inventory.Move {
				return inventory.Move{SKU: sku, Lot: lot, Quantity: 2, From: inventory.Outside(inventory.Customer), To: inventory.Place{Node: n, Location: to, Quality: inventory.Good}, Cause: "restock", Ref: 9}
			}
			if err == nil {
				err = inventory.Post(tx, back(w.skus[0], "", reserve), back(w.skus[1], "L1", face))
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range []struct{ rule, want string }{
			{inventory.ReturnedByExpiry, "[A1L2:5 A2L1:3 R1:8]"}, {inventory.ReturnedByAge, "[A2L1:8 R1:8]"}, {inventory.ReturnedByExpiry, "[A1L2:5 A2L1:3 R1:8]"},
		} {
			if got, err := inventory.New(d).SaveReturned(ctx, nil, "user:ann", c.rule); err != nil || got != c.rule {
				t.Fatal(got, err)
			}
			var got []string
			err := d.Update(ctx, func(tx *db.Tx) error {
				if err := inventory.Promise(tx, []inventory.Demand{{1, 1, 1, w.skus[1], n, 8}, {1, 2, 1, w.skus[0], n, 8}}); err != nil {
					return err
				}
				m, err := inventory.Reservations(tx, []int64{1})
				if err != nil {
					return err
				}
				b, err := inventory.Bind(tx, m[1])
				for _, r := range b.Hard {
					got = append(got, fmt.Sprintf("%s%s:%d", b.Locations[r.Location].Code, r.Lot, r.Quantity))
				}
				inventory.Release(tx, b.Hard)
				return err
			})
			if err != nil || fmt.Sprint(got) != c.want {
				t.Errorf("%s: bound %v, want %s (%v)", c.rule, got, c.want, err)
			}
		}
		if _, err := inventory.New(d).SaveReturned(ctx, nil, "user:ann", "luck"); fault.Code(err) != "inventory.returned_rule" {
			t.Error(err)
		}
		if err := w.prove(); err != nil {
			t.Error(err)
		}
	})
}

func TestBuyersRacingForUnitsInMixedOrderAreGrantedExactlyWhatThereIs(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		var wg sync.WaitGroup
		var mu sync.Mutex
		granted := 0
		for i := range 200 {
			wg.Add(1)
			go func() {
				defer wg.Done()
				_, err := w.s.Reserve(ctx, nil, inventory.Demand{SKU: w.skus[i%2*2], Node: w.nodes[1].ID, Quantity: 1})
				if err == nil {
					mu.Lock()
					granted++
					mu.Unlock()
				} else if fault.Code(err) != "inventory.short" {
					t.Error(err)
				}
			}()
		}
		wg.Wait()
		if granted != 90 {
			t.Errorf("granted %d, want 30 of S1 and 60 of S3", granted)
		}
		if err := w.prove(); err != nil {
			t.Error(err)
		}
	})
}

func TestAShortPickBlocksTheMissingAndACountDecides(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		n := w.nodes[1].ID
		var count int64
		err := d.Update(ctx, func(tx *db.Tx) error {
			if err := inventory.Promise(tx, []inventory.Demand{{1, 1, 1, w.skus[2], n, 10}}); err != nil {
				return err
			}
			m, _ := inventory.Reservations(tx, []int64{1})
			b, err := inventory.Bind(tx, m[1])
			if err != nil {
				return err
			}
			inventory.Pick(tx, []inventory.Taken{{Reservation: b.Hard[0], Quantity: 4}}, func(int64) int64 { return w.stage[n] })
			m, err = inventory.Reservations(tx, []int64{1})
			if err != nil {
				return err
			}
			count = inventory.Lose(tx, m[1][0], w.quar[n])
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		if err := w.prove(); err != nil {
			t.Fatal(err)
		}
		free := func() int64 {
			var a map[inventory.Key]int64
			_ = d.View(ctx, func(tx *db.Tx) (err error) { a, err = inventory.Available(tx, w.skus); return err })
			return a[inventory.Key{SKU: w.skus[2], Node: n}]
		}
		if got := free(); got != 50 {
			t.Errorf("available %d after a short pick, want 60 − 4 picked − 6 missing", got)
		}
		if _, err := w.s.CloseCount(ctx, nil, count, 53, "user:counter"); err != nil { // 3 of the 6 stood behind
			t.Fatal(err)
		}
		if got := free(); got != 53 {
			t.Errorf("available %d after the count, want 53", got)
		}
		if err := w.prove(); err != nil {
			t.Error(err)
		}
		if _, err := w.s.CloseCount(ctx, nil, count, 53, "user:counter"); fault.Code(err) != "count.closed" {
			t.Errorf("closing twice: %v", err)
		}
	})
}

func TestWhatIsNotThereOrPromisedCannotBeTaken(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		err := d.Update(ctx, func(tx *db.Tx) error {
			return inventory.Promise(tx, []inventory.Demand{{1, 1, 1, w.skus[2], w.nodes[1].ID, 50}})
		})
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range []struct {
			change inventory.Change
			code   string
		}{
			{inventory.Change{Kind: "adjust_down", SKU: "S3", Node: "N2", Location: "A2", Quantity: 61}, "inventory.too_few"},
			{inventory.Change{Kind: "adjust_down", SKU: "S3", Node: "N2", Location: "A2", Quantity: 11}, "inventory.promised"},
			{inventory.Change{Kind: "quality", SKU: "S3", Node: "N2", Location: "A2", Quantity: 11, Becomes: "defective"}, "inventory.promised"},
			{inventory.Change{Kind: "adjust_down", SKU: "S3", Node: "N2", Location: "A2", Quantity: 10}, ""},
			{inventory.Change{Kind: "move", SKU: "S3", Node: "N2", Location: "A2", To: "A1", Quantity: 50}, ""},
		} {
			if _, err := w.s.Do(ctx, nil, c.change); fault.Code(err) != c.code {
				t.Errorf("%s %d: %v, want %q", c.change.Kind, c.change.Quantity, err, c.code)
			}
		}
		if err := w.prove(); err != nil {
			t.Error(err)
		}
	})
}

func TestAChannelSeesWhatItsBufferLeaves(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		for _, b := range []inventory.Buffer{{"web", 0, 5, 0}, {"web", w.skus[0], 0, 10}} {
			if _, err := w.s.SaveBuffer(ctx, nil, "user:ann", b); err != nil {
				t.Fatal(err)
			}
		}
		var web, other []inventory.Offer
		_ = d.View(ctx, func(tx *db.Tx) (err error) {
			web, err = inventory.Offers(tx, "web", w.skus)
			if err == nil {
				other, err = inventory.Offers(tx, "shop", w.skus)
			}
			return err
		})
		if web[0].Offered != 117 || web[2].Offered != 55 || other[0].Offered != 130 || web[1].Available != 25 {
			t.Errorf("web %+v, other %+v", web, other)
		}
	})
}
