package report_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/packhorse/packhorse/catalog"
	"github.com/packhorse/packhorse/intake"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/db/dbtest"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/inventory"
	"github.com/packhorse/packhorse/order"
	"github.com/packhorse/packhorse/pack"
	"github.com/packhorse/packhorse/pick"
	"github.com/packhorse/packhorse/report"
	"github.com/packhorse/packhorse/ship"
)

func TestAParcelIsReportedOnceAtTheMomentTheShopChose(t *testing.T) {
	for moment, want := range map[string][2]int{intake.AtPrint: {1, 1}, intake.AtWeigh: {1, 1}, intake.AtHandOver: {0, 1}} {
		t.Run(moment, func(t *testing.T) {
			each(t, intake.Account{ReportAt: moment}, func(w *town) {
				w.receive("MUG", 5)
				f := w.sold(1)[0]
				w.labelled(f)
				atLabel := len(w.shop.Shipments("S-0001"))
				w.handedOver(f)
				w.settle(time.Hour)
				list := w.shop.Shipments("S-0001")
				if got := [2]int{atLabel, len(list)}; got != want {
					t.Fatalf("told %v times after the label and after the hand-over, want %v", got, want)
				}
				p := list[0]
				if p.Waybill == "" || p.Carrier != "SF" || len(p.Lines) != 1 || p.Lines[0] != (intake.ShippedLine{LineNo: 1, SKU: "MUG", Quantity: 1}) {
					t.Errorf("the shop was told %+v", p)
				}
				if sent, _ := w.shop.Calls(); sent != 1 {
					t.Errorf("%d calls for one parcel", sent)
				}
				if m := w.only(report.Shipment); m.State != report.Sent || m.Reference != "ref-"+p.Parcel || w.told("report.sent.v1") != 1 {
					t.Errorf("%+v", m)
				}
				w.clean()
			})
		})
	}
}

// oneDoor makes the customer of an order that of another one.
var oneDoor = db.NewSQL(`UPDATE order_head SET recipient = (SELECT recipient FROM order_head WHERE id = $1) WHERE id = $2`)

func TestOfAParcelForSeveralOrdersTheShopIsToldOrderByOrderUnderOneWaybill(t *testing.T) {
	for _, moment := range []string{intake.AtWeigh, intake.AtHandOver} {
		t.Run(moment, func(t *testing.T) {
			each(t, intake.Account{ReportAt: moment}, func(w *town) {
				w.receive("MUG", 10)
				fs := w.sold(2)
				w.must(w.DB.Update(w.Context(), func(tx *db.Tx) error {
					if _, err := tx.Exec(oneDoor, fs[0].OrderID, fs[1].OrderID); err != nil {
						return err
					}
					_, err := order.Bind(tx, fs, nil, 0, "user:ann")
					return err
				}))
				for _, f := range fs {
					_, err := w.pick.Release(w.Context(), nil, pick.ReleaseIn{FulfilmentID: f.ID})
					w.must(err)
					_, err = w.pick.Confirm(w.Context(), nil, pick.ConfirmIn{FulfilmentID: f.ID, Picker: "li"})
					w.must(err)
				}
				_, err := w.pack.Pack(w.Context(), nil, pack.In{FulfilmentID: fs[1].ID, Packer: "li"})
				w.must(err)
				_, err = w.ship.Label(w.Context(), nil, ship.LabelIn{FulfilmentID: fs[1].ID})
				w.must(err)
				w.settle(time.Second)
				early := len(w.shop.Shipments("S-0001")) + len(w.shop.Shipments("S-0002"))
				w.handedOver(fs[0])
				one, other := w.shop.Shipments("S-0001"), w.shop.Shipments("S-0002")
				if len(one) != 1 || len(other) != 1 || one[0].Waybill == "" || one[0].Waybill != other[0].Waybill || one[0].Parcel == other[0].Parcel || len(other[0].Lines) != 1 {
					t.Errorf("the shop was told %+v and %+v", one, other)
				}
				if want := map[string]int{intake.AtWeigh: 2}[moment]; early != want {
					t.Errorf("%d parcels were told before the hand-over, want %d", early, want)
				}
				w.clean()
			})
		})
	}
}

func TestAParcelThatLeavesUnderANumberInHandIsReportedWhateverTheMoment(t *testing.T) {
	for _, moment := range []string{intake.AtPrint, intake.AtWeigh, intake.AtHandOver} {
		t.Run(moment, func(t *testing.T) {
			each(t, intake.Account{ReportAt: moment}, func(w *town) {
				w.receive("MUG", 5)
				f := w.sold(1)[0]
				w.packed(f)
				if _, err := w.ship.Ship(t.Context(), nil, ship.In{FulfilmentID: f.ID, Carrier: "YTO", Waybill: "YT1001"}); err != nil {
					t.Fatal(err)
				}
				w.settle(time.Second)
				if list := w.shop.Shipments("S-0001"); len(list) != 1 || list[0].Waybill != "YT1001" {
					t.Errorf("the shop was told %+v", list)
				}
			})
		})
	}
}

func TestAfterALostAnswerTheShopIsAskedAndNotToldAgain(t *testing.T) {
	each(t, intake.Account{ReportAt: intake.AtPrint}, func(w *town) {
		w.receive("MUG", 5)
		f := w.sold(1)[0]
		w.shop.Lose(1)
		w.labelled(f)
		if m := w.only(report.Shipment); m.State != report.Uncertain || m.Code != "channel.uncertain" || m.NextAt == 0 {
			t.Fatalf("%+v", m)
		}
		w.settle(time.Minute)
		sent, found := w.shop.Calls()
		if m := w.only(report.Shipment); m.State != report.Sent || sent != 1 || found != 1 || m.Attempts != 2 {
			t.Errorf("%+v after %d reports and %d questions, want one each", m, sent, found)
		}
	})
}

func TestAShopThatIsAwayIsToldLaterAndOneThatRefusesWaitsForAPerson(t *testing.T) {
	each(t, intake.Account{ReportAt: intake.AtPrint}, func(w *town) {
		w.receive("MUG", 5)
		fs := w.sold(2)
		w.shop.Fail(intake.ErrUnreachable)
		w.labelled(fs[0])
		if m := w.only(report.Shipment); m.State != report.Queued || m.Attempts != 1 {
			t.Fatalf("%+v", m)
		}
		w.settle(time.Minute)
		if n := len(w.shop.Shipments("S-0001")); n != 1 {
			t.Fatalf("told %d times", n)
		}
		w.shop.Fail(intake.ErrRefused)
		w.labelled(fs[1])
		failed := w.messages()[0]
		if failed.State != report.Failed || w.told("report.failed.v1") != 1 {
			t.Fatalf("%+v", failed)
		}
		w.settle(24 * time.Hour)
		if n := len(w.shop.Shipments("S-0002")); n != 0 {
			t.Fatal("what was refused was repeated by itself")
		}
		if _, err := w.report.Retry(t.Context(), nil, "user:test", failed.ID); err != nil {
			t.Fatal(err)
		}
		w.settle(time.Second)
		if m := w.messages()[0]; m.State != report.Sent || len(w.shop.Shipments("S-0002")) != 1 {
			t.Errorf("%+v", m)
		}
		if _, err := w.report.Retry(t.Context(), nil, "user:test", failed.ID); fault.Code(err) != "report.sent" {
			t.Errorf("told again what was told: %v", err)
		}
		if _, err := w.report.Retry(t.Context(), nil, "user:test", 1); fault.Code(err) != "report.not_found" {
			t.Errorf("%v", err)
		}
	})
}

func TestAShopThatStaysAwayIsGivenUpWithAnEvent(t *testing.T) {
	each(t, intake.Account{ReportAt: intake.AtPrint}, func(w *town) {
		w.receive("MUG", 5)
		f := w.sold(1)[0]
		for range 40 {
			w.shop.Fail(intake.ErrUnreachable)
		}
		w.labelled(f)
		for range 12 {
			w.DB.Clock().Advance(time.Hour)
			if _, err := w.jobs.Step(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		if m := w.only(report.Shipment); m.State != report.Failed || m.Attempts != 10 || w.told("report.failed.v1") != 1 || w.told("job.failed.v1") != 0 {
			t.Errorf("%+v", m)
		}
	})
}

func TestAParcelWhoseWaybillIsVoidedBeforeTheShopKnowsIsNotTold(t *testing.T) {
	each(t, intake.Account{ReportAt: intake.AtPrint}, func(w *town) {
		w.receive("MUG", 5)
		f := w.sold(1)[0]
		e := intake.Edit{Account: *w.account}
		e.Enabled = false
		if _, err := w.channels.Change(t.Context(), nil, "user:test", e); err != nil {
			t.Fatal(err)
		}
		w.labelled(f)
		if m := w.only(report.Shipment); m.State != report.Queued || m.Attempts != 0 || m.Code != "" {
			t.Fatalf("an account that is off was told, or tried: %+v", m)
		}
		if _, err := w.ship.Void(t.Context(), nil, ship.VoidIn{FulfilmentID: f.ID}); err != nil {
			t.Fatal(err)
		}
		e.Enabled = true
		if _, err := w.channels.Change(t.Context(), nil, "user:test", e); err != nil {
			t.Fatal(err)
		}
		w.settle(11 * time.Minute)
		if n := len(w.messages()); n != 0 {
			t.Errorf("%d messages about a waybill that is void", n)
		}
		if _, err := w.ship.Label(t.Context(), nil, ship.LabelIn{FulfilmentID: f.ID}); err != nil {
			t.Fatal(err)
		}
		w.settle(time.Second)
		if n := len(w.shop.Shipments("S-0001")); n != 1 {
			t.Errorf("the new waybill was told %d times", n)
		}
	})
}

func TestACancelThatCameTooLateIsNotToldAsDone(t *testing.T) {
	each(t, intake.Account{Lang: "zh-CN"}, func(w *town) {
		w.receive("MUG", 1)
		f := w.sold(1)[0]
		accounts, err := w.channels.List(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if err := w.DB.Update(t.Context(), func(tx *db.Tx) error {
			tx.Emit(db.Event{Kind: "order.too_late.v1", Order: f.OrderID, Actor: accounts[0].Actor(), Params: map[string]any{"question": "cancel", "code": "cancel.collected"}})
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		w.settle(time.Minute)
		list := w.shop.Answers("S-0001")
		if len(list) != 1 || list[0].Done || list[0].Question != intake.AsksCancel || list[0].Code != "cancel.collected" || !strings.Contains(list[0].Text, "揽收") {
			t.Errorf("%+v", list)
		}
	})
}

func TestAShopThatAsksIsAnswered(t *testing.T) {
	each(t, intake.Account{Lang: "zh-CN"}, func(w *town) {
		w.receive("MUG", 5)
		fs := w.sold(4)
		w.labelled(fs[3])
		w.handedOver(fs[3])
		w.shop.Edit("S-0001", func(d *intake.Document) { d.Cancelled = true })
		w.shop.Edit("S-0002", func(d *intake.Document) { d.Address = "别处 1 号" })
		w.shop.Edit("S-0003", func(d *intake.Document) { d.PaymentStatus = "refunded" })
		w.shop.Edit("S-0004", func(d *intake.Document) { d.Cancelled = true })
		w.settle(time.Minute)
		for number, want := range map[string]intake.CancelAnswer{
			"S-0001": {OrderNo: "S-0001", Question: intake.AsksCancel, Done: true, Text: "取消订单已处理。"},
			"S-0002": {OrderNo: "S-0002", Question: intake.AsksAddress, Done: true, Text: "修改地址已处理。"},
			"S-0003": {OrderNo: "S-0003", Question: intake.AsksRefund, Done: true, Text: "退款已处理。"},
			"S-0004": {OrderNo: "S-0004", Question: intake.AsksCancel, Code: "cancel.shipped"},
		} {
			list := w.shop.Answers(number)
			if len(list) != 1 {
				t.Errorf("%s has %d answers", number, len(list))
				continue
			}
			got := list[0]
			if want.Code != "" && got.Text != "" {
				got.Text = ""
			}
			if got != want {
				t.Errorf("%s was answered %+v, want %+v", number, list[0], want)
			}
		}
		w.clean()
	})
}

func TestACancelByOurselvesIsNoAnswer(t *testing.T) {
	each(t, intake.Account{}, func(w *town) {
		w.receive("MUG", 5)
		f := w.sold(1)[0]
		if _, err := w.flow.Cancel(t.Context(), nil, f.OrderID, "user:wang", "customer"); err != nil {
			t.Fatal(err)
		}
		w.settle(time.Second)
		numbers := w.shop.Sell(1, "MUG", 1)
		w.shop.Edit(numbers[0], func(d *intake.Document) { d.Cancelled = true }) // before we heard of it
		w.settle(time.Minute)
		if n := len(w.messages()); n != 0 {
			t.Errorf("the shop asked nothing and is told %d things", n)
		}
	})
}

func TestAShopIsToldWhatItMaySellAndOnlyWhatChanged(t *testing.T) {
	each(t, intake.Account{StockPush: true}, func(w *town) {
		w.receive("MUG", 10)
		w.receive("TEE", 7)
		if _, err := w.stock.SaveBuffer(t.Context(), nil, "user:ann", inventory.Buffer{Channel: "mall", SKU: w.SKUs["TEE"], Quantity: 3}); err != nil {
			t.Fatal(err)
		}
		w.settle(time.Second)
		w.settle(10 * time.Second)
		if m, e := w.shop.Stock("MUG"), w.shop.Stock("TEE"); m != 10 || e != 4 {
			t.Fatalf("the shop may sell %d MUG and %d TEE, want 10 and 4", m, e)
		}
		first := w.only(report.Stock)
		w.settle(time.Minute)
		if again := w.only(report.Stock); first.State != report.Sent || again.SentAt != first.SentAt {
			t.Errorf("nothing changed, and the shop was told again: %+v, %+v", first, again)
		}
		w.sold(3)
		w.settle(10 * time.Second)
		if m := w.shop.Stock("MUG"); m != 7 {
			t.Errorf("three are promised, the shop may sell %d MUG", m)
		}
		if n := w.marked(); n != 0 {
			t.Errorf("%d SKUs are still to be told", n)
		}
		w.shop.Fail(intake.ErrUnreachable)
		w.receive("MUG", 5)
		w.settle(time.Second)
		w.settle(10 * time.Second)
		w.settle(time.Minute)
		if m := w.shop.Stock("MUG"); m != 12 {
			t.Errorf("after the shop was away it may sell %d MUG, want 12", m)
		}
		w.settle(25 * time.Hour)
		w.settle(10 * time.Second)
		if again := w.only(report.Stock); again.SentAt <= first.SentAt+(24*time.Hour).Microseconds() {
			t.Error("a day later the shop was not told of everything")
		}
	})
}

var countMarked = db.NewSQL(`SELECT count(*) FROM report_stock WHERE dirty_at > 0`)

func (w *town) marked() (n int) {
	w.Helper()
	w.must(w.DB.View(w.Context(), func(tx *db.Tx) error { _, err := tx.Query(countMarked).One(&n); return err }))
	return n
}

func TestAShopThatSellsFiftyOfTenMakesBackOrdersAndNoNegativeStock(t *testing.T) {
	each(t, intake.Account{StockPush: true}, func(w *town) {
		w.receive("MUG", 10)
		w.settle(time.Second)
		w.settle(10 * time.Second)
		w.shop.Sell(50, "MUG", 1) // it does not look
		w.settle(time.Minute)
		w.settle(10 * time.Second)
		var v order.Views
		w.must(w.DB.View(t.Context(), func(tx *db.Tx) (err error) { v, err = order.Counts(tx); return err }))
		if v.Allocated.N != 10 || v.Backordered.N != 40 {
			t.Errorf("%d allocated and %d back-ordered, want 10 and 40", v.Allocated.N, v.Backordered.N)
		}
		w.must(w.DB.View(t.Context(), func(tx *db.Tx) error {
			list, err := inventory.Balances(tx, []int64{w.SKUs["MUG"]})
			if len(list) != 1 || list[0].OnHand != 10 || list[0].Reserved != 10 || list[0].Available() != 0 {
				t.Errorf("%+v", list)
			}
			return err
		}))
		if n := w.shop.Stock("MUG"); n != 0 {
			t.Errorf("the shop may sell %d", n)
		}
		w.clean()
	})
}

func TestAParcelThatIsReportedAndNotCollectedIsTold(t *testing.T) {
	each(t, intake.Account{ReportAt: intake.AtPrint}, func(w *town) {
		w.receive("MUG", 5)
		f := w.sold(1)[0]
		w.labelled(f)
		w.settle(23 * time.Hour)
		if n := len(w.uncollected()); n != 0 {
			t.Error("it has a day to be collected")
		}
		w.settle(2 * time.Hour)
		w.settle(2 * time.Hour)
		if n := len(w.uncollected()); n != 1 || w.told("report.not_collected.v1") != 1 {
			t.Errorf("%d stand there, told %d times, want once", n, w.told("report.not_collected.v1"))
		}
		w.handedOver(f)
		for range 30 { // the carrier scans it
			w.settle(2 * time.Hour)
		}
		if n := len(w.uncollected()); n != 0 {
			t.Errorf("%d stand there after the carrier has it", n)
		}
	})
}

func (w *town) uncollected() (list []*report.Message) {
	w.Helper()
	w.must(w.DB.View(w.Context(), func(tx *db.Tx) (err error) { list, err = report.Uncollected(tx, 0, 10); return err }))
	return list
}

func TestTwoProcessesThatFollowTogetherTellOnce(t *testing.T) {
	each(t, intake.Account{}, func(w *town) {
		w.receive("MUG", 5)
		for i, f := range w.sold(4) {
			w.packed(f)
			if _, err := w.ship.Ship(t.Context(), nil, ship.In{FulfilmentID: f.ID, Carrier: "YTO", Waybill: fmt.Sprint("YT", i)}); err != nil {
				t.Fatal(err)
			}
		}
		other := report.New(w.DB, w.channels, catalog.New(w.DB, "CNY"), report.Settings{})
		dbtest.Facts(t, w.DB)
		var running sync.WaitGroup
		for _, s := range []*report.Service{w.report, other, w.report, other} {
			running.Go(func() {
				if _, err := s.Follow(t.Context()); err != nil {
					t.Error(err)
				}
			})
		}
		running.Wait()
		w.settle(time.Second)
		if n, sent := len(w.messages()), w.told("report.sent.v1"); n != 4 || sent != 4 {
			t.Errorf("%d messages, %d sent, want four", n, sent)
		}
	})
}
