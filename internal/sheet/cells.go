package sheet

import (
	"strings"
	"unicode"

	"github.com/shopspring/decimal"

	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/money"
)

// Cells reads the cells of one row and gathers the mistakes, so that a person is told all of a row at once. An empty cell
// is the zero value; a wrong one is noted and read as anything.
type Cells struct {
	row      Row
	mistakes []*fault.Fault
}

// Cells begins to read a row.
func (r Row) Cells() *Cells { return &Cells{row: r} }

// Note adds a mistake that somebody else has found; nil is none.
func (c *Cells) Note(f *fault.Fault) {
	if f != nil {
		c.mistakes = append(c.mistakes, f)
	}
}

// Fault is all mistakes in one; nil when there are none.
func (c *Cells) Fault() *fault.Fault { return fault.Join(c.mistakes...) }

// Text is Row.Text.
func (c *Cells) Text(column string, most int) string {
	v, f := c.row.Text(column, most)
	c.Note(f)
	return v
}

// Line is a text without line ends or other control characters: what people type, print and scan. Fault: sheet.line.
func (c *Cells) Line(column string, most int) string {
	v := c.Text(column, most)
	if strings.ContainsFunc(v, unicode.IsControl) {
		c.Note(fault.Invalidf(column, "sheet.line", "%q must be on one line", v).With("value", v))
	}
	return v
}

// Count is a whole number from zero to most; see Row.Int.
func (c *Cells) Count(column string, most int64) int64 {
	v, f := c.row.Int(column, 0, most)
	c.Note(f)
	return v
}

// Flag is Row.Bool.
func (c *Cells) Flag(column string) bool {
	v, f := c.row.Bool(column)
	c.Note(f)
	return v
}

// Moment is a time with its zone in microseconds, 0 for an empty cell; see Row.Time.
func (c *Cells) Moment(column string) int64 {
	t, f := c.row.Time(column)
	c.Note(f)
	if t.IsZero() {
		return 0
	}
	return t.UnixMicro()
}

// Amount is money of a currency, in minor units, zero or more. Faults: sheet.not_decimal, sheet.amount.
func (c *Cells) Amount(column, currency string) int64 {
	text, f := c.row.Decimal(column)
	if f != nil || text == "" {
		c.Note(f)
		return 0
	}
	minor, err := money.Parse(text, currency)
	if err != nil || minor < 0 {
		c.Note(fault.Invalidf(column, "sheet.amount", "%q is not an amount of %s, zero or more, with at most %d decimals", text, currency, money.Exponent(currency)).
			With("value", text).With("currency", currency).With("decimals", money.Exponent(currency)))
	}
	return minor
}

// Scaled is a decimal number as a whole number of smaller units: 10^digits to one. It is rounded when it says
// more than that, because a map gives a place to the nanometre. most is in whole units, on both sides of zero; code is
// that of the fault beyond it.
func (c *Cells) Scaled(column string, digits int32, most int64, code string) int64 {
	text, f := c.row.Decimal(column)
	if f != nil || text == "" {
		c.Note(f)
		return 0
	}
	d, err := decimal.NewFromString(text)
	if err != nil || d.Abs().GreaterThan(decimal.NewFromInt(most)) {
		c.Note(fault.Invalidf(column, code, "%s is not between -%d and %d", text, most, most).With("value", text).With("max", most))
		return 0
	}
	return d.Shift(digits).Round(0).IntPart()
}

// Unscaled writes what Cells.Scaled reads, without zeros that say nothing.
func Unscaled(n int64, digits int32) string { return decimal.New(n, -digits).String() }
