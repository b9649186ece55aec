package geo

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Ranks of divisions in Chinese names, longest first: 广西壮族自治区 loses 壮族自治区, not only 自治区.
var (
	provinceRanks = []string{"维吾尔自治区", "壮族自治区", "回族自治区", "特别行政区", "自治区", "省", "市"}
	cityRanks     = []string{"自治州", "特别行政区", "地区", "市", "盟", "州"}
	peoples       = []string{
		"柯尔克孜族", "哈萨克族", "土家族", "布依族", "朝鲜族", "哈尼族", "景颇族", "傈僳族", "蒙古族", "柯尔克孜", "哈萨克",
		"苗族", "侗族", "藏族", "羌族", "彝族", "壮族", "傣族", "白族", "回族", "蒙古",
	}
)

// fold brings a place name to the form in which names are compared: lower case, without accents, spaces and dots.
func fold(name string) string {
	var b strings.Builder
	for _, r := range norm.NFKD.String(strings.ToLower(name)) {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// provinceKey makes 浙江 and 浙江省 the same name.
func provinceKey(name string) string {
	return cutOne(fold(name), provinceRanks)
}

// cityKey makes 大理, 大理州 and 大理白族自治州 the same name. 广州 stays: a rank never leaves fewer than two characters.
func cityKey(name string) string {
	key := cutOne(fold(name), cityRanks)
	for {
		shorter := cutOne(key, peoples)
		if shorter == key {
			return key
		}
		key = shorter
	}
}

func cutOne(name string, suffixes []string) string {
	i := slices.IndexFunc(suffixes, func(s string) bool { return strings.HasSuffix(name, s) })
	if i < 0 {
		return name
	}
	short := strings.TrimSuffix(name, suffixes[i])
	if len([]rune(short)) < 2 {
		return name
	}
	return short
}
