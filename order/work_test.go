package order

import (
	"fmt"
	"slices"
	"testing"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/db/dbtest"
)

func TestTheWorkOfNodesIsListedMostUrgentFirstAndInPages(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		var all []Place
		do(t, d, func(tx *db.Tx) error {
			for i, status := range []string{Allocated, Released, Shipped, Packed, Allocated, Picked} {
				// The deadlines go up, the fines with them: the most dear is the least urgent by deadline.
				f := Fulfilment{OrderID: 1, NodeID: int64(1 + i/4), Status: status, Rank: Urgency{Deadline: int64(1 + i), FineAtRisk: int64(i)}.Rank()}
				AddFulfilment(tx, &f)
				all = append(all, Place{f.Rank, f.ID})
			}
			return nil
		})
		for _, c := range []struct {
			sort     string
			nodes    []int64
			statuses []string
			after    Place
			limit    int
			want     []Place
		}{
			{ByDeadline, []int64{2, 1}, Work, Place{}, 10, []Place{all[0], all[1], all[3], all[4], all[5]}},
			{ByFine, []int64{2, 1}, Work, Place{}, 10, []Place{all[5], all[4], all[3], all[1], all[0]}},
			{ByDeadline, []int64{1, 2}, Work, Place{}, 2, all[:2]},
			{ByDeadline, []int64{1, 2}, Work, all[1], 2, all[3:5]},
			{ByFine, []int64{1, 2}, Work, all[4], 2, []Place{all[3], all[1]}},
			{ByDeadline, []int64{2}, Work, Place{}, 10, all[4:]},
			{ByDeadline, []int64{1}, []string{Shipped}, Place{}, 10, nil},
			{ByDeadline, nil, Work, Place{}, 10, nil},
		} {
			do(t, d, func(tx *db.Tx) error {
				got, err := InWork(tx, c.nodes, c.statuses, c.sort, c.after, c.limit)
				if !slices.Equal(got, c.want) {
					t.Errorf("nodes %v, %v by %s behind %+v: %v, want %v", c.nodes, c.statuses, c.sort, c.after, got, c.want)
				}
				return err
			})
		}
	})
}

func TestANodeReleasesWhatIsNotHeldAsTheCompanySorts(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		now := d.Clock().Now().UnixMicro()
		var parts []int64
		do(t, d, func(tx *db.Tx) error {
			for i, by := range []int64{9, 1, 5} {
				o := &Order{Channel: []string{"dear", "cheap", "dear"}[i], ExternalNo: fmt.Sprint(i), Kind: "normal", ShipBy: now + by*hour, Axes: at("fulfilment", FulfilmentAllocated)}
				if err := Create(tx, o); err != nil {
					return err
				}
				f := Fulfilment{OrderID: o.ID, NodeID: 1, Status: Allocated, Rank: o.Rank}
				AddFulfilment(tx, &f)
				parts = append(parts, f.ID)
				if i == 2 {
					if err := PlaceHold(tx, &Hold{OrderID: o.ID, Reason: "address.incomplete"}); err != nil {
						return err
					}
				}
			}
			return nil
		})
		ready := func(sort string) (ids []int64) {
			do(t, d, func(tx *db.Tx) error {
				return Queueing{Sort: sort, Fines: Fines{"dear": {ShipBy: 500}}}.Save(tx, "user:ann")
			})
			settle(t, d)
			do(t, d, func(tx *db.Tx) (err error) { ids, err = Ready(tx, 1, 10); return err })
			return ids
		}
		if got := ready(ByDeadline); !slices.Equal(got, []int64{parts[1], parts[0]}) {
			t.Errorf("by deadline %v of %v", got, parts)
		}
		if got := ready(ByFine); !slices.Equal(got, []int64{parts[0], parts[1]}) {
			t.Errorf("by fine %v of %v", got, parts)
		}
	})
}
