package sheet

import (
	"bytes"
	"errors"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/packhorse/packhorse/internal/fault"
)

// source is a table as its format gives it: CSV or XLSX.
type source interface {
	// next returns the next row with at least one cell; io.EOF after the last. A fault
	// spoils that row only, an error ends the reading.
	next() (line, *fault.Fault, error)
	progress() (done, total int64)
	Close() error
}

type line struct {
	number int
	cells  []string
}

// Reader reads one table row by row. It is not safe for use by several goroutines.
type Reader struct {
	source  source
	limits  Limits
	names   []string       // header as written, trimmed
	columns map[string]int // canonical name → position
	extra   []int          // positions of columns nobody asked for
	rows    int
	exact   bool // cells are text as typed (CSV), not numbers as a spreadsheet stores them
	file    *os.File
}

// OpenFile opens a table on disk. The caller closes the Reader.
func OpenFile(path string, limits Limits) (*Reader, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	info, err := f.Stat()
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	r, err := Open(path, f, info.Size(), limits)
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	r.file = f
	return r, nil
}

// Open reads the header of a table of size bytes; name serves messages only. The
// content decides the format: a ZIP is an XLSX whatever its name says.
//
// Faults: sheet.empty, sheet.too_large, sheet.utf16, sheet.old_excel, sheet.damaged,
// sheet.bomb, sheet.column_duplicate, sheet.column_unnamed, sheet.columns_too_many,
// sheet.encoding, sheet.quote.
func Open(name string, r io.ReaderAt, size int64, limits Limits) (*Reader, error) {
	if size > limits.Bytes {
		return nil, tooLarge(name, limits.Bytes)
	}
	magic := make([]byte, 8)
	n, err := r.ReadAt(magic, 0)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	magic = magic[:n]
	out := &Reader{limits: limits}
	switch {
	case bytes.HasPrefix(magic, []byte("PK\x03\x04")):
		out.source, err = openXLSX(name, r, size, limits)
	case bytes.HasPrefix(magic, []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")):
		return nil, fault.New(fault.Invalid, "sheet.old_excel",
			"%s is an old .xls file or an XLSX with a password; save it as .xlsx without a password", name).With("file", name)
	default:
		out.exact = true
		out.source, err = openCSV(name, r, size, limits)
	}
	if err != nil {
		return nil, err
	}
	if err := out.readHeader(name); err != nil {
		return nil, errors.Join(err, out.source.Close())
	}
	return out, nil
}

func tooLarge(name string, limit int64) *fault.Fault {
	return fault.New(fault.TooLarge, "sheet.too_large", "%s is larger than the %d bytes one file may have; divide it", name, limit).
		With("file", name).With("limit", limit)
}

func (r *Reader) readHeader(name string) error {
	names, err := r.firstRow(name)
	if err != nil {
		return err
	}
	if len(names) > r.limits.Columns {
		return fault.New(fault.TooLarge, "sheet.columns_too_many", "%s has %d columns; at most %d can be read", name, len(names), r.limits.Columns).
			With("have", len(names)).With("limit", r.limits.Columns)
	}
	r.columns = make(map[string]int, len(names))
	for i, n := range names {
		if f := r.checkCell(n); f != nil {
			return f.With("column", i+1)
		}
		n = clean(n)
		if n == "" {
			return fault.New(fault.Invalid, "sheet.column_unnamed", "column %d has no name in the header", i+1).With("column", i+1)
		}
		key := strings.ToLower(n)
		if _, twice := r.columns[key]; twice {
			return duplicate(n)
		}
		r.names, r.columns[key] = append(r.names, n), i
	}
	return nil
}

// firstRow passes over rows without content, as Next does.
func (r *Reader) firstRow(name string) ([]string, error) {
	for {
		head, f, err := r.source.next()
		switch {
		case errors.Is(err, io.EOF):
			return nil, fault.New(fault.Invalid, "sheet.empty", "%s has no header row; the first row must name the columns", name).With("file", name)
		case err != nil:
			return nil, err
		case f != nil:
			return nil, f
		}
		if names := trimTail(head.cells); len(names) > 0 {
			return names, nil
		}
	}
}

func duplicate(column string) *fault.Fault {
	return fault.Invalidf(column, "sheet.column_duplicate", "the column %s stands in the header twice", column).With("column", column)
}

// Header returns the column names as written, trimmed, in the order of the file.
func (r *Reader) Header() []string { return slices.Clone(r.names) }

// Columns says what an import understands. Names are lower case.
type Columns struct {
	Required []string
	Optional []string
	Alias    map[string]string // other spelling → column
}

// Expect tells the Reader which columns have a meaning; all others become Extra.
// Faults: sheet.columns_missing, one for all of them; sheet.column_duplicate when
// a column and its alias are both there.
func (r *Reader) Expect(c Columns) error {
	for i, written := range r.names {
		name := strings.ToLower(written)
		target, ok := c.Alias[name]
		if !ok {
			continue
		}
		if _, twice := r.columns[target]; twice {
			return duplicate(target)
		}
		delete(r.columns, name)
		r.columns[target] = i
	}
	var missing []string
	for _, name := range c.Required {
		if _, ok := r.columns[name]; !ok {
			missing = append(missing, name)
		}
	}
	if len(missing) > 0 {
		return fault.New(fault.Invalid, "sheet.columns_missing", "the header lacks %s; it has %s",
			strings.Join(missing, ", "), strings.Join(r.names, ", ")).With("columns", missing).With("have", r.names)
	}
	r.extra = nil
	for name, i := range r.columns {
		if !slices.Contains(c.Required, name) && !slices.Contains(c.Optional, name) {
			r.extra = append(r.extra, i)
		}
	}
	slices.Sort(r.extra)
	return nil
}

// Next returns the next row that has any content; rows with only empty cells are passed
// over and not counted. io.EOF follows the last row. A row that is broken by itself is
// returned with Row.Fault set: the reading goes on after it. Any other error is final.
//
// Faults: sheet.rows_too_many, sheet.row_too_long, sheet.quote (a quotation mark that
// swallowed several lines), sheet.damaged.
func (r *Reader) Next() (Row, error) {
	for {
		l, f, err := r.source.next()
		if err != nil {
			return Row{}, err
		}
		cells := trimTail(l.cells)
		if f == nil && len(cells) == 0 {
			continue
		}
		if r.rows++; r.rows > r.limits.Rows {
			return Row{}, fault.New(fault.TooLarge, "sheet.rows_too_many", "the file has more than %d rows; divide it", r.limits.Rows).
				With("limit", r.limits.Rows)
		}
		if f == nil {
			f = r.checkCells(cells)
		}
		return Row{Number: l.number, cells: cells, reader: r, fault: f}, nil
	}
}

// Progress tells how far the reading is: bytes of a CSV, rows of an XLSX. The two
// numbers make a share; total is at least done.
func (r *Reader) Progress() (done, total int64) { return r.source.progress() }

// Close releases what the Reader holds, temporary files of a large XLSX included.
func (r *Reader) Close() error {
	err := r.source.Close()
	if r.file != nil {
		err = errors.Join(err, r.file.Close())
	}
	return err
}

// trimTail drops empty cells at the end: spreadsheets write them at will.
func trimTail(cells []string) []string {
	n := len(cells)
	for n > 0 && strings.TrimSpace(cells[n-1]) == "" {
		n--
	}
	return cells[:n]
}
