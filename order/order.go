package order

// Order is one customer's order as the channel sold it. Times are UTC microseconds (0 = none),
// amounts minor units of Currency.
type Order struct {
	ID         int64
	Channel    string // where it was sold
	Shop       string // the account there; may be empty
	ExternalNo string // its number there
	Kind       string // normal, presale, cod, exchange, reship, gift, dropship
	PlacedAt   int64

	Currency      string
	Total         int64 // what the customer owes: lines − discounts + shipping
	ShippingFee   int64
	Discount      int64 // of the whole order; line discounts are on the lines
	PaidAt        int64
	PaidAmount    int64
	PaymentMethod string

	Buyer     Buyer
	Recipient Recipient

	ShipBy     int64 // last moment to hand it to the carrier
	CollectBy  int64 // last moment of the carrier's first scan
	PromisedBy int64 // when the customer expects it
	MaySplit   bool  // may it travel in more than one parcel from more than one node
	Priority   int64 // higher is sooner
	Notes      Notes

	Axes
	Rank      Rank // among what waits, as it was last weighed
	CreatedAt int64
	UpdatedAt int64 // CreatedAt until something about it is changed, and later ever after

	Lines []Line

	weighAt int64 // when it is to be weighed again; 0 = its deadlines cost nothing more
	planned *Axes // the stored axes, where Plan has gone on from them
	draft   bool  // its head is not written yet
}

// Buyer is who bought, as far as the channel tells.
type Buyer struct {
	ID    string `json:"id,omitempty"`
	IP    string `json:"ip,omitempty"`
	Token string `json:"token,omitempty"`
}

// Recipient is where it goes. A platform that hides its customers gives masked fields and an opaque
// token with the name of who issued it; the plain text is never stored.
type Recipient struct {
	Name     string `json:"name"`
	Phone    string `json:"phone,omitempty"`
	Email    string `json:"email,omitempty"`
	Country  string `json:"country,omitempty"` // ISO 3166 alpha-2
	Province string `json:"province,omitempty"`
	City     string `json:"city,omitempty"`
	District string `json:"district,omitempty"`
	Address  string `json:"address"`
	Postcode string `json:"postcode,omitempty"`
	Token    string `json:"token,omitempty"`
	Issuer   string `json:"issuer,omitempty"`
}

// Notes are what the buyer and the seller wrote.
type Notes struct {
	Buyer  string `json:"buyer,omitempty"`
	Seller string `json:"seller,omitempty"`
}

// Line is one thing ordered. SKUID 0 means that its code is mapped to nothing we know.
type Line struct {
	OrderID   int64
	No        int64
	SKUID     int64
	SKU       string
	Title     string
	Quantity  int64 // ordered
	Cancelled int64 // of these, no longer wanted
	UnitPrice int64
	Discount  int64
}

// Wanted is what is still to be delivered or was.
func (l Line) Wanted() int64 { return l.Quantity - l.Cancelled }

// Amount is what the line costs, after its discount.
func (l Line) Amount() int64 { return l.UnitPrice*l.Quantity - l.Discount }

// Prefixes of the ids people see.
const (
	Prefix           = "ord"
	FulfilmentPrefix = "ful"
	HoldPrefix       = "hld"
)
