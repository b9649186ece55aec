package seed

import (
	"fmt"
	"reflect"
	"strings"
	"time"
)

// Table lays rows out as the importers read them: the header first, then one record per row. The columns are the
// JSON names of the fields of T, a struct; embedded structs give theirs in place. Fields marked omitzero are empty
// where they hold nothing, times are RFC 3339.
func Table[T any](rows []T) [][]string {
	columns := columnsOf(reflect.TypeFor[T](), nil)
	header := make([]string, len(columns))
	for i, c := range columns {
		header[i] = c.name
	}
	table := [][]string{header}
	for _, row := range rows {
		record := make([]string, len(columns))
		for i, c := range columns {
			record[i] = c.text(reflect.ValueOf(row))
		}
		table = append(table, record)
	}
	return table
}

type column struct {
	name     string
	index    []int
	omitZero bool
}

func columnsOf(t reflect.Type, under []int) []column {
	var columns []column
	for i := range t.NumField() {
		f := t.Field(i)
		index := append(append([]int{}, under...), i)
		name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		switch {
		case f.Anonymous:
			columns = append(columns, columnsOf(f.Type, index)...)
		case f.IsExported() && name != "" && name != "-":
			columns = append(columns, column{name, index, strings.Contains(options, "omitzero")})
		}
	}
	return columns
}

func (c column) text(row reflect.Value) string {
	v := row.FieldByIndex(c.index)
	if c.omitZero && v.IsZero() {
		return ""
	}
	if t, ok := v.Interface().(time.Time); ok {
		return t.Format(time.RFC3339)
	}
	return fmt.Sprint(v.Interface())
}
