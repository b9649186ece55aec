package report_test

import (
	"testing"
	"time"

	"github.com/packhorse/packhorse/catalog"
	"github.com/packhorse/packhorse/intake"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/inventory"
	"github.com/packhorse/packhorse/order"
)

// may is how many the shop was told that it may sell, once everything has settled.
func (w *town) may(sku string, want int64) {
	w.Helper()
	w.settle(time.Minute)
	w.settle(10 * time.Second)
	if n := w.shop.Stock(sku); n != want {
		w.Errorf("the shop may sell %d %s, want %d", n, sku, want)
	}
}

// unpaid sells something that review holds until the money is there.
func (w *town) unpaid(sku string, quantity int64) string {
	w.Helper()
	number := w.shop.Sell(1, sku, quantity)[0]
	w.shop.Edit(number, func(d *intake.Document) { d.PaymentStatus = "unpaid" })
	return number
}

func TestWhatOrdersInReviewWillTakeIsNotSoldAgain(t *testing.T) {
	each(t, intake.Account{StockPush: true}, func(w *town) {
		w.receive("MUG", 10)
		w.may("MUG", 10)
		first, second := w.unpaid("MUG", 3), w.unpaid("MUG", 2)
		w.may("MUG", 5)
		var v order.Views
		w.must(w.DB.View(t.Context(), func(tx *db.Tx) (err error) { v, err = order.Counts(tx); return err }))
		if v.Allocated.N != 0 {
			t.Fatalf("%d orders hold a promise; they were to wait in review", v.Allocated.N)
		}
		w.shop.Edit(first, func(d *intake.Document) { d.PaymentStatus = "paid" }) // promised now instead of wanted
		w.may("MUG", 5)
		w.shop.Edit(second, func(d *intake.Document) { d.Cancelled = true })
		w.may("MUG", 7)
		w.unpaid("MUG", 20)
		w.may("MUG", 0)
		w.clean()
	})
}

func TestTheBufferOfAChannelHidesItsPartOfWhatIsLeft(t *testing.T) {
	each(t, intake.Account{StockPush: true}, func(w *town) {
		_, err := w.stock.SaveBuffer(t.Context(), nil, "user:ann", inventory.Buffer{Channel: "mall", SKU: w.SKUs["MUG"], Quantity: 2, Percent: 50})
		w.must(err)
		w.receive("MUG", 10)
		w.may("MUG", 5)
		w.unpaid("MUG", 6)
		w.may("MUG", 2)
		w.unpaid("MUG", 2)
		w.may("MUG", 0)
	})
}

func TestABundleInReviewTakesItsPartsFromTheOffer(t *testing.T) {
	each(t, intake.Account{StockPush: true}, func(w *town) {
		w.shop.List("SET")
		goods := catalog.New(w.DB, "CNY")
		w.load("catalog.csv", "sku,title\nSET,A set\n", goods.ImportSKUs)
		w.load("bundles.csv", "bundle_sku,component_sku,quantity,valid_from,valid_to\nSET,MUG,2,,\nSET,TEE,1,,\n", goods.ImportBundles)
		w.receive("MUG", 10)
		w.receive("TEE", 10)
		w.may("SET", 5)
		number := w.unpaid("SET", 2)
		w.may("SET", 3)
		w.may("MUG", 6)
		w.may("TEE", 8)
		w.shop.Edit(number, func(d *intake.Document) { d.PaymentStatus = "paid" })
		w.may("SET", 3)
		w.may("MUG", 6)
	})
}

func TestWhatIsOwedIsNotOfferedWhenItComes(t *testing.T) {
	each(t, intake.Account{StockPush: true}, func(w *town) {
		w.shop.Sell(1, "MUG", 4)
		w.may("MUG", 0)
		w.receive("MUG", 10) // no step serves the back-order here: it is owed still
		w.may("MUG", 6)
	})
}
