package sheet

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"github.com/packhorse/packhorse/internal/fault"
)

// Decimal is an amount as text, "12.50": a spreadsheet gets it as a number, so that it can be added up.
type Decimal string

// Listing writes a list for people who go on with it in a spreadsheet; no import reads it. Rows go to a temporary file as they come, so
// that its length is not bounded by memory.
type Listing struct {
	out  io.Writer
	text *csv.Writer // of CSV; nil for XLSX
	book *excelize.File
	rows *excelize.StreamWriter
	at   int
}

// mark tells Excel that a CSV file is UTF-8.
const mark = "\ufeff"

// NewListing begins a list in the format that the ending of name says, with the line of its columns: one that stays in sight where the
// format can say so. Fault: sheet.format.
func NewListing(out io.Writer, name string, head []string) (*Listing, error) {
	if err := knownEnding(name); err != nil {
		return nil, err
	}
	l := &Listing{out: out}
	if ending(name) == ".csv" {
		if _, err := io.WriteString(out, mark); err != nil {
			return nil, err
		}
		l.text = csv.NewWriter(out)
		l.text.UseCRLF = true
		return l, l.text.Write(head)
	}
	l.book = excelize.NewFile()
	if err := l.begin(head); err != nil {
		return nil, errors.Join(err, l.book.Close())
	}
	return l, nil
}

// begin lays out the sheet: the head stands fast and is bold, the columns are wide enough for most of what comes.
func (l *Listing) begin(head []string) (err error) {
	if l.rows, err = l.book.NewStreamWriter(l.book.GetSheetName(0)); err != nil {
		return err
	}
	const width = 18
	if err := l.rows.SetColWidth(1, max(len(head), 1), width); err != nil {
		return err
	}
	if err := l.rows.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	bold, err := l.book.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}})
	if err != nil {
		return err
	}
	cells := make([]any, len(head))
	for i, h := range head {
		cells[i] = excelize.Cell{StyleID: bold, Value: h}
	}
	l.at = 1
	return l.rows.SetRow("A1", cells)
}

// Add writes a row: text, int64 or Decimal. Text is never taken for a formula, whatever it begins with. Fault: sheet.rows_too_many
// where XLSX ends.
func (l *Listing) Add(cells []any) error {
	if l.text != nil {
		line := make([]string, len(cells))
		for i, c := range cells {
			line[i] = plainCell(c)
		}
		return l.text.Write(line)
	}
	l.at++
	if l.at > excelize.TotalRows {
		return fault.New(fault.TooLarge, "sheet.rows_too_many", "XLSX ends at %d rows; export CSV", excelize.TotalRows).With("limit", excelize.TotalRows)
	}
	row := make([]any, len(cells))
	for i, c := range cells {
		row[i] = bookCell(c)
	}
	return l.rows.SetRow(fmt.Sprintf("A%d", l.at), row)
}

// plainCell is a cell of CSV. What a spreadsheet would run gets a quote before it: nobody reads the file back.
func plainCell(c any) string {
	text, isText := c.(string)
	if !isText {
		return fmt.Sprint(c)
	}
	if text != "" && strings.ContainsRune("=+-@\t\r", rune(text[0])) {
		return "'" + text
	}
	return text
}

// bookCell is a cell of XLSX. The library writes a text as text; one that is too long for a cell is cut, and says so.
func bookCell(c any) any {
	switch x := c.(type) {
	case Decimal:
		if v, err := strconv.ParseFloat(string(x), 64); err == nil {
			return v
		}
		return string(x)
	case string:
		if runes := []rune(x); len(x) > maxCell && len(runes) > maxCell/2 {
			return string(runes[:maxCell/2-1]) + "…"
		}
		return newlines.Replace(x)
	}
	return c
}

// Close finishes the list; out is complete only after it.
func (l *Listing) Close() error {
	if l.text != nil {
		l.text.Flush()
		return l.text.Error()
	}
	err := l.rows.Flush()
	if err == nil {
		err = l.book.Write(l.out)
	}
	return errors.Join(err, l.book.Close())
}
