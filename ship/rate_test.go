package ship_test

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"github.com/packhorse/packhorse/internal/money"
	"github.com/packhorse/packhorse/ship"
)

func TestFirstWeightAndStartedSteps(t *testing.T) {
	card := ship.RateCard{FirstG: 1000, FirstPrice: 800, StepG: 500, StepPrice: 150, VolumetricDivisor: 6000}
	for _, c := range []struct {
		name            string
		g               int64
		mm              [3]int64
		cost, billedFor int64
	}{
		{"never weighed costs the first weight", 0, [3]int64{}, 800, 0},
		{"exactly the first weight", 1000, [3]int64{}, 800, 1000},
		{"one gram more starts a step", 1001, [3]int64{}, 950, 1001},
		{"a full step", 1500, [3]int64{}, 950, 1500},
		{"the next step", 1501, [3]int64{}, 1100, 1501},
		{"a big light box is billed for its volume", 500, [3]int64{400, 300, 200}, 1700, 4000},
		{"a started gram of volume counts", 500, [3]int64{100, 100, 101}, 800, 500},
		{"volume rounds up to the gram", 1, [3]int64{100, 100, 101}, 800, 169},
		{"a small heavy box for its weight", 5000, [3]int64{100, 100, 100}, 2000, 5000},
		{"one side unknown is no volume", 700, [3]int64{400, 300, 0}, 800, 700},
		{"nonsense below zero is nothing", -5, [3]int64{-400, 300, -200}, 800, 0},
	} {
		if cost, g := ship.Price(card, c.g, c.mm); cost != c.cost || g != c.billedFor {
			t.Errorf("%s: %d for %d g, want %d for %d g", c.name, cost, g, c.cost, c.billedFor)
		}
	}
	flat := ship.RateCard{FirstG: 1000, FirstPrice: 800, StepPrice: 150}
	if cost, g := ship.Price(flat, 9000, [3]int64{900, 900, 900}); cost != 800 || g != 9000 {
		t.Errorf("a flat card without a divisor: %d for %d g", cost, g)
	}
}

func TestMoreWeightOrMoreSpaceIsNeverCheaper(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		any64 := func(name string) int64 { return rapid.Int64Range(0, math.MaxInt64).Draw(t, name) }
		card := ship.RateCard{FirstG: any64("firstG"), FirstPrice: rapid.Int64Range(0, money.MaxMinor).Draw(t, "first"),
			StepG: rapid.Int64Range(0, 5000).Draw(t, "stepG"), StepPrice: rapid.Int64Range(0, money.MaxMinor).Draw(t, "step"),
			VolumetricDivisor: rapid.Int64Range(0, 9000).Draw(t, "divisor")}
		if rapid.Bool().Draw(t, "usual") {
			card.FirstG, card.StepPrice = card.FirstG%3000, card.StepPrice%1000
		}
		g, mm := any64("g"), [3]int64{any64("l"), any64("w"), any64("h")}
		cost, billed := ship.Price(card, g, mm)
		more := mm
		more[rapid.IntRange(0, 2).Draw(t, "side")] = math.MaxInt64
		for _, bigger := range []struct {
			g  int64
			mm [3]int64
		}{{g + (math.MaxInt64-g)/2, mm}, {min(g, math.MaxInt64-1) + 1, mm}, {g, more}} {
			if c, b := ship.Price(card, bigger.g, bigger.mm); c < cost || b < billed {
				t.Fatalf("%d g %v costs %d, %d g %v costs %d", g, mm, cost, bigger.g, bigger.mm, c)
			}
		}
		if cost < card.FirstPrice || cost > money.MaxMinor {
			t.Fatalf("costs %d", cost)
		}
	})
}

func TestTheMostSpecificCardWins(t *testing.T) {
	cards := []ship.RateCard{
		{FromRegion: "*", ToRegion: "*", Service: "any"},
		{FromRegion: "上海", ToRegion: "*", Service: "from"},
		{FromRegion: "*", ToRegion: "广东", Service: "to"},
		{FromRegion: "上海", ToRegion: "广东", Service: "both"},
		{FromRegion: "上海", ToRegion: "广东", Service: "twice"},
	}
	for _, c := range []struct{ from, to, want string }{
		{"上海市", "广东省", "both"}, {"浙江", "广东", "to"}, {"上海", "新疆维吾尔自治区", "from"}, {"浙江", "江苏", "any"},
	} {
		if card, ok := ship.CardFor(cards, c.from, c.to); !ok || card.Service != c.want {
			t.Errorf("%s to %s: %q, want %q", c.from, c.to, card.Service, c.want)
		}
	}
	if card, _ := ship.CardFor(cards[:3], "上海", "广东"); card.Service != "to" {
		t.Errorf("the card of the origin beats that of the destination: %q", card.Service)
	}
	if card, ok := ship.CardFor(cards[3:], "浙江", "广东"); ok {
		t.Errorf("found %+v for a lane without a card", card)
	}
}

func TestOneRegionHasManySpellings(t *testing.T) {
	for _, same := range [][]string{{"广东", "广东省", " 广东省 "}, {"广西", "广西壮族自治区"}, {"内蒙古", "内蒙古自治区"}, {"新疆", "新疆维吾尔自治区"},
		{"香港", "香港特别行政区"}, {"北京", "北京市"}, {"New York", "new  york "}} {
		for _, name := range same[1:] {
			if ship.RegionKey(name) != ship.RegionKey(same[0]) {
				t.Errorf("%q and %q are told apart", name, same[0])
			}
		}
	}
	if ship.RegionKey("山东") == ship.RegionKey("山西") || ship.RegionKey("省") != "省" {
		t.Error("different regions are mixed up")
	}
}
