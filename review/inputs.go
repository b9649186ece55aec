package review

import (
	"reflect"
	"slices"
	"strings"

	"github.com/packhorse/packhorse/order"
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

// personal are the inputs that say who somebody is. The record of a decision is read by many and kept for long: it tells that there
// was something, and of names and numbers as much as answers show.
var personal = map[string]func(string) string{
	"recipient.name": order.MaskName, "recipient.phone": order.MaskPhone, "recipient.address": hidden, "recipient.postcode": hidden,
	"buyer.id": hidden, "buyer.ip": hidden, "buyer.token": hidden, "order.buyer_note": hidden,
}

func hidden(string) string { return "***" }

func veiled(name string, field reflect.Value) any {
	if mask := personal[name]; mask != nil {
		return mask(field.String())
	}
	return field.Interface()
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
		out[in.name] = veiled(in.name, field)
	}
	return out
}
