package aftersales

import (
	"slices"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/words"
	"github.com/packhorse/packhorse/ship"
)

// Cases that nobody asked for: of parcels that come back by themselves.

// arrived opens a case for a parcel that came back before anybody asked: it is approved, because the goods are here.
func (b *book) arrived(tx *db.Tx, sh *ship.Shipment, actor string) (*Case, error) {
	kind, reason := Refused, "refused"
	if sh.DeliveredAt > 0 {
		kind, reason = Return, "other"
	}
	c, err := b.open(tx, OpenIn{OrderID: b.ID, Kind: kind, Reason: reason, Actor: actor})
	if err != nil {
		return nil, err
	}
	return c, b.decide(tx, c, Decision{Approved: true, Why: arrivedWhy(sh.Waybill)}, actor, false)
}

// Expect opens a case for parcels of an order that a carrier took along although nobody wanted them any more: they are
// awaited as refused ones. An order whose goods are awaited already gets none. The caller's transaction has the order's
// lock. Fault: order.not_found.
func Expect(tx *db.Tx, orderID int64, actor string) error {
	b, err := openBook(tx, orderID)
	if err != nil {
		return err
	}
	if slices.ContainsFunc(b.cases, func(c *Case) bool { return c.Live() && c.Goods() }) {
		return nil
	}
	c, err := b.open(tx, OpenIn{OrderID: b.ID, Kind: Refused, Reason: "refused", Actor: actor})
	if err != nil {
		return err
	}
	why := words.Text{Code: "aftersales.decision.collected", Params: map[string]any{}}
	if err := b.decide(tx, c, Decision{Approved: true, Why: why}, actor, false); err != nil {
		return err
	}
	_, err = b.finish(tx, c)
	return err
}
