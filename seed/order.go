package seed

import "time"

// Order is one order document of a channel. Its JSON names are the columns of the order file.
type Order struct {
	Head
	Lines []Line `json:"lines"`

	right                    Recipient // the well-formed address behind a malformed one; what the customer corrects it to
	shippingFen, discountFen int64
}

// Head is what an order says once. Amounts are decimal texts in Currency, empty where the channel says nothing.
type Head struct {
	Channel       string    `json:"-"` // flagship, livestream or webshop: given to the import beside the file
	Shop          string    `json:"-"`
	OrderNo       string    `json:"order_no"`
	PlacedAt      time.Time `json:"placed_at"`
	Kind          string    `json:"order_kind"`
	PaymentStatus string    `json:"payment_status"`
	PaidAt        time.Time `json:"paid_at,omitzero"`
	PaidAmount    string    `json:"paid_amount"`
	PaymentMethod string    `json:"payment_method"`
	Currency      string    `json:"currency"`
	BuyerID       string    `json:"buyer_id"`
	BuyerIP       string    `json:"buyer_ip"`
	BuyerToken    string    `json:"buyer_token"` // stands for the recipient where the platform masks the address
	Recipient
	ShippingFee   string    `json:"shipping_fee"`
	OrderDiscount string    `json:"order_discount"`
	ShipBy        time.Time `json:"ship_by,omitzero"`
	CollectBy     time.Time `json:"collect_by,omitzero"`
	PromisedBy    time.Time `json:"promised_by,omitzero"`
	MaySplit      int       `json:"may_split"` // 0 or 1
	BuyerNote     string    `json:"buyer_note"`
	SellerNote    string    `json:"seller_note"`
}

// Recipient is who gets the parcel, and where.
type Recipient struct {
	Name     string `json:"recipient_name"`
	Phone    string `json:"phone"`
	Email    string `json:"email"`
	Country  string `json:"country"`
	Province string `json:"province"`
	City     string `json:"city"`
	District string `json:"district"`
	Address  string `json:"address"`
	Postcode string `json:"postcode"`
}

// Line is one line of an order.
type Line struct {
	No           int    `json:"line_no"`
	SKU          string `json:"sku"`
	Title        string `json:"title"`
	Quantity     int    `json:"quantity"`
	UnitPrice    string `json:"unit_price"`
	LineDiscount string `json:"line_discount"`

	priceFen, discountFen int64
}

// Arrives is when the channel hands the order out: once it is paid, or at once where it is not.
func (o Order) Arrives() time.Time {
	if o.PaidAt.After(o.PlacedAt) {
		return o.PaidAt
	}
	return o.PlacedAt
}

// total is what the customer owes, in fen.
func (o Order) total() int64 {
	sum := o.shippingFen - o.discountFen
	for _, l := range o.Lines {
		sum += l.priceFen*int64(l.Quantity) - l.discountFen
	}
	return sum
}

// OrderTable lays orders out as the order import reads them, one record per line, the head repeated on each.
func OrderTable(orders []Order) [][]string {
	type record struct {
		Head
		Line
	}
	var rows []record
	for _, o := range orders {
		for _, l := range o.Lines {
			rows = append(rows, record{o.Head, l})
		}
	}
	return Table(rows)
}
