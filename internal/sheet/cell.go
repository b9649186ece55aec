package sheet

import (
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/packhorse/packhorse/internal/fault"
)

// The typed cells below take an empty cell as "not said" and return the zero value
// without a fault; Require says which cells must be filled.

// Require returns one fault (sheet.required) for each of the columns whose cell is empty, joined.
func (r Row) Require(columns ...string) *fault.Fault {
	var all []*fault.Fault
	for _, c := range columns {
		if r.Get(c) == "" {
			all = append(all, fault.Invalidf(c, "sheet.required", "%s must be filled in", c).With("column", c))
		}
	}
	return fault.Join(all...)
}

// Int reads a whole number between lowest and highest. "12.0", as a spreadsheet may store it, is 12.
// Faults: sheet.not_integer, sheet.out_of_range.
func (r Row) Int(column string, lowest, highest int64) (int64, *fault.Fault) {
	text := r.number(column)
	if text == "" {
		return 0, nil
	}
	whole, decimals, _ := strings.Cut(text, ".")
	n, err := strconv.ParseInt(whole, 10, 64)
	if outside := err != nil && integer.MatchString(whole); outside || err == nil && (n < lowest || n > highest) {
		return 0, fault.Invalidf(column, "sheet.out_of_range", "%s is not between %d and %d", text, lowest, highest).
			With("value", text).With("min", lowest).With("max", highest)
	}
	if err != nil || strings.Trim(decimals, "0") != "" {
		return 0, fault.Invalidf(column, "sheet.not_integer", "%q is not a whole number", text).With("value", text)
	}
	return n, nil
}

// Bool reads 0 or 1, true or false, yes or no, 是 or 否. Fault: sheet.not_boolean.
func (r Row) Bool(column string) (bool, *fault.Fault) {
	switch text := strings.ToLower(r.Get(column)); text {
	case "1", "true", "yes", "是":
		return true, nil
	case "", "0", "false", "no", "否":
		return false, nil
	default:
		return false, fault.Invalidf(column, "sheet.not_boolean", "%q is neither 1 nor 0", text).With("value", text)
	}
}

// Time reads RFC 3339 with its zone, in UTC. A date cell of a spreadsheet has no zone and
// is refused: nobody could say which hour it means. Fault: sheet.not_time.
func (r Row) Time(column string) (time.Time, *fault.Fault) {
	text := r.Get(column)
	if text == "" {
		return time.Time{}, nil
	}
	t, err := time.Parse(time.RFC3339, text)
	if err != nil {
		return time.Time{}, fault.Invalidf(column, "sheet.not_time",
			"%q is not a time like 2026-03-01T09:30:00+08:00; format the column as text", text).With("value", text)
	}
	return t.UTC(), nil
}

var (
	integer  = regexp.MustCompile(`^[+-]?[0-9]+$`)
	fraction = regexp.MustCompile(`^[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)$`)
	stored   = regexp.MustCompile(`^-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]{1,3})?$`)
	eaten    = regexp.MustCompile(`^-?[0-9]\.[0-9]{9,}[eE]\+[0-9]{1,3}$`)
)

// Decimal reads a decimal number as text: money is parsed where its currency is known, and never
// passes through a float. Fault: sheet.not_decimal (thousands separators, exponents, units).
func (r Row) Decimal(column string) (string, *fault.Fault) {
	text := r.number(column)
	if text != "" && (len(text) > 32 || !fraction.MatchString(text)) {
		return "", fault.Invalidf(column, "sheet.not_decimal", "%q is not a number like 12.50", text).With("value", text)
	}
	return text, nil
}

// Text reads a text of at most most characters. Faults: sheet.text_too_long;
// sheet.digits_lost when a spreadsheet has turned a long number into a rounded one, as Excel
// does with order numbers and barcodes of more than 15 digits.
func (r Row) Text(column string, most int) (string, *fault.Fault) {
	text := r.Get(column)
	if !r.reader.exact && eaten.MatchString(text) {
		return "", fault.Invalidf(column, "sheet.digits_lost",
			"the spreadsheet has rounded a long number to %s; format the column as text and enter it again", text).With("value", text)
	}
	if len(text) > most && utf8.RuneCountInString(text) > most {
		return "", fault.Invalidf(column, "sheet.text_too_long", "%s has more than %d characters", column, most).With("column", column).With("max", most)
	}
	return text, nil
}

// number undoes how a spreadsheet stores numbers: 19.99 may stand in the file as
// 19.989999999999998, and 0.0001 as 1E-4. Excel itself shows 15 digits.
func (r Row) number(column string) string {
	text := r.Get(column)
	if r.reader.exact || !strings.ContainsAny(text, ".eE") || !stored.MatchString(text) {
		return text
	}
	value, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return text
	}
	rounded, err := strconv.ParseFloat(strconv.FormatFloat(value, 'g', 15, 64), 64)
	if err != nil {
		return text
	}
	return strconv.FormatFloat(rounded, 'f', -1, 64)
}
