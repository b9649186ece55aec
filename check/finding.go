package check

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Finding is one row that cannot be true.
type Finding struct {
	Class   string `json:"class"` // one of Classes
	Table   string `json:"table"`
	ID      string `json:"id"`      // primary key of the row as it is stored, columns separated by "/"
	Message string `json:"message"` // what it says and what it should say
}

// perClass bounds how many findings of a class are reported: the first thousand say what went wrong.
const perClass = 1000

// findings collects, and counts what it leaves out.
type findings struct {
	list []Finding
	seen map[string]int
}

func newFindings() *findings { return &findings{list: []Finding{}, seen: map[string]int{}} }

func (f *findings) add(class, table, key, message string, args ...any) {
	f.seen[class]++
	if f.seen[class] <= perClass {
		f.list = append(f.list, Finding{class, table, key, fmt.Sprintf(message, args...)})
	}
}

// merge takes over what another one has collected.
func (f *findings) merge(other *findings) {
	f.list = append(f.list, other.list...)
	for class, n := range other.seen {
		f.seen[class] += n
	}
}

// sorted gives the findings in order of class, table and key, and says where some were left out.
func (f *findings) sorted() []Finding {
	rank := map[string]int{}
	for i, c := range Classes() {
		rank[c.Name] = i
		if n := f.seen[c.Name]; n > perClass {
			f.list = append(f.list, Finding{Class: c.Name, Message: fmt.Sprintf("%d findings of this class in all; not every one is listed", n)})
		}
	}
	slices.SortStableFunc(f.list, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(rank[a.Class], rank[b.Class]), cmp.Compare(a.Table, b.Table), cmp.Compare(len(a.ID), len(b.ID)), cmp.Compare(a.ID, b.ID), cmp.Compare(a.Message, b.Message))
	})
	return slices.Compact(f.list)
}

// key writes a primary key.
func key(parts ...any) string {
	var b strings.Builder
	for i, p := range parts {
		if i > 0 {
			b.WriteByte('/')
		}
		switch x := p.(type) {
		case int64:
			b.WriteString(strconv.FormatInt(x, 10))
		default:
			fmt.Fprint(&b, x)
		}
	}
	return b.String()
}
