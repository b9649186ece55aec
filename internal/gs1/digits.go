package gs1

import (
	"strings"

	"github.com/packhorse/packhorse/internal/fault"
)

// CheckDigit computes the last digit of a GTIN or SSCC from the digits before it: modulo 10, weights
// 3 and 1 alternating from the right (GS1 General Specifications, 7.9.1).
// Fault: gs1.digits when body is empty or holds anything but digits.
func CheckDigit(body string) (byte, error) {
	if !digits(body) {
		return 0, notDigits(body)
	}
	return checkDigit(body), nil
}

func checkDigit(body string) byte {
	sum, weight := 0, 3
	for i := len(body) - 1; i >= 0; i-- {
		sum += int(body[i]-'0') * weight
		weight = 4 - weight
	}
	return byte('0' + (10-sum%10)%10)
}

// ValidGTIN reports whether code is an EAN-8, UPC-A (12), EAN-13 or GTIN-14 with a right check digit.
func ValidGTIN(code string) bool {
	switch len(code) {
	case 8, 12, 13, 14:
		return closes(code)
	}
	return false
}

// ValidSSCC reports whether code is a serial shipping container code: 18 digits, the last one right.
func ValidSSCC(code string) bool { return len(code) == 18 && closes(code) }

func closes(code string) bool {
	last := len(code) - 1
	return digits(code) && checkDigit(code[:last]) == code[last]
}

// GTIN14 brings a trade item number to the 14 digits under which it is stored and compared: an
// EAN-13 on the piece and the same number in a carton's DataMatrix are one number.
// Faults: gs1.digits, gs1.length, gs1.check_digit.
func GTIN14(code string) (string, error) {
	code = strings.TrimSpace(code)
	if !digits(code) {
		return "", notDigits(code)
	}
	switch len(code) {
	case 8, 12, 13, 14:
	default:
		return "", fault.New(fault.Invalid, "gs1.length", "%s has %d digits; a GTIN has 8, 12, 13 or 14", code, len(code)).
			With("code", code).With("length", len(code))
	}
	if !closes(code) {
		return "", wrongCheckDigit(code)
	}
	return strings.Repeat("0", 14-len(code)) + code, nil
}

func digits(s string) bool {
	return s != "" && strings.Trim(s, "0123456789") == ""
}

func notDigits(code string) *fault.Fault {
	return fault.New(fault.Invalid, "gs1.digits", "%q must hold digits only", code).With("code", code)
}

func wrongCheckDigit(code string) *fault.Fault {
	want := string(checkDigit(code[:len(code)-1]))
	return fault.New(fault.Invalid, "gs1.check_digit", "the last digit of %s should be %s; scan it again", code, want).
		With("code", code).With("want", want)
}
