// Package money keeps amounts exact: whole minor units and an ISO 4217 currency.
// Decimals exist only at the edges; inside, every amount is an int64.
package money

import (
	"fmt"
	"strings"

	"github.com/shopspring/decimal"
)

// MaxMinor bounds one amount (9·10¹⁴ minor units), so that sums over any order stay far from overflow.
const MaxMinor = 900_000_000_000_000

// Parse turns a decimal text into minor units. More decimals than the currency has, exponents like
// 1e3, thousands separators and amounts beyond MaxMinor are errors: money is never rounded silently.
func Parse(text, currency string) (int64, error) {
	s := strings.TrimSpace(text)
	if !Valid(currency) {
		return 0, fmt.Errorf("%q is not a currency of ISO 4217, like CNY", currency)
	}
	if s == "" || len(s) > 32 || strings.Trim(s, "0123456789.-+") != "" {
		return 0, fmt.Errorf("%q is not an amount like 12.50", text)
	}
	d, err := decimal.NewFromString(s)
	if err != nil {
		return 0, fmt.Errorf("%q is not an amount like 12.50", text)
	}
	e := Exponent(currency)
	minor := d.Shift(e)
	if !minor.IsInteger() {
		return 0, fmt.Errorf("%q has more than the %d decimals that %s has", text, e, currency)
	}
	if minor.Abs().GreaterThan(decimal.NewFromInt(MaxMinor)) {
		return 0, fmt.Errorf("%q is larger than any amount we book", text)
	}
	return minor.IntPart(), nil
}

// Format writes minor units as a decimal text with all decimals of the currency: "12.50".
func Format(minor int64, currency string) string {
	e := Exponent(currency)
	return decimal.New(minor, -e).StringFixed(e)
}
