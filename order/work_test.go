package order_test

import (
	"slices"
	"testing"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/db/dbtest"
	"github.com/packhorse/packhorse/order"
)

func TestTheWorkOfNodesIsListedOldestFirstAndInPages(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		var all []int64
		err := d.Update(t.Context(), func(tx *db.Tx) error {
			all = nil
			for i, status := range []string{order.Allocated, order.Released, order.Shipped, order.Packed, order.Allocated, order.Picked} {
				f := order.Fulfilment{OrderID: 1, NodeID: int64(1 + i/4), Status: status}
				order.AddFulfilment(tx, &f)
				all = append(all, f.ID)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		work := []string{order.Allocated, order.Released, order.Picked, order.Packed}
		for _, c := range []struct {
			nodes    []int64
			statuses []string
			after    int64
			limit    int
			want     []int64
		}{
			{[]int64{2, 1}, work, 0, 10, []int64{all[0], all[1], all[3], all[4], all[5]}},
			{[]int64{1, 2}, work, 0, 2, all[:2]},
			{[]int64{1, 2}, work, all[1], 2, all[3:5]},
			{[]int64{2}, work, 0, 10, all[4:]},
			{[]int64{1}, []string{order.Shipped}, 0, 10, nil},
			{nil, work, 0, 10, nil},
		} {
			err := d.View(t.Context(), func(tx *db.Tx) error {
				got, err := order.InWork(tx, c.nodes, c.statuses, c.after, c.limit)
				if !slices.Equal(got, c.want) {
					t.Errorf("nodes %v, %v behind %d: %v, want %v", c.nodes, c.statuses, c.after, got, c.want)
				}
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
		}
	})
}
