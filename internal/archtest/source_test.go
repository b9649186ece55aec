package archtest

import (
	"fmt"
	"go/ast"
	"slices"
	"testing"
)

// longest is the most lines a file may have: one idea does not need more.
const longest = 600

// wall lists who may look at the wall clock, and why. Everybody else is given the moment: by the
// transaction, or as an argument.
var wall = []struct{ folder, why string }{
	{"internal/clock", "it is the clock"},
	{"internal/db", "how long batches have waited for a lane; nothing that is stored depends on it"},
	{"access", "credentials protect against people"},
	{"api", "HTTP time-outs and latencies"},
	{"connect", "signatures and time-outs of other people's servers"},
	{"cmd", "it measures and shows progress"},
	{"test", "it measures"},
}

func TestFilesKeepTheHabitsOfTheHouse(t *testing.T) {
	for _, u := range units(t) {
		report(t, sourceFindings(u))
	}
	report(t, idleFindings(units(t)))
	mustFind(t, idleFindings(nil), "access no longer looks")
}

// idleFindings names folders that may look at the wall clock and do not.
func idleFindings(all []unit) (out []string) {
	for _, w := range wall {
		looks := func(u unit) bool {
			return under(u.path, w.folder) && slices.ContainsFunc(u.files, func(f source) bool { return mentions(f.syntax, "time", "Now") })
		}
		if !slices.ContainsFunc(all, looks) {
			out = append(out, w.folder+" no longer looks at the wall clock; take the exception out")
		}
	}
	return out
}

func TestTheHabitsCanBeBroken(t *testing.T) {
	clock := "package p\nimport \"time\"\nvar _ = time.Now()\n"
	mustFind(t, sourceFindings(made(t, "order", clock)), "time.Now")
	mustFind(t, sourceFindings(made(t, "order", "package p\nimport \"time\"\nvar f = time.Now\n")), "time.Now")
	mustFind(t, sourceFindings(made(t, "order", "package p\nimport \"time\"\nfunc f(s time.Time) { _ = time.Since(s) }\n")), "time.Since")
	if got := sourceFindings(made(t, "api", clock)); len(got) > 0 {
		t.Errorf("the edge may look at the wall clock, but: %v", got)
	}
	mustFind(t, sourceFindings(made(t, "order", "package p\nfunc init() {}\n")), "init")
	if got := sourceFindings(made(t, "order", "package p\ntype t int\nfunc (t) init() {}\n")); len(got) > 0 {
		t.Errorf("a method called init is no init function, but: %v", got)
	}
	long := unit{path: "order", files: []source{{name: "order/long.go", lines: longest + 1, syntax: &ast.File{Name: ast.NewIdent("p")}}}}
	mustFind(t, sourceFindings(long), "lines")
}

func sourceFindings(u unit) (out []string) {
	mayLook := slices.ContainsFunc(wall, func(w struct{ folder, why string }) bool { return under(u.path, w.folder) })
	for _, f := range u.files {
		if f.lines > longest {
			out = append(out, fmt.Sprintf("%s has %d lines; the most is %d: split it by idea", f.name, f.lines, longest))
		}
		for _, d := range f.syntax.Decls {
			if fn, ok := d.(*ast.FuncDecl); ok && fn.Recv == nil && fn.Name.Name == "init" {
				out = append(out, f.name+": no init functions; cmd wires by hand")
			}
		}
		if mayLook {
			continue
		}
		for _, name := range []string{"Now", "Since", "Until"} {
			if mentions(f.syntax, "time", name) {
				out = append(out, fmt.Sprintf("%s: time.%s looks at the wall clock; take the moment from the transaction or as an argument", f.name, name))
			}
		}
	}
	return out
}

// mentions tells whether a file names pkg.name.
func mentions(f *ast.File, pkg, name string) (found bool) {
	ast.Inspect(f, func(n ast.Node) bool {
		if s, ok := n.(*ast.SelectorExpr); ok && s.Sel.Name == name {
			if x, ok := s.X.(*ast.Ident); ok && x.Name == pkg {
				found = true
			}
		}
		return !found
	})
	return found
}
