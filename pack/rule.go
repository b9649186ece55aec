package pack

import (
	"context"
	"slices"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/warehouse"
)

// Rules by which cartons are proposed.
const (
	Cheapest = "cheapest" // packaging and typical freight together cost least
	Smallest = "smallest" // the smallest carton into which everything goes: the plain rule
)

// Rule is how cartons are proposed at a node.
type Rule struct {
	NodeID  int64
	Cartons string // Cheapest or Smallest
}

var (
	putRule  = db.Upsert("pack_rule", "node_id bigint, cartons text", 1, "cartons = excluded.cartons")
	selRules = db.NewSQL(`SELECT node_id, cartons FROM pack_rule`)
)

// rulesByNode reads the rules of all nodes that have said one.
func rulesByNode(tx *db.Tx) (map[int64]string, error) {
	out := map[int64]string{}
	rows := tx.Query(selRules)
	for rows.Next() {
		var node int64
		var cartons string
		rows.Scan(&node, &cartons)
		out[node] = cartons
	}
	return out, rows.Close()
}

// RulesOf gives the rule of every node that is asked for: Cheapest where nobody has said one.
func RulesOf(tx *db.Tx, nodes []int64) ([]Rule, error) {
	said, err := rulesByNode(tx)
	var out []Rule
	for _, n := range nodes {
		r := Rule{NodeID: n, Cartons: Cheapest}
		if cartons, there := said[n]; there {
			r.Cartons = cartons
		}
		out = append(out, r)
	}
	return out, err
}

// SaveRule makes the rule of a node what r says. actor is who asks, as in events; once may be nil. Faults: pack.node,
// pack.rule.
func (s *Service) SaveRule(ctx context.Context, once *db.Once, actor string, r Rule) (Rule, error) {
	if r.Cartons != Cheapest && r.Cartons != Smallest {
		return Rule{}, fault.Invalidf("cartons", "pack.rule", "%q is neither cheapest nor smallest", r.Cartons).With("value", r.Cartons)
	}
	return db.Command(ctx, s.db, once, func(tx *db.Tx) (Rule, error) {
		nodes, err := warehouse.Nodes(tx)
		if err != nil {
			return Rule{}, err
		}
		if !slices.ContainsFunc(nodes, func(n warehouse.Node) bool { return n.ID == r.NodeID }) {
			return Rule{}, fault.Invalidf("node", "pack.node", "there is no such warehouse; name one that exists")
		}
		forgetBench(tx)
		tx.Put(putRule, r.NodeID, r.Cartons)
		tx.Emit(db.Event{Kind: "pack.rule_saved.v1", Subject: r.NodeID, Actor: actor, Params: map[string]any{"cartons": r.Cartons}})
		return r, nil
	})
}
