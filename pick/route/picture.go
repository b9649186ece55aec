package route

import (
	"fmt"
	"strings"

	"github.com/packhorse/packhorse/internal/fault"
)

// Drawn is one walk in a picture: the order of the stops, and what is written above it.
type Drawn struct {
	Title string
	Order []int
}

// pictureWide is the width of a picture's floor in its own units.
const pictureWide = 360

// Picture draws walks over the same stops beside each other as SVG: shelves, stops, and the walk from the depot (a ring)
// to where it ends. Where a stretch is walked twice the lines lie beside each other. Faults: route.picture on a floor with
// one-way aisles, and those of Measure.
func Picture(f Floor, stops []Stop, walks ...Drawn) (string, error) {
	if !f.twoWay() {
		return "", fault.Invalidf("one_way", "route.picture", "only floors with two-way aisles are drawn")
	}
	p := painter{floor: f, stops: stops}
	p.frame()
	for i, w := range walks {
		length, err := Measure(f, stops, w.Order)
		if err != nil {
			return "", err
		}
		fmt.Fprintf(&p.body, `<g transform="translate(%d,0)">`, i*(pictureWide+60))
		p.draw(w, length)
		p.body.WriteString("</g>\n")
	}
	w, h := len(walks)*(pictureWide+60), p.high+80
	return fmt.Sprintf(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="-30 -40 %d %d" font-family="sans-serif" font-size="13">`+
		`<rect x="-30" y="-40" width="%d" height="%d" fill="#fff"/>`+"\n%s</svg>\n", w, h, w, h, p.body.String()), nil
}

// painter turns millimetres into units of the picture, with y upwards.
type painter struct {
	floor                  Floor
	stops                  []Stop
	left, low, span, depth int // of everything that is drawn, millimetres
	high                   int // of the picture
	body                   strings.Builder
}

// frame finds what has to fit into the picture.
func (p *painter) frame() {
	right, top := p.floor.Aisles[len(p.floor.Aisles)-1], p.floor.CrossAisles[len(p.floor.CrossAisles)-1]
	p.left, p.low = p.floor.Aisles[0], p.floor.CrossAisles[0]
	points := append([]Point{p.floor.Depot}, p.floor.Drops...)
	for _, s := range p.stops {
		points = append(points, Point{X: p.left, Y: s.Y})
	}
	for _, q := range points {
		p.left, right, p.low, top = min(p.left, q.X), max(right, q.X), min(p.low, q.Y), max(top, q.Y)
	}
	p.span, p.depth = max(1, right-p.left), max(1, top-p.low)
	p.high = min(max(pictureWide*p.depth/p.span, 120), 2*pictureWide)
}

func (p *painter) x(mm int) int { return (mm - p.left) * pictureWide / p.span }
func (p *painter) y(mm int) int { return p.high - (mm-p.low)*p.high/p.depth }

func (p *painter) draw(w Drawn, length int) {
	fmt.Fprintf(&p.body, `<text x="0" y="-18">%s: %.1f m</text>`+"\n", escape(w.Title), float64(length)/1000)
	for _, x := range p.floor.Aisles {
		for c := 1; c < len(p.floor.CrossAisles); c++ {
			low, high := p.y(p.floor.CrossAisles[c-1]), p.y(p.floor.CrossAisles[c])
			for _, side := range [2]int{-12, 5} {
				fmt.Fprintf(&p.body, `<rect x="%d" y="%d" width="7" height="%d" fill="#e4e4e4"/>`, p.x(x)+side, high+7, max(0, low-high-14))
			}
		}
	}
	p.line(w.Order)
	for _, s := range p.stops {
		fmt.Fprintf(&p.body, `<circle cx="%d" cy="%d" r="4" fill="#c0392b"/>`, p.x(p.floor.Aisles[s.Aisle-1]), p.y(s.Y))
	}
	fmt.Fprintf(&p.body, `<circle cx="%d" cy="%d" r="7" fill="none" stroke="#222" stroke-width="2"/>`+"\n", p.x(p.floor.Depot.X), p.y(p.floor.Depot.Y))
}

// line draws the walk; every leg is moved a little to its right-hand side, so that there and back are told apart.
func (p *painter) line(order []int) {
	at := p.floor.standAt(p.floor.Depot)
	path := []Point{p.floor.Depot}
	for _, i := range order {
		to := p.floor.standBy(p.stops[i])
		path = append(path, p.floor.corners(at, to)...)
		path = append(path, Point{to.x, to.y})
		at = to
	}
	end := p.floor.Depot
	if len(order) > 0 {
		end = p.floor.endOf(p.stops[order[len(order)-1]])
	}
	path = append(append(path, p.floor.corners(at, p.floor.standAt(end))...), end)
	for i := 1; i < len(path); i++ {
		x1, y1, x2, y2 := p.x(path[i-1].X), p.y(path[i-1].Y), p.x(path[i].X), p.y(path[i].Y)
		dx, dy := 2*sign(y1-y2), 2*sign(x2-x1)
		fmt.Fprintf(&p.body, `<line x1="%d" y1="%d" x2="%d" y2="%d" stroke="#1f6fb2" stroke-width="2" stroke-linecap="round"/>`, x1+dx, y1+dy, x2+dx, y2+dy)
	}
}

// corners are where the shortest way from a to b turns, on a floor with two-way aisles.
func (f Floor) corners(a, b place) []Point {
	switch {
	case a.aisle == b.aisle && a.aisle != outside:
		return nil
	case a.aisle == outside && b.aisle == outside:
		best := f.Aisles[0]
		for _, x := range f.Aisles {
			if abs(a.x-x)+abs(x-b.x) < abs(a.x-best)+abs(best-b.x) {
				best = x
			}
		}
		return []Point{{a.x, a.y}, {best, a.y}, {best, b.y}, {b.x, b.y}}
	case a.aisle == outside:
		return []Point{{a.x, a.y}, {b.x, a.y}}
	case b.aisle == outside:
		return []Point{{a.x, b.y}, {b.x, b.y}}
	}
	best := f.CrossAisles[0]
	for _, y := range f.CrossAisles {
		if abs(a.y-y)+abs(y-b.y) < abs(a.y-best)+abs(best-b.y) {
			best = y
		}
	}
	return []Point{{a.x, best}, {b.x, best}}
}

func sign(v int) int { return min(1, max(-1, v)) }

func escape(text string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace(text)
}
