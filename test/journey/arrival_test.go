package journey

import (
	"testing"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/order"
	"github.com/packhorse/packhorse/review"
)

// atOnce has the house decide over orders as they come, as the program does on SQLite.
func (h *house) atOnce() {
	h.t.Helper()
	h.Review = review.New(h.DB, review.Settings{Currency: "CNY", Then: h.allocation.Next})
	h.Intake.Then(h.Review.Arrive)
	h.settle()
}

var (
	statesOf  = db.NewSQL(`SELECT review || ' ' || fulfilment FROM order_head WHERE id = $1`)
	momentsOf = db.NewSQL(`SELECT DISTINCT at FROM event WHERE order_id = $1`)
	kindsOf   = db.NewSQL(`SELECT kind FROM event WHERE order_id = $1 ORDER BY id`)
)

func TestAnOrderThatPassesIsAllocatedInTheCommitThatTookItIn(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.stock("HZ,A-1,MUG,good,,,3")
		h.atOnce()
		for no, want := range map[int]string{1: "passed allocated", 2: "held none", 3: "passed backordered"} {
			doc := sold(no, "浙江省", item("MUG", 2))
			switch no {
			case 2:
				doc.District, doc.City = "", ""
			case 3:
				doc.Lines[0].SKU = "TEE"
			}
			r, err := h.receive(doc)
			must(h, 0, err)
			if got := rows[string](h, statesOf, r.OrderID)[0]; got != want {
				t.Errorf("order %d is %s, want %s", no, got, want)
			}
			if n := len(rows[int64](h, momentsOf, r.OrderID)); n != 1 {
				t.Errorf("what happened to order %d has %d moments", no, n)
			}
			if kinds := rows[string](h, kindsOf, r.OrderID); kinds[0] != "order.received.v1" {
				t.Errorf("the timeline of order %d begins with %v", no, kinds)
			}
		}
		h.settle()
		if n := rows[int64](h, countOrders)[0]; n != 3 {
			t.Errorf("%d orders are in, 3 were sent", n)
		}
		h.clean("after three orders")
	})
}

func TestOrdersThatAreDecidedOverAsTheyComeSellNothingTwice(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.stock("HZ,A-1,MUG,good,,,70", "GZ,A-1,MUG,good,,,50", "HZ,A-2,TEE,good,,,90", "HZ,R-1,PEN,good,,,100")
		h.atOnce()
		const orders = 160
		together(t, orders, func(i int) error { _, err := h.receive(mixed(i)); return err })
		h.settle()
		if n := rows[int64](h, countOrders)[0]; n != orders {
			t.Errorf("%d orders are in, %d were sent", n, orders)
		}
		if n := rows[int64](h, countPending)[0]; n != 0 {
			t.Errorf("%d orders are left undecided", n)
		}
		if n := rows[int64](h, selOversold); len(n) > 0 {
			t.Errorf("oversold: %v", n)
		}
		h.clean("after the rush")
	})
}

func TestAnOrderIsCountedOnceAmongThoseOfItsCustomerHoweverOftenItIsTried(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.stock("HZ,A-1,MUG,good,,,300")
		h.atOnce()
		arrive := h.Review.Arrive
		h.Intake.Then(func(tx *db.Tx, fresh []*order.Order) error {
			if err := arrive(tx, fresh); err != nil {
				return err
			}
			return db.ErrGuard // somebody was faster: everything is taken back
		})
		limit := review.DefaultThresholds().SamePhone
		for no := range int(limit) {
			doc := sold(no, "浙江省", item("MUG", 1))
			doc.Phone = "13900000000"
			r, err := h.receive(doc)
			must(h, 0, err)
			h.settle()
			if got := rows[string](h, statesOf, r.OrderID)[0]; got != "passed allocated" {
				t.Fatalf("order %d of %d with one telephone is %s", no+1, limit, got)
			}
		}
	})
}
