package ship_test

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/packhorse/packhorse/internal/clock"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/db/dbtest"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/sheet"
	"github.com/packhorse/packhorse/order"
	"github.com/packhorse/packhorse/pack"
	"github.com/packhorse/packhorse/pack/packtest"
	"github.com/packhorse/packhorse/ship"
)

func TestANumberInHandShipsInOneStep(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newStage(t, d, nil)
		f := s.packed(t, []packtest.Line{{SKU: "MUG", Quantity: 1}, {SKU: "TEE", Quantity: 5}})[0]
		out, err := s.ship.Ship(t.Context(), nil, ship.In{FulfilmentID: f.ID, Carrier: "ZTO", Service: "standard", Waybill: " zt123 ", Actor: "user:li"})
		if err != nil || len(out.Shipments) != 1 {
			t.Fatalf("%+v, %v", out, err)
		}
		sent := out.Shipments[0]
		if sent.Waybill != "ZT123" || sent.Status != ship.HandedOver || sent.Cost != 700 || sent.Currency != "CNY" {
			t.Errorf("sent %+v, want 7.00 for two kilograms", sent)
		}
		o := s.Order(t, f.OrderID)
		if o.Fulfilment != order.FulfilmentShipped || o.Delivery != order.DeliveryInTransit || s.Reload(t, f.ID).Status != order.Shipped {
			t.Errorf("order %+v, fulfilment %s", o.Axes, s.Reload(t, f.ID).Status)
		}
		if got := s.stock(t); got != "0/0" {
			t.Errorf("left in the book: %s", got)
		}
		if got := s.Events(t, f.OrderID); got[len(got)-1] != "ship.handed_over.v1" {
			t.Errorf("events %v", got)
		}
		_, err = s.ship.Ship(t.Context(), nil, ship.In{FulfilmentID: f.ID, Carrier: "ZTO", Waybill: "ZT124"})
		wantFault(t, err, "ship.not_packed")
	})
}

func TestEveryParcelGetsANumberOfItsOwn(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newStage(t, d, nil)
		f := s.packed(t, []packtest.Line{{SKU: "LADDER", Quantity: 2}})[0]
		out, err := s.ship.Ship(t.Context(), nil, ship.In{FulfilmentID: f.ID, Carrier: "ZTO", Waybill: "W7"})
		if err != nil || len(out.Shipments) != 2 || out.Shipments[0].Waybill != "W7-1" || out.Shipments[1].Waybill != "W7-2" || s.stock(t) != "0/0" {
			t.Errorf("%+v, %v, left %s", out, err, s.stock(t))
		}
	})
}

func TestWhatCannotBeShippedIsSaid(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newStage(t, d, nil)
		list := s.packed(t, packtest.Of("MUG"), packtest.Of("MUG"), packtest.Of("MUG"), packtest.Of("MUG"))
		s.Hold(t, list[1].OrderID)
		picked := s.Picked(t, packtest.Of("MUG"))[0]
		if _, err := s.ship.Ship(t.Context(), nil, ship.In{FulfilmentID: list[2].ID, Carrier: "ZTO", Waybill: "USED"}); err != nil {
			t.Fatal(err)
		}
		for _, c := range []struct {
			in   ship.In
			want string
		}{
			{ship.In{FulfilmentID: 5, Carrier: "ZTO", Waybill: "A1"}, "fulfilment.not_found"},
			{ship.In{FulfilmentID: picked.ID, Carrier: "ZTO", Waybill: "A1"}, "ship.not_packed"},
			{ship.In{FulfilmentID: list[1].ID, Carrier: "ZTO", Waybill: "A1"}, "order.on_hold"},
			{ship.In{FulfilmentID: list[0].ID, Waybill: "A1"}, "ship.carrier_missing"},
			{ship.In{FulfilmentID: list[0].ID, Carrier: "ZTO"}, "carrier.waybill_missing"},
			{ship.In{FulfilmentID: list[0].ID, Carrier: "ZTO", Waybill: "A 1"}, "carrier.waybill_form"},
			{ship.In{FulfilmentID: list[0].ID, Carrier: "ZTO", Waybill: "used"}, "ship.waybill_taken"},
		} {
			_, err := s.ship.Ship(t.Context(), nil, c.in)
			wantFault(t, err, c.want)
		}
		two := s.ship.ShipAll(t.Context(), []ship.In{{FulfilmentID: list[0].ID, Carrier: "ZTO", Waybill: "N1"}, {FulfilmentID: list[3].ID, Carrier: "ZTO", Waybill: "N1"},
			{FulfilmentID: list[3].ID, Carrier: "SF", Waybill: "USED"}})
		if two[0].Err != nil || fault.Code(two[1].Err) != "ship.waybill_taken" || two[2].Err != nil {
			t.Errorf("one number for two parcels: %v, %v; another carrier's: %v", two[0].Err, two[1].Err, two[2].Err)
		}
	})
}

func TestAnOrderInTwoPartsIsShippedWithTheLast(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newStage(t, d, nil)
		parts := s.PickedParts(t, packtest.Of("MUG"), packtest.Of("TEE"))
		s.close(t, parts)
		for i, want := range []string{order.FulfilmentPartial, order.FulfilmentShipped} {
			if _, err := s.ship.Ship(t.Context(), nil, ship.In{FulfilmentID: parts[i].ID, Carrier: "ZTO", Waybill: fmt.Sprint("P", i)}); err != nil {
				t.Fatal(err)
			}
			if o := s.Order(t, parts[0].OrderID); o.Fulfilment != want || o.Delivery != order.DeliveryInTransit {
				t.Errorf("after part %d: %+v", i+1, o.Axes)
			}
		}
		both := s.PickedParts(t, packtest.Of("MUG"), packtest.Of("TEE"))
		s.close(t, both)
		for _, r := range s.ship.ShipAll(t.Context(), []ship.In{{FulfilmentID: both[0].ID, Carrier: "ZTO", Waybill: "Q0"}, {FulfilmentID: both[1].ID, Carrier: "ZTO", Waybill: "Q1"}}) {
			if r.Err != nil {
				t.Error(r.Err)
			}
		}
		if o := s.Order(t, both[0].OrderID); o.Fulfilment != order.FulfilmentShipped || s.stock(t) != "0/0" {
			t.Errorf("both at once: %+v, left %s", o.Axes, s.stock(t))
		}
	})
}

func TestManyClerksShipEveryFulfilmentOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newStage(t, d, nil)
		other := ship.New(d, nil, ship.Settings{})
		var orders [][]packtest.Line
		for i := range 60 {
			orders = append(orders, []packtest.Line{{SKU: []string{"MUG", "TEE"}[i%2], Quantity: 2}, {SKU: []string{"TEE", "MUG"}[i%2], Quantity: 1}})
		}
		list := s.packed(t, orders...)
		var wg sync.WaitGroup
		var mu sync.Mutex
		good := 0
		for clerk := range 8 {
			to := []*ship.Service{s.ship, other}[clerk%2]
			wg.Go(func() {
				for i := range list {
					f := list[(i*7+clerk*11)%len(list)]
					_, err := to.Ship(t.Context(), nil, ship.In{FulfilmentID: f.ID, Carrier: "ZTO", Waybill: fmt.Sprintf("C%d-%d", clerk, f.ID)})
					mu.Lock()
					switch fault.Code(err) {
					case "":
						good++
					case "ship.not_packed", "conflict":
					default:
						t.Error(err)
					}
					mu.Unlock()
				}
			})
		}
		wg.Wait()
		if good != len(list) || s.stock(t) != "0/0" {
			t.Errorf("%d hand-overs of %d fulfilments, left %s", good, len(list), s.stock(t))
		}
	})
}

func TestTheRateFileComesBackAsItWasRead(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newStage(t, d, nil)
		bad := `carrier,service,from_region,to_region,first_g,first_price,step_g,step_price,days_p50,days_p90,currency
A,x,浙江,北京,1000,5.001,1000,2,2,3,CNY
B,x,浙江,北京,1000,5.00,1000,2,3,2,CNY
C,x,浙江,北京,1000,5.00,1000,2,2,3,yuan
D,x,浙江,北京,1000,5.00,1000,2,2,3,CNY
D,x,浙江,北京,1000,5.00,1000,2,2,3,CNY
D,x,浙江,北京,1000,6.00,1000,2,2,3,CNY
E,x,浙江,,1000,6.00,1000,2,2,3,CNY
`
		dry := s.rates(t, bad, true)
		wet := s.rates(t, bad, false)
		var codes []string
		for _, r := range wet.Rejected {
			codes = append(codes, fmt.Sprintf("%d %s", r.Row, r.Code))
			rendered(t, r.Code, r.Params)
		}
		if fmt.Sprint(dry) != fmt.Sprint(wet) || wet.Created != 1 || wet.Unchanged != 1 ||
			fmt.Sprint(codes) != "[2 sheet.amount 3 ship.rate_days 4 ship.rate_currency 7 ship.rate_duplicate 8 sheet.required]" {
			t.Errorf("dry %+v\nwet %+v\n%v", dry, wet, codes)
		}
		var out bytes.Buffer
		w, err := sheet.NewWriter(&out, "rates.csv")
		if err != nil {
			t.Fatal(err)
		}
		if err := s.ship.ExportRates(t.Context(), w); err != nil {
			t.Fatal(err)
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		if a := s.rates(t, out.String(), false); a.Unchanged != 4 || a.Created+a.Updated+len(a.Rejected) != 0 {
			t.Errorf("read back: %+v", a)
		}
		if a := s.rates(t, strings.ReplaceAll(rates, "5.00", "6.00"), false); a.Updated != 1 || a.Unchanged != 2 {
			t.Errorf("a new price: %+v", a)
		}
	})
}

func TestTheDeliveryOfAnOrderIsDerivedFromItsParcels(t *testing.T) {
	for _, c := range []struct {
		fulfilment string
		parcels    string // "tracking" of those that left, "-" before one that did not
		want       string
	}{
		{order.FulfilmentAllocated, "", order.DeliveryNone},
		{order.FulfilmentAllocated, "-pending", order.DeliveryNone},
		{order.FulfilmentShipped, "pending", order.DeliveryInTransit},
		{order.FulfilmentShipped, "delivered -pending", order.DeliveryDelivered},
		{order.FulfilmentPartial, "delivered", order.DeliveryPartial},
		{order.FulfilmentShipped, "delivered in_transit", order.DeliveryPartial},
		{order.FulfilmentShipped, "delivered return_to_sender", order.DeliveryPartial},
		{order.FulfilmentShipped, "in_transit delivery_failed", order.DeliveryFailed},
		{order.FulfilmentShipped, "return_to_sender", order.DeliveryReturned},
		{order.FulfilmentShipped, "return_to_sender in_transit", order.DeliveryInTransit},
		{order.FulfilmentShipped, "on_hold", order.DeliveryInTransit},
	} {
		var list []*ship.Shipment
		for word := range strings.FieldsSeq(c.parcels) {
			sh := &ship.Shipment{Status: ship.HandedOver, Tracking: word}
			if bare, here := strings.CutPrefix(word, "-"); here {
				sh.Status, sh.Tracking = ship.Labelled, bare
			}
			list = append(list, sh)
		}
		if got := ship.Delivery(c.fulfilment, list); got != c.want {
			t.Errorf("%s with %q is %s, want %s", c.fulfilment, c.parcels, got, c.want)
		}
	}
}

func BenchmarkShippingOrdersOfTwoLines(b *testing.B) {
	for _, n := range []int{1, 100} {
		b.Run(fmt.Sprintf("%d at once", n), func(b *testing.B) {
			d := dbtest.Open(b, dbtest.SQLite(b), clock.Fixed(dbtest.Noon))
			w, p, s := packtest.New(b, d), pack.New(d), ship.New(d, nil, ship.Settings{})
			serial := 0
			for b.Loop() {
				b.StopTimer()
				var ins []ship.In
				for _, f := range w.Picked(b, slices.Repeat([][]packtest.Line{packtest.Of("MUG", "TEE")}, n)...) {
					if _, err := p.Pack(b.Context(), nil, pack.In{FulfilmentID: f.ID}); err != nil {
						b.Fatal(err)
					}
					serial++
					ins = append(ins, ship.In{FulfilmentID: f.ID, Carrier: "ZTO", Waybill: fmt.Sprint("W", serial)})
				}
				b.StartTimer()
				for _, r := range s.ShipAll(b.Context(), ins) {
					if r.Err != nil {
						b.Fatal(r.Err)
					}
				}
			}
			b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N*n), "µs/order")
		})
	}
}
