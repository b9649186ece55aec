package track_test

import (
	"context"
	"errors"
	"fmt"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/packhorse/packhorse/connect/carrier/sim"
	server "github.com/packhorse/packhorse/connect/sim/carrier"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/db/dbtest"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/job"
	"github.com/packhorse/packhorse/internal/words"
	"github.com/packhorse/packhorse/order"
	"github.com/packhorse/packhorse/pack"
	"github.com/packhorse/packhorse/pack/packtest"
	"github.com/packhorse/packhorse/ship"
	"github.com/packhorse/packhorse/track"
)

// road is a world whose parcels are on their way.
type road struct {
	*packtest.World
	ship  *ship.Service
	pack  *pack.Service
	track *track.Service
}

func newRoad(t *testing.T, d *db.DB, c ship.Carrier) *road {
	t.Helper()
	carriers := map[string]ship.Carrier{"SF": c}
	return &road{World: packtest.New(t, d), ship: ship.New(d, carriers, ship.Settings{}), pack: pack.New(d),
		track: track.New(d, carriers, track.Settings{Families: map[string]string{"SF": "sim"}})}
}

// sent hands one parcel over for each list of lines of one order, and returns its shipments.
func (r *road) sent(t *testing.T, parts ...[]packtest.Line) []*ship.Shipment {
	t.Helper()
	list := r.PickedParts(t, parts...)
	for _, f := range list {
		if _, err := r.pack.Pack(t.Context(), nil, pack.In{FulfilmentID: f.ID}); err != nil {
			t.Fatal(err)
		}
		if _, err := r.ship.Ship(t.Context(), nil, ship.In{FulfilmentID: f.ID, Carrier: "SF", Waybill: fmt.Sprint("SF", f.ID)}); err != nil {
			t.Fatal(err)
		}
	}
	return r.shipments(t, list[0].OrderID)
}

func (r *road) shipments(t *testing.T, orderID int64) (list []*ship.Shipment) {
	t.Helper()
	err := r.DB.View(t.Context(), func(tx *db.Tx) error {
		found, err := ship.ShipmentsOf(tx, []int64{orderID})
		list = found[orderID]
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func (r *road) tell(t *testing.T, sh *ship.Shipment, scans ...ship.Scan) track.Out {
	t.Helper()
	out, err := r.track.Receive(t.Context(), nil, track.In{Carrier: sh.Carrier, Waybill: sh.Waybill, Scans: scans})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// at is a scan so many hours after noon.
func at(hours int, code string) ship.Scan {
	return ship.Scan{At: dbtest.Noon.Add(time.Duration(hours) * time.Hour), Code: code, Text: "scan " + code, Place: "北京"}
}

// mute is a carrier that never knows anything.
type mute struct {
	asked int
	err   error
}

func (m *mute) Book(context.Context, ship.BookRequest) (ship.Booking, error) {
	return ship.Booking{}, ship.ErrBalance
}
func (m *mute) Find(context.Context, string) (ship.Booking, bool, error) {
	return ship.Booking{}, false, nil
}
func (m *mute) Void(context.Context, string) error { return nil }
func (m *mute) Track(context.Context, string) ([]ship.Scan, error) {
	m.asked++
	return nil, m.err
}

func TestAParcelIsFollowedToTheDoor(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		r := newRoad(t, d, &mute{})
		sh := r.sent(t, packtest.Of("MUG"))[0]
		if out := r.tell(t, sh, at(5, "0"), at(1, "103")); out.Status != track.StatusInTransit || out.New != 2 {
			t.Errorf("%+v", out)
		}
		if out := r.tell(t, sh, at(1, "103"), at(5, "0")); out.New != 0 {
			t.Errorf("told again: %+v", out)
		}
		if out := r.tell(t, sh, at(3, "1002")); out.New != 1 || out.Status != track.StatusInTransit {
			t.Errorf("a scan that was heard of late: %+v", out)
		}
		r.tell(t, sh, at(30, "5"), at(33, "301"))
		got := r.shipments(t, sh.OrderID)[0]
		if got.Status != ship.Closed || got.Tracking != "delivered" || got.DeliveredAt != at(33, "").At.UnixMicro() || got.LastScanAt != got.DeliveredAt {
			t.Errorf("%+v", got)
		}
		if o := r.Order(t, sh.OrderID); o.Delivery != order.DeliveryDelivered {
			t.Errorf("%+v", o.Axes)
		}
		var tracked []string
		for _, kind := range r.Events(t, sh.OrderID) {
			if strings.HasPrefix(kind, "track.") || kind == "order.delivered.v1" {
				tracked = append(tracked, kind)
			}
		}
		if fmt.Sprint(tracked) != "[track.scanned.v1 track.scanned.v1 order.delivered.v1]" {
			t.Errorf("events %v: one for each change of status, one for the delivery", tracked)
		}
	})
}

func TestAnOrderIsDeliveredWithItsLastParcel(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		r := newRoad(t, d, &mute{})
		list := r.sent(t, packtest.Of("MUG"), packtest.Of("TEE"), packtest.Of("MUG"))
		want := []string{order.DeliveryPartial, order.DeliveryPartial, order.DeliveryDelivered}
		for i, sh := range list {
			r.tell(t, sh, at(10, "103"), at(20, "301"))
			if o := r.Order(t, sh.OrderID); o.Delivery != want[i] {
				t.Errorf("after parcel %d: %s", i+1, o.Delivery)
			}
		}
	})
}

func TestARefusedParcelComesBack(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		r := newRoad(t, d, &mute{})
		sh := r.sent(t, packtest.Of("MUG"))[0]
		for _, c := range []struct {
			scan           ship.Scan
			delivery, says string
		}{
			{at(1, "103"), order.DeliveryInTransit, "picked_up"}, {at(30, "14"), order.DeliveryFailed, "delivery_failed"},
			{at(40, "6"), order.DeliveryReturned, "return_to_sender"}, {at(50, "1002"), order.DeliveryReturned, "return_to_sender"},
			{at(60, "301"), order.DeliveryReturned, "return_to_sender"},
		} {
			r.tell(t, sh, c.scan)
			got := r.shipments(t, sh.OrderID)[0]
			if o := r.Order(t, sh.OrderID); o.Delivery != c.delivery || got.Tracking != c.says || got.Status != ship.HandedOver {
				t.Errorf("after %s: %s, %s %s", c.scan.Code, o.Delivery, got.Tracking, got.Status)
			}
		}
		if got := r.shipments(t, sh.OrderID)[0]; got.Reason != "consignee_refused" {
			t.Errorf("why it comes back: %q", got.Reason)
		}
	})
}

// A carrier's scan may be heard of when the goods stand in the warehouse again.
func TestAParcelThatIsBackStaysBack(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		r := newRoad(t, d, &mute{})
		sh := r.sent(t, packtest.Of("MUG"))[0]
		r.tell(t, sh, at(10, "103"))
		err := r.DB.Update(t.Context(), func(tx *db.Tx) error {
			o, err := order.LockOne(tx, sh.OrderID)
			if err != nil {
				return err
			}
			ship.CameBack(tx, sh)
			to := o.Axes
			to.Delivery = ship.Delivery(o.Fulfilment, []*ship.Shipment{sh})
			return order.Move(tx, o, to)
		})
		if err != nil {
			t.Fatal(err)
		}
		if out := r.tell(t, sh, at(12, "14")); out.New != 1 || out.Status != track.StatusReturnToSender {
			t.Errorf("%+v", out)
		}
		if got := r.shipments(t, sh.OrderID)[0]; !got.Back() || r.Order(t, sh.OrderID).Delivery != order.DeliveryReturned {
			t.Errorf("%+v", got)
		}
	})
}

func TestAPushForNobodyIsRefused(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		r := newRoad(t, d, &mute{})
		sh := r.sent(t, packtest.Of("MUG"))[0]
		for _, c := range []struct {
			in   track.In
			want string
		}{
			{track.In{Carrier: "SF", Waybill: "NOBODY", Scans: []ship.Scan{at(1, "3")}}, "carrier.unknown_waybill"},
			{track.In{Carrier: "ZTO", Waybill: sh.Waybill, Scans: []ship.Scan{at(1, "3")}}, "carrier.unknown_waybill"},
			{track.In{Shipment: 5, Waybill: sh.Waybill}, "carrier.unknown_waybill"},
			{track.In{Shipment: sh.ID, Scans: []ship.Scan{{Code: "3"}}}, "track.scans"},
		} {
			_, err := r.track.Receive(t.Context(), nil, c.in)
			f, _ := fault.As(err)
			if fault.Code(err) != c.want || f != nil && strings.ContainsAny(words.Render("zh", f.Code, f.Params), "{}") {
				t.Errorf("%+v: %v", c.in, err)
			}
		}
	})
}

func TestUnreadableCodesAreKeptAndListed(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		r := newRoad(t, d, &mute{})
		list := r.sent(t, packtest.Of("MUG"), packtest.Of("TEE"))
		r.tell(t, list[0], at(1, "103"), at(2, "777"), at(3, "777"), ship.Scan{At: at(4, "").At, Code: "888", Text: "a\x00b\xffc"})
		r.tell(t, list[1], at(1, "777"))
		if got := r.shipments(t, list[0].OrderID)[0]; got.Tracking != "picked_up" || got.LastScanAt != at(4, "").At.UnixMicro() {
			t.Errorf("an unreadable scan moves nothing but proves that the parcel is somewhere: %+v", got)
		}
		got, err := r.track.Unmapped(t.Context())
		if err != nil || len(got) != 2 || got[0] != (track.Unmapped{Carrier: "SF", Code: "777", Count: 3, Example: "scan 777", LastAt: at(3, "").At.UnixMicro()}) || got[1].Example != "abc" {
			t.Errorf("%+v, %v", got, err)
		}
		// The day the code gets a meaning, the next scan reads the old ones anew.
		wiser := track.New(d, nil, track.Settings{Families: map[string]string{"SF": "kuaidi100"}})
		if out, err := wiser.Receive(t.Context(), nil, track.In{Shipment: list[1].ID, Scans: []ship.Scan{at(2, "1")}}); err != nil || out.Status != track.StatusPickedUp {
			t.Errorf("%+v, %v", out, err)
		}
	})
}

func TestFindingsAreReportedOnceAndLiftedByAScan(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		r := newRoad(t, d, &mute{})
		sh := r.sent(t, packtest.Of("MUG"))[0]
		late := func(want int, noted string) {
			t.Helper()
			n, err := r.track.Late(t.Context())
			if got := r.shipments(t, sh.OrderID)[0].Late; err != nil || n != want || got != noted {
				t.Errorf("%d new findings, noted %q, %v; want %d, %q", n, got, err, want, noted)
			}
		}
		late(0, "")
		d.Clock().Advance(24*time.Hour + time.Second)
		late(1, track.LateFirstScan)
		late(0, track.LateFirstScan)
		r.tell(t, sh, at(25, "103"))
		late(0, "")
		d.Clock().Advance(50 * time.Hour)
		late(1, track.LateMoving)
		r.tell(t, sh, at(75, "0"))
		d.Clock().Advance(50 * time.Hour)
		late(1, track.LateMoving)
		if got := r.Events(t, sh.OrderID); len(slices.DeleteFunc(got, func(k string) bool { return k != "track.late.v1" })) != 3 {
			t.Errorf("events %v", r.Events(t, sh.OrderID))
		}
		r.tell(t, sh, at(140, "301"))
		d.Clock().Advance(1000 * time.Hour)
		late(0, "")
	})
}

func TestOfACarrierThatCannotBeAskedOnlyThePromiseIsWatched(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		r := newRoad(t, d, nil)
		r.ship = ship.New(d, nil, ship.Settings{})
		f := r.Picked(t, packtest.Of("MUG"))[0]
		err := d.Update(t.Context(), func(tx *db.Tx) error {
			o, err := order.LockOne(tx, f.OrderID)
			if err == nil {
				o.PromisedBy = tx.Now().Add(100 * time.Hour).UnixMicro()
				order.SaveContent(tx, o)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := r.pack.Pack(t.Context(), nil, pack.In{FulfilmentID: f.ID}); err != nil {
			t.Fatal(err)
		}
		if _, err := r.ship.Ship(t.Context(), nil, ship.In{FulfilmentID: f.ID, Carrier: "SF", Waybill: "HAND1"}); err != nil {
			t.Fatal(err)
		}
		for _, want := range []int{0, 1, 0} {
			d.Clock().Advance(99 * time.Hour)
			if n, err := r.track.Late(t.Context()); err != nil || n != want {
				t.Errorf("%d findings, %v, want %d", n, err, want)
			}
			if n, err := r.track.Poll(t.Context()); err != nil || n != 0 {
				t.Errorf("asked for %d parcels, %v", n, err)
			}
		}
		if got := r.shipments(t, f.OrderID)[0].Late; got != track.LatePromise {
			t.Errorf("noted %q", got)
		}
	})
}

func TestACarrierIsAskedAtItsTimesAndNotForEver(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := &mute{}
		r := newRoad(t, d, c)
		r.sent(t, packtest.Of("MUG"))
		poll := func(want int) {
			t.Helper()
			if n, err := r.track.Poll(t.Context()); err != nil || n != want {
				t.Errorf("asked for %d parcels, %v, want %d", n, err, want)
			}
		}
		poll(0)
		d.Clock().Advance(2 * time.Hour)
		poll(1)
		poll(0)
		d.Clock().Advance(30 * time.Minute)
		poll(0)
		d.Clock().Advance(90 * time.Minute)
		c.err = errors.New("down")
		poll(1)
		d.Clock().Advance(61 * 24 * time.Hour)
		poll(1)
		d.Clock().Advance(24 * time.Hour)
		poll(0)
		if c.asked != 3 {
			t.Errorf("asked %d times", c.asked)
		}
	})
}

func TestFromTheLabelToTheDoorWithTheSimulatedCarrier(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		srv := httptest.NewServer(server.New(server.Config{Seed: 7, Clock: d.Clock(), AppKey: "shop", Secret: "secret", Faults: server.Faults{Duplicate: 0.5},
			Fates: server.Fates{Late: 0.2, Refused: 0.2, Locker: 0.2}}))
		t.Cleanup(srv.Close)
		c, err := sim.New(sim.Config{BaseURL: srv.URL, AppKey: "shop", Secret: "secret"})
		if err != nil {
			t.Fatal(err)
		}
		r := newRoad(t, d, c)
		worker := job.NewWorker(d, 8, r.ship.Handlers())
		run := func(step func(context.Context) (int, error)) {
			t.Helper()
			for {
				n, err := step(t.Context())
				if err != nil {
					t.Fatal(err)
				}
				if n == 0 {
					return
				}
			}
		}
		list := r.Picked(t, slices.Repeat([][]packtest.Line{packtest.Of("MUG")}, 40)...)
		var all ship.HandOverIn
		for _, f := range list {
			if _, err := r.pack.Pack(t.Context(), nil, pack.In{FulfilmentID: f.ID}); err != nil {
				t.Fatal(err)
			}
			if _, err := r.ship.Label(t.Context(), nil, ship.LabelIn{FulfilmentID: f.ID, Carrier: "SF", Service: "standard"}); err != nil {
				t.Fatal(err)
			}
			all.Fulfilments = append(all.Fulfilments, f.ID)
		}
		d.Clock().Advance(time.Minute)
		run(worker.Step)
		if m, err := r.ship.HandOver(t.Context(), nil, all); err != nil || len(m.Handed) != len(list) {
			t.Fatalf("%d handed over, refused %+v, %v", len(m.Handed), m.Refused, err)
		}
		run(worker.Step)
		for range 20 * 12 {
			d.Clock().Advance(2 * time.Hour)
			run(r.track.Poll)
		}
		ends := map[string]int{}
		for _, f := range list {
			sh := r.shipments(t, f.OrderID)[0]
			ends[sh.Tracking+" "+r.Order(t, f.OrderID).Delivery+" "+sh.Status]++
		}
		if len(ends) != 2 || ends["delivered delivered closed"] == 0 || ends["return_to_sender returned handed_over"] == 0 {
			t.Errorf("after twenty days: %v", ends)
		}
		if left, err := r.track.Unmapped(t.Context()); err != nil || len(left) > 0 {
			t.Errorf("unreadable: %v, %v", left, err)
		}
	})
}
