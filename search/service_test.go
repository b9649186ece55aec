package search

import (
	"fmt"
	"slices"
	"testing"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/db/dbtest"
	"github.com/packhorse/packhorse/order"
)

func take(t *testing.T, d *db.DB, no, name, phone string) (key int64) {
	t.Helper()
	err := d.Update(t.Context(), func(tx *db.Tx) error {
		o := &order.Order{Channel: "shop", ExternalNo: no, Kind: "normal", Currency: "CNY", Recipient: order.Recipient{Name: name, Phone: phone, Country: "CN"},
			Axes:  order.Axes{Payment: "paid", Review: "pending", Fulfilment: "none", Delivery: "none", AfterSale: "none"},
			Lines: []order.Line{{No: 1, SKU: "TEA-1", Title: "Tea", Quantity: 1}}}
		order.Create(tx, o)
		key = o.ID
		tx.Emit(db.Event{Kind: "order.received.v1", Order: key})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return key
}

// follow steps until the index is up to date. On PostgreSQL events below an open transaction of another test come later.
func follow(t *testing.T, d *db.DB, s *Service) {
	t.Helper()
	_ = dbtest.Facts(t, d)
	for range 1000 {
		if n, err := s.Step(t.Context()); err != nil {
			t.Fatal(err)
		} else if n == 0 {
			return
		}
	}
	t.Fatal("the index is never up to date")
}

func found(t *testing.T, s *Service, q Query) []int64 {
	t.Helper()
	if q.Limit == 0 {
		q.Limit = 10
	}
	f, err := s.Find(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	return f.Orders
}

func TestTwoCharactersOfANameFindTheOrder(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := New(d)
		a := take(t, d, "SO-1001", "欧阳小明", "13812345678")
		b := take(t, d, "SO-1002", "小红", "13912345678")
		follow(t, d, s)
		for q, want := range map[string][]int64{"小明": {a}, "小红": {b}, "5678": {b, a}, "SO-1001": {a}, "tea-1": {b, a}, "小明 13812345678": {a}, "小明 1002": nil, "𠮷野": nil} {
			if got := found(t, s, Query{Text: q, Personal: true}); !slices.Equal(got, want) {
				t.Errorf("%s: %v, want %v", q, got, want)
			}
		}
		if got := found(t, s, Query{Text: "小明"}); got != nil {
			t.Errorf("found by a name without the right to: %v", got)
		}
	})
}

func TestAnAmendedOrderIsFoundByTheNewNameOnly(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := New(d)
		a := take(t, d, "SO-1", "王芳", "")
		follow(t, d, s)
		err := d.Update(t.Context(), func(tx *db.Tx) error {
			o, err := order.LockOne(tx, a)
			if err != nil {
				return err
			}
			o.Recipient.Name = "李雷"
			order.SaveContent(tx, o)
			tx.Emit(db.Event{Kind: "order.amended.v1", Order: a})
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		follow(t, d, s)
		if old, now := found(t, s, Query{Text: "王芳", Personal: true}), found(t, s, Query{Text: "李雷", Personal: true}); old != nil || !slices.Equal(now, []int64{a}) {
			t.Errorf("by the old name %v, by the new %v", old, now)
		}
	})
}

func TestPagesOfAnAnswerFollowEachOther(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := New(d)
		var all []int64
		for i := range 150 { // more than one commit of the index
			all = append(all, take(t, d, fmt.Sprintf("SO-%d", i), "王芳", ""))
		}
		slices.Reverse(all)
		follow(t, d, s)
		odd := func(_ *db.Tx, orders []int64) (kept []int64, err error) {
			for _, o := range orders {
				if slices.Index(all, o)%2 == 1 {
					kept = append(kept, o)
				}
			}
			return kept, nil
		}
		for _, q := range []Query{{Text: "王芳", Personal: true, Limit: 40}, {Text: "王芳", Personal: true, Limit: 7, Keep: odd}, {Text: "王芳", Personal: true, Limit: 150}} {
			want := all
			if q.Keep != nil {
				want, _ = odd(nil, all)
			}
			var got []int64
			for range 100 {
				f, err := s.Find(t.Context(), q)
				if err != nil {
					t.Fatal(err)
				}
				got = append(got, f.Orders...)
				if q.Before = f.Next; f.Next == 0 {
					break
				}
			}
			if !slices.Equal(got, want) {
				t.Errorf("pages of %d: %d orders, want %d", q.Limit, len(got), len(want))
			}
		}
	})
}

func TestARebuiltIndexFindsWhatTheOldOneDid(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := New(d)
		a := take(t, d, "SO-1", "王芳", "")
		follow(t, d, s)
		err := d.Update(t.Context(), func(tx *db.Tx) error { return put(tx, []int64{a}, []string{"cwrong"}) })
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Rebuild(t.Context(), nil); err != nil {
			t.Fatal(err)
		}
		follow(t, d, s)
		if got := found(t, s, Query{Text: "王芳", Personal: true}); !slices.Equal(got, []int64{a}) {
			t.Errorf("%v", got)
		}
		if got := found(t, s, Query{Text: "wrong"}); got != nil {
			t.Errorf("the old terms are still there: %v", got)
		}
	})
}
