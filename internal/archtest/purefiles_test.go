package archtest

import (
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// decisions names the files that decide inside packages that also store. They are pure as the libraries are:
// the service beside them reads and writes.
var decisions = map[string][]string{
	"allocation": {"board.go", "contest.go", "decide.go", "follow.go", "plan.go", "problem.go", "saving.go", "spread.go", "split.go", "strategy.go", "together.go"},
	"review":     {"address.go", "compile.go", "rule.go", "ruleset.go", "verdict.go", "window.go"},
	"ship":       {"able.go", "choose.go", "rate.go"},
	"track":      {"late.go", "mapping.go", "status.go"},
	"wave":       {"plan.go"},
}

func TestFilesThatDecideArePure(t *testing.T) {
	for _, u := range units(t) {
		report(t, decisionFindings(u, decisions[u.path]))
	}
	mustFind(t, decisionFindings(made(t, "wave", "package wave\nimport \"context\"\nvar _ context.Context\n"), []string{"made.go"}), "imports context")
	mustFind(t, decisionFindings(made(t, "wave", "package wave\nimport \""+module+"internal/db\"\nvar _ db.Tx\n"), []string{"made.go"}), "imports internal/db")
	mustFind(t, decisionFindings(made(t, "wave", "package wave\n"), []string{"gone.go"}), "gone.go is listed")
}

func decisionFindings(u unit, names []string) (out []string) {
	for _, name := range names {
		i := slices.IndexFunc(u.files, func(f source) bool { return path.Base(f.name) == name })
		if i < 0 {
			out = append(out, fmt.Sprintf("%s/%s is listed as a decision and does not exist", u.path, name))
			continue
		}
		for _, spec := range u.files[i].syntax.Imports {
			imported, _ := strconv.Unquote(spec.Path.Value)
			imported = strings.TrimPrefix(imported, module)
			if imported == "internal/db" || slices.ContainsFunc(moving, func(m string) bool { return under(imported, m) }) {
				out = append(out, fmt.Sprintf("%s/%s imports %s: a decision takes values and returns values", u.path, name, imported))
			}
		}
	}
	return out
}
