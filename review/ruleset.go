package review

import (
	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"
)

// RuleSet is a compiled set of rules. It never changes and may be used by many goroutines at once.
type RuleSet struct {
	version string
	rules   []compiled // enabled ones, by priority
	inputs  []input
	adapter types.Adapter
}

// compiled is one rule ready to run.
type compiled struct {
	rule   Rule
	when   cel.Program
	params []param
}

// param is one parameter of a reason, evaluated only when the rule fires.
type param struct {
	name  string
	value cel.Program
}

// Version names the enabled rules, their texts and their order: equal versions decide equally.
func (s *RuleSet) Version() string { return s.version }

// Evaluate decides over one order. Every rule is asked, so that a person sees all reasons at once and the
// record says which rules did not fire. A rule that cannot be evaluated holds the order and names itself:
// better a look too many than an unchecked parcel.
func (s *RuleSet) Evaluate(facts Facts) Verdict {
	v := Verdict{RuleSet: s.version, Inputs: s.read(&facts), NotFired: make([]string, 0, len(s.rules))}
	act := &activation{facts: &facts, adapter: s.adapter}
	for i := range s.rules {
		c := &s.rules[i]
		out, _, err := c.when.Eval(act)
		fired, isBool := out.(types.Bool)
		switch {
		case err != nil || !isBool:
			v.Holds = append(v.Holds, HoldReason{Code: CodeRuleFailed, Rule: c.rule.ID, Version: c.rule.Version,
				Params: map[string]any{"rule": c.rule.ID}})
		case bool(fired):
			v.Fired = append(v.Fired, c.rule.ID)
			v.take(c, act)
		default:
			v.NotFired = append(v.NotFired, c.rule.ID)
		}
	}
	v.Pass = len(v.Holds) == 0 && len(v.Rejects) == 0
	return v
}

// take books the action of a rule that fired.
func (v *Verdict) take(c *compiled, act *activation) {
	switch c.rule.Action {
	case ActionTag:
		v.Tags = append(v.Tags, c.rule.Reason)
	case ActionReject:
		v.Rejects = append(v.Rejects, c.reason(act))
	default:
		v.Holds = append(v.Holds, c.reason(act))
	}
}

// reason fills in the parameters. One that fails leaves a dash in the sentence: the rule has fired, and
// that must not be lost over a figure of speech.
func (c *compiled) reason(act *activation) HoldReason {
	r := HoldReason{Code: c.rule.Reason, Rule: c.rule.ID, Version: c.rule.Version}
	if len(c.params) > 0 {
		r.Params = make(map[string]any, len(c.params))
	}
	for _, p := range c.params {
		r.Params[p.name] = "–"
		if out, _, err := p.value.Eval(act); err == nil {
			r.Params[p.name] = plain(out)
		}
	}
	return r
}

// A record is read by people: a longer list or text is cut and says so.
const (
	mostItems = 10
	mostRunes = 200
)

// plain turns a CEL value into what JSON carries.
func plain(v ref.Val) any {
	switch x := v.(type) {
	case types.Int:
		return int64(x)
	case types.Bool:
		return bool(x)
	case types.Double:
		return float64(x)
	case types.String:
		return cut(string(x))
	}
	native, err := v.ConvertToNative(stringsType)
	if err != nil {
		return "–"
	}
	return short(native.([]string))
}

// short is a list as a record keeps it.
func short(list []string) []string {
	out := make([]string, 0, mostItems+1)
	for _, s := range list[:min(len(list), mostItems)] {
		out = append(out, cut(s))
	}
	if len(list) > mostItems {
		out = append(out, "…")
	}
	return out
}

func cut(s string) string {
	n := 0
	for i := range s {
		if n++; n > mostRunes {
			return s[:i] + "…"
		}
	}
	return s
}
