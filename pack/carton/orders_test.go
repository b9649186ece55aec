package carton

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"testing"
	"time"
)

// pastOrders reads orders with the sizes of their goods, or skips where they are not on this machine.
func pastOrders(t testing.TB) [][]Item {
	folder := filepath.Join("..", "..", "..", "shared", "data", "orders")
	goods := map[string]Item{}
	for _, row := range table(t, filepath.Join(folder, "olist_catalog.csv")) {
		it := Item{SKU: row["sku"], G: number(row["weight_g"])}
		for i, side := range []string{"length_mm", "width_mm", "height_mm"} {
			it.MM[i] = number(row[side])
		}
		goods[it.SKU] = it
	}
	at := map[string]int{}
	var orders [][]Item
	for _, row := range table(t, filepath.Join(folder, "olist_orders.csv")) {
		i, known := at[row["order_no"]]
		if !known {
			i = len(orders)
			at[row["order_no"]] = i
			orders = append(orders, nil)
		}
		it, known := goods[row["sku"]]
		if !known {
			it.SKU = row["sku"]
		}
		it.Quantity = number(row["quantity"])
		orders[i] = append(orders[i], it)
	}
	return orders
}

func table(t testing.TB, path string) []map[string]string {
	f, err := os.Open(path)
	if err != nil {
		t.Skip("the past orders are not on this machine")
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var list []map[string]string
	for _, row := range rows[1:] {
		m := map[string]string{}
		for i, name := range rows[0] {
			m[name] = row[i]
		}
		list = append(list, m)
	}
	return list
}

func number(text string) int {
	n, _ := strconv.Atoi(text)
	return n
}

func TestPastOrdersArePackedSoundlyAndAtOnce(t *testing.T) {
	p := order(1, 1)
	var took []time.Duration
	optimal, parcels, several := 0, 0, 0
	cost, bound := int64(0), int64(0)
	orders := pastOrders(t)
	for _, items := range orders {
		p.Items = items
		began := time.Now()
		a := Choose(p, Options{})
		took = append(took, time.Since(began))
		if err := Verify(p, a); err != nil {
			t.Fatalf("%v\n%+v", err, p.Items)
		}
		if a.Optimal {
			optimal++
		}
		if len(a.Parcels) > 1 {
			several++
		}
		parcels += len(a.Parcels)
		cost += a.Cost
		bound += a.LowerBound
	}
	slices.Sort(took)
	at := func(share float64) time.Duration { return took[int(share*float64(len(took)-1))] }
	t.Logf("%d orders, %d parcels (%d orders in several), %d proven, cost %.4f of the bound; p50 %s, p99 %s, max %s",
		len(orders), parcels, several, optimal, float64(cost)/float64(bound), at(0.5), at(0.99), at(1))
	if at(0.5) > time.Millisecond || at(0.99) > 50*time.Millisecond {
		t.Error("five times as long as it may take")
	}
}
