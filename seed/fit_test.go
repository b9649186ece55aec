package seed

import (
	"encoding/csv"
	"fmt"
	"os"
	"reflect"
	"slices"
	"strconv"
	"testing"

	"github.com/packhorse/packhorse/internal/fault"
	"pgregory.net/rapid"
)

// brazil is an order book of a few states, so many lines each.
func brazil(lines map[string]int) ([]Demand, []Good) {
	var demand []Demand
	var catalog []Good
	for i := range 200 {
		catalog = append(catalog, Good{SKU: fmt.Sprintf("P%03d", i)})
	}
	for _, state := range []string{"SP", "RJ", "MG", "RS", "BA", "PE", "AM", "DF"} {
		for i := range lines[state] {
			demand = append(demand, Demand{fmt.Sprintf("%s-%d", state, i), "BR", state, "", catalog[(i*7)%200].SKU, 1 + i%3, "BRL"})
		}
	}
	return demand, catalog
}

func TestNodesStandWhereTheDemandIs(t *testing.T) {
	demand, catalog := brazil(map[string]int{"SP": 400, "RJ": 120, "MG": 100, "RS": 90, "BA": 60, "PE": 80, "AM": 20, "DF": 30})
	got, err := FitTo(1, demand, catalog)
	if err != nil {
		t.Fatal(err)
	}
	var at []string
	for _, w := range got.Warehouses {
		at = append(at, w.Province)
		if w.TimeZone != "America/Sao_Paulo" || w.Country != "BR" {
			t.Errorf("%+v", w)
		}
	}
	if len(at) != 4 || !slices.Contains(at, "SP") || !slices.Contains(at, "RS") {
		t.Errorf("nodes stand in %v", at)
	}
}

func TestFittedNetworkIsWholeAndCoversTheDemand(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		lines := map[string]int{"SP": 1}
		for _, state := range []string{"SP", "RJ", "MG", "RS", "BA", "PE", "AM", "DF"} {
			lines[state] += rapid.IntRange(0, 60).Draw(t, state)
		}
		demand, catalog := brazil(lines)
		seed := rapid.Int64().Draw(t, "seed")
		got, err := FitTo(seed, demand, catalog)
		again, _ := FitTo(seed, demand, catalog)
		if err != nil || !reflect.DeepEqual(got, again) {
			t.Fatalf("%v, or two fits differ", err)
		}
		if n := len(got.Warehouses); n < 3 || n > 5 {
			t.Fatalf("%d nodes", n)
		}
		if missing, all := uncovered(got, demand); missing*1000 > all*shortPerMille {
			t.Fatalf("%d of %d units are missing", missing, all)
		}
		checkLanes(t, got, demand)
		checkPlaces(t, got)
	})
}

type failer interface{ Fatalf(string, ...any) }

// uncovered counts the units of demand that no stock stands against.
func uncovered(f Fitted, demand []Demand) (missing, all int) {
	left := map[string]int{}
	for _, s := range f.Stock {
		if s.Quality == "good" {
			left[s.SKU] += s.Quantity
		}
	}
	for _, d := range demand {
		all += d.Quantity
		got := min(d.Quantity, max(0, left[d.SKU]))
		left[d.SKU] -= got
		missing += d.Quantity - got
	}
	return missing, all
}

func checkLanes(t failer, f Fitted, demand []Demand) {
	priced := map[string]bool{}
	for _, r := range f.Rates {
		lane := r.Carrier + r.Service + r.From + "→" + r.To
		if priced[lane] {
			t.Fatalf("lane %s is priced twice", lane)
		}
		priced[lane], priced[r.From+"→"+r.To] = true, true
	}
	for _, w := range f.Warehouses {
		for _, d := range demand {
			if !priced[w.Province+"→"+d.Province] {
				t.Fatalf("no rate from %s to %s", w.Province, d.Province)
			}
		}
	}
}

func checkPlaces(t failer, f Fitted) {
	known, seen := map[string]bool{}, map[string]bool{}
	for _, l := range f.Locations {
		known[l.Warehouse+"/"+l.Location] = true
	}
	for _, s := range f.Stock {
		key := s.Warehouse + "/" + s.Location
		if !known[key] || seen[key+s.SKU+s.Quality] || s.Quantity <= 0 {
			t.Fatalf("%+v", s)
		}
		seen[key+s.SKU+s.Quality] = true
	}
}

func TestAboutThreeInAHundredUnitsAreShort(t *testing.T) {
	demand, catalog := brazil(map[string]int{"SP": 900, "RJ": 500, "BA": 400})
	got, err := FitTo(5, demand, catalog)
	if err != nil {
		t.Fatal(err)
	}
	if missing, all := uncovered(got, demand); missing*1000 < all*shortPerMille*8/10 {
		t.Errorf("only %d of %d units are missing", missing, all)
	}
}

func TestDemandThatCannotBePlacedIsAFault(t *testing.T) {
	if _, err := FitTo(1, nil, nil); fault.Code(err) != "seed.no_demand" {
		t.Errorf("no demand: %v", err)
	}
	if _, err := FitTo(1, []Demand{{Country: "XX", SKU: "A", Quantity: 1}}, nil); fault.Code(err) != "seed.no_place" {
		t.Errorf("unknown country: %v", err)
	}
}

func TestCountryWithoutProvincesGetsThreeNodesAndRates(t *testing.T) {
	got, err := FitTo(1, []Demand{{"1", "GB", "", "Leeds", "A", 2, "GBP"}}, []Good{{SKU: "A"}})
	if err != nil || len(got.Warehouses) != 3 || got.Warehouses[0].TimeZone != "Europe/London" {
		t.Fatalf("%+v, %v", got.Warehouses, err)
	}
	if len(got.Rates) == 0 || got.Rates[0].To != anyRegion || got.Rates[0].From != anyRegion || got.Rates[0].Currency != "GBP" {
		t.Errorf("rates %+v", got.Rates)
	}
}

func TestARealOrderBookIsFitted(t *testing.T) {
	const dir = "../../shared/data/orders/"
	if _, err := os.Stat(dir); err != nil {
		t.Skip("the order files of shared/data are not here:", err)
	}
	goods := columnsIn(t, dir+"olist_catalog.csv", "sku")
	var catalog []Good
	for _, g := range goods {
		catalog = append(catalog, Good{SKU: g[0]})
	}
	var demand []Demand
	for _, o := range columnsIn(t, dir+"olist_orders.csv", "order_no", "country", "province", "city", "sku", "quantity", "currency") {
		quantity, err := strconv.Atoi(o[5])
		if err != nil {
			t.Fatal(err)
		}
		demand = append(demand, Demand{o[0], o[1], o[2], o[3], o[4], quantity, o[6]})
	}
	got, err := FitTo(1, demand, catalog)
	if err != nil {
		t.Fatal(err)
	}
	missing, all := uncovered(got, demand)
	t.Logf("%d nodes, %d locations, %d stock rows, %d rates; %d of %d units missing", len(got.Warehouses), len(got.Locations), len(got.Stock), len(got.Rates), missing, all)
	if missing*100 < all*2 || missing*100 > all*4 {
		t.Errorf("%d of %d units are missing, want about 3 in 100", missing, all)
	}
	checkLanes(t, got, demand)
	checkPlaces(t, got)
}

// columnsIn reads some columns of a CSV file by name.
func columnsIn(t *testing.T, path string, names ...string) [][]string {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var picked [][]string
	for _, row := range rows[1:] {
		var record []string
		for _, name := range names {
			record = append(record, row[slices.Index(rows[0], name)])
		}
		picked = append(picked, record)
	}
	return picked
}
