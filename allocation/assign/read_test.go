package assign_test

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/packhorse/packhorse/allocation/assign"
	"github.com/packhorse/packhorse/internal/words"
)

const good = `{"nodes":[{"id":"SH","lat":31.2,"lng":121.5,"capacity_orders":2,"handling_cost":100,"cutoff_passed":false},
{"id":7,"capacity_orders":0,"handling_cost":80,"cutoff_passed":true},{"id":"GZ"}],
"stock":[{"node":"SH","sku":"A","quantity":1},
{"node":"GZ","sku":"A","quantity":2},{"node":7,"sku":"A","quantity":5}],
"rates":[{"node":"SH","zone":1,"first_g":1000,"first_cost":500,"step_g":500,"step_cost":200,"days":1},
{"node":"GZ","zone":1,"first_g":1000,"first_cost":900,"step_g":500,"step_cost":300,"days":3}],
"orders":[{"id":1,"zone":1,"promised_days":2,"late_cost_per_day":100,"split_cost":300,"max_parcels":2,"unfilled_cost":5000,
"lines":[{"sku":"A","quantity":1,"g":700},{"sku":"A","quantity":1,"g":700}]},
{"id":2,"zone":"nowhere","max_parcels":2,"unfilled_cost":50,"lines":[{"sku":"A","quantity":1,"g":0},{"sku":"B","quantity":0,"g":0}]},
{"id":3,"zone":1,"max_parcels":0,"lines":[]}]}
`

func TestAFileIsAnsweredWithItsOwnNames(t *testing.T) {
	files, err := assign.Read([]byte(good + good))
	if err != nil || len(files) != 2 {
		t.Fatal(len(files), err)
	}
	p, names := files[1].Problem()
	a := assign.Solve(p, assign.Effort{Seed: 1})
	if err := verify(p, &a); err != nil {
		t.Fatal(err)
	}
	raw := written(t, p, names, &a, "en")
	for _, want := range []string{`"id":1,"parcels":[{"node":"GZ","lines":[{"sku":"A","quantity":2}]}],"cost":1300`, `"unfilled":[{"id":2,"sku":"A","quantity":1}]`,
		`"node":7,"reason":{"code":"allocation.no_service","params":{"region":"1"}`, `"id":3,"parcels":[],"cost":0`} {
		if !strings.Contains(string(raw), want) {
			t.Errorf("%s is not in\n%s", want, raw)
		}
	}
}

// written is a report, of which it makes sure that it is JSON.
func written(t interface{ Fatal(...any) }, p *assign.Problem, names *assign.Names, a *assign.Answer, lang string) []byte {
	var out bytes.Buffer
	if err := assign.NewReport(p, names, a, lang).Write(&out, func() float64 { return 0 }); err != nil || !json.Valid(out.Bytes()) {
		t.Fatal(err, out.String())
	}
	return out.Bytes()
}

func TestAMistakeIsNamedByLineAndField(t *testing.T) {
	for _, c := range []struct{ old, new, want string }{
		{`"quantity":2}`, `"quantity":-2}`, "line 4: stock[1].quantity: it is -2; it must be 0 or more"},
		{`"quantity":2}`, `"quantity":1.5}`, "line 4: stock.quantity: "},
		{`{"node":"GZ","sku"`, `{"node":"SH","sku"`, "line 4: stock[1].sku: node SH has A in stock[0] already; give the sum once"},
		{`{"node":"GZ","sku"`, `{"node":"XX","sku"`, "line 4: stock[1].node: there is no node XX"},
		{`{"node":"GZ","zone"`, `{"node":"XX","zone"`, "line 6: rates[1].node: there is no node XX"},
		{`{"node":"GZ","zone"`, `{"node":"SH","zone"`, "line 6: rates[1].zone: node SH has a rate to 1 in rates[0] already; give the one that counts"},
		{`"step_g":500,"step_cost":300`, `"step_g":0,"step_cost":300`, "line 6: rates[1].step_g: it is 0 while step_cost is not: a heavier parcel would have no price"},
		{`"id":7`, `"id":"SH"`, "line 2: nodes[1].id: SH is also the id of number 0"},
		{`"id":7`, `"id":null`, "line 2: nodes[1].id: it has no id"},
		{`"id":7`, `"id":[7]`, "a name is a text or a number"},
		{`{"id":2`, `{"id":1`, "line 9: orders[1].id: 1 is also the id of number 0"},
		{`"sku":"A","quantity":1,"g":700},`, `"sku":"A","quantity":1,"g":-7},`, "line 8: orders[0].lines[0].g: it is -7; it must be 0 or more"},
		{`"unfilled_cost":5000`, `"unfilled_cost":5000000000000000000`, "line 7: orders[0]: it could cost 1e+19; a problem with amounts of this size cannot be added up exactly"},
		{`"orders":[`, `"orders":{`, "line 7: "},
		{good, `{"nodes":`, "line 1: the file ends in the middle of a problem"},
		{good, ``, "line 1: the file holds no problem"},
		{good, "\n{]", "line 2: this is not JSON: "},
		{good, "{}\n{\n}{\n]", "line 4: this is not JSON: "},
		{good, "{}\n{\n\"nodes\":7}", "line 3: nodes: "},
	} {
		_, err := assign.Read([]byte(strings.Replace(good, c.old, c.new, 1)))
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s → %s: got %v, want %s", c.old, c.new, err, c.want)
		}
	}
}

// FuzzRead: whatever is read is solved, the answer can be verified, and every reason is a sentence in both languages.
func FuzzRead(f *testing.F) {
	f.Add([]byte(good))
	f.Add([]byte(strings.ReplaceAll(good, "500", "0")))
	f.Add([]byte(strings.ReplaceAll(good, `"quantity":1`, `"quantity":99999`)))
	f.Fuzz(func(t *testing.T, text []byte) {
		files, err := assign.Read(text)
		if err != nil {
			return
		}
		for i := range files {
			p, names := files[i].Problem()
			a := assign.Solve(p, assign.Effort{Tries: 20, Seed: 1})
			if err := verify(p, &a); err != nil {
				t.Fatal(err)
			}
			for _, lang := range words.Languages {
				if raw := written(t, p, names, &a, lang); bytes.Contains(raw, []byte(`"text":""`)) {
					t.Fatalf("%s", raw)
				}
			}
		}
	})
}
