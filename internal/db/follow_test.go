package db_test

import (
	"fmt"
	"testing"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/db/dbtest"
)

func TestEveryFollowerOfTheLogIsShownByHowFarItIsBehind(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		for range 5 {
			err := d.Update(t.Context(), func(tx *db.Tx) error { tx.Emit(db.Event{Kind: "test.v1"}); return nil })
			if err != nil {
				t.Fatal(err)
			}
		}
		facts := dbtest.Facts(t, d)
		at := func(list ...db.Cursor) func(*db.Tx) ([]db.Cursor, error) {
			return func(*db.Tx) ([]db.Cursor, error) { return list, nil }
		}
		d.Follow("search", at(db.Cursor{}))
		d.Follow("webhooks", at(facts[4].Cursor(), facts[1].Cursor(), facts[3].Cursor()))
		d.Follow("report", at())
		d.Follow("stream", at(facts[3].Cursor()))
		gone := d.Follow("stream", at(db.Cursor{}))
		lags := func(most int) string {
			t.Helper()
			got, err := d.Lags(t.Context(), most)
			if err != nil {
				t.Fatal(err)
			}
			return fmt.Sprint(got)
		}
		if got := lags(100); got != "map[report:0 search:5 stream:5 webhooks:3]" {
			t.Error(got)
		}
		gone()
		if got := lags(2); got != "map[report:0 search:2 stream:1 webhooks:2]" {
			t.Error(got)
		}
	})
}
