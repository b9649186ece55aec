package route

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
)

// Problem is one tour to be planned, as it stands in a file.
type Problem struct {
	Name       string // "aisles/instance", or the number of the problem in its file
	Floor      Floor
	Stops      []Stop
	HeavyFirst bool
}

// most is the largest metre a file may name: ten kilometres. Whatever is larger is a slip of units.
const most = 10_000

// the columns of a single-block file.
const (
	columnAisles   = "aisles"
	columnInstance = "instance"
	columnLength   = "aisle_length"
	columnGap      = "aisle_gap"
	columnPicks    = "picks"
)

// ReadSingleBlock reads the CSV of single-block tours: aisles, instance, aisle_length and aisle_gap in metres, and picks
// as aisle:position pairs divided by semicolons, the position in metres from the front. A header may say more behind the
// name ("picks(aisle:pos_from_front;...)"); other columns are ignored. The walk begins and ends at the front of aisle 1.
// An error names the line and the column.
func ReadSingleBlock(r io.Reader) ([]Problem, error) {
	c := csv.NewReader(r)
	c.ReuseRecord = true
	header, err := c.Read()
	if errors.Is(err, io.EOF) {
		return nil, errors.New("line 1: the file is empty; its first line names the columns")
	}
	if err != nil {
		return nil, err
	}
	at := map[string]int{}
	for i, name := range header {
		name, _, _ = strings.Cut(strings.TrimPrefix(name, "\ufeff"), "(")
		at[strings.TrimSpace(name)] = i
	}
	for _, name := range []string{columnAisles, columnInstance, columnLength, columnGap, columnPicks} {
		if _, ok := at[name]; !ok {
			return nil, fmt.Errorf("line 1: there is no column %s", name)
		}
	}
	var problems []Problem
	for {
		row, err := c.Read()
		if errors.Is(err, io.EOF) {
			return problems, nil
		}
		if err != nil {
			return nil, err
		}
		p, column, err := singleBlock(func(name string) string { return strings.TrimSpace(row[at[name]]) })
		if err != nil {
			line, _ := c.FieldPos(at[column])
			return nil, fmt.Errorf("line %d, %s: %w", line, column, err)
		}
		problems = append(problems, p)
	}
}

// singleBlock reads one row; the column is the one that is wrong.
func singleBlock(cell func(string) string) (p Problem, column string, err error) {
	aisles, err := strconv.Atoi(cell(columnAisles))
	if err != nil || aisles < 1 || aisles > mostAisles {
		return p, columnAisles, fmt.Errorf("%q is no number of aisles from 1 to %d", cell(columnAisles), mostAisles)
	}
	length, err := metres(cell(columnLength))
	if err != nil || length <= 0 {
		return p, columnLength, fmt.Errorf("%q is no length in metres", cell(columnLength))
	}
	gap, err := metres(cell(columnGap))
	if err != nil || gap < 0 || gap*aisles > most*1000 {
		return p, columnGap, fmt.Errorf("%q is no distance between %d aisles in metres", cell(columnGap), aisles)
	}
	p = Problem{Name: cell(columnAisles) + "/" + cell(columnInstance), Floor: Floor{CrossAisles: []int{0, length}}}
	for i := range aisles {
		p.Floor.Aisles = append(p.Floor.Aisles, i*gap)
	}
	if cell(columnPicks) == "" {
		return p, "", nil
	}
	for text := range strings.SplitSeq(cell(columnPicks), ";") {
		s, err := pickOf(text)
		if err != nil {
			return p, columnPicks, err
		}
		if s.Aisle < 1 || s.Aisle > aisles || s.Y < 0 || s.Y > length {
			return p, columnPicks, fmt.Errorf("%q lies outside the block of %d aisles and %s m", text, aisles, cell(columnLength))
		}
		p.Stops = append(p.Stops, s)
	}
	return p, "", nil
}

func pickOf(text string) (Stop, error) {
	aisle, pos, ok := strings.Cut(text, ":")
	a, errA := strconv.Atoi(strings.TrimSpace(aisle))
	y, errY := metres(strings.TrimSpace(pos))
	if !ok || errA != nil || errY != nil {
		return Stop{}, fmt.Errorf("%q is no aisle:position", text)
	}
	return Stop{Location: text, Aisle: a, Y: y}, nil
}

func metres(text string) (int, error) {
	v, err := strconv.ParseFloat(text, 64)
	if err != nil || math.IsNaN(v) || math.Abs(v) > most {
		return 0, errors.New("no length in metres")
	}
	return int(math.Round(v * 1000)), nil
}

// graph is a problem as JSON; lengths are metres.
type graph struct {
	CrossAisles []float64   `json:"cross_aisles"`
	Aisles      []float64   `json:"aisles"`
	OneWay      []int       `json:"one_way"`
	Depot       []float64   `json:"depot"`
	Drops       [][]float64 `json:"drops"`
	Picks       []struct {
		Aisle int     `json:"aisle"`
		Y     float64 `json:"y"`
		Z     float64 `json:"z"`
		G     float64 `json:"g"`
	} `json:"picks"`
	HeavyFirst bool `json:"heavy_first"`
}

// ReadGraph reads problems on any floor: JSON objects one after the other. An error names the line on which the object
// ends and the field. Whether every pick stands on the floor and can be reached is for Plan to say.
func ReadGraph(r io.Reader) ([]Problem, error) {
	text, err := io.ReadAll(r)
	if err != nil {
		return nil, err
	}
	dec := json.NewDecoder(bytes.NewReader(bytes.TrimPrefix(text, []byte("\ufeff"))))
	var problems []Problem
	for {
		var g graph
		err := dec.Decode(&g)
		if errors.Is(err, io.EOF) {
			return problems, nil
		}
		if err == nil {
			var p Problem
			if p, err = g.problem(); err == nil {
				p.Name = strconv.Itoa(len(problems) + 1)
				problems = append(problems, p)
				continue
			}
		}
		line := 1 + bytes.Count(text[:min(int(dec.InputOffset()), len(text))], []byte{'\n'})
		return nil, fmt.Errorf("line %d, %w", line, named(err))
	}
}

// named puts the field in front of what encoding/json says of it.
func named(err error) error {
	var kind *json.UnmarshalTypeError
	if errors.As(err, &kind) {
		return fmt.Errorf("%s: a JSON %s stands where %s is expected", kind.Field, kind.Value, kind.Type)
	}
	return err
}

func (g graph) problem() (p Problem, err error) {
	if p.Floor.CrossAisles, err = millimetres("cross_aisles", g.CrossAisles); err != nil {
		return p, err
	}
	if p.Floor.Aisles, err = millimetres("aisles", g.Aisles); err != nil {
		return p, err
	}
	if p.Floor.Depot, err = pointOf("depot", g.Depot); err != nil {
		return p, err
	}
	for i, d := range g.Drops {
		at, err := pointOf(fmt.Sprintf("drops[%d]", i), d)
		if err != nil {
			return p, err
		}
		p.Floor.Drops = append(p.Floor.Drops, at)
	}
	for i, d := range g.OneWay {
		if d < -1 || d > 1 {
			return p, fmt.Errorf("one_way[%d]: a direction is 1 (towards larger y), -1 or 0 (both ways), not %d", i, d)
		}
		p.Floor.OneWay = append(p.Floor.OneWay, Direction(d))
	}
	p.HeavyFirst = g.HeavyFirst
	if err := g.picks(&p); err != nil {
		return p, err
	}
	return p, p.Floor.Validate(nil)
}

func (g graph) picks(p *Problem) error {
	for i, k := range g.Picks {
		v, err := millimetres(fmt.Sprintf("picks[%d]", i), []float64{k.Y, k.Z})
		if err != nil {
			return err
		}
		if k.G < 0 || k.G > 1e9 || v[1] < 0 {
			return fmt.Errorf("picks[%d]: grams (%v) and height (%v) are not below 0, and nothing weighs more than 1,000 t", i, k.G, k.Z)
		}
		p.Stops = append(p.Stops, Stop{Location: strconv.Itoa(i + 1), Aisle: k.Aisle, Y: v[0], Z: v[1], G: int(math.Round(k.G))})
	}
	return nil
}

func millimetres(field string, metres []float64) ([]int, error) {
	out := make([]int, len(metres))
	for i, v := range metres {
		if math.Abs(v) > most {
			return nil, fmt.Errorf("%s: %v m is more than %d m", field, v, most)
		}
		out[i] = int(math.Round(v * 1000))
	}
	return out, nil
}

func pointOf(field string, xy []float64) (Point, error) {
	if len(xy) != 2 {
		return Point{}, fmt.Errorf("%s: give x and y in metres", field)
	}
	v, err := millimetres(field, xy)
	if err != nil {
		return Point{}, err
	}
	return Point{X: v[0], Y: v[1]}, nil
}
