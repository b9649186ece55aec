package gs1

import (
	"strings"

	"github.com/packhorse/packhorse/internal/fault"
)

// FNC1 is the separator as scanners send it.
const FNC1 = "\x1d"

// Element is one application identifier with its value.
type Element struct {
	AI    string
	Value string
}

// Scan is what a scanner read. A plain bar code has only Raw.
type Scan struct {
	// Raw is the data as sent, without the symbology identifier ("]C1") and without a leading
	// FNC1, so that a look-up does not depend on how a scanner is set up. Look Raw up first:
	// a waybill of digits may look like an element string.
	Raw        string
	GTIN       string // GTIN-14 of the item (01) or of the pieces in a logistic unit (02)
	Lot        string // 10
	Produced   string // 11, YYYY-MM-DD
	BestBefore string // 15, YYYY-MM-DD
	Expiry     string // 17, YYYY-MM-DD
	Serial     string // 21
	Count      int    // 30 or 37: pieces; 0 where the code does not say
	WeightG    int64  // 310n: net grams, rounded; 0 where the code does not say
	Order      string // 400: the customer's purchase order number
	SSCC       string // 00
	Elements   []Element
}

// GS1 reports whether the scan is an element string.
func (s Scan) GS1() bool { return len(s.Elements) > 0 }

// Parse reads a scan. A scan that claims to be GS1, by its symbology identifier (]C1 GS1-128,
// ]d2 DataMatrix, ]Q3 QR, ]e0 DataBar, ]J1 DotCode) or by an FNC1, and is not, is a fault with Raw still
// set: gs1.identifier, gs1.truncated, gs1.value, gs1.check_digit, gs1.date, gs1.twice. A scan that claims
// nothing is an element string only if it begins with a right SSCC (00) or GTIN (01, 02) and
// reads cleanly to its end.
func Parse(scan string) (Scan, error) {
	scan = strings.Trim(scan, " \t\r\n")
	data, claims := strip(scan)
	out := Scan{Raw: data}
	if !claims && !strings.Contains(data, FNC1) {
		if read, err := parse(data); err == nil && selfEvident(data) {
			return read, nil
		}
		return out, nil
	}
	read, err := parse(data)
	if err != nil {
		return out, err
	}
	return read, nil
}

// strip takes off the symbology identifier (ISO/IEC 15424: "]", a letter, a modifier) and leading FNC1.
func strip(scan string) (data string, claims bool) {
	if len(scan) >= 3 && scan[0] == ']' && letter(scan[1]) && scan[2] >= '0' && scan[2] <= '9' {
		switch scan[:3] {
		case "]C1", "]d2", "]Q3", "]e0", "]J1":
			claims = true
		}
		scan = scan[3:]
	}
	bare := strings.TrimLeft(scan, FNC1)
	return bare, claims || len(bare) < len(scan)
}

func letter(b byte) bool { return b >= 'A' && b <= 'Z' || b >= 'a' && b <= 'z' }

// selfEvident guards plain numbers: a single coincidence of a check digit is one in ten, so the data
// must also begin and, for an SSCC, end where such a code does.
func selfEvident(data string) bool {
	return strings.HasPrefix(data, "01") || strings.HasPrefix(data, "02") || strings.HasPrefix(data, "00") && len(data) == 20
}

func parse(data string) (Scan, error) {
	out := Scan{Raw: data}
	rest := data
	for rest != "" {
		element, next, err := cut(rest)
		if err != nil {
			return Scan{}, err
		}
		if err := out.take(element); err != nil {
			return Scan{}, err
		}
		rest = next
	}
	if len(out.Elements) == 0 {
		return Scan{}, fault.New(fault.Invalid, "gs1.truncated", "the code ends too early; scan it again")
	}
	return out, nil
}

// cut takes the first element off. A separator after a value of fixed length is not needed but forgiven.
func cut(data string) (Element, string, error) {
	if len(data) < 2 {
		return Element{}, "", truncated(data)
	}
	n := identifierLength(data)
	if n == 0 || len(data) >= n && !digits(data[:n]) {
		return Element{}, "", fault.New(fault.Invalid, "gs1.identifier", "%q begins with no GS1 application identifier", data).With("code", data)
	}
	if len(data) <= n {
		return Element{}, "", truncated(data)
	}
	ai, body := data[:n], data[n:]
	if fixed := fixedLength(ai); fixed > 0 {
		if len(body) < fixed {
			return Element{}, "", truncated(data)
		}
		return Element{ai, body[:fixed]}, strings.TrimPrefix(body[fixed:], FNC1), nil
	}
	value, rest, _ := strings.Cut(body, FNC1)
	if len(value) > longest(ai) {
		return Element{}, "", badValue(ai, value)
	}
	return Element{ai, value}, rest, nil
}

func truncated(data string) *fault.Fault {
	return fault.New(fault.Invalid, "gs1.truncated", "the code ends too early at %q; scan it again", data).With("code", data)
}

func badValue(ai, value string) *fault.Fault {
	return fault.New(fault.Invalid, "gs1.value", "%q cannot be the value of (%s)", value, ai).With("ai", ai).With("value", value)
}
