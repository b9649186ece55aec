package typescript

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// typeOf writes a schema as a type. A list that may be null is a list: the server says [] where it has nothing.
func typeOf(s *schema) string {
	switch {
	case s == nil:
		return "unknown"
	case s.Ref != "":
		return s.Ref[strings.LastIndexByte(s.Ref, '/')+1:]
	case len(s.AnyOf) > 0:
		return anyOf(s.AnyOf)
	case len(s.Enum) > 0:
		return literals(s.Enum)
	}
	switch name(s.Type) {
	case "string":
		if s.Format == "binary" {
			return "Blob"
		}
		return "string"
	case "integer", "number":
		return "number"
	case "boolean":
		return "boolean"
	case "array":
		return listOf(typeOf(s.Items))
	case "object":
		return object(s)
	}
	return "unknown"
}

// name is the type of a schema without null.
func name(t any) string {
	if list, ok := t.([]any); ok {
		i := slices.IndexFunc(list, func(v any) bool { return v != "null" })
		if i < 0 {
			return ""
		}
		t = list[i]
	}
	text, _ := t.(string)
	return text
}

func anyOf(list []*schema) string {
	var parts []string
	for _, s := range list {
		parts = append(parts, typeOf(s))
	}
	slices.Sort(parts)
	return strings.Join(slices.Compact(parts), " | ")
}

func literals(list []any) string {
	parts := make([]string, len(list))
	for i, v := range list {
		raw, err := json.Marshal(v)
		if err != nil {
			return "unknown"
		}
		parts[i] = string(raw)
		if text, ok := v.(string); ok && !strings.ContainsAny(text, `'\`) {
			parts[i] = "'" + text + "'"
		}
	}
	return strings.Join(parts, " | ")
}

func listOf(item string) string {
	if strings.ContainsAny(item, "|{ ") {
		return "Array<" + item + ">"
	}
	return item + "[]"
}

func object(s *schema) string {
	if len(s.Properties) > 0 {
		var b strings.Builder
		b.WriteString("{\n")
		fields(&b, s, "    ")
		b.WriteString("  }")
		return b.String()
	}
	if values, ok := s.Additional.(map[string]any); ok {
		return fmt.Sprintf("Record<string, %s>", typeOf(again(values)))
	}
	return "Record<string, unknown>"
}

// again reads a schema that came as plain values, because false may stand in its place.
func again(values map[string]any) *schema {
	raw, err := json.Marshal(values)
	if err != nil {
		return nil
	}
	var s schema
	if json.Unmarshal(raw, &s) != nil {
		return nil
	}
	return &s
}

func comment(b *strings.Builder, indent, text string) {
	if text = strings.ReplaceAll(strings.Join(strings.Fields(text), " "), "*/", "* /"); text != "" {
		fmt.Fprintf(b, "%s/** %s */\n", indent, text)
	}
}

var plain = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_]*$`)

func quoted(field string) string {
	if plain.MatchString(field) {
		return field
	}
	return "'" + field + "'"
}

func optional(required bool) string {
	if required {
		return ""
	}
	return "?"
}
