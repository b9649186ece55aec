package typescript

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
)

const head = `// Written by "go generate ./web" from the OpenAPI document. Do not edit.

`

// Write gives the file of types for an OpenAPI document in JSON. The same document gives the same bytes. Errors: text that is
// no OpenAPI document.
func Write(openAPI []byte) ([]byte, error) {
	var d document
	if err := json.Unmarshal(openAPI, &d); err != nil {
		return nil, fmt.Errorf("the OpenAPI document: %w", err)
	}
	if len(d.Paths) == 0 {
		return nil, fmt.Errorf("the OpenAPI document has no paths")
	}
	var b strings.Builder
	b.WriteString(head)
	for _, name := range slices.Sorted(maps.Keys(d.Components.Schemas)) {
		named(&b, name, d.Components.Schemas[name])
	}
	operations(&b, d.all())
	return []byte(b.String()), nil
}

// act is an operation with the place it is at.
type act struct {
	operation
	method, path string
}

// all lists the operations by their ids.
func (d *document) all() (list []act) {
	for path, methods := range d.Paths {
		for method, op := range methods {
			if op.ID != "" {
				list = append(list, act{op, strings.ToUpper(method), path})
			}
		}
	}
	slices.SortFunc(list, func(a, b act) int { return strings.Compare(a.ID, b.ID) })
	return list
}

func named(b *strings.Builder, name string, s *schema) {
	comment(b, "", s.Description)
	if len(s.Properties) == 0 {
		fmt.Fprintf(b, "export type %s = %s\n\n", name, typeOf(s))
		return
	}
	fmt.Fprintf(b, "export interface %s {\n", name)
	fields(b, s, "  ")
	b.WriteString("}\n\n")
}

// fields writes the properties of an object. The reference of a schema to itself is no part of what is sent.
func fields(b *strings.Builder, s *schema, indent string) {
	for _, name := range slices.Sorted(maps.Keys(s.Properties)) {
		if name == "$schema" {
			continue
		}
		p := s.Properties[name]
		comment(b, indent, p.Description)
		fmt.Fprintf(b, "%s%s%s: %s\n", indent, quoted(name), optional(slices.Contains(s.Required, name)), typeOf(p))
	}
	if s.Additional == true {
		fmt.Fprintf(b, "%s[other: string]: unknown\n", indent)
	}
}

func operations(b *strings.Builder, list []act) {
	b.WriteString("/** Every operation: what its path and query take, its body, and its answer. */\nexport interface Operations {\n")
	for _, o := range list {
		comment(b, "  ", o.Summary)
		fmt.Fprintf(b, "  '%s': {\n    path: %s\n    query: %s\n    body: %s\n    out: %s\n  }\n", o.ID, o.in("path"), o.in("query"), o.body(), o.out())
	}
	b.WriteString("}\n\n/** Method and path of every operation. */\nexport const operations: Record<keyof Operations, string> = {\n")
	for _, o := range list {
		fmt.Fprintf(b, "  '%s': '%s %s',\n", o.ID, o.method, o.path)
	}
	b.WriteString("}\n")
}

// in is the type of the parameters in one part of the request.
func (o operation) in(part string) string {
	var list []string
	for _, p := range o.Parameters {
		if p.In == part {
			list = append(list, quoted(p.Name)+optional(p.Required)+": "+typeOf(p.Schema))
		}
	}
	if len(list) == 0 {
		return "Record<string, never>"
	}
	return "{ " + strings.Join(list, "; ") + " }"
}

func (o operation) body() string {
	if o.RequestBody == nil {
		return "undefined"
	}
	return o.RequestBody.typeOf()
}

func (o operation) out() string {
	done := o.Responses["200"]
	return done.typeOf()
}

func (c *content) typeOf() string {
	if json, ok := c.Content["application/json"]; ok {
		return typeOf(json.Schema)
	}
	return "Blob"
}
