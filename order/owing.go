package order

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/packhorse/packhorse/internal/words"
)

// owing says what nobody can serve: which goods, how many, since when, and what has to happen. The debt that is oldest gives
// the reason; all of them are named.
func (f facts) owing() Standing {
	first := slices.MinFunc(f.owed, func(a, b BackOrder) int { return cmp.Compare(a.Since, b.Since) })
	code := "order.backorder." + first.Reason
	switch {
	case words.Has("en", code):
	case words.Has("en", first.Reason):
		code = "order.backorder.decided" // allocation speaks for itself
	default:
		code = "order.backorder.other"
	}
	goods, units := f.missing()
	next := "order.next.owed." + first.Reason[strings.LastIndexByte(first.Reason, '.')+1:]
	if !words.Has("en", next) {
		next = "order.next.supply"
	}
	owner := OwnerBuyer
	if by, ok := owedTo[next]; ok {
		owner = by
	}
	return Standing{Why: words.Text{Code: code, Params: map[string]any{"units": units, "reason": first.Reason, "goods": goods, "since": moment(first.Since)}},
		Next: words.Text{Code: next, Params: map[string]any{"goods": goods}}, By: f.o.PromisedBy, Owner: owner}
}

// owedTo is who acts where it is not the buyer.
var owedTo = map[string]Owner{"order.next.owed.capacity": OwnerSystem, "order.next.owed.held": OwnerReviewer, "order.next.owed.closed": OwnerWarehouse,
	"order.next.owed.no_service": OwnerWarehouse, "order.next.owed.rejected": OwnerWarehouse}

// goodsShown bounds how many SKUs a sentence names; the list of debts has all.
const goodsShown = 5

// missing lists the goods with their quantities, one line for a SKU, in the order of the debts.
func (f facts) missing() (goods []string, units int64) {
	var keys []string
	of := map[string]int64{}
	for _, b := range f.owed {
		name := f.skuOf(b)
		if of[name] == 0 {
			keys = append(keys, name)
		}
		of[name] += b.Quantity
		units += b.Quantity
	}
	for i, k := range keys {
		if i == goodsShown {
			return append(goods, "…"), units
		}
		goods = append(goods, fmt.Sprintf("%d × %s", of[k], k))
	}
	return goods, units
}

// skuOf is the code of what is owed. Without it the line says what was ordered: of a bundle that is not the component.
func (f facts) skuOf(b BackOrder) string {
	if b.SKU != "" {
		return b.SKU
	}
	for _, l := range f.o.Lines {
		if l.No == b.LineNo {
			return l.SKU
		}
	}
	return ""
}

// moment is a time in a sentence. A company has no time zone of its own, so it says which it is.
func moment(micros int64) string {
	return time.UnixMicro(micros).UTC().Format("2006-01-02 15:04 UTC")
}
