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
	met, sShape, total := 0, 0, 0
	for _, row := range rows[1:] {
		f, stops := published(t, row)
		tour, err := Plan(f, stops, Options{})
		if err != nil {
			t.Fatal(err)
		}
		if tour.SShape < tour.Length {
			t.Errorf("%s/%s: S-shape %d below %d", row[0], row[1], tour.SShape, tour.Length)
		}
		sShape, total = sShape+tour.SShape, total+tour.Length
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
	t.Logf("%d optima met; over all rows %d m against %d m S-shape", met, total, sShape)
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
