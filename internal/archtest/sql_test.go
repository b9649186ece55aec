package archtest

import (
	"fmt"
	"go/ast"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// reader may read tables that are not its own; nobody may write them.
type reader struct{ pkg, table, why string }

// readers lists who reads across. "*" is every table.
var readers = []reader{
	{"check", "*", "it proves the books, and a proof that asked the packages would believe them"},
	{"internal/backup", "company", "which databases there are, of the copy it has just made"},
	{"insight", "*", "figures are joins; it only reads"},
	{"review", "order_head", "its queue and the memory of repeated buyers: keys and few columns of many orders, not orders"},
	{"allocation", "order_fulfilment", "how many parcels each node was given today: a count in the statement"},
	{"allocation", "catalog_bundle", "recipes at many moments in one read; catalog answers for one moment"},
	{"wave", "inventory_stock", "which zones hold free stock, for templates that release by zone"},
	{"pick", "warehouse_location", "the stage of a node in the statement that lists its desk"},
}

// touch is one mention of a table in the SQL of a package.
type touch struct {
	file, table string
	write       bool
}

var (
	sqlText  = regexp.MustCompile(`\b(SELECT|INSERT|UPDATE|DELETE|FROM|JOIN|INTO)\b`)
	named    = regexp.MustCompile(`\b(FROM|INTO|UPDATE|JOIN|USING|,)\s+([a-z][a-z_0-9]*)`)
	lowWord  = regexp.MustCompile(`\b[a-z]+_[a-z_0-9]+\b`)
	writes   = regexp.MustCompile(`\b(INSERT INTO|UPDATE|DELETE FROM)\s+$`)
	builders = []string{"Insert", "Upsert", "Change", "Remove"}
)

func TestAPackageTouchesItsOwnTablesOnly(t *testing.T) {
	known := map[string]bool{}
	for _, tb := range tables(migrations(t)) {
		known[tb.name] = true
	}
	used := map[reader]bool{}
	seen := 0
	for _, u := range units(t) {
		touches := touchesOf(u, known)
		seen += len(touches)
		report(t, touchFindings(u.path, touches, used))
	}
	if seen < 50 {
		t.Errorf("only %d mentions of tables were read: the rule looks at nothing", seen)
	}
	report(t, staleFindings(units(t), used))
}

func TestTheTableRuleCanFail(t *testing.T) {
	known := map[string]bool{"order_head": true, "order_line": true, "pick_task": true, "job": true}
	for _, c := range []struct{ pkg, text, want string }{
		{"pick", "db.NewSQL(`SELECT id FROM order_head`)", "reads order_head"},
		{"pick", "db.NewSQL(`SELECT id FROM pick_task p, order_line l`)", "reads order_line"},
		{"pick", "db.NewSQL(`SELECT (SELECT max(no) FROM ` + `order_line) FROM pick_task`)", "reads order_line"},
		{"pick", "db.NewSQL(`DELETE FROM order_head WHERE id = $1`)", "writes order_head"},
		{"pick", `db.Insert("order_head", "id bigint")`, "writes order_head"},
		{"pick", `db.Change("job", "id bigint", 1, "", "")`, "writes job"},
		{"pick", "db.NewSQL(`SELECT id FROM job`)", "reads job"},
		{"pick", "db.NewSQL(`SELECT id FROM pick_task`)", ""},
		{"order", `db.Insert("order_head", "id bigint")`, ""},
		{"pick/zone", "db.NewSQL(`SELECT id FROM pick_task`)", ""},
		{"check", "db.NewSQL(`SELECT id FROM order_head`)", ""},
		{"check", `db.Insert("order_head", "id bigint")`, "writes order_head"},
		{"cmd/packhorse", "db.NewSQL(`SELECT id FROM order_head`)", "reads order_head"},
		{"pack/packtest", `db.Insert("order_head", "id bigint")`, ""},
		{"pick", "fmt.Sprint(`the job of order_head is told here`)", ""}, // prose, no SQL
	} {
		u := made(t, c.pkg, "package p\nvar x = "+c.text+"\n")
		got := touchFindings(c.pkg, touchesOf(u, known), map[reader]bool{})
		if c.want == "" && len(got) > 0 {
			t.Errorf("%s in %s is allowed, but: %v", c.text, c.pkg, got)
		}
		if c.want != "" {
			mustFind(t, got, c.want)
		}
	}
	mustFind(t, staleFindings([]unit{{path: "pick"}}, map[reader]bool{}), "no longer reads warehouse_location")
}

// touchesOf reads the string literals of a package. A literal is SQL when it says so in capitals; the tables in
// it are the words that are names of tables, however they are joined. Names without an underscore
// are ordinary words, and count only where SQL puts a table.
func touchesOf(u unit, known map[string]bool) (out []touch) {
	for _, f := range u.files {
		ast.Inspect(f.syntax, func(n ast.Node) bool {
			switch x := n.(type) {
			case *ast.CallExpr:
				if name, ok := built(x); ok && known[name] {
					out = append(out, touch{f.name, name, true})
				}
			case *ast.BasicLit:
				text, err := strconv.Unquote(x.Value)
				if err == nil && sqlText.MatchString(text) {
					out = append(out, textTouches(f.name, text, known)...)
				}
			}
			return true
		})
	}
	return out
}

func textTouches(file, text string, known map[string]bool) (out []touch) {
	add := func(name string, from int) {
		if known[name] {
			out = append(out, touch{file, name, writes.MatchString(text[:from])})
		}
	}
	for _, at := range lowWord.FindAllStringIndex(text, -1) {
		add(text[at[0]:at[1]], at[0])
	}
	for _, at := range named.FindAllStringSubmatchIndex(text, -1) {
		if name := text[at[4]:at[5]]; !strings.Contains(name, "_") {
			add(name, at[4])
		}
	}
	return out
}

// built is the table of db.Insert("table", …) and its like.
func built(call *ast.CallExpr) (string, bool) {
	name := ""
	switch f := call.Fun.(type) {
	case *ast.SelectorExpr:
		name = f.Sel.Name
	case *ast.Ident:
		name = f.Name
	}
	if !slices.Contains(builders, name) || len(call.Args) < 2 {
		return "", false
	}
	lit, ok := call.Args[0].(*ast.BasicLit)
	if !ok {
		return "", false
	}
	text, err := strconv.Unquote(lit.Value)
	return text, err == nil
}

// touchFindings judges the touches of one package and notes the exceptions it used. Packages that serve tests
// (pack/packtest) build worlds and may write any row.
func touchFindings(path string, touches []touch, used map[reader]bool) (out []string) {
	for _, x := range touches {
		owner := ownerOf(x.table)
		if owner == everybody || under(path, owner) || under(path, "test") || strings.HasSuffix(path, "test") {
			continue
		}
		i := slices.IndexFunc(readers, func(r reader) bool { return r.pkg == path && (r.table == "*" || r.table == x.table) })
		switch {
		case x.write:
			out = append(out, fmt.Sprintf("%s writes %s, which is %s's; call a function of that package", x.file, x.table, owner))
		case i < 0:
			out = append(out, fmt.Sprintf("%s reads %s, which is %s's; call a function of that package, or give a reason in archtest", x.file, x.table, owner))
		default:
			used[readers[i]] = true
		}
	}
	return out
}

// staleFindings names exceptions that nobody needs any more.
func staleFindings(all []unit, used map[reader]bool) (out []string) {
	for _, r := range readers {
		there := slices.ContainsFunc(all, func(u unit) bool { return u.path == r.pkg })
		if there && !used[r] {
			out = append(out, fmt.Sprintf("%s no longer reads %s; take the exception out", r.pkg, r.table))
		}
	}
	return out
}
