package inventory_test

import (
	"errors"
	"testing"

	"pgregory.net/rapid"

	"github.com/packhorse/packhorse/internal/clock"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/db/dbtest"
	"github.com/packhorse/packhorse/inventory"
)

func TestNoSequenceOfOperationsBreaksConservation(t *testing.T) {
	for _, engine := range []string{"sqlite", "postgres"} {
		t.Run(engine, func(t *testing.T) {
			o := dbtest.SQLite(t)
			if engine == "postgres" {
				o = dbtest.Postgres(t)
			}
			w := newWorld(t, dbtest.Open(t, o, clock.Fixed(dbtest.Noon)))
			rapid.Check(t, func(rt *rapid.T) {
				for range rapid.IntRange(1, 12).Draw(rt, "steps") {
					w.step(rt)
				}
				if err := w.prove(); err != nil {
					rt.Fatal(err)
				}
			})
		})
	}
}

// step does one random thing; being refused is as good as being done.
func (w *world) step(rt *rapid.T) {
	pick := func(name string, n int) int { return rapid.IntRange(0, n-1).Draw(rt, name) }
	node := w.nodes[pick("node", 2)].ID
	sku := w.skus[pick("sku", 3)]
	q := int64(rapid.IntRange(1, 25).Draw(rt, "quantity"))
	bin := inventory.Place{Node: node, Location: w.bins[node][pick("bin", len(w.bins[node]))], Quality: inventory.Good}
	bad := bin
	bad.Quality = inventory.Defective
	do := func(fn func(tx *db.Tx) error) bool {
		err := w.d.Update(ctx, fn)
		if err != nil && !errors.Is(err, db.ErrGuard) {
			rt.Fatal(err)
		}
		return err == nil
	}
	move := func(from, to inventory.Place) {
		do(func(tx *db.Tx) error {
			return inventory.Post(tx, inventory.Move{SKU: sku, Quantity: q, From: from, To: to, Cause: "test"})
		})
	}
	var some int64 // any fulfilment that lives
	var demands []inventory.Demand
	for f := int64(1); f <= w.next; f++ {
		if ds, ok := w.live[f]; ok && (some == 0 || rapid.Bool().Draw(rt, "later")) {
			some, demands = f, ds
		}
	}
	_ = demands
	held := func(tx *db.Tx, kind string) []inventory.Reservation {
		m, err := inventory.Reservations(tx, []int64{some})
		if err != nil {
			rt.Fatal(err)
		}
		var out []inventory.Reservation
		for _, r := range m[some] {
			if r.Kind == kind {
				out = append(out, r)
			}
		}
		return out
	}
	stage := func(n int64) int64 { return w.stage[n] }
	switch rapid.SampledFrom([]string{"receive", "scrap", "spoil", "move", "promise", "promise", "bind", "bind", "unbind", "pick", "pick", "part", "lose", "put back", "ship", "ship part", "release"}).Draw(rt, "act") {
	case "receive":
		move(inventory.Outside(inventory.Supplier), bin)
	case "scrap":
		move(bin, inventory.Outside(inventory.Scrap))
	case "spoil":
		move(bin, bad)
	case "move":
		other := bin
		other.Location = w.bins[node][0]
		if other != bin {
			move(bin, other)
		}
	case "promise":
		w.next++
		f, second := w.next, w.skus[pick("second", 3)]
		ds := []inventory.Demand{{FulfilmentID: f, Seq: 1, OrderID: f, SKU: sku, Node: node, Quantity: q}, {FulfilmentID: f, Seq: 2, OrderID: f, SKU: second, Node: node, Quantity: 1 + q/3}}
		if do(func(tx *db.Tx) error { return inventory.Promise(tx, ds) }) {
			w.live[f] = ds
		}
	case "bind":
		do(func(tx *db.Tx) error { _, err := inventory.Bind(tx, held(tx, inventory.Soft)); return err })
	case "unbind":
		do(func(tx *db.Tx) error {
			if len(held(tx, inventory.Picked)) == 0 {
				inventory.Unbind(tx, held(tx, inventory.Hard))
			}
			return nil
		})
	case "pick", "part":
		part := rapid.Bool().Draw(rt, "in part")
		do(func(tx *db.Tx) error {
			var taken []inventory.Taken
			for _, r := range held(tx, inventory.Hard) {
				if n := r.Quantity; part && n > 1 {
					taken = append(taken, inventory.Taken{Reservation: r, Quantity: n / 2})
				} else {
					taken = append(taken, inventory.Taken{Reservation: r, Quantity: n})
				}
			}
			inventory.Pick(tx, taken, stage)
			return nil
		})
	case "lose":
		do(func(tx *db.Tx) error {
			if hard := held(tx, inventory.Hard); len(hard) > 0 {
				inventory.Lose(tx, hard[0], w.quar[hard[0].Node])
			}
			return nil
		})
	case "put back":
		do(func(tx *db.Tx) error {
			inventory.PutBack(tx, held(tx, inventory.Picked), func(r inventory.Reservation) inventory.Place {
				return inventory.Place{Node: r.Node, Location: w.bins[r.Node][0], Quality: inventory.Good}
			})
			return nil
		})
	case "ship", "ship part":
		do(func(tx *db.Tx) error {
			var left []inventory.Left
			for i, r := range held(tx, inventory.Picked) {
				n := r.Quantity
				if i == 0 && n > 1 && rapid.Bool().Draw(rt, "half") {
					n /= 2
				}
				left = append(left, inventory.Left{Reservation: r, Quantity: n})
			}
			all, err := inventory.Reservations(tx, []int64{some})
			if err != nil {
				return err
			}
			if len(left) > 1 && rapid.Bool().Draw(rt, "one parcel only") {
				left = left[:1]
			}
			inventory.Consume(tx, left, all)
			return nil
		})
	case "release":
		do(func(tx *db.Tx) error {
			m, err := inventory.Reservations(tx, []int64{some})
			if err != nil {
				return err
			}
			var loose []inventory.Reservation
			for _, r := range m[some] {
				if r.Kind != inventory.Picked {
					loose = append(loose, r)
				}
			}
			inventory.Release(tx, loose)
			return nil
		})
	}
}
