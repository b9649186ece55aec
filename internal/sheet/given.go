package sheet

import (
	"cmp"
	"slices"
	"strings"
)

// Given says which columns a file has. What it does not speak of stays as it is stored.
type Given func(column string) bool

// Given lists the columns of the file by the names that we have for them.
func (r *Reader) Given(c Columns) Given {
	var names []string
	for _, n := range r.Header() {
		n = strings.ToLower(n)
		names = append(names, cmp.Or(c.Alias[n], n))
	}
	return func(column string) bool { return slices.Contains(names, column) }
}

// Keep leaves what is stored where the file says nothing.
func Keep[T any](said bool, want *T, stored T) {
	if !said {
		*want = stored
	}
}
