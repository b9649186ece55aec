package seed

// shop is a storefront of a channel.
type shop struct {
	channel, code, prefix string
	weight                int64
}

// shops are the storefronts, with their share of the orders in per cent.
var shops = []shop{
	{"flagship", "flagship-home", "FH", 30},
	{"flagship", "flagship-life", "FL", 20},
	{"livestream", "live-one", "LA", 22},
	{"livestream", "live-two", "LB", 8},
	{"webshop", "web", "WB", 20},
}

func shopChooser() chooser {
	weights := make([]int64, len(shops))
	for i, s := range shops {
		weights[i] = s.weight
	}
	return newChooser(weights)
}
