package sheet

import (
	"bufio"
	"encoding/csv"
	"errors"
	"io"

	"github.com/packhorse/packhorse/internal/fault"
)

type csvSource struct {
	reader *csv.Reader
	guard  *rowGuard
	count  *counter
	size   int64
	limit  int64
	last   int
}

func openCSV(name string, r io.ReaderAt, size int64, limits Limits) (*csvSource, error) {
	count := &counter{r: r}
	text, err := decoded(name, count, size)
	if err != nil {
		return nil, err
	}
	const buffer = 64 << 10
	guard := &rowGuard{r: text, left: limits.RowBytes + buffer}
	in := bufio.NewReaderSize(guard, buffer)
	head, err := in.Peek(buffer)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	reader := csv.NewReader(in)
	reader.Comma = separator(head)
	reader.FieldsPerRecord = -1
	return &csvSource{reader: reader, guard: guard, count: count, size: size, limit: limits.RowBytes}, nil
}

// separator counts the candidates in the header outside quotation marks; the comma when in doubt.
func separator(head []byte) rune {
	counts := map[rune]int{}
	quoted, begun := false, false
	for _, b := range head {
		if b == '"' {
			quoted = !quoted
		}
		if b == '\n' && !quoted && begun {
			break
		}
		begun = begun || b > ' '
		if !quoted {
			counts[rune(b)]++
		}
	}
	best := ','
	for _, c := range []rune{';', '\t'} {
		if counts[c] > counts[best] {
			best = c
		}
	}
	return best
}

func (s *csvSource) next() (line, *fault.Fault, error) {
	s.guard.left = s.limit
	cells, err := s.reader.Read()
	if errors.Is(err, errRowTooLong) {
		return line{}, nil, fault.New(fault.TooLarge, "sheet.row_too_long",
			"the row after line %d is longer than %d bytes; is a quotation mark never closed?", s.last, s.limit).
			With("row", s.last+1).With("limit", s.limit)
	}
	if broken, ok := errors.AsType[*csv.ParseError](err); ok {
		return s.broken(cells, broken)
	}
	if err != nil {
		return line{}, nil, err
	}
	s.last, _ = s.reader.FieldPos(0)
	return line{number: s.last, cells: cells}, nil, nil
}

// broken refuses one row when the mistake lies within one line. A quotation mark that swallowed
// further lines may have swallowed rows of any unit: the file cannot be trusted after it.
func (s *csvSource) broken(cells []string, e *csv.ParseError) (line, *fault.Fault, error) {
	f := fault.New(fault.Invalid, "sheet.quote",
		"line %d: a quotation mark opens in line %d and does not end where the cell ends; write quotation marks inside a cell twice", e.Line, e.StartLine).
		With("from", e.StartLine).With("to", e.Line)
	if e.StartLine != e.Line {
		return line{}, nil, f
	}
	s.last = e.StartLine
	return line{number: e.StartLine, cells: cells}, f, nil
}

func (s *csvSource) progress() (done, total int64) { return min(s.count.reached, s.size), s.size }

func (s *csvSource) Close() error { return nil }

var errRowTooLong = errors.New("row too long")

// rowGuard ends a row that never ends: encoding/csv itself would read a field to the end of the file.
type rowGuard struct {
	r    io.Reader
	left int64
}

func (g *rowGuard) Read(p []byte) (int, error) {
	if g.left <= 0 {
		return 0, errRowTooLong
	}
	n, err := g.r.Read(p)
	g.left -= int64(n)
	return n, err
}

// counter remembers how far the last reading went: what a progress bar shows.
type counter struct {
	r       io.ReaderAt
	reached int64
}

func (c *counter) ReadAt(p []byte, off int64) (int, error) {
	n, err := c.r.ReadAt(p, off)
	c.reached = off + int64(n)
	return n, err
}
