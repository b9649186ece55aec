package container

import (
	"fmt"

	"github.com/packhorse/packhorse/internal/fault"
)

// Box is one type of box.
type Box struct {
	Type     int     // its number in the problem, given back in the placements
	Size     [3]int  // its three dimensions, in any one unit of length
	Upright  [3]bool // whether the box may be turned so that this dimension is the vertical one
	Quantity int     // how many there are to choose from
}

func (b Box) volume() int {
	return b.Size[0] * b.Size[1] * b.Size[2]
}

// Problem is a container and what may be loaded into it.
type Problem struct {
	ID        string
	Container [3]int // inner length (x), width (y) and height (z), in the unit of the boxes
	Boxes     []Box
	Supported bool // every box must stand on the floor or, with its whole base, on other boxes
}

// Limits of a problem.
const (
	Longest  = 100_000 // of any dimension, so that volumes stay far from overflow
	MostBox  = 100_000 // boxes of one type
	MostType = 1_000   // types of boxes
)

// Volume of the container, in cubed units.
func (p Problem) Volume() int {
	return p.Container[0] * p.Container[1] * p.Container[2]
}

// Validate reports every mistake as one fault. Load expects a valid problem.
func (p Problem) Validate() error {
	if len(p.Boxes) > MostType {
		return fault.Invalidf("boxes", "container.types", "at most %d types of boxes, not %d", MostType, len(p.Boxes))
	}
	var causes []*fault.Fault
	for axis, name := range [3]string{"length", "width", "height"} {
		if v := p.Container[axis]; v < 1 || v > Longest {
			causes = append(causes, fault.Invalidf("container", "container.size", "the container's %s must lie between 1 and %d, not %d", name, Longest, v))
		}
	}
	seen := map[int]bool{}
	for i, b := range p.Boxes {
		field := fmt.Sprintf("boxes[%d]", i)
		if seen[b.Type] {
			causes = append(causes, fault.Invalidf(field+".type", "container.type_twice", "box type %d is given twice", b.Type))
		}
		seen[b.Type] = true
		causes = append(causes, b.mistake(field))
	}
	if joined := fault.Join(causes...); joined != nil {
		return joined
	}
	return nil
}

func (b Box) mistake(field string) *fault.Fault {
	switch {
	case min(b.Size[0], b.Size[1], b.Size[2]) < 1 || max(b.Size[0], b.Size[1], b.Size[2]) > Longest:
		return fault.Invalidf(field+".size", "container.box_size", "the dimensions of box type %d must lie between 1 and %d", b.Type, Longest)
	case b.Quantity < 0 || b.Quantity > MostBox:
		return fault.Invalidf(field+".quantity", "container.quantity", "the quantity of box type %d must lie between 0 and %d", b.Type, MostBox)
	case b.Upright == [3]bool{}:
		return fault.Invalidf(field+".upright", "container.upright", "box type %d may stand on no side; allow at least one dimension to be vertical", b.Type)
	}
	return nil
}

// turns lists how the box may stand, without repeating equal ones.
func (b Box) turns() [][3]int32 {
	var list [][3]int32
	for up := range 3 {
		if !b.Upright[up] {
			continue
		}
		l, w, h := int32(b.Size[(up+1)%3]), int32(b.Size[(up+2)%3]), int32(b.Size[up])
		for _, d := range [][3]int32{{l, w, h}, {w, l, h}} {
			known := false
			for _, other := range list {
				known = known || other == d
			}
			if !known {
				list = append(list, d)
			}
		}
	}
	return list
}

// Placement is one loaded box: its corner nearest the origin and its extent, z up.
type Placement struct {
	Type int `json:"type"`
	X    int `json:"x"`
	Y    int `json:"y"`
	Z    int `json:"z"`
	DX   int `json:"dx"`
	DY   int `json:"dy"`
	DZ   int `json:"dz"`
}

// Answer is a loading.
type Answer struct {
	Placements []Placement // from the floor upwards, and from the back to the front
	Packed     int         // volume of the loaded boxes, in cubed units
	Bound      int         // no loading holds more volume
	Nodes      int         // completed loadings that were looked at
}
