package pack_test

import (
	"slices"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/packhorse/packhorse/internal/clock"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/db/dbtest"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/inventory"
	"github.com/packhorse/packhorse/order"
	"github.com/packhorse/packhorse/pack"
	"github.com/packhorse/packhorse/pack/packtest"
)

// calledOff ends a picked fulfilment as flow does: its goods are put aside, and whoever has them in hand is told.
func calledOff(t testing.TB, d *db.DB, f *order.Fulfilment) {
	t.Helper()
	err := d.Update(t.Context(), func(tx *db.Tx) error {
		locked, err := order.LockFulfilments(tx, []int64{f.ID})
		if err != nil {
			return err
		}
		order.AddStop(tx, &order.Stop{OrderID: f.OrderID, FulfilmentID: f.ID, Reason: order.StopCancelled, Actor: "user:ann", Params: map[string]any{"bin": "Q"}})
		held, err := inventory.Reservations(tx, []int64{f.ID})
		inventory.Release(tx, held[f.ID])
		if err == nil {
			err = order.MoveFulfilment(tx, locked[f.ID], order.Cancelled)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestAnItemOpensTheOrderThatHasToLeaveFirst(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w, s := packtest.New(t, d), pack.New(d)
		task, fs := w.Bulk(t, "MUG", "MUG", "MUG", "TEE")
		open := func(table, item string) pack.Opened {
			t.Helper()
			out, err := s.Open(t.Context(), nil, pack.OpenIn{TaskID: task, Item: item, Table: table, Packer: "user:wang"})
			if err != nil {
				t.Fatal(err)
			}
			return out
		}
		if got := open("T1", "6901234567892"); got.FulfilmentID != fs[0].ID || got.Left != 2 || got.Waiting != 3 {
			t.Errorf("%+v", got)
		}
		if got := open("T1", "6901234567892"); got.FulfilmentID != fs[0].ID {
			t.Errorf("the same item scanned again is another order's: %+v", got)
		}
		if got := open("T2", "MUG"); got.FulfilmentID != fs[1].ID || got.Left != 1 {
			t.Errorf("%+v", got)
		}
		if got := open("T1", "TEE"); got.FulfilmentID != fs[3].ID {
			t.Errorf("%+v", got)
		}
		if got := open("T3", "MUG"); got.FulfilmentID != fs[0].ID {
			t.Errorf("what T1 has put back is nobody's: %+v", got)
		}
		calledOff(t, d, fs[2])
		if _, err := s.Pack(t.Context(), nil, pack.In{FulfilmentID: fs[1].ID, Scans: []string{"MUG"}}); err != nil {
			t.Fatal(err)
		}
		if got := open("T2", "MUG"); got.FulfilmentID != 0 || got.Message.Code != order.StopCancelled || got.Message.Params["bin"] != "Q" {
			t.Errorf("%+v", got)
		}
		if got := open("T2", "MUG"); got.Message.Code != "pack.table.nobody" {
			t.Errorf("one item too many: %+v", got)
		}
		d.Clock().Advance(16 * time.Minute)
		if got := open("T2", "MUG"); got.FulfilmentID != fs[0].ID {
			t.Errorf("what a table has left standing: %+v", got)
		}
		w.Hold(t, fs[0].OrderID)
		if got := open("T3", "MUG"); got.Message.Code != "pack.table.held" {
			t.Errorf("%+v", got)
		}
	})
}

func TestOnlyGoodsOfAWalkOfTotalsOpenOrders(t *testing.T) {
	d := dbtest.Open(t, dbtest.SQLite(t), clock.Fixed(dbtest.Noon))
	w, s := packtest.New(t, d), pack.New(d)
	task, _ := w.Bulk(t, "MUG", "MUG")
	for item, code := range map[string]string{"": "pack.unknown_scan", "4711": "pack.unknown_scan", "TEE": "pack.not_of_walk"} {
		if _, err := s.Open(t.Context(), nil, pack.OpenIn{TaskID: task, Item: item, Table: "T1"}); fault.Code(err) != code {
			t.Errorf("%q: %v", item, err)
		}
	}
	if _, err := s.Open(t.Context(), nil, pack.OpenIn{TaskID: 1, Item: "MUG", Table: "T1"}); fault.Code(err) != "pick.no_task" {
		t.Error(err)
	}
}

// On PostgreSQL the tables scan at the same moment.
func TestTwoTablesNeverGetTheSameOrderForTwoItems(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := packtest.New(t, d)
		skus := slices.Repeat([]string{"MUG", "TEE"}, 8)
		task, fs := w.Bulk(t, skus...)
		var mu sync.Mutex
		packed := map[int64]int{}
		var wg sync.WaitGroup
		for _, table := range []string{"T1", "T2"} {
			s := pack.New(d)
			wg.Go(func() {
				for _, sku := range skus[:8] {
					out, err := s.Open(t.Context(), nil, pack.OpenIn{TaskID: task, Item: sku, Table: table, Packer: "user:" + table})
					if err != nil || out.FulfilmentID == 0 {
						t.Errorf("%s: %+v %v", table, out, err)
						return
					}
					if _, err := s.Pack(t.Context(), nil, pack.In{FulfilmentID: out.FulfilmentID, Scans: []string{sku}}); err != nil {
						t.Errorf("%s had no item for itself: %v", table, err)
					}
					mu.Lock()
					packed[out.FulfilmentID]++
					mu.Unlock()
				}
			})
		}
		wg.Wait()
		for _, f := range fs {
			if packed[f.ID] != 1 {
				t.Errorf("%d was opened %d times", f.ID, packed[f.ID])
			}
		}
	})
}

// As many items as the walk brought leave the tote, each for one order or aside, whatever tables do and whoever calls off.
func TestEveryItemOfAToteIsOneOrdersOrIsPutAside(t *testing.T) {
	d := dbtest.Open(t, dbtest.SQLite(t), clock.Fixed(dbtest.Noon))
	w, s := packtest.New(t, d), pack.New(d)
	rapid.Check(t, func(r *rapid.T) {
		mugs, tees := rapid.IntRange(2, 4).Draw(r, "mugs"), rapid.IntRange(0, 3).Draw(r, "tees")
		task, fs := w.Bulk(t, append(slices.Repeat([]string{"MUG"}, mugs), slices.Repeat([]string{"TEE"}, tees)...)...)
		tote := map[string]int{"MUG": mugs, "TEE": tees}
		hands := map[string]int64{} // order by table
		item := map[string]string{}
		aside, done := 0, map[int64]bool{}
		alive := slices.Clone(fs)
		for tote["MUG"]+tote["TEE"]+len(hands) > 0 {
			table := rapid.SampledFrom([]string{"T1", "T2"}).Draw(r, "table")
			switch act := rapid.IntRange(0, 5).Draw(r, "act"); {
			case act == 0 && len(alive) > 0:
				f := rapid.SampledFrom(alive).Draw(r, "order")
				if w.Reload(t, f.ID).Status == order.Picked {
					calledOff(t, d, f)
				}
				alive = slices.DeleteFunc(alive, func(x *order.Fulfilment) bool { return x.ID == f.ID })
			case hands[table] == 0:
				sku := rapid.SampledFrom([]string{"MUG", "TEE"}).Draw(r, "sku")
				if tote[sku] == 0 {
					continue
				}
				tote[sku]--
				out, err := s.Open(t.Context(), nil, pack.OpenIn{TaskID: task, Item: sku, Table: table, Packer: "user:" + table})
				if err != nil {
					r.Fatal(err)
				}
				if out.FulfilmentID == 0 {
					if out.Message.Code != order.StopCancelled {
						r.Fatalf("an item of nobody: %+v", out)
					}
					aside++
					continue
				}
				for other, key := range hands {
					if key == out.FulfilmentID {
						r.Fatalf("%d is open at %s and %s", key, other, table)
					}
				}
				hands[table], item[table] = out.FulfilmentID, sku
			default:
				_, err := s.Pack(t.Context(), nil, pack.In{FulfilmentID: hands[table], Scans: []string{item[table]}})
				switch {
				case err == nil && !done[hands[table]]:
					done[hands[table]] = true
				case fault.Code(err) == order.StopCancelled:
					tote[item[table]]++ // called off while it was open: the item may be another's
				default:
					r.Fatalf("%d: %v", hands[table], err)
				}
				delete(hands, table)
			}
		}
		if len(done)+aside != len(fs) {
			r.Fatalf("of %d items %d were packed and %d put aside", len(fs), len(done), aside)
		}
	})
}
