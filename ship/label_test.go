package ship_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	server "github.com/packhorse/packhorse/connect/sim/carrier"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/db/dbtest"
	"github.com/packhorse/packhorse/internal/words"
	"github.com/packhorse/packhorse/order"
	"github.com/packhorse/packhorse/pack/packtest"
	"github.com/packhorse/packhorse/ship"
)

// bench is a stage with two carriers of the simulator, whose calls are counted. ZTO is the cheaper one.
type bench struct {
	*stage
	zto, sf *counted
}

func newBench(t *testing.T, d *db.DB, zto, sf server.Config) *bench {
	t.Helper()
	zto.Seed, sf.Seed = 1, 2
	b := &bench{zto: &counted{Carrier: simulated(t, d, zto)}, sf: &counted{Carrier: simulated(t, d, sf)}}
	b.stage = newStage(t, d, map[string]ship.Carrier{"ZTO": b.zto, "SF": b.sf})
	return b
}

func (b *bench) label(t *testing.T, f *order.Fulfilment) {
	t.Helper()
	if _, err := b.ship.Label(t.Context(), nil, ship.LabelIn{FulfilmentID: f.ID, Actor: "user:li"}); err != nil {
		t.Fatal(err)
	}
}

func (b *bench) stop(t *testing.T, f *order.Fulfilment) error {
	return b.DB.Update(t.Context(), func(tx *db.Tx) error { return b.ship.StopFor(tx, []*order.Fulfilment{f}, "user:li") })
}

func TestTheBestCarrierGivesTheWaybill(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		b := newBench(t, d, server.Config{}, server.Config{})
		f := b.packed(t, packtest.Of("MUG"))[0]
		b.label(t, f)
		if got := b.states(t, f.OrderID); got != "ZTO requested" {
			t.Errorf("intent: %s", got)
		}
		_, err := b.ship.Label(t.Context(), nil, ship.LabelIn{FulfilmentID: f.ID})
		wantFault(t, err, "ship.labelled")
		b.settle(t)
		sh := b.shipments(t, f.OrderID)[0]
		if sh.Status != ship.Labelled || sh.Waybill == "" || sh.Cost == 0 || b.zto.books != 1 || b.zto.finds != 0 {
			t.Errorf("%+v after %d bookings", sh, b.zto.books)
		}
		if got := b.Events(t, f.OrderID); !slices.Contains(got, "ship.labelled.v1") {
			t.Errorf("events %v", got)
		}
		_, err = b.ship.Ship(t.Context(), nil, ship.In{FulfilmentID: f.ID, Carrier: "ZTO", Waybill: "X1"})
		wantFault(t, err, "ship.labelled")
	})
}

func TestALostAnswerIsLookedUpAndNotBookedTwice(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		b := newBench(t, d, server.Config{Balance: 1}, server.Config{})
		b.zto.lose = 1
		f := b.packed(t, packtest.Of("MUG"))[0]
		b.label(t, f)
		b.settle(t)
		if got := b.states(t, f.OrderID); got != "ZTO labelled" || b.zto.books != 1 || b.zto.finds != 1 {
			t.Errorf("%s after %d bookings and %d look-ups", got, b.zto.books, b.zto.finds)
		}
	})
}

func TestABusyCarrierIsWaitedForAndNotLeft(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		b := newBench(t, d, server.Config{}, server.Config{})
		b.zto.busy = 8
		f := b.packed(t, packtest.Of("MUG"))[0]
		b.label(t, f)
		for range 9 {
			b.due(t, b.worker)
			b.DB.Clock().Advance(3 * time.Second)
		}
		if got := b.states(t, f.OrderID); got != "ZTO labelled" || b.zto.books != 9 {
			t.Errorf("%s after %d calls", got, b.zto.books)
		}
	})
}

func TestACarrierThatStaysBusyIsLeftForTheNextAndForNobodyElse(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		b := newBench(t, d, server.Config{}, server.Config{})
		b.zto.busy, b.sf.busy = 1000, 5
		f := b.packed(t, packtest.Of("MUG"))[0]
		b.label(t, f)
		b.settle(t)
		if got := b.states(t, f.OrderID); got != "ZTO failed, SF labelled" {
			t.Errorf("%s: there is nobody behind SF, so it is waited for", got)
		}
	})
}

func TestTheNextCarrierIsAskedWhenOneGivesNothing(t *testing.T) {
	for name, prepare := range map[string]func(b *bench){
		"because the account is empty":          func(b *bench) { b.zto.refuse = ship.ErrBalance },
		"because it refuses the parcel":         func(b *bench) { b.zto.refuse = ship.Refused("no ladders") },
		"because it does not go there":          func(b *bench) { b.zto.refuse = ship.SuspendedArea(ship.Address{Province: "北京市"}, "大雪") },
		"because it cannot be reached for long": func(b *bench) { b.zto.unreachable = 100 },
		"because its answers are lost for long": func(b *bench) { b.zto.refuse = ship.ErrUncertain },
		"after it was busy for a while":         func(b *bench) { b.zto.busy, b.zto.refuse = 8, ship.Refused("later") },
	} {
		t.Run(name, func(t *testing.T) {
			dbtest.Each(t, func(t *testing.T, d *db.DB) {
				b := newBench(t, d, server.Config{}, server.Config{})
				prepare(b)
				f := b.packed(t, packtest.Of("MUG"))[0]
				b.label(t, f)
				b.settle(t)
				if got := b.states(t, f.OrderID); got != "ZTO failed, SF labelled" {
					t.Errorf("%s", got)
				}
				if got := b.Events(t, f.OrderID); !slices.Contains(got, "ship.label_failed.v1") || slices.Contains(got, "order.held.v1") {
					t.Errorf("events %v", got)
				}
				if n, _ := b.two(t, countJobs); n != 0 {
					t.Errorf("%d jobs are left", n)
				}
			})
		})
	}
}

func TestWhenNoCarrierIsLeftTheOrderStops(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		area := []server.Area{{Province: "北京市", Reason: "大雪"}}
		b := newBench(t, d, server.Config{Areas: area}, server.Config{Areas: area})
		f := b.packed(t, packtest.Of("MUG"))[0]
		b.label(t, f)
		b.settle(t)
		if got := b.states(t, f.OrderID); got != "ZTO failed, SF failed" {
			t.Errorf("%s", got)
		}
		var holds []*order.Hold
		err := d.View(t.Context(), func(tx *db.Tx) error {
			found, err := order.Holds(tx, []int64{f.OrderID})
			holds = found[f.OrderID]
			return err
		})
		if err != nil || len(holds) != 1 || holds[0].Reason != "ship.label_failed" || holds[0].Owner != "warehouse" {
			t.Fatalf("holds %+v, %v", holds, err)
		}
		rendered(t, holds[0].Reason, holds[0].Params)
		want := []string{"ZTO 取号失败：该快递目前停发 北京市（大雪），请改用其他快递或等待恢复。", "SF 取号失败：该快递目前停发 北京市（大雪），请改用其他快递或等待恢复。"}
		if got := told(t, d, f.OrderID, "ship.label_failed.v1"); !slices.Equal(got, want) {
			t.Errorf("the timeline reads %q", got)
		}
		if got := words.Render("zh-CN", holds[0].Reason, holds[0].Params); !strings.HasSuffix(got, "该快递目前停发 北京市（大雪），请改用其他快递或等待恢复。") {
			t.Errorf("the hold reads %q", got)
		}
		_, err = b.ship.Label(t.Context(), nil, ship.LabelIn{FulfilmentID: f.ID})
		wantFault(t, err, "order.on_hold")
		err = d.Update(t.Context(), func(tx *db.Tx) error { return order.ReleaseHold(tx, holds[0], "user:li", "snow has melted") })
		if err != nil {
			t.Fatal(err)
		}
		b.label(t, f)
		if got := b.states(t, f.OrderID); got != "ZTO failed, SF failed, ZTO requested" {
			t.Errorf("asked again by a person: %s", got)
		}
	})
}

func TestAChosenCarrierIsTheOnlyOneAsked(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		b := newBench(t, d, server.Config{}, server.Config{})
		b.sf.refuse = ship.ErrBalance
		list := b.packed(t, packtest.Of("MUG"), packtest.Of("TEE"))
		if _, err := b.ship.Label(t.Context(), nil, ship.LabelIn{FulfilmentID: list[0].ID, Carrier: "SF"}); err != nil {
			t.Fatal(err)
		}
		b.settle(t)
		if got := b.states(t, list[0].OrderID); got != "SF failed" || !slices.Contains(b.Events(t, list[0].OrderID), "order.held.v1") {
			t.Errorf("%s, events %v", got, b.Events(t, list[0].OrderID))
		}
		_, err := b.ship.Label(t.Context(), nil, ship.LabelIn{FulfilmentID: list[1].ID, Carrier: "YTO"})
		wantFault(t, err, "ship.no_interface")
		lonely := ship.New(d, nil, ship.Settings{})
		_, err = lonely.Label(t.Context(), nil, ship.LabelIn{FulfilmentID: list[1].ID})
		wantFault(t, err, "ship.no_service")
		choices, err := b.ship.Quote(t.Context(), list[1].ID)
		if err != nil || len(choices) != 1 || choices[0].Carrier != "ZTO" || len(choices[0].Fallback) != 1 {
			t.Errorf("quote %+v, %v", choices, err)
		}
	})
}

func TestATokenGoesToTheCarrierThatCanReadIt(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		b := newBench(t, d, server.Config{}, server.Config{Issuers: []string{"taobao"}})
		f := b.packed(t, packtest.Of("MUG"))[0]
		err := d.Update(t.Context(), func(tx *db.Tx) error {
			o, err := order.LockOne(tx, f.OrderID)
			if err != nil {
				return err
			}
			o.Recipient.Name, o.Recipient.Phone, o.Recipient.Token, o.Recipient.Issuer = "李*", "138****0000", "opaque", "taobao"
			order.SaveContent(tx, o)
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		knowing := ship.New(d, map[string]ship.Carrier{"ZTO": b.zto, "SF": b.sf}, ship.Settings{Issuers: map[string][]string{"ZTO": {"pinduoduo"}, "SF": {"taobao"}}})
		choices, err := knowing.Quote(t.Context(), f.ID)
		if err != nil || choices[0].Carrier != "SF" {
			t.Errorf("%+v, %v", choices, err)
		}
		b.label(t, f) // a service that was not told asks, is refused, and asks the next
		b.settle(t)
		if got := b.states(t, f.OrderID); got != "ZTO failed, SF labelled" {
			t.Errorf("%s", got)
		}
	})
}

func TestAVoidedWaybillIsGivenBack(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		b := newBench(t, d, server.Config{}, server.Config{})
		f := b.packed(t, packtest.Of("MUG"))[0]
		_, err := b.ship.Void(t.Context(), nil, ship.VoidIn{FulfilmentID: f.ID})
		wantFault(t, err, "ship.nothing_to_void")
		_, err = b.ship.Void(t.Context(), nil, ship.VoidIn{FulfilmentID: 7})
		wantFault(t, err, "fulfilment.not_found")
		b.label(t, f)
		b.settle(t)
		waybill := b.shipments(t, f.OrderID)[0].Waybill
		if _, err := b.ship.Void(t.Context(), nil, ship.VoidIn{FulfilmentID: f.ID, Actor: "user:li"}); err != nil {
			t.Fatal(err)
		}
		b.settle(t)
		if _, found, err := b.zto.Carrier.Find(t.Context(), b.shipments(t, f.OrderID)[0].Name()); err != nil || found {
			t.Errorf("the carrier still has %s: %v", waybill, err)
		}
		if got := b.states(t, f.OrderID); got != "ZTO voided" || !slices.Contains(b.Events(t, f.OrderID), "ship.voided.v1") {
			t.Errorf("%s, %v", got, b.Events(t, f.OrderID))
		}
		b.label(t, f)
		b.settle(t)
		if got := b.states(t, f.OrderID); got != "ZTO voided, ZTO labelled" {
			t.Errorf("labelled again: %s", got)
		}
	})
}

func TestAWaybillThatComesAfterTheStopIsGivenBack(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		b := newBench(t, d, server.Config{}, server.Config{})
		f := b.packed(t, packtest.Of("MUG"))[0]
		b.label(t, f)
		b.zto.booking = func() {
			if err := b.stop(t, f); err != nil {
				t.Error(err)
			}
		}
		b.settle(t)
		sh := b.shipments(t, f.OrderID)[0]
		_, live, err := b.zto.Carrier.Find(t.Context(), sh.Name())
		if sh.Status != ship.Voided || sh.Waybill == "" || live || err != nil {
			t.Errorf("%+v, live at the carrier: %v, %v", sh, live, err)
		}
	})
}

func TestAtTheDockEachGoodScanCountsAndEachBadOneIsListed(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		b := newBench(t, d, server.Config{}, server.Config{})
		list := b.packed(t, packtest.Of("MUG"), packtest.Of("TEE"), packtest.Of("MUG"), packtest.Of("MUG"))
		for _, f := range list[:3] {
			b.label(t, f)
		}
		b.settle(t)
		b.Hold(t, list[1].OrderID)
		waybill := func(f *order.Fulfilment) string { return b.shipments(t, f.OrderID)[0].Waybill }
		in := ship.HandOverIn{Waybills: []string{waybill(list[0]), waybill(list[1]), "NOBODY", strings.ToLower(waybill(list[0]))},
			Fulfilments: []int64{list[2].ID, list[3].ID, 9}, Actor: "user:dock"}
		elsewhere := in
		elsewhere.Node = 99
		if m, err := b.ship.HandOver(t.Context(), nil, elsewhere); err != nil || len(m.Handed) != 0 || len(m.Refused) != 7 || m.Refused[0].Code != "ship.other_node" {
			t.Fatalf("at another node: %+v, %v", m, err)
		}
		m, err := b.ship.HandOver(t.Context(), nil, in)
		if err != nil {
			t.Fatal(err)
		}
		var refused []string
		for _, r := range m.Refused {
			refused = append(refused, r.Field+" "+r.Code)
			rendered(t, r.Code, r.Params)
		}
		if len(m.Handed) != 2 || fmt.Sprint(refused) != "[waybills[1] order.on_hold waybills[2] ship.unknown_waybill fulfilments[1] ship.not_labelled fulfilments[2] fulfilment.not_found]" ||
			!strings.Contains(m.Refused[1].Message, "no parcel of ours has the waybill NOBODY") {
			t.Errorf("handed %+v, refused %v", m.Handed, refused)
		}
		if o := b.Order(t, list[0].OrderID); o.Fulfilment != order.FulfilmentShipped || o.Delivery != order.DeliveryInTransit || b.stock(t) != "2/2" {
			t.Errorf("%+v, in the book %s", o.Axes, b.stock(t))
		}
		b.settle(t)
		if err := b.zto.Carrier.Void(t.Context(), waybill(list[0])); err == nil {
			t.Error("the carrier was not told what it was handed")
		}
		wantFault(t, b.stop(t, list[0]), "ship.on_the_way")
		_, err = b.ship.HandOver(t.Context(), nil, ship.HandOverIn{})
		wantFault(t, err, "ship.manifest_size")
	})
}

func TestAFulfilmentHasShippedWithItsLastParcel(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		b := newBench(t, d, server.Config{}, server.Config{})
		f := b.packed(t, []packtest.Line{{SKU: "LADDER", Quantity: 2}, {SKU: "TEE", Quantity: 5}})[0]
		b.label(t, f)
		b.settle(t)
		list := b.shipments(t, f.OrderID)
		if len(list) != 3 {
			t.Fatalf("%d shipments", len(list))
		}
		for i, sh := range list {
			if _, err := b.ship.HandOver(t.Context(), nil, ship.HandOverIn{Waybills: []string{sh.Waybill}}); err != nil {
				t.Fatal(err)
			}
			status, o := b.Reload(t, f.ID).Status, b.Order(t, f.OrderID)
			if last := i == 2; last != (status == order.Shipped) || last != (o.Fulfilment == order.FulfilmentShipped) || o.Delivery != order.DeliveryInTransit {
				t.Errorf("after parcel %d: %s, %+v", i+1, status, o.Axes)
			}
			b.stock(t)
			if i == 0 {
				wantFault(t, b.stop(t, f), "ship.on_the_way")
			}
		}
		if got := b.stock(t); got != "0/0" {
			t.Errorf("left in the book: %s", got)
		}
	})
}

// told is what people read in Chinese of the events of one kind.
func told(t *testing.T, d *db.DB, order int64, kind string) (list []string) {
	t.Helper()
	for _, f := range dbtest.Facts(t, d) {
		if f.Order != order || f.Kind != kind {
			continue
		}
		var params map[string]any
		if err := json.Unmarshal([]byte(f.Params), &params); err != nil {
			t.Fatal(err)
		}
		list = append(list, words.Render("zh-CN", "event."+kind, params))
	}
	return list
}
