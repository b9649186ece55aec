package journey

import (
	"context"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/packhorse/packhorse/intake"
	"github.com/packhorse/packhorse/internal/clock"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/db/dbtest"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/order"
	"github.com/packhorse/packhorse/ship"
)

// Whatever people, shops and carriers do, in whatever order: each single thing may be refused, and afterwards
// the books are right, no unit has come from nowhere or gone, and nobody was promised what is not there.
func TestNothingIsLostOrSoldTwiceWhateverHappens(t *testing.T) {
	for _, e := range engines {
		t.Run(e.name, func(t *testing.T) {
			sequences(t, e.tries)
			done := map[string]int{}
			rapid.Check(t, func(rt *rapid.T) {
				o, furnished := e.make(t)
				o.Clock = clock.Fixed(dbtest.Noon)
				d, err := db.Open(context.Background(), o)
				if err != nil {
					rt.Fatal(err)
				}
				defer d.Close()
				zto := &moody{dice: rand.New(rand.NewPCG(rapid.Uint64().Draw(rt, "mood"), 1)), live: map[string]string{}}
				p := &play{house: found(rt, d, map[string]ship.Carrier{"ZTO": zto}), rt: rt, ctx: context.Background(), done: done, in: map[string]int64{}}
				if !furnished {
					p.furnish()
				}
				p.run()
			})
			t.Log(done)
		})
	}
}

// play is one sequence.
type play struct {
	*house
	rt    *rapid.T
	ctx   context.Context
	done  map[string]int   // what happened how often, over all sequences
	in    map[string]int64 // units by SKU that came to us, less what was taken from us, without parcels
	docs  []intake.Document
	story []string      // what was done, for a person who has to find out
	about any           // what was drawn last
	dice  *rand.Rand    // of this step
	forms int           // waybill forms used
	at    time.Duration // of the last scan
}

// run plays as many steps as there are seeds. Each step draws its chances from its own seed, evenly: the chances of
// the library lean to small values, and would hardly get a parcel out of the door.
func (p *play) run() {
	p.dice = rand.New(rand.NewPCG(0, 0))
	for range 12 {
		p.goodsIn()
	}
	acts := p.acts()
	names := slices.Sorted(maps.Keys(acts))
	for i, seed := range rapid.SliceOfN(rapid.Uint64(), 60, 240).Draw(p.rt, "steps") {
		p.dice = rand.New(rand.NewPCG(seed, uint64(i)))
		name := p.choose(names...)
		for range acts[name].often {
			acts[name].do()
		}
	}
	defer p.tell()
	p.clean("at the end")
	p.conserved()
}

// tell writes down what led to a failure: the last things done, each with what it was done to.
func (p *play) tell() {
	if p.rt.Failed() {
		p.rt.Logf("%s", strings.Join(p.story[max(0, len(p.story)-60):], ", "))
	}
}

// did notes what became of something. A fault is an answer; anything else is broken.
func (p *play) did(what string, err error) bool {
	p.t.Helper()
	if _, refused := fault.As(err); err != nil && !refused {
		p.t.Fatalf("%s: %v", what, err)
	}
	if err != nil {
		p.done[what+" refused"]++
		return false
	}
	p.done[what]++
	p.story = append(p.story, fmt.Sprintf("%s (%v)", what, p.about))
	return true
}

// one draws from a list that the database gives.
func one[T any](p *play, sql *db.SQL, args ...any) (v T, ok bool) {
	list := rows[T](p.house, sql, args...)
	if len(list) == 0 {
		return v, false
	}
	v = list[p.dice.IntN(len(list))]
	p.about = v
	return v, true
}

func (p *play) number(low, high int64) int64 { return low + p.dice.Int64N(high-low+1) }

func (p *play) choose(list ...string) string { return list[p.dice.IntN(len(list))] }

var (
	sumOnHand = db.NewSQL(`SELECT CAST(COALESCE(sum(b.on_hand), 0) AS BIGINT) FROM inventory_balance b JOIN catalog_sku s ON s.id = b.sku_id WHERE s.code = $1`)
	sumLeft   = db.NewSQL(`SELECT CAST(COALESCE(sum(l.quantity), 0) AS BIGINT) FROM pack_parcel_line l JOIN ship_shipment h ON h.parcel_id = l.parcel_id
	  JOIN catalog_sku s ON s.id = l.sku_id WHERE s.code = $1 AND h.status IN ('handed_over', 'closed')`)
	// Goods that the customer never had from this order come back too, and what is worth nothing is destroyed.
	sumBack = db.NewSQL(`SELECT CAST(COALESCE(sum(CASE WHEN e.cause = 'scrap' THEN -e.quantity ELSE e.quantity END), 0) AS BIGINT) FROM inventory_entry e
	  JOIN catalog_sku s ON s.id = e.sku_id WHERE s.code = $1 AND e.cause IN ('return', 'return_other', 'scrap')`)
	sumCounted = db.NewSQL(`SELECT CAST(COALESCE(sum(CASE WHEN e.from_location < 0 THEN e.quantity WHEN e.to_location < 0 THEN -e.quantity ELSE 0 END), 0) AS BIGINT)
	  FROM inventory_entry e JOIN catalog_sku s ON s.id = e.sku_id WHERE s.code = $1 AND e.cause = 'count'`)
	selOversold = db.NewSQL(`SELECT sku_id FROM inventory_balance WHERE on_hand - blocked < reserved`)
	selAhead    = db.NewSQL(`SELECT l.order_id FROM order_line l JOIN (SELECT f.order_id, fl.line_no, fl.sku_id, sum(fl.quantity) AS sent FROM order_fulfilment f
	  JOIN order_fulfilment_line fl ON fl.fulfilment_id = f.id WHERE f.status NOT IN ('rejected', 'cancelled') GROUP BY f.order_id, fl.line_no, fl.sku_id) x
	  ON x.order_id = l.order_id AND x.line_no = l.no AND x.sku_id = l.sku_id WHERE x.sent > l.quantity - l.cancelled`)
)

// conserved holds the stock against a diary that the books know nothing of, and the promises against the stock.
func (p *play) conserved() {
	p.t.Helper()
	for _, sku := range goods {
		total := func(sql *db.SQL) int64 { return rows[int64](p.house, sql, sku)[0] }
		want := p.in[sku] - total(sumLeft) + total(sumBack) + total(sumCounted)
		if got := total(sumOnHand); got != want {
			p.t.Errorf("%s: %d stand in the warehouses, but %d came in, %d left, %d came back, counts made %d", sku, got, p.in[sku], total(sumLeft), total(sumBack), total(sumCounted))
		}
	}
	if list := rows[int64](p.house, selOversold); len(list) > 0 {
		p.t.Errorf("oversold: %v", list)
	}
	if list := rows[int64](p.house, selAhead); len(list) > 0 {
		p.t.Errorf("more is sent than was ordered: %v", list)
	}
	for _, o := range rows[string](p.house, selBadAxis, order.FulfilmentShipped) {
		p.t.Errorf("shipped without a parcel on its way: %s", o)
	}
}

var selBadAxis = db.NewSQL(`SELECT h.external_no FROM order_head h WHERE h.fulfilment = $1 AND NOT EXISTS
  (SELECT 1 FROM ship_shipment s WHERE s.order_id = h.id AND s.status IN ('handed_over', 'closed'))`)

// goods are the SKUs that can lie on a shelf.
var goods = []string{"MUG", "TEE", "PEN", "CAKE"}

// form is a pre-printed waybill.
func (p *play) form() string {
	p.forms++
	return fmt.Sprintf("F%04d", p.forms)
}

// moody is a carrier that answers, refuses, or acts and does not tell. It never gives one waybill twice.
type moody struct {
	dice  *rand.Rand
	given int
	live  map[string]string // waybill by reference
}

func (m *moody) Book(_ context.Context, r ship.BookRequest) (ship.Booking, error) {
	mood := m.dice.IntN(6)
	if mood == 0 {
		return ship.Booking{}, ship.ErrBalance
	}
	if m.live[r.Reference] == "" {
		m.given++
		m.live[r.Reference] = fmt.Sprintf("Z%04d", m.given)
	}
	if mood == 1 {
		return ship.Booking{}, ship.ErrUncertain
	}
	return ship.Booking{Waybill: m.live[r.Reference], PriceMinor: 500, Currency: "CNY"}, nil
}

func (m *moody) Find(_ context.Context, reference string) (ship.Booking, bool, error) {
	w := m.live[reference]
	return ship.Booking{Waybill: w}, w != "", nil
}

func (m *moody) Void(_ context.Context, waybill string) error {
	maps.DeleteFunc(m.live, func(_, w string) bool { return w == waybill })
	return nil
}

func (m *moody) Track(context.Context, string) ([]ship.Scan, error) { return nil, nil }
