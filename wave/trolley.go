package wave

import (
	"strings"

	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/pick/route"
	"github.com/packhorse/packhorse/wave/batching"
)

// Rules by which fulfilments are put together on a trolley.
const (
	Shortest  = "shortest"   // so that the walks together are short
	FirstCome = "first_come" // as they come, the next walk when the trolley is full: the plain rule
)

// Trolley is what one walk for several fulfilments takes at a node, and the rule that fills it.
type Trolley struct {
	NodeID   int64
	Rule     string // Shortest or FirstCome
	Places   int64  // fulfilments, at most MaxGroup
	WeightG  int64  // grams; 0 = no limit
	VolumeML int64  // millilitres; 0 = no limit
}

// UsualTrolley is the trolley of a node that has said nothing else.
func UsualTrolley(node int64) Trolley {
	return Trolley{NodeID: node, Rule: Shortest, Places: MaxGroup}
}

const (
	maxTrolleyG  = 10_000_000
	maxTrolleyML = 100_000_000
)

// validate finds every mistake of a trolley that came from outside.
func (t Trolley) validate() *fault.Fault {
	var rule *fault.Fault
	if t.Rule != Shortest && t.Rule != FirstCome {
		rule = fault.Invalidf("rule", "wave.rule", "%q is neither shortest nor first_come", t.Rule).With("value", t.Rule)
	}
	return fault.Join(rule, within("places", t.Places, 1, MaxGroup), within("weight_g", t.WeightG, 0, maxTrolleyG),
		within("volume_ml", t.VolumeML, 0, maxTrolleyML))
}

// Ground is where walks are divided: the trolley of a node, how walks go there, and the floor that the stops of all candidates
// stand on.
type Ground struct {
	Trolley Trolley
	Walking Walking
	Floor   route.Floor // empty where the locations have no coordinates

	boxes int64 // places of the trolley where Trolley is that of a bulk walk: the plain rule has boxes
}

// Division is what dividing fulfilments between walks for several came to.
type Division struct {
	Rule        string
	Fulfilments int64
	Walks       int64
	Millimetres int64 // predicted, of all walks
	FirstCome   int64 // millimetres of the plain rule for the same fulfilments: as they come, S-shaped
	AtLeast     int64 // no division is shorter

	seconds int // of all pickers, for the walks that begin before the next ones
}

// releaseWork keeps the search within some milliseconds, because it runs while fulfilments are locked. Work, not time,
// ends it: the same wave is divided the same way on every machine.
func releaseWork(fulfilments int) int { return 20_000 + 100*fulfilments }

// millilitre in cubic millimetres.
const millilitre = 1000

// divide puts fulfilments together on trolleys, walks of one zone apart from those of others, and adds what came of it to
// told. ok is false where the floor is not drawn as one block.
func (g Ground) divide(list []Candidate, told *Division) (groups [][]Candidate, ok bool) {
	if len(g.Floor.CrossAisles) != 2 || len(list) == 0 {
		return nil, false
	}
	p := g.problem(list, told.seconds)
	boxed := p
	if g.boxes > 0 {
		boxed.Cart.Places = int(g.boxes)
	}
	plain, err := batching.FirstComeSShape(boxed)
	if err != nil {
		return nil, false
	}
	sets, length, bound, err := g.sets(p, plain)
	if err != nil {
		return nil, false
	}
	for _, set := range sets {
		group := make([]Candidate, len(set))
		for i, k := range set {
			group[i] = list[k]
		}
		groups = append(groups, group)
	}
	told.Rule = g.Trolley.Rule
	told.Fulfilments += int64(len(list))
	told.Walks += int64(len(groups))
	told.Millimetres += int64(length)
	told.FirstCome += int64(plain)
	told.AtLeast += int64(bound)
	told.seconds += length/max(p.Pace.Speed, 1) + len(sets)*p.Pace.PerBatch
	g.visited(list, told)
	return groups, true
}

// problem is the division of some fulfilments as the library asks for it. busy are the seconds of all pickers that go into
// walks which begin before these: so much less time is left until anything is due.
func (g Ground) problem(list []Candidate, busy int) batching.Problem {
	w := g.Walking
	p := batching.Problem{Floor: g.Floor,
		Cart: batching.Cart{Places: int(g.Trolley.Places), Weight: int(g.Trolley.WeightG), Volume: int(g.Trolley.VolumeML * millilitre)},
		Pace: batching.Pace{Pickers: int(w.Pickers), Speed: int(w.MMPerSecond), PerStop: int(w.Find + w.Take + w.Box), PerBatch: int(w.SetUp)}}
	for _, c := range list {
		o := batching.Order{Stops: c.Stops, Weight: int(c.WeightG), Volume: int(c.VolumeMM3), Zone: strings.Join(c.Zones, ";")}
		if c.Due != 0 {
			o.Due = c.Due - busy/max(int(w.Pickers), 1)
			if o.Due == 0 {
				o.Due = -1
			}
		}
		p.Orders = append(p.Orders, o)
	}
	return p
}

// walked adds what pickers do for fulfilments that are walked one by one, but for the way, which nobody has planned yet.
func (g Ground) walked(list []Candidate, told *Division) {
	told.seconds += len(list) * int(g.Walking.SetUp)
	g.visited(list, told)
}

// visited adds what pickers do at the places of fulfilments.
func (g Ground) visited(list []Candidate, told *Division) {
	for _, c := range list {
		told.seconds += len(c.Stops) * int(g.Walking.Find+g.Walking.Take+g.Walking.Box)
	}
}

// sets divides by the rule of the trolley.
func (g Ground) sets(p batching.Problem, plain int) (sets [][]int, length, bound int, err error) {
	if g.Trolley.Rule == FirstCome {
		return batching.FirstCome(p), plain, 0, nil
	}
	a, err := batching.Solve(p, batching.Options{Seed: 1, Work: releaseWork(len(p.Orders))})
	for _, b := range a.Batches {
		sets = append(sets, b.Orders)
	}
	return sets, a.Length, a.LowerBound, err
}
