package pick

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"github.com/packhorse/packhorse/inventory"
	"github.com/packhorse/packhorse/warehouse"
	"github.com/packhorse/packhorse/wave"
)

// drawShelves makes reservations in a hall of up to four aisles, several of them at one location.
func drawShelves(t *rapid.T) ([]inventory.Reservation, map[int64]warehouse.Location) {
	var hard []inventory.Reservation
	places := map[int64]warehouse.Location{}
	for i := range rapid.IntRange(1, 12).Draw(t, "reservations") {
		aisle, bay, side := rapid.Int64Range(0, 4).Draw(t, "aisle"), rapid.Int64Range(0, 5).Draw(t, "bay"), rapid.Int64Range(0, 1).Draw(t, "side")
		key := aisle*100 + bay*10 + side + 1
		places[key] = warehouse.Location{ID: key, Code: fmt.Sprintf("%d-%d-%d", aisle, bay, side), Aisle: aisle,
			XMM: aisle*3000 + side*1000, YMM: 5000 + bay*1400, PickSeq: rapid.Int64Range(0, 9).Draw(t, "seq")}
		hard = append(hard, inventory.Reservation{FulfilmentID: int64(i + 1), SKU: 1, Quantity: 1, Location: key})
	}
	return hard, places
}

func TestAWalkPassesEveryLocationOnceAndIsNeverLongerThanThePlainOne(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		hard, places := drawShelves(t)
		g := ground{stage: warehouse.Location{XMM: rapid.Int64Range(0, 12000).Draw(t, "stage")}, front: 4000, back: 14000}
		w := walkFor(g, wave.ShortestTour, hard, places, nil)
		seen := map[int]bool{}
		for _, r := range hard {
			rank, there := w.rank[r.Location]
			if !there || rank >= len(w.rank) {
				t.Fatalf("location %d has no place in the walk", r.Location)
			}
			seen[rank] = true
		}
		if len(seen) != len(w.rank) {
			t.Fatal("two locations have one place")
		}
		if w.length > w.bySequence || w.length == 0 {
			t.Fatalf("%d planned, %d plain", w.length, w.bySequence)
		}
	})
}

func TestBothSidesOfAnAisleAreOneAisle(t *testing.T) {
	places := map[int64]warehouse.Location{}
	var hard []inventory.Reservation
	for i := range int64(4) { // left, right, left, right, up the aisle
		places[i+1] = warehouse.Location{ID: i + 1, Code: fmt.Sprint(i), Aisle: 1, XMM: 1000 + i%2*2000, YMM: 2000 + i*1000, PickSeq: i}
		hard = append(hard, inventory.Reservation{SKU: 1, Quantity: 1, Location: i + 1})
	}
	w := walkFor(ground{stage: warehouse.Location{XMM: 1000}, front: 2000, back: 20000}, wave.ShortestTour, hard, places, nil)
	if w.length != 2*5000 { // to the last bay and back
		t.Errorf("%d", w.length)
	}
}

func TestThePathBeatsNumbersThatJump(t *testing.T) {
	places := map[int64]warehouse.Location{}
	var hard []inventory.Reservation
	for i, seq := range []int64{2, 4, 1, 3} { // one aisle, numbered to and fro
		key := int64(i + 1)
		places[key] = warehouse.Location{ID: key, Code: fmt.Sprint(i), Aisle: 1, XMM: 1000, YMM: 2000 + key*1000, PickSeq: seq}
		hard = append(hard, inventory.Reservation{SKU: 1, Quantity: 1, Location: key})
	}
	w := walkFor(ground{stage: warehouse.Location{XMM: 1000}, front: 2000, back: 20000}, wave.ShortestTour, hard, places, nil)
	up := w.rank[1] < w.rank[2] && w.rank[2] < w.rank[3] && w.rank[3] < w.rank[4]
	down := w.rank[1] > w.rank[2] && w.rank[2] > w.rank[3] && w.rank[3] > w.rank[4]
	if !up && !down || w.length != 2*6000 || w.bySequence <= w.length {
		t.Errorf("%+v", w)
	}
}

func TestWithoutCoordinatesTheWalkFollowsTheNumbers(t *testing.T) {
	places := map[int64]warehouse.Location{1: {ID: 1, Code: "A", PickSeq: 3}, 2: {ID: 2, Code: "B", PickSeq: 1}, 3: {ID: 3, Code: "C", PickSeq: 2}}
	hard := []inventory.Reservation{{Location: 1}, {Location: 2}, {Location: 3}}
	w := walkFor(ground{}, wave.ShortestTour, hard, places, nil)
	if w.length != 0 || w.rank[2] != 0 || w.rank[3] != 1 || w.rank[1] != 2 {
		t.Errorf("%+v", w)
	}
}

func TestTheWalkFollowsTheShelvesWhereTheWarehouseSaysSo(t *testing.T) {
	hard, places := scattered()
	g := ground{stage: warehouse.Location{XMM: 1000}, front: 2000, back: 20000}
	best, plain := walkFor(g, wave.ShortestTour, hard, places, nil), walkFor(g, wave.InSequence, hard, places, nil)
	if plain.length != plain.bySequence || best.bySequence != plain.length || best.length >= plain.length {
		t.Errorf("in sequence %+v, the shortest %+v", plain, best)
	}
	for _, r := range hard {
		if want := int(places[r.Location].PickSeq) - 1; plain.rank[r.Location] != want {
			t.Errorf("location %d is number %d, want %d", r.Location, plain.rank[r.Location], want)
		}
	}
}

// scattered are six places of which the numbers go back and forth between two aisles.
func scattered() (hard []inventory.Reservation, places map[int64]warehouse.Location) {
	places = map[int64]warehouse.Location{}
	for i := range int64(6) {
		places[i+1] = warehouse.Location{ID: i + 1, Aisle: 1 + i%2, XMM: 4000 * (i % 2), YMM: 3000 + 2500*i, PickSeq: i + 1}
		hard = append(hard, inventory.Reservation{FulfilmentID: 1, Seq: i + 1, Location: i + 1, SKU: 1, Quantity: 1})
	}
	return hard, places
}
