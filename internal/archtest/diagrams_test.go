package archtest

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write docs/flow anew from the state tables")

func TestDiagramsAreCurrent(t *testing.T) {
	pages := draw(lives, allTables(t), checks(migrations(t)))
	for _, page := range pages {
		path := filepath.Join("docs/flow", page.name+".md")
		if *update {
			if err := os.WriteFile(filepath.Join(root, path), []byte(page.text), 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		if have := read(t, path); have != page.text {
			t.Errorf("%s is not what the state tables say; run go test ./internal/archtest -run Diagrams -update", path)
		}
	}
	names, err := filepath.Glob(filepath.Join(root, "docs/flow/*.md"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		base := strings.TrimSuffix(filepath.Base(name), ".md")
		if base != "README" && base != "races" && !slices.ContainsFunc(pages, func(p page) bool { return p.name == base }) {
			t.Errorf("docs/flow/%s.md is no longer drawn; remove it", base)
		}
	}
}

func TestADiagramShowsEveryMove(t *testing.T) {
	one := []life{{"pick", "Task", "pick", "states", "pick_task_status"}}
	table := map[string]map[string][]string{"pick.states": {"open": {"done"}, "done": {}}}
	text := draw(one, table, map[string][]string{"pick_task_status": {"open", "done"}})[0].text
	for _, want := range []string{"[*] --> open", "open --> done", "done --> [*]", "pick_task_status"} {
		if !strings.Contains(text, want) {
			t.Errorf("the page lacks %q:\n%s", want, text)
		}
	}
	listed := draw([]life{{"pack", "Parcel", "pack", "", "c"}}, nil, map[string][]string{"c": {"open", "packed"}})[0].text
	if strings.Contains(listed, "-->") || !strings.Contains(listed, "`packed`") {
		t.Errorf("without a table only the states are known:\n%s", listed)
	}
}

type page struct{ name, text string }

// draw makes the pages in order of lives. States stand in the order of the constraint, which is the order of life;
// the first one is where it begins, and one without a way on is where it ends.
func draw(lives []life, tables map[string]map[string][]string, checks map[string][]string) (out []page) {
	for _, l := range lives {
		i := slices.IndexFunc(out, func(p page) bool { return p.name == l.page })
		if i < 0 {
			i = len(out)
			out = append(out, page{l.page, head(l.page)})
		}
		out[i].text += diagram(l, tables[l.pkg+"."+l.table], checks[l.check])
	}
	return out
}

func head(name string) string {
	return "# The states of " + name + "\n\nMade from the state tables in the code and the constraints of the schema by\n" +
		"`go test ./internal/archtest -run Diagrams -update`. Do not edit.\n"
}

func diagram(l life, table map[string][]string, states []string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "\n## %s\n\n", l.title)
	if table == nil {
		fmt.Fprintf(&b, "Constraint `%s`. The states, in order of life:\n\n", l.check)
		for _, s := range states {
			fmt.Fprintf(&b, "- `%s`\n", s)
		}
		return b.String()
	}
	fmt.Fprintf(&b, "Table `%s` in package `%s`, constraint `%s`. What is not drawn cannot happen.\n\n```mermaid\nstateDiagram-v2\n", l.table, l.pkg, l.check)
	if len(states) > 0 {
		fmt.Fprintf(&b, "    [*] --> %s\n", states[0])
	}
	for _, from := range states {
		for _, to := range table[from] {
			fmt.Fprintf(&b, "    %s --> %s\n", from, to)
		}
		if len(table[from]) == 0 {
			fmt.Fprintf(&b, "    %s --> [*]\n", from)
		}
	}
	b.WriteString("```\n")
	return b.String()
}
