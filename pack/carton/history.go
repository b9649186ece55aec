package carton

import (
	"fmt"

	"github.com/packhorse/packhorse/internal/fault"
)

// mostOrders bounds a history; a longer one is told by equal orders and how often they came.
const mostOrders = 200_000

// Validate reports every mistake of the history as one fault. ProposeStock expects a valid one.
func (h History) Validate() error {
	if len(h.Orders) > mostOrders {
		return fault.Invalidf("orders", "carton.too_many_orders", "a history holds at most %d orders; give equal ones once, with times", mostOrders).With("max", mostOrders)
	}
	var causes []*fault.Fault
	add := func(at string, err error) {
		if err != nil {
			causes = append(causes, fault.Invalidf(at, fault.Code(err), "%s: %v", at, err))
		}
	}
	add("now", Problem{Cartons: h.Now, Freight: h.Freight}.Validate())
	add("offered", Problem{Cartons: h.Offered}.Validate())
	for i, o := range h.Orders {
		add(fmt.Sprintf("orders[%d]", i), Problem{Items: o.Items}.Validate())
		if o.Times < 0 || o.Times > largest {
			causes = append(causes, fault.Invalidf(fmt.Sprintf("orders[%d].times", i), "carton.quantity", "an order came at least once"))
		}
	}
	if h.Keep < 1 || h.Keep > 100 {
		causes = append(causes, fault.Invalidf("keep", "carton.keep", "keep between 1 and 100 sizes, not %d", h.Keep))
	}
	if h.Odd < 1 || h.Odd > 1e9 {
		causes = append(causes, fault.Invalidf("odd", "carton.odd", "say what a box made for one order costs more than one of the stock, at least 1"))
	}
	if b := h.Board; b.Cost < 0 || b.PerM2 < 0 || b.Cost > 1e9 || b.PerM2 > 1e9 || outOfRange(b.GPerM2) || outOfRange(b.StepMM) || outOfRange(b.MaxG) {
		causes = append(causes, fault.Invalidf("board", "carton.negative", "cost and weight of the board must not be negative or absurdly large"))
	}
	if joined := fault.Join(causes...); joined != nil {
		return joined
	}
	return nil
}

func sizeName(size [3]int) string {
	return fmt.Sprintf("%d×%d×%d", size[0], size[1], size[2])
}
