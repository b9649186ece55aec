package allocation_test

import (
	"testing"

	"github.com/packhorse/packhorse/allocation"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/db/dbtest"
	"github.com/packhorse/packhorse/order"
)

func TestOrdersOfOneRecipientAtOneWarehouseAreShownWithWhatOneParcelWouldSave(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		y := newYard(t, d, 1, 0)
		y.stock(nodeHZ, 0, 50)
		to := func(units int64, r order.Recipient) *order.Order {
			o := y.order(true, ask{0, units})
			r.Country, r.Province, r.City = "CN", "浙江省", "宁波市"
			o.Recipient = r
			return o
		}
		first := to(1, order.Recipient{Name: "王芳", Phone: "138 1234 5678", Address: "文三路 100 号"})
		second := to(2, order.Recipient{Name: "王芳", Phone: "+86 13812345678", Address: "文三路100号"})
		neighbour := to(1, order.Recipient{Name: "李雷", Phone: "13900000000", Address: "文三路 100 号"})
		masked := to(1, order.Recipient{Name: "王*", Phone: "138****5678", Address: "文三路***"})
		tokens := []*order.Order{to(1, order.Recipient{Name: "赵*", Token: "T1", Issuer: "tmall"}), to(4, order.Recipient{Name: "赵*", Token: "T1", Issuer: "tmall"}),
			to(1, order.Recipient{Name: "赵*", Token: "T1", Issuer: "jd"})}
		y.add(first, second, neighbour, masked)
		y.add(tokens...)
		y.step()

		list := func(q allocation.NeighbourQuery) []allocation.Neighbours {
			t.Helper()
			q.Nodes, q.Limit = []int64{nodeHZ, nodeGZ}, 10
			out, more, err := y.svc.SameRecipient(t.Context(), q)
			if err != nil || more {
				t.Fatal(more, err)
			}
			return out
		}
		got := list(allocation.NeighbourQuery{})
		if len(got) != 2 {
			t.Fatalf("%d groups", len(got))
		}
		// 300 g and 600 g cost 4.50 each, 900 g together the same; 300 g and 1,200 g the same again, as the rate is flat.
		if g := got[0]; g.Members[0].Order != first.ID || g.Members[1].Order != second.ID || len(g.Members) != 2 || g.Apart != 900 || g.Saves != 450 {
			t.Errorf("%+v", g)
		}
		if g := got[1]; g.Members[0].Order != tokens[0].ID || len(g.Members) != 2 || g.Members[1].Units != 4 {
			t.Errorf("%+v", g)
		}
		if behind := list(allocation.NeighbourQuery{Saves: got[0].Saves, ID: got[0].ID()}); len(behind) != 1 || behind[0].ID() != got[1].ID() {
			t.Errorf("the next page: %+v", behind)
		}
		nobody := func(*db.Tx, []order.Unreleased) ([]order.Unreleased, error) { return nil, nil }
		if seen := list(allocation.NeighbourQuery{Inside: nobody}); len(seen) != 0 {
			t.Errorf("shown to whoever may not see them: %+v", seen)
		}

		set := func(apart bool) {
			if _, err := y.svc.SetApart(t.Context(), nil, []int64{first.ID, second.ID}, apart, "user:ann"); err != nil {
				t.Fatal(err)
			}
		}
		set(true)
		if got := list(allocation.NeighbourQuery{}); len(got) != 1 {
			t.Errorf("what goes apart is still offered: %+v", got)
		}
		if got := list(allocation.NeighbourQuery{Ignored: true}); len(got) != 2 || !got[0].Ignored {
			t.Errorf("%+v", got)
		}
		third := to(1, order.Recipient{Name: "王芳", Phone: "13812345678", Address: "文三路100号"})
		y.add(third)
		y.step()
		if got := list(allocation.NeighbourQuery{}); len(got) != 2 || len(got[0].Members) != 3 || got[0].Saves != 900 {
			t.Errorf("another order joins them, so they are offered again: %+v", got)
		}
		set(false)
		if got := list(allocation.NeighbourQuery{}); len(got) != 2 {
			t.Errorf("%+v", got)
		}
	})
}
