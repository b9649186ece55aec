package route

import (
	"slices"
	"strings"
	"testing"
)

const singleBlockFile = "aisles,instance,aisle_length,aisle_gap,picks(aisle:pos_from_front;...),optimal_depot_front_aisle1\n" +
	"2,7,15,2,1:6;2:0.5,\n"

const graphFile = `{"cross_aisles":[0,10,20.5],"aisles":[0,3],"one_way":[0,1],"depot":[0,0],"drops":[[3,20.5]],
 "picks":[{"aisle":2,"y":14.25,"g":1200}],"heavy_first":true}
{"cross_aisles":[0,10],"aisles":[0],"depot":[0,-1],"picks":[]}`

func TestASingleBlockFileIsReadInMillimetres(t *testing.T) {
	got, err := ReadSingleBlock(strings.NewReader(singleBlockFile))
	if err != nil || len(got) != 1 {
		t.Fatal(got, err)
	}
	p := got[0]
	want := []Stop{{Location: "1:6", Aisle: 1, Y: 6000}, {Location: "2:0.5", Aisle: 2, Y: 500}}
	if p.Name != "2/7" || !slices.Equal(p.Floor.Aisles, []int{0, 2000}) || !slices.Equal(p.Floor.CrossAisles, []int{0, 15000}) || !slices.Equal(p.Stops, want) {
		t.Errorf("%+v", p)
	}
}

func TestAGraphFileHoldsOneFloorAfterTheOther(t *testing.T) {
	got, err := ReadGraph(strings.NewReader(graphFile))
	if err != nil || len(got) != 2 {
		t.Fatal(got, err)
	}
	p := got[0]
	if p.Name != "1" || !p.HeavyFirst || p.Floor.OneWay[1] != Up || p.Floor.Drops[0] != (Point{3000, 20500}) ||
		p.Stops[0].Y != 14250 || p.Stops[0].G != 1200 || got[1].Floor.Depot != (Point{0, -1000}) {
		t.Errorf("%+v", got)
	}
}

func TestABadFileIsRefusedByLineAndField(t *testing.T) {
	header, _, _ := strings.Cut(singleBlockFile, "\n")
	for text, want := range map[string]string{
		"":                                   "line 1: the file is empty",
		"aisles,instance\n":                  "line 1: there is no column aisle_length",
		header + "\n0,1,15,2,1:1,\n":         "line 2, aisles",
		header + "\n1,1,-3,2,1:1,\n":         "line 2, aisle_length",
		header + "\n1,1,15,NaN,1:1,\n":       "line 2, aisle_gap",
		header + "\n1,1,15,2,1:1;3:1,\n":     `line 2, picks: "3:1" lies outside`,
		header + "\n1,1,15,2,1:1;eleven,\n":  `line 2, picks: "eleven" is no aisle:position`,
		header + "\n1,1,15,2,1:1,\n1,1,15\n": "record on line 3",
	} {
		if _, err := ReadSingleBlock(strings.NewReader(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %s", text, err, want)
		}
	}
	for text, want := range map[string]string{
		`{"aisles":[0]`:                                                                    "line 1, unexpected EOF",
		`{"cross_aisles":[0,10],"aisles":[0]}`:                                             "line 1, depot: give x and y",
		"\n" + `{"cross_aisles":[10,0],"aisles":[0],"depot":[0,0]}`:                        "line 2, cross_aisles",
		`{"cross_aisles":[0,10],"aisles":[],"depot":[0,0]}`:                                "line 1, aisles",
		`{"cross_aisles":[0,10],"aisles":[0],"one_way":[2],"depot":[0,0]}`:                 "line 1, one_way[0]",
		`{"cross_aisles":[0,10],"aisles":[0],"one_way":[0,0],"depot":[0,0]}`:               "line 1, one_way",
		`{"cross_aisles":[0,1e9],"aisles":[0],"depot":[0,0]}`:                              "line 1, cross_aisles",
		`{"cross_aisles":[0,10],"aisles":[0],"depot":[0,0],"drops":[[1]]}`:                 "line 1, drops[0]",
		`{"cross_aisles":[0,10],"aisles":[0],"depot":[0,0],"picks":[{"aisle":1,"g":-1}]}`:  "line 1, picks[0]",
		`{"cross_aisles":[0,10],"aisles":[0],"depot":[0,0],"picks":[{"aisle":"A","y":1}]}`: "line 1, picks.aisle: a JSON string",
	} {
		if _, err := ReadGraph(strings.NewReader(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %s", text, err, want)
		}
	}
}

func FuzzReadSingleBlock(f *testing.F) {
	f.Add(singleBlockFile)
	f.Fuzz(func(t *testing.T, text string) {
		problems, err := ReadSingleBlock(strings.NewReader(text))
		answers(t, problems, err)
	})
}

func FuzzReadGraph(f *testing.F) {
	f.Add(graphFile)
	f.Add(`{"cross_aisles":[0,1,2,3,4,5,6,7],"aisles":[0,0,1],"one_way":[1,-1,0],"depot":[1,1.5],"picks":[{"aisle":1,"y":1},{"aisle":3,"y":9}]}`)
	f.Fuzz(func(t *testing.T, text string) {
		problems, err := ReadGraph(strings.NewReader(text))
		answers(t, problems, err)
	})
}

// answers plans what was read: nothing that is read may stop the planner from answering, and every answer is a walk of
// the length it states.
func answers(t *testing.T, problems []Problem, err error) {
	if err != nil && len(problems) > 0 {
		t.Fatalf("problems beside an error: %v", err)
	}
	for _, p := range problems {
		if len(p.Stops) > 50 || len(p.Floor.Aisles) > 50 || len(p.Floor.CrossAisles) > 9 {
			continue
		}
		tour, err := Plan(p.Floor, p.Stops, Options{HeavyFirst: p.HeavyFirst})
		if err != nil {
			continue
		}
		if length, err := Measure(p.Floor, p.Stops, tour.Order); err != nil || length != tour.Length || tour.LowerBound > length {
			t.Fatalf("%+v: %+v measures %d (%v)", p, tour, length, err)
		}
	}
}
