package batching

import (
	"encoding/csv"
	"errors"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"testing"
)

// published is where private benchmarks lie that are not part of the repository.
const published = "../../../shared/data/batching"

// values reads a column of numbers by file; absent where there is no number.
func values(t *testing.T, name string, column int) map[string]float64 {
	file, err := os.Open(filepath.Join(published, name))
	if errors.Is(err, fs.ErrNotExist) {
		t.Skip("the batching benchmarks are not on this machine")
	}
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]float64{}
	for _, row := range rows[1:] {
		if v, err := strconv.ParseFloat(row[column], 64); err == nil {
			out[row[0]] = v
		}
	}
	return out
}

func solved(t *testing.T, name string, work int) (File, Answer) {
	file, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	f, err := Read(file)
	if err != nil {
		t.Fatal(name, err)
	}
	a, err := Solve(f.Problem, Options{Seed: 1, Work: work})
	if err != nil {
		t.Fatal(name, err)
	}
	verify(t, f.Problem, a)
	plain, err := FirstComeSShape(f.Problem)
	if err != nil || plain < a.Length {
		t.Errorf("%s: first come walks %d (%v), the answer %d", name, plain, err, a.Length)
	}
	return f, a
}

func files(t *testing.T, set string) []string {
	names, err := filepath.Glob(filepath.Join(published, set, "*.txt"))
	if err != nil || len(names) == 0 {
		t.Skip("the batching benchmarks are not on this machine")
	}
	return names
}

func TestEveryProblemOfStore1IsSolvedToTheProvenOptimum(t *testing.T) {
	optima, met := values(t, "store1_optimal.csv", 1), 0
	for _, name := range files(t, "store1") {
		f, a := solved(t, name, 0)
		if !a.Optimal {
			t.Errorf("%s: %v, bound %v", name, f.Length(a.Length), f.Length(a.LowerBound))
		}
		if want, known := optima[filepath.Base(name)]; known {
			if math.Abs(f.Length(a.Length)-want) > 1e-6 {
				t.Errorf("%s: %v, published %v", name, f.Length(a.Length), want)
			}
			met++
		}
	}
	if met != len(optima) {
		t.Errorf("%d of %d published optima were looked at", met, len(optima))
	}
}

func TestTwentyOrdersAreWithinAPercentOfThePublishedBound(t *testing.T) {
	bounds := values(t, "muter20_bounds.csv", 2)
	looked := 0
	for _, name := range files(t, "muter20") {
		bound, known := bounds[filepath.Base(name)]
		if !known {
			solved(t, name, 20_000)
			continue
		}
		looked++
		f, a := solved(t, name, 0)
		// A bound that was rounded may be up to a half above the truth.
		if got := f.Length(a.Length); got > 1.01*bound+0.5 || got < bound-0.5 || !a.Optimal {
			t.Errorf("%s: %v (our bound %v), published bound %v", name, got, f.Length(a.LowerBound), bound)
		}
	}
	if looked != len(bounds) {
		t.Errorf("%d of %d published bounds were looked at", looked, len(bounds))
	}
}
