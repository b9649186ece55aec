package assign

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"strings"
)

// Mistake is what is wrong with a file.
type Mistake struct {
	Line  int    // of the text, from 1
	Field string // path to what is wrong, "orders[3].lines[0].quantity"; empty where the text is not JSON
	Text  string // what is wrong and what is wanted
}

// Error names line, field and what is wrong.
func (m *Mistake) Error() string {
	if m.Field == "" {
		return fmt.Sprintf("line %d: %s", m.Line, m.Text)
	}
	return fmt.Sprintf("line %d: %s: %s", m.Line, m.Field, m.Text)
}

// Read takes a text of one or more problems, one JSON object after the other. The error is a *Mistake.
func Read(text []byte) ([]File, error) {
	var out []File
	in := json.NewDecoder(bytes.NewReader(text))
	for {
		from := int(in.InputOffset())
		var f File
		err := in.Decode(&f)
		if err == io.EOF && len(out) > 0 {
			return out, nil
		}
		if err != nil {
			return nil, notJSON(text, from, in, err)
		}
		if field, why := f.check(); field != "" {
			line := lineOf(text, from+locate(text[from:in.InputOffset()], field))
			return nil, &Mistake{Line: line, Field: field, Text: why}
		}
		out = append(out, f)
	}
}

func notJSON(text []byte, from int, in *json.Decoder, err error) error {
	var wrong *json.UnmarshalTypeError
	var syntax *json.SyntaxError
	switch {
	case err == io.EOF:
		return &Mistake{Line: 1, Text: "the file holds no problem"}
	case errors.Is(err, io.ErrUnexpectedEOF):
		return &Mistake{Line: lineOf(text, len(text)), Text: "the file ends in the middle of a problem"}
	case errors.As(err, &wrong):
		return &Mistake{Line: lineOf(text, from+int(wrong.Offset)), Field: wrong.Field,
			Text: fmt.Sprintf("a %s stands where a whole number or another kind of value is wanted", wrong.Value)}
	case errors.As(err, &syntax):
		return &Mistake{Line: lineOf(text, int(syntax.Offset)), Text: "this is not JSON: " + syntax.Error()}
	}
	return &Mistake{Line: lineOf(text, int(in.InputOffset())), Text: err.Error()}
}

func lineOf(text []byte, offset int) int {
	return 1 + bytes.Count(text[:min(max(offset, 0), len(text))], []byte("\n"))
}

// locate finds where a field stands in the text of an object: where its value begins, or the nearest thing around it that is there.
func locate(text []byte, field string) (offset int) {
	in := json.NewDecoder(bytes.NewReader(text))
	var walk func(path string)
	found := 0
	walk = func(path string) {
		token, err := in.Token()
		if err != nil {
			return
		}
		if strings.HasPrefix(field+".", path+".") || strings.HasPrefix(field, path+"[") || path == "" {
			found = int(in.InputOffset())
		}
		switch token {
		case json.Delim('{'):
			for in.More() {
				key, err := in.Token()
				name, _ := key.(string)
				if err != nil {
					return
				}
				walk(strings.TrimPrefix(path+"."+name, "."))
			}
			_, _ = in.Token()
		case json.Delim('['):
			for i := 0; in.More(); i++ {
				walk(at(path, i))
			}
			_, _ = in.Token()
		}
	}
	walk("")
	return found
}

// check finds the first thing that is wrong: its field and what is wrong with it.
func (f *File) check() (field, why string) {
	nodes := map[Name]int{}
	for i := range f.Nodes {
		n := &f.Nodes[i]
		where := at("nodes", i)
		if field, why := identify(nodes, n.ID, where+".id", i); field != "" {
			return field, why
		}
		if n.Capacity != nil && *n.Capacity < 0 {
			return where + ".capacity_orders", negative(*n.Capacity)
		}
		if n.HandlingCost < 0 {
			return where + ".handling_cost", negative(n.HandlingCost)
		}
	}
	if field, why := f.checkStock(nodes); field != "" {
		return field, why
	}
	if field, why := f.checkRates(nodes); field != "" {
		return field, why
	}
	return f.checkOrders()
}

func identify(seen map[Name]int, id Name, field string, i int) (string, string) {
	if id == "" {
		return field, "it has no id"
	}
	if first, twice := seen[id]; twice {
		return field, fmt.Sprintf("%s is also the id of number %d", id, first)
	}
	seen[id] = i
	return "", ""
}

func negative(n int64) string { return fmt.Sprintf("it is %d; it must be 0 or more", n) }

func (f *File) checkStock(nodes map[Name]int) (field, why string) {
	type key struct{ node, sku Name }
	seen := make(map[key]int, len(f.Stock))
	for i, s := range f.Stock {
		where := at("stock", i)
		switch _, known := nodes[s.Node]; {
		case !known:
			return where + ".node", fmt.Sprintf("there is no node %s", s.Node)
		case s.SKU == "":
			return where + ".sku", "it names no SKU"
		case s.Quantity < 0:
			return where + ".quantity", negative(s.Quantity)
		}
		if first, twice := seen[key{s.Node, s.SKU}]; twice {
			return where + ".sku", fmt.Sprintf("node %s has %s in stock[%d] already; give the sum once", s.Node, s.SKU, first)
		}
		seen[key{s.Node, s.SKU}] = i
	}
	return "", ""
}

func (f *File) checkRates(nodes map[Name]int) (field, why string) {
	type key struct{ node, zone Name }
	seen := make(map[key]int, len(f.Rates))
	for i, r := range f.Rates {
		where := at("rates", i)
		if _, known := nodes[r.Node]; !known {
			return where + ".node", fmt.Sprintf("there is no node %s", r.Node)
		}
		if first, twice := seen[key{r.Node, r.Zone}]; twice {
			return where + ".zone", fmt.Sprintf("node %s has a rate to %s in rates[%d] already; give the one that counts", r.Node, r.Zone, first)
		}
		seen[key{r.Node, r.Zone}] = i
		for _, v := range []struct {
			name string
			n    int64
		}{{"first_g", r.FirstG}, {"first_cost", r.FirstCost}, {"step_g", r.StepG}, {"step_cost", r.StepCost}, {"days", r.Days}} {
			if v.n < 0 {
				return where + "." + v.name, negative(v.n)
			}
		}
		if r.StepG == 0 && r.StepCost > 0 {
			return where + ".step_g", "it is 0 while step_cost is not: a heavier parcel would have no price"
		}
	}
	return "", ""
}

func (f *File) checkOrders() (field, why string) {
	seen := make(map[Name]int, len(f.Orders))
	var all, handling float64
	for i := range f.Nodes {
		handling = max(handling, float64(f.Nodes[i].HandlingCost))
	}
	rates := f.dearest()
	for i := range f.Orders {
		o := &f.Orders[i]
		where := at("orders", i)
		if field, why := identify(seen, o.ID, where+".id", i); field != "" {
			return field, why
		}
		for _, v := range []struct {
			name string
			n    int64
		}{{"promised_days", unlimited(o.PromisedDays, 0)}, {"late_cost_per_day", o.LateCostPerDay}, {"split_cost", o.SplitCost},
			{"max_parcels", unlimited(o.MaxParcels, 0)}, {"unfilled_cost", o.UnfilledCost}} {
			if v.n < 0 {
				return where + "." + v.name, negative(v.n)
			}
		}
		for l, line := range o.Lines {
			here := where + "." + at("lines", l)
			switch {
			case line.SKU == "":
				return here + ".sku", "it names no SKU"
			case line.Quantity < 0:
				return here + ".quantity", negative(line.Quantity)
			case line.G < 0:
				return here + ".g", negative(line.G)
			}
		}
		worst := f.worst(o, rates[o.Zone], handling)
		if all += worst; worst > tooDear || all > tooDear*1000 {
			return where, fmt.Sprintf("it could cost %.3g; a problem with amounts of this size cannot be added up exactly", math.Max(worst, all))
		}
	}
	return "", ""
}

// tooDear is the cost up to which every sum is exact.
const tooDear = 1e15

// dearest are the largest numbers of all rates into a zone.
type dearest struct{ parcel, perG, days float64 }

func (f *File) dearest() map[Name]dearest {
	top := make(map[Name]dearest)
	for i := range f.Rates {
		r := &f.Rates[i]
		d := top[r.Zone]
		d.parcel = max(d.parcel, float64(r.FirstCost)+float64(r.StepCost))
		d.days = max(d.days, float64(r.Days)+1)
		if r.StepG > 0 {
			d.perG = max(d.perG, float64(r.StepCost)/float64(r.StepG))
		}
		top[r.Zone] = d
	}
	return top
}

// worst is more than any plan of the order costs, and more than it weighs.
func (f *File) worst(o *FileOrder, d dearest, handling float64) float64 {
	var units, grams float64
	for _, l := range o.Lines {
		units += float64(l.Quantity)
		grams += float64(l.Quantity) * float64(l.G)
	}
	parcels := min(units, float64(len(f.Nodes)), float64(unlimited(o.MaxParcels, math.MaxInt32)))
	return units*max(1, float64(o.UnfilledCost)) + grams*max(1, d.perG) + parcels*(d.parcel+handling+float64(o.SplitCost)) +
		d.days*float64(o.LateCostPerDay)
}
