package seed

import (
	"fmt"
	"strconv"
	"testing"
	"time"

	"github.com/packhorse/packhorse/internal/money"
)

func TestLocationsAreUniqueAndWalkedInSequence(t *testing.T) {
	picks, seen, seq := 0, map[string]bool{}, map[string]bool{}
	for _, l := range New(1).Locations() {
		key := l.Warehouse + "/" + l.Location
		if seen[key] {
			t.Errorf("location %s twice", key)
		}
		seen[key] = true
		if _, err := strconv.ParseFloat(l.X, 64); err != nil {
			t.Error(err)
		}
		if l.Kind != "pick" {
			continue
		}
		picks++
		step := fmt.Sprintf("%s/%d", l.Warehouse, l.PickSeq)
		if l.PickSeq < 1 || seq[step] {
			t.Errorf("%s has pick sequence %d", key, l.PickSeq)
		}
		seq[step] = true
	}
	if picks != 2400 {
		t.Errorf("%d pick faces, want 2,400", picks)
	}
}

func TestStockLiesInKnownPlacesOncePerLot(t *testing.T) {
	c := New(2)
	known := map[string]bool{}
	for _, l := range c.Locations() {
		known[l.Warehouse+"/"+l.Location] = l.Kind == "pick" || l.Kind == "reserve"
	}
	seen, defective, near, where := map[string]bool{}, 0, 0, map[string]map[string]bool{}
	for _, s := range c.Stock(morning, 20_000) {
		key := fmt.Sprint(s.Warehouse, s.Location, s.SKU, s.Quality, s.Lot)
		if !known[s.Warehouse+"/"+s.Location] || s.Quantity <= 0 || seen[key] || (s.Lot == "") != (s.ExpiresOn == "") {
			t.Fatalf("%+v", s)
		}
		seen[key] = true
		if s.Quality == "defective" {
			defective += s.Quantity
			continue
		}
		if where[s.SKU] == nil {
			where[s.SKU] = map[string]bool{}
		}
		where[s.SKU][s.Warehouse] = true
		if s.ExpiresOn != "" && s.ExpiresOn < morning.AddDate(0, 0, 21).Format(time.DateOnly) {
			near++
		}
	}
	spread := [4]int{}
	for _, at := range where {
		spread[len(at)]++
	}
	if out := skuCount - len(where); out < 3 || out > 25 || spread[1] < 100 || spread[1] > 260 || spread[3] < 1200 {
		t.Errorf("%d SKUs are out, %v lie in so many warehouses", out, spread)
	}
	if defective < 20 || near < 10 {
		t.Errorf("%d defective units, %d lots near their end", defective, near)
	}
}

func TestStockServesMostOrdersOfItsDay(t *testing.T) {
	const n = 5000
	c := New(3)
	left := map[string]int{}
	for _, s := range c.Stock(morning, n) {
		if s.Quality == "good" {
			left[s.SKU] += s.Quantity
		}
	}
	parts := map[string][]BundlePart{}
	for _, p := range c.Bundles() {
		parts[p.Bundle] = append(parts[p.Bundle], p)
	}
	short := 0
	for _, o := range c.Orders(n, morning) {
		served := true
		for _, l := range o.Lines {
			for _, p := range append([]BundlePart{{Component: l.SKU, Quantity: 1}}, parts[l.SKU]...) {
				if parts[p.Component] == nil {
					left[p.Component] -= p.Quantity * l.Quantity
					served = served && left[p.Component] >= 0
				}
			}
		}
		if !served {
			short++
		}
	}
	if short < n/100 || short > n/12 {
		t.Errorf("%d of %d orders run short; want some, and few", short, n)
	}
}

func TestEveryProvinceIsServedAndFartherIsNotCheaper(t *testing.T) {
	rates := New(4).Rates()
	lanes := map[string]int{}
	for _, r := range rates {
		lanes[r.Carrier+"/"+r.Service+"/"+r.From]++
		first, err1 := money.Parse(r.FirstPrice, r.Currency)
		step, err2 := money.Parse(r.StepPrice, r.Currency)
		if err1 != nil || err2 != nil || first <= 0 || step <= 0 || r.DaysP90 < r.DaysP50 || r.DaysP50 < 1 {
			t.Errorf("%+v", r)
		}
	}
	for lane, n := range lanes {
		if want := map[bool]int{true: 34, false: 31}[lane[:2] == "SF"]; n != want {
			t.Errorf("%s serves %d regions, want %d", lane, n, want)
		}
	}
	if len(lanes) != 15 {
		t.Errorf("%d services from provinces, want 5 from each of 3", len(lanes))
	}
	for _, tf := range tariffs {
		for b := 1; b < bands; b++ {
			if tf.first[b] < tf.first[b-1] || tf.step[b] < tf.step[b-1] || tf.days[b] < tf.days[b-1] {
				t.Errorf("%s %s: band %d is cheaper or faster than the one before", tf.carrier, tf.service, b)
			}
		}
	}
}
