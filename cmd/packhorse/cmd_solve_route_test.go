package main

import (
	"encoding/json"
	"strings"
	"testing"
)

func TestAFileOfFloorsIsAnsweredTourByTour(t *testing.T) {
	floors := file(t, "floors.json", `{"cross_aisles":[0,10,20],"aisles":[0,3,6,9],"one_way":[0,0,0,0],"depot":[0,0],"drops":[[9,20],[0,20]],
		"picks":[{"aisle":1,"y":4,"g":100},{"aisle":3,"y":14.5,"g":3000},{"aisle":4,"y":7,"g":20}],"heavy_first":true}
		{"cross_aisles":[0,10],"aisles":[0,3],"one_way":[1,1],"depot":[0,0],"picks":[{"aisle":1,"y":4}]}
		{"cross_aisles":[0,10],"aisles":[0],"depot":[0,0],"picks":[]}`)
	code, out, errs := command(t, "solve", "route", "--format", "graph", "--rules", floors)
	if code == 0 || !strings.Contains(errs, `problem 2: one_way: location "1" cannot be reached`) || strings.Count(strings.TrimSpace(errs), "\n") > 0 {
		t.Errorf("%d: %q", code, errs)
	}
	lines := strings.Split(strings.TrimSpace(out), "\n")
	if len(lines) != 2 {
		t.Fatal(out)
	}
	var tour walked
	if err := json.Unmarshal([]byte(lines[0]), &tour); err != nil {
		t.Fatal(err)
	}
	want := [][2]float64{{1, 4}, {4, 7}, {3, 14.5}}
	if tour.Length != 41 || *tour.Bound != 41 || *tour.End != [2]float64{9, 20} || tour.Stops[0] != want[0] || tour.Stops[1] != want[1] ||
		tour.Stops[2] != want[2] || tour.Rules["s-shape"] < 41 {
		t.Errorf("%s", lines[0])
	}
	if !strings.Contains(lines[1], `"problem":"3","length":0,"lower_bound":0,"stops":[]`) {
		t.Errorf("%s", lines[1])
	}
}

func TestASingleBlockIsWalkedTheShortestWayAndABadRowIsNamed(t *testing.T) {
	header := "aisles,instance,aisle_length,aisle_gap,picks\n"
	code, out, errs := command(t, "solve", "route", "--format", "single-block", file(t, "block.csv", header+"2,1,15,2,1:6;2:0\n"))
	if code != 0 || !strings.HasPrefix(out, `{"problem":"2/1","length":16,"stops":[[`) {
		t.Errorf("%d %s %s", code, out, errs)
	}
	code, out, errs = command(t, "solve", "route", "--format", "single-block", file(t, "bad.csv", header+"2,1,15,2,3:6\n"))
	if code == 0 || out != "" || !strings.Contains(errs, `bad.csv: line 2, picks: "3:6" lies outside`) {
		t.Errorf("%d %q %q", code, out, errs)
	}
}
