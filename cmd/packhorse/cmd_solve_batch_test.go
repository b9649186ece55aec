package main

import (
	"encoding/json"
	"math"
	"strings"
	"testing"
)

const threeOrders = `NAME : three
TYPE : Order_batching
PICKER_CAPACITY : 2
LAYOUT : single-block
NUM_AISLES : 2
NUM_CELLS : 2
DEPOT_AISLE : 0
DEPOT_LOCATION : bottom
DISTANCE_AISLE_TO_AISLE : 2.5
DISTANCE_CELL_TO_CELL : 1
DISTANCE_TOP_TO_CELL : 1
DISTANCE_BOTTOM_TO_CELL : 1
DISTANCE_TOP_OR_BOTTOM_TO_DEPOT : 0.5
ARTICLE_SECTION
NUM_ARTICLES : 2
ID 0
ID 1 WEIGHT 1
SKU_SECTION
NUM_SKUS : 2
ID 0 AISLE 0 CELL 1
ID 1 AISLE 1 CELL 0
ORDER_SECTION
NUM_ORDERS : 3
NUM_ARTICLES_IN_ORDER : 1
ID 0 QUANTITY 1
NUM_ARTICLES_IN_ORDER : 1
ID 1 QUANTITY 1
NUM_ARTICLES_IN_ORDER : 1
ID 0 QUANTITY 1
EOF
`

func TestSolveBatchAnswersEveryFileOnALine(t *testing.T) {
	good := file(t, "three.txt", threeOrders)
	bad := file(t, "bad.txt", strings.Replace(threeOrders, "AISLE 1 CELL 0", "AISLE 9 CELL 0", 1))
	code, out, errs := command(t, "solve", "batch", "--format", "obp", good, bad, good)
	if code != 1 || !strings.Contains(errs, "bad.txt") || !strings.Contains(errs, "line 21") || !strings.Contains(errs, "AISLE") {
		t.Errorf("exit %d: %s", code, errs)
	}
	lines := strings.Split(strings.TrimSpace(out), "\n")
	if len(lines) != 2 {
		t.Fatalf("%d lines for two problems that can be solved:\n%s", len(lines), out)
	}
	var got batched
	if err := json.Unmarshal([]byte(lines[0]), &got); err != nil {
		t.Fatal(err)
	}
	// Orders 0 and 2 lie in the same cell, one before the cross aisle: 0.5 + 1 there and back. Order 1 is 2.5 on and 2 deep.
	want := 2*(0.5+1) + 2*(0.5+2.5+2)
	if math.Abs(got.Length-want) > 1e-9 || got.Problem != "three.txt" || !got.Optimal || got.Bound != got.Length || len(got.Batches) != 2 {
		t.Errorf("length %v, want %v: %s", got.Length, want, lines[0])
	}
	// First come: 0 and 1 together, through both aisles, then 2.
	if plain := 2*0.5 + 2*2.5 + 2*3 + 2*(0.5+1); math.Abs(got.FirstCome-plain) > 1e-9 {
		t.Errorf("first come %v, want %v", got.FirstCome, plain)
	}
	if s := got.Batches[1].Stops; len(s) != 1 || s[0] != [2]int{1, 0} {
		t.Errorf("stops %v", got.Batches)
	}
}
