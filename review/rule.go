package review

import (
	"fmt"
	"regexp"
	"unicode/utf8"

	"github.com/packhorse/packhorse/internal/fault"
)

// Action is what happens to an order for which a rule is true.
type Action string

const (
	ActionHold   Action = "hold"   // a person looks at it
	ActionReject Action = "reject" // it will not be shipped
	ActionTag    Action = "tag"    // it goes on and carries the reason as a tag
)

// Rule is one sentence of the house: when Expr is true for an order, Action happens because of Reason.
type Rule struct {
	ID       string            `json:"id"`       // stays the same over all versions: same_ip
	Version  int               `json:"version"`  // from 1, counted up with every change
	Priority int               `json:"priority"` // higher is evaluated and listed first; equal ones by ID
	Name     string            `json:"name"`     // a words code, or a text of the shop's own
	Expr     string            `json:"expr"`     // CEL (cel.dev) over Facts, must yield a bool
	Action   Action            `json:"action"`
	Reason   string            `json:"reason"`           // a words code; for a rule of one's own review.custom with the parameter text
	Params   map[string]string `json:"params,omitempty"` // name → CEL expression: what the reason's sentence is made of
	Enabled  bool              `json:"enabled"`
}

// Limits on what anybody may hand in as a rule. Rules are typed by users and come in files.
const (
	MaxRules      = 200  // rules of a set, disabled ones included
	MaxExpression = 1000 // characters of one expression
	MaxParams     = 8    // parameters of one rule
	maxName       = 120
)

var (
	identifier = regexp.MustCompile(`^[a-z][a-z0-9_]{0,39}$`)
	reasonCode = regexp.MustCompile(`^[a-z][a-z0-9_]*(\.[a-z0-9_]+){1,4}$`)
)

// shape finds everything wrong with a rule that can be seen without reading its expressions.
func (r Rule) shape(at string) []*fault.Fault {
	var found []*fault.Fault
	add := func(ok bool, field, code, message string, args ...any) {
		if !ok {
			found = append(found, fault.Invalidf(at+field, code, message, args...).With("rule", r.ID))
		}
	}
	add(identifier.MatchString(r.ID), ".id", "review.rule_bad_id",
		"the id %q must be 1 to 40 small letters, digits and underscores and begin with a letter", r.ID)
	add(r.Version >= 1, ".version", "review.rule_bad_version", "the version of rule %s must be 1 or more", r.ID)
	add(r.Name != "" && utf8.RuneCountInString(r.Name) <= maxName, ".name", "review.rule_bad_name",
		"give rule %s a name of at most %d characters", r.ID, maxName)
	add(r.Action == ActionHold || r.Action == ActionReject || r.Action == ActionTag, ".action", "review.rule_bad_action",
		"the action of rule %s must be hold, reject or tag, not %q", r.ID, r.Action)
	add(len(r.Reason) <= 80 && reasonCode.MatchString(r.Reason), ".reason", "review.rule_bad_reason",
		"the reason of rule %s must be a code like review.custom, not %q", r.ID, r.Reason)
	add(len(r.Params) <= MaxParams, ".params", "review.rule_many_params", "rule %s has more than %d parameters", r.ID, MaxParams)
	return found
}

// shapes checks every rule and that no id stands twice.
func shapes(rules []Rule) []*fault.Fault {
	if len(rules) > MaxRules {
		return []*fault.Fault{fault.Invalidf("rules", "review.many_rules",
			"%d rules are more than the %d of a set; merge some or delete those that never fire", len(rules), MaxRules).
			With("count", len(rules)).With("limit", MaxRules)}
	}
	var found []*fault.Fault
	seen := map[string]bool{}
	for i, r := range rules {
		at := fmt.Sprintf("rules[%d]", i)
		found = append(found, r.shape(at)...)
		if seen[r.ID] {
			found = append(found, fault.Invalidf(at+".id", "review.rule_twice",
				"rule %s stands twice in the set; give one of them another id", r.ID).With("rule", r.ID))
		}
		seen[r.ID] = true
	}
	return found
}
