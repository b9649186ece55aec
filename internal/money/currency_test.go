package money

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestOnlyCurrenciesOfTheStandardAreCurrencies(t *testing.T) {
	decimals := map[string]int32{"CNY": 2, "USD": 2, "EUR": 2, "JPY": 0, "KRW": 0, "VND": 0, "KWD": 3, "TND": 3, "TWD": 2, "HKD": 2, "BRL": 2}
	for code, want := range decimals {
		if !Valid(code) || Exponent(code) != want {
			t.Errorf("%s: valid %v, %d decimals, want %d", code, Valid(code), Exponent(code), want)
		}
	}
	for _, code := range []string{"", "YEN", "RMB", "CNH", "NTD", "XXX", "XTS", "XAU", "cny", "CN", "CNYY", "¥"} {
		if Valid(code) {
			t.Errorf("%q passes for a currency", code)
		}
		if _, err := Parse("1.00", code); err == nil {
			t.Errorf("an amount of %q was read", code)
		}
	}
}

func TestTheTableOfCurrenciesHoldsCodes(t *testing.T) {
	for code, e := range exponents {
		if len(code) != 3 || strings.Trim(code, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != "" || e < 0 || e > 3 {
			t.Errorf("%q with %d decimals", code, e)
		}
	}
	if len(exponents) < 150 {
		t.Errorf("only %d currencies", len(exponents))
	}
}

// What was written with all decimals of its currency is read back as the same amount, in every currency.
func TestAnAmountSurvivesBeingWrittenInEveryCurrency(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		minor := rapid.Int64Range(-MaxMinor, MaxMinor).Draw(t, "minor")
		for code := range exponents {
			if back, err := Parse(Format(minor, code), code); err != nil || back != minor {
				t.Fatalf("%d %s is written %s and read %d, %v", minor, code, Format(minor, code), back, err)
			}
		}
	})
}
