package aftersales_test

import (
	"testing"

	"github.com/packhorse/packhorse/aftersales"
	"github.com/packhorse/packhorse/pack/packtest"
)

func TestAnOfferIsWhatCanStillBeAskedForAndOpenAgrees(t *testing.T) {
	each(t, func(w *desk) {
		o := w.delivered(packtest.Line{SKU: "MUG", Quantity: 3})
		w.open(aftersales.OpenIn{OrderID: o.ID, Kind: aftersales.Return, Lines: []aftersales.Asked{{LineNo: 1, Quantity: 1}}})
		got, err := w.after.Offer(t.Context(), o.ID)
		if err != nil || len(got.Lines) != 1 || got.Lines[0].Back != 2 || got.Lines[0].Most != 3 || len(got.Cases) != 1 || got.Label {
			t.Fatalf("%+v %v", got, err)
		}
		_, err = w.after.Open(t.Context(), nil, aftersales.OpenIn{OrderID: o.ID, Kind: aftersales.Return, Reason: "damaged", Lines: []aftersales.Asked{{LineNo: 1, Quantity: 3}}})
		wantFault(t, err, "aftersales.too_many")
		w.open(aftersales.OpenIn{OrderID: o.ID, Kind: aftersales.Return, Lines: []aftersales.Asked{{LineNo: 1, Quantity: got.Lines[0].Back}}})
		if got, err = w.after.Offer(t.Context(), o.ID); err != nil || got.Lines[0].Back != 0 {
			t.Errorf("%+v %v", got, err)
		}
		_, err = w.after.Offer(t.Context(), 1)
		wantFault(t, err, "order.not_found")
	})
}
