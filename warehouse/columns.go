package warehouse

import (
	"slices"
	"strconv"
	"strings"

	"github.com/packhorse/packhorse/internal/sheet"
)

const (
	maxCode = 100
	maxText = 500
)

// given says which columns a file has. What it does not speak of stays as it is stored.
type given func(column string) bool

func columnsOf(r *sheet.Reader) given {
	names := r.Header()
	for i, n := range names {
		names[i] = strings.ToLower(n)
	}
	return func(column string) bool { return slices.Contains(names, column) }
}

func keep[T any](said bool, want *T, stored T) {
	if !said {
		*want = stored
	}
}

func number(n int64) string { return strconv.FormatInt(n, 10) }
