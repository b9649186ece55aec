package api

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/danielgtaylor/huma/v2"

	"github.com/packhorse/packhorse/internal/id"
)

// ours is a company with something of everything, and what must not be seen of it.
type ours struct {
	*world
	ids     map[string]string // by prefix
	secrets []string
	names   map[string]string // what our things are called, by the name of a parameter or field
}

// operation is one line of the document.
type operation struct {
	method, path string
	*huma.Operation
}

func (w *world) operations() (list []operation) {
	for path, item := range w.server.open.Paths {
		for method, op := range map[string]*huma.Operation{"GET": item.Get, "POST": item.Post, "PUT": item.Put, "DELETE": item.Delete, "PATCH": item.Patch} {
			if op != nil {
				list = append(list, operation{method, path, op})
			}
		}
	}
	slices.SortFunc(list, func(a, b operation) int { return strings.Compare(a.path+a.method, b.path+b.method) })
	return list
}

// target is the path of an operation about our things: every parameter names something of ours.
func (o *ours) target(op operation) string {
	path, query := op.path, []string{}
	for _, p := range op.Parameters {
		switch p.In {
		case "path":
			path = strings.Replace(path, "{"+p.Name+"}", o.value(op, p.Name), 1)
		case "query":
			if v := o.names[p.Name]; v != "" {
				query = append(query, p.Name+"="+v)
			}
		}
	}
	if len(query) > 0 {
		path += "?" + strings.Join(query, "&")
	}
	return path
}

// about says which of our things an operation with {id} is about, by the first part of its path.
var about1 = map[string]string{"orders": "ord", "fulfilments": "ful", "tasks": "tsk", "shipments": "shp", "holds": "hld", "parcels": "prc", "waves": "wav", "wave-templates": "wtp", "counts": "cnt", "returns": "rma", "refunds": "rfd", "print-jobs": "prj", "unknown-parcels": "unk", "channels": "chn", "manifests": "man", "notifications": "msg"}

func (o *ours) value(op operation, name string) string {
	area := strings.Split(strings.TrimPrefix(op.path, "/"), "/")[1]
	if name == "id" {
		if v := o.ids[about1[area]]; v != "" {
			return v
		}
		return id.Show("xxx", 7)
	}
	if v := o.names[name]; v != "" {
		return v
	}
	return "first"
}

// body is a body about our things: whatever a field is called, it names one of ours.
func (o *ours) body(op operation) string {
	if op.RequestBody == nil {
		return ""
	}
	media := op.RequestBody.Content["application/json"]
	if media == nil {
		return "sku,title\nX,Y\n"
	}
	return o.json(media.Schema, "", 0)
}

func (o *ours) json(s *huma.Schema, name string, depth int) string {
	s = resolve(o.server.open, s)
	switch {
	case s == nil || depth > 6:
		return "null"
	case s.Type == huma.TypeObject:
		var fields []string
		for field, sub := range s.Properties {
			fields = append(fields, fmt.Sprintf("%q:%s", field, o.json(sub, field, depth+1)))
		}
		return "{" + strings.Join(fields, ",") + "}"
	case s.Type == huma.TypeArray:
		return "[" + o.json(s.Items, name, depth+1) + "]"
	case s.Type == huma.TypeInteger || s.Type == huma.TypeNumber:
		return "1"
	case s.Type == huma.TypeBoolean:
		return "false"
	case len(s.Enum) > 0:
		return fmt.Sprintf("%q", s.Enum[0])
	}
	named := map[string]string{"task": "tsk", "fulfilment": "ful", "fulfilments": "ful", "order": "ord", "orders": "ord", "template": "wtp", "shipments": "shp", "hold": "hld", "wave": "wav", "case": "rma", "unit": "rtu", "id": "ful"}
	if v := o.ids[named[name]]; v != "" {
		return fmt.Sprintf("%q", v)
	}
	if v := o.names[name]; v != "" {
		return fmt.Sprintf("%q", v)
	}
	return `"x"`
}

// leaks lists what of ours is in an answer and was not in the question.
func (o *ours) leaks(question string, r reply) (out []string) {
	for _, s := range o.secrets {
		if strings.Contains(string(r.raw), s) && !strings.Contains(question, s) {
			out = append(out, s)
		}
	}
	return out
}

// see sends an operation about our things, and one about nothing, with a credential, and reports what of ours comes back.
func (o *ours) see(t *testing.T, who, credential string, op operation, allowed func(operation, reply) string) {
	t.Helper()
	for _, q := range [][2]string{{o.target(op), o.body(op)}, {o.blank(op), ""}} {
		r := o.do(op.method, q[0], q[1], "Authorization", credential)
		if found := o.leaks(q[0]+q[1], r); len(found) > 0 {
			t.Errorf("%s: %s %s shows %q: %.300s", who, op.method, q[0], found, r.raw)
		}
		if r.status >= 500 {
			t.Errorf("%s: %s %s: %d %.300s", who, op.method, q[0], r.status, r.raw)
		}
		if wrong := allowed(op, r); wrong != "" {
			t.Errorf("%s: %s %s %s: %s: %.300s", who, op.method, q[0], q[1], wrong, r.raw)
		}
	}
}

func (o *ours) blank(op operation) string {
	path := op.path
	for _, p := range op.Parameters {
		if p.In == "path" {
			path = strings.Replace(path, "{"+p.Name+"}", "x", 1)
		}
	}
	return path
}
