package allocation

import (
	"flag"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"strings"
	"testing"
)

var redraw = flag.Bool("redraw", false, "write the pictures of the documentation again")

const allocationPicture = "../docs/pictures/allocation.svg"

// scene is a country of 400 by 300 km with three nodes, of which the middle one has most, and orders of one unit. A parcel costs 3.00 and 0.02 a kilometre.
func scene() Problem {
	dice := rand.New(rand.NewPCG(3, 7))
	p := Problem{Strategy: Cheapest, Currency: "CNY", Stock: map[StockKey]int64{{1, 1}: 9, {2, 1}: 14, {3, 1}: 9}}
	for i, at := range [][2]int64{{80, 220}, {200, 130}, {330, 80}} {
		p.Nodes = append(p.Nodes, Node{ID: int64(i + 1), Code: string(rune('A' + i)), Lat: at[1], Lng: at[0], CapacityLeft: -1, Open: true})
	}
	for i := range int64(32) {
		o := Order{ID: i + 1, Region: fmt.Sprint(i), Lng: 15 + dice.Int64N(370), Lat: 15 + dice.Int64N(270), Lines: []Line{{No: 1, SKU: 1, Quantity: 1, G: 500}}}
		for _, n := range p.Nodes {
			p.Rates = append(p.Rates, Lane{Node: n.ID, Region: o.Region, FirstG: 1000, FirstCost: 300 + 2*int64(math.Hypot(float64(o.Lat-n.Lat), float64(o.Lng-n.Lng)))})
		}
		p.Orders = append(p.Orders, o)
	}
	return p
}

// drawAllocation draws who ships what, one map beside the other.
func drawAllocation(p Problem, titles []string, sides ...[]Decision) string {
	colours := map[int64]string{1: "#0b5cd5", 2: "#c0392b", 3: "#067647"}
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d 350" font-family="sans-serif" font-size="13">`+"\n", 430*len(sides)-10)
	b.WriteString(`<rect width="100%" height="100%" fill="#fff"/>` + "\n")
	for s, list := range sides {
		var cost int64
		fmt.Fprintf(&b, `<g transform="translate(%d 36)"><rect width="400" height="300" fill="#f6f7f9" stroke="#d0d5dd"/>`+"\n", 430*s+10)
		for i, d := range list {
			o := p.Orders[i]
			cost += d.Cost
			for _, parcel := range d.Parcels {
				n := p.Nodes[parcel.Node-1]
				fmt.Fprintf(&b, `<path d="M%d %dL%d %d" stroke="%s"/><circle cx="%d" cy="%d" r="4" fill="%s"/>`+"\n", n.Lng, n.Lat, o.Lng, o.Lat, colours[n.ID], o.Lng, o.Lat, colours[n.ID])
			}
		}
		for _, n := range p.Nodes {
			fmt.Fprintf(&b, `<rect x="%d" y="%d" width="20" height="20" rx="3" fill="%s"/><text x="%d" y="%d" fill="#fff" text-anchor="middle">%s</text>`+"\n", n.Lng-10, n.Lat-10, colours[n.ID], n.Lng, n.Lat+5, n.Code)
		}
		fmt.Fprintf(&b, `</g><text x="%d" y="24" fill="#101828">%s: %d.%02d CNY</text>`+"\n", 430*s+10, titles[s], cost/100, cost%100)
	}
	b.WriteString("</svg>\n")
	return b.String()
}

func TestTheAllocationInTheDocumentsIsDrawnByThisPackage(t *testing.T) {
	p := scene()
	found := Follow(p, MakePlan(p, func() float64 { return 1 }))
	if !found.Together {
		t.Fatal("the orders are not decided over together")
	}
	for i, d := range found.Decisions {
		if len(d.Parcels) != 1 || len(found.Plain[i].Parcels) != 1 {
			t.Fatalf("order %d is not in one parcel", d.Order)
		}
	}
	svg := drawAllocation(p, []string{"one after the other", "together"}, found.Plain, found.Decisions)
	if *redraw {
		if err := os.WriteFile(allocationPicture, []byte(svg), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if have, err := os.ReadFile(allocationPicture); err != nil || string(have) != svg {
		t.Errorf("draw it again with -redraw (%v)", err)
	}
}
