package api

import (
	"time"

	"github.com/packhorse/packhorse/internal/id"
	"github.com/packhorse/packhorse/internal/money"
	"github.com/packhorse/packhorse/internal/words"
	"github.com/packhorse/packhorse/order"
)

// Axes are the states of an order, one for each question.
type Axes struct {
	Payment    string `json:"payment"`
	Review     string `json:"review"`
	Fulfilment string `json:"fulfilment"`
	Delivery   string `json:"delivery"`
	AfterSale  string `json:"aftersale"`
}

func axesOf(a order.Axes) Axes {
	return Axes{Payment: a.Payment, Review: a.Review, Fulfilment: a.Fulfilment, Delivery: a.Delivery, AfterSale: a.AfterSale}
}

// OrderSummary is an order as a list shows it.
type OrderSummary struct {
	ID         string `json:"id"`
	Channel    string `json:"channel"`
	Shop       string `json:"shop,omitempty"`
	ExternalNo string `json:"external_no"`
	Kind       string `json:"kind"`
	PlacedAt   string `json:"placed_at"`
	Currency   string `json:"currency"`
	Total      string `json:"total"`
	Recipient  string `json:"recipient"`
	Country    string `json:"country,omitempty"`
	Province   string `json:"province,omitempty"`
	City       string `json:"city,omitempty"`
	ShipBy     string `json:"ship_by,omitempty"`
	PromisedBy string `json:"promised_by,omitempty"`
	Deadline   string `json:"deadline,omitempty" doc:"while it waits: the earlier of ship_by and of when the carrier must have it"`
	FineAtRisk string `json:"fine_at_risk,omitempty" doc:"while it waits: what the channel takes if the deadlines that are still ahead are missed"`
	FineMissed string `json:"fine_missed,omitempty" doc:"while it waits: for deadlines that have passed"`
	Priority   int64  `json:"priority"`
	Lines      int64  `json:"lines"`
	Units      int64  `json:"units"`
	Holds      int64  `json:"holds" doc:"live ones"`
	Axes
	CreatedAt string `json:"created_at"`
	UpdatedAt string `json:"updated_at"`
}

// OrderPage is a page of orders.
type OrderPage struct {
	Orders     []OrderSummary `json:"orders"`
	NextCursor string         `json:"next_cursor,omitempty"`
}

// Queues counts the orders that wait, as text: "17" or "1000+".
type Queues struct {
	Pending     string `json:"pending"`
	Held        string `json:"held"`
	Waiting     string `json:"waiting"`
	Backordered string `json:"backordered"`
	Allocated   string `json:"allocated"`
	Partial     string `json:"partial"`
}

func summaryOf(o order.Summary) OrderSummary {
	return OrderSummary{ID: id.Show(order.Prefix, o.ID), Channel: o.Channel, Shop: o.Shop, ExternalNo: o.ExternalNo, Kind: o.Kind,
		PlacedAt: at(o.PlacedAt), Currency: o.Currency, Total: money.Format(o.Total, o.Currency), Recipient: order.MaskName(o.Recipient),
		Country: o.Country, Province: o.Province, City: o.City, ShipBy: at(o.ShipBy), PromisedBy: at(o.PromisedBy), Priority: o.Priority,
		Lines: o.LineCount, Units: o.Units, Holds: o.LiveHolds, Axes: axesOf(o.Axes), CreatedAt: at(o.CreatedAt), UpdatedAt: at(o.UpdatedAt)}
}

// Order is one order with all that belongs to it.
type Order struct {
	ID            string          `json:"id"`
	Channel       string          `json:"channel"`
	Shop          string          `json:"shop,omitempty"`
	ExternalNo    string          `json:"external_no"`
	Kind          string          `json:"kind"`
	PlacedAt      string          `json:"placed_at"`
	Currency      string          `json:"currency"`
	Total         string          `json:"total"`
	ShippingFee   string          `json:"shipping_fee"`
	Discount      string          `json:"discount"`
	PaidAt        string          `json:"paid_at,omitempty"`
	PaidAmount    string          `json:"paid_amount"`
	PaymentMethod string          `json:"payment_method,omitempty"`
	Recipient     order.Recipient `json:"recipient"`
	Notes         order.Notes     `json:"notes"`
	ShipBy        string          `json:"ship_by,omitempty"`
	CollectBy     string          `json:"collect_by,omitempty"`
	PromisedBy    string          `json:"promised_by,omitempty"`
	MaySplit      bool            `json:"may_split"`
	Priority      int64           `json:"priority"`
	Axes
	CreatedAt   string       `json:"created_at"`
	UpdatedAt   string       `json:"updated_at"`
	Standing    Standing     `json:"standing"`
	Lines       []OrderLine  `json:"lines"`
	Fulfilments []Fulfilment `json:"fulfilments"`
	Holds       []Hold       `json:"holds"`
	BackOrders  []BackOrder  `json:"back_orders"`
	Parcels     []Parcel     `json:"parcels"`
	Shipments   []Shipment   `json:"shipments"`
}

// OrderLine is one thing ordered.
type OrderLine struct {
	No        int64  `json:"no"`
	SKU       string `json:"sku"`
	Known     bool   `json:"known" doc:"false while the catalogue has no such SKU"`
	Title     string `json:"title,omitempty"`
	Quantity  int64  `json:"quantity"`
	Cancelled int64  `json:"cancelled"`
	UnitPrice string `json:"unit_price"`
	Discount  string `json:"discount"`
}

// Standing answers for an order: why is it here, what is next, by when, who has to act.
type Standing struct {
	Label     string     `json:"label" doc:"what a customer is told, as a code"`
	LabelText string     `json:"label_text"`
	Why       words.Text `json:"why"`
	WhyText   string     `json:"why_text"`
	Next      words.Text `json:"next"`
	NextText  string     `json:"next_text"`
	By        string     `json:"by,omitempty"`
	Late      bool       `json:"late"`
	Owner     string     `json:"owner,omitempty"`
}

// Hold is one reason that stops an order.
type Hold struct {
	ID         string         `json:"id"`
	Reason     string         `json:"reason"`
	Text       string         `json:"text"`
	Params     map[string]any `json:"params,omitempty"`
	Owner      string         `json:"owner"`
	PlacedBy   string         `json:"placed_by"`
	PlacedAt   string         `json:"placed_at"`
	Until      string         `json:"until,omitempty"`
	ReleasedAt string         `json:"released_at,omitempty"`
	ReleasedBy string         `json:"released_by,omitempty"`
	Note       string         `json:"note,omitempty"`
}

// BackOrder is what an order is owed.
type BackOrder struct {
	LineNo   int64  `json:"line_no"`
	SKU      string `json:"sku"`
	Quantity int64  `json:"quantity"`
	Reason   string `json:"reason"`
	Since    string `json:"since"`
}

// free shows what somebody wrote about the order.
func (f *orderFile) free(text string) string {
	if text == "" || f.names.plain {
		return text
	}
	return f.head.Recipient.MaskedIn(text)
}

func (f *orderFile) order(lang string, now time.Time) Order {
	o := f.head
	amount := func(minor int64) string { return money.Format(minor, o.Currency) }
	out := Order{ID: id.Show(order.Prefix, o.ID), Channel: o.Channel, Shop: o.Shop, ExternalNo: o.ExternalNo, Kind: o.Kind, PlacedAt: at(o.PlacedAt),
		Currency: o.Currency, Total: amount(o.Total), ShippingFee: amount(o.ShippingFee), Discount: amount(o.Discount), PaidAt: at(o.PaidAt),
		PaidAmount: amount(o.PaidAmount), PaymentMethod: o.PaymentMethod, Recipient: o.Recipient.Masked(), Notes: order.Notes{Buyer: f.free(o.Notes.Buyer), Seller: f.free(o.Notes.Seller)}, ShipBy: at(o.ShipBy),
		CollectBy: at(o.CollectBy), PromisedBy: at(o.PromisedBy), MaySplit: o.MaySplit, Priority: o.Priority, Axes: axesOf(o.Axes),
		CreatedAt: at(o.CreatedAt), UpdatedAt: at(o.UpdatedAt),
		Standing: standingOf(order.Stand(o, f.fulfilments, f.holds, f.owed, now), lang),
		Lines:    []OrderLine{}, Holds: []Hold{}, BackOrders: []BackOrder{}}
	for _, l := range o.Lines {
		out.Lines = append(out.Lines, OrderLine{No: l.No, SKU: l.SKU, Known: l.SKUID != 0, Title: l.Title, Quantity: l.Quantity,
			Cancelled: l.Cancelled, UnitPrice: amount(l.UnitPrice), Discount: amount(l.Discount)})
	}
	for _, h := range f.holds {
		out.Holds = append(out.Holds, Hold{ID: id.Show(order.HoldPrefix, h.ID), Reason: h.Reason, Text: words.Render(lang, h.Reason, h.Params),
			Params: h.Params, Owner: h.Owner, PlacedBy: h.PlacedBy, PlacedAt: at(h.PlacedAt), Until: at(h.Until),
			ReleasedAt: at(h.ReleasedAt), ReleasedBy: h.ReleasedBy, Note: f.free(h.Note)})
	}
	for _, b := range f.owed {
		out.BackOrders = append(out.BackOrders, BackOrder{LineNo: b.LineNo, SKU: f.names.sku(b.SKUID), Quantity: b.Quantity, Reason: b.Reason, Since: at(b.Since)})
	}
	out.Fulfilments = f.names.fulfilments(f.fulfilments)
	out.Parcels, out.Shipments = f.parcels(), f.shipmentsOf(0)
	return out
}

func standingOf(s order.Standing, lang string) Standing {
	return Standing{Label: s.Label, LabelText: words.Render(lang, s.Label, nil), Why: s.Why, WhyText: words.Render(lang, s.Why.Code, s.Why.Params),
		Next: s.Next, NextText: words.Render(lang, s.Next.Code, s.Next.Params), By: at(s.By), Late: s.Late, Owner: string(s.Owner)}
}
