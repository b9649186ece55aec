package seed

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// vocabulary is what names, phones and streets are put together from. A word that stands twice is twice as likely.
type vocabulary struct {
	surnames, mobile, roads, roadKinds, estates, estateKinds, towers []string

	given []rune
}

func newVocabulary() vocabulary {
	return vocabulary{
		given:       []rune("伟芳娜敏静丽强磊军洋勇艳杰娟涛明超霞平刚桂英玉兰萍红鑫宇浩然子涵欣怡梓轩诗雨晨佳琪思远嘉文博俊凯雪婷晓东海燕建国志华春梅"),
		surnames:    strings.Fields("王 李 张 刘 陈 杨 黄 赵 吴 周 徐 孙 马 朱 胡 郭 何 林 高 罗 郑 梁 谢 宋 唐 许 邓 韩 冯 曹 彭 曾 肖 田 董 潘 袁 蔡 蒋 余 于 杜 叶 程 魏 苏 吕 丁 沈 任 卢 姚 钟 姜 崔 谭 陆 范 欧阳 上官"),
		mobile:      strings.Fields("135 136 137 138 139 150 151 152 157 158 159 186 187 188 189"),
		roads:       strings.Fields("文昌 建设 人民 解放 和平 新华 长江 黄河 青年 学府 滨河 东湖 花园 朝阳 光明 兴业 科技 创新 桃源 翠竹 凤凰 云山 梅岭 锦绣 龙泉 枫林 百花 金沙 星海 银杏"),
		roadKinds:   strings.Fields("路 路 街 大道 巷 东路 西路 南路 北路"),
		estates:     strings.Fields("阳光 锦绣 翡翠 碧水 金色 御景 世纪 华府 绿地 春江 书香 天成 星河 东方 盛世 紫薇 康桥 丽景"),
		estateKinds: strings.Fields("花园 小区 家园 名苑 新城 公寓 华庭 雅居"),
		towers:      strings.Fields("创业 国贸 金融 科创 时代 环球"),
	}
}

func (v vocabulary) personName(r *rand.Rand) string {
	name := one(r, v.surnames)
	for range between(r, 1, 2) {
		name += string(one(r, v.given))
	}
	return name
}

// phone is a mobile number of the region; now and then a platform's virtual number with an extension.
func (v vocabulary) phone(r *rand.Rand, province string) string {
	switch province {
	case "香港特别行政区":
		return fmt.Sprintf("+8529%07d", 1_000_000+r.IntN(7_000_000))
	case "澳门特别行政区":
		return fmt.Sprintf("+85366%06d", r.IntN(1_000_000))
	case "台湾省":
		return fmt.Sprintf("+8869%08d", 10_000_000+r.IntN(80_000_000))
	}
	number := one(r, v.mobile) + fmt.Sprintf("%08d", r.IntN(100_000_000))
	if perMille(r, 30) {
		number += fmt.Sprintf("-%04d", r.IntN(10_000))
	}
	return number
}

// street is the part of the address below the district, in one of the ways people write it.
func (v vocabulary) street(r *rand.Rand) string {
	road := one(r, v.roads) +
		one(r, v.roadKinds)
	door := between(r, 1, 680)
	if perMille(r, 150) {
		return fmt.Sprintf("%s%d号", road, door)
	}
	estate := one(r, v.estates) +
		one(r, v.estateKinds)
	if perMille(r, 180) {
		tower := one(r, v.towers)
		return fmt.Sprintf("%s%d号%s大厦%s座%d室", road, door, tower, string(one(r, []rune("ABC"))), between(r, 2, 28)*100+between(r, 1, 12))
	}
	return fmt.Sprintf("%s%d号%s%d栋%d单元%d室", road, door, estate, between(r, 1, 30), between(r, 1, 4), between(r, 1, 32)*100+between(r, 1, 6))
}
