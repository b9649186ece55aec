package intake

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"github.com/packhorse/packhorse/internal/fault"
)

// MaxLines and MaxQuantity bound one order; beyond them it is a wholesale file or a mistake.
const (
	MaxLines    = 500
	MaxQuantity = 1_000_000
)

// Document is one clean order as a channel says it: the body of POST /v1/orders and one order
// of an order file. Names are the columns of the order file. It says nothing about what
// we will do with the order.
//
// Amounts are decimal text in the unit of the currency ("12.50"), times RFC 3339 text; both are kept as
// the channel wrote them and read by Amounts and Times.
type Document struct {
	Channel          string `json:"channel"`
	Shop             string `json:"shop,omitempty"`
	OrderNo          string `json:"order_no"`
	ExternalRevision int64  `json:"external_revision,omitempty"` // as the channel counts; 0 where it does not
	Cancelled        bool   `json:"cancelled,omitempty"`

	PlacedAt      string  `json:"placed_at"`
	OrderKind     string  `json:"order_kind,omitempty"`     // "" is normal
	PaymentStatus string  `json:"payment_status,omitempty"` // "" where the channel does not say
	PaidAt        string  `json:"paid_at,omitempty"`
	PaidAmount    Decimal `json:"paid_amount,omitempty"`
	PaymentMethod string  `json:"payment_method,omitempty"`
	Currency      string  `json:"currency"`

	BuyerID    string `json:"buyer_id,omitempty"`
	BuyerIP    string `json:"buyer_ip,omitempty"`
	BuyerToken string `json:"buyer_token,omitempty"`

	// A platform may mask its recipients: then name, phone and address hold what it shows, and the
	// token, good only at its issuer, stands for the rest. The plain text never comes here.
	RecipientName  string `json:"recipient_name"`
	Phone          string `json:"phone,omitempty"`
	Email          string `json:"email,omitempty"`
	Country        string `json:"country,omitempty"` // ISO 3166-1 alpha-2
	Province       string `json:"province,omitempty"`
	City           string `json:"city,omitempty"`
	District       string `json:"district,omitempty"`
	Address        string `json:"address"`
	Postcode       string `json:"postcode,omitempty"`
	RecipientToken string `json:"recipient_token,omitempty"`
	TokenIssuer    string `json:"token_issuer,omitempty"`

	ShippingFee   Decimal `json:"shipping_fee,omitempty"`
	OrderDiscount Decimal `json:"order_discount,omitempty"`
	ShipBy        string  `json:"ship_by,omitempty"`
	CollectBy     string  `json:"collect_by,omitempty"`
	PromisedBy    string  `json:"promised_by,omitempty"`
	MaySplit      *bool   `json:"may_split,omitempty"` // nil where the channel does not say
	BuyerNote     string  `json:"buyer_note,omitempty"`
	SellerNote    string  `json:"seller_note,omitempty"`

	Lines []Line `json:"lines"`

	// Extra keeps what the channel said beyond this, under its own names.
	Extra map[string]json.RawMessage `json:"-"`
}

// Line is one line of a Document. LineDiscount is for the whole line, not per unit.
type Line struct {
	LineNo       int64   `json:"line_no,omitempty"` // 0: numbered by its place (Clean)
	SKU          string  `json:"sku"`
	Title        string  `json:"title,omitempty"`
	Quantity     int64   `json:"quantity"`
	UnitPrice    Decimal `json:"unit_price"`
	LineDiscount Decimal `json:"line_discount,omitempty"`

	Extra map[string]json.RawMessage `json:"-"`
}

// Decimal is an amount as text. It is never a float: 0.1 has no exact one.
type Decimal string

// Clean brings spelling to one form: no space around texts, "\n" as line end, codes in their case,
// numbers for lines that have none. It changes no meaning, and twice is the same as once.
func (d *Document) Clean() {
	for _, f := range d.texts() {
		*f.value = tidy(*f.value)
	}
	d.Currency, d.Country = strings.ToUpper(d.Currency), strings.ToUpper(d.Country)
	d.OrderKind, d.PaymentStatus = strings.ToLower(d.OrderKind), strings.ToLower(d.PaymentStatus)
	for i := range d.Lines {
		for _, f := range d.Lines[i].texts() {
			*f.value = tidy(*f.value)
		}
	}
	d.numberLines()
}

var lineEnds = strings.NewReplacer("\r\n", "\n", "\r", "\n")

func tidy(text string) string {
	if strings.IndexByte(text, '\r') >= 0 {
		text = lineEnds.Replace(text)
	}
	return strings.TrimSpace(text)
}

// numberLines gives each line without a number the smallest free one, in the order of the lines.
func (d *Document) numberLines() {
	taken := map[int64]bool{}
	for _, l := range d.Lines {
		taken[l.LineNo] = true
	}
	free := int64(1)
	for i := range d.Lines {
		if d.Lines[i].LineNo != 0 {
			continue
		}
		for taken[free] {
			free++
		}
		d.Lines[i].LineNo, taken[free] = free, true
	}
}

// Validate returns one fault that names every bad field, nil when the document can be taken in.
// Fields are paths: "currency", "lines[2].quantity" (counted from 0). It looks at the document as Clean
// would make it, but does not change it.
//
// Codes: intake.required, intake.text_too_long, intake.text_control, intake.lines_none,
// intake.lines_too_many, intake.line_no, intake.line_duplicate, intake.quantity, intake.currency,
// intake.country, intake.order_kind, intake.payment_status, intake.revision, intake.time, intake.token_issuer,
// intake.amount, intake.amount_decimals, intake.amount_negative, intake.amount_too_large,
// intake.discount_too_large.
func (d *Document) Validate() error {
	if joined := d.cleaned().judge(); joined != nil {
		return joined
	}
	return nil
}

// judge is Validate for a clean document.
func (d *Document) judge() *fault.Fault {
	var all []*fault.Fault
	for _, m := range d.mistakes() {
		all = append(all, m.fault())
	}
	return fault.Join(all...)
}

// cleaned returns a clean copy; the lines are copied, Extra is shared.
func (d *Document) cleaned() *Document {
	c := *d
	c.Lines = slices.Clone(d.Lines)
	c.Clean()
	return &c
}

// MarshalJSON writes the document with its extra fields beside the known ones.
func (d Document) MarshalJSON() ([]byte, error) {
	type plain Document
	return withExtra(plain(d), d.Extra)
}

// MarshalJSON writes the line with its extra fields beside the known ones.
func (l Line) MarshalJSON() ([]byte, error) {
	type plain Line
	return withExtra(plain(l), l.Extra)
}

func withExtra(known any, extra map[string]json.RawMessage) ([]byte, error) {
	out, err := json.Marshal(known)
	if err != nil || len(extra) == 0 {
		return out, err
	}
	body := bytes.NewBuffer(out[:len(out)-1])
	for _, name := range slices.Sorted(maps.Keys(extra)) {
		key, err := json.Marshal(name)
		if err != nil {
			return nil, err
		}
		body.WriteByte(',')
		body.Write(key)
		body.WriteByte(':')
		body.Write(extra[name])
	}
	body.WriteByte('}')
	return body.Bytes(), nil
}
