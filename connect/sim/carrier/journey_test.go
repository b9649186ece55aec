package carrier

import (
	"fmt"
	"slices"
	"testing"
	"time"
)

const month = 30 * 24 * time.Hour

// fullTrack books a parcel, hands it over and returns its whole track, oldest first, without the order scan.
func fullTrack(c *caller, sh shipment) []scan {
	w := c.book(sh).Waybill
	c.collect(w)
	c.clock.Advance(month)
	scans := c.track(w)
	slices.Reverse(scans)
	return scans[1:]
}

func TestAnOrdinaryParcelIsCollectedTravelsAndIsSignedForInTime(t *testing.T) {
	c := newCaller(t, Config{})
	for i := range 200 {
		sh := parcelTo(fmt.Sprint(i), "广东省", "广州市")
		start := c.clock.Now()
		scans := fullTrack(c, sh)
		codes := make([]string, len(scans))
		for j, s := range scans {
			codes[j] = s.Code
		}
		if codes[0] != codeCollected || codes[1] != codeDeparted {
			t.Fatalf("it begins with %v", codes[:2])
		}
		if last := codes[len(codes)-1]; !slices.Contains([]string{codeSigned, codeSignedBad, codeProxy}, last) {
			t.Fatalf("it ends with %s: %v", last, codes)
		}
		first, last := scans[0].At.Sub(start), scans[len(scans)-1].At.Sub(start)
		days := float64(price(sh).DaysP90 + 1)
		if !slices.Contains(codes, codeTrouble) && last.Hours() > days*24 {
			t.Errorf("%v from hand-over to the door, promised about %v days", last, days)
		}
		if first <= 0 || first > 4*time.Hour {
			t.Errorf("first scan %v after hand-over", first)
		}
	}
}

func TestEachFateHasItsTrack(t *testing.T) {
	for name, k := range map[string]struct {
		fates Fates
		want  []string
		never []string
	}{
		"refused": {Fates{Refused: 1}, []string{codeOut, codeRefused, codeGoingBack, codeReturned}, []string{codeSigned, codeFetched}},
		"locker":  {Fates{Locker: 1}, []string{codeOut, codeLocker, codeFetched}, []string{codeSigned, codeRefused}},
		"lost":    {Fates{Lost: 1}, []string{codeCollected}, []string{codeOut, codeArrived, codeSigned}},
	} {
		c := newCaller(t, Config{Fates: k.fates})
		for i := range 50 {
			var codes []string
			for _, s := range fullTrack(c, parcelTo(fmt.Sprint(i), "北京市", "北京市")) {
				codes = append(codes, s.Code)
			}
			at := -1
			for _, want := range k.want {
				next := slices.Index(codes, want)
				if next <= at {
					t.Fatalf("%s: %s is missing or out of place in %v", name, want, codes)
				}
				at = next
			}
			for _, never := range k.never {
				if slices.Contains(codes, never) {
					t.Fatalf("%s: %s in %v", name, never, codes)
				}
			}
		}
	}
}

func TestALateParcelIsLateInOneOfThreeWaysAndArrives(t *testing.T) {
	c := newCaller(t, Config{Fates: Fates{Late: 1}})
	ways := map[string]int{}
	for i := range 150 {
		start := c.clock.Now()
		scans := fullTrack(c, parcelTo(fmt.Sprint(i), "北京市", "北京市"))
		gap := time.Duration(0)
		for j := 1; j < len(scans); j++ {
			gap = max(gap, scans[j].At.Sub(scans[j-1].At))
		}
		road := slices.ContainsFunc(scans, func(s scan) bool { return s.Code == codeTrouble && s.Place == "" })
		switch {
		case scans[0].At.Sub(start) >= 30*time.Hour:
			ways["no first scan"]++
		case gap >= 48*time.Hour && road:
			ways["announced"]++
		case gap >= 48*time.Hour:
			ways["silent"]++
		default:
			t.Fatalf("parcel %d is not late: %v", i, scans)
		}
	}
	if len(ways) != 3 {
		t.Errorf("ways to be late: %v", ways)
	}
}

func TestTheSharesOfFatesAreThoseAskedFor(t *testing.T) {
	c := newCaller(t, Config{Fates: Fates{Late: 0.1, Lost: 0.1, Refused: 0.2, Locker: 0.3}})
	count := map[string]int{}
	const parcels = 1000
	for i := range parcels {
		scans := fullTrack(c, parcelTo(fmt.Sprint(i), "浙江省", "杭州市"))
		count[scans[len(scans)-1].Code]++
	}
	for code, share := range map[string]float64{codeReturned: 0.2, codeFetched: 0.3, codeLineHaul: 0, codeDeparted: 0.1} {
		if got := float64(count[code]) / parcels; got < share-0.05 || got > share+0.05 {
			t.Errorf("%.3f of the parcels end with %s, want about %.2f: %v", got, code, share, count)
		}
	}
}

func TestTheSameSeedGivesTheSameTrackInAnyOrderOfCalls(t *testing.T) {
	tracks := func(seed uint64, order []int) map[string][]scan {
		c := newCaller(t, Config{Seed: seed, Fates: Everyday(), Faults: Faults{Duplicate: 0.5}})
		out := map[string][]scan{}
		for _, i := range order {
			sh := parcelTo(fmt.Sprint(i), "四川省", "成都市")
			w := c.book(sh).Waybill
			c.collect(w)
			out[w] = nil
		}
		c.clock.Advance(month)
		for w := range out {
			out[w] = c.track(w)
		}
		return out
	}
	equal := func(a, b map[string][]scan) bool {
		for w := range a {
			if !slices.Equal(a[w], b[w]) {
				return false
			}
		}
		return len(a) == len(b)
	}
	one := tracks(1, []int{1, 2, 3, 4, 5, 6, 7, 8})
	if !equal(one, tracks(1, []int{8, 3, 1, 2, 7, 6, 5, 4})) {
		t.Error("the order of the calls changed a track")
	}
	if equal(one, tracks(2, []int{1, 2, 3, 4, 5, 6, 7, 8})) {
		t.Error("another seed changed nothing")
	}
}

func TestATrackIsToldNewestFirstAndOnlyUpToNow(t *testing.T) {
	c := newCaller(t, Config{})
	w := c.book(parcelTo("1", "北京市", "北京市")).Waybill
	if got := c.track(w); len(got) != 1 || got[0].Code != codeOrdered {
		t.Errorf("before hand-over: %v", got)
	}
	c.collect(w)
	for range 8 {
		c.clock.Advance(12 * time.Hour)
		scans := c.track(w)
		if scans[0].At.After(c.clock.Now()) {
			t.Errorf("a scan of the future: %v", scans[0])
		}
		if !slices.IsSortedFunc(scans, func(a, b scan) int { return b.At.Compare(a.At) }) {
			t.Errorf("not newest first: %v", scans)
		}
	}
}

func TestAVoidedWaybillSaysSo(t *testing.T) {
	c := newCaller(t, Config{})
	w := c.book(parcelTo("1", "北京市", "北京市")).Waybill
	c.call("/v1/void", waybillIn{w}, &nothing{})
	if got := c.track(w); got[0].Code != codeVoided {
		t.Errorf("track of a voided waybill: %v", got)
	}
}

func TestDaysGrowWithTheDistance(t *testing.T) {
	at := func(province, city string) address { return address{Province: province, City: city} }
	for _, k := range []struct {
		from, to address
		want     int64
	}{
		{at("浙江省", "杭州市"), at("浙江", "杭州市"), 1},
		{at("浙江省", "杭州市"), at("浙江省", "宁波市"), 2},
		{at("浙江省", "杭州市"), at("上海市", "上海市"), 2},
		{at("浙江省", "杭州市"), at("广东省", "广州市"), 3},
		{at("浙江省", "杭州市"), at("新疆维吾尔自治区", "喀什"), 5},
		{at("黑龙江省", "哈尔滨"), at("吉林省", "长春"), 2},
	} {
		if got := days(k.from, k.to); got != k.want {
			t.Errorf("%s to %s: %d days, want %d", k.from.Province, k.to.Province, got, k.want)
		}
	}
	if short("Bavaria") == short("Baden") || short("黑龙江省") != short("黑龙江") {
		t.Error("provinces are confused, or one province is taken for two")
	}
	abroad := at("Bavaria", "Munich")
	if there, back := days(at("浙江", "杭州"), abroad), days(abroad, at("浙江", "杭州")); there != back || there < 2 || there > 4 {
		t.Errorf("an unknown province: %d days there, %d back", there, back)
	}
}
