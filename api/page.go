package api

import (
	"bytes"
	_ "embed"
	"html/template"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"
)

//go:embed page.html
var pageText string

type chapter struct {
	Name       string
	Operations []entry
}

type entry struct {
	*huma.Operation
	Scope  string
	Input  []field
	Output []field
}

type field struct {
	Name, Type, About string
	Required          bool
}

// page writes the document for readers: one HTML text without scripts, and without anything from elsewhere.
func page(doc *huma.OpenAPI) []byte {
	var chapters []chapter
	for _, path := range sortedPaths(doc) {
		item := doc.Paths[path]
		for _, op := range []*huma.Operation{item.Get, item.Post, item.Put, item.Patch, item.Delete} {
			if op == nil {
				continue
			}
			i := slices.IndexFunc(chapters, func(c chapter) bool { return c.Name == op.Tags[0] })
			if i < 0 {
				i = len(chapters)
				chapters = append(chapters, chapter{Name: op.Tags[0]})
			}
			chapters[i].Operations = append(chapters[i].Operations, entryOf(doc, op))
		}
	}
	var b bytes.Buffer
	t := template.Must(template.New("page").Parse(pageText))
	if err := t.Execute(&b, map[string]any{"Info": doc.Info, "Chapters": chapters}); err != nil {
		panic(err) // the template is ours
	}
	return b.Bytes()
}

func sortedPaths(doc *huma.OpenAPI) []string {
	paths := make([]string, 0, len(doc.Paths))
	for p := range doc.Paths {
		paths = append(paths, p)
	}
	slices.Sort(paths)
	return paths
}

func entryOf(doc *huma.OpenAPI, op *huma.Operation) entry {
	e := entry{Operation: op}
	if len(op.Security) > 0 && len(op.Security[0]["key"]) > 0 {
		e.Scope = op.Security[0]["key"][0]
	}
	if op.RequestBody != nil {
		e.Input = fieldsOf(doc, op.RequestBody.Content["application/json"])
	}
	e.Output = fieldsOf(doc, op.Responses["200"].Content["application/json"])
	return e
}

func fieldsOf(doc *huma.OpenAPI, m *huma.MediaType) (list []field) {
	if m == nil || m.Schema == nil {
		return nil
	}
	schema := resolve(doc, m.Schema)
	if schema.Items != nil {
		schema = resolve(doc, schema.Items)
	}
	for name, s := range schema.Properties {
		list = append(list, field{Name: name, Type: typeOf(s), About: resolve(doc, s).Description, Required: slices.Contains(schema.Required, name)})
	}
	slices.SortFunc(list, func(a, b field) int {
		if a.Required != b.Required {
			if a.Required {
				return -1
			}
			return 1
		}
		return strings.Compare(a.Name, b.Name)
	})
	return list
}

func resolve(doc *huma.OpenAPI, s *huma.Schema) *huma.Schema {
	if s.Ref != "" {
		return doc.Components.Schemas.SchemaFromRef(s.Ref)
	}
	return s
}

func typeOf(s *huma.Schema) string {
	switch {
	case s.Ref != "":
		return s.Ref[strings.LastIndex(s.Ref, "/")+1:]
	case s.Items != nil:
		return "list of " + typeOf(s.Items)
	case s.Type == "":
		return "any"
	}
	return s.Type
}
