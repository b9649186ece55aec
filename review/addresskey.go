package review

import (
	"strings"
	"unicode"
)

// AddressKey is what two spellings of one address have in common: full-width signs made half-width,
// small letters, no spaces and punctuation, the province by its short name, the region not repeated in
// front of the street. Chinese numerals stay, because 三里屯 is a name and not a number. It is empty where
// the address is masked or absent: then nothing is the same.
func AddressKey(r Recipient) string {
	detail := detailOf(r)
	if r.masked() || detail == "" {
		return ""
	}
	city := fold(r.City)
	if city == "" {
		city = fold(r.Postcode)
	}
	prov := fold(r.Province)
	if p, ok := provinceOf(r.Province); ok {
		prov = p.short
		if p.direct {
			city = ""
		}
	}
	return strings.ToLower(countryOf(r)) + ":" + prov + strings.TrimSuffix(city, "市") + fold(r.District) + detail
}

// detailOf is the folded address without the region that many channels repeat in front of it.
func detailOf(r Recipient) string {
	detail := fold(r.Address)
	for _, part := range []string{r.Country, r.Province, r.City, r.District} {
		for _, name := range namesOf(part) {
			if rest, ok := strings.CutPrefix(detail, name); ok && !namesRoad(rest) {
				detail = rest
				break
			}
		}
	}
	return detail
}

// namesRoad is true for what stands behind 南京 in 南京路 and 南京西路: there the city is part of the name.
func namesRoad(rest string) bool {
	for _, side := range []string{"东", "西", "南", "北", "中", "大"} {
		if after, ok := strings.CutPrefix(rest, side); ok {
			rest = after
			break
		}
	}
	return strings.HasPrefix(rest, "路") || strings.HasPrefix(rest, "街") || strings.HasPrefix(rest, "道") || strings.HasPrefix(rest, "巷")
}

// namesOf lists the Chinese spellings of a division, the longest first; others are not cut off, because
// "Paris" may well be the beginning of a street's name.
func namesOf(part string) []string {
	if !strings.ContainsFunc(part, func(r rune) bool { return unicode.Is(unicode.Han, r) }) {
		if strings.EqualFold(strings.TrimSpace(part), "CN") {
			return []string{"中国"}
		}
		return nil
	}
	name := fold(part)
	if p, ok := provinceOf(part); ok {
		return []string{p.short + p.suffix, p.short}
	}
	if bare, ok := strings.CutSuffix(name, "市"); ok {
		return []string{name, bare}
	}
	return []string{name + "市", name}
}

// fold keeps letters, marks and numbers, half-width and small.
func fold(s string) string {
	return strings.Map(func(r rune) rune {
		r = narrow(r)
		if unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}

// halfWidth makes the signs of a Chinese keyboard comparable: １２３ＡＢＣ（） → 123ABC().
func halfWidth(s string) string { return strings.Map(narrow, s) }

func narrow(r rune) rune {
	switch {
	case r == '　':
		return ' '
	case r >= '！' && r <= '～':
		return r - '！' + '!'
	}
	return r
}
