// Package money keeps amounts exact: whole minor units and an ISO 4217 currency.
// Decimals exist only at the edges; inside, every amount is an int64.
package money

import (
	"fmt"
	"strings"

	"github.com/shopspring/decimal"
)

// exponents lists the currencies whose minor unit is not a hundredth.
var exponents = map[string]int32{
	"BIF": 0, "CLP": 0, "DJF": 0, "GNF": 0, "ISK": 0, "JPY": 0, "KMF": 0, "KRW": 0, "PYG": 0, "RWF": 0,
	"UGX": 0, "UYI": 0, "VND": 0, "VUV": 0, "XAF": 0, "XOF": 0, "XPF": 0,
	"BHD": 3, "IQD": 3, "JOD": 3, "KWD": 3, "LYD": 3, "OMR": 3, "TND": 3,
}

// MaxMinor bounds one amount (9·10¹⁴ minor units), so that sums over any order stay far from overflow.
const MaxMinor = 900_000_000_000_000

// Valid reports whether code has the form of an ISO 4217 code: three capital letters.
func Valid(code string) bool {
	if len(code) != 3 {
		return false
	}
	for i := 0; i < 3; i++ {
		if code[i] < 'A' || code[i] > 'Z' {
			return false
		}
	}
	return true
}

// Exponent is the number of decimals of a currency.
func Exponent(code string) int32 {
	if e, ok := exponents[code]; ok {
		return e
	}
	return 2
}

// Parse turns a decimal text into minor units. More decimals than the currency has, exponents like
// 1e3, thousands separators and amounts beyond MaxMinor are errors: money is never rounded silently.
func Parse(text, currency string) (int64, error) {
	s := strings.TrimSpace(text)
	if !Valid(currency) {
		return 0, fmt.Errorf("%q is not a currency code of three capital letters", currency)
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
