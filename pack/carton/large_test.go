package carton

import (
	"fmt"
	"reflect"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestThousandsOfUnitsGetAPlanAtOnce(t *testing.T) {
	mixed := order(500, 10)
	for i := range mixed.Items {
		mixed.Items[i].SKU = fmt.Sprintf("SKU-%03d", i)
	}
	odd := order(MaxUnits/5, 1)
	for i := range odd.Items {
		odd.Items[i].SKU = fmt.Sprintf("SKU-%05d", i)
	}
	for _, c := range []struct {
		name    string
		problem Problem
	}{
		{"5,000 of one SKU", order(1, 5000)},
		{"1,000 of one SKU", order(1, 1000)},
		{"30 SKUs of 167", order(30, 167)},
		{"500 SKUs of 10", mixed},
		{"a fifth of the most, each another SKU", odd},
		{"the most there may be", order(4, MaxUnits/4)},
		{"heavy", Problem{Cartons: range8(), Items: []Item{{SKU: "a", Quantity: 5000, G: 9000, MM: [3]int{100, 100, 100}}}}},
		{"in a bag", Problem{Cartons: range8()[:2], Items: []Item{{SKU: "a", Quantity: 5000, G: 30, Soft: true, MM: [3]int{100, 100, 10}}}}},
		{"of unknown size", Problem{Cartons: range8(), Items: []Item{{SKU: "a", Quantity: 5000, G: 30}}}},
	} {
		if err := c.problem.Validate(); err != nil {
			t.Fatalf("%s: %v", c.name, err)
		}
		began := time.Now()
		a := Choose(c.problem, Options{Effort: 200_000})
		took := time.Since(began)
		if err := Verify(c.problem, a); err != nil {
			t.Fatalf("%s: %v", c.name, err)
		}
		t.Logf("%-40s %4d parcels, bound/cost %.2f, %s", c.name, len(a.Parcels), float64(a.LowerBound)/float64(a.Cost), took)
		if took > 2*time.Second {
			t.Errorf("%s: %s is too long inside a transaction", c.name, took)
		}
		if c.name != "heavy" && float64(a.LowerBound) < 0.5*float64(a.Cost) {
			t.Errorf("%s: costs %d, no less than %d", c.name, a.Cost, a.LowerBound)
		}
	}
}

func TestBlocksOfEqualUnitsKeepTheRules(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawProblem(t, 6, 150)
		a := Choose(p, Options{Effort: 1})
		if err := Verify(p, a); err != nil {
			t.Fatal(err)
		}
		if again := Choose(p, Options{Effort: 1}); !reflect.DeepEqual(a, again) {
			t.Fatal("the same order was packed differently")
		}
	})
}

func TestALargeOrderOfOneSKUFillsItsCartons(t *testing.T) {
	box := Carton{ID: "B", Kind: Box, Inner: [3]int{400, 300, 200}, Cost: 50}
	p := Problem{Cartons: []Carton{box}, Items: []Item{{SKU: "a", Quantity: 4800, MM: [3]int{50, 50, 50}, G: 5}}}
	if a := Choose(p, Options{Effort: 200_000}); len(a.Parcels) != 25 || !a.Optimal {
		t.Errorf("%d parcels, want 25 of 192 units: eight by six in four layers", len(a.Parcels))
	}
	p.Items[0].Fragile = true
	if a := Choose(p, Options{Effort: 200_000}); len(a.Parcels) != 100 {
		t.Errorf("%d parcels, want 100 of one layer: nothing stands on what is fragile", len(a.Parcels))
	}
}
