package review_test

import (
	"fmt"
	"testing"

	"github.com/packhorse/packhorse/catalog"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/order"
	"github.com/packhorse/packhorse/review"
)

// desk is a company with one SKU and a review service.
type desk struct {
	t   *testing.T
	db  *db.DB
	svc *review.Service
	sku int64
}

func newDesk(t *testing.T, d *db.DB) *desk {
	saved, err := catalog.New(d, "CNY").Save(t.Context(), nil, "user:ann", catalog.Entry{SKU: catalog.SKU{Code: "TEA", WeightG: 200, Cost: 1000, Price: 2000}})
	if err != nil {
		t.Fatal(err)
	}
	return &desk{t, d, review.New(d, review.Settings{}), saved.SKU.ID}
}

// good is an order that no rule objects to; every one has its own buyer.
func (k *desk) good(n int) *order.Order {
	return &order.Order{Channel: "csv", ExternalNo: fmt.Sprint("E", n), Kind: "normal", PlacedAt: k.db.Clock().Now().UnixMicro(), Currency: "CNY", Total: 2000, PaidAmount: 2000,
		Buyer: order.Buyer{ID: fmt.Sprint("b", n), IP: fmt.Sprintf("8.%d.%d.8", n/250, n%250)},
		Recipient: order.Recipient{Name: "李雷", Phone: fmt.Sprintf("138%08d", 12345+n*7), Country: "CN", Province: "浙江省", City: "杭州市", District: "西湖区",
			Address: fmt.Sprintf("文三路%d号", n+1)},
		Axes:  order.Axes{Payment: order.Paid, Review: order.ReviewPending, Fulfilment: order.FulfilmentNone, Delivery: order.DeliveryNone, AfterSale: order.AfterSaleNone},
		Lines: []order.Line{{No: 1, SKUID: k.sku, SKU: "TEA", Title: "tea", Quantity: 1, UnitPrice: 2000}}}
}

func (k *desk) add(orders ...*order.Order) {
	k.t.Helper()
	k.update(func(tx *db.Tx) error {
		for _, o := range orders {
			order.Create(tx, o)
		}
		return nil
	})
}

func (k *desk) update(fn func(*db.Tx) error) {
	k.t.Helper()
	if err := k.db.Update(k.t.Context(), fn); err != nil {
		k.t.Fatal(err)
	}
}

func (k *desk) step() int {
	k.t.Helper()
	n, err := k.svc.Step(k.t.Context())
	if err != nil {
		k.t.Fatal(err)
	}
	return n
}

// state reads an order's axes and the reasons of its live holds.
func (k *desk) state(o *order.Order) (axes order.Axes, holds []*order.Hold) {
	k.t.Helper()
	err := k.db.View(k.t.Context(), func(tx *db.Tx) error {
		found, err := order.ByIDs(tx, []int64{o.ID})
		if err != nil {
			return err
		}
		axes = found[o.ID].Axes
		all, err := order.Holds(tx, []int64{o.ID})
		for _, h := range all[o.ID] {
			if h.Live() {
				holds = append(holds, h)
			}
		}
		return err
	})
	if err != nil {
		k.t.Fatal(err)
	}
	return axes, holds
}

func (k *desk) want(o *order.Order, reviewed, fulfilment string, reasons ...string) []*order.Hold {
	k.t.Helper()
	axes, holds := k.state(o)
	var got []string
	for _, h := range holds {
		got = append(got, h.Reason)
	}
	if axes.Review != reviewed || axes.Fulfilment != fulfilment || fmt.Sprint(got) != fmt.Sprint(reasons) {
		k.t.Fatalf("order %s is %s/%s with holds %v; want %s/%s %v", o.ExternalNo, axes.Review, axes.Fulfilment, got, reviewed, fulfilment, reasons)
	}
	return holds
}
