package route

import (
	"encoding/xml"
	"errors"
	"flag"
	"io"
	"os"
	"strings"
	"testing"

	"github.com/packhorse/packhorse/internal/fault"
)

var redraw = flag.Bool("redraw", false, "write the pictures of the documentation again")

const tourPicture = "../../docs/pictures/tour.svg"

// TestTheTourInTheDocumentsIsDrawnByThisPackage draws the S-shape and the shortest tour over the same 24 stops.
func TestTheTourInTheDocumentsIsDrawnByThisPackage(t *testing.T) {
	f := Floor{CrossAisles: []int{0, 12_000, 24_000}}
	for i := range 8 {
		f.Aisles = append(f.Aisles, i*3500)
	}
	var stops []Stop
	dice := chance(7)
	for range 24 {
		stops = append(stops, Stop{Aisle: dice.below(8) + 1, Y: 500 + dice.below(23_000)})
	}
	sShape, _, err := Walk(f, stops, SShape)
	if err != nil {
		t.Fatal(err)
	}
	tour, err := Plan(f, stops, Options{})
	if err != nil {
		t.Fatal(err)
	}
	svg, err := Picture(f, stops, Drawn{"in the order of the S-shape", sShape}, Drawn{"shortest tour", tour.Order})
	if err != nil {
		t.Fatal(err)
	}
	for dec := xml.NewDecoder(strings.NewReader(svg)); ; {
		if _, err := dec.Token(); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
	}
	if strings.Count(svg, "#c0392b") != 2*len(stops) {
		t.Error("a stop is missing")
	}
	if *redraw {
		if err := os.WriteFile(tourPicture, []byte(svg), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if have, err := os.ReadFile(tourPicture); err != nil || string(have) != svg {
		t.Errorf("draw it again with -redraw (%v)", err)
	}
}

func TestAOneWayFloorIsNotDrawn(t *testing.T) {
	f := Floor{Aisles: []int{0}, CrossAisles: []int{0, 5}, OneWay: []Direction{Up}}
	if _, err := Picture(f, nil); fault.Code(err) != "route.picture" {
		t.Error(err)
	}
}
