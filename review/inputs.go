package review

import (
	"reflect"
	"slices"
	"strings"
)

// input is a field of the facts that some rule reads and the record keeps.
type input struct {
	name  string // order.total
	index []int  // where it lies in Facts
}

// inputs finds the fields behind paths, in a fixed order. What is no field of the facts, such as a field
// of a line inside a walk, is left out.
func inputs(paths []string) []input {
	slices.Sort(paths)
	var out []input
	for _, path := range slices.Compact(paths) {
		root, leaf, _ := strings.Cut(path, ".")
		if outer, ok := tagged(reflect.TypeFor[Facts](), root); ok && outer.Type.Kind() == reflect.Struct {
			if inner, ok := tagged(outer.Type, leaf); ok {
				out = append(out, input{name: path, index: append(slices.Clone(outer.Index), inner.Index...)})
			}
		}
	}
	return out
}

func tagged(t reflect.Type, name string) (reflect.StructField, bool) {
	for f := range t.Fields() {
		if f.Tag.Get("json") == name {
			return f, true
		}
	}
	return reflect.StructField{}, false
}

// read takes down the inputs that are not zero, empty or false, so that the record of a good order is short.
func (s *RuleSet) read(facts *Facts) map[string]any {
	all := reflect.ValueOf(facts).Elem()
	out := make(map[string]any, len(s.inputs))
	for _, in := range s.inputs {
		field := all.FieldByIndex(in.index)
		if field.IsZero() || field.Kind() == reflect.Slice && field.Len() == 0 {
			continue
		}
		if field.Kind() == reflect.Slice {
			out[in.name] = slices.Clone(field.Interface().([]string))
			continue
		}
		out[in.name] = field.Interface()
	}
	return out
}
