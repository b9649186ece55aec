package aftersales

import (
	"slices"
	"strings"
	"testing"

	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/words"
)

func TestWhatATableDoesNotListCannotHappen(t *testing.T) {
	for what, table := range map[string]map[string][]string{"case": caseStates, "label": labelStates, "refund": refundStates, "unit": fateStates, "parcel": parcelStates, "order": replacementStates} {
		for from, next := range table {
			for to := range table {
				err := step(table, what, from, to)
				if slices.Contains(next, to) != (err == nil) {
					t.Errorf("%s: %s → %s: %v", what, from, to, err)
				}
			}
		}
	}
	for from := range caseStates {
		for to := range caseStates {
			c := &Case{Status: from}
			err := c.move(to)
			if allowed := from == to || slices.Contains(caseStates[from], to); allowed != (err == nil) || allowed && c.Status != to || !allowed && c.Status != from {
				t.Errorf("a case from %s to %s: %v, is %s", from, to, err, c.Status)
			}
		}
	}
}

func TestEveryStateKindAndReasonHasAName(t *testing.T) {
	var codes []string
	for _, table := range []map[string][]string{caseStates, labelStates, refundStates, fateStates, parcelStates, replacementStates} {
		for s := range table {
			codes = append(codes, "aftersales.status."+s)
		}
	}
	for _, k := range Kinds {
		codes = append(codes, "aftersales.kind."+k)
	}
	for _, r := range Reasons {
		codes = append(codes, "aftersales.reason."+r)
	}
	for kind := range (&Service{}).Handlers() {
		codes = append(codes, "job.kind."+kind)
	}
	for _, lang := range words.Languages {
		for _, c := range codes {
			if !words.Has(lang, c) {
				t.Errorf("%s has no word in %s", c, lang)
			}
		}
	}
	f, _ := fault.As(step(caseStates, "case", Closed, Approved))
	if s := words.Render("zh-CN", f.Code, f.Params); s != "售后单当前为“已完结”，不能变为“已同意”" {
		t.Errorf("%q", s)
	}
	if s := words.Render("en", f.Code, f.Params); strings.ContainsAny(s, "{}") {
		t.Errorf("%q", s)
	}
}
