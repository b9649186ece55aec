package ship_test

import (
	"context"
	"fmt"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/packhorse/packhorse/connect/carrier/sim"
	server "github.com/packhorse/packhorse/connect/sim/carrier"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/job"
	"github.com/packhorse/packhorse/internal/sheet"
	"github.com/packhorse/packhorse/internal/words"
	"github.com/packhorse/packhorse/order"
	"github.com/packhorse/packhorse/pack"
	"github.com/packhorse/packhorse/pack/packtest"
	"github.com/packhorse/packhorse/ship"
)

// stage is a world with carriers, a packing bench and a worker.
type stage struct {
	*packtest.World
	ship   *ship.Service
	pack   *pack.Service
	worker *job.Worker
}

const rates = `carrier,service,from_region,to_region,first_g,first_price,step_g,step_price,volumetric_divisor,days_p50,days_p90,currency
ZTO,standard,浙江省,北京市,1000,5.00,1000,2.00,8000,2,3,CNY
SF,standard,浙江,北京,1000,12.00,1000,4.00,8000,1,2,CNY
SF,standard,浙江,*,1000,22.00,1000,9.00,8000,3,5,CNY
`

func newStage(t *testing.T, d *db.DB, carriers map[string]ship.Carrier) *stage {
	t.Helper()
	s := &stage{World: packtest.New(t, d), ship: ship.New(d, carriers, ship.Settings{}), pack: pack.New(d)}
	s.worker = job.NewWorker(d, 2, s.ship.Handlers())
	if a := s.rates(t, rates, false); a.Created != 3 || len(a.Rejected) > 0 {
		t.Fatalf("rates: %+v", a)
	}
	return s
}

func (s *stage) rates(t *testing.T, text string, dry bool) sheet.Answer {
	t.Helper()
	r, err := sheet.Open("rates.csv", strings.NewReader(text), int64(len(text)), sheet.DefaultLimits())
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	a, err := s.ship.ImportRates(t.Context(), r, dry, nil)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// packed is one packed fulfilment for each list of lines.
func (s *stage) packed(t *testing.T, orders ...[]packtest.Line) []*order.Fulfilment {
	t.Helper()
	list := s.Picked(t, orders...)
	s.close(t, list)
	return list
}

func (s *stage) close(t *testing.T, list []*order.Fulfilment) {
	t.Helper()
	var ins []pack.In
	for _, f := range list {
		ins = append(ins, pack.In{FulfilmentID: f.ID})
	}
	for _, r := range s.pack.PackAll(t.Context(), ins) {
		if r.Err != nil {
			t.Fatal(r.Err)
		}
	}
}

// settle runs the jobs until nothing is due, over the pauses between attempts too.
func (s *stage) settle(t *testing.T) {
	t.Helper()
	for range 12 {
		s.due(t, s.worker)
		s.DB.Clock().Advance(10 * time.Minute)
	}
}

// due runs what is due now.
func (s *stage) due(t *testing.T, w *job.Worker) {
	t.Helper()
	for {
		n, err := w.Step(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if n == 0 {
			return
		}
	}
}

// meanwhile lets a time pass, and another worker do what is due by then.
func (s *stage) meanwhile(t *testing.T, d time.Duration) {
	t.Helper()
	s.DB.Clock().Advance(d)
	s.due(t, job.NewWorker(s.DB, 1, s.ship.Handlers()))
}

func (s *stage) shipments(t *testing.T, orderID int64) []*ship.Shipment {
	t.Helper()
	var out []*ship.Shipment
	err := s.DB.View(t.Context(), func(tx *db.Tx) error {
		found, err := ship.ShipmentsOf(tx, []int64{orderID})
		out = found[orderID]
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// states writes the shipments of an order in short: "SF labelled, ZTO failed".
func (s *stage) states(t *testing.T, orderID int64) string {
	t.Helper()
	var list []string
	for _, sh := range s.shipments(t, orderID) {
		list = append(list, sh.Carrier+" "+sh.Status)
	}
	return strings.Join(list, ", ")
}

var (
	sumReserved = db.NewSQL(`SELECT CAST(COALESCE(sum(reserved), 0) AS BIGINT), CAST(COALESCE(sum(on_hand), 0) AS BIGINT) FROM inventory_balance`)
	sumStock    = db.NewSQL(`SELECT CAST(COALESCE(sum(reserved), 0) AS BIGINT), CAST(COALESCE(sum(on_hand), 0) AS BIGINT) FROM inventory_stock`)
	sumPromised = db.NewSQL(`SELECT CAST(COALESCE(sum(quantity), 0) AS BIGINT), count(*) FROM inventory_reservation`)
	countJobs   = db.NewSQL(`SELECT count(*), 0 FROM job`)
)

// stock is what the three books say is left: "reserved/on hand", and it fails where they disagree.
func (s *stage) stock(t *testing.T) string {
	t.Helper()
	reserved, onHand := s.two(t, sumReserved)
	r, h := s.two(t, sumStock)
	promised, _ := s.two(t, sumPromised)
	if reserved != r || onHand != h || promised != reserved {
		t.Errorf("balances say %d/%d, bins %d/%d, promises %d", reserved, onHand, r, h, promised)
	}
	return fmt.Sprintf("%d/%d", reserved, onHand)
}

func (s *stage) two(t *testing.T, q *db.SQL) (a, b int64) {
	t.Helper()
	if err := s.DB.View(t.Context(), func(tx *db.Tx) error { _, err := tx.Query(q).One(&a, &b); return err }); err != nil {
		t.Fatal(err)
	}
	return a, b
}

// simulated is a carrier of the simulator, and its adapter.
func simulated(t *testing.T, d *db.DB, cfg server.Config) *sim.Carrier {
	t.Helper()
	cfg.Clock, cfg.AppKey, cfg.Secret = d.Clock(), "shop", "secret"
	s := httptest.NewServer(server.New(cfg))
	t.Cleanup(s.Close)
	c, err := sim.New(sim.Config{BaseURL: s.URL, AppKey: "shop", Secret: "secret", Timeout: 2 * time.Second})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// counted is a carrier whose calls are counted and whose answers can be lost or refused.
type counted struct {
	ship.Carrier
	books, finds int
	lose         int // so many answers to Book get lost, after the carrier has acted
	unreachable  int // so many calls of Book never arrive
	busy         int // so many calls of Book are told to wait
	refuse       error
	before       func() // called before the carrier acts, once
	booking      func() // called before the answer is given
}

func (c *counted) Book(ctx context.Context, r ship.BookRequest) (ship.Booking, error) {
	c.books++
	if c.busy > 0 {
		c.busy--
		return ship.Booking{}, ship.Busy(2 * time.Second)
	}
	if c.refuse != nil {
		return ship.Booking{}, c.refuse
	}
	if c.unreachable > 0 {
		c.unreachable--
		return ship.Booking{}, ship.ErrUnreachable
	}
	if act := c.before; act != nil {
		c.before = nil
		act()
	}
	b, err := c.Carrier.Book(ctx, r)
	if c.booking != nil {
		c.booking()
	}
	if c.lose > 0 {
		c.lose--
		return ship.Booking{}, ship.ErrUncertain
	}
	return b, err
}

func (c *counted) Find(ctx context.Context, reference string) (ship.Booking, bool, error) {
	c.finds++
	return c.Carrier.Find(ctx, reference)
}

// rendered checks that a fault has a complete sentence in every language.
func rendered(t *testing.T, code string, params map[string]any) {
	t.Helper()
	for _, lang := range words.Languages {
		if s := words.Render(lang, code, params); strings.ContainsAny(s, "{}") || code != "order.on_hold" && !words.Has(lang, code) {
			t.Errorf("%s in %s reads %q", code, lang, s)
		}
	}
}

func wantFault(t *testing.T, err error, code string) {
	t.Helper()
	if fault.Code(err) != code {
		t.Errorf("got %v (%s), want %s", err, fault.Code(err), code)
		return
	}
	f, _ := fault.As(err)
	rendered(t, f.Code, f.Params)
}

func (c *counted) Collect(ctx context.Context, waybills []string) error {
	return c.Carrier.(ship.Collector).Collect(ctx, waybills)
}
