package aftersales

import (
	"fmt"
	"testing"

	"github.com/packhorse/packhorse/catalog"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/order"
)

func TestABundleComesBackInPiecesThatAreTogetherWorthWhatWasPaid(t *testing.T) {
	const tea, pot, box = int64(11), int64(12), int64(13)
	b := &book{Order: &order.Order{PaidAmount: 3001, Total: 3001, Lines: []order.Line{{No: 1, SKUID: box, Quantity: 2, UnitPrice: 1500}}, ShippingFee: 1},
		perUnit: map[int64][]catalog.Component{1: {{SKU: tea, Quantity: 2}, {SKU: pot, Quantity: 1}}}}
	if n := b.base(1); n != 6 {
		t.Errorf("two bundles of three are %d units", n)
	}
	field := func(name string) string { return name }
	whole, err := b.wish(Asked{LineNo: 1, Quantity: 2}, nil, field)
	if err != nil || fmt.Sprint(whole[0].piece, whole[0].quantity, whole[1].piece, whole[1].quantity) != "{1 11} 4 {1 12} 2" {
		t.Errorf("%v %v", whole, err)
	}
	one, err := b.wish(Asked{LineNo: 1, SKU: "POT", Quantity: 1}, map[string]catalog.SKU{"POT": {ID: pot}}, field)
	if err != nil || len(one) != 1 || one[0].piece != (piece{1, pot}) {
		t.Errorf("%v %v", one, err)
	}
	for asked, code := range map[Asked]string{{LineNo: 1, SKU: "MUG", Quantity: 1}: "aftersales.piece", {LineNo: 2, Quantity: 1}: "aftersales.line", {LineNo: 1, Quantity: 1, Swap: "NONE"}: "inventory.unknown_sku"} {
		if _, err := b.wish(asked, map[string]catalog.SKU{"MUG": {ID: 99}}, field); fault.Code(err) != code {
			t.Errorf("%+v: %v, want %s", asked, err, code)
		}
	}
	shares := Shares(b.Order)
	if all, half := b.worth(shares, 1, 6), b.worth(shares, 1, 3); all != 3000 || half != 1500 || shares[Shipping] != 1 {
		t.Errorf("all of it is worth %d, half of it %d: %v", all, half, shares)
	}
}
