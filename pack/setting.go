package pack

import (
	"strconv"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/pack/carton"
)

// tolerance is how far a parcel may be from its expected weight: the larger of the two.
type tolerance struct{ g, percent int64 }

// usualTolerance covers filler, tape, a gift card and the scatter of real goods around their catalogue weight.
var usualTolerance = tolerance{g: 50, percent: 5}

func (t tolerance) of(expectedG int64) int64 { return max(t.g, expectedG*t.percent/100) }

// typicalFreight stands in for the rate card when cartons are compared: the carrier is chosen after the parcel is
// closed, but every carrier charges for the space.
var typicalFreight = carton.Freight{Divisor: 8000, FirstG: 1000, First: 500, StepG: 1000, Step: 200}

// bench is what the packing bench works with.
type bench struct {
	tolerance
	cartons  map[string]Carton
	offered  []carton.Carton // the enabled ones, as the chooser takes them
	choices  *choices
	foreseen *foresight
	flat     [3]int64 // the largest side, and the next, that any mailer takes; zero without mailers
	rules    map[int64]string
}

var selSettings = db.NewSQL(`SELECT name, value FROM setting WHERE name = ANY($1)`)

var toleranceSettings = []string{"pack.tolerance_g", "pack.tolerance_percent"}

// benchInMemory is kept between transactions, with what was chosen on it: the cartons and the rules hardly ever change.
const benchInMemory = "pack bench"

// openBench reads the bench. It must not be changed.
func openBench(tx *db.Tx) (*bench, error) {
	if b, known := tx.Recall(benchInMemory, int64(0)); known {
		return b.(*bench), nil
	}
	b, err := readBench(tx)
	if err == nil {
		tx.Keep(benchInMemory, int64(0), b)
	}
	return b, err
}

// forgetBench is for whoever changes what it is made of.
func forgetBench(tx *db.Tx) { tx.Forget(benchInMemory, int64(0)) }

func readBench(tx *db.Tx) (*bench, error) {
	b := &bench{tolerance: usualTolerance, cartons: map[string]Carton{Own: {Code: Own}}, choices: &choices{known: map[string]*choice{}}, foreseen: &foresight{}}
	rows := tx.Query(selSettings, toleranceSettings)
	for rows.Next() {
		var name, value string
		rows.Scan(&name, &value)
		n, err := strconv.ParseInt(value, 10, 64)
		switch {
		case err != nil || n < 0 || n > maxG: // a setting that says nothing leaves the usual
		case name == "pack.tolerance_g":
			b.g = n
		default:
			b.percent = n
		}
	}
	if err := rows.Close(); err != nil {
		return nil, err
	}
	list, err := Cartons(tx)
	for _, c := range list {
		b.add(c)
	}
	if err != nil {
		return nil, err
	}
	b.rules, err = rulesByNode(tx)
	return b, err
}

func (b *bench) add(c Carton) {
	b.cartons[c.Code] = c
	if !c.Enabled {
		return
	}
	b.offered = append(b.offered, carton.Carton{ID: c.Code, Kind: c.Kind, Inner: [3]int{int(c.MM[0]), int(c.MM[1]), int(c.MM[2])},
		MaxG: int(c.MaxG), TareG: int(c.TareG), Cost: c.Cost})
	if c.Kind != carton.Mailer {
		return
	}
	mm := longestFirst(c.MM)
	if b.flat[0] == 0 || mm[0] < b.flat[0] || mm[1] < b.flat[1] {
		b.flat = [3]int64{least(b.flat[0], mm[0]), least(b.flat[1], mm[1]), flatMM}
	}
}

// flatMM is how thick goods may be that travel in a bag.
const flatMM = 40

func least(had, now int64) int64 {
	if had == 0 {
		return now
	}
	return min(had, now)
}
