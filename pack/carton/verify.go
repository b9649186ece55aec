package carton

import (
	"fmt"
	"slices"

	"github.com/packhorse/packhorse/internal/fault"
)

// Verify checks an answer against its problem without any of the code that made it: every unit exactly
// once, no overlap, nothing outside, weight, groups, orientation, fragile and non-stackable rules,
// support, weights and costs. It returns the first breach as a fault, nil for a sound answer.
func Verify(p Problem, a Answer) error {
	items := map[string]Item{}
	owed := map[string]int{}
	for _, it := range p.Items {
		items[it.SKU] = it
		owed[it.SKU] += it.Quantity
	}
	sum := int64(0)
	for i, parcel := range a.Parcels {
		if err := verifyParcel(p, items, parcel); err != nil {
			return fault.Invalidf(fmt.Sprintf("parcels[%d]", i), "carton.breach", "%v", err)
		}
		for _, u := range parcel.Items {
			owed[u.SKU]--
		}
		sum += parcel.Cost
	}
	for _, l := range a.Unpackable {
		owed[l.SKU] -= l.Quantity
	}
	for _, it := range p.Items {
		if owed[it.SKU] != 0 {
			return breach("SKU %q: %d units more ordered than packed", it.SKU, owed[it.SKU])
		}
	}
	if sum != a.Cost || a.LowerBound > a.Cost || a.Optimal != (a.LowerBound == a.Cost) {
		return breach("cost %d, parcels add up to %d, lower bound %d, optimal %t", a.Cost, sum, a.LowerBound, a.Optimal)
	}
	return verifyUnmeasured(p, a)
}

func verifyUnmeasured(p Problem, a Answer) error {
	for _, it := range p.Items {
		unknown := slices.Contains(it.MM[:], 0)
		packed := slices.ContainsFunc(a.Parcels, func(k Parcel) bool {
			return slices.ContainsFunc(k.Items, func(u Placement) bool { return u.SKU == it.SKU })
		})
		if slices.Contains(a.Unmeasured, it.SKU) != (unknown && packed) {
			return breach("SKU %q has size %v and is packed: %t; unmeasured says otherwise", it.SKU, it.MM, packed)
		}
	}
	return nil
}

func verifyParcel(p Problem, items map[string]Item, k Parcel) error {
	at := slices.IndexFunc(p.Cartons, func(c Carton) bool { return c.ID == k.Carton })
	if at < 0 || len(k.Items) == 0 {
		return breach("carton %q is unknown or empty", k.Carton)
	}
	c := p.Cartons[at]
	weight, volume, group := c.TareG, 0, ""
	for _, u := range k.Items {
		it, ok := items[u.SKU]
		if !ok {
			return breach("SKU %q is not in the order", u.SKU)
		}
		if it.Group != "" && group != "" && it.Group != group {
			return breach("groups %q and %q share a parcel", group, it.Group)
		}
		if it.Group != "" {
			group = it.Group
		}
		weight += it.G
		volume += u.DX * u.DY * u.DZ // 0 where a size is unknown
		if !sameSize(u, it) {
			return breach("SKU %q of %v stands as %d×%d×%d", u.SKU, it.MM, u.DX, u.DY, u.DZ)
		}
	}
	if weight != k.WeightG || (c.MaxG > 0 && weight > c.MaxG) {
		return breach("parcel weighs %d g, says %d g, carton %q carries %d g", weight, k.WeightG, c.ID, c.MaxG)
	}
	if cost := expectedCost(p.Freight, c, weight); cost != k.Cost {
		return breach("parcel costs %d, says %d", cost, k.Cost)
	}
	if c.Kind == Mailer {
		return verifyMailer(c, items, k, volume)
	}
	return verifyBox(c, items, k, p.AnySupport)
}

// sameSize reports whether the unit is its item, turned in an allowed way.
func sameSize(u Placement, it Item) bool {
	is, want := []int{u.DX, u.DY, u.DZ}, slices.Clone(it.MM[:])
	if it.ThisSideUp && !slices.Contains(want, 0) && u.DZ != it.MM[2] {
		return false
	}
	slices.Sort(is)
	slices.Sort(want)
	return slices.Equal(is, want)
}

func expectedCost(f Freight, c Carton, weight int) int64 {
	if f.Divisor > 0 {
		for weight*f.Divisor < c.Inner[0]*c.Inner[1]*c.Inner[2] {
			missing := c.Inner[0]*c.Inner[1]*c.Inner[2] - weight*f.Divisor
			weight += max(1, missing/f.Divisor)
		}
	}
	cost := c.Cost + f.First
	if over := weight - f.FirstG; over > 0 && f.StepG > 0 {
		cost += f.Step * int64(over/f.StepG)
		if over%f.StepG != 0 {
			cost += f.Step
		}
	}
	return cost
}

func verifyMailer(c Carton, items map[string]Item, k Parcel, volume int) error {
	for _, u := range k.Items {
		if !items[u.SKU].Soft {
			return breach("SKU %q is not soft and lies in mailer %q", u.SKU, c.ID)
		}
	}
	if volume > c.Inner[0]*c.Inner[1]*c.Inner[2] {
		return breach("mailer %q holds %d mm³ of %d", c.ID, volume, c.Inner[0]*c.Inner[1]*c.Inner[2])
	}
	return nil
}

func verifyBox(c Carton, items map[string]Item, k Parcel, anySupport bool) error {
	for i, u := range k.Items {
		if u.DX*u.DY*u.DZ == 0 {
			continue
		}
		if min(u.X, u.Y, u.Z) < 0 || u.X+u.DX > c.Inner[0] || u.Y+u.DY > c.Inner[1] || u.Z+u.DZ > c.Inner[2] {
			return breach("SKU %q sticks out of carton %q", u.SKU, c.ID)
		}
		carried := 0
		for j, o := range k.Items {
			shared := sharedLength(u.X, u.DX, o.X, o.DX) * sharedLength(u.Y, u.DY, o.Y, o.DY)
			if i == j || shared == 0 || o.DZ == 0 {
				continue
			}
			if sharedLength(u.Z, u.DZ, o.Z, o.DZ) > 0 {
				return breach("SKU %q and SKU %q overlap", u.SKU, o.SKU)
			}
			if o.Z > u.Z {
				continue
			}
			below, above := items[o.SKU], items[u.SKU]
			if below.Fragile || (below.Stackable != nil && !*below.Stackable) || (above.Stackable != nil && !*above.Stackable) {
				return breach("SKU %q must not be above SKU %q", u.SKU, o.SKU)
			}
			if o.Z+o.DZ == u.Z {
				carried += shared
			}
		}
		if u.Z > 0 && (carried == 0 || carried*2 < u.DX*u.DY && !anySupport) {
			return breach("SKU %q hangs in the air", u.SKU)
		}
	}
	return nil
}

func sharedLength(a, aLength, b, bLength int) int {
	from, to := a, a+aLength
	if b > from {
		from = b
	}
	if b+bLength < to {
		to = b + bLength
	}
	if to < from {
		return 0
	}
	return to - from
}

func breach(message string, args ...any) *fault.Fault {
	return fault.New(fault.Invalid, "carton.breach", message, args...)
}
