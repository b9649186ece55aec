package review

import "strings"

// province is a first-level division of China as channels write it.
type province struct {
	short  string // 广东
	suffix string // 省
	latin  string // what Shopify, Amazon and the like send, small and without spaces
	code   string // ISO 3166-2 without CN-
	direct bool   // no level of cities below it: the city may be left out
}

// provinces are the 34 divisions of the first level.
var provinces = [...]province{
	{"北京", "市", "beijing", "bj", true},
	{"天津", "市", "tianjin", "tj", true},
	{"上海", "市", "shanghai", "sh", true},
	{"重庆", "市", "chongqing", "cq", true},
	{"河北", "省", "hebei", "he", false},
	{"山西", "省", "shanxi", "sx", false},
	{"内蒙古", "自治区", "innermongolia", "nm", false},
	{"辽宁", "省", "liaoning", "ln", false},
	{"吉林", "省", "jilin", "jl", false},
	{"黑龙江", "省", "heilongjiang", "hl", false},
	{"江苏", "省", "jiangsu", "js", false},
	{"浙江", "省", "zhejiang", "zj", false},
	{"安徽", "省", "anhui", "ah", false},
	{"福建", "省", "fujian", "fj", false},
	{"江西", "省", "jiangxi", "jx", false},
	{"山东", "省", "shandong", "sd", false},
	{"河南", "省", "henan", "ha", false},
	{"湖北", "省", "hubei", "hb", false},
	{"湖南", "省", "hunan", "hn", false},
	{"广东", "省", "guangdong", "gd", false},
	{"广西", "壮族自治区", "guangxi", "gx", false},
	{"海南", "省", "hainan", "hi", false},
	{"四川", "省", "sichuan", "sc", false},
	{"贵州", "省", "guizhou", "gz", false},
	{"云南", "省", "yunnan", "yn", false},
	{"西藏", "自治区", "xizang", "xz", false},
	{"陕西", "省", "shaanxi", "sn", false},
	{"甘肃", "省", "gansu", "gs", false},
	{"青海", "省", "qinghai", "qh", false},
	{"宁夏", "回族自治区", "ningxia", "nx", false},
	{"新疆", "维吾尔自治区", "xinjiang", "xj", false},
	{"台湾", "省", "taiwan", "tw", false},
	{"香港", "特别行政区", "hongkong", "hk", true},
	{"澳门", "特别行政区", "macao", "mo", true},
}

// otherNames are spellings that are neither short, full, latin nor code.
var otherNames = map[string]string{
	"内蒙": "内蒙古", "广西省": "广西", "广西自治区": "广西", "宁夏省": "宁夏", "宁夏自治区": "宁夏", "新疆省": "新疆",
	"新疆自治区": "新疆", "西藏省": "西藏", "内蒙古省": "内蒙古", "臺灣": "台湾", "臺灣省": "台湾", "澳門": "澳门",
	"澳門特別行政區": "澳门", "香港特別行政區": "香港", "macau": "澳门", "tibet": "西藏", "neimenggu": "内蒙古",
}

// provinceNames leads every spelling to its province.
var provinceNames = spellings()

func spellings() map[string]province {
	all := map[string]province{}
	for _, p := range provinces {
		for _, name := range []string{p.short, p.short + p.suffix, p.latin, p.code, "cn-" + p.code} {
			all[name] = p
		}
	}
	for name, short := range otherNames {
		all[name] = all[short]
	}
	return all
}

// provinceOf finds the Chinese province behind a name; channels write 广东, 广东省, Guangdong or GD.
func provinceOf(name string) (province, bool) {
	key := strings.ToLower(strings.ReplaceAll(halfWidth(name), " ", ""))
	if p, ok := provinceNames[key]; ok {
		return p, true
	}
	p, ok := provinceNames[strings.TrimSuffix(strings.TrimSuffix(key, "province"), "shi")]
	return p, ok
}
