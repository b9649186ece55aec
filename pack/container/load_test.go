package container

import (
	"os"
	"path/filepath"
	"reflect"
	"strconv"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func drawProblem(t *rapid.T) Problem {
	p := Problem{ID: "drawn", Supported: rapid.Bool().Draw(t, "supported")}
	for axis := range 3 {
		p.Container[axis] = rapid.IntRange(1, 60).Draw(t, "side")
	}
	for kind := range rapid.IntRange(0, 5).Draw(t, "types") {
		b := Box{Type: kind + 1, Quantity: rapid.IntRange(0, 30).Draw(t, "quantity")}
		for i := range 3 {
			b.Size[i] = rapid.IntRange(1, 30).Draw(t, "dimension")
			b.Upright[i] = rapid.Bool().Draw(t, "upright")
		}
		b.Upright[2] = b.Upright[2] || b.Upright == [3]bool{}
		p.Boxes = append(p.Boxes, b)
	}
	return p
}

func TestEveryLoadingCanBeLoadedAsItSays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawProblem(t)
		if err := p.Validate(); err != nil {
			t.Fatal(err)
		}
		o := Options{Nodes: rapid.IntRange(1, 60).Draw(t, "nodes")}
		a := Load(p, o)
		if err := Verify(p, a); err != nil {
			t.Fatalf("%v\n%+v", err, a)
		}
		if a.Nodes > o.Nodes {
			t.Fatalf("%d loadings looked at, %d allowed", a.Nodes, o.Nodes)
		}
		if again := Load(p, o); !reflect.DeepEqual(a, again) {
			t.Fatal("the same work gave another loading")
		}
	})
}

func TestMoreWorkNeverLoadsLess(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawProblem(t)
		if few, many := Load(p, Options{Nodes: 5}), Load(p, Options{Nodes: 50}); many.Packed < few.Packed {
			t.Fatalf("%d after 5 loadings, %d after 50", few.Packed, many.Packed)
		}
	})
}

func TestALoadingThatIsFullIsProven(t *testing.T) {
	any := [3]bool{true, true, true}
	cases := []struct {
		name    string
		p       Problem
		packed  int
		loading int
	}{
		{"all boxes are in", Problem{Container: [3]int{100, 100, 100}, Boxes: []Box{{1, [3]int{10, 20, 30}, any, 4}}}, 24_000, 4},
		{"no space is left", Problem{Container: [3]int{40, 20, 20}, Boxes: []Box{{7, [3]int{20, 10, 10}, any, 99}}}, 16_000, 8},
		{"nothing fits", Problem{Container: [3]int{40, 20, 20}, Boxes: []Box{{1, [3]int{41, 5, 5}, any, 9}}}, 0, 0},
		{"no boxes", Problem{Container: [3]int{40, 20, 20}}, 0, 0},
		{"what must stand does not lie", Problem{Container: [3]int{30, 30, 10}, Boxes: []Box{{1, [3]int{10, 10, 30}, [3]bool{2: true}, 9}}}, 0, 0},
	}
	for _, c := range cases {
		a := Load(c.p, Options{Nodes: 500})
		if err := Verify(c.p, a); err != nil || a.Packed != c.packed || len(a.Placements) != c.loading {
			t.Errorf("%s: %d in %d boxes, %v", c.name, a.Packed, len(a.Placements), err)
		}
	}
}

func TestAStopIsHeardInHugeProblems(t *testing.T) {
	any := [3]bool{true, true, true}
	dust := Problem{Container: [3]int{500, 400, 300}}
	for kind := range MostType {
		dust.Boxes = append(dust.Boxes, Box{kind, [3]int{3 + kind%17, 2 + kind%13, 1 + kind%11}, any, 1000})
	}
	vast := Problem{Container: [3]int{Longest, Longest, Longest}, Boxes: []Box{
		{1, [3]int{1, 1, 1}, any, MostBox}, {2, [3]int{99_991, 7, 3}, any, MostBox}, {3, [3]int{Longest, Longest, Longest}, any, 1}}}
	for _, p := range []Problem{dust, vast} {
		if err := p.Validate(); err != nil {
			t.Fatal(err)
		}
		began := time.Now()
		a := Load(p, Options{Stop: func() bool { return time.Since(began) > 200*time.Millisecond }})
		if took := time.Since(began); took > 20*time.Second {
			t.Errorf("stopped after %s", took)
		}
		if a.Packed == 0 || len(a.Placements) < 20_000 && Verify(p, a) != nil {
			t.Errorf("%d packed, %v", a.Packed, Verify(p, a))
		}
	}
}

func TestAPictureShowsEveryBox(t *testing.T) {
	p := Problem{Container: [3]int{40, 20, 20}, Boxes: []Box{{7, [3]int{20, 10, 10}, [3]bool{true, true, true}, 5}}}
	a := Load(p, Options{Nodes: 50})
	if got := strings.Count(Picture(p, a), "<polygon"); got != 3+3*len(a.Placements) {
		t.Errorf("%d faces of %d boxes", got, len(a.Placements))
	}
}

// published reads the problems of a class, or skips where they are not on this machine.
func published(t testing.TB, class int) []Problem {
	f, err := os.Open(filepath.Join("..", "..", "..", "shared", "data", "packing", "BR"+strconv.Itoa(class)+".txt"))
	if err != nil {
		t.Skip("the problems of Bischoff and Ratcliff are not on this machine")
	}
	defer f.Close()
	list, err := ReadBR(f)
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func TestThePublishedProblemsAreLoadedAsWellAsPublished(t *testing.T) {
	for _, supported := range []bool{false, true} {
		mean := 0.0
		for class := 1; class <= 7; class++ {
			p := published(t, class)[class]
			p.Supported = supported
			a := Load(p, Options{Nodes: 400})
			if err := Verify(p, a); err != nil {
				t.Fatalf("BR%d: %v", class, err)
			}
			mean += float64(a.Packed) / float64(p.Volume()) / 7
		}
		t.Logf("full support %t: %.2f %% with 400 loadings each", supported, 100*mean)
		if want := map[bool]float64{false: 0.93, true: 0.91}[supported]; mean < want {
			t.Errorf("full support %t: %.4f of the volume, want %.2f", supported, mean, want)
		}
	}
}

func BenchmarkLoad(b *testing.B) {
	for class := 1; class <= 7; class += 3 {
		p := published(b, class)[0]
		b.Run("BR"+strconv.Itoa(class), func(b *testing.B) {
			a := Answer{}
			for b.Loop() {
				a = Load(p, Options{Nodes: 200})
			}
			b.ReportMetric(100*float64(a.Packed)/float64(p.Volume()), "%volume")
		})
	}
}
