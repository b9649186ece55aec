package carton

import (
	"fmt"

	"github.com/packhorse/packhorse/internal/fault"
)

// largest bounds the sizes of goods (100 m) and weights (100 t), longest those of cartons (20 m, more than a sea
// container), so that volumes and prices stay far from overflow.
const (
	largest = 100_000_000
	longest = 20_000
)

// MaxUnits bounds one order. A larger one is pallets and not parcels, and the list of its units alone would be megabytes.
const MaxUnits = 20_000

// Validate reports every mistake of the problem as one fault. Choose expects a valid problem.
func (p Problem) Validate() error {
	var causes []*fault.Fault
	ids := map[string]bool{}
	for i, c := range p.Cartons {
		field := fmt.Sprintf("cartons[%d]", i)
		causes = append(causes, c.mistake(field))
		if ids[c.ID] {
			causes = append(causes, fault.Invalidf(field+".id", "carton.id_twice", "carton %q is given twice", c.ID).With("carton", c.ID))
		}
		ids[c.ID] = true
	}
	causes = append(causes, p.Freight.mistake())
	units, seen := 0, map[string]Item{}
	for i, it := range p.Items {
		field := fmt.Sprintf("items[%d]", i)
		causes = append(causes, it.mistake(field))
		if other, ok := seen[it.SKU]; ok && !other.alike(it) {
			causes = append(causes, fault.Invalidf(field+".sku", "carton.sku_twice",
				"SKU %q is given twice with different sizes or rules", it.SKU).With("sku", it.SKU))
		}
		seen[it.SKU] = it
		units += min(max(it.Quantity, 0), MaxUnits+1)
	}
	if units > MaxUnits {
		causes = append(causes, fault.Invalidf("items", "carton.too_many_units",
			"one order holds at most %d units; divide it", MaxUnits).With("max", MaxUnits))
	}
	if joined := fault.Join(causes...); joined != nil {
		return joined
	}
	return nil
}

func (it Item) alike(other Item) bool {
	return it.MM == other.MM && it.G == other.G && it.ThisSideUp == other.ThisSideUp && it.Fragile == other.Fragile &&
		it.stacks() == other.stacks() && it.Soft == other.Soft && it.Group == other.Group
}

func (c Carton) mistake(field string) *fault.Fault {
	switch {
	case c.Kind != Box && c.Kind != Mailer && c.Kind != "":
		return fault.Invalidf(field+".kind", "carton.kind", "%q is neither box nor mailer", c.Kind).With("kind", string(c.Kind))
	case min(c.Inner[0], c.Inner[1], c.Inner[2]) <= 0 || max(c.Inner[0], c.Inner[1], c.Inner[2]) > longest:
		return fault.Invalidf(field+".inner_mm", "carton.size", "carton %q needs an inner length, width and height between 1 mm and 20 m", c.ID).
			With("carton", c.ID)
	case outOfRange(c.MaxG) || outOfRange(c.TareG) || c.Cost < 0 || c.Cost > 1e12:
		return fault.Invalidf(field, "carton.negative", "weights and cost of carton %q must not be negative or absurdly large", c.ID).
			With("carton", c.ID)
	}
	return nil
}

func (it Item) mistake(field string) *fault.Fault {
	switch {
	case it.SKU == "":
		return fault.Invalidf(field+".sku", "carton.no_sku", "name the SKU")
	case it.Quantity < 1:
		return fault.Invalidf(field+".quantity", "carton.quantity", "SKU %q needs a quantity of at least 1", it.SKU).With("sku", it.SKU)
	case min(it.MM[0], it.MM[1], it.MM[2]) < 0 || max(it.MM[0], it.MM[1], it.MM[2]) > largest/1000:
		return fault.Invalidf(field+".mm", "carton.item_size", "the size of SKU %q must lie between 0 (unknown) and 100 m", it.SKU).With("sku", it.SKU)
	case outOfRange(it.G):
		return fault.Invalidf(field+".g", "carton.item_weight", "the weight of SKU %q must lie between 0 (unknown) and 100 t", it.SKU).With("sku", it.SKU)
	}
	return nil
}

func (f Freight) mistake() *fault.Fault {
	if outOfRange(f.Divisor) || outOfRange(f.FirstG) || outOfRange(f.StepG) || f.First < 0 || f.Step < 0 || f.First > 1e12 || f.Step > 1e9 {
		return fault.Invalidf("freight", "carton.freight", "freight weights and prices must not be negative or absurdly large")
	}
	return nil
}

func outOfRange(v int) bool {
	return v < 0 || v > largest
}
