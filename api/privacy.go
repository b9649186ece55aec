package api

import (
	"slices"
	"strings"

	"github.com/packhorse/packhorse/access"
	"github.com/packhorse/packhorse/flow"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/id"
	"github.com/packhorse/packhorse/internal/words"
	"github.com/packhorse/packhorse/order"
)

// Reveal says what somebody needs personal data for.
type Reveal struct {
	Purpose string `json:"purpose" enum:"customer_request,address_correction,delivery_problem,carrier_claim,fraud_check,legal,migration"`
	Note    string `json:"note,omitempty" maxLength:"1000" doc:"kept in the audit log"`
}

// Revealed is the personal data of an order in plain text. Of a platform that masks, it is what the platform shows.
type Revealed struct {
	ID        string          `json:"id"`
	Recipient order.Recipient `json:"recipient"`
	BuyerID   string          `json:"buyer_id,omitempty"`
	BuyerIP   string          `json:"buyer_ip,omitempty"`
}

// ErasureInput names the person: by orders, or by one of the others.
type ErasureInput struct {
	Orders []string `json:"orders,omitempty" maxItems:"500"`
	Phone  string   `json:"phone,omitempty" doc:"of the recipient, the whole number"`
	Buyer  string   `json:"buyer,omitempty" doc:"as the channel calls the person"`
	DryRun bool     `json:"dry_run,omitempty"`
	Note   string   `json:"note,omitempty" maxLength:"1000" doc:"kept in the audit log; write no personal data into it"`
}

// Erasure says what was erased, or would be.
type Erasure struct {
	DryRun    bool        `json:"dry_run"`
	Orders    []string    `json:"orders"`
	Kept      []KeptOrder `json:"kept" doc:"not erased: somebody still has to know where they go"`
	Documents int64       `json:"documents" doc:"of channels, replaced"`
	Scans     int64       `json:"scans" doc:"texts of carriers, emptied"`
	Messages  int64       `json:"messages" doc:"to the customer, emptied in the ledger"`
	Notes     int64       `json:"notes" doc:"what people wrote about holds, returns, goods and prints, emptied, in the event log too"`
	Photos    int64       `json:"photos" doc:"that the customer sent with a return, gone"`
	More      bool        `json:"more" doc:"there are more orders of the person; send it again"`
}

// KeptOrder is an order that was not erased.
type KeptOrder struct {
	Order  string `json:"order"`
	Reason string `json:"reason"`
	Text   string `json:"text"`
}

func (s *Server) privacy() {
	command(s, route{path: "/v1/orders/{id}/reveal", tag: "privacy", id: "reveal-order", scope: access.PII, summary: "The recipient in plain text, for a purpose",
		about: "Who, what, why and when are in the audit log before the answer is sent. An Idempotency-Key is not kept, because the answer is not stored a second time. " +
			"Problems: privacy.purpose, order.not_found, access.denied."}, onOrder((*call).reveal))
	command(s, route{path: "/v1/erasures", tag: "privacy", id: "erase-person", scope: access.Admin, summary: "Erase a person from what is stored",
		about: "Recipient, buyer and notes of the person's settled orders, the documents they came in, carriers' texts, the ledger of messages, what people wrote about holds, returns and prints, and the pictures they sent. Goods, money, times and the " +
			"region stay, and the books do not change. Orders that are still on their way are listed and kept. With dry_run nothing is changed. Needs the scope pii too. " +
			"An order that its channel changes afterwards comes back with what the channel says. Problems: privacy.whom, privacy.too_many, order.not_found, access.denied."},
		(*call).erase)
}

func (c *call) reveal(key int64, in Reveal) (out Revealed, err error) {
	if !slices.Contains(access.Purposes, in.Purpose) {
		return out, fault.Invalidf("purpose", "privacy.purpose", "say what for: one of %v", access.Purposes).With("value", in.Purpose)
	}
	err = c.DB.Update(c.ctx, func(tx *db.Tx) error {
		found, err := order.ByIDs(tx, []int64{key})
		if err != nil {
			return err
		}
		o := found[key]
		if o == nil {
			return order.Missing(key)
		}
		out = Revealed{ID: id.Show(order.Prefix, key), Recipient: o.Recipient, BuyerID: o.Buyer.ID, BuyerIP: o.Buyer.IP}
		e := c.entry("reveal-order", out.ID)
		e.Fields, e.Purpose, e.Note = "recipient buyer", in.Purpose, in.Note
		access.Record(tx, e)
		return nil
	})
	return out, err
}

// unmasked puts into a correction what its writer saw masked and left as it was.
func (c *call) unmasked(key int64, in OrderEdit) (OrderEdit, error) {
	if in.Recipient == nil && in.SellerNote == nil {
		return in, nil
	}
	err := c.DB.View(c.ctx, func(tx *db.Tx) error {
		found, err := order.ByIDs(tx, []int64{key})
		o := found[key]
		if o == nil {
			return err
		}
		if in.Recipient != nil {
			r := in.Recipient.Unmasked(o.Recipient)
			in.Recipient = &r
		}
		if in.SellerNote != nil && !c.plain() && *in.SellerNote == o.Recipient.MaskedIn(o.Notes.Seller) {
			in.SellerNote = &o.Notes.Seller
		}
		return err
	})
	return in, err
}

func (c *call) erase(in ErasureInput) (Erasure, error) {
	if err := c.who.Allow(access.PII); err != nil {
		return Erasure{}, err
	}
	ask := flow.Erasure{Phone: in.Phone, Buyer: in.Buyer, DryRun: in.DryRun, Audit: c.entry("erase-person", strings.Join(in.Orders[:min(len(in.Orders), 20)], " "))}
	ask.Audit.Purpose, ask.Audit.Note = "erasure", in.Note
	for _, text := range in.Orders {
		key, err := idOf("orders", order.Prefix, text)
		if err != nil {
			return Erasure{}, err
		}
		ask.Orders = append(ask.Orders, key)
	}
	r, err := c.Flow.Erase(c.ctx, ask)
	out := Erasure{DryRun: in.DryRun, Orders: showAll(order.Prefix, r.Orders), Kept: []KeptOrder{}, Documents: r.Documents, Scans: r.Scans, Messages: r.Messages, Notes: r.Notes, Photos: r.Photos, More: r.More}
	for _, k := range r.Kept {
		out.Kept = append(out.Kept, KeptOrder{Order: id.Show(order.Prefix, k.Order), Reason: k.Reason, Text: words.Render(c.lang(), k.Reason, nil)})
	}
	return out, err
}
