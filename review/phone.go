package review

import (
	"errors"
	"regexp"
	"strings"

	"github.com/nyaruka/phonenumbers"
)

// Chinese numbers that the general tables do not judge well: every mobile block from 13 to 19 (new blocks
// are opened every year), and the 95… lines that platforms lend out so that nobody sees the buyer's number.
var (
	chineseMobile = regexp.MustCompile(`^(\+?86|0086)?1[3-9][0-9]{9}$`)
	privacyLine   = regexp.MustCompile(`^95[0-9]{6,16}$`)
	extension     = regexp.MustCompile(`^(.*[0-9])[ ]*(?:-|,|，|#|x|转|轉|ext\.?|分机)[ ]*([0-9]{1,6})$`)
)

// phoneFits reports whether a carrier could dial the number in the country. A virtual number keeps its
// extension (18877771111-123, 18877771111转123): the number in front must fit by itself.
func phoneFits(phone, country string) bool {
	p := strings.ToLower(strings.TrimSpace(halfWidth(phone)))
	if len(p) > 40 || sameDigits(p) {
		return false
	}
	if dialable(p, country) {
		return true
	}
	split := extension.FindStringSubmatch(p)
	return split != nil && dialable(strings.TrimRight(split[1], " -"), country)
}

func dialable(phone, country string) bool {
	if country == "CN" {
		bare := strings.Map(withoutDecoration, phone)
		if chineseMobile.MatchString(bare) || privacyLine.MatchString(bare) {
			return true
		}
	}
	number, err := phonenumbers.Parse(phone, country)
	if errors.Is(err, phonenumbers.ErrInvalidCountryCode) && !strings.HasPrefix(phone, "+") {
		return true // we do not know the country, so we do not judge its numbers
	}
	return err == nil && phonenumbers.IsValidNumber(number)
}

func withoutDecoration(r rune) rune {
	if strings.ContainsRune(" -()", r) {
		return -1
	}
	return r
}

// sameDigits finds the numbers that people type to get past a form: 00000000, 11111111111.
func sameDigits(phone string) bool {
	digits := digitsOf(phone)
	return digits != "" && strings.Trim(digits, digits[:1]) == ""
}

func digitsOf(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, halfWidth(s))
}

// PhoneKey is what two spellings of one phone have in common: its digits, without the country's code
// where China's stands in front, with the extension that tells the borrowers of a virtual number apart.
// It is empty for a masked number and for one that is no number.
func PhoneKey(phone string) string {
	if starred(phone) {
		return ""
	}
	digits := strings.TrimPrefix(digitsOf(phone), "00")
	if len(digits) < 5 || sameDigits(digits) {
		return ""
	}
	if len(digits) >= 13 && strings.HasPrefix(digits, "861") {
		digits = digits[2:]
	}
	return digits
}
