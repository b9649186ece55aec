package notify

import (
	"context"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/order"
)

// Draft is a message as a customer would get it now, and how.
type Draft struct {
	Channel   string // empty: the customer cannot be reached
	Recipient string // the address, most of it hidden
	Language  string
	DueAt     int64 // not before: quiet hours; UTC microseconds
	Rendered
}

// Draft shows the message of a notice about an order without sending it. Whoever reads it sees the customer's name masked. Fault:
// order.not_found.
func (s *Service) Draft(ctx context.Context, n Notice, orderID int64) (d Draft, err error) {
	err = s.db.View(ctx, func(tx *db.Tx) error {
		orders, err := order.ByIDs(tx, []int64{orderID})
		if err != nil {
			return err
		}
		o := orders[orderID]
		if o == nil {
			return order.Missing(orderID)
		}
		p, err := readPolicy(tx)
		if err != nil {
			return err
		}
		home, err := homeZone(tx)
		if err != nil {
			return err
		}
		m := &Message{Notice: n, OrderID: orderID, Channel: Email}
		for _, channel := range s.reachable(p, n, "") {
			m.Channel = channel
			if m.address(p, o, tx.Now(), home) != "" {
				d = Draft{Channel: channel, Recipient: m.Masked, DueAt: m.DueAt}
				break
			}
		}
		d.Language = p.languageOf(o.Recipient.Country)
		t, err := templateOf(tx, n, m.Channel, d.Language)
		if err != nil {
			return err
		}
		shown := *o
		shown.Recipient = o.Recipient.Masked()
		values := m.values(p, &shown, home)
		values["link"], _ = s.linkOf(m)
		d.Rendered, err = t.Render(values)
		return err
	})
	return d, err
}
