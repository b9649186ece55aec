package review

import "strings"

// postcodes tells what a country's postcodes look like once spaces and hyphens are gone: 9 stands for a
// digit, A for a letter, spellings separated by a bar. After an exclamation mark: mail does not go without one.
//
// Only countries are listed whose form is settled; elsewhere a postcode is neither demanded nor judged.
var postcodes = map[string]string{
	"AT": "!9999", "AU": "!9999", "BE": "!9999", "BR": "!99999999", "CA": "!A9A9A9", "CH": "!9999", "DE": "!99999",
	"DK": "!9999", "ES": "!99999", "FI": "!99999", "FR": "!99999", "GR": "!99999", "IN": "!999999", "IT": "!99999",
	"JP": "!9999999", "KR": "!99999|999999", "LI": "!9999", "LU": "!9999|A9999", "MC": "!99999", "MX": "!99999", "MY": "!99999",
	"NL": "!9999AA", "NO": "!9999", "NZ": "!9999", "PL": "!99999", "PR": "!99999|999999999", "PT": "!9999999", "RU": "!999999",
	"SE": "!99999", "SG": "!999999", "TR": "!99999", "US": "!99999|999999999", "ZA": "!9999",
	"GB": "!A99AA|A999AA|AA99AA|AA999AA|A9A9AA|AA9A9AA",
	"AR": "9999|A9999AAA", "BG": "9999", "CL": "9999999", "CN": "999999", "CO": "999999", "CY": "9999", "CZ": "99999",
	"EE": "99999", "HR": "99999", "HU": "9999", "ID": "99999", "IL": "9999999|99999", "LT": "99999", "LV": "9999",
	"PH": "9999", "RO": "999999", "RS": "99999|999999", "SA": "99999|999999999", "SI": "9999", "SK": "99999", "TH": "99999",
	"TW": "999|99999|999999", "UA": "99999", "VN": "99999|999999",
}

// cityless are countries and regions where the city is the country.
var cityless = map[string]bool{"AD": true, "GI": true, "HK": true, "MC": true, "MO": true, "NR": true, "SG": true, "SM": true, "VA": true}

// postcodeNeeded reports whether mail to the country needs a postcode, as far as we know.
func postcodeNeeded(country string) bool { return strings.HasPrefix(postcodes[country], "!") }

// postcodeFits reports whether the postcode has a form of its country; true where we know of none. A
// country's letters in front (D-10115, LV-1010) are forgiven.
func postcodeFits(country, code string) bool {
	forms := strings.TrimPrefix(postcodes[country], "!")
	if forms == "" {
		return true
	}
	form := formOf(code)
	bare := form
	if prefix, rest, ok := strings.Cut(code, "-"); ok && strings.Trim(formOf(prefix), "A") == "" {
		bare = formOf(rest)
	}
	for f := range strings.SplitSeq(forms, "|") {
		if f == form || f == bare {
			return true
		}
	}
	return false
}

func formOf(code string) string {
	var b strings.Builder
	for _, r := range halfWidth(code) {
		switch {
		case r == ' ' || r == '-':
		case r >= '0' && r <= '9':
			b.WriteByte('9')
		case r >= 'A' && r <= 'Z', r >= 'a' && r <= 'z':
			b.WriteByte('A')
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}
