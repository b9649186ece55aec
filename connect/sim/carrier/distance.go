package carrier

import (
	"slices"
	"strings"
	"unicode"
)

// regions are the seven great regions of China; a province is known by its first two characters, which no two
// provinces share, whatever suffix (省, 市, 自治区) a platform adds.
var regions = [...][]string{
	{"北京", "天津", "河北", "山西", "内蒙"},
	{"辽宁", "吉林", "黑龙"},
	{"上海", "江苏", "浙江", "安徽", "福建", "江西", "山东"},
	{"河南", "湖北", "湖南"},
	{"广东", "广西", "海南"},
	{"重庆", "四川", "贵州", "云南", "西藏"},
	{"陕西", "甘肃", "青海", "宁夏", "新疆"},
}

// remote provinces take longer wherever they are reached from.
var remote = []string{"西藏", "新疆", "青海", "内蒙", "海南"}

// days is the usual time from hand-over to the door.
func days(from, to address) int64 {
	a, b := short(from.Province), short(to.Province)
	ra, rb := region(a), region(b)
	switch {
	case a == b && from.City == to.City:
		return 1
	case a == b:
		return 2
	case slices.Contains(remote, a) || slices.Contains(remote, b):
		return 5
	case ra < 0 || rb < 0:
		return 2 + int64(hash(min(a, b), max(a, b))%3)
	case ra == rb:
		return 2
	}
	return 3
}

// short is what two spellings of a Chinese province share; names in other scripts are kept whole.
func short(province string) string {
	r := []rune(strings.TrimSpace(province))
	if len(r) == 0 || !unicode.Is(unicode.Han, r[0]) {
		return string(r)
	}
	return string(r[:min(2, len(r))])
}

func region(province string) int {
	return slices.IndexFunc(regions[:], func(r []string) bool { return slices.Contains(r, province) })
}

const volumetricDivisor = 6000 // mm³ per gram, which is cm³ per kilogram, in this carrier's tariff

// price is the tariff: a first kilogram and started kilograms after it, dearer with the distance, on the larger of
// real and volumetric weight, for each box.
func price(sh shipment) quote {
	d := days(sh.Sender, sh.Recipient)
	grams := max(sh.WeightG, sh.MM[0]*sh.MM[1]*sh.MM[2]/volumetricDivisor)
	extra := max(0, grams-1000+999) / 1000
	per := 500 + 200*d + extra*100*d
	return quote{PriceMinor: per * max(1, sh.Parcels), Currency: "CNY", DaysP50: d, DaysP90: d + 1}
}
