package archtest

import (
	"fmt"
	"go/ast"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// life is one thing that has states: where its diagram stands, where its table is in the code, and which
// constraint lists the same states in the database.
type life struct {
	page, title string
	pkg, table  string // table is empty while the package has none: then the page lists the states only
	check       string
}

var lives = []life{
	{"order", "Payment", "order", "paymentTable", "order_head_payment"},
	{"order", "Review", "order", "reviewTable", "order_head_review"},
	{"order", "Fulfilment axis", "order", "fulfilmentTable", "order_head_fulfilment"},
	{"order", "Delivery", "order", "deliveryTable", "order_head_delivery"},
	{"order", "After-sale", "order", "afterSaleTable", "order_head_aftersale"},
	{"order", "Fulfilment", "order", "fulfilmentStates", "order_fulfilment_status"},
	{"inventory", "Count", "inventory", "", "inventory_count_status"},
	{"inventory", "Reservation", "inventory", "", "inventory_reservation_kind"},
	{"pick", "Task", "pick", "taskStates", "pick_task_status"},
	{"pick", "Line", "pick", "lineStates", "pick_line_status"},
	{"pack", "Parcel", "pack", "", "pack_parcel_status"},
	{"ship", "Shipment", "ship", "shipmentStates", "ship_shipment_status"},
	{"ship", "Tracking", "ship", "", "ship_shipment_tracking"},
	{"printing", "Print job", "printing", "jobStates", "printing_job_state"},
	{"notify", "Message", "notify", "messageStates", "notify_message_state"},
	{"notify", "Endpoint", "notify", "endpointStates", "notify_endpoint_state"},
	{"notify", "Delivery", "notify", "deliveryStates", "notify_delivery_state"},
	{"report", "Message", "report", "messageStates", "report_message_state"},
	{"aftersales", "Case", "aftersales", "caseStates", "aftersales_case_status"},
	{"aftersales", "Return waybill", "aftersales", "labelStates", "aftersales_case_label"},
	{"aftersales", "Replacement", "aftersales", "replacementStates", "aftersales_case_replacement"},
	{"aftersales", "Unit", "aftersales", "fateStates", "aftersales_unit_fate"},
	{"aftersales", "Parcel without an owner", "aftersales", "parcelStates", "aftersales_parcel_status"},
	{"aftersales", "Refund", "aftersales", "refundStates", "aftersales_refund_status"},
}

// sorts are constraints that list sorts of things, which nobody moves between.
var sorts = []string{"warehouse_location_kind", "intake_document_outcome", "intake_channel_report_at", "report_message_kind", "order_head_kind", "wave_template_method", "wave_trolley_rule", "wave_walking_tours", "pack_rule_cartons", "allocation_saving_method",
	"pack_carton_kind", "membership_role", "printing_printer_kind", "printing_printer_format", "aftersales_case_kind", "aftersales_unit_grade", "aftersales_refund_way", "access_grant_role", "access_role_name"}

var listCheck = regexp.MustCompile(`CONSTRAINT (\w+) CHECK \(\w+ IN \(([^)]*)\)\)`)

// checks reads the constraints that list values.
func checks(ddl string) map[string][]string {
	out := map[string][]string{}
	for _, m := range listCheck.FindAllStringSubmatch(comment.ReplaceAllString(ddl, ""), -1) {
		var values []string
		for _, v := range strings.Split(m[2], ",") {
			values = append(values, strings.Trim(strings.TrimSpace(v), "'"))
		}
		out[m[1]] = values
	}
	return out
}

// stateTables finds the state tables of a package: variables that map a state to the states it may go to, closed
// in themselves.
func stateTables(u unit) map[string]map[string][]string {
	constants, named := map[string]string{}, map[string]bool{}
	found := map[string]map[string][]string{}
	each := func(visit func(ast.Spec)) {
		for _, f := range u.files {
			for _, d := range f.syntax.Decls {
				if g, ok := d.(*ast.GenDecl); ok {
					for _, s := range g.Specs {
						visit(s)
					}
				}
			}
		}
	}
	each(func(s ast.Spec) {
		if typ, ok := s.(*ast.TypeSpec); ok && isTable(typ.Type, nil) {
			named[typ.Name.Name] = true
		}
		if v, ok := s.(*ast.ValueSpec); ok {
			for i, name := range v.Names {
				if i < len(v.Values) {
					if text, ok := word(v.Values[i], nil); ok {
						constants[name.Name] = text
					}
				}
			}
		}
	})
	each(func(s ast.Spec) {
		v, ok := s.(*ast.ValueSpec)
		if !ok || len(v.Names) != 1 || len(v.Values) != 1 {
			return
		}
		if lit, ok := v.Values[0].(*ast.CompositeLit); ok && isTable(lit.Type, named) {
			if t, ok := tableOf(lit, constants); ok {
				found[v.Names[0].Name] = t
			}
		}
	})
	return found
}

// isTable tells whether a type is a map of lists, or one of the named types that are.
func isTable(e ast.Expr, named map[string]bool) bool {
	if id, ok := e.(*ast.Ident); ok {
		return named[id.Name]
	}
	m, ok := e.(*ast.MapType)
	if !ok {
		return false
	}
	list, ok := m.Value.(*ast.ArrayType)
	return ok && list.Len == nil
}

// word reads a string constant; a conversion such as Status("open") is looked through.
func word(e ast.Expr, constants map[string]string) (string, bool) {
	switch x := e.(type) {
	case *ast.BasicLit:
		text, err := strconv.Unquote(x.Value)
		return text, err == nil
	case *ast.Ident:
		text, ok := constants[x.Name]
		return text, ok
	}
	return "", false
}

func tableOf(lit *ast.CompositeLit, constants map[string]string) (map[string][]string, bool) {
	out := map[string][]string{}
	for _, e := range lit.Elts {
		kv, ok := e.(*ast.KeyValueExpr)
		if !ok {
			return nil, false
		}
		from, ok := word(kv.Key, constants)
		list, isList := kv.Value.(*ast.CompositeLit)
		if !ok || !isList {
			return nil, false
		}
		out[from] = []string{}
		for _, x := range list.Elts {
			to, ok := word(x, constants)
			if !ok {
				return nil, false
			}
			out[from] = append(out[from], to)
		}
	}
	for _, targets := range out {
		for _, to := range targets {
			if _, ok := out[to]; !ok {
				return nil, false // not closed: a list of something else
			}
		}
	}
	return out, len(out) > 0
}

// allTables gathers the state tables of the business, as "package.variable".
func allTables(t *testing.T) map[string]map[string][]string {
	out := map[string]map[string][]string{}
	for _, u := range units(t) {
		if _, ok := stageOf(u.path); !ok {
			continue
		}
		for name, table := range stateTables(u) {
			out[u.path+"."+name] = table
		}
	}
	return out
}

func TestStateTablesAndConstraintsAgree(t *testing.T) {
	report(t, stateFindings(lives, allTables(t), checks(migrations(t))))

	one := []life{{"pick", "Task", "pick", "states", "pick_task_status"}}
	table := map[string]map[string][]string{"pick.states": {"open": {"done"}, "done": {}}}
	list := map[string][]string{"pick_task_status": {"open", "done"}}
	if got := stateFindings(one, table, list); len(got) > 0 {
		t.Errorf("these agree, but: %v", got)
	}
	mustFind(t, stateFindings(one, table, map[string][]string{"pick_task_status": {"open"}}), "has [done open], the constraint [open]")
	mustFind(t, stateFindings(one, table, nil), "no constraint pick_task_status")
	mustFind(t, stateFindings(one, nil, list), "no table pick.states")
	mustFind(t, stateFindings(nil, table, nil), "pick.states has no diagram")
	mustFind(t, stateFindings(nil, nil, list), "pick_task_status is neither")
}

func TestStateTablesAreReadFromTheCode(t *testing.T) {
	got := stateTables(made(t, "pick", `package pick
type axis map[string][]string
const ( open = "open"; done = "done" )
var states = axis{ open: {done}, done: {} }
var plain = map[string][]string{ "a": {"b"}, "b": {} }
var shown = map[string][]string{ "a": {"not a state"} }
`))
	want := map[string]map[string][]string{
		"states": {"open": {"done"}, "done": {}},
		"plain":  {"a": {"b"}, "b": {}},
	}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("read %v, want %v", got, want)
	}
}

func stateFindings(lives []life, tables map[string]map[string][]string, checks map[string][]string) (out []string) {
	drawn := map[string]bool{}
	for _, l := range lives {
		drawn[l.check] = true
		states, ok := checks[l.check]
		if !ok {
			out = append(out, fmt.Sprintf("%s: no constraint %s", l.title, l.check))
		}
		if l.table == "" {
			continue
		}
		name := l.pkg + "." + l.table
		drawn[name] = true
		table, there := tables[name]
		if !there {
			out = append(out, fmt.Sprintf("%s: no table %s", l.title, name))
			continue
		}
		if keys := slices.Sorted(maps.Keys(table)); ok && !slices.Equal(keys, slices.Sorted(slices.Values(states))) {
			out = append(out, fmt.Sprintf("%s has %v, the constraint %v", name, keys, states))
		}
	}
	for _, name := range slices.Sorted(maps.Keys(tables)) {
		if !drawn[name] {
			out = append(out, name+" has no diagram: add it to lives and run with -update")
		}
	}
	for _, name := range slices.Sorted(maps.Keys(checks)) {
		if !drawn[name] && !slices.Contains(sorts, name) {
			out = append(out, name+" is neither a life nor a sort: add it to one of the lists")
		}
	}
	return out
}
