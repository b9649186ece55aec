package intake

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"

	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/sheet"
)

// FileColumns are the columns of the order file.
func FileColumns() sheet.Columns {
	needed := []string{"order_no", "placed_at", "sku", "quantity", "unit_price", "currency", "recipient_name", "address"}
	c := sheet.Columns{Required: needed, Optional: []string{"may_split", "line_no"}}
	var d Document
	var l Line
	for _, f := range slices.Concat(d.head(), l.texts()) {
		c.Optional = append(c.Optional, f.name)
	}
	return c
}

// ReadFile reads an order file, one row per line, into clean and valid documents in the order in
// which the file first names them. rows counts the rows read.
//
// The unit is the order: rows of one order_no belong together wherever they stand; an order-level
// column is its first filled cell, and a different later one rejects the order. One bad row keeps the whole
// order out, and all of its rows are listed: the bad ones with their mistakes, the others as
// intake.order_incomplete. A row without order_no is rejected alone. Unknown columns go to the Extra of
// their line. err is set when the file cannot be read to its end; nothing of it should go in then.
//
// Codes of rejections: those of Validate, intake.value_conflict, intake.order_incomplete, and those of sheet's rows and cells.
func ReadFile(r *sheet.Reader, channel, shop string) (docs []Document, rows int, rejected []sheet.Rejection, err error) {
	good, rows, rejected, err := readFile(r, channel, shop)
	for _, o := range good {
		docs = append(docs, o.doc)
	}
	return docs, rows, rejected, err
}

// readFile is ReadFile with the rows of each document.
func readFile(r *sheet.Reader, channel, shop string) (good []*fileOrder, rows int, rejected []sheet.Rejection, err error) {
	if err := r.Expect(FileColumns()); err != nil {
		return nil, 0, nil, err
	}
	byNumber := map[string]*fileOrder{}
	var orders []*fileOrder
	for {
		row, err := r.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, rows, nil, err
		}
		rows++
		number, f := row.Text("order_no", math.MaxInt)
		if number == "" {
			rejected = append(rejected, sheet.Reject(row.Number, firstOf(row.Fault(), f, required("order_no")))...)
			continue
		}
		o, known := byNumber[number]
		if !known {
			o = &fileOrder{doc: Document{Channel: channel, Shop: shop}, from: map[string]int{}, bad: map[int]bool{}, said: map[place]bool{}}
			byNumber[number], orders = o, append(orders, o)
		}
		o.add(row)
	}
	for _, o := range orders {
		if o.finish(); len(o.wrong) > 0 {
			rejected = append(rejected, o.wrong...)
		} else {
			good = append(good, o)
		}
	}
	sheet.SortRejections(rejected)
	return good, rows, rejected, nil
}

func firstOf(faults ...*fault.Fault) *fault.Fault {
	return faults[slices.IndexFunc(faults, func(f *fault.Fault) bool { return f != nil })]
}

// fileOrder gathers the rows of one order.
type fileOrder struct {
	doc   Document
	rows  []int          // every row of the order, in the order of the file
	lines []int          // row of each line of doc
	from  map[string]int // order-level column → row that filled it
	bad   map[int]bool   // rows with a mistake of their own
	said  map[place]bool // cells refused already
	torn  bool           // a row could not be read as a row
	wrong []sheet.Rejection
}

// place is a cell; row 0 stands for the column in any row.
type place struct {
	row    int
	column string
}

func (o *fileOrder) reject(row int, faults ...*fault.Fault) {
	for _, f := range faults {
		if f != nil {
			o.bad[row], o.said[place{row, f.Field}], o.said[place{0, f.Field}] = true, true, true
			o.wrong = append(o.wrong, sheet.Reject(row, f)...)
		}
	}
}

func (o *fileOrder) add(row sheet.Row) {
	o.rows = append(o.rows, row.Number)
	if f := row.Fault(); f != nil {
		o.torn = true
		o.reject(row.Number, f)
		return
	}
	for _, f := range o.doc.head() {
		value, wrong := cell(row, f)
		o.reject(row.Number, wrong, o.setHead(row.Number, f, value))
	}
	o.reject(row.Number, o.setMaySplit(row))
	o.addLine(row)
}

func cell(row sheet.Row, f textField) (string, *fault.Fault) {
	if f.kind == amountText {
		return row.Decimal(f.name)
	}
	return row.Text(f.name, math.MaxInt)
}

// setHead keeps the first filled cell of an order-level column and refuses a later one that says something else.
func (o *fileOrder) setHead(row int, f textField, value string) *fault.Fault {
	if value == "" {
		return nil
	}
	first, had := o.from[f.name]
	if !had {
		*f.value, o.from[f.name] = value, row
		return nil
	}
	if f.same(value, o.doc.Currency) {
		return nil
	}
	return conflict(f.name, value, *f.value, first)
}

func conflict(column, value, firstValue string, first int) *fault.Fault {
	return fault.Invalidf(column, "intake.value_conflict", "%s is %q here and %q in row %d; one order has one %s", column, value, firstValue, first, column).
		With("column", column).With("value", value).With("first", firstValue).With("row", first)
}

// same reports whether a value says what the field says already, in whatever spelling.
func (f textField) same(value, currency string) bool {
	if *f.value == value || f.kind == wordText && strings.EqualFold(*f.value, value) {
		return true
	}
	other := f
	other.value = &value
	return f.canonical(strings.ToUpper(currency)) == other.canonical(strings.ToUpper(currency))
}

func (o *fileOrder) setMaySplit(row sheet.Row) *fault.Fault {
	text := row.Get("may_split")
	if text == "" {
		return nil
	}
	value, wrong := row.Bool("may_split")
	switch {
	case wrong != nil:
		return wrong
	case o.doc.MaySplit == nil:
		o.doc.MaySplit, o.from["may_split"] = &value, row.Number
	case *o.doc.MaySplit != value:
		first := map[bool]string{false: "0", true: "1"}[*o.doc.MaySplit]
		return conflict("may_split", text, first, o.from["may_split"])
	}
	return nil
}

func (o *fileOrder) addLine(row sheet.Row) {
	l := Line{Extra: extra(row)}
	for _, f := range l.texts() {
		value, wrong := cell(row, f)
		*f.value = value
		o.reject(row.Number, wrong)
	}
	var wrong *fault.Fault
	l.LineNo, wrong = row.Int("line_no", math.MinInt64, math.MaxInt64)
	o.reject(row.Number, wrong)
	l.Quantity, wrong = row.Int("quantity", math.MinInt64, math.MaxInt64)
	if row.Get("quantity") == "" {
		wrong = required("quantity")
	}
	o.reject(row.Number, wrong)
	o.doc.Lines, o.lines = append(o.doc.Lines, l), append(o.lines, row.Number)
}

func extra(row sheet.Row) map[string]json.RawMessage {
	cells := row.Extra()
	if cells == nil {
		return nil
	}
	out := make(map[string]json.RawMessage, len(cells))
	for name, value := range cells {
		text, err := json.Marshal(value)
		if err != nil {
			panic("intake: a string is always JSON: " + err.Error())
		}
		out[name] = text
	}
	return out
}

// finish applies the rules to the whole order and, when anything is wrong, lists its good rows too.
func (o *fileOrder) finish() {
	if !o.torn { // rules about an order that is not all there would accuse the wrong cells
		o.doc.Clean()
		o.applyRules()
	}
	if len(o.wrong) == 0 {
		return
	}
	const shown = 5
	var bad []string
	for _, row := range o.rows {
		if o.bad[row] && len(bad) < shown {
			bad = append(bad, fmt.Sprint(row))
		}
	}
	for _, row := range o.rows {
		if !o.bad[row] {
			o.wrong = append(o.wrong, sheet.Reject(row, incomplete(o.doc.OrderNo, strings.Join(bad, ", ")))...)
		}
	}
}

// applyRules reports what the cells' own mistakes have not said: what could not be read is empty
// now, and to call it missing as well would be wrong.
func (o *fileOrder) applyRules() {
	for _, m := range o.doc.mistakes() {
		row, p := o.rowOf(m), place{0, m.found.Field}
		if m.line != wholeOrder {
			p.row = row
		}
		if !o.said[p] {
			o.reject(row, m.found)
		}
	}
}

func incomplete(orderNo, bad string) *fault.Fault {
	return fault.Invalidf("order_no", "intake.order_incomplete", "this row is right, but order %s stays out because of row %s", orderNo, bad).
		With("order_no", orderNo).With("rows", bad)
}

func (o *fileOrder) rowOf(m mistake) int {
	if m.line != wholeOrder {
		return o.lines[m.line]
	}
	if row, ok := o.from[m.found.Field]; ok {
		return row
	}
	return o.rows[0]
}
