package order

import (
	"regexp"
	"strings"
)

// What people write in free text holds what was asked of them: a telephone number, an e-mail address. Names and streets cannot be told
// from other words and stay.
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
