package sheet

import (
	"errors"
	"fmt"
	"io"

	"github.com/xuri/excelize/v2"

	"github.com/packhorse/packhorse/internal/fault"
)

// spill is how much of a worksheet is held in memory; larger ones are unpacked to a temporary file.
const spill = 16 << 20

type xlsxSource struct {
	name  string
	file  *excelize.File
	rows  *excelize.Rows
	at    int
	total int
}

func openXLSX(name string, r io.ReaderAt, size int64, limits Limits) (*xlsxSource, error) {
	total, err := inspect(name, r, size, limits)
	if err != nil {
		return nil, err
	}
	s := &xlsxSource{name: name, total: total}
	err = s.guarded(func() error {
		s.file, err = excelize.OpenReader(io.NewSectionReader(r, 0, size), excelize.Options{
			RawCellValue: true, UnzipSizeLimit: limits.Unzipped, UnzipXMLSizeLimit: min(spill, limits.Unzipped),
		})
		if err != nil {
			return err
		}
		sheets := s.file.GetSheetList()
		if len(sheets) == 0 {
			return errors.New("the workbook has no sheet")
		}
		s.rows, err = s.file.Rows(sheets[0])
		return err
	})
	if err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

func (s *xlsxSource) next() (line, *fault.Fault, error) {
	var cells []string
	more := false
	err := s.guarded(func() error {
		if more = s.rows.Next(); !more {
			return s.rows.Error()
		}
		s.at++
		var err error
		cells, err = s.rows.Columns()
		return err
	})
	if err == nil && !more {
		err = io.EOF
	}
	return line{number: s.at, cells: cells}, nil, err
}

// guarded turns what goes wrong inside the XLSX library into a fault about the file, panics
// included: the file comes from outside, and the library was written for honest ones.
func (s *xlsxSource) guarded(step func() error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = damaged(s.name, fmt.Errorf("%v", p))
		}
	}()
	if err := step(); err != nil {
		return damaged(s.name, err)
	}
	return nil
}

func damaged(name string, cause error) *fault.Fault {
	return fault.New(fault.Invalid, "sheet.damaged", "%s cannot be read as XLSX (%v); open it and save it again", name, cause).
		With("file", name).With("cause", cause.Error())
}

func (s *xlsxSource) progress() (done, total int64) { return int64(s.at), int64(max(s.total, s.at)) }

func (s *xlsxSource) Close() error {
	var err error
	if s.rows != nil {
		err = s.rows.Close()
	}
	if s.file != nil {
		err = errors.Join(err, s.file.Close())
	}
	return err
}
