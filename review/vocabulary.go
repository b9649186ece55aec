package review

import (
	"reflect"
	"strings"
)

// Input is something a rule may ask about: "order.total" is an int.
type Input struct {
	Name string
	Type string // as CEL names it: int, string, bool, list(string); of lines for each of them
}

// Inputs lists all a rule may ask about, in the order in which Facts has it.
func Inputs() (out []Input) {
	facts := reflect.TypeFor[Facts]()
	for i := range facts.NumField() {
		group := facts.Field(i)
		in, name := group.Type, group.Tag.Get("json")
		if in.Kind() == reflect.Slice {
			out = append(out, Input{name, "list"})
			in, name = in.Elem(), "line"
		}
		for j := range in.NumField() {
			f := in.Field(j)
			out = append(out, Input{name + "." + f.Tag.Get("json"), typeName(f.Type)})
		}
	}
	return out
}

func typeName(t reflect.Type) string {
	switch t.Kind() {
	case reflect.Slice:
		return "list(" + typeName(t.Elem()) + ")"
	case reflect.Int64:
		return "int"
	}
	return strings.ToLower(t.Kind().String())
}
