package carton

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// anyhow reports by trying every whole position whether units can stand in a box, each on the floor or on some part of
// another one that is not fragile, none on a fragile one, and the lone ones alone in their column.
func anyhow(inner [3]int, units []*Item, placed []block) bool {
	if len(units) == 0 {
		return !slices.ContainsFunc(placed, func(b block) bool { return !standsSomehow(b, placed) })
	}
	for _, size := range units[0].orientations() {
		for x := range inner[0] - size[0] + 1 {
			for y := range inner[1] - size[1] + 1 {
				for z := range inner[2] - size[2] + 1 {
					b := block{at: [3]int{x, y, z}, size: size, item: units[0]}
					if !slices.ContainsFunc(placed, func(o block) bool { return clash(b, o) }) && anyhow(inner, units[1:], append(slices.Clip(placed), b)) {
						return true
					}
				}
			}
		}
	}
	return false
}

func clash(a, b block) bool {
	if overlap(a.at[0], a.end(0), b.at[0], b.end(0)) == 0 || overlap(a.at[1], a.end(1), b.at[1], b.end(1)) == 0 {
		return false
	}
	return !a.item.stacks() || !b.item.stacks() || overlap(a.at[2], a.end(2), b.at[2], b.end(2)) > 0
}

func standsSomehow(b block, placed []block) bool {
	held := b.at[2] == 0
	for _, o := range placed {
		if o.end(2) != b.at[2] || overlap(b.at[0], b.end(0), o.at[0], o.end(0)) == 0 || overlap(b.at[1], b.end(1), o.at[1], o.end(1)) == 0 {
			continue
		}
		if o.item.Fragile {
			return false
		}
		held = true
	}
	return held
}

func TestWhatIsCalledImpossibleIsImpossible(t *testing.T) {
	proven, packed, open := 0, 0, 0
	rapid.Check(t, func(t *rapid.T) {
		side := rapid.IntRange(2, 4)
		c := Carton{Inner: [3]int{side.Draw(t, "length"), side.Draw(t, "width"), side.Draw(t, "height")}}
		var units []*Item
		room := c.volume()
		for i := range rapid.IntRange(2, 4).Draw(t, "units") {
			stacks := rapid.IntRange(0, 5).Draw(t, "stacks") > 0
			dim := rapid.IntRange(1, 3)
			it := &Item{SKU: string(rune('a' + i)), MM: [3]int{dim.Draw(t, "l"), dim.Draw(t, "w"), dim.Draw(t, "h")}, Stackable: &stacks,
				Fragile: rapid.IntRange(0, 4).Draw(t, "fragile") == 0, ThisSideUp: rapid.Bool().Draw(t, "up")}
			if room -= it.volume(); room < 0 || !c.takes(*it) {
				t.Skip("no question")
			}
			units = append(units, it)
		}
		work := 1_000_000
		v, possible := newApartness(c, units).search(&work), anyhow(c.Inner, units, nil)
		if v == never && possible || v == fits && !possible {
			t.Fatalf("verdict %d, possible %t", v, possible)
		}
		plain := !slices.ContainsFunc(units, func(it *Item) bool { return it.Fragile })
		if plain && !possible && v != never {
			t.Fatalf("impossible, and not shown so: verdict %d", v)
		}
		switch v {
		case never:
			proven++
		case fits:
			packed++
		default:
			open++
		}
	})
	t.Logf("%d impossible, %d packed, %d open", proven, packed, open)
}

// TestASmallOrderIsNoDearerThanAnyDivisionByPlans compares the complete search with all divisions whose parts are packed one
// by one by the plans alone.
func TestASmallOrderIsNoDearerThanAnyDivisionByPlans(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawProblem(t, 4, 2)
		units, _ := p.unfold()
		if len(units) == 0 || len(units) > 5 || !slices.ContainsFunc(units, Item.measured) {
			t.Skip("not small")
		}
		a := Choose(p, Options{})
		if plain := dividePlainly(p, units); a.Cost > plain {
			t.Fatalf("%d, and %d by plans", a.Cost, plain)
		}
		if b := p.bound(units); b.least() > a.Cost {
			t.Fatalf("bound %d above the cost %d", b.least(), a.Cost)
		}
	})
}

func dividePlainly(p Problem, units []Item) int64 {
	if len(units) == 0 {
		return 0
	}
	best := int64(impossible)
	for set := 1; set < 1<<len(units); set += 2 { // with the first unit
		var in, out []Item
		for i, u := range units {
			if set>>i&1 == 1 {
				in = append(in, u)
			} else {
				out = append(out, u)
			}
		}
		effort := 1_000_000
		if k, ok := p.one(in, impossible, &effort); ok {
			best = min(best, k.cost+dividePlainly(p, out))
		}
	}
	return best
}

func TestThreeSticksThatLockEachOtherArePacked(t *testing.T) {
	p := Problem{Cartons: []Carton{{ID: "cube", Inner: [3]int{100, 100, 100}, Cost: 1}, {ID: "larger", Inner: [3]int{200, 200, 200}, Cost: 9}},
		Items: []Item{{SKU: "stick", Quantity: 3, MM: [3]int{50, 50, 100}}, {SKU: "cube", Quantity: 2, MM: [3]int{50, 50, 50}}}}
	if a := Choose(p, Options{}); a.Cost != 1 || !a.Optimal {
		t.Errorf("cost %d, optimal %t", a.Cost, a.Optimal)
	}
}

func TestUnitsThatFitByVolumeAloneAreProvenNotToFit(t *testing.T) {
	p := Problem{Cartons: []Carton{{ID: "cube", Inner: [3]int{100, 100, 100}, Cost: 1}, {ID: "larger", Inner: [3]int{110, 110, 110}, Cost: 9}},
		Items: []Item{{SKU: "a", Quantity: 2, MM: [3]int{60, 60, 60}}}}
	if a := Choose(p, Options{}); a.Cost != 2 || !a.Optimal || len(a.Parcels) != 2 {
		t.Errorf("cost %d, optimal %t, %d parcels", a.Cost, a.Optimal, len(a.Parcels))
	}
}

func TestAPackerCanFollowThePlacements(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		for _, k := range Choose(drawProblem(t, 6, 4), Options{}).Parcels {
			for i, a := range k.Items {
				for _, b := range k.Items[:i] {
					if a.DX*a.DY*a.DZ*b.DX*b.DY*b.DZ == 0 {
						continue // an unmeasured unit has no place
					}
					xy := sharedLength(a.X, a.DX, b.X, b.DX) * sharedLength(a.Y, a.DY, b.Y, b.DY)
					xz := sharedLength(a.X, a.DX, b.X, b.DX) * sharedLength(a.Z, a.DZ, b.Z, b.DZ)
					if xy > 0 && a.Z < b.Z || xz > 0 && a.Y < b.Y {
						t.Fatalf("%v has to go below or behind %v, which is there already", a, b)
					}
				}
			}
		}
	})
}
