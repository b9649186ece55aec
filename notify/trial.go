package notify

import (
	"context"
	netmail "net/mail"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/id"
	"github.com/packhorse/packhorse/internal/words"
	"github.com/packhorse/packhorse/order"
	"github.com/packhorse/packhorse/ship"
)

// PreviewOf renders a text with the values of an order, without saving it. The customer's name is masked and the link leads nowhere, for
// whoever looks at a text need not see people; 0 = the made-up order of Preview. Faults: as SaveTemplate, and order.not_found.
func (s *Service) PreviewOf(ctx context.Context, t Template, orderID int64) (Rendered, error) {
	if orderID == 0 {
		return s.Preview(t)
	}
	if err := t.check(); err != nil {
		return Rendered{}, err
	}
	var values map[string]string
	err := s.db.View(ctx, func(tx *db.Tx) (err error) { values, err = trialValues(tx, t, orderID); return err })
	if err != nil {
		return Rendered{}, err
	}
	return s.tried(t, values)
}

// tried renders a text that goes to nobody, or to one of us.
func (s *Service) tried(t Template, values map[string]string) (Rendered, error) {
	r, err := t.Render(values)
	if err != nil || t.Channel != Email {
		return r, err
	}
	return s.dress(t, r, values, words.Render(t.Language, "public.mail_track", nil), "")
}

// trialValues are what would stand in the braces were the notice told of the order now.
func trialValues(tx *db.Tx, t Template, orderID int64) (map[string]string, error) {
	orders, err := order.ByIDs(tx, []int64{orderID})
	if err != nil {
		return nil, err
	}
	o := orders[orderID]
	if o == nil {
		return nil, fault.New(fault.NotFound, "order.not_found", "there is no order %s", id.Show(order.Prefix, orderID)).With("order", id.Show(order.Prefix, orderID))
	}
	p, err := readPolicy(tx)
	if err != nil {
		return nil, err
	}
	home, err := homeZone(tx)
	if err != nil {
		return nil, err
	}
	sent, err := ship.ShipmentsOf(tx, []int64{orderID})
	if err != nil {
		return nil, err
	}
	m := &Message{Notice: t.Notice, Channel: t.Channel, Language: t.Language, OrderID: orderID, content: content{Until: o.PromisedBy}}
	for _, sh := range sent[orderID] {
		if sh.Waybill != "" && (sh.Live() || sh.Gone()) {
			m.content.Carrier, m.content.Waybills = sh.Carrier, append(m.content.Waybills, sh.Waybill)
		}
	}
	values := m.values(p, o, home)
	values["name"], values["link"] = order.MaskName(values["name"]), sample["link"]
	return values, nil
}

// SendTest sends a text, with the values of PreviewOf, to an address of one of us, and returns what the channel calls it. It stands in
// no ledger: no customer was told. Faults: as PreviewOf, notify.no_channel, notify.test_to, and those of the sender.
func (s *Service) SendTest(ctx context.Context, t Template, orderID int64, to string) (reference string, err error) {
	sender := s.set.Senders[t.Channel]
	if sender == nil {
		return "", fault.New(fault.Conflict, "notify.no_channel", "the channel %s is not connected", t.Channel)
	}
	if a, err := netmail.ParseAddress(to); t.Channel == Email && (err != nil || a.Address != to) {
		return "", fault.Invalidf("to", "notify.test_to", "%q is no e-mail address", to).With("value", to)
	}
	r, err := s.PreviewOf(ctx, t, orderID)
	if err != nil {
		return "", err
	}
	subject := words.Render(t.Language, "notify.test_subject", map[string]any{"subject": r.Subject})
	return sender.Send(ctx, Letter{ID: id.Show(Prefix, s.db.NewID()), To: to, Language: t.Language, Subject: subject, Text: r.Text, HTML: r.HTML})
}
