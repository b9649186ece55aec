package main

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/packhorse/packhorse/pack/carton"
	"github.com/packhorse/packhorse/pack/container"
)

const twoContainers = "2\n1 2502505\n587 233 220\n2\n1 108 0 76 0 30 1 40\n2 110 0 43 1 25 1 33\n2 1\n20 10 10\n1\n7 10 1 10 1 10 1 3\n"

func TestContainersAreLoadedOneAfterTheOther(t *testing.T) {
	br := file(t, "two.txt", twoContainers)
	for _, args := range [][]string{{}, {"--support", "1.0"}, {"--time", "20ms"}} {
		code, out, errs := command(t, append([]string{"solve", "pack", "--format", "br", br}, args...)...)
		lines := strings.Split(strings.TrimSpace(out), "\n")
		if code != 0 || len(lines) != 2 {
			t.Fatalf("%d %s %s", code, out, errs)
		}
		for i, line := range lines {
			var l loaded
			if err := json.Unmarshal([]byte(line), &l); err != nil {
				t.Fatal(err)
			}
			problems, _ := container.ReadBR(strings.NewReader(twoContainers))
			p := problems[i]
			p.Supported = len(args) > 0 && args[0] == "--support"
			if err := container.Verify(p, container.Answer{Placements: l.Placements, Packed: l.Packed, Bound: l.Bound}); err != nil || l.Problem != p.ID {
				t.Errorf("%v: %v", args, err)
			}
		}
		if !strings.HasPrefix(lines[1], `{"problem":"2","container":[20,10,10],"volume":2000,"packed_volume":2000,"packed_volume_bound":2000,"utilisation":1,"placements":[{"type":7,"x":0,`) {
			t.Error(lines[1])
		}
	}
}

func TestAnOrderGetsItsCartonsAndABadOneItsLine(t *testing.T) {
	order := `{"cartons":[{"id":"S","kind":"box","inner_mm":[100,100,100],"max_g":5000,"tare_g":20,"cost":50}],
		"freight":{"divisor":6000,"first_g":1000,"first":300,"step_g":500,"step":100},
		"items":[{"sku":"a","quantity":2,"mm":[100,100,50],"g":10},{"sku":"pole","quantity":1,"mm":[900,20,20],"g":10}]}`
	code, out, errs := command(t, "solve", "pack", "--format", "json", "--time", "1s", file(t, "order.json", order+order))
	lines := strings.Split(strings.TrimSpace(out), "\n")
	if code != 0 || len(lines) != 2 || !strings.HasPrefix(lines[0], `{"parcels":[{"carton":"S","items":[{"sku":"a","x":0,"y":0,"z":0,"dx":100,"dy":100,"dz":50},`) ||
		!strings.Contains(lines[0], `"weight_g":40,"cost":350}],"cost":350,"lower_bound":350,"optimal":true,"unpackable":[{"sku":"pole","quantity":1}]`) {
		t.Errorf("%d %s %s", code, out, errs)
	}
	problems, err := carton.ReadJSON(strings.NewReader(order))
	var b boxed
	if err != nil || json.Unmarshal([]byte(lines[0]), &b) != nil || carton.Verify(problems[0], b.Answer) != nil {
		t.Errorf("%v: %s", err, lines[0])
	}
	for _, c := range [][]string{
		{"items[0].quantity", "--format", "json", strings.Replace(order, `"quantity":2`, `"quantity":-2`, 1)},
		{"line 4: the container width", "--format", "br", strings.Replace(twoContainers, "1 2502505\n587 233", "1 2502505\n\n587 0", 1)},
		{"--support of a container", "--format", "br", twoContainers, "--support", "0.7"},
	} {
		args := append([]string{"solve", "pack", c[1], c[2], file(t, "bad", c[3])}, c[4:]...)
		code, out, errs := command(t, args...)
		if code == 0 || out != "" || !strings.Contains(errs, c[0]) || strings.Count(strings.TrimSpace(errs), "\n") > 0 {
			t.Errorf("%v: %d %q %q", args, code, out, errs)
		}
	}
}

func TestPastOrdersProposeACarton(t *testing.T) {
	history := file(t, "history.json", `{"keep":1,"odd":300,"freight":{"divisor":5000,"first_g":1000,"first":300,"step_g":1000,"step":200},
		"now":[{"id":"L","inner_mm":[500,400,300],"cost":90}],"board":{"cost":20,"per_m2":60,"g_per_m2":400},
		"orders":[{"items":[{"sku":"a","quantity":1,"mm":[195,145,95],"g":100}],"times":70}]}`)
	code, out, errs := command(t, "solve", "cartons", history)
	if code != 0 || !strings.HasPrefix(out, `{"cartons":[{"id":"200×150×100","kind":"box","inner_mm":[200,150,100],`) || !strings.Contains(out, `"uses":[70]`) {
		t.Errorf("%d %s %s", code, out, errs)
	}
}
