package ship

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/words"
	"github.com/packhorse/packhorse/order"
)

// Rung is one step of a ladder: whom to ask when those before gave no waybill. An outlet (网点) of a carrier is an
// account with a code of its own.
type Rung struct {
	Carrier string
	Service string // empty: any of the carrier's services, the best first
}

const maxRungs = 20

var (
	selLadders = db.NewSQL(`SELECT node_id, level, carrier, service FROM ship_rung ORDER BY node_id, level, seq`)
	selRungs   = db.NewSQL(`SELECT seq FROM ship_rung WHERE node_id = $1 AND level = $2 ORDER BY seq`)
	insRung    = db.Insert("ship_rung", "node_id bigint, level text, seq bigint, carrier text, service text")
	delRung    = db.Remove("ship_rung", "node_id bigint, level text, seq bigint", "t.node_id = x.node_id AND t.level = x.level AND t.seq = x.seq")
)

// Ladder is whose ladder it is.
type Ladder struct {
	Node  int64  // 0 = every node
	Level string // a service level: cod, express, or a kind of orders; AnyLevel = every order
}

// Ladders reads every ladder.
func Ladders(tx *db.Tx) (map[Ladder][]Rung, error) {
	out := map[Ladder][]Rung{}
	rows := tx.Query(selLadders)
	for rows.Next() {
		var l Ladder
		var r Rung
		rows.Scan(&l.Node, &l.Level, &r.Carrier, &r.Service)
		out[l] = append(out[l], r)
	}
	return out, rows.Close()
}

// SaveLadder says whom a node asks for waybills of a service level, and in which order; nobody else is asked. No rungs: the
// ladder is taken away. Faults: ship.ladder_form, ship.ladder_level.
func (s *Service) SaveLadder(ctx context.Context, once *db.Once, actor string, l Ladder, rungs []Rung) error {
	if err := l.mistake(rungs); err != nil {
		return err
	}
	_, err := db.Command(ctx, s.db, once, func(tx *db.Tx) (struct{}, error) { return struct{}{}, l.save(tx, actor, rungs) })
	return err
}

// save puts other rungs in the place of those there are.
func (l Ladder) save(tx *db.Tx, actor string, rungs []Rung) error {
	had, err := db.All(tx.Query(selRungs, l.Node, l.Level), func(r *db.Rows) (seq int64) { r.Scan(&seq); return seq })
	if err != nil {
		return err
	}
	for _, seq := range had {
		tx.Put(delRung, l.Node, l.Level, seq)
	}
	var names []string
	first := int64(1)
	if len(had) > 0 {
		first = had[len(had)-1] + 1 // a row that goes and one that comes in one transaction are not the same row
	}
	for i, r := range rungs {
		tx.Put(insRung, l.Node, l.Level, first+int64(i), r.Carrier, r.Service)
		names = append(names, r.name())
	}
	renew(tx, actor)
	tx.Emit(db.Event{Kind: "ship.ladder_saved.v1", Subject: l.Node, Actor: actor, Params: map[string]any{"rungs": names, "level": l.Level}})
	return nil
}

func (r Rung) name() string { return serviceName(&Option{Carrier: r.Carrier, Service: r.Service}) }

func (l Ladder) mistake(rungs []Rung) error {
	if !ValidLevel(l.Level) {
		return fault.Invalidf("level", "ship.ladder_level", "%q is no service level; there are %s", l.Level, strings.Join(levels[1:], ", ")).
			With("value", l.Level).With("known", levels[1:])
	}
	if len(rungs) > maxRungs {
		return ladderForm("rungs")
	}
	for i, r := range rungs {
		if r.Carrier == "" || slices.Contains(rungs[:i], r) {
			return ladderForm(fmt.Sprintf("rungs[%d]", i))
		}
	}
	return nil
}

func ladderForm(field string) *fault.Fault {
	return fault.Invalidf(field, "ship.ladder_form", "a ladder has up to %d rungs, each with a carrier, none twice", maxRungs).With("max", maxRungs)
}

// ladderOf is the ladder of an order at a node; none: the rates decide. The level counts before the node: what an order needs
// is the same everywhere.
func (t *tariff) ladderOf(node int64, o *order.Order) []Rung {
	if len(t.ladders) == 0 {
		return nil
	}
	for _, level := range LevelsOf(o) {
		for _, at := range [2]int64{node, 0} {
			if own := t.ladders[Ladder{at, level}]; len(own) > 0 {
				return own
			}
		}
	}
	return nil
}

// climb puts a choice in the order of a ladder: of those that can take the parcel, the lowest rung gets it, and who is on
// none is not asked.
func climb(c Choice, ladder []Rung) Choice {
	if len(ladder) == 0 || !c.Found() {
		return c
	}
	able := append([]Option{c.Option}, c.Fallback...)
	slices.SortStableFunc(able, func(a, b Option) int { return cmp.Compare(rungOf(ladder, a), rungOf(ladder, b)) })
	out := Choice{Strategy: c.Strategy, Why: words.Text{Code: codeNone, Params: map[string]any{"asked": len(able) + len(c.Rejected)}}}
	for _, r := range c.Rejected { // those that can take it are told anew
		if !slices.ContainsFunc(able, func(o Option) bool { return o.Carrier == r.Carrier && o.Service == r.Service }) {
			out.Rejected = append(out.Rejected, r)
		}
	}
	for _, o := range able {
		at := rungOf(ladder, o)
		switch {
		case at == len(ladder):
			out.Rejected = append(out.Rejected, Rejection{Carrier: o.Carrier, Service: o.Service, Code: codeOff})
		case !out.Found():
			out.Option, out.Why = o, words.Text{Code: codeLadder, Params: map[string]any{"chosen": serviceName(&o), "rung": at + 1}}
		default:
			out.Fallback = append(out.Fallback, o)
			out.Rejected = append(out.Rejected, Rejection{Carrier: o.Carrier, Service: o.Service, Code: codeLadder,
				Params: map[string]any{"chosen": serviceName(&o), "rung": at + 1}})
		}
	}
	return out
}

// rungOf is the place of an option on a ladder; its length when it is on none.
func rungOf(ladder []Rung, o Option) int {
	i := slices.IndexFunc(ladder, func(r Rung) bool { return r.Carrier == o.Carrier && (r.Service == "" || r.Service == o.Service) })
	if i < 0 {
		return len(ladder)
	}
	return i
}
