package ship

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/words"
)

// Rung is one step of a node's ladder: whom to ask when those before gave no waybill. An outlet (网点) of a carrier is an
// account with a code of its own.
type Rung struct {
	Carrier string
	Service string // empty: any of the carrier's services, the best first
}

const maxRungs = 20

var (
	selLadders = db.NewSQL(`SELECT node_id, carrier, service FROM ship_ladder ORDER BY node_id, seq`)
	selRungs   = db.NewSQL(`SELECT seq FROM ship_ladder WHERE node_id = $1 ORDER BY seq`)
	insRung    = db.Insert("ship_ladder", "node_id bigint, seq bigint, carrier text, service text")
	delRung    = db.Remove("ship_ladder", "node_id bigint, seq bigint", "t.node_id = x.node_id AND t.seq = x.seq")
)

// Ladders reads every ladder, by node; 0 is that of all nodes without their own.
func Ladders(tx *db.Tx) (map[int64][]Rung, error) {
	out := map[int64][]Rung{}
	rows := tx.Query(selLadders)
	for rows.Next() {
		var node int64
		var r Rung
		rows.Scan(&node, &r.Carrier, &r.Service)
		out[node] = append(out[node], r)
	}
	return out, rows.Close()
}

// SaveLadder says whom a node asks for waybills, and in which order; nobody else is asked. No rungs: the rates decide
// again. Node 0 is every node without a ladder of its own. Fault: ship.ladder_form.
func (s *Service) SaveLadder(ctx context.Context, once *db.Once, actor string, node int64, rungs []Rung) error {
	if err := ladderMistake(rungs); err != nil {
		return err
	}
	_, err := db.Command(ctx, s.db, once, func(tx *db.Tx) (struct{}, error) {
		had, err := db.All(tx.Query(selRungs, node), func(r *db.Rows) (seq int64) { r.Scan(&seq); return seq })
		if err != nil {
			return struct{}{}, err
		}
		for _, seq := range had {
			tx.Put(delRung, node, seq)
		}
		var names []string
		first := int64(1)
		if len(had) > 0 {
			first = had[len(had)-1] + 1 // a row that goes and one that comes in one transaction are not the same row
		}
		for i, r := range rungs {
			tx.Put(insRung, node, first+int64(i), r.Carrier, r.Service)
			names = append(names, r.name())
		}
		renew(tx, actor)
		tx.Emit(db.Event{Kind: "ship.ladder_saved.v1", Subject: node, Actor: actor, Params: map[string]any{"rungs": names}})
		return struct{}{}, nil
	})
	return err
}

func (r Rung) name() string { return serviceName(&Option{Carrier: r.Carrier, Service: r.Service}) }

func ladderMistake(rungs []Rung) error {
	if len(rungs) > maxRungs {
		return fault.Invalidf("rungs", "ship.ladder_form", "a ladder has up to %d rungs, each with a carrier, none twice", maxRungs).With("max", maxRungs)
	}
	for i, r := range rungs {
		if r.Carrier == "" || slices.Contains(rungs[:i], r) {
			return fault.Invalidf(fmt.Sprintf("rungs[%d]", i), "ship.ladder_form", "a ladder has up to %d rungs, each with a carrier, none twice", maxRungs).With("max", maxRungs)
		}
	}
	return nil
}

// ladderOf is the ladder of a node; none: the rates decide.
func (t *tariff) ladderOf(node int64) []Rung {
	if own := t.ladders[node]; len(own) > 0 {
		return own
	}
	return t.ladders[0]
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
