package aftersales

import (
	"cmp"
	"context"
	"time"

	"github.com/packhorse/packhorse/catalog"
	"github.com/packhorse/packhorse/intake"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/id"
	"github.com/packhorse/packhorse/internal/job"
	"github.com/packhorse/packhorse/internal/money"
	"github.com/packhorse/packhorse/order"
)

// Channel is the channel of orders that replace others. Their shop is the channel of the first order, their number the
// case: a shop never sold them, and hears of them only as another waybill of what it did sell (Origins).
const Channel = "aftersales"

// replace asks for the order that goes out. It is made by a job through intake, like every order: exactly once, whatever
// happens in between.
func (b *book) replace(tx *db.Tx, c *Case) {
	c.Replacement, c.dirty = ReplacementDue, true
	job.Add(tx, job.Job{Kind: orderJob, Key: c.Name(), Payload: c.ID})
}

// runOrder makes the order that replaces goods of a case.
func (s *Service) runOrder(ctx context.Context, j job.Job) error {
	var key int64
	if err := j.Read(&key); err != nil {
		return err
	}
	doc, err := s.replacement(ctx, key)
	if err != nil || doc == nil {
		return err
	}
	got, err := s.intake.Receive(ctx, nil, intake.Input{Document: *doc, Source: intake.SourceAPI, Actor: "system"})
	if err != nil {
		return err
	}
	return s.db.Update(ctx, func(tx *db.Tx) error {
		b, c, err := bookOf(tx, key)
		if err != nil || c.Replacement != ReplacementDue {
			return err
		}
		c.Replacement, c.ReplacementID, c.dirty = ReplacementMade, got.OrderID, true
		if c.Difference > 0 {
			b.tell(tx, c, "aftersales.owes.v1", "", map[string]any{"amount": money.Format(c.Difference, b.Currency), "currency": b.Currency, "order": id.Show(order.Prefix, got.OrderID)})
		}
		b.tell(tx, c, "aftersales.replaced.v1", "", map[string]any{"order": id.Show(order.Prefix, got.OrderID)})
		tx.Emit(db.Event{Kind: "aftersales.replaces.v1", Order: got.OrderID, Subject: c.ID,
			Params: map[string]any{"case": c.Name(), "kind": c.Kind, "order": b.shownOrder(), "external_no": b.ExternalNo}})
		_, err = b.finish(tx, c)
		return err
	})
}

// replacement is the order as a document; nil where none is due.
func (s *Service) replacement(ctx context.Context, key int64) (doc *intake.Document, err error) {
	err = s.db.Update(ctx, func(tx *db.Tx) error {
		b, c, err := bookOf(tx, key)
		if err != nil || c.Replacement != ReplacementDue {
			return err
		}
		prices, err := b.prices(tx, c, s.currency)
		if err != nil {
			return err
		}
		c.Difference, c.dirty = b.differenceOf(c, prices), true
		if doc, err = b.document(tx, c, prices); err == nil {
			b.write(tx)
		}
		return err
	})
	return doc, err
}

// document says what goes out, to whom, and what is to be paid for it: nothing, but for other goods that cost more. What is
// given back in money is on its own axis. The same case at the same prices says the same.
func (b *book) document(tx *db.Tx, c *Case, prices map[string]int64) (*intake.Document, error) {
	r, split := b.Recipient, true
	d := &intake.Document{Channel: Channel, Shop: b.Channel, OrderNo: c.Name(), OrderKind: c.Kind, PaymentStatus: order.Paid, Currency: b.Currency,
		PlacedAt: time.UnixMicro(c.DecidedAt).UTC().Format(time.RFC3339), BuyerID: b.Buyer.ID,
		RecipientName: r.Name, Phone: r.Phone, Email: r.Email, Country: r.Country, Province: r.Province, City: r.City, District: r.District,
		Address: r.Address, Postcode: r.Postcode, RecipientToken: r.Token, TokenIssuer: r.Issuer, MaySplit: &split}
	var skus []int64
	for _, l := range c.Lines {
		skus = append(skus, l.SKUID)
	}
	known, err := catalog.ByIDs(tx, skus)
	if err != nil {
		return nil, err
	}
	for _, l := range c.Lines {
		if q := c.out(l); q > 0 {
			d.Lines = append(d.Lines, intake.Line{LineNo: int64(len(d.Lines) + 1), SKU: cmp.Or(l.Swap, known[l.SKUID].Code), Quantity: q, UnitPrice: "0"})
		}
	}
	b.charge(d, c, prices)
	return d, nil
}
