package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"time"

	"github.com/packhorse/packhorse/catalog"
	"github.com/packhorse/packhorse/intake"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/inventory"
	"github.com/packhorse/packhorse/order"
	"github.com/packhorse/packhorse/pack"
	"github.com/packhorse/packhorse/pick"
	"github.com/packhorse/packhorse/ship"
	"github.com/packhorse/packhorse/test/load"
	"github.com/packhorse/packhorse/warehouse"
)

type benchReadsCmd struct {
	benchPlace
	Orders int `help:"How long the history is." default:"100000"`
	SKUs   int `name:"skus" help:"How many SKUs." default:"10000"`
	Nodes  int `help:"How many nodes." default:"5"`
}

// readFigures are of one kind of read, in process; the baseline is the plainest statement that fetches the same rows.
type readFigures struct {
	P50      float64 `json:"p50_us"`
	P99      float64 `json:"p99_us"`
	Baseline float64 `json:"baseline_p50_us"`
}

type readsReport struct {
	Orders int                    `json:"orders"`
	Reads  map[string]readFigures `json:"reads"`
	Write  struct {
		PerSecond      float64 `json:"orders_per_s"`
		EmptyPerSecond float64 `json:"empty_orders_per_s"`
		Ratio          float64 `json:"ratio"`
	} `json:"write"`
	Engine string `json:"engine"`
}

// Run fills one company with a history and one with none, and measures both in turn.
func (c *benchReadsCmd) Run(ctx context.Context) (err error) {
	if c.Orders < 1000 || c.SKUs < 50 || c.Nodes < 1 {
		return errors.New("--orders is at least 1000, --skus 50, --nodes 1")
	}
	full, err := c.open(ctx, "full", true)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, full.close(ctx)) }()
	empty, err := c.open(ctx, "empty", false)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, empty.close(ctx)) }()
	r := readsReport{Orders: c.Orders, Engine: engineName(c.DB), Reads: map[string]readFigures{}}
	if err := full.measure(ctx, r.Reads); err != nil {
		return err
	}
	var at, fresh []float64
	for range 5 { // in turn: the machine drifts
		for _, w := range []struct {
			w    *readsWorld
			into *[]float64
		}{{full, &at}, {empty, &fresh}} {
			rate, err := w.w.lives(ctx, 2000)
			if err != nil {
				return err
			}
			*w.into = append(*w.into, rate)
		}
	}
	slices.Sort(at)
	slices.Sort(fresh)
	r.Write.PerSecond, r.Write.EmptyPerSecond = at[2], fresh[2]
	r.Write.Ratio = at[2] / fresh[2]
	if c.JSON {
		return printJSON(r)
	}
	fmt.Printf("%s, %d orders\n", r.Engine, r.Orders)
	for _, name := range readNames {
		f := r.Reads[name]
		fmt.Printf("  %-22s p50 %8.0f µs  p99 %8.0f µs  plain statement p50 %6.0f µs\n", name, f.P50, f.P99, f.Baseline)
	}
	fmt.Printf("  writes %.0f order lives/s, %.0f %% of an empty database (%.0f)\n", r.Write.PerSecond, 100*r.Write.Ratio, r.Write.EmptyPerSecond)
	return nil
}

// readsWorld is one company to read from.
type readsWorld struct {
	*App
	g      *ground
	yard   yard
	skus   []int64
	orders int
	next   int
	random *rand.Rand
}

func (c *benchReadsCmd) open(ctx context.Context, name string, history bool) (*readsWorld, error) {
	g, err := c.ground()
	if err != nil {
		return nil, err
	}
	g.company += name
	g.dir = filepath.Clean(g.dir)
	cfg := g.config()
	if history {
		cfg.Clock = pastClock(c.Orders)
	}
	a, err := Open(ctx, cfg)
	if err != nil {
		return nil, err
	}
	w := &readsWorld{App: a, g: g, yard: yard{c.SKUs, c.Nodes}, random: rand.New(rand.NewPCG(3, 3))}
	if err := w.yard.fill(ctx, a); err != nil {
		return nil, err
	}
	if err := w.learn(ctx); err != nil {
		return nil, err
	}
	if !history {
		return w, nil
	}
	w.orders = c.Orders
	return w, w.past(ctx)
}

// historyStep is the time between two orders of the past: about 17,000 a day.
const historyStep = 5 * time.Second

func (w *readsWorld) past(ctx context.Context) error {
	var nodes []int64
	err := w.DB.View(ctx, func(tx *db.Tx) error {
		list, err := warehouse.Nodes(tx)
		for _, n := range list {
			nodes = append(nodes, n.ID)
		}
		return err
	})
	if err != nil {
		return err
	}
	b := newBar("writing history")
	defer b.end()
	h := load.History{Orders: w.orders, Step: historyStep}
	return h.Write(ctx, w.DB, w.skus, nodes, func(n int) { b.show(n, float64(n)/float64(w.orders)) })
}

func (w *readsWorld) learn(ctx context.Context) error {
	codes := make([]string, w.yard.skus)
	for i := range codes {
		codes[i] = fmt.Sprintf("S%05d", i)
	}
	return w.DB.View(ctx, func(tx *db.Tx) error {
		found, err := catalog.ByCodes(tx, codes)
		for _, code := range codes {
			w.skus = append(w.skus, found[code].ID)
		}
		return err
	})
}

func (w *readsWorld) close(ctx context.Context) error {
	return errors.Join(w.App.Close(), w.g.close(ctx))
}

// lives drives whole lives in bulk of 100 through the services and gives orders per second.
func (w *readsWorld) lives(ctx context.Context, n int) (float64, error) {
	start := time.Now()
	for done := 0; done < n; done += 100 {
		if err := w.hundred(ctx); err != nil {
			return 0, err
		}
	}
	return float64(n) / time.Since(start).Seconds(), nil
}

func (w *readsWorld) hundred(ctx context.Context) error {
	ins := make([]intake.Input, 100)
	for i := range ins {
		w.next++
		doc, err := intake.Decode([]byte(fmt.Sprintf(`{"channel":"now","order_no":"N%08d","placed_at":%q,"payment_status":"paid","currency":"CNY","recipient_name":"王芳%d","phone":"139%08d",`+
			`"country":"CN","province":"浙江省","city":"杭州市","district":"西湖区","address":"文二路%d号","lines":[{"line_no":1,"sku":"S%05d","quantity":1,"unit_price":"10.00"},{"line_no":2,"sku":"S%05d","quantity":2,"unit_price":"15.00"}]}`,
			w.next, time.Now().UTC().Format(time.RFC3339), w.next, w.next, w.next, w.random.IntN(w.yard.skus/2), w.yard.skus/2+w.random.IntN(w.yard.skus/2))))
		if err != nil {
			return err
		}
		ins[i] = intake.Input{Document: doc, Source: intake.SourceAPI, Actor: "bench"}
	}
	var orders []int64
	for _, r := range w.Intake.ReceiveAll(ctx, ins) {
		if r.Err != nil {
			return r.Err
		}
		orders = append(orders, r.Out.OrderID)
	}
	if _, err := w.Review.Step(ctx); err != nil {
		return err
	}
	if _, err := w.Allocation.Step(ctx); err != nil {
		return err
	}
	return w.work(ctx, orders)
}

func (w *readsWorld) work(ctx context.Context, orders []int64) error {
	var releases []pick.ReleaseIn
	var picks []pick.ConfirmIn
	var packs []pack.In
	var ships []ship.In
	err := w.DB.View(ctx, func(tx *db.Tx) error {
		fs, err := order.FulfilmentsOf(tx, orders)
		for _, o := range orders {
			for _, f := range fs[o] {
				releases = append(releases, pick.ReleaseIn{FulfilmentID: f.ID, Actor: "bench"})
				picks = append(picks, pick.ConfirmIn{FulfilmentID: f.ID, Picker: "p"})
				packs = append(packs, pack.In{FulfilmentID: f.ID, Packer: "p"})
				ships = append(ships, ship.In{FulfilmentID: f.ID, Carrier: "manual", Service: "standard", Waybill: fmt.Sprintf("X%d", f.ID), Actor: "bench"})
			}
		}
		return err
	})
	if err != nil {
		return err
	}
	return cmp.Or(failed(w.Pick.ReleaseAll(ctx, releases)), failed(w.Pick.ConfirmAll(ctx, picks)), failed(w.Pack.PackAll(ctx, packs)), failed(w.Ship.ShipAll(ctx, ships)))
}

func failed[Out any](results []db.Result[Out]) error {
	for _, r := range results {
		if r.Err != nil {
			return r.Err
		}
	}
	return nil
}

// readNames lists the reads in the order in which they are told.
var readNames = []string{"availability_1", "availability_50", "orders_first", "orders_deep", "orders_filtered", "orders_rare_filter", "orders_open", "search_number", "order_detail"}

func (w *readsWorld) measure(ctx context.Context, into map[string]readFigures) error {
	var low, high int64
	if err := w.DB.View(ctx, func(tx *db.Tx) error { _, err := tx.Query(load.Ends).One(&low, &high); return err }); err != nil {
		return err
	}
	anywhere := func() int64 { return low + w.random.Int64N(high-low+1) }
	some := func(n int) []int64 {
		out := make([]int64, n)
		for i := range out {
			out[i] = w.skus[w.random.IntN(len(w.skus))]
		}
		return out
	}
	list := func(f order.Filter, cursor func() int64) func(*db.Tx) error {
		return func(tx *db.Tx) error { _, err := order.List(tx, f, cursor(), 50); return err }
	}
	plain := func(s *db.SQL, args func() []any) func(*db.Tx) error {
		return func(tx *db.Tx) error {
			rows := tx.Query(s, args()...)
			for rows.Next() {
			}
			return rows.Close()
		}
	}
	top := func() int64 { return high + 1 }
	number := func() string { return fmt.Sprintf("H%08d", w.random.IntN(w.orders)) }
	for name, two := range map[string][2]func(*db.Tx) error{
		"availability_1":     {offers(some, 1), plain(load.PlainBalance, func() []any { return []any{some(1)} })},
		"availability_50":    {offers(some, 50), plain(load.PlainBalance, func() []any { return []any{some(50)} })},
		"orders_first":       {list(order.Filter{}, top), plain(load.PlainPage, func() []any { return []any{top()} })},
		"orders_deep":        {list(order.Filter{}, anywhere), plain(load.PlainPage, func() []any { return []any{anywhere()} })},
		"orders_filtered":    {list(order.Filter{Review: order.ReviewHeld, Channel: "bench"}, anywhere), plain(load.PlainHeld, func() []any { return []any{anywhere()} })},
		"orders_rare_filter": {list(order.Filter{Channel: "nobody"}, anywhere), plain(load.PlainPage, func() []any { return []any{anywhere()} })},
		"orders_open":        {list(order.Filter{OpenOnly: true}, top), plain(load.PlainHeld, func() []any { return []any{top()} })},
		"search_number": {func(tx *db.Tx) error { _, _, err := intake.OrderOf(tx, "bench", "", number()); return err },
			plain(load.PlainNumber, func() []any { return []any{"bench", number()} })},
		"order_detail": {w.detail(anywhere), plain(load.PlainDetail, func() []any { return []any{anywhere()} })},
	} {
		f, err := w.time(ctx, two[0])
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		base, err := w.time(ctx, two[1])
		if err != nil {
			return err
		}
		f.Baseline = base.P50
		into[name] = f
	}
	return nil
}

func offers(some func(int) []int64, n int) func(*db.Tx) error {
	return func(tx *db.Tx) error { _, err := inventory.Offers(tx, "bench", some(n)); return err }
}

// detail reads everything the page of an order shows.
func (w *readsWorld) detail(anywhere func() int64) func(*db.Tx) error {
	return func(tx *db.Tx) error {
		var key int64
		if _, err := tx.Query(load.SomeOrder, anywhere()-1).One(&key); err != nil {
			return err
		}
		ids := []int64{key}
		found, err := order.ByIDs(tx, ids)
		if err != nil {
			return err
		}
		fs, err := order.FulfilmentsOf(tx, ids)
		if err != nil {
			return err
		}
		holds, err := order.Holds(tx, ids)
		if err != nil {
			return err
		}
		owed, err := order.BackOrders(tx, ids)
		if err != nil {
			return err
		}
		order.Stand(found[key], fs[key], holds[key], owed[key], tx.Now())
		if _, err := ship.ShipmentsOf(tx, ids); err != nil {
			return err
		}
		_, err = tx.Timeline(key, 200)
		return err
	}
}

const readRuns = 2000

func (w *readsWorld) time(ctx context.Context, read func(*db.Tx) error) (readFigures, error) {
	took := make([]float64, readRuns)
	for i := range took {
		start := time.Now()
		if err := w.DB.View(ctx, read); err != nil {
			return readFigures{}, err
		}
		took[i] = float64(time.Since(start).Nanoseconds()) / 1000
	}
	slices.Sort(took)
	return readFigures{P50: took[readRuns/2], P99: took[readRuns*99/100]}, nil
}
