package sheet

import (
	"strings"
	"unicode/utf8"

	"github.com/packhorse/packhorse/internal/fault"
)

// Row is one line of the table.
type Row struct {
	// Number is the place of the row in the file as a person counts: the header is 1. In CSV
	// it is the line on which the row begins, in XLSX the row of the sheet.
	Number int

	cells  []string
	reader *Reader
	fault  *fault.Fault
}

// Fault says why the row as a whole cannot be taken, nil when it can: sheet.cells_too_many,
// sheet.cell_too_long, sheet.nul, sheet.encoding, sheet.quote. Its cells can still be
// read, as far as they go, to find out which unit the row belongs to.
func (r Row) Fault() *fault.Fault { return r.fault }

// Get returns a cell without surrounding space and with line ends as "\n"; "" where the
// column or the cell is absent. Column names are lower case.
func (r Row) Get(column string) string {
	i, ok := r.reader.columns[column]
	if !ok || i >= len(r.cells) {
		return ""
	}
	return clean(r.cells[i])
}

// Extra returns the filled cells of the columns nobody asked for, under their names as
// written; nil when there are none.
func (r Row) Extra() map[string]string {
	var out map[string]string
	for _, i := range r.reader.extra {
		if i >= len(r.cells) {
			break
		}
		if v := clean(r.cells[i]); v != "" {
			if out == nil {
				out = map[string]string{}
			}
			out[r.reader.names[i]] = v
		}
	}
	return out
}

// checkCells finds what spoils a row whatever its columns mean.
func (r *Reader) checkCells(cells []string) *fault.Fault {
	if len(cells) > len(r.names) {
		return fault.New(fault.Invalid, "sheet.cells_too_many", "the row has %d cells, the header only %d; is a separator unquoted?",
			len(cells), len(r.names)).With("have", len(cells)).With("columns", len(r.names))
	}
	for i, c := range cells {
		if f := r.checkCell(c); f != nil {
			f.Field = strings.ToLower(r.names[i])
			return f
		}
	}
	return nil
}

func (r *Reader) checkCell(c string) *fault.Fault {
	switch {
	case len(c) > r.limits.Cell && utf8.RuneCountInString(c) > r.limits.Cell:
		return fault.New(fault.Invalid, "sheet.cell_too_long", "a cell holds more than %d characters", r.limits.Cell).With("max", r.limits.Cell)
	case strings.IndexByte(c, 0) >= 0:
		return fault.New(fault.Invalid, "sheet.nul", "a cell holds a NUL character; write the file again as UTF-8 text")
	case !utf8.ValidString(c):
		return fault.New(fault.Invalid, "sheet.encoding", "a cell holds bytes that are neither UTF-8 nor GB18030; write the file again as UTF-8")
	}
	return nil
}

var newlines = strings.NewReplacer("\r\n", "\n", "\r", "\n")

// clean makes the same cell out of CSV and XLSX, so that an export reads back unchanged.
func clean(cell string) string {
	if strings.IndexByte(cell, '\r') >= 0 {
		cell = newlines.Replace(cell)
	}
	return strings.TrimSpace(cell)
}
