package batching

import (
	"strings"
	"testing"

	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/pick/route"
)

const small = `NAME : small
TYPE : Order_batching
PICKER_CAPACITY : 4
LAYOUT : single-block
NUM_AISLES : 2
NUM_CELLS : 3
DEPOT_AISLE : 0
DEPOT_LOCATION : bottom
DISTANCE_AISLE_TO_AISLE : 2.4
DISTANCE_CELL_TO_CELL : 1
DISTANCE_TOP_TO_CELL : 1
DISTANCE_BOTTOM_TO_CELL : 0.5
DISTANCE_TOP_OR_BOTTOM_TO_DEPOT : 1.5
ARTICLE_SECTION
NUM_ARTICLES : 2
ID 0 WEIGHT 2
ID 1
SKU_SECTION
NUM_SKUS : 2
ID 0 AISLE 0 CELL 2 QUANTITY 1 LEFT_RIGHT_HAND_SIDE left
ID 1 AISLE 1 CELL 0 QUANTITY 1 LEFT_RIGHT_HAND_SIDE left
ORDER_SECTION
NUM_ORDERS : 2
NUM_ARTICLES_IN_ORDER : 1
ID 0 QUANTITY 1
NUM_ARTICLES_IN_ORDER : 2
ID 0 QUANTITY 1
ID 1 QUANTITY 2
EOF`

func TestAFileOfTheLiteratureIsReadAsItsAuthorsMeanIt(t *testing.T) {
	f, err := Read(strings.NewReader(strings.ReplaceAll(small, "\n", "\r\n")))
	if err != nil {
		t.Fatal(err)
	}
	p := f.Problem
	if f.Unit != 10 || p.Cart.Weight != 4 || len(p.Orders) != 2 || p.Orders[1].Weight != 4 {
		t.Errorf("unit %d, cart %+v, orders %+v", f.Unit, p.Cart, p.Orders)
	}
	// Cell 2, the lowest of three, is 0.5 from the depot's cross aisle; cell 0 two further.
	if p.Orders[0].Stops[0] != (route.Stop{Aisle: 1, Y: 5}) || p.Orders[1].Stops[1] != (route.Stop{Aisle: 2, Y: 25}) {
		t.Errorf("stops %+v", p.Orders)
	}
	if f.Place(p.Orders[1].Stops[1]) != [2]int{1, 0} {
		t.Errorf("place %v", f.Place(p.Orders[1].Stops[1]))
	}
	a, err := Solve(p, Options{})
	// 3 from the depot and back to it in each of two walks; one goes 0.5 deep, the other also 2.4 on and 2.5 deep.
	if err != nil || f.Length(a.Length) != 3+1+3+1+4.8+5 {
		t.Errorf("%v (%v)", f.Length(a.Length), err)
	}
}

func TestATopDepotIsTheSameFileUpsideDown(t *testing.T) {
	f, err := Read(strings.NewReader(small))
	if err != nil {
		t.Fatal(err)
	}
	turned := strings.NewReplacer("bottom\n", "top\n", "TOP_TO_CELL : 1", "TOP_TO_CELL : 0.5", "BOTTOM_TO_CELL : 0.5", "BOTTOM_TO_CELL : 1",
		"CELL 2", "CELL 0", "AISLE 1 CELL 0", "AISLE 1 CELL 2").Replace(small)
	g, err := Read(strings.NewReader(turned))
	if err != nil {
		t.Fatal(err)
	}
	a, _ := Solve(f.Problem, Options{})
	b, err := Solve(g.Problem, Options{})
	if err != nil || a.Length != b.Length {
		t.Errorf("%d, turned %d (%v)", a.Length, b.Length, err)
	}
}

func TestABadFileIsRefusedWithItsLineAndField(t *testing.T) {
	for _, c := range []struct{ from, to, field, says string }{
		{"NUM_CELLS : 3", "NUM_CELLS : many", "NUM_CELLS", "line 20"},
		{"DISTANCE_CELL_TO_CELL : 1", "", "DISTANCE_CELL_TO_CELL", "was not given"},
		{"DISTANCE_AISLE_TO_AISLE : 2.4", "DISTANCE_AISLE_TO_AISLE : -1", "DISTANCE_AISLE_TO_AISLE", "not a distance"},
		{"PICKER_CAPACITY : 4", "PICKER_CAPACITY : 0", "PICKER_CAPACITY", "not a number above 0"},
		{"PICKER_CAPACITY : 4", "PICKER_CAPACITY : 3", "PICKER_CAPACITY", "order 1 weighs 4"},
		{"LAYOUT : single-block", "LAYOUT : ring", "LAYOUT", "single-block"},
		{"TYPE : Order_batching", "TYPE : TSP", "TYPE", "Order_batching"},
		{"DEPOT_LOCATION : bottom", "DEPOT_LOCATION : middle", "DEPOT_LOCATION", "bottom nor top"},
		{"DEPOT_AISLE : 0", "DEPOT_AISLE : NaN", "DEPOT_AISLE", "NaN"},
		{"AISLE 1 CELL 0", "AISLE 2 CELL 0", "NUM_AISLES", "line 21"},
		{"AISLE 1 CELL 0", "AISLE x CELL 0", "AISLE", "line 21"},
		{"ID 1 QUANTITY 2", "ID 7 QUANTITY 2", "ID", "line 28"},
		{"ID 1 QUANTITY 2", "ID 1 QUANTITY 2.5", "QUANTITY", "line 28"},
		{"ID 1 QUANTITY 2", "QUANTITY 2", "ID", "line 28"},
		{"ID 0 WEIGHT 2", "ID 0 WEIGHT heavy", "WEIGHT", "heavy"},
		{"NUM_ORDERS : 2", "NUM_ORDERS : 3", "NUM_ORDERS", "there are 2"},
		{"NUM_ARTICLES_IN_ORDER : 1\n", "", "NUM_ARTICLES_IN_ORDER", "line 24"},
	} {
		_, err := Read(strings.NewReader(strings.Replace(small, c.from, c.to, 1)))
		f, ok := fault.As(err)
		if !ok || f.Code != "batching.file" || f.Field != c.field || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s → %s: %v", c.from, c.to, err)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add(small)
	f.Add(strings.Replace(small, "ID 1 QUANTITY 2", "ID 1 QUANTITY 99999999999", 1))
	f.Fuzz(func(t *testing.T, text string) {
		file, err := Read(strings.NewReader(text))
		if err != nil || len(file.Problem.Orders) > 20 || len(file.Problem.Floor.Aisles) > 50 {
			return
		}
		a, err := Solve(file.Problem, Options{Work: 300})
		if err != nil {
			t.Fatal(err)
		}
		verify(t, file.Problem, a)
	})
}
