package review

import (
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"
)

var monday = time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC)

func window(t testing.TB, length time.Duration, most int) *Window {
	t.Helper()
	w, err := NewWindow(WindowSettings{Length: length, MaxOrders: most})
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func TestThirdOrderFromOneAddressSeesTheTwoBefore(t *testing.T) {
	w := window(t, 24*time.Hour, 100)
	w.Add(monday, Features{Order: 1, IP: "203.0.113.9", Phone: "13800138000"})
	w.Add(monday.Add(time.Hour), Features{Order: 2, IP: "203.0.113.9"})
	third := Features{Order: 3, IP: "203.0.113.9", Phone: "13800138000"}
	want := Risk{SameIP: 2, SamePhone: 1}
	if got := w.Count(monday.Add(2*time.Hour), third); got != want {
		t.Fatalf("got %+v, want %+v", got, want)
	}
	w.Add(monday.Add(2*time.Hour), third)
	if got := w.Count(monday.Add(3*time.Hour), third); got != want {
		t.Fatalf("a second review counts the order itself: %+v, want %+v", got, want)
	}
}

func TestNothingIsTheSameAsAnEmptyFeature(t *testing.T) {
	w := window(t, time.Hour, 100)
	for i := range 50 {
		w.Add(monday, Features{Order: int64(i + 1)})
	}
	if got := w.Count(monday, Features{Order: 99}); got != (Risk{}) {
		t.Fatalf("got %+v", got)
	}
}

func TestAnOrderLeavesAfterTheLengthOfTheWindow(t *testing.T) {
	w := window(t, 24*time.Hour, 100)
	w.Add(monday, Features{Order: 1, Token: "t"})
	other := Features{Order: 2, Token: "t"}
	if got := w.Count(monday.Add(24*time.Hour), other); got.SameToken != 1 {
		t.Fatalf("left early: %+v", got)
	}
	if got := w.Count(monday.Add(24*time.Hour+24*time.Hour/steps+time.Microsecond), other); got.SameToken != 0 {
		t.Fatalf("still counted: %+v", got)
	}
}

func TestAnEditedOrderIsComparedByItsNewAddress(t *testing.T) {
	w := window(t, time.Hour, 100)
	w.Add(monday, Features{Order: 1, Address: "old"})
	w.Add(monday, Features{Order: 1, Address: "new"})
	if got := w.Count(monday, Features{Order: 2, Address: "old"}); got.SameAddress != 0 {
		t.Fatalf("old address still counted: %+v", got)
	}
	if got := w.Count(monday, Features{Order: 2, Address: "new"}); got.SameAddress != 1 {
		t.Fatalf("new address not counted: %+v", got)
	}
}

func TestAFullWindowShedsItsOldestOrder(t *testing.T) {
	w := window(t, time.Hour, 3)
	for i := range 5 {
		w.Add(monday.Add(time.Duration(i)*time.Minute), Features{Order: int64(i + 1), IP: "1", Buyer: fmt.Sprint(i)})
	}
	now := monday.Add(5 * time.Minute)
	if got := w.Count(now, Features{IP: "1", Buyer: "0"}); got != (Risk{SameIP: 3}) || w.Shed() != 2 {
		t.Fatalf("got %+v, shed %d", got, w.Shed())
	}
	if len(w.entries) > 3 || len(w.counts) != 4 || len(w.byOrder) != 3 {
		t.Fatalf("memory grew: %d entries, %d counts, %d orders", len(w.entries), len(w.counts), len(w.byOrder))
	}
}

func TestAWindowRefusesSettingsItCannotKeep(t *testing.T) {
	for _, s := range []WindowSettings{{}, {Length: time.Hour}, {Length: time.Millisecond, MaxOrders: 1}, {Length: time.Hour, MaxOrders: -1}} {
		if _, err := NewWindow(s); err == nil {
			t.Errorf("%+v was taken", s)
		}
	}
}

// seen is one order of the model: what was compared when.
type seen struct {
	at int64
	f  Features
}

func TestTheWindowAgreesWithCountingByHand(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w, _ := NewWindow(WindowSettings{Length: 256 * time.Second, MaxOrders: 1000})
		model := map[int64]seen{}
		var now int64
		for range rapid.IntRange(1, 60).Draw(t, "orders") {
			step := rapid.Int64Range(0, 900).Draw(t, "second")
			f := Features{Order: rapid.Int64Range(1, 40).Draw(t, "order"),
				IP:    rapid.SampledFrom([]string{"", "a", "b"}).Draw(t, "ip"),
				Phone: rapid.SampledFrom([]string{"", "a", "b"}).Draw(t, "phone")}
			at := monday.Truncate(time.Second).Add(time.Duration(step) * time.Second)
			second := at.Unix()
			now = max(now, second)
			var want Risk
			for id, s := range model {
				if s.at < now-256 {
					delete(model, id)
					continue
				}
				if id != f.Order && f.IP != "" && s.f.IP == f.IP {
					want.SameIP++
				}
				if id != f.Order && f.Phone != "" && s.f.Phone == f.Phone {
					want.SamePhone++
				}
			}
			if got := w.Count(at, f); got != want {
				t.Fatalf("at %d: got %+v, want %+v", step, got, want)
			}
			w.Add(at, f)
			if old, ok := model[f.Order]; ok {
				model[f.Order] = seen{old.at, f}
			} else if second >= now-256 {
				model[f.Order] = seen{second, f}
			}
		}
	})
}

func TestARebuiltWindowCountsAlikeInAnySequence(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		orders := rapid.SliceOfN(rapid.Int64Range(0, 3000), 1, 40).Draw(t, "seconds")
		shuffled := rapid.Permutation(seq(len(orders))).Draw(t, "sequence")
		a, _ := NewWindow(WindowSettings{Length: time.Hour / 2, MaxOrders: 100})
		b, _ := NewWindow(WindowSettings{Length: time.Hour / 2, MaxOrders: 100})
		add := func(w *Window, i int) {
			w.Add(monday.Add(time.Duration(orders[i])*time.Second), Features{Order: int64(i + 1), IP: fmt.Sprint(i % 3)})
		}
		for i := range orders {
			add(a, i)
			add(b, shuffled[i])
		}
		for i := range 3 {
			f := Features{IP: fmt.Sprint(i)}
			if x, y := a.Count(monday.Add(time.Hour), f), b.Count(monday.Add(time.Hour), f); x != y {
				t.Fatalf("%+v and %+v", x, y)
			}
		}
	})
}

func seq(n int) []int {
	out := make([]int, n)
	for i := range out {
		out[i] = i
	}
	return out
}

// Every order differs from every other in all five features: the worst case, nothing is shared in memory.
func BenchmarkWindowCountAndAdd(b *testing.B) {
	for _, aDay := range []int{10_000, 80_000} {
		b.Run(fmt.Sprint(aDay, " orders a day"), func(b *testing.B) {
			w := window(b, 24*time.Hour, 200_000)
			features := make([]Features, 2*aDay)
			for i := range features {
				features[i] = Features{Order: int64(i + 1), IP: fmt.Sprintf("203.%d.%d.%d", i>>16, i>>8&255, i&255), Phone: fmt.Sprint(13800000000 + i),
					Address: fmt.Sprintf("cn:浙江杭州西湖区文三路%d号", i), Token: fmt.Sprintf("oaid-%032d", i), Buyer: fmt.Sprintf("taobao:b%d", i)}
			}
			at, i := monday, 0
			b.ReportAllocs()
			for b.Loop() {
				f := features[i%len(features)]
				f.Order = int64(i + 1)
				at = at.Add(24 * time.Hour / time.Duration(aDay))
				w.Count(at, f)
				w.Add(at, f)
				i++
			}
		})
	}
}
