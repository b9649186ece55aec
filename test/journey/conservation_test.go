package journey

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/packhorse/packhorse/intake"
	"github.com/packhorse/packhorse/internal/clock"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/db/dbtest"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/order"
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
				p := &play{house: found(rt, d, nil), rt: rt, ctx: context.Background(), done: done, in: map[string]int64{}}
				p.worker, p.carriers = nil, map[string]int{}
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
	rt       *rapid.T
	ctx      context.Context
	done     map[string]int // what happened how often, over all sequences
	carriers map[string]int
	in       map[string]int64 // units by SKU that came to us, less what was taken from us, without parcels
	docs     []intake.Document
	at       time.Duration
}

func (p *play) run() {
	for range 8 {
		p.goodsIn()
	}
	acts := p.acts()
	names := slices.Sorted(maps.Keys(acts))
	for range rapid.IntRange(10, 90).Draw(p.rt, "steps") {
		name := rapid.SampledFrom(names).Draw(p.rt, "act")
		for range acts[name].often {
			acts[name].do()
		}
	}
	p.clean("at the end")
	p.conserved()
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
	return true
}

// one draws from a list that the database gives.
func one[T any](p *play, sql *db.SQL, args ...any) (v T, ok bool) {
	list := rows[T](p.house, sql, args...)
	if len(list) == 0 {
		return v, false
	}
	return list[rapid.IntRange(0, len(list)-1).Draw(p.rt, "which")], true
}

func (p *play) number(low, high int64) int64 { return rapid.Int64Range(low, high).Draw(p.rt, "n") }

func (p *play) choose(list ...string) string { return rapid.SampledFrom(list).Draw(p.rt, "choice") }

var (
	sumOnHand = db.NewSQL(`SELECT CAST(COALESCE(sum(b.on_hand), 0) AS BIGINT) FROM inventory_balance b JOIN catalog_sku s ON s.id = b.sku_id WHERE s.code = $1`)
	sumLeft   = db.NewSQL(`SELECT CAST(COALESCE(sum(l.quantity), 0) AS BIGINT) FROM pack_parcel_line l JOIN ship_shipment h ON h.parcel_id = l.parcel_id
	  JOIN catalog_sku s ON s.id = l.sku_id WHERE s.code = $1 AND h.status IN ('handed_over', 'closed')`)
	sumBack = db.NewSQL(`SELECT CAST(COALESCE(sum(e.quantity), 0) AS BIGINT) FROM inventory_entry e JOIN catalog_sku s ON s.id = e.sku_id
	  WHERE s.code = $1 AND e.cause = 'return'`)
	sumCounted = db.NewSQL(`SELECT CAST(COALESCE(sum(CASE WHEN e.from_location < 0 THEN e.quantity WHEN e.to_location < 0 THEN -e.quantity ELSE 0 END), 0) AS BIGINT)
	  FROM inventory_entry e JOIN catalog_sku s ON s.id = e.sku_id WHERE s.code = $1 AND e.cause = 'count'`)
	selOversold = db.NewSQL(`SELECT sku_id FROM inventory_balance WHERE on_hand - blocked < reserved`)
	selAhead    = db.NewSQL(`SELECT l.order_id FROM order_line l JOIN (SELECT f.order_id, fl.line_no, fl.sku_id, sum(fl.quantity) AS sent FROM order_fulfilment f
	  JOIN order_fulfilment_line fl ON fl.fulfilment_id = f.id WHERE f.status NOT IN ('rejected', 'cancelled') GROUP BY f.order_id, fl.line_no, fl.sku_id) x
	  ON x.order_id = l.order_id AND x.line_no = l.line_no AND x.sku_id = l.sku_id WHERE x.sent > l.quantity - l.cancelled`)
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

func (p *play) waybill() string {
	p.carriers["W"]++
	return fmt.Sprintf("W%04d", p.carriers["W"])
}
