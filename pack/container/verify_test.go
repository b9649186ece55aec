package container

import (
	"slices"
	"strings"
	"testing"

	"github.com/packhorse/packhorse/internal/fault"
)

func twoBoxes() (Problem, Answer) {
	p := Problem{Container: [3]int{20, 10, 20}, Supported: true, Boxes: []Box{
		{Type: 1, Size: [3]int{10, 8, 6}, Upright: [3]bool{2: true}, Quantity: 2}}}
	return p, Answer{Packed: 960, Bound: 4000, Placements: []Placement{{1, 0, 0, 0, 10, 8, 6}, {1, 0, 0, 6, 10, 8, 6}}}
}

func TestVerifyFindsEveryKindOfBreach(t *testing.T) {
	cases := map[string]func(*Problem, *Answer){
		"overlap":           func(_ *Problem, a *Answer) { a.Placements[1].Z = 5 },
		"outside":           func(_ *Problem, a *Answer) { a.Placements[1].X = 11 },
		"below the floor":   func(_ *Problem, a *Answer) { a.Placements[0].Z = -1 },
		"in the air":        func(_ *Problem, a *Answer) { a.Placements[1].X = 1 },
		"lying":             func(_ *Problem, a *Answer) { a.Placements[1] = Placement{1, 0, 0, 6, 6, 8, 10} },
		"shrunk":            func(_ *Problem, a *Answer) { a.Placements[1].DX = 9 },
		"unknown type":      func(_ *Problem, a *Answer) { a.Placements[1].Type = 2 },
		"too many":          func(p *Problem, _ *Answer) { p.Boxes[0].Quantity = 1 },
		"wrong sum":         func(_ *Problem, a *Answer) { a.Packed++ },
		"more than bounded": func(_ *Problem, a *Answer) { a.Bound = 959 },
	}
	for name, spoil := range cases {
		p, a := twoBoxes()
		if err := Verify(p, a); err != nil {
			t.Fatalf("a sound loading was refused: %v", err)
		}
		spoil(&p, &a)
		if Verify(p, a) == nil {
			t.Errorf("%s: not found", name)
		}
	}
	p, a := twoBoxes()
	p.Supported = false
	a.Placements[1].X = 1
	if err := Verify(p, a); err != nil {
		t.Errorf("no support was demanded, and yet: %v", err)
	}
}

func TestAnInvalidProblemSaysWhatIsWrong(t *testing.T) {
	cases := map[string]func(*Problem){
		"container.size":       func(p *Problem) { p.Container[1] = 0 },
		"container.types":      func(p *Problem) { p.Boxes = slices.Repeat(p.Boxes, MostType+1) },
		"container.type_twice": func(p *Problem) { p.Boxes = append(p.Boxes, p.Boxes[0]) },
		"container.box_size":   func(p *Problem) { p.Boxes[0].Size[2] = Longest + 1 },
		"container.quantity":   func(p *Problem) { p.Boxes[0].Quantity = -1 },
		"container.upright":    func(p *Problem) { p.Boxes[0].Upright = [3]bool{} },
	}
	for code, spoil := range cases {
		p, _ := twoBoxes()
		spoil(&p)
		if err := p.Validate(); fault.Code(err) != code {
			t.Errorf("%v, want %s", err, code)
		}
	}
}

func TestAFileThatIsNoProblemIsRefusedWithItsLine(t *testing.T) {
	good := "1\n1 2502505\n587 233 220\n1\n1 108 0 76 0 30 1 40\n"
	list, err := ReadBR(strings.NewReader("\uFEFF" + strings.ReplaceAll(good, "\n", "\r\n")))
	if err != nil || len(list) != 1 || list[0].Boxes[0] != (Box{1, [3]int{108, 76, 30}, [3]bool{2: true}, 40}) {
		t.Fatalf("%+v, %v", list, err)
	}
	for spoilt, want := range map[string]string{
		"":                                        "line 0: the file ends where the number of problems",
		strings.Replace(good, "233", "0", 1):      "line 3: the container width",
		strings.Replace(good, "76", "7x", 1):      "line 5: the box dimension",
		strings.Replace(good, "30 1", "30 0", 1):  "may stand on no side",
		strings.Replace(good, " 40", "", 1):       "line 5: the file ends where the box quantity",
		good + "9":                                `line 6: "9" after the last`,
		strings.Replace(good, "40", "1000000", 1): "line 5: the box quantity",
	} {
		if _, err := ReadBR(strings.NewReader(spoilt)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %s", spoilt, err, want)
		}
	}
}

func FuzzReadBR(f *testing.F) {
	f.Add("1\n1 2502505\n587 233 220\n1\n1 108 0 76 0 30 1 40\n")
	f.Add("2\n1 1\n1 1 1\n0\n2 1\n1 1 1 0")
	f.Fuzz(func(t *testing.T, text string) {
		list, err := ReadBR(strings.NewReader(text))
		if err != nil {
			return
		}
		for _, p := range list {
			if err := p.Validate(); err != nil {
				t.Fatal(err)
			}
		}
	})
}
