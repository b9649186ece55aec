package allocation_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/packhorse/packhorse/allocation"
	"github.com/packhorse/packhorse/internal/words"
)

// The three nodes of the tables: Shanghai is near and dear, Wuhan cheap and slow, Guangzhou fast.
const (
	shanghai, wuhan, guangzhou = 1, 2, 3
	mug, lid                   = 100, 200
)

func threeNodes(s allocation.Strategy) allocation.Problem {
	node := func(id int64, code, province string, lat, lng int64, priority int) allocation.Node {
		return allocation.Node{ID: id, Code: code, Province: province, Lat: lat, Lng: lng, CapacityLeft: -1, Priority: priority, Open: true}
	}
	lane := func(id, first int64, days int) allocation.Lane {
		return allocation.Lane{Node: id, Region: "浙江", FirstG: 1000, FirstCost: first, StepG: 500, StepCost: 100, Days: days}
	}
	p := allocation.Problem{
		Strategy: s, Currency: "CNY", SplitCost: 50,
		Nodes: []allocation.Node{
			node(shanghai, "SH", "上海", 31_230_000, 121_470_000, 3),
			node(wuhan, "WH", "湖北", 30_590_000, 114_300_000, 2),
			node(guangzhou, "GZ", "广东", 23_130_000, 113_260_000, 1),
		},
		Rates: []allocation.Lane{lane(shanghai, 900, 2), lane(wuhan, 600, 3), lane(guangzhou, 800, 1)},
		Stock: map[allocation.StockKey]int64{},
	}
	for id := int64(1); id <= 3; id++ {
		p.Stock[allocation.StockKey{Node: id, SKU: mug}] = 10
		p.Stock[allocation.StockKey{Node: id, SKU: lid}] = 10
	}
	return p
}

// toHangzhou asks for mugs and lids of 400 g each.
func toHangzhou(mugs, lids int64) allocation.Order {
	return allocation.Order{ID: 1, Region: "浙江", Lat: 30_270_000, Lng: 120_150_000, PromisedDays: 9, Lines: []allocation.Line{
		{No: 1, SKU: mug, Quantity: mugs, G: 400, Code: "MUG"}, {No: 2, SKU: lid, Quantity: lids, G: 400, Code: "LID"}}}
}

// tell writes a decision as "node:line×quantity… | back-orders | why | node=reason…".
func tell(p allocation.Problem, d allocation.Decision) string {
	code := func(c string) string { return strings.TrimPrefix(strings.TrimPrefix(c, "allocation."), "waits.") }
	name := map[int64]string{}
	for _, n := range p.Nodes {
		name[n.ID] = n.Code
	}
	var b strings.Builder
	for _, parcel := range d.Parcels {
		fmt.Fprintf(&b, "%s:", name[parcel.Node])
		for _, l := range parcel.Lines {
			fmt.Fprintf(&b, "%d×%d ", l.No, l.Quantity)
		}
	}
	for _, o := range d.BackOrders {
		fmt.Fprintf(&b, "wait:%d×%d %s ", o.Line, o.Quantity, code(o.Reason))
	}
	fmt.Fprintf(&b, "| %s %d |", code(d.Why.Code), d.Cost)
	for _, r := range d.Rejected {
		fmt.Fprintf(&b, " %s=%s", name[r.Node], code(r.Code))
	}
	return b.String()
}

func TestEachStrategyChoosesAndExplains(t *testing.T) {
	stock := func(p *allocation.Problem, node, sku, units int64) {
		p.Stock[allocation.StockKey{Node: node, SKU: sku}] = units
	}
	cases := []struct {
		name     string
		strategy allocation.Strategy
		change   func(p *allocation.Problem, o *allocation.Order)
		want     string
	}{
		{"the nearest node ships", allocation.Nearest, nil, "SH:1×1 2×1 | nearest 900 | WH=further GZ=further"},
		{"the cheapest node ships", allocation.Cheapest, nil, "WH:1×1 2×1 | cheapest 600 | SH=dearer GZ=dearer"},
		{"the fastest node ships", allocation.Fastest, nil, "GZ:1×1 2×1 | fastest 800 | SH=slower WH=slower"},
		{"the first by priority ships", allocation.Priority, nil, "GZ:1×1 2×1 | priority 800 | SH=lower_priority WH=lower_priority"},
		{"an unknown strategy means the cheapest", "roulette", nil, "WH:1×1 2×1 | cheapest 600 | SH=dearer GZ=dearer"},
		{"a masked address is near to the node of its province", allocation.Nearest,
			func(p *allocation.Problem, o *allocation.Order) { o.Lat, o.Lng, p.Nodes[1].Province = 0, 0, "浙江" },
			"WH:1×1 2×1 | same_province 600 | SH=other_province GZ=other_province"},
		{"without any distance the cost decides", allocation.Nearest,
			func(p *allocation.Problem, o *allocation.Order) { o.Lat, o.Lng = 0, 0 },
			"WH:1×1 2×1 | cheapest 600 | SH=dearer GZ=dearer"},
		{"a node without coordinates is never the nearest", allocation.Nearest,
			func(p *allocation.Problem, o *allocation.Order) { p.Nodes[0].Lat, p.Nodes[0].Lng = 0, 0 },
			"WH:1×1 2×1 | nearest 600 | SH=unlocated GZ=further"},
		{"a late day makes a cheap node dear", allocation.Cheapest,
			func(p *allocation.Problem, o *allocation.Order) { o.PromisedDays, o.LateCostPerDay = 2, 500 },
			"GZ:1×1 2×1 | cheapest 800 | SH=dearer WH=dearer"},
		{"the missed van is the reason when it alone decides", allocation.Fastest,
			func(p *allocation.Problem, o *allocation.Order) { p.Nodes[2].CutoffPassed = true },
			"GZ:1×1 2×1 | fastest 800 | SH=dearer WH=slower"},
		{"the missed van is the reason when the days would have been the same", allocation.Fastest,
			func(p *allocation.Problem, o *allocation.Order) {
				p.Nodes[1].CutoffPassed, p.Rates[1].Days, p.Nodes[2].Open = true, 2, false
			},
			"SH:1×1 2×1 | fastest 900 | WH=cutoff_passed GZ=closed"},
		{"the missed van is the reason in the cost too", allocation.Cheapest,
			func(p *allocation.Problem, o *allocation.Order) {
				p.Nodes[1].CutoffPassed, o.PromisedDays, o.LateCostPerDay = true, 3, 500
			},
			"GZ:1×1 2×1 | cheapest 800 | SH=dearer WH=cutoff_passed"},
		{"what cannot serve is out, each for its reason", allocation.Cheapest,
			func(p *allocation.Problem, o *allocation.Order) {
				p.Nodes[0].Open, o.Excluded = false, []int64{wuhan}
			},
			"GZ:1×1 2×1 | only_node 800 | SH=closed WH=rejected_before"},
		{"no lane and no capacity", allocation.Cheapest,
			func(p *allocation.Problem, o *allocation.Order) { p.Rates, p.Nodes[2].CapacityLeft = p.Rates[1:], 0 },
			"WH:1×1 2×1 | only_node 600 | SH=no_service GZ=capacity"},
		{"a lane to anywhere fills the gap", allocation.Cheapest,
			func(p *allocation.Problem, o *allocation.Order) { p.Rates[0].Region, p.Rates[0].FirstCost = "*", 100 },
			"SH:1×1 2×1 | cheapest 100 | WH=dearer GZ=dearer"},
		{"one node with everything is better than a cheaper split", allocation.Cheapest,
			func(p *allocation.Problem, o *allocation.Order) {
				o.MaySplit = true
				stock(p, wuhan, lid, 0)
				stock(p, guangzhou, mug, 0)
				p.Rates[0].FirstCost = 99_999
			},
			"SH:1×1 2×1 | only_node 99999 | WH=short GZ=short"},
		{"an order that may be split is split the cheapest way", allocation.Nearest,
			func(p *allocation.Problem, o *allocation.Order) {
				o.MaySplit = true
				stock(p, shanghai, lid, 0)
				stock(p, wuhan, mug, 0)
				stock(p, guangzhou, mug, 0)
			},
			"SH:1×1 WH:2×1 | split 1550 | GZ=split_dearer"},
		{"of equally cheap splits the one that divides fewer lines", allocation.Cheapest,
			func(p *allocation.Problem, o *allocation.Order) {
				o.MaySplit, o.Lines[0].Quantity, o.Lines[1].Quantity = true, 3, 2
				stock(p, shanghai, lid, 1)
				stock(p, wuhan, lid, 1)
				p.Rates[0].FirstG, p.Rates[1].StepG, p.Nodes[2].Open = 10_000, 1000, false
			},
			"SH:1×3 2×1 WH:2×1 | split 1550 | GZ=closed"},
		{"a wholesale order moves whole lines to the cheaper node", allocation.Cheapest,
			func(p *allocation.Problem, o *allocation.Order) {
				o.MaySplit, o.Lines[0].Quantity, o.Lines[1].Quantity = true, 3000, 3000
				stock(p, shanghai, mug, 3000)
				stock(p, shanghai, lid, 2000)
				stock(p, wuhan, mug, 2000)
				stock(p, wuhan, lid, 3000)
				p.Rates[1].StepCost = 90
			},
			"SH:1×1000 WH:1×2000 2×3000 | split 441170 | GZ=short_several"},
		{"an order that may not be split waits whole", allocation.Cheapest,
			func(p *allocation.Problem, o *allocation.Order) {
				o.UnfilledCost = 7
				stock(p, shanghai, lid, 0)
				stock(p, wuhan, mug, 0)
				p.Nodes[2].Open = false
			},
			"wait:1×1 whole wait:2×1 whole | back_ordered 14 | SH=split_forbidden WH=split_forbidden GZ=closed"},
		{"a limit of one parcel forbids the split", allocation.Cheapest,
			func(p *allocation.Problem, o *allocation.Order) {
				o.MaySplit, o.MaxParcels = true, 1
				stock(p, shanghai, lid, 0)
				stock(p, wuhan, mug, 0)
				stock(p, guangzhou, mug, 0)
				stock(p, guangzhou, lid, 0)
			},
			"wait:1×1 whole wait:2×1 whole | back_ordered 0 | SH=split_forbidden WH=split_forbidden GZ=short_several"},
		{"what is there ships, the rest waits", allocation.Cheapest,
			func(p *allocation.Problem, o *allocation.Order) {
				o.MaySplit, o.Lines[0].Quantity = true, 40
			},
			"SH:1×10 2×1 WH:1×10 GZ:1×10 wait:1×10 short | partial 4300 | "},
		{"ship complete lets everything wait", allocation.Cheapest,
			func(p *allocation.Problem, o *allocation.Order) {
				o.MaySplit, o.Lines[0].Quantity, p.ShipComplete = true, 40, true
			},
			"wait:1×40 short wait:2×1 complete | back_ordered 0 | SH=short WH=short GZ=short"},
		{"more parcels than the order may have", allocation.Cheapest,
			func(p *allocation.Problem, o *allocation.Order) {
				o.MaySplit, o.MaxParcels, o.Lines[0].Quantity, o.Lines[1].Quantity = true, 2, 30, 0
			},
			"WH:1×10 GZ:1×10 wait:1×10 parcels | partial 2650 | SH=short"},
		{"an order for nothing", allocation.Cheapest,
			func(p *allocation.Problem, o *allocation.Order) { o.Lines = nil },
			"| nothing_asked 0 | SH=not_needed WH=not_needed GZ=not_needed"},
		{"two lines of one SKU share its stock", allocation.Cheapest,
			func(p *allocation.Problem, o *allocation.Order) {
				o.Lines[1].SKU, o.Lines[0].Quantity, o.Lines[1].Quantity = mug, 6, 6
			},
			"wait:1×6 whole wait:2×6 whole | back_ordered 0 | SH=split_forbidden WH=split_forbidden GZ=split_forbidden"},
		{"all who could have rejected it", allocation.Cheapest,
			func(p *allocation.Problem, o *allocation.Order) { o.Excluded = []int64{1, 2, 3} },
			"wait:1×1 rejected wait:2×1 rejected | back_ordered 0 | SH=rejected_before WH=rejected_before GZ=rejected_before"},
		{"full nodes with goods will have room tomorrow", allocation.Cheapest,
			func(p *allocation.Problem, o *allocation.Order) {
				p.Nodes[0].CapacityLeft, p.Nodes[1].Open, p.Rates = 0, false, p.Rates[:2]
			},
			"wait:1×1 capacity wait:2×1 capacity | back_ordered 0 | SH=capacity WH=closed GZ=no_service"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			p, o := threeNodes(c.strategy), toHangzhou(1, 1)
			if c.change != nil {
				c.change(&p, &o)
			}
			p.Orders = []allocation.Order{o}
			if got := strings.TrimSpace(tell(p, allocation.Decide(p)[0])); got != strings.TrimSpace(c.want) {
				t.Errorf("\n got %s\nwant %s", got, c.want)
			}
		})
	}
}

func TestALaterOrderCannotHaveWhatAnEarlierOneTook(t *testing.T) {
	p := threeNodes(allocation.Cheapest)
	p.Nodes[wuhan-1].CapacityLeft = 1
	p.Stock[allocation.StockKey{Node: guangzhou, SKU: mug}] = 1
	first, second, third := toHangzhou(1, 1), toHangzhou(1, 1), toHangzhou(1, 1)
	second.ID, third.ID = 2, 3
	p.Orders = []allocation.Order{first, second, third}
	want := []string{
		"WH:1×1 2×1 | cheapest 600 | SH=dearer GZ=dearer",
		"GZ:1×1 2×1 | cheapest 800 | SH=dearer WH=capacity",
		"SH:1×1 2×1 | only_node 900 | WH=capacity GZ=short",
	}
	for i, d := range allocation.Decide(p) {
		if got := tell(p, d); got != want[i] || d.Order != int64(i+1) {
			t.Errorf("order %d\n got %s\nwant %s", d.Order, got, want[i])
		}
	}
}

func TestReasonsReadInBothLanguages(t *testing.T) {
	p := threeNodes(allocation.Nearest)
	p.Stock[allocation.StockKey{Node: guangzhou, SKU: lid}] = 0
	p.Orders = []allocation.Order{toHangzhou(1, 2)}
	d := allocation.Decide(p)[0]
	for _, c := range []struct{ lang, code, want string }{
		{"en", "why", "SH is the nearest node that can ship the whole order (165.2 km)."},
		{"zh", "why", "SH 是可整单发货的最近仓（165.2 公里）。"},
		{"en", "WH", "396.7 km further away than SH (561.9 km)."},
		{"zh", "GZ", "LID 库存不足：需 2 件，缺 2 件。"},
	} {
		got := words.Render(c.lang, d.Why.Code, d.Why.Params)
		switch c.code {
		case "WH":
			got = words.Render(c.lang, d.Rejected[0].Code, d.Rejected[0].Params)
		case "GZ":
			got = words.Render(c.lang, d.Rejected[1].Code, d.Rejected[1].Params)
		}
		if got != c.want {
			t.Errorf("%s %s\n got %s\nwant %s", c.lang, c.code, got, c.want)
		}
	}
}

func TestDistanceAgreesWithKnownCityPairs(t *testing.T) {
	for _, c := range []struct {
		name                   string
		lat1, lng1, lat2, lng2 int64
		want                   int64 // metres
	}{
		{"a place and itself", 31_230_000, 121_470_000, 31_230_000, 121_470_000, 0},
		{"a quarter of the equator", 0, 1, 0, 90_000_001, 10_007_557},
		{"pole to pole", 90_000_000, 0, -90_000_000, 0, 20_015_114},
		{"across the date line", 0, 179_500_000, 0, -179_500_000, 111_195},
	} {
		if got := allocation.Distance(c.lat1, c.lng1, c.lat2, c.lng2); got != c.want {
			t.Errorf("%s: got %d m, want %d", c.name, got, c.want)
		}
	}
}
