package ceiling

import (
	"cmp"
	"slices"
)

// set is many writes of one kind as one statement: one array per argument.
type set struct {
	write   write
	columns []any // []int64 or []string
	rows    int64 // rows the statement must hit
}

// sets groups row writes by kind, in the order in which the kinds first appear.
func sets(ops []op) []set {
	var kinds []write
	var rows [len(statements)][][]any
	for _, o := range ops {
		if rows[o.write] == nil {
			kinds = append(kinds, o.write)
		}
		rows[o.write] = append(rows[o.write], o.args)
	}
	grouped := make([]set, len(kinds))
	for i, w := range kinds {
		if key := statements[w].summedBy; key > 0 {
			rows[w] = summed(rows[w], key)
		}
		grouped[i] = set{write: w, columns: transpose(rows[w]), rows: int64(len(rows[w]))}
	}
	return grouped
}

// summed sorts rows by their leading key and folds equal keys into one row with the last argument added up.
func summed(rows [][]any, key int) [][]any {
	byKey := func(a, b []any) int {
		for i := range key {
			if c := cmp.Compare(a[i].(int64), b[i].(int64)); c != 0 {
				return c
			}
		}
		return 0
	}
	slices.SortFunc(rows, byKey)
	folded := rows[:1]
	for _, row := range rows[1:] {
		last := folded[len(folded)-1]
		if byKey(last, row) != 0 {
			folded = append(folded, row)
			continue
		}
		last[key] = last[key].(int64) + row[key].(int64)
	}
	return folded
}

// transpose turns rows of arguments into one typed array per argument.
func transpose(rows [][]any) []any {
	columns := make([]any, len(rows[0]))
	for i, first := range rows[0] {
		if _, text := first.(string); text {
			columns[i] = column[string](rows, i)
		} else {
			columns[i] = column[int64](rows, i)
		}
	}
	return columns
}

func column[T int64 | string](rows [][]any, i int) []T {
	values := make([]T, len(rows))
	for n, row := range rows {
		values[n] = row[i].(T)
	}
	return values
}
