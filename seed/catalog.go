package seed

import (
	"bytes"
	_ "embed"
	"encoding/csv"
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"

	"github.com/packhorse/packhorse/internal/money"
)

// Good is one row of the catalogue import.
type Good struct {
	SKU        string `json:"sku"`
	Title      string `json:"title"`
	Barcodes   string `json:"barcodes"`
	WeightG    int    `json:"weight_g"`
	LengthMM   int    `json:"length_mm"`
	WidthMM    int    `json:"width_mm"`
	HeightMM   int    `json:"height_mm"`
	Fragile    int    `json:"fragile"` // 0 or 1, as the three below
	ThisSideUp int    `json:"this_side_up"`
	Liquid     int    `json:"liquid"`
	Battery    int    `json:"battery"`
	Owner      string `json:"owner"`
	Cost       string `json:"cost"`  // decimal CNY
	Price      string `json:"price"` // decimal CNY
	ShelfLife  int    `json:"shelf_life_days,omitzero"`

	priceFen int64
}

// goodsFile lists what the company trades in: a dozen kinds of goods in each of a dozen categories.
//
//go:embed goods.csv
var goodsFile []byte

// skuCount is the number of single SKUs in the catalogue; bundles come on top.
const skuCount = 2000

// makeCatalog turns every kind of goods into styles and variants until the catalogue is full.
func makeCatalog(r *rand.Rand) []Good {
	kinds := readKinds()
	var list []Good
	for i := 0; len(list) < skuCount; i++ {
		k := kinds[i%len(kinds)]
		round := i / len(kinds)
		s := styles()[k.category]
		style, variant := s.looks[round%len(s.looks)], s.variants[round/len(s.looks)]
		list = append(list, k.make(r, len(list)+1, style+k.noun+" "+variant))
	}
	return list
}

// kind is a row of the goods file.
type kind struct {
	category, noun    string
	mm                [3]int
	weightG, priceFen int
	handling          []string
	shelfLife         int
}

func readKinds() []kind {
	rows, err := csv.NewReader(bytes.NewReader(goodsFile)).ReadAll()
	if err != nil {
		panic(fmt.Sprintf("seed: embedded goods: %v", err)) // part of the program: the first test finds it
	}
	var list []kind
	for _, row := range rows[1:] {
		var n [6]int
		for i, at := range []int{2, 3, 4, 5, 6, 8} {
			if n[i], err = strconv.Atoi(row[at]); err != nil {
				panic(fmt.Sprintf("seed: embedded goods: %v", err))
			}
		}
		list = append(list, kind{
			category: row[0], noun: row[1], mm: [3]int{n[0], n[1], n[2]}, weightG: n[3], priceFen: n[4],
			handling: strings.Split(row[7], "+"), shelfLife: n[5],
		})
	}
	return list
}

// make draws one SKU of a kind: sizes and weight within a tenth of the usual, a price that ends like a price.
func (k kind) make(r *rand.Rand, number int, title string) Good {
	near := func(n int) int { return max(1, n*between(r, 90, 108)/100) }
	price := int64(near(k.priceFen)/100*100 + 90)
	g := Good{
		SKU: fmt.Sprintf("%s%05d", k.category, number), Title: title, Barcodes: barcodes(r, number),
		WeightG: near(k.weightG), LengthMM: near(k.mm[0]), WidthMM: near(k.mm[1]), HeightMM: near(k.mm[2]),
		Fragile: k.flag("fragile"), ThisSideUp: k.flag("up"), Liquid: k.flag("liquid"), Battery: k.flag("battery"),
		Owner: "self", ShelfLife: k.shelfLife, priceFen: price,
		Cost: money.Format(price*int64(between(r, 42, 62))/100, "CNY"), Price: money.Format(price, "CNY"),
	}
	return g
}

func (k kind) flag(name string) int {
	if slices.Contains(k.handling, name) {
		return 1
	}
	return 0
}

// barcodes gives every SKU its own code, and every sixth a second one for the trade carton of 6, 12 or 24.
func barcodes(r *rand.Rand, number int) string {
	code := ean13(number)
	if !perMille(r, 160) {
		return code
	}
	return fmt.Sprintf("%s|%s*%d", code, ean13(500_000+number), one(r, []int{6, 12, 12, 12, 24}))
}

// Catalog is the 2,000 SKUs of the company, then one entry for each of its bundles, with the weight of its parts and no
// barcode. The slice is the caller's.
func (c *Company) Catalog() []Good { return slices.Concat(c.catalog, c.bundled) }
