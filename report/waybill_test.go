package report_test

import (
	"testing"
	"time"

	"github.com/packhorse/packhorse/aftersales"
	"github.com/packhorse/packhorse/intake"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/order"
	"github.com/packhorse/packhorse/report"
	"github.com/packhorse/packhorse/ship"
)

// relabelled takes the waybill of a fulfilment back and asks for another.
func (w *town) relabelled(f *order.Fulfilment) {
	w.Helper()
	_, err := w.ship.Void(w.Context(), nil, ship.VoidIn{FulfilmentID: f.ID})
	w.must(err)
	w.settle(time.Second)
	_, err = w.ship.Label(w.Context(), nil, ship.LabelIn{FulfilmentID: f.ID})
	w.must(err)
	w.settle(time.Second)
}

// waybill is the one that an order's parcel travels under.
func (w *town) waybill(f *order.Fulfilment) (waybill string) {
	w.Helper()
	w.must(w.DB.View(w.Context(), func(tx *db.Tx) error {
		all, err := ship.ShipmentsOf(tx, []int64{f.OrderID})
		for _, sh := range all[f.OrderID] {
			if sh.Gone() || sh.Status == ship.Labelled {
				waybill = sh.Waybill
			}
		}
		return err
	}))
	return waybill
}

// shows fails unless the shop knows one parcel of an order, under the waybill that it bears.
func (w *town) shows(number string, f *order.Fulfilment) {
	w.Helper()
	list := w.shop.Shipments(number)
	if len(list) != 1 || list[0].Waybill != w.waybill(f) || len(list[0].Lines) != 1 {
		w.Errorf("the shop shows %+v, the parcel bears %s", list, w.waybill(f))
	}
}

func TestAParcelThatIsLabelledAgainIsToldUnderItsNewWaybill(t *testing.T) {
	each(t, intake.Account{ReportAt: intake.AtPrint}, func(w *town) {
		w.receive("MUG", 5)
		f := w.sold(1)[0]
		w.labelled(f)
		w.shows("S-0001", f)
		first := w.waybill(f)
		for range 2 {
			w.relabelled(f)
			w.shows("S-0001", f)
		}
		if w.waybill(f) == first {
			t.Fatal("it bears the first waybill again")
		}
		w.settle(time.Hour)
		if sent, _ := w.shop.Calls(); sent != 1 {
			t.Errorf("the parcel was reported %d times, want once", sent)
		}
		list := w.messages()
		if len(list) != 3 || list[0].State != report.Sent || list[0].Key != list[2].Key+" "+w.waybill(f) || w.told("report.sent.v1") != 3 {
			t.Errorf("%d messages, the last %+v", len(list), list[0])
		}
		// another carrier takes it, with a number in hand
		_, err := w.ship.Void(t.Context(), nil, ship.VoidIn{FulfilmentID: f.ID})
		w.must(err)
		_, err = w.ship.Ship(t.Context(), nil, ship.In{FulfilmentID: f.ID, Carrier: "YTO", Waybill: "YT1001"})
		w.must(err)
		w.settle(time.Second)
		if list := w.shop.Shipments("S-0001"); len(list) != 1 || list[0].Waybill != "YT1001" || list[0].Carrier != "YTO" {
			t.Errorf("the shop shows %+v", list)
		}
		w.clean()
	})
}

func TestAChangeWhoseAnswerIsLostIsToldAgainAndIsOne(t *testing.T) {
	each(t, intake.Account{ReportAt: intake.AtPrint}, func(w *town) {
		w.receive("MUG", 5)
		f := w.sold(1)[0]
		w.labelled(f)
		w.shop.Lose(1)
		w.relabelled(f)
		if m := w.messages()[0]; m.State != report.Uncertain {
			t.Fatalf("%+v", m)
		}
		w.settle(time.Minute)
		if m := w.messages()[0]; m.State != report.Sent {
			t.Errorf("%+v", m)
		}
		w.shows("S-0001", f)
	})
}

// The shop took the first waybill, and its answer was lost; before it was asked, the parcel got another.
func TestAParcelThatIsLabelledAgainWhileItsReportIsInDoubtIsSetRight(t *testing.T) {
	each(t, intake.Account{ReportAt: intake.AtPrint}, func(w *town) {
		w.receive("MUG", 5)
		f := w.sold(1)[0]
		w.shop.Lose(1)
		w.labelled(f)
		first := w.waybill(f)
		w.relabelled(f)
		if w.waybill(f) == first || w.shop.Shipments("S-0001")[0].Waybill != first {
			t.Fatalf("the shop shows %+v, the parcel bears %s after %s", w.shop.Shipments("S-0001"), w.waybill(f), first)
		}
		w.settle(2 * time.Minute)
		w.shows("S-0001", f)
		if sent, found := w.shop.Calls(); sent != 1 || found == 0 {
			t.Errorf("reported %d times, asked %d times", sent, found)
		}
	})
}

func TestAWaybillThatChangesBeforeTheShopIsToldIsNoChange(t *testing.T) {
	each(t, intake.Account{ReportAt: intake.AtPrint}, func(w *town) {
		w.receive("MUG", 5)
		f := w.sold(1)[0]
		w.shop.Fail(intake.ErrUnreachable)
		w.labelled(f)
		w.relabelled(f)
		w.settle(time.Minute)
		w.shows("S-0001", f)
		if n := len(w.messages()); n != 1 {
			t.Errorf("%d messages, want one", n)
		}
	})
}

func TestALostParcelThatIsSentAgainIsToldUnderItsNewWaybill(t *testing.T) {
	for _, moment := range []string{intake.AtPrint, intake.AtHandOver} {
		t.Run(moment, func(t *testing.T) {
			each(t, intake.Account{ReportAt: moment}, func(w *town) {
				w.receive("MUG", 5)
				f := w.sold(1)[0]
				w.labelled(f)
				w.handedOver(f)
				lost := w.waybill(f)
				c, err := w.after.Open(t.Context(), nil, aftersales.OpenIn{OrderID: f.OrderID, Kind: aftersales.Reship, Reason: "lost"})
				w.must(err)
				_, err = w.after.Approve(t.Context(), nil, aftersales.DecideIn{CaseID: c.ID, Actor: "user:li"})
				w.must(err)
				w.settle(time.Second)
				again := w.reshipped(c)
				w.labelled(again)
				if list := w.shop.Shipments("S-0001"); len(list) != 1 || (list[0].Waybill == lost) != (moment == intake.AtHandOver) {
					t.Errorf("when the new label is there the shop shows %+v", list)
				}
				w.handedOver(again)
				list := w.shop.Shipments("S-0001")
				if len(list) != 1 || list[0].Waybill != w.waybill(again) || list[0].Waybill == lost || len(list[0].Lines) != 1 {
					t.Errorf("the shop shows %+v, the goods leave under %s after %s", list, w.waybill(again), lost)
				}
				if n := len(w.messages()); n != 2 {
					t.Errorf("%d messages, want the parcel and the change", n)
				}
				w.clean()
			})
		})
	}
}

// reshipped is the fulfilment of the order that sends the goods of a case again.
func (w *town) reshipped(c aftersales.Case) (f *order.Fulfilment) {
	w.Helper()
	w.must(w.DB.View(w.Context(), func(tx *db.Tx) error {
		key, found, err := intake.OrderOf(tx, aftersales.Channel, "mall", c.Name())
		if err != nil || !found {
			w.Fatalf("no order sends the goods again: %v", err)
		}
		all, err := order.FulfilmentsOf(tx, []int64{key})
		if len(all[key]) != 1 {
			w.Fatalf("it has %d fulfilments", len(all[key]))
		}
		f = all[key][0]
		return err
	}))
	return f
}

// plain is a shop that takes parcels and cannot change one.
type plain struct {
	intake.Channel
	intake.ShipmentTaker
}

func TestAShopThatCannotBeToldOfAChangeLeavesItToAPerson(t *testing.T) {
	each(t, intake.Account{ReportAt: intake.AtPrint}, func(w *town) {
		w.less = func(c intake.Channel) intake.Channel { return plain{c, c.(intake.ShipmentTaker)} }
		w.receive("MUG", 5)
		f := w.sold(1)[0]
		w.labelled(f)
		w.relabelled(f)
		if m := w.messages()[0]; m.State != report.Failed || m.Code != "report.unable" || w.told("report.failed.v1") != 1 {
			t.Errorf("%+v", m)
		}
	})
}
