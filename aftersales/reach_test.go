package aftersales_test

import (
	"testing"

	"github.com/packhorse/packhorse/aftersales"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/notify"
	"github.com/packhorse/packhorse/order"
	"github.com/packhorse/packhorse/pack/packtest"
	"github.com/packhorse/packhorse/printing"
	"github.com/packhorse/packhorse/report"
)

func TestEverythingOfAfterSalesTellsWhereItBelongs(t *testing.T) {
	each(t, func(w *desk) {
		t, ctx := w.t, w.t.Context()
		o := w.delivered(packtest.Line{SKU: "MUG", Quantity: 2})
		c, err := w.after.Open(ctx, nil, aftersales.OpenIn{OrderID: o.ID, Kind: aftersales.Return, Reason: "damaged", Actor: "user:ria"})
		if err != nil {
			t.Fatal(err)
		}
		if c, err = w.after.Label(ctx, nil, aftersales.LabelIn{CaseID: c.ID, Waybill: "BACK-1", Carrier: "SF", Actor: "user:ria"}); err != nil {
			t.Fatal(err)
		}
		if c, err = w.after.Receive(ctx, nil, aftersales.ReceiveIn{CaseID: c.ID, Actor: "user:ria"}); err != nil {
			t.Fatal(err)
		}
		p, err := w.after.Pool(ctx, nil, aftersales.PoolIn{Node: "HZ", Waybill: "YT-UNKNOWN", Lines: []aftersales.Came{{SKU: "MUG", Quantity: 1}}, Actor: "user:ria"})
		if err != nil {
			t.Fatal(err)
		}
		w.update(func(tx *db.Tx) error {
			list, err := aftersales.ByWaybill(tx, []string{"BACK-1", "other", ""})
			if err != nil || len(list) != 1 || list[0].ID != c.ID {
				t.Errorf("%v %v", list, err)
			}
			caseID, node, err := aftersales.UnitPlace(tx, c.Units[0].ID)
			if err != nil || caseID != c.ID || node != p.Parcel.NodeID {
				t.Errorf("%d %d %v", caseID, node, err)
			}
			if at, err := aftersales.ParcelNode(tx, p.Parcel.ID); err != nil || at != node {
				t.Errorf("%d %v", at, err)
			}
			here, err := aftersales.OpenParcelsAt(tx, []int64{node}, 0, 10)
			if err != nil || len(here) != 1 || len(here[0].Units) != 1 {
				t.Errorf("%+v %v", here, err)
			}
			elsewhere, err := aftersales.OpenParcelsAt(tx, []int64{node + 1}, 0, 10)
			if err != nil || len(elsewhere) != 0 {
				t.Errorf("%+v %v", elsewhere, err)
			}
			for name, find := range map[string]func(*db.Tx, int64) (int64, error){"refund": aftersales.OrderOfRefund, "stop": order.StopPlace, "print job": printing.JobPlace,
				"message": notify.OrderOf, "report": report.ChannelOf} {
				if key, err := find(tx, 7); err != nil || key != 0 {
					t.Errorf("a %s that is not there: %d %v", name, key, err)
				}
			}
			return nil
		})
	})
}
