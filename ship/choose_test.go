package ship_test

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/packhorse/packhorse/internal/words"
	"github.com/packhorse/packhorse/ship"
)

var shanghaiTime = time.FixedZone("Asia/Shanghai", 8*3600)

func at(day, hour, minute int) time.Time {
	return time.Date(2026, 11, day, hour, minute, 0, 0, shanghaiTime)
}

// threeServices: SF is dear and fast, ZTO cheap and slow, YTO between; 2 kg to Guangdong on 10 November at noon.
func threeServices() ship.Query {
	service := func(carrier string, first int64, p50, p90 int) ship.CarrierService {
		return ship.CarrierService{Carrier: carrier, Service: "std", COD: true, Cards: []ship.RateCard{{Carrier: carrier, Service: "std", FromRegion: "*", ToRegion: "*",
			FirstG: 1000, FirstPrice: first, StepG: 1000, StepPrice: 100, VolumetricDivisor: 6000, DaysP50: p50, DaysP90: p90, Currency: "CNY"}}}
	}
	return ship.Query{WeightG: 2000, FromRegion: "上海", To: ship.Address{Province: "广东省", City: "深圳市"}, Currency: "CNY", Ready: at(10, 12, 0),
		Services: []ship.CarrierService{service("SF", 1800, 1, 2), service("ZTO", 500, 3, 5), service("YTO", 700, 2, 3)}}
}

func TestServicesAreFilteredThenRanked(t *testing.T) {
	cases := []struct {
		name     string
		strategy ship.Strategy
		change   func(q *ship.Query)
		want     string
	}{
		{"cheapest", ship.Cheapest, nil, "cheapest ZTO 600 3–5 > YTO > SF | SF=dearer YTO=dearer"},
		{"fastest", ship.Fastest, nil, "fastest SF 1900 1–2 > YTO > ZTO | ZTO=slower YTO=slower"},
		{"balanced without a promise is the cheapest", ship.Balanced, nil, "balanced ZTO 600 3–5 > YTO > SF | SF=dearer YTO=dearer"},
		{"an unknown strategy is balanced", "dice", nil, "balanced ZTO 600 3–5 > YTO > SF | SF=dearer YTO=dearer"},
		{"balanced pays for lateness", ship.Balanced, func(q *ship.Query) { q.PromisedBy, q.LateCostPerDay = at(13, 20, 0), 300 },
			"balanced YTO 800 2–3 > ZTO > SF | SF=dearer ZTO=late_dearer"},
		{"a high price of lateness buys the fast service", ship.Balanced, func(q *ship.Query) { q.PromisedBy, q.LateCostPerDay = at(12, 20, 0), 2000 },
			"balanced SF 1900 1–2 > YTO > ZTO | ZTO=late_dearer YTO=late_dearer"},
		{"a missed cut-off costs a day", ship.Fastest, func(q *ship.Query) { q.Services[0].Cutoff = 11 * time.Hour },
			"fastest YTO 800 2–3 > SF > ZTO | SF=dearer ZTO=slower"},
		{"ready on the stroke of the cut-off goes today", ship.Fastest, func(q *ship.Query) { q.Services[0].Cutoff = 12 * time.Hour },
			"fastest SF 1900 1–2 > YTO > ZTO | ZTO=slower YTO=slower"},
		{"what must be collected today cannot wait for the next van", ship.Fastest,
			func(q *ship.Query) { q.Services[0].Cutoff, q.CollectBy = 11*time.Hour, at(10, 23, 59) },
			"fastest YTO 800 2–3 > ZTO | SF=cutoff ZTO=slower"},
		{"liquids and batteries", ship.Cheapest,
			func(q *ship.Query) {
				q.Liquid, q.Battery, q.Services[1].NoLiquids, q.Services[0].NoBatteries = true, true, true, true
			},
			"only YTO 800 2–3 | SF=batteries ZTO=liquids"},
		{"cash on delivery and weight", ship.Cheapest,
			func(q *ship.Query) { q.COD, q.Services[1].COD, q.Services[2].MaxG = true, false, 1999 },
			"only SF 1900 1–2 | ZTO=cod YTO=too_heavy"},
		{"size, whichever way the box lies", ship.Cheapest,
			func(q *ship.Query) {
				q.MM = [3]int64{100, 300, 200}
				q.Services[0].MaxMM, q.Services[1].MaxMM, q.Services[2].MaxMM = [3]int64{100, 200, 300}, [3]int64{299}, [3]int64{400, 400, 99}
			},
			"only SF 1900 1–2 | ZTO=too_large YTO=too_large"},
		{"area, rate and currency", ship.Cheapest,
			func(q *ship.Query) {
				q.Services[0].Areas, q.Services[1].Cards[0].ToRegion, q.Services[2].Cards[0].Currency = []string{"江苏", "浙江"}, "江苏", "USD"
			},
			"none | SF=area ZTO=no_rate YTO=currency"},
		{"an area is known by its short name", ship.Cheapest, func(q *ship.Query) { q.Services[1].Areas = []string{"广东"} },
			"cheapest ZTO 600 3–5 > YTO > SF | SF=dearer YTO=dearer"},
		{"suspended to the city, the province, everywhere", ship.Cheapest,
			func(q *ship.Query) {
				q.Services[0].Suspended = []ship.Suspension{{Province: "广东", City: "深圳市", From: at(1, 0, 0), Until: at(20, 0, 0)}}
				q.Services[1].Suspended = []ship.Suspension{{Province: "广东", From: at(1, 0, 0)}}
				q.Services[2].Suspended = []ship.Suspension{{Province: "*", From: at(10, 0, 0)}}
			},
			"none | SF=suspended ZTO=suspended_open YTO=suspended_open"},
		{"a suspension elsewhere, over, or not yet begun", ship.Cheapest,
			func(q *ship.Query) {
				q.Services[1].Suspended = []ship.Suspension{{Province: "广东", City: "广州市", From: at(1, 0, 0)},
					{Province: "广东", From: at(1, 0, 0), Until: at(10, 12, 0)}, {Province: "广东", From: at(11, 0, 0)}}
			},
			"cheapest ZTO 600 3–5 > YTO > SF | SF=dearer YTO=dearer"},
		{"the day of hand-over counts, not the day of the question", ship.Cheapest,
			func(q *ship.Query) {
				q.Services[1].Cutoff, q.Services[1].Suspended = 11*time.Hour, []ship.Suspension{{Province: "广东", From: at(11, 0, 0)}}
			},
			"cheapest YTO 800 2–3 > SF | SF=dearer ZTO=suspended_open"},
		{"equal services go by name", ship.Cheapest,
			func(q *ship.Query) {
				q.Services[2].Cards, q.Services[0].Cards = q.Services[1].Cards, q.Services[1].Cards
			},
			"cheapest SF 600 3–5 > YTO > ZTO | ZTO=tied YTO=tied"},
		{"nobody was asked", ship.Cheapest, func(q *ship.Query) { q.Services = nil }, "none |"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			q := threeServices()
			q.Strategy = c.strategy
			if c.change != nil {
				c.change(&q)
			}
			if got := tell(ship.Choose(q)); got != c.want {
				t.Errorf("\n got %s\nwant %s", got, c.want)
			}
		})
	}
}

// tell writes a choice as "why carrier cost days > fallback… | carrier=reason…".
func tell(c ship.Choice) string {
	code := func(s string) string { return strings.TrimPrefix(s, "ship.") }
	var b strings.Builder
	b.WriteString(code(c.Why.Code))
	if c.Found() {
		fmt.Fprintf(&b, " %s %d %d–%d", c.Carrier, c.Cost, c.DaysP50, c.DaysP90)
	}
	for _, f := range c.Fallback {
		b.WriteString(" > " + f.Carrier)
	}
	b.WriteString(" |")
	for _, r := range c.Rejected {
		b.WriteString(" " + r.Carrier + "=" + code(r.Code))
	}
	return b.String()
}

func TestTheChosenServiceIsTheBestOfThoseThatCan(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		q := anyQuery(t)
		c := ship.Choose(q)
		seen := map[string]int{c.Carrier: 1}
		last := c.Option
		for _, o := range c.Fallback {
			if worth(&q, &o) < worth(&q, &last) {
				t.Fatalf("the ladder puts %+v before %+v", last, o)
			}
			last = o
			// Asked alone, a service of the ladder must be taken on the same terms.
			alone := q
			alone.Services = nil
			for _, s := range q.Services {
				if s.Carrier == o.Carrier {
					alone.Services = append(alone.Services, s)
				}
			}
			if only := ship.Choose(alone); only.Option != o {
				t.Fatalf("alone %+v, in the ladder %+v", only.Option, o)
			}
		}
		texts := []words.Text{c.Why}
		for _, r := range c.Rejected {
			seen[r.Carrier]++
			texts = append(texts, words.Text{Code: r.Code, Params: r.Params})
		}
		for _, s := range q.Services {
			if seen[s.Carrier] != 1 {
				t.Fatalf("%s is mentioned %d times", s.Carrier, seen[s.Carrier])
			}
		}
		for _, text := range texts {
			for _, lang := range words.Languages {
				if s := words.Render(lang, text.Code, text.Params); !words.Has(lang, text.Code) || strings.Contains(s, "{") {
					t.Fatalf("%s in %s reads %q", text.Code, lang, s)
				}
			}
		}
		rand.New(rand.NewPCG(1, 1)).Shuffle(len(q.Services), func(i, j int) { q.Services[i], q.Services[j] = q.Services[j], q.Services[i] })
		if again := ship.Choose(q); again.Option != c.Option || !reflect.DeepEqual(again.Fallback, c.Fallback) {
			t.Fatal("the choice depends on the order in which the services are listed")
		}
	})
}

// worth is the first thing the strategy looks at.
func worth(q *ship.Query, o *ship.Option) int64 {
	switch q.Strategy {
	case ship.Cheapest:
		return o.Cost
	case ship.Fastest:
		return int64(o.DaysP50)
	}
	return o.Cost + q.LateCostPerDay*int64(o.LateDays)
}

func anyQuery(t *rapid.T) ship.Query {
	n := func(name string, lo, hi int64) int64 { return rapid.Int64Range(lo, hi).Draw(t, name) }
	yes := func(name string) bool { return n(name, 0, 3) == 0 }
	q := ship.Query{Strategy: rapid.SampledFrom([]ship.Strategy{ship.Cheapest, ship.Fastest, ship.Balanced}).Draw(t, "strategy"),
		WeightG: n("g", 0, 5000), MM: [3]int64{n("l", 0, 600), n("w", 0, 600), n("h", 0, 600)}, Liquid: yes("liquid"), Battery: yes("battery"), COD: yes("cod"),
		FromRegion: "上海", To: ship.Address{Province: "广东"}, Ready: at(10, int(n("hour", 0, 23)), 0), LateCostPerDay: n("late", 0, 500)}
	if yes("collect") {
		q.CollectBy = at(10, 23, 0)
	}
	if yes("promise") {
		q.PromisedBy = at(int(n("promised", 10, 14)), 12, 0)
	}
	for i := range n("services", 0, 5) {
		p50 := int(n("p50", 1, 4))
		s := ship.CarrierService{Carrier: fmt.Sprint("C", i), MaxG: n("maxG", 0, 1) * 4000, NoLiquids: yes("noLiquids"), NoBatteries: yes("noBatteries"), COD: !yes("noCOD"),
			Cutoff: time.Duration(n("cutoff", 0, 20)) * time.Hour, Cards: []ship.RateCard{{FromRegion: "*", ToRegion: "*", FirstG: 1000, FirstPrice: n("first", 300, 900),
				StepG: 500, StepPrice: n("step", 0, 300), VolumetricDivisor: n("divisor", 0, 1) * 6000, DaysP50: p50, DaysP90: p50 + int(n("p90", 0, 3)), Currency: "CNY"}}}
		if yes("suspended") {
			s.Suspended = []ship.Suspension{{Province: "广东省", From: at(int(n("from", 9, 12)), 0, 0)}}
		}
		q.Services = append(q.Services, s)
	}
	return q
}

func TestReasonsForAServiceReadInBothLanguages(t *testing.T) {
	q := threeServices()
	q.Strategy, q.PromisedBy, q.LateCostPerDay = ship.Balanced, at(13, 20, 0), 300
	c := ship.Choose(q)
	for _, x := range []struct{ got, want string }{
		{words.Render("en", c.Why.Code, c.Why.Params), "YTO std costs least when lateness is counted: 8.00 CNY, 2–3 days, 0 days late at worst in nine of ten cases."},
		{words.Render("zh", c.Rejected[1].Code, c.Rejected[1].Params), "计入晚到 2 天的成本后，比 YTO std 贵 4.00 CNY。"},
	} {
		if x.got != x.want {
			t.Errorf("\n got %s\nwant %s", x.got, x.want)
		}
	}
}

func BenchmarkChoose(b *testing.B) {
	q := threeServices()
	q.Strategy = ship.Balanced
	for b.Loop() {
		ship.Choose(q)
	}
}
