package seed

// style is how the titles of a category vary: a look before the noun, a variant after it.
type style struct{ looks, variants []string }

// styles gives the words of each category by its two letters.
func styles() map[string]style {
	colours := []string{"米白", "雾蓝", "浅灰", "墨绿", "焦糖", "藕粉"}
	return map[string]style{
		"KT": {[]string{"日式", "加厚", "家用"}, colours},
		"HM": {[]string{"简约", "亲肤", "北欧风"}, colours},
		"AP": {[]string{"宽松", "基础款", "修身"}, []string{"黑色 M", "黑色 L", "白色 M", "白色 L", "卡其 L", "藏青 XL"}},
		"SH": {[]string{"轻便", "复古", "通勤"}, []string{"黑色", "米色", "军绿", "灰色", "棕色", "酒红"}},
		"BE": {[]string{"温和", "清爽", "滋润"}, []string{"标准装", "旅行装", "家庭装", "无香型", "白茶香", "礼盒装"}},
		"FD": {[]string{"原味", "低糖", "手工"}, []string{"单件", "尝鲜装", "分享装", "礼盒装", "家庭装", "量贩装"}},
		"BB": {[]string{"柔软", "启蒙", "透气"}, []string{"S码", "M码", "L码", "XL码", "蓝色", "粉色"}},
		"EL": {[]string{"便携", "静音", "轻薄"}, []string{"黑色", "白色", "蓝色", "升级款", "标准款", "旗舰款"}},
		"SP": {[]string{"专业", "入门", "防滑"}, []string{"黑色", "蓝色", "紫色", "橙色", "加大款", "便携款"}},
		"PT": {[]string{"幼年", "成年", "全阶段"}, []string{"小号", "中号", "大号", "经典款", "加厚款", "量贩装"}},
		"ST": {[]string{"学生", "办公", "文艺"}, []string{"蓝色", "黑色", "彩色", "经典款", "礼盒款", "量贩装"}},
		"CL": {[]string{"浓缩", "强效", "植萃"}, []string{"单件", "两件装", "补充装", "柠檬香", "无香型", "家庭装"}},
	}
}
