package sheet

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"unicode/utf16"

	"github.com/xuri/excelize/v2"

	"github.com/packhorse/packhorse/internal/fault"
)

// Writer writes a table: header first, then one call of Write per row, then Close.
type Writer struct {
	format target
	temp   *os.File // of Create, until Close renames it
	path   string
	failed bool
}

// target is a table being written: CSV or XLSX.
type target interface {
	write(cells []string) error
	close() error
}

// Create writes to path, as CSV or XLSX by its ending. The file appears under its name
// only when Close succeeds: a broken export leaves nothing half-written behind. Only its owner
// may read it (mode 0600), because most exports hold personal data.
// Fault: sheet.format for any other ending.
func Create(path string) (*Writer, error) {
	if err := knownEnding(path); err != nil {
		return nil, err
	}
	temp, err := os.CreateTemp(filepath.Dir(path), ".export-*")
	if err != nil {
		return nil, err
	}
	w, err := NewWriter(temp, path)
	if err != nil {
		return nil, errors.Join(err, temp.Close(), os.Remove(temp.Name()))
	}
	w.temp, w.path = temp, path
	return w, nil
}

// NewWriter writes to out in the format that the ending of name says. CSV is RFC 4180 in UTF-8 without a
// byte order mark. Fault: sheet.format.
func NewWriter(out io.Writer, name string) (*Writer, error) {
	if err := knownEnding(name); err != nil {
		return nil, err
	}
	if ending(name) == ".csv" {
		w := csv.NewWriter(out)
		w.UseCRLF = true
		return &Writer{format: csvTarget{w}}, nil
	}
	x, err := newXLSXTarget(out)
	if err != nil {
		return nil, err
	}
	return &Writer{format: x}, nil
}

func ending(name string) string { return strings.ToLower(filepath.Ext(name)) }

func knownEnding(name string) error {
	if e := ending(name); e != ".csv" && e != ".xlsx" {
		return fault.New(fault.Invalid, "sheet.format", "%s must end in .csv or .xlsx", name).With("file", name)
	}
	return nil
}

// Write adds a row. Cells are written as they are; "\r\n" and "\r" become "\n", as they would be read.
func (w *Writer) Write(cells []string) error {
	tidy := make([]string, len(cells))
	for i, c := range cells {
		tidy[i] = newlines.Replace(c)
	}
	err := w.format.write(tidy)
	w.failed = w.failed || err != nil
	return err
}

// Close finishes the file. After a failed Write, or when it fails itself, a file of Create is removed.
func (w *Writer) Close() error {
	err := w.format.close()
	if w.temp == nil {
		return err
	}
	err = errors.Join(err, w.temp.Close())
	if err != nil || w.failed {
		return errors.Join(err, os.Remove(w.temp.Name()))
	}
	return os.Rename(w.temp.Name(), w.path)
}

type csvTarget struct{ w *csv.Writer }

func (t csvTarget) write(cells []string) error { return t.w.Write(cells) }

func (t csvTarget) close() error {
	t.w.Flush()
	return t.w.Error()
}

type xlsxTarget struct {
	out  io.Writer
	file *excelize.File
	rows *excelize.StreamWriter
	at   int
}

func newXLSXTarget(out io.Writer) (*xlsxTarget, error) {
	f := excelize.NewFile()
	rows, err := f.NewStreamWriter(f.GetSheetName(0))
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return &xlsxTarget{out: out, file: f, rows: rows}, nil
}

func (t *xlsxTarget) write(cells []string) error {
	t.at++
	if t.at > excelize.TotalRows {
		return fault.New(fault.TooLarge, "sheet.rows_too_many", "XLSX ends at %d rows; export CSV", excelize.TotalRows).With("limit", excelize.TotalRows)
	}
	row := make([]any, len(cells))
	for i, c := range cells {
		if len(utf16.Encode([]rune(c))) > maxCell { // the library would cut it off in silence
			return fault.New(fault.Invalid, "sheet.cell_too_long", "a cell holds more than %d characters", maxCell).With("max", maxCell)
		}
		row[i] = c
	}
	return t.rows.SetRow(fmt.Sprintf("A%d", t.at), row)
}

func (t *xlsxTarget) close() error {
	err := t.rows.Flush()
	if err == nil {
		err = t.file.Write(t.out)
	}
	return errors.Join(err, t.file.Close())
}
