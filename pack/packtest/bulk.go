package packtest

import (
	"testing"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/order"
	"github.com/packhorse/packhorse/pick"
	"github.com/packhorse/packhorse/wave"
)

// Bulk sells single items and brings them to the table in one walk of totals: one order and one fulfilment for each SKU.
func (w *World) Bulk(t testing.TB, skus ...string) (task int64, list []*order.Fulfilment) {
	t.Helper()
	check(t, w.DB.Update(t.Context(), func(tx *db.Tx) error {
		list = nil
		for _, sku := range skus {
			list = append(list, w.fulfilment(tx, w.order(tx, Of(sku)), Of(sku), 0))
		}
		return w.receive(tx, list)
	}))
	var ids []int64
	for _, f := range list {
		ids = append(ids, f.ID)
	}
	p := pick.New(w.DB, nil)
	out, err := p.ReleaseWave(t.Context(), nil, pick.WaveIn{Fulfilments: ids, Method: wave.ByShape, Actor: "system"})
	check(t, err)
	if len(out.Tasks) != 1 {
		t.Fatalf("%+v", out)
	}
	_, err = p.Confirm(t.Context(), nil, pick.ConfirmIn{TaskID: out.Tasks[0], Picker: "wang"})
	check(t, err)
	return out.Tasks[0], list
}
