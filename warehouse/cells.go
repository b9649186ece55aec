package warehouse

import (
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/shopspring/decimal"

	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/money"
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

// cells reads the typed cells of a row and gathers the mistakes.
type cells struct {
	row      sheet.Row
	mistakes []*fault.Fault
}

func (c *cells) note(f *fault.Fault) {
	if f != nil {
		c.mistakes = append(c.mistakes, f)
	}
}

func (c *cells) text(column string, most int) string {
	v, f := c.row.Text(column, most)
	c.note(f)
	return v
}

// code reads what people type, print and scan: one line.
func (c *cells) code(column string) string {
	v := c.text(column, maxCode)
	if strings.ContainsFunc(v, unicode.IsControl) {
		c.note(fault.Invalidf(column, "warehouse.code", "%q cannot be a code: it must be on one line", v).With("value", v))
	}
	return v
}

func (c *cells) count(column string, most int64) int64 {
	v, f := c.row.Int(column, 0, most)
	c.note(f)
	return v
}

func (c *cells) amount(column, currency string) int64 {
	text, f := c.row.Decimal(column)
	if f != nil || text == "" {
		c.note(f)
		return 0
	}
	minor, err := money.Parse(text, currency)
	if err != nil || minor < 0 {
		c.note(fault.Invalidf(column, "warehouse.amount", "%q is not an amount of %s, zero or more, with at most %d decimals", text, currency, money.Exponent(currency)).
			With("value", text).With("currency", currency).With("decimals", money.Exponent(currency)))
	}
	return minor
}

// scaled reads a decimal number as a whole number of smaller units: 10^digits to one. It is rounded when it says
// more than that, because a map gives a place to the nanometre. most is in whole units, on both sides of zero.
func (c *cells) scaled(column string, digits int32, most int64, code string) int64 {
	text, f := c.row.Decimal(column)
	if f != nil || text == "" {
		c.note(f)
		return 0
	}
	d, err := decimal.NewFromString(text)
	if err != nil || d.Abs().GreaterThan(decimal.NewFromInt(most)) {
		c.note(fault.Invalidf(column, code, "%s is not between -%d and %d", text, most, most).With("value", text).With("max", most))
		return 0
	}
	return d.Shift(digits).Round(0).IntPart()
}

// unscaled writes what scaled reads, without zeros that say nothing.
func unscaled(n int64, digits int32) string { return decimal.New(n, -digits).String() }

func number(n int64) string { return strconv.FormatInt(n, 10) }
