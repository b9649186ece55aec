package container

import (
	"fmt"
	"math"
	"strings"
)

// Picture draws a loading as SVG, seen from the front, the right and above, every type in a colour of its own.
func Picture(p Problem, a Answer) string {
	var out strings.Builder
	l, w, h := float64(p.Container[0]), float64(p.Container[1]), float64(p.Container[2])
	scale := 640 / (l + w)
	d := drawing{scale: scale, left: w*scale*slant + 8, down: h*scale + 8}
	fmt.Fprintf(&out, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %.0f %.0f">`+"\n", (l+w)*scale*slant+16, h*scale+(l+w)*scale*rise+16)
	d.face(&out, "#f4f4f2", [4][3]float64{{0, 0, 0}, {l, 0, 0}, {l, w, 0}, {0, w, 0}})
	d.face(&out, "#e9e9e6", [4][3]float64{{0, 0, 0}, {l, 0, 0}, {l, 0, h}, {0, 0, h}})
	d.face(&out, "#dededa", [4][3]float64{{0, 0, 0}, {0, w, 0}, {0, w, h}, {0, 0, h}})
	colour := map[int]float64{}
	for i, b := range p.Boxes {
		colour[b.Type] = math.Mod(float64(i)*137.5, 360)
	}
	for _, u := range farFirst(a.Placements) {
		d.box(&out, colour[u.Type], u)
	}
	out.WriteString("</svg>\n")
	return out.String()
}

// slant and rise turn a length of the floor into a step aside and one down.
const (
	slant = 0.866
	rise  = 0.3
)

type drawing struct {
	scale, left, down float64
}

func (d drawing) face(out *strings.Builder, fill string, corners [4][3]float64) {
	out.WriteString(`<polygon points="`)
	for _, c := range corners {
		x := d.left + (c[0]-c[1])*slant*d.scale
		y := d.down + (c[0]+c[1])*rise*d.scale - c[2]*d.scale
		fmt.Fprintf(out, "%.1f,%.1f ", x, y)
	}
	fmt.Fprintf(out, `" fill="%s" stroke="#333" stroke-width="0.6" stroke-linejoin="round"/>`+"\n", fill)
}

func (d drawing) box(out *strings.Builder, hue float64, u Placement) {
	x, y, z := float64(u.X), float64(u.Y), float64(u.Z)
	dx, dy, dz := float64(u.DX), float64(u.DY), float64(u.DZ)
	shade := func(light int) string { return fmt.Sprintf("hsl(%.0f,45%%,%d%%)", hue, light) }
	d.face(out, shade(55), [4][3]float64{{x + dx, y, z}, {x + dx, y + dy, z}, {x + dx, y + dy, z + dz}, {x + dx, y, z + dz}})
	d.face(out, shade(65), [4][3]float64{{x, y + dy, z}, {x + dx, y + dy, z}, {x + dx, y + dy, z + dz}, {x, y + dy, z + dz}})
	d.face(out, shade(75), [4][3]float64{{x, y, z + dz}, {x + dx, y, z + dz}, {x + dx, y + dy, z + dz}, {x, y + dy, z + dz}})
}

// farFirst sorts boxes so that none is drawn over one nearer to the eye.
func farFirst(list []Placement) []Placement {
	waits := make([]int, len(list))
	for i, u := range list {
		for _, o := range list {
			if o != u && farther(o, u) {
				waits[i]++
			}
		}
	}
	sorted := make([]Placement, 0, len(list))
	for range list {
		next := -1
		for i, n := range waits {
			if n >= 0 && (next < 0 || n < waits[next]) {
				next = i
			}
		}
		waits[next] = -1
		for i, u := range list {
			if waits[i] > 0 && farther(list[next], u) {
				waits[i]--
			}
		}
		sorted = append(sorted, list[next])
	}
	return sorted
}

// farther reports whether a lies wholly before b along some axis, and b not before a along another.
func farther(a, b Placement) bool {
	return precedes(a, b) && !precedes(b, a)
}

func precedes(a, b Placement) bool {
	return a.X+a.DX <= b.X || a.Y+a.DY <= b.Y || a.Z+a.DZ <= b.Z
}
