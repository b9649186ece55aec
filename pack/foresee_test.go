package pack

import (
	"sync"
	"testing"
	"time"

	"github.com/packhorse/packhorse/catalog"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/db/dbtest"
	"github.com/packhorse/packhorse/pack/packtest"
)

func TestWhatIsPackedWasChosenWhenItWasReleased(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := packtest.New(t, d)
		f := w.Picked(t, packtest.Of("A", "B"))[0]
		var k *choice
		err := d.Update(t.Context(), func(tx *db.Tx) error {
			skus, err := catalog.ByIDs(tx, []int64{f.Lines[0].SKUID, f.Lines[1].SKUID})
			if err != nil {
				return err
			}
			if err := Foresee(tx, f, skus); err != nil {
				return err
			}
			b, err := openBench(tx)
			if err != nil {
				return err
			}
			book := &book{bench: b, skus: skus}
			c := book.contents(f)
			c.list = promisedOf(f)
			p, _ := b.problem(c)
			k = b.choices.of(p)
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		for end := time.Now().Add(10 * time.Second); ; time.Sleep(time.Millisecond) {
			k.mu.Lock()
			chosen := k.best
			k.mu.Unlock()
			if chosen != nil {
				break
			}
			if time.Now().After(end) {
				t.Fatal("nothing was chosen ahead")
			}
		}
		out, err := New(d).Pack(t.Context(), nil, In{FulfilmentID: f.ID})
		if err != nil {
			t.Fatal(err)
		}
		if len(out.Parcels) != len(k.best.Parcels) || out.Parcels[0].Carton != k.best.Parcels[0].Carton {
			t.Errorf("packed %+v, foreseen %+v", out.Parcels, k.best.Parcels)
		}
	})
}

func TestForesightIsBoundedAndLosesNothingItTook(t *testing.T) {
	var s foresight
	var done sync.WaitGroup
	hold := make(chan struct{})
	done.Add(1)
	s.add(func() { <-hold; done.Done(); panic("one that cannot be chosen") })
	for s.mu.Lock(); len(s.waiting) > 0; s.mu.Lock() { // the first is in hand
		s.mu.Unlock()
		time.Sleep(time.Millisecond)
	}
	s.mu.Unlock()
	ran := 0
	done.Add(mostForeseen)
	for range mostForeseen + 100 {
		s.add(func() { ran++; done.Done() })
	}
	close(hold)
	done.Wait()
	if ran != mostForeseen {
		t.Errorf("%d ran", ran)
	}
}
