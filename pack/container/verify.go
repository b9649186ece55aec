package container

import (
	"fmt"
	"slices"
)

// Verify checks an answer against its problem without any of the code that made it: quantities, which way up, nothing
// outside, no overlap, full support where it is demanded, and the sum of the volumes. It returns the first breach found.
func Verify(p Problem, a Answer) error {
	left := map[int]int{}
	types := map[int]Box{}
	for _, b := range p.Boxes {
		left[b.Type], types[b.Type] = b.Quantity, b
	}
	packed := 0
	for i, u := range a.Placements {
		b, known := types[u.Type]
		if !known || !turned(b, u) {
			return fmt.Errorf("placement %d: box type %d stands as %d×%d×%d", i, u.Type, u.DX, u.DY, u.DZ)
		}
		if left[u.Type]--; left[u.Type] < 0 {
			return fmt.Errorf("placement %d: more boxes of type %d than there are", i, u.Type)
		}
		if min(u.X, u.Y, u.Z) < 0 || u.X+u.DX > p.Container[0] || u.Y+u.DY > p.Container[1] || u.Z+u.DZ > p.Container[2] {
			return fmt.Errorf("placement %d sticks out of the container", i)
		}
		packed += u.DX * u.DY * u.DZ
		carried := 0
		for j, o := range a.Placements {
			area := common(u.X, u.DX, o.X, o.DX) * common(u.Y, u.DY, o.Y, o.DY)
			if i == j || area == 0 {
				continue
			}
			if common(u.Z, u.DZ, o.Z, o.DZ) > 0 {
				return fmt.Errorf("placements %d and %d overlap", i, j)
			}
			if o.Z+o.DZ == u.Z {
				carried += area
			}
		}
		if p.Supported && u.Z > 0 && carried != u.DX*u.DY {
			return fmt.Errorf("placement %d: %d of its base of %d is carried", i, carried, u.DX*u.DY)
		}
	}
	if packed != a.Packed || packed > a.Bound {
		return fmt.Errorf("the boxes add up to %d; the answer says %d, at most %d", packed, a.Packed, a.Bound)
	}
	return nil
}

func turned(b Box, u Placement) bool {
	is, want := []int{u.DX, u.DY, u.DZ}, b.Size[:]
	up := false
	for i, allowed := range b.Upright {
		up = up || allowed && u.DZ == want[i]
	}
	slices.Sort(is)
	return up && slices.Equal(is, slices.Sorted(slices.Values(want)))
}

func common(a, aLength, b, bLength int) int {
	return max(0, min(a+aLength, b+bLength)-max(a, b))
}
