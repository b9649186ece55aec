package review

import (
	"slices"
	"strings"

	"github.com/packhorse/packhorse/internal/words"
)

// Codes that the engine itself writes; all others come from the rules.
const (
	// CodeRuleFailed holds an order because a rule could not be evaluated.
	CodeRuleFailed = "review.rule_failed"
	// CodeUnmapped holds an order that asks for a SKU nobody knows; the default rule of this name writes it too.
	CodeUnmapped = "review.unmapped"
	// CodeCustom is the reason of a shop's own rule; its parameter text is the sentence.
	CodeCustom = "review.custom"
)

// HoldReason says why an order is held or rejected, and by which version of which rule.
type HoldReason struct {
	Code    string         `json:"code"`
	Rule    string         `json:"rule"`
	Version int            `json:"version"` // 0 where the house insists without a rule
	Params  map[string]any `json:"params,omitempty"`
}

// Verdict is the decision record of one review. It holds no personal data and may be kept as long as the order.
type Verdict struct {
	Pass     bool           `json:"pass"`              // neither held nor rejected
	RuleSet  string         `json:"ruleset"`           // RuleSet.Version
	Holds    []HoldReason   `json:"holds,omitempty"`   // by priority
	Rejects  []HoldReason   `json:"rejects,omitempty"` // by priority
	Tags     []string       `json:"tags,omitempty"`    // reasons of the tag rules that fired
	Fired    []string       `json:"fired,omitempty"`
	NotFired []string       `json:"not_fired,omitempty"`
	Inputs   map[string]any `json:"inputs,omitempty"` // what the rules read, without lines and persons; what is absent was zero, empty or false
}

// Summary is the verdict in one sentence: passed, held or rejected.
func (v Verdict) Summary() words.Text {
	checked := len(v.Fired) + len(v.NotFired)
	switch {
	case len(v.Rejects) > 0:
		return words.Text{Code: "review.rejected", Params: map[string]any{"count": len(v.Rejects), "checked": checked}}
	case len(v.Holds) > 0:
		return words.Text{Code: "review.held", Params: map[string]any{"count": len(v.Holds), "checked": checked}}
	}
	return words.Text{Code: "review.passed", Params: map[string]any{"checked": checked}}
}

// termParams are the parameters whose values are names of the trade, with words of their own.
var termParams = []string{"missing", "problems", "payment"}

// Text writes the reason for a person. Names of fields and problems inside it are translated too, so it
// says more than words.Render on the bare code; it also works on parameters read back from JSON.
func (r HoldReason) Text(lang string) string {
	params := make(map[string]any, len(r.Params))
	for name, value := range r.Params {
		if list := texts(value); slices.Contains(termParams, name) {
			params[name] = join(lang, terms(lang, list))
		} else if len(list) > 1 {
			params[name] = join(lang, list)
		} else {
			params[name] = value
		}
	}
	return words.Render(lang, r.Code, params)
}

// texts reads a parameter as texts, whether it is fresh or comes out of JSON.
func texts(value any) []string {
	switch x := value.(type) {
	case string:
		return []string{x}
	case []string:
		return x
	case []any:
		list := make([]string, len(x))
		for i := range x {
			list[i] = words.Plain(x[i])
		}
		return list
	}
	return nil
}

func terms(lang string, names []string) []string {
	out := make([]string, len(names))
	for i, name := range names {
		out[i] = name
		if code := "review.term." + name; words.Has(words.Language(lang), code) {
			out[i] = words.Render(lang, code, nil)
		}
	}
	return out
}

func join(lang string, list []string) string {
	if words.Language(lang) == "zh-CN" {
		return strings.Join(list, "、")
	}
	return strings.Join(list, ", ")
}
