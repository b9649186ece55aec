package ship

import "strings"

// Anywhere is the region of a rate or an area that holds wherever nothing more specific is given.
const Anywhere = "*"

// provinceEndings are what an address adds to the name that a rate card uses, the longest first.
var provinceEndings = []string{"维吾尔自治区", "特别行政区", "壮族自治区", "回族自治区", "自治区", "省", "市"}

// RegionKey is the form in which two spellings of one region are equal: 广东省 and 广东, 广西壮族自治区
// and 广西, "new york " and "New York".
func RegionKey(name string) string {
	key := strings.ToLower(strings.Join(strings.Fields(name), " "))
	for _, ending := range provinceEndings {
		if short, cut := strings.CutSuffix(key, ending); cut && short != "" {
			return short
		}
	}
	return key
}

// covers reports whether a region of a card or an area contains the region with this key.
func covers(region, key string) bool {
	return region == Anywhere || RegionKey(region) == key
}

// CardFor is the most specific card between two regions; false when none applies. A card for the very
// destination goes before one for the very origin, because the destination makes the price; of two
// equally specific cards the first counts.
func CardFor(cards []RateCard, from, to string) (RateCard, bool) {
	from, to = RegionKey(from), RegionKey(to)
	best, at := -1, 0
	for i := range cards {
		c := &cards[i]
		if !covers(c.FromRegion, from) || !covers(c.ToRegion, to) {
			continue
		}
		specific := 0
		if c.ToRegion != Anywhere {
			specific += 2
		}
		if c.FromRegion != Anywhere {
			specific++
		}
		if specific > best {
			best, at = specific, i
		}
	}
	if best < 0 {
		return RateCard{}, false
	}
	return cards[at], true
}
