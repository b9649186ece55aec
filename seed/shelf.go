package seed

import "cmp"

// shelves hands out the locations of each warehouse, one after the other and round again: several slow SKUs share a
// face, which is what makes a second look at the picked unit worth while.
type shelves struct {
	places map[string][]string // warehouse/use
	given  map[string]int
}

// Uses of a location: the faces nearest to the docks are kept for fast goods.
func newShelves(list []Location) *shelves {
	s := &shelves{places: map[string][]string{}, given: map[string]int{}}
	for _, l := range list {
		use := l.Kind
		switch {
		case l.Zone == "Q":
			use = "defective"
		case l.Kind == "pick" && l.Bay <= 3:
			use = "fast"
		}
		key := l.Warehouse + "/" + use
		s.places[key] = append(s.places[key], l.Location)
	}
	return s
}

func (s *shelves) face(warehouse string, fast bool) string {
	if fast {
		return s.next(warehouse, "fast")
	}
	return s.next(warehouse, "pick")
}

func (s *shelves) next(warehouse, use string) string {
	key := warehouse + "/" + use
	places := s.places[key]
	s.given[key]++
	return places[(s.given[key]-1)%len(places)]
}

// byPlace is the order of a stock sheet: by warehouse, location, SKU.
func byPlace(a, b Stock) int {
	return cmp.Or(cmp.Compare(a.Warehouse, b.Warehouse), cmp.Compare(a.Location, b.Location), cmp.Compare(a.SKU, b.SKU))
}
