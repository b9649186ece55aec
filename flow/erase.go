package flow

import (
	"context"
	"slices"
	"strings"

	"github.com/packhorse/packhorse/access"
	"github.com/packhorse/packhorse/aftersales"
	"github.com/packhorse/packhorse/intake"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/notify"
	"github.com/packhorse/packhorse/order"
	"github.com/packhorse/packhorse/printing"
	"github.com/packhorse/packhorse/ship"
	"github.com/packhorse/packhorse/track"
)

// ErasureMost is how many orders one erasure looks at; the answer says when there are more.
const ErasureMost = 500

// erasurePage is how many orders are read, and erased, in one transaction.
const erasurePage = 100

// Erasure says whose data are to go. One of the three names the person.
type Erasure struct {
	Orders []int64
	Phone  string // of the recipient, however it is spelled
	Buyer  string // as the channel calls the person
	DryRun bool   // only say what would go
	Audit  access.Entry
}

// KeptOrder is an order that was not erased, because somebody still needs to know where it goes.
type KeptOrder struct {
	Order  int64
	Reason string // a code
}

// ErasureReport says what was replaced, or would be.
type ErasureReport struct {
	Orders    []int64
	Kept      []KeptOrder
	Documents int64 // what the channel had sent
	Scans     int64 // texts of carriers
	Messages  int64 // what the customer was told
	Notes     int64 // what people wrote: about holds, cases, goods, prints, and in the event log
	Photos    int64 // that the customer sent with a return
	More      bool  // run it again: there were more than ErasureMost
}

// ReasonLive is why an order is kept: it is not settled.
const ReasonLive = "privacy.live"

// Erase replaces the personal data of a person in orders that are settled, in the documents they were made of, in carriers' texts,
// in the ledger of messages, and what people wrote about them, and takes away the pictures they sent. The books do not change. Orders are erased page by page, each page whole or not at all, so a repetition
// goes on where one ended. Faults: privacy.whom, order.not_found for one that is named and not there.
func (s *Service) Erase(ctx context.Context, in Erasure) (out ErasureReport, err error) {
	if len(in.Orders) == 0 && in.Phone == "" && in.Buyer == "" || in.Phone != "" && len(digits(in.Phone)) < 7 {
		return out, fault.Invalidf("orders", "privacy.whom", "name the person: orders, the whole phone number, or the channel's name of the buyer")
	}
	if len(in.Orders) > ErasureMost {
		return out, fault.Invalidf("orders", "privacy.too_many", "name at most %d orders at once", ErasureMost).With("max", ErasureMost)
	}
	ids, err := s.ofPerson(ctx, in, &out)
	if err != nil {
		return out, err
	}
	if err := s.audited(ctx, in); err != nil {
		return out, err
	}
	for page := range slices.Chunk(ids, erasurePage) {
		part := ErasureReport{}
		err := s.db.Update(ctx, func(tx *db.Tx) (err error) { part, err = erase(tx, page, in); return err })
		if err != nil {
			return out, err
		}
		out.add(part)
	}
	return out, nil
}

// audited puts on record that somebody asked, before anything is gone.
func (s *Service) audited(ctx context.Context, in Erasure) error {
	if in.DryRun || in.Audit.Act == "" {
		return nil
	}
	return s.db.Update(ctx, func(tx *db.Tx) error { access.Record(tx, in.Audit); return nil })
}

func (r *ErasureReport) add(p ErasureReport) {
	r.Orders, r.Kept = append(r.Orders, p.Orders...), append(r.Kept, p.Kept...)
	r.Documents, r.Scans, r.Messages, r.Notes = r.Documents+p.Documents, r.Scans+p.Scans, r.Messages+p.Messages, r.Notes+p.Notes
	r.Photos += p.Photos
}

// ofPerson lists the orders of the person. By phone or buyer all orders are read, page by page: nobody keeps an index of people.
func (s *Service) ofPerson(ctx context.Context, in Erasure, out *ErasureReport) (ids []int64, err error) {
	if len(in.Orders) > 0 {
		return in.Orders, nil
	}
	for after := int64(0); ; {
		var page []int64
		var found map[int64]*order.Order
		err := s.db.View(ctx, func(tx *db.Tx) (err error) {
			if page, err = order.Walk(tx, "", "", after, ErasureMost); err == nil && len(page) > 0 {
				found, err = order.ByIDs(tx, page)
			}
			return err
		})
		if err != nil || len(page) == 0 {
			return ids, err
		}
		for _, key := range page {
			if o := found[key]; o != nil && in.means(o) {
				if len(ids) == ErasureMost {
					out.More = true
					return ids, nil
				}
				ids = append(ids, key)
			}
			after = key
		}
	}
}

// means reports whether an order is the person's.
func (in Erasure) means(o *order.Order) bool {
	if in.Buyer != "" && o.Buyer.ID == in.Buyer {
		return true
	}
	want, have := digits(in.Phone), digits(o.Recipient.Phone)
	return want != "" && (want == have || len(want) >= 10 && strings.HasSuffix(have, want) || len(have) >= 10 && strings.HasSuffix(want, have))
}

func digits(text string) string {
	return strings.Map(func(c rune) rune {
		if c < '0' || c > '9' {
			return -1
		}
		return c
	}, text)
}

func erase(tx *db.Tx, ids []int64, in Erasure) (out ErasureReport, err error) {
	ids = slices.Sorted(slices.Values(ids))
	heads, err := order.Lock(tx, ids)
	if err != nil {
		return out, err
	}
	var gone []*order.Order
	for _, key := range ids {
		o := heads[key]
		switch {
		case o == nil:
			return out, order.Missing(key)
		case !o.Settled():
			out.Kept = append(out.Kept, KeptOrder{key, ReasonLive})
		default:
			gone, out.Orders = append(gone, o), append(out.Orders, key)
		}
	}
	if in.DryRun || len(gone) == 0 {
		return out, nil
	}
	for _, o := range gone {
		order.Erase(tx, o)
		n, err := intake.EraseBodies(tx, o)
		if err != nil {
			return out, err
		}
		out.Documents += n
		tx.Emit(db.Event{Kind: "order.erased.v1", Order: o.ID, Actor: in.Audit.Actor})
	}
	return out, eraseAround(tx, &out)
}

// eraseAround erases what hangs on the orders.
func eraseAround(tx *db.Tx, out *ErasureReport) error {
	shipments, err := ship.ShipmentsOf(tx, out.Orders)
	if err != nil {
		return err
	}
	var keys []int64
	for _, list := range shipments {
		for _, x := range list {
			keys = append(keys, x.ID)
			if x.With != 0 {
				keys = append(keys, x.With) // the scans of the parcel it travelled in: they are about the same recipient
			}
		}
	}
	if out.Scans, err = track.EraseTexts(tx, keys); err != nil {
		return err
	}
	if out.Messages, err = notify.Erase(tx, out.Orders); err != nil {
		return err
	}
	if out.Photos, err = aftersales.ErasePhotos(tx, out.Orders); err != nil {
		return err
	}
	return eraseNotes(tx, keys, out)
}

// eraseNotes empties what people wrote while they worked on the orders.
func eraseNotes(tx *db.Tx, shipments []int64, out *ErasureReport) error {
	for _, empty := range []func() (int64, error){
		func() (int64, error) { return order.EraseNotes(tx, out.Orders) },
		func() (int64, error) { return aftersales.Erase(tx, out.Orders) },
		func() (int64, error) { return printing.Erase(tx, shipments) },
		func() (int64, error) { return tx.EraseNotes(out.Orders, wroteReason) },
	} {
		n, err := empty()
		if err != nil {
			return err
		}
		out.Notes += n
	}
	return nil
}

// wroteReason reports whether the reason in an event is what somebody wrote: why they cancelled, or gave an order back.
func wroteReason(f db.Fact) bool {
	switch f.Kind {
	case "order.cancelled.v1", "order.line_cancelled.v1":
		return true
	case "fulfilment.rejected.v1":
		return !strings.Contains(f.Params, `"reason":"short_pick"`) && !strings.Contains(f.Params, `"reason":"suspended"`)
	}
	return false
}
