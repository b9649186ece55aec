package api

import (
	"cmp"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"github.com/packhorse/packhorse/access"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/id"
	"github.com/packhorse/packhorse/order"
	"github.com/packhorse/packhorse/review"
)

// RuleList are the review rules that hold now, in the order in which they are asked.
type RuleList struct {
	Rules []review.Rule `json:"rules"`
}

// RuleInput is a rule as it shall hold from now on.
type RuleInput struct {
	Priority int               `json:"priority"`
	Name     string            `json:"name"`
	Expr     string            `json:"expr" doc:"CEL over the facts of an order"`
	Action   string            `json:"action" enum:"hold,reject,tag"`
	Reason   string            `json:"reason" doc:"a code; review.custom for a sentence of one's own"`
	Params   map[string]string `json:"params,omitempty"`
	Enabled  bool              `json:"enabled"`
}

// RuleTrial is a rule to be tried.
type RuleTrial struct {
	RuleInput
	Orders int `json:"orders,omitempty" doc:"how many of the newest, 1 to 5000; 1000"`
}

// RuleTrialResult is what would become of the newest orders.
type RuleTrialResult struct {
	Orders  int               `json:"orders" doc:"looked at"`
	Fired   int               `json:"fired" doc:"those for which the rule is true"`
	Failed  int               `json:"failed" doc:"those over which it could not be evaluated"`
	Before  RuleOutcomes      `json:"before" doc:"by the rules that hold now"`
	After   RuleOutcomes      `json:"after" doc:"with this rule"`
	Changed int               `json:"changed" doc:"orders whose outcome would be another"`
	Changes []RuleTrialChange `json:"changes" doc:"the newest of them, at most 50"`
}

// RuleOutcomes counts orders.
type RuleOutcomes struct {
	Pass   int `json:"pass"`
	Hold   int `json:"hold"`
	Reject int `json:"reject"`
}

// RuleTrialChange is an order whose outcome would be another.
type RuleTrialChange struct {
	Order      string `json:"order"`
	ExternalNo string `json:"external_no"`
	From       string `json:"from" enum:"pass,hold,reject"`
	To         string `json:"to" enum:"pass,hold,reject"`
}

// RuleVocabulary is all a rule may ask about.
type RuleVocabulary struct {
	Inputs []RuleFact `json:"inputs"`
}

// RuleFact is something a rule may ask about.
type RuleFact struct {
	Name string `json:"name" doc:"order.total; line.sku is that of a line in lines"`
	Type string `json:"type" doc:"as CEL names it"`
}

// trialSize is how many orders a trial looks at where nobody says.
const trialSize = 1000

func (s *Server) rules() {
	query(s, route{path: "/v1/rules", tag: "review", id: "list-rules", scope: access.OrdersRead, summary: "The review rules that hold now"},
		func(c *call) (RuleList, error) {
			rules, err := c.Review.Rules(c.ctx)
			return RuleList{Rules: notNil(rules)}, err
		})
	command(s, route{method: http.MethodPut, path: "/v1/rules/{code}", tag: "review", id: "save-rule", scope: access.Admin,
		summary: "Add a version of a rule, or a new rule"}, func(c *call, in RuleInput) (review.Rule, error) {
		return c.Review.SaveRule(c.ctx, c.once, c.actor(), c.ruleNamed(in))
	})
	query(s, route{path: "/v1/rules/{code}/versions", tag: "review", id: "list-rule-versions", scope: access.OrdersRead, summary: "What was saved of a rule, the newest first",
		about:  "A rule that came with the program and that nobody has changed has none. To roll back, save an older version again. Problem: http.limit.",
		params: []*huma.Param{number("limit", "how many at most, 1 to 500")}},
		func(c *call) (RuleList, error) {
			limit, err := c.limit()
			if err != nil {
				return RuleList{}, err
			}
			list, err := c.Review.RuleVersions(c.ctx, c.req.PathValue("code"), limit)
			return RuleList{Rules: notNil(list)}, err
		})
	command(s, route{path: "/v1/rules/{code}/try", tag: "review", id: "try-rule", scope: access.OrdersRead, summary: "What a rule would do to the newest orders; nothing is kept",
		about: "The rules are evaluated twice over orders as they stand in the books now: as they are, and with this one in its place. Problems: those of save-rule, review.trial_orders."},
		(*call).tryRule)
	query(s, route{path: "/v1/rules/inputs", tag: "review", id: "list-rule-inputs", scope: access.OrdersRead, summary: "All a rule may ask about, with its type"},
		func(*call) (RuleVocabulary, error) {
			out := RuleVocabulary{}
			for _, in := range review.Inputs() {
				out.Inputs = append(out.Inputs, RuleFact(in))
			}
			return out, nil
		})
}

func (c *call) ruleNamed(in RuleInput) review.Rule {
	return review.Rule{ID: c.req.PathValue("code"), Version: 1, Priority: in.Priority, Name: in.Name, Expr: in.Expr, Action: review.Action(in.Action),
		Reason: in.Reason, Params: in.Params, Enabled: in.Enabled}
}

func (c *call) tryRule(in RuleTrial) (RuleTrialResult, error) {
	t, err := c.Review.Try(c.ctx, c.ruleNamed(in.RuleInput), cmp.Or(in.Orders, trialSize))
	if err != nil {
		return RuleTrialResult{}, err
	}
	out := RuleTrialResult{Orders: t.Orders, Fired: t.Fired, Failed: t.Failed, Before: outcomesOf(t.Before), After: outcomesOf(t.After), Changed: t.Changed, Changes: []RuleTrialChange{}}
	ids := make([]int64, len(t.Changes))
	for i, x := range t.Changes {
		ids[i] = x.Order
	}
	err = c.DB.View(c.ctx, func(tx *db.Tx) error {
		found, err := order.ByIDs(tx, ids)
		if err != nil {
			return err
		}
		for _, x := range t.Changes {
			if o := found[x.Order]; o != nil {
				out.Changes = append(out.Changes, RuleTrialChange{Order: id.Show(order.Prefix, x.Order), ExternalNo: o.ExternalNo, From: x.From, To: x.To})
			}
		}
		return nil
	})
	return out, err
}

func outcomesOf(m map[string]int) RuleOutcomes {
	return RuleOutcomes{Pass: m[review.OutcomePass], Hold: m[review.OutcomeHold], Reject: m[review.OutcomeReject]}
}
