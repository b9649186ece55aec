package seed

import "fmt"

// Location is one row of the location import. Coordinates are metres from the corner of the building behind the
// docks: x along the front, y into the depth.
type Location struct {
	Warehouse string `json:"warehouse"`
	Zone      string `json:"zone"`
	Location  string `json:"location"`
	Kind      string `json:"kind"` // pick, reserve, stage or dock
	Aisle     int    `json:"aisle,omitzero"`
	Bay       int    `json:"bay,omitzero"`
	Level     int    `json:"level,omitzero"`
	X         string `json:"x_m"`
	Y         string `json:"y_m"`
	PickSeq   int    `json:"pick_seq,omitzero"`
}

// hall is the shape of a warehouse: aisles of racks, pick faces up to reach, one level of reserve above them.
type hall struct {
	warehouse           string
	aisles, bays, reach int
}

// Measures of a hall in tenths of a metre: an aisle with the racks at its sides, a bay, and the floor in front that
// holds stages and docks.
const (
	aislePitch = 32
	bayPitch   = 14
	frontDepth = 100
)

var halls = []hall{{"JX", 20, 15, 3}, {"DG", 20, 15, 3}, {"CD", 20, 10, 3}}

// Locations are the places of all three warehouses: about 2,400 pick faces, the reserve above them, a shelf for
// defective goods, stages and docks.
func (c *Company) Locations() []Location {
	var list []Location
	for _, h := range halls {
		list = append(list, h.locations()...)
	}
	return list
}

func (h hall) locations() []Location {
	list := h.faces()
	for aisle := 1; aisle <= h.aisles; aisle++ {
		for bay := 1; bay <= h.bays; bay++ {
			list = append(list, h.rack("R", "reserve", aisle, bay, h.reach+1, 0))
		}
	}
	for bay := 1; bay <= 6; bay++ {
		list = append(list, h.rack("Q", "reserve", h.aisles+1, bay, 1, 0))
	}
	for i := 1; i <= 8; i++ {
		list = append(list, h.floor("S", "stage", i, 60))
	}
	for i := 1; i <= 4; i++ {
		list = append(list, h.floor("D", "dock", i, 0))
	}
	return list
}

// faces are the pick locations in walking order: up one aisle and down the next. The first three fifths of the aisles
// are zone A, near the docks of fast goods; the rest is zone B.
func (h hall) faces() []Location {
	var list []Location
	for aisle := 1; aisle <= h.aisles; aisle++ {
		zone := "A"
		if aisle > (h.aisles*3+4)/5 {
			zone = "B"
		}
		for step := 1; step <= h.bays; step++ {
			bay := step
			if aisle%2 == 0 {
				bay = h.bays + 1 - step
			}
			for level := 1; level <= h.reach; level++ {
				list = append(list, h.rack(zone, "pick", aisle, bay, level, len(list)+1))
			}
		}
	}
	return list
}

func (h hall) rack(zone, kind string, aisle, bay, level, seq int) Location {
	return Location{
		Warehouse: h.warehouse, Zone: zone, Location: fmt.Sprintf("%s%02d-%02d-%d", zone, aisle, bay, level), Kind: kind,
		Aisle: aisle, Bay: bay, Level: level,
		X: metres((aisle-1)*aislePitch + aislePitch/2), Y: metres(frontDepth + (bay-1)*bayPitch + bayPitch/2), PickSeq: seq,
	}
}

func (h hall) floor(zone, kind string, i, y int) Location {
	return Location{
		Warehouse: h.warehouse, Zone: zone, Location: fmt.Sprintf("%s%02d", zone, i), Kind: kind,
		X: metres(i * 60), Y: metres(y),
	}
}

func metres(tenths int) string { return fmt.Sprintf("%d.%d", tenths/10, tenths%10) }
