package pick_test

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/packhorse/packhorse/internal/clock"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/db/dbtest"
	"github.com/packhorse/packhorse/inventory"
	"github.com/packhorse/packhorse/order"
	"github.com/packhorse/packhorse/pick"
	"github.com/packhorse/packhorse/wave"
)

// singles makes orders for one unit of a SKU each; the first has to leave last.
func (w *world) singles(sku string, n int) (ids []int64) {
	w.Helper()
	for i := range n {
		w.by = w.clock.Now().Add(time.Duration(100-i) * time.Hour).UnixMicro()
		ids = append(ids, w.allocated(want{sku, 1}))
	}
	return ids
}

// bulk releases fulfilments by shape and gives the walk of totals.
func (w *world) bulk(ids []int64) pick.Detail {
	w.Helper()
	out, err := w.pick.ReleaseWave(ctx, nil, pick.WaveIn{Fulfilments: ids, Method: wave.ByShape, Actor: "user:lin"})
	if err != nil || len(out.Tasks) != 1 {
		w.Fatalf("%+v %v", out, err)
	}
	return w.task(out.Tasks[0])
}

// statuses are those of fulfilments, in order.
func (w *world) statuses(ids []int64) (out []string) {
	for _, key := range ids {
		out = append(out, w.fulfilment(key).Status)
	}
	return out
}

// missing says that a line was not found, as flow does.
func (w *world) missing(task, seq int64) pick.Line {
	w.Helper()
	var l pick.Line
	w.update(func(tx *db.Tx) (err error) {
		if l, err = pick.LineShort(tx, task, seq); err != nil {
			return err
		}
		_, err = w.pick.MarkShort(tx, pick.ShortIn{Fulfilment: w.locked(tx, l.FulfilmentID), Seq: l.Seq, Picker: "wang"})
		return err
	})
	return l
}

// callOff ends fulfilments before they are picked, as flow does.
func (w *world) callOff(keys ...int64) {
	w.Helper()
	w.cancel(keys...)
	w.update(func(tx *db.Tx) error {
		held, err := inventory.Reservations(tx, keys)
		for _, key := range keys {
			inventory.Release(tx, held[key])
			if err == nil {
				err = order.MoveFulfilment(tx, w.locked(tx, key), order.Cancelled)
			}
		}
		return err
	})
}

func TestATotalGoesToTheMostUrgentOrdersAndTheLeastUrgentGoesWithout(t *testing.T) {
	each(t, func(w *world) {
		ids := append(w.singles("BOWL", 4), w.singles("CUP", 2)...)
		d := w.bulk(ids)
		if d.Method != wave.Bulk || len(d.Lines) != 6 || d.Lines[0].FulfilmentID != ids[3] {
			t.Fatalf("%+v", d)
		}
		scan := func(in pick.ScanIn) pick.Answer {
			t.Helper()
			in.TaskID, in.Picker = d.ID, "wang"
			a, err := w.pick.Scan(ctx, nil, in)
			if err != nil {
				t.Fatal(err)
			}
			return a
		}
		if a := scan(pick.ScanIn{Location: "A1-1"}); a.Next.Quantity != 4 || a.Next.SKU != "BOWL" {
			t.Fatalf("%+v", a.Next)
		}
		if a := scan(pick.ScanIn{Location: "A1-1", Item: "6901234567892", Quantity: 5}); a.Accepted || a.Message.Code != "pick.scan.too_many" {
			t.Errorf("%+v", a)
		}
		// Whichever line is named, the total is meant.
		if a := scan(pick.ScanIn{Location: "A1-1", Item: "6901234567892", Quantity: 2, Line: d.Lines[3].Seq}); !a.Accepted || a.Next.Quantity != 2 {
			t.Fatalf("%+v", a)
		}
		if got := w.statuses(ids[:4]); !slices.Equal(got, []string{order.Released, order.Released, order.Picked, order.Picked}) {
			t.Error(got)
		}
		w.callOff(ids[1]) // somebody calls one off while the picker stands there
		if a := scan(pick.ScanIn{Location: "A1-1"}); a.Next.Quantity != 1 {
			t.Errorf("%+v", a.Next)
		}
		if l := w.missing(d.ID, d.Lines[0].Seq); l.FulfilmentID != ids[0] {
			t.Errorf("%d goes without, not the least urgent %d", l.FulfilmentID, ids[0])
		}
		w.clock.Advance(90 * time.Second)
		if a := scan(pick.ScanIn{Location: "A2-2", Item: "cup", Quantity: 2}); a.State != pick.AskNothing {
			t.Errorf("%+v", a)
		}
		over := w.task(d.ID)
		if over.Status != pick.Done || over.WalkedMM < 20_000 || over.StartedAt == 0 {
			t.Errorf("%+v", over.Task)
		}
		w.view(func(tx *db.Tx) error {
			went, err := pick.WentOf(tx, []int64{d.WaveID})
			if x := went[d.WaveID]; x.Walks != 1 || x.Planned != d.Metres || x.Walked != d.Metres || x.Seconds != 90 {
				t.Errorf("the way that was planned was walked: %+v, planned %d m", x, d.Metres)
			}
			return err
		})
		w.even()
	})
}

func TestALateSingleItemJoinsAWalkOfTotals(t *testing.T) {
	each(t, func(w *world) {
		tpl := w.template(wave.Template{Method: wave.ByShape, MaxOrders: 100})
		w.singles("BOWL", 14)
		out := w.releaseOf(tpl)
		if len(out.Tasks) != 1 {
			t.Fatalf("%+v", out)
		}
		before := w.task(out.Tasks[0])
		late := append(w.singles("BOWL", 1), w.allocated(want{"BOWL", 2}))
		joined := w.releaseOf(tpl)
		if len(joined.Joined) != 1 || joined.Joined[0].FulfilmentID != late[0] || joined.Joined[0].ExtraMM != 0 || len(joined.Tasks) != 1 {
			t.Fatalf("%+v", joined)
		}
		if d := w.task(before.ID); len(d.Lines) != 15 || d.Metres != before.Metres || d.Method != wave.Bulk {
			t.Errorf("%+v", d.Task)
		}
		w.even()
	})
}

// Whatever happens on the way, every unit that was found is one order's, and nothing is lost.
func TestAWalkOfTotalsGivesEveryUnitToOneOrder(t *testing.T) {
	d := dbtest.Open(t, dbtest.SQLite(t), clock.Fixed(dbtest.Noon))
	w := open(t, d)
	rapid.Check(t, func(r *rapid.T) {
		ids := append(w.singles("BOWL", rapid.IntRange(2, 7).Draw(r, "bowls")), w.singles("CUP", rapid.IntRange(0, 4).Draw(r, "cups"))...)
		task := w.bulk(ids)
		fate := map[int64]string{}
		for {
			now := w.task(task.ID)
			if now.Status == pick.Done || now.Status == pick.Cancelled {
				break
			}
			open := slices.DeleteFunc(slices.Clone(now.Lines), func(v pick.Visit) bool { return v.Status != pick.Open })
			l := rapid.SampledFrom(open).Draw(r, "line")
			alike := slices.DeleteFunc(open, func(v pick.Visit) bool { return v.SKUID != l.SKUID })
			switch rapid.SampledFrom([]string{"scan", "scan", "short", "cancel"}).Draw(r, "act") {
			case "scan":
				n := rapid.IntRange(1, len(alike)).Draw(r, "units")
				a, err := w.pick.Scan(ctx, nil, pick.ScanIn{TaskID: task.ID, Line: l.Seq, Location: l.Location, Item: l.SKU, Quantity: int64(n), Picker: "wang"})
				if err != nil || !a.Accepted {
					// the code of the SKU is a bar code only where the catalogue has it
					r.Fatalf("%+v %v", a, err)
				}
				for i, v := range byUrgency(w, alike) {
					if i < n {
						fate[v] = order.Picked
					}
				}
			case "short":
				got, last := w.missing(task.ID, l.Seq), byUrgency(w, alike)
				if want := last[len(last)-1]; got.FulfilmentID != want {
					r.Fatalf("%d goes without, the least urgent is %d", got.FulfilmentID, want)
				}
				fate[got.FulfilmentID] = order.Released // flow ends it: nothing of it is left
			case "cancel":
				w.callOff(l.FulfilmentID)
				fate[l.FulfilmentID] = order.Cancelled
			}
		}
		for _, key := range ids {
			if got := w.fulfilment(key).Status; got != fate[key] {
				r.Fatalf("%d is %s, not %s", key, got, fate[key])
			}
			if n := w.kinds(key)["picked"]; n != map[string]int64{order.Picked: 1}[fate[key]] {
				r.Fatalf("%d has %d units at the stage", key, n)
			}
		}
	})
	w.even()
}

// byUrgency are the fulfilments of lines, the most urgent first.
func byUrgency(w *world, lines []pick.Visit) (out []int64) {
	for _, l := range lines {
		out = append(out, l.FulfilmentID)
	}
	slices.SortFunc(out, func(a, b int64) int { return int(w.fulfilment(a).Rank.Due - w.fulfilment(b).Rank.Due) })
	return out
}
