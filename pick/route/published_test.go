package route

import (
	"encoding/csv"
	"errors"
	"io/fs"
	"os"
	"strconv"
	"strings"
	"testing"
)

// TestPublishedSingleBlockOptimaAreMet reads a private benchmark that is not part of the repository.
func TestPublishedSingleBlockOptimaAreMet(t *testing.T) {
	file, err := os.Open("../../../shared/data/routing/single_block.csv")
	if errors.Is(err, fs.ErrNotExist) {
		t.Skip("the single-block benchmark is not on this machine")
	}
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	met, total, walked := 0, 0, map[Rule]int{}
	for _, row := range rows[1:] {
		f, stops := published(t, row)
		for _, rule := range f.Rules() {
			_, length, err := Walk(f, stops, rule)
			if err != nil {
				t.Fatal(err)
			}
			walked[rule] += length
		}
		tour, err := Plan(f, stops, Options{})
		if err != nil {
			t.Fatal(err)
		}
		block, err := NewBlock(f)
		if err != nil || block.Length(stops) != tour.Length {
			t.Errorf("%s/%s: planned %d, measured as a block %d (%v)", row[0], row[1], tour.Length, block.Length(stops), err)
		}
		total += tour.Length
		if row[5] == "" {
			continue
		}
		want, err := strconv.ParseFloat(row[5], 64)
		if err != nil {
			t.Fatal(err)
		}
		if float64(tour.Length) != want {
			t.Errorf("%s/%s: %d, published %v", row[0], row[1], tour.Length, want)
		}
		met++
	}
	t.Logf("%d optima met; over all rows %d m", met, total)
	for rule, length := range walked {
		t.Logf("%s: %.1f %% longer", rule, 100*float64(length-total)/float64(total))
	}
}

// published keeps metres: the solver does not care about the unit.
func published(t *testing.T, row []string) (Floor, []Stop) {
	number := func(s string) int {
		n, err := strconv.Atoi(s)
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	f := Floor{CrossAisles: []int{0, number(row[2])}}
	for i := range number(row[0]) {
		f.Aisles = append(f.Aisles, i*number(row[3]))
	}
	var stops []Stop
	for pick := range strings.SplitSeq(row[4], ";") {
		aisle, y, _ := strings.Cut(pick, ":")
		stops = append(stops, Stop{Aisle: number(aisle), Y: number(y)})
	}
	return f, stops
}
