package vendure

import (
	"cmp"
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// modelOrder is an order of a shop that counts as Vendure does: updatedAt moves when lines do, and at nothing else.
type modelOrder struct {
	code            string
	placed, updated time.Time
	state           string
	version         int // grows with every change we must hear of
}

type model struct {
	now    time.Time
	orders []*modelOrder
	told   map[string]int
}

// page answers the options of a place as the shop does.
func (m *model) page(options map[string]any) []*modelOrder {
	filter := options["filter"].(map[string]any)
	after := func(column string, t time.Time) bool {
		f, ok := filter[column].(map[string]any)
		if !ok {
			return true
		}
		from, err := time.Parse(time.RFC3339, f["after"].(string))
		return err == nil && t.After(from)
	}
	states, _ := filter["state"].(map[string]any)
	var list []*modelOrder
	for _, o := range m.orders {
		in, inside := states["in"].([]string)
		out, outside := states["notIn"].([]string)
		if after("orderPlacedAt", o.placed) && after("updatedAt", o.updated) && (!inside || slices.Contains(in, o.state)) && (!outside || !slices.Contains(out, o.state)) {
			list = append(list, o)
		}
	}
	key := func(o *modelOrder) time.Time { return o.placed }
	if _, byUpdate := options["sort"].(map[string]any)["updatedAt"]; byUpdate {
		key = func(o *modelOrder) time.Time { return o.updated }
	}
	slices.SortStableFunc(list, func(a, b *modelOrder) int { return cmp.Or(key(a).Compare(key(b)), cmp.Compare(a.code, b.code)) })
	skip, take := options["skip"].(int), options["take"].(int)
	return list[min(skip, len(list)):min(skip+take, len(list))]
}

// read tells one page and moves on.
func (m *model) read(p place) place {
	var moments []time.Time
	for _, o := range m.page(p.options(time.Time{})) {
		m.told[o.code] = o.version
		moment := o.placed
		if p.Scan == touched {
			moment = o.updated.Truncate(time.Second) // SQLite keeps whole seconds
		}
		moments = append(moments, moment)
	}
	return placeOf(p.next(moments).cursor())
}

func (m *model) place() {
	m.orders = append(m.orders, &modelOrder{code: fmt.Sprintf("%05d", len(m.orders)), placed: m.now, updated: m.now.Add(-time.Second).Truncate(time.Second), state: "PaymentSettled", version: 1})
}

func (m *model) missing() (list []string) {
	for _, o := range m.orders {
		if m.told[o.code] != o.version {
			list = append(list, fmt.Sprintf("%s %s", o.code, o.state))
		}
	}
	return list
}

// Whatever happens between two pages, once the shop is quiet everything it ever said is told.
func TestNothingThatHappensInTheShopIsMissed(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := &model{now: time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC), told: map[string]int{}}
		p := place{}
		step := rapid.SampledFrom([]time.Duration{0, time.Millisecond, time.Second, time.Minute, time.Hour})
		for range rapid.IntRange(1, 60).Draw(t, "steps") {
			switch rapid.SampledFrom([]string{"place", "late", "many", "pay", "cancel", "ship", "read", "read", "read"}).Draw(t, "what") {
			case "place":
				m.place()
			case "late": // its transaction took long
				m.place()
				o := m.orders[len(m.orders)-1]
				o.placed, o.state = o.placed.Add(-rapid.SampledFrom([]time.Duration{time.Millisecond, time.Second, 9 * time.Minute}).Draw(t, "took")), "Shipped"
			case "many": // at one moment: a flash sale
				for range rapid.IntRange(1, 260).Draw(t, "n") {
					m.place()
				}
			case "pay":
				m.change(t, func(o *modelOrder) { o.version++ })
			case "cancel":
				m.change(t, func(o *modelOrder) {
					o.state, o.updated = "Cancelled", m.now.Truncate(time.Second)
					o.version++
				})
			case "ship":
				m.change(t, func(o *modelOrder) { o.state = "Shipped" })
			case "read":
				p = m.read(p)
			}
			m.now = m.now.Add(step.Draw(t, "time"))
		}
		for range 2 * (len(m.orders)/pageSize + 1) { // what the slow scan needs
			p = m.round(p)
		}
		if list := m.missing(); len(list) > 0 {
			t.Fatalf("after quiet rounds these were not told as they are: %v", list)
		}
	})
}

func (m *model) round(p place) place {
	for p = m.read(p); !p.begins(); {
		p = m.read(p)
	}
	return p
}

func (m *model) change(t *rapid.T, what func(*modelOrder)) {
	if len(m.orders) == 0 {
		return
	}
	o := m.orders[rapid.IntRange(0, len(m.orders)-1).Draw(t, "which")]
	if o.state != "Cancelled" {
		what(o)
	}
}

const closedBefore = 250 // more than the slow scan reads in two rounds

// The scans of a round are there because each finds what no other does in time.
func TestEveryScanFindsWhatItIsFor(t *testing.T) {
	start := func() (*model, place) {
		m := &model{now: time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC), told: map[string]int{}}
		for i := range 30 + closedBefore {
			m.place()
			if i < closedBefore {
				m.orders[i].state = "Shipped"
			}
			m.now = m.now.Add(time.Minute)
		}
		p := m.round(place{})
		for p.Spots[closed].Skip > 0 || !p.Spots[closed].At.IsZero() {
			p = m.round(p) // the slow scan begins at the oldest
		}
		m.now = m.now.Add(time.Hour)
		return m, p
	}
	for name, happens := range map[string]func(*model){
		"an order appears that was placed before others": func(m *model) {
			m.place()
			m.orders[len(m.orders)-1].placed = m.orders[len(m.orders)-2].placed.Add(-9 * time.Minute)
			m.orders[len(m.orders)-1].state = "Shipped"
		},
		"an open one is called off in a transaction that took long": func(m *model) {
			o := m.orders[closedBefore]
			o.state, o.updated = "Cancelled", m.orders[len(m.orders)-1].updated.Add(-9*time.Minute)
			o.version++
		},
		"an order is placed":           func(m *model) { m.place() },
		"an open one is paid or moved": func(m *model) { m.orders[closedBefore].version++ },
		"an open one is called off": func(m *model) {
			m.orders[closedBefore].state, m.orders[closedBefore].updated = "Cancelled", m.now
			m.orders[closedBefore].version++
		},
		"a shipped one is refunded": func(m *model) {
			m.orders[3].state = "Shipped"
			m.orders[3].version++
		},
	} {
		t.Run(name, func(t *testing.T) {
			m, p := start()
			happens(m)
			m.round(p)
			if list := m.missing(); len(list) > 0 {
				t.Errorf("after one round %v was not told", list)
			}
		})
	}
}

func TestACursorThatCannotBeReadIsTheBeginning(t *testing.T) {
	for _, text := range []string{"", "17", `{"scan":9}`, `{"scan":-1}`, "null"} {
		if got := placeOf(text); got != (place{}) {
			t.Errorf("%q is %+v", text, got)
		}
	}
}
