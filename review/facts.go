package review

// Facts is all a rule may ask about an order. Rules see the names in the tags: order.total, risk.same_ip.
// Amounts are minor units of Order.Currency.
type Facts struct {
	Order     Order     `json:"order"`
	Buyer     Buyer     `json:"buyer"`
	Recipient Recipient `json:"recipient"`
	Lines     []Line    `json:"lines"`
	Risk      Risk      `json:"risk"`
	Address   Address   `json:"address"`
}

// Order is what the channel told about the order as a whole.
type Order struct {
	ID       int64  `json:"id"`
	Channel  string `json:"channel"`
	Shop     string `json:"shop"`
	Kind     string `json:"kind"` // normal, presale, cod, exchange, reship, gift, dropship
	Currency string `json:"currency"`
	Total    int64  `json:"total"` // what the buyer owes, with freight and after every discount
	// PaidAmount is what was paid so far. A channel that tells the state and not the amount has the
	// total put here at intake; zero means that nothing was paid.
	PaidAmount    int64  `json:"paid_amount"`
	Payment       string `json:"payment"` // unpaid, authorized, paid, refunded
	ItemCount     int64  `json:"item_count"`
	LineCount     int64  `json:"line_count"`
	AgeMinutes    int64  `json:"age_minutes"` // since the order was placed
	MaySplit      bool   `json:"may_split"`
	BuyerNote     string `json:"buyer_note"`
	HasSellerNote bool   `json:"has_seller_note"`
}

// Buyer is who ordered, as far as the channel tells; any field may be empty or masked.
type Buyer struct {
	ID    string `json:"id"`
	IP    string `json:"ip"`
	Token string `json:"token"` // the platform's opaque name of the buyer or recipient
}

// Recipient is where the parcel goes.
type Recipient struct {
	Name     string `json:"name"`
	Phone    string `json:"phone"`
	Country  string `json:"country"` // ISO 3166-1 alpha-2; empty is read as CN where the province is Chinese
	Province string `json:"province"`
	City     string `json:"city"`
	District string `json:"district"`
	Address  string `json:"address"` // street, number, building: what stands under the district
	Postcode string `json:"postcode"`
	Masked   bool   `json:"masked"`    // the platform shows stars instead of name, phone or address
	HasToken bool   `json:"has_token"` // the platform gave a token with which it issues the waybill itself
}

// Line is one line of the order.
type Line struct {
	SKU         string `json:"sku"`
	Quantity    int64  `json:"quantity"`
	UnitPrice   int64  `json:"unit_price"`   // after the discount of the line
	Mapped      bool   `json:"mapped"`       // the SKU is known in the catalogue
	FloorPrice  int64  `json:"floor_price"`  // below it nobody may sell; 0 means no floor
	KnownWeight bool   `json:"known_weight"` // the catalogue has a weight to choose a carton by
}

// Risk counts the other orders in the window that share something with this one; this one is not counted.
type Risk struct {
	SameIP      int64 `json:"same_ip"`
	SamePhone   int64 `json:"same_phone"`
	SameAddress int64 `json:"same_address"`
	SameToken   int64 `json:"same_token"`
	SameBuyer   int64 `json:"same_buyer"`
}

// Address is what CheckAddress found.
type Address struct {
	Complete bool     `json:"complete"` // nothing that the country needs is missing
	Missing  []string `json:"missing"`  // Missing… names
	Problems []string `json:"problems"` // Problem… names: there, but a carrier would stumble over it
}
