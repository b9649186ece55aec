package order

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// What people write in free text holds what was asked of them: a telephone number, an e-mail address. Names and streets cannot be told
// from other words; those of a known recipient can (MaskedIn).
var (
	phoneInText = regexp.MustCompile(`\+?[（(]?\p{Nd}(?:[ \-－.()（）+]{0,2}\p{Nd}){6,}`)
	emailInText = regexp.MustCompile(`[\p{L}\p{Nd}._%+\-]+[@＠][\p{L}\p{Nd}\-]+(?:\.[\p{L}\p{Nd}\-]+)+`)
	dateInText  = regexp.MustCompile(`^\d{4}-\d{2}-\d{2}$`)
)

// MaskText masks e-mail addresses and runs of seven or more digits, however they are parted, in what somebody wrote. Dates
// stay.
func MaskText(text string) string {
	if !strings.ContainsFunc(text, func(c rune) bool { return c == '@' || c == '＠' || c >= '0' && c <= '9' || c > '~' }) {
		return text
	}
	text = emailInText.ReplaceAllStringFunc(text, MaskEmail)
	return phoneInText.ReplaceAllStringFunc(text, func(m string) string {
		if dateInText.MatchString(m) {
			return m
		}
		return MaskPhone(m)
	})
}

// MaskedIn is MaskText for what was written about an order of this recipient: the name and the address are masked too, where they stand as
// they are known.
func (r Recipient) MaskedIn(text string) string {
	for _, known := range [][2]string{{r.Address, maskAll(r.Address)}, {r.Name, MaskName(r.Name)}} { // an address may hold the name
		if utf8.RuneCountInString(known[0]) > 1 {
			text = strings.ReplaceAll(text, known[0], known[1])
		}
	}
	return MaskText(text)
}
