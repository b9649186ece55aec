package main

import (
	"encoding/json"
	"strings"
	"testing"
)

const twoOrders = `{"nodes":[{"id":"SH","capacity_orders":2,"handling_cost":100},{"id":"GZ","capacity_orders":2,"handling_cost":80,"cutoff_passed":true}],
"stock":[{"node":"SH","sku":"A","quantity":1},{"node":"GZ","sku":"A","quantity":2},{"node":"SH","sku":"B","quantity":1}],
"rates":[{"node":"SH","zone":"east","first_g":1000,"first_cost":500,"step_g":500,"step_cost":200,"days":1},
{"node":"GZ","zone":"east","first_g":1000,"first_cost":900,"step_g":500,"step_cost":300,"days":3}],
"orders":[{"id":1,"zone":"east","promised_days":2,"late_cost_per_day":100,"split_cost":300,"max_parcels":2,"unfilled_cost":5000,
"lines":[{"sku":"A","quantity":1,"g":700}]},
{"id":2,"zone":"east","promised_days":2,"late_cost_per_day":100,"split_cost":300,"max_parcels":2,"unfilled_cost":5000,
"lines":[{"sku":"A","quantity":1,"g":700},{"sku":"B","quantity":1,"g":400}]}]}
`

func TestSolveAllocateGivesTheLastUnitToWhomItSavesMost(t *testing.T) {
	path := file(t, "batch.json", twoOrders+twoOrders)
	code, out, errs := command(t, "solve", "allocate", path)
	lines := strings.Split(strings.TrimSpace(out), "\n")
	if code != 0 || len(lines) != 2 {
		t.Fatalf("exit %d: %s\n%s", code, errs, out)
	}
	var got struct {
		Cost   int64 `json:"cost"`
		Greedy int64 `json:"greedy_cost"`
		Bound  int64 `json:"lower_bound"`
		Orders []struct {
			Parcels []struct {
				Node string `json:"node"`
			} `json:"parcels"`
			Why struct{ Code, Text string } `json:"why"`
		} `json:"orders"`
	}
	if err := json.Unmarshal([]byte(lines[1]), &got); err != nil {
		t.Fatal(err)
	}
	// The first pays 1180 from GZ instead of 600, a day late twice; the second then 800 from SH instead of 2080 from both.
	if got.Cost != 1980 || got.Greedy != 2680 || got.Bound < 1970 || got.Orders[0].Parcels[0].Node != "GZ" || got.Orders[1].Parcels[0].Node != "SH" {
		t.Errorf("%s", lines[1])
	}
	if got.Orders[0].Why.Code != "allocation.batch.yields" || got.Orders[0].Why.Text == "" {
		t.Errorf("why: %+v", got.Orders[0].Why)
	}
	if _, chinese, _ := command(t, "solve", "allocate", "--lang", "zh", path); !strings.Contains(chinese, "整单发") {
		t.Errorf("in Chinese: %s", chinese)
	}
}

func TestSolveAllocateNamesFileLineAndField(t *testing.T) {
	path := file(t, "bad.json", strings.Replace(twoOrders, `"quantity":2}`, `"quantity":-2}`, 1))
	code, out, errs := command(t, "solve", "allocate", path)
	if code != 1 || out != "" || !strings.Contains(errs, "bad.json: line 2: stock[1].quantity: it is -2") {
		t.Errorf("exit %d: %s%s", code, errs, out)
	}
}
