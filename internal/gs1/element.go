package gs1

import (
	"strconv"
	"strings"
	"time"

	"github.com/packhorse/packhorse/internal/fault"
)

// take checks an element and files it under its name. The same element twice is forgiven, two
// different values of one identifier are not: one of them belongs to another symbol.
func (s *Scan) take(e Element) error {
	for _, had := range s.Elements {
		clash := had.AI == e.AI || had.AI == "01" && e.AI == "02" || had.AI == "02" && e.AI == "01"
		if clash && had != e {
			return fault.New(fault.Invalid, "gs1.twice", "the code says (%s) %s and (%s) %s; scan one symbol at a time", had.AI, had.Value, e.AI, e.Value).
				With("ai", e.AI).With("first", had.Value).With("value", e.Value)
		}
	}
	if !spelled(e.Value) || fixedLength(e.AI) > 0 && !digits(e.Value) {
		return badValue(e.AI, e.Value)
	}
	if err := s.file(e); err != nil {
		return err
	}
	s.Elements = append(s.Elements, e)
	return nil
}

func (s *Scan) file(e Element) (err error) {
	switch e.AI {
	case "00":
		s.SSCC, err = closed(e.Value)
	case "01", "02":
		s.GTIN, err = closed(e.Value)
	case "10":
		s.Lot = e.Value
	case "11":
		s.Produced, err = date(e)
	case "15":
		s.BestBefore, err = date(e)
	case "17":
		s.Expiry, err = date(e)
	case "21":
		s.Serial = e.Value
	case "30", "37":
		s.Count, err = count(e)
	case "400":
		s.Order = e.Value
	default:
		if strings.HasPrefix(e.AI, "310") && e.AI[3] <= '5' {
			s.WeightG = grams(e)
		}
	}
	return err
}

func closed(code string) (string, error) {
	if !closes(code) {
		return "", wrongCheckDigit(code)
	}
	return code, nil
}

// date reads YYMMDD; day 00 is the last of the month (GS1 General Specifications, 3.4.2). The century is
// always 20: this package has no clock to slide the window with, and goods dated 19xx are not on the shelf.
func date(e Element) (string, error) {
	text := "20" + e.Value
	if strings.HasSuffix(text, "00") {
		month, err := time.Parse("200601", text[:6])
		if err != nil {
			return "", badDate(e)
		}
		return month.AddDate(0, 1, -1).Format(time.DateOnly), nil
	}
	day, err := time.Parse("20060102", text)
	if err != nil {
		return "", badDate(e)
	}
	return day.Format(time.DateOnly), nil
}

func badDate(e Element) *fault.Fault {
	return fault.New(fault.Invalid, "gs1.date", "%s is no date (YYMMDD) for (%s)", e.Value, e.AI).With("ai", e.AI).With("value", e.Value)
}

func count(e Element) (int, error) {
	if !digits(e.Value) {
		return 0, badValue(e.AI, e.Value)
	}
	return strconv.Atoi(e.Value)
}

// grams reads a net weight in kilograms with as many decimals as the last digit of its identifier says.
func grams(e Element) int64 {
	value, _ := strconv.ParseInt(e.Value, 10, 64) // six digits, checked by take
	for n := e.AI[3]; n < '3'; n++ {
		value *= 10
	}
	divisor := int64(1)
	for n := e.AI[3]; n > '3'; n-- {
		divisor *= 10
	}
	return (value + divisor/2) / divisor
}
