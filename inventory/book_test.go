package inventory_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"

	"pgregory.net/rapid"

	"github.com/packhorse/packhorse/catalog"
	"github.com/packhorse/packhorse/internal/clock"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/db/dbtest"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/sheet"
	"github.com/packhorse/packhorse/inventory"
	"github.com/packhorse/packhorse/warehouse"
)

var ctx = context.Background()

// world is two nodes with a few bins, three SKUs, and what a test remembers of them.
type world struct {
	t     testing.TB
	d     *db.DB
	s     *inventory.Service
	nodes []warehouse.Node
	skus  []int64
	bins  map[int64][]int64 // node → pick and reserve locations
	quar  map[int64]int64
	stage map[int64]int64
	next  int64
	live  map[int64][]inventory.Demand
}

func table(t testing.TB, text string) *sheet.Reader {
	t.Helper()
	r, err := sheet.Open("t.csv", strings.NewReader(text), int64(len(text)), sheet.DefaultLimits())
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func imported(t testing.TB, a sheet.Answer, err error) sheet.Answer {
	t.Helper()
	if err != nil || len(a.Rejected) > 0 {
		t.Fatal(err, a.Rejected)
	}
	return a
}

const stockFile = "warehouse,location,sku,quality,lot,expires_on,quantity\n" +
	"N1,A1,S1,good,,,40\nN1,A2,S1,good,,,10\nN1,R1,S1,good,,,50\nN1,A2,S2,good,L1,2027-01-01,20\nN1,A1,S2,good,L2,2026-06-01,5\n" +
	"N2,A1,S1,good,,,30\nN2,A1,S2,defective,,,7\nN2,A2,S3,good,,,60\n"

func newWorld(t testing.TB, d *db.DB) *world {
	t.Helper()
	w := &world{t: t, d: d, s: inventory.New(d), bins: map[int64][]int64{}, quar: map[int64]int64{}, stage: map[int64]int64{}, live: map[int64][]inventory.Demand{}}
	wh, cat := warehouse.New(d, "CNY"), catalog.New(d, "CNY")
	a, err := wh.ImportWarehouses(ctx, table(t, "code,name,timezone,country,province,city,lat,lng\nN1,One,Asia/Shanghai,CN,浙江省,嘉兴市,30.7,120.7\nN2,Two,Asia/Shanghai,CN,广东省,东莞市,23,113.7\n"), false, nil)
	imported(t, a, err)
	a, err = wh.ImportLocations(ctx, table(t, "warehouse,location,kind,pick_seq\nN1,A1,pick,1\nN1,A2,pick,2\nN1,R1,reserve,9\nN2,A1,pick,1\nN2,A2,pick,2\n"), false, nil)
	imported(t, a, err)
	a, err = cat.ImportSKUs(ctx, table(t, "sku,title\nS1,one\nS2,two\nS3,three\n"), false, nil)
	imported(t, a, err)
	a, err = w.s.ImportStock(ctx, table(t, stockFile), false, nil)
	imported(t, a, err)
	err = d.Update(ctx, func(tx *db.Tx) error {
		var err error
		if w.nodes, err = warehouse.Nodes(tx); err != nil {
			return err
		}
		for _, n := range w.nodes {
			found, err := warehouse.LocationsByCodes(tx, n.ID, []string{"A1", "A2", "R1"})
			if err != nil {
				return err
			}
			for _, code := range []string{"A1", "A2", "R1"} {
				if l, ok := found[code]; ok {
					w.bins[n.ID] = append(w.bins[n.ID], l.ID)
				}
			}
			q, err := warehouse.Quarantine(tx, n.ID)
			if err != nil {
				return err
			}
			s, err := warehouse.Stage(tx, n.ID)
			if err != nil {
				return err
			}
			w.quar[n.ID], w.stage[n.ID] = q.ID, s.ID
		}
		skus, err := catalog.ByCodes(tx, []string{"S1", "S2", "S3"})
		w.skus = []int64{skus["S1"].ID, skus["S2"].ID, skus["S3"].ID}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return w
}

var (
	sumBook = db.NewSQL(`SELECT location, container, sku_id, lot, quality, CAST(sum(q) AS BIGINT) FROM (
	  SELECT to_location AS location, to_container AS container, sku_id, lot, to_quality AS quality, quantity AS q FROM inventory_entry WHERE to_location > 0
	  UNION ALL SELECT from_location, from_container, sku_id, lot, from_quality, -quantity FROM inventory_entry WHERE from_location > 0) e
	  GROUP BY location, container, sku_id, lot, quality ORDER BY 1, 2, 3, 4, 5`)
	allStock    = db.NewSQL(`SELECT location_id, container, sku_id, lot, quality, on_hand, reserved, node_id FROM inventory_stock`)
	allBalances = db.NewSQL(`SELECT sku_id, node_id, on_hand, reserved, blocked FROM inventory_balance`)
	allReserved = db.NewSQL(`SELECT sku_id, node_id, location_id, container, lot, quantity, kind FROM inventory_reservation`)
)

// prove recomputes every figure from the ledger and the reservations, independently of the code under test.
func (w *world) prove() error {
	type side struct {
		location, container, sku int64
		lot, quality             string
	}
	type key struct{ sku, node int64 }
	return w.d.View(ctx, func(tx *db.Tx) error {
		ledger, held, onHand, blocked, promised := map[side]int64{}, map[side]int64{}, map[key]int64{}, map[key]int64{}, map[key]int64{}
		rows := tx.Query(sumBook)
		for rows.Next() {
			var s side
			var q int64
			rows.Scan(&s.location, &s.container, &s.sku, &s.lot, &s.quality, &q)
			if q < 0 {
				return fmt.Errorf("the ledger of %+v is %d", s, q)
			}
			ledger[s] = q
		}
		if err := rows.Close(); err != nil {
			return err
		}
		rows = tx.Query(allReserved)
		for rows.Next() {
			var k key
			var s side
			var q int64
			var kind string
			rows.Scan(&k.sku, &k.node, &s.location, &s.container, &s.lot, &q, &kind)
			promised[k] += q
			if kind != inventory.Soft {
				s.sku, s.quality = k.sku, inventory.Good
				held[s] += q
			}
		}
		if err := rows.Close(); err != nil {
			return err
		}
		rows = tx.Query(allStock)
		for rows.Next() {
			var s side
			var q, r, node int64
			rows.Scan(&s.location, &s.container, &s.sku, &s.lot, &s.quality, &q, &r, &node)
			if ledger[s] != q || held[s] != r || r > q {
				return fmt.Errorf("%+v holds %d (ledger %d), reserved %d (reservations %d)", s, q, ledger[s], r, held[s])
			}
			delete(ledger, s)
			delete(held, s)
			onHand[key{s.sku, node}] += q
			if s.quality != inventory.Good {
				blocked[key{s.sku, node}] += q
			}
		}
		if err := rows.Close(); err != nil {
			return err
		}
		for s, q := range ledger {
			if q != 0 {
				return fmt.Errorf("%+v should hold %d and has no row", s, q)
			}
		}
		if len(held) > 0 {
			return fmt.Errorf("reservations of nothing: %v", held)
		}
		rows = tx.Query(allBalances)
		for rows.Next() {
			var k key
			var h, r, b int64
			rows.Scan(&k.sku, &k.node, &h, &r, &b)
			if h != onHand[k] || r != promised[k] || b != blocked[k] || r > h-b {
				return fmt.Errorf("balance %+v: on hand %d (%d), reserved %d (%d), blocked %d (%d)", k, h, onHand[k], r, promised[k], b, blocked[k])
			}
			delete(onHand, k)
		}
		for k, q := range onHand {
			if q != 0 {
				return fmt.Errorf("%+v stands there without a balance: %d", k, q)
			}
		}
		return rows.Close()
	})
}

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

func TestAStockFileTwiceChangesNothingTheSecondTime(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		a, err := w.s.ImportStock(ctx, table(t, stockFile), false, nil)
		imported(t, a, err)
		if a.Created != 0 || a.Updated != 0 || a.Unchanged != 8 {
			t.Errorf("second import: %+v", a)
		}
		more := strings.Replace(stockFile, "N1,A1,S1,good,,,40", "N1,A1,S1,good,,,35", 1) + "N9,A1,S1,good,,,1\nN1,ZZ,S1,good,,,1\nN1,A1,S9,good,,,1\nN1,A1,S1,odd,,,1\nN1,A1,S3,good,,,-1\n"
		a, err = w.s.ImportStock(ctx, table(t, more), false, nil)
		if err != nil || a.Updated != 1 || len(a.Rejected) != 5 {
			t.Errorf("third import: %+v %v", a, err)
		}
		if err := w.prove(); err != nil {
			t.Error(err)
		}
	})
}

func TestAStockFileCannotTakeWhatIsPromised(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		err := d.Update(ctx, func(tx *db.Tx) error {
			return inventory.Promise(tx, []inventory.Demand{{1, 1, 1, w.skus[2], w.nodes[1].ID, 50}})
		})
		if err != nil {
			t.Fatal(err)
		}
		file := "warehouse,location,sku,quality,quantity\nN2,A2,S3,good,20\nN2,A1,S3,defective,30\nN2,A1,S1,good,31\n"
		a, err := w.s.ImportStock(ctx, table(t, file), false, nil)
		if err != nil || len(a.Rejected) != 1 || a.Rejected[0].Code != "inventory.promised" || a.Created != 1 || a.Updated != 1 {
			t.Errorf("%+v %v", a, err)
		}
		if err := w.prove(); err != nil {
			t.Error(err)
		}
	})
}

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
