package review

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// What CheckAddress reports as missing.
const (
	MissingCountry  = "country"
	MissingProvince = "province"
	MissingCity     = "city"
	MissingAddress  = "address"
	MissingPhone    = "phone"
	MissingPostcode = "postcode"
	MissingToken    = "token" // the recipient is masked and there is no token to issue a waybill with
)

// What CheckAddress reports as a problem.
const (
	ProblemProvince   = "province_unknown"   // no province of China has this name
	ProblemCity       = "city_elsewhere"     // the city is another province
	ProblemShort      = "address_short"      // too little to find a door
	ProblemSymbols    = "address_symbols"    // nothing but punctuation and figures
	ProblemVague      = "address_vague"      // neither a number nor a word for a road, a village or a house
	ProblemPhone      = "phone_malformed"    // nobody can be called under it
	ProblemPostcode   = "postcode_malformed" // not the form of the country
	ProblemUnreadable = "address_unreadable" // broken characters from a wrong encoding
)

// CheckAddress says what a carrier would miss and what it would stumble over. In China that is province,
// city, address and phone; elsewhere address, city and, where mail does not go without one, postcode. A
// recipient that the platform masks is complete with its token and its region: the platform fills in the
// rest on the waybill it issues. The name is not judged: intake takes no order without one.
func CheckAddress(r Recipient) Address {
	country := countryOf(r)
	var a Address
	if country == "" {
		a.Missing = append(a.Missing, MissingCountry)
	}
	switch {
	case r.masked():
		checkMasked(&a, r)
	case country == "CN":
		checkChinese(&a, r)
		checkDetail(&a, r)
	default:
		checkForeign(&a, r, country)
	}
	a.Complete = len(a.Missing) == 0
	return a
}

// countryOf reads an empty country as China where the province is Chinese, because platforms that sell
// in China only do not send one.
func countryOf(r Recipient) string {
	if c := strings.ToUpper(strings.TrimSpace(r.Country)); c != "" {
		return c
	}
	if _, ok := provinceOf(r.Province); ok {
		return "CN"
	}
	if p, ok := provinceOf(r.City); ok && p.direct {
		return "CN"
	}
	return ""
}

// masked trusts the stars more than the flag: a masked text that nobody marked is still no address.
func (r Recipient) masked() bool {
	return r.Masked || starred(r.Phone) || starred(r.Address) || starred(r.Name)
}

func starred(s string) bool { return strings.ContainsAny(s, "*＊") }

func checkMasked(a *Address, r Recipient) {
	_, known := provinceOf(r.Province)
	switch {
	case blank(r.Province) && blank(r.City):
		a.Missing = append(a.Missing, MissingProvince)
	case countryOf(r) == "CN" && !blank(r.Province) && !known:
		a.Problems = append(a.Problems, ProblemProvince)
	}
	if !r.HasToken {
		a.Missing = append(a.Missing, MissingToken)
	}
}

func checkChinese(a *Address, r Recipient) {
	p, known := provinceOf(r.Province)
	city, cityIsProvince := provinceOf(r.City)
	cityIsProvince = cityIsProvince && (city.direct || blank(r.Province))
	switch {
	case blank(r.Province) && !(cityIsProvince && city.direct):
		a.Missing = append(a.Missing, MissingProvince)
	case !blank(r.Province) && !known:
		a.Problems = append(a.Problems, ProblemProvince)
	case known && cityIsProvince && city.short != p.short:
		a.Problems = append(a.Problems, ProblemCity)
	}
	if blank(r.City) && !p.direct {
		a.Missing = append(a.Missing, MissingCity)
	}
	if blank(r.Address) {
		a.Missing = append(a.Missing, MissingAddress)
	}
	checkPhone(a, r.Phone, "CN", true)
	if !blank(r.Postcode) && !postcodeFits("CN", r.Postcode) {
		a.Problems = append(a.Problems, ProblemPostcode)
	}
}

func checkForeign(a *Address, r Recipient, country string) {
	if blank(r.Address) {
		a.Missing = append(a.Missing, MissingAddress)
	} else if !hasLetter(r.Address) && !strings.ContainsFunc(r.Address, unicode.IsDigit) {
		a.Problems = append(a.Problems, ProblemSymbols)
	}
	if blank(r.City) && !cityless[country] {
		a.Missing = append(a.Missing, MissingCity)
	}
	if blank(r.Postcode) {
		if postcodeNeeded(country) {
			a.Missing = append(a.Missing, MissingPostcode)
		}
	} else if !postcodeFits(country, r.Postcode) {
		a.Problems = append(a.Problems, ProblemPostcode)
	}
	checkPhone(a, r.Phone, country, false)
}

func checkPhone(a *Address, phone, country string, needed bool) {
	switch {
	case blank(phone) && needed:
		a.Missing = append(a.Missing, MissingPhone)
	case !blank(phone) && !phoneFits(phone, country):
		a.Problems = append(a.Problems, ProblemPhone)
	}
}

// checkDetail judges the part under the district. It looks for the least a courier needs: some words, and
// among them a number or a word that names a place.
func checkDetail(a *Address, r Recipient) {
	if blank(r.Address) {
		return
	}
	detail := detailOf(r)
	switch {
	case !utf8.ValidString(r.Address) || strings.ContainsRune(r.Address, utf8.RuneError):
		a.Problems = append(a.Problems, ProblemUnreadable)
	case !hasLetter(detail):
		a.Problems = append(a.Problems, ProblemSymbols)
	case utf8.RuneCountInString(detail) < 4 && !isVillage(detail):
		a.Problems = append(a.Problems, ProblemShort)
	case !strings.ContainsFunc(detail, unicode.IsNumber) && !namesPlace(detail):
		a.Problems = append(a.Problems, ProblemVague)
	}
}

// placeWords name something a courier can stand in front of.
var placeWords = []string{"路", "街", "道", "巷", "弄", "里", "胡同", "村", "镇", "乡", "屯", "庄", "寨", "坊", "号", "栋", "幢", "楼", "座",
	"室", "单元", "区", "园", "苑", "城", "府", "庭", "湾", "大厦", "广场", "中心", "学", "院", "校", "店", "厂", "公司", "驿站", "快递柜", "丰巢",
	"超市", "市场", "酒店", "宾馆", "银行", "部队", "政府", "局", "所", "站", "港", "桥", "组", "队", "社", "门", "馆", "场", "都", "居", "舍", "轩"}

func namesPlace(detail string) bool {
	return slices.ContainsFunc(placeWords, func(w string) bool { return strings.Contains(detail, w) })
}

// isVillage is true for 何方村: in a village the name of the village is an address.
func isVillage(detail string) bool {
	return slices.ContainsFunc([]string{"村", "屯", "庄", "寨"}, func(w string) bool {
		name, ok := strings.CutSuffix(detail, w)
		return ok && name != ""
	})
}

func hasLetter(s string) bool { return strings.ContainsFunc(s, unicode.IsLetter) }

func blank(s string) bool { return strings.TrimSpace(s) == "" }
