package review

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"

	"cel.dev/cel-go/cel"

	"github.com/packhorse/packhorse/internal/fault"
)

var stringsType = reflect.TypeFor[[]string]()

// Compile makes rules ready to run. Disabled rules are checked too, because somebody will enable them.
// The error is a *fault.Fault that lists every mistake; each names its field ("rules[2].expr"), the rule
// and, inside an expression, line and column.
func Compile(rules []Rule) (*RuleSet, error) {
	if found := shapes(rules); len(found) > 0 {
		return nil, fault.Join(found...)
	}
	env, err := newEnv()
	if err != nil {
		return nil, fmt.Errorf("rule environment: %w", err)
	}
	var found []*fault.Fault
	var paths []string
	set := &RuleSet{adapter: env.CELTypeAdapter()}
	for i, r := range rules {
		c, reads, mistakes := compile(env, fmt.Sprintf("rules[%d]", i), r)
		found = append(found, mistakes...)
		if r.Enabled && len(mistakes) == 0 {
			set.rules = append(set.rules, c)
			paths = append(paths, reads...)
		}
	}
	if len(found) > 0 {
		return nil, fault.Join(found...)
	}
	slices.SortFunc(set.rules, func(a, b compiled) int {
		return cmp.Or(cmp.Compare(b.rule.Priority, a.rule.Priority), strings.Compare(a.rule.ID, b.rule.ID))
	})
	set.inputs = inputs(paths)
	set.version, err = versionOf(set.rules)
	return set, err
}

// compile checks and plans one rule.
func compile(env *cel.Env, at string, r Rule) (c compiled, paths []string, found []*fault.Fault) {
	r.Params = maps.Clone(r.Params)
	c.rule = r
	x := expression{rule: r.ID, at: at + ".expr", text: r.Expr}
	checked, mistake := x.check(env, cel.BoolType)
	if mistake == nil {
		paths, _ = reads(checked.NativeRep())
		c.when, mistake = x.plan(env, checked)
	}
	if mistake != nil {
		found = append(found, mistake)
	}
	for _, name := range slices.Sorted(maps.Keys(r.Params)) {
		p, mistake := compileParam(env, at, r, name)
		if mistake != nil {
			found = append(found, mistake)
			continue
		}
		c.params = append(c.params, p)
	}
	return c, paths, found
}

func compileParam(env *cel.Env, at string, r Rule, name string) (param, *fault.Fault) {
	x := expression{rule: r.ID, at: at + ".params." + name, text: r.Params[name]}
	if !identifier.MatchString(name) {
		return param{}, fault.Invalidf(x.at, "review.rule_bad_param", "rule %s: %q is not a name for a parameter", r.ID, name).
			With("rule", r.ID).With("param", name)
	}
	checked, mistake := x.check(env, cel.StringType, cel.IntType, cel.BoolType, cel.DoubleType, cel.ListType(cel.StringType))
	if mistake != nil {
		return param{}, mistake
	}
	if _, personal := reads(checked.NativeRep()); personal {
		return param{}, fault.Invalidf(x.at, "review.rule_personal",
			"rule %s: the parameter %s would write personal data into the record; show a count, a region or a sum instead", r.ID, name).
			With("rule", r.ID).With("param", name)
	}
	value, mistake := x.plan(env, checked)
	return param{name: name, value: value}, mistake
}

// expression is one text of a rule and where it stands.
type expression struct{ rule, at, text string }

// check parses the text, checks its types and its worst cost; the result must be one of want.
func (x expression) check(env *cel.Env, want ...*cel.Type) (*cel.Ast, *fault.Fault) {
	checked, issues := env.Compile(x.text)
	if issues.Err() != nil {
		return nil, x.syntax(issues)
	}
	got := checked.OutputType()
	if !slices.ContainsFunc(want, got.IsExactType) {
		return nil, x.wrong("review.rule_type", "the expression must yield %s, not %s", named(want), got).
			With("want", named(want)).With("got", got.String())
	}
	estimate, err := env.EstimateCost(checked, sizes{})
	if err != nil || estimate.Max > maxCost {
		return nil, x.wrong("review.rule_costly",
			"the expression could take %d steps on a large order, allowed are %d; walk over the lines fewer times, and never inside another walk",
			estimate.Max, maxCost)
	}
	return checked, nil
}

// plan makes the checked text runnable. The limit counts at run time too, for orders larger than the
// estimate assumed.
func (x expression) plan(env *cel.Env, checked *cel.Ast) (cel.Program, *fault.Fault) {
	p, err := env.Program(checked, cel.EvalOptions(cel.OptOptimize), cel.CostLimit(maxCost))
	if err != nil {
		return nil, x.misread(1, 1, err.Error())
	}
	return p, nil
}

// syntax reports the first mistake; those after it are mostly its consequences.
func (x expression) syntax(issues *cel.Issues) *fault.Fault {
	all := issues.Errors()
	if len(all) == 0 {
		return x.misread(1, 1, issues.Err().Error())
	}
	first := slices.MinFunc(all, func(a, b *cel.Error) int {
		return cmp.Or(cmp.Compare(a.Location.Line(), b.Location.Line()), cmp.Compare(a.Location.Column(), b.Location.Column()))
	})
	return x.misread(max(first.Location.Line(), 1), max(first.Location.Column(), 0)+1, first.Message)
}

// misread reports a mistake at a place in the text, counted from 1.
func (x expression) misread(line, column int, problem string) *fault.Fault {
	return x.wrong("review.rule_syntax", "line %d, column %d: %s", line, column, cut(problem)).
		With("line", line).With("column", column).With("problem", cut(problem))
}

func (x expression) wrong(code, message string, args ...any) *fault.Fault {
	return fault.Invalidf(x.at, code, "rule %s: %s", x.rule, fmt.Sprintf(message, args...)).With("rule", x.rule)
}

func named(types []*cel.Type) string {
	names := make([]string, len(types))
	for i, t := range types {
		names[i] = t.String()
	}
	return strings.Join(names, ", ")
}

// versionOf hashes what decides: the enabled rules in their order.
func versionOf(rules []compiled) (string, error) {
	h := sha256.New()
	enc := json.NewEncoder(h)
	for _, c := range rules {
		if err := enc.Encode(c.rule); err != nil {
			return "", fmt.Errorf("rule %s: %w", c.rule.ID, err)
		}
	}
	return hex.EncodeToString(h.Sum(nil)[:6]), nil
}
