package notify

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/id"
	"github.com/packhorse/packhorse/internal/job"
	"github.com/packhorse/packhorse/internal/money"
	"github.com/packhorse/packhorse/order"
)

// sendJob is the kind of the jobs that send messages.
const sendJob = "notify.send"

// work is what such a job carries. A message that is sent again by hand is another round: its job must not be mistaken
// for the one that is just ending.
type work struct {
	ID    int64 `json:"id"`
	Round int64 `json:"round"`
}

func (w work) key() string { return fmt.Sprintf("%d/%d", w.ID, w.Round) }

// runSend sends one message: the intent is written, the channel called, the outcome written.
func (s *Service) runSend(ctx context.Context, j job.Job) error {
	var w work
	if err := j.Read(&w); err != nil {
		return err
	}
	m, letter, err := s.begin(ctx, w)
	if err != nil || letter.To == "" {
		return err
	}
	sender := s.set.Senders[m.Channel]
	if sender == nil {
		return s.settle(ctx, w, Failed, "notify.no_channel", "", "")
	}
	reference, err := sender.Send(ctx, letter)
	switch f, _ := fault.As(err); {
	case err == nil:
		return s.settle(ctx, w, Sent, "", "", reference)
	case errors.Is(err, ErrRefused):
		return s.settle(ctx, w, Failed, ErrRefused.Code, detailOf(err), "")
	case f != nil && f.Kind == fault.TooMany, j.Attempt < job.Attempts:
		return err
	}
	return s.settle(ctx, w, Failed, GivenUp, detailOf(err), "")
}

func detailOf(err error) string {
	text := err.Error()
	if f, ok := fault.As(err); ok {
		if d, ok := f.Params["detail"].(string); ok {
			text = d
		}
	}
	text = line(text)
	if len(text) > 500 {
		text = strings.ToValidUTF8(text[:500], "")
	}
	return text
}

// begin counts the attempt and writes the letter. A letter without an address is not to be sent: the message is no longer
// queued, or has just been suppressed. Fault: notify.quiet, with the seconds to wait.
func (s *Service) begin(ctx context.Context, w work) (m *Message, l Letter, err error) {
	var quiet time.Duration
	err = s.db.Update(ctx, func(tx *db.Tx) error {
		l, quiet = Letter{}, 0
		if m, err = lockedMessage(tx, w.ID); err != nil || m.State != Queued || m.Round != w.Round {
			return err
		}
		orders, err := order.ByIDs(tx, []int64{m.OrderID})
		if err != nil {
			return err
		}
		o := orders[m.OrderID]
		if o == nil {
			err := m.becomes(Suppressed, NoAddress, "") // the order was erased
			m.save(tx)
			return err
		}
		p, err := readPolicy(tx)
		if err != nil {
			return err
		}
		home, err := homeZone(tx)
		if err != nil {
			return err
		}
		to := m.address(p, o, tx.Now(), home)
		token, stopped := "", false
		if to != "" {
			if token, stopped, err = subscription(tx, m.Recipient, m.Notice); err != nil {
				return err
			}
		}
		switch {
		case to == "":
			err = m.becomes(Suppressed, NoAddress, "")
		case stopped:
			err = m.becomes(Suppressed, Unsubscribed, "")
		case m.DueAt > tx.Micros():
			quiet = time.UnixMicro(m.DueAt).Sub(tx.Now())
		default:
			m.Attempts++
			l, err = s.letter(tx, m, p, o, home, token)
			l.To = to
		}
		m.save(tx)
		return err
	})
	if err == nil && quiet > 0 {
		err = fault.New(fault.TooMany, "notify.quiet", "it is night where the customer lives; the message waits").With("seconds", s.wallSeconds(quiet))
	}
	return m, l, err
}

// letter renders a message with the text that holds now.
func (s *Service) letter(tx *db.Tx, m *Message, p Policy, o *order.Order, home *time.Location, token string) (Letter, error) {
	t, err := templateOf(tx, m.Notice, m.Channel, m.Language)
	if err != nil {
		return Letter{}, err
	}
	m.Template = t.Version
	values, stop := m.values(p, o, home), s.unsubscribeURL(token)
	address, label := s.linkOf(m)
	values["link"] = address
	r, err := t.Render(values)
	if err == nil && m.Channel == Email {
		r, err = s.dress(t, r, values, label, stop)
	}
	if err != nil {
		return Letter{}, err
	}
	return Letter{ID: id.Show(Prefix, m.ID), Language: m.Language, Subject: r.Subject, Text: r.Text, HTML: r.HTML, Unsubscribe: stop}, nil
}

func (s *Service) unsubscribeURL(token string) string {
	if s.set.Public == "" || token == "" {
		return ""
	}
	return strings.TrimRight(s.set.Public, "/") + "/unsubscribe/" + s.set.Company + "/" + token
}

// goodsShown is how many lines of an order a message names.
const goodsShown = 3

// values is what stands in the braces of the text.
func (m *Message) values(p Policy, o *order.Order, home *time.Location) map[string]string {
	v := map[string]string{"name": o.Recipient.Name, "order_no": o.ExternalNo, "shop": p.Shop, "carrier": m.content.Carrier,
		"waybill": strings.Join(m.content.Waybills, ", ")}
	if v["shop"] == "" {
		v["shop"] = o.Shop
	}
	var goods []string
	for _, l := range o.Lines {
		if l.Wanted() > 0 {
			goods = append(goods, fmt.Sprintf("%s × %d", cmp.Or(l.Title, l.SKU), l.Wanted()))
		}
	}
	if len(goods) > goodsShown {
		goods = append(goods[:goodsShown], "…")
	}
	v["goods"] = strings.Join(goods, "; ")
	if m.Notice == Refunded {
		v["amount"] = cmp.Or(m.content.Amount, money.Format(o.PaidAmount, o.Currency)+" "+o.Currency)
	}
	if m.content.Until > 0 {
		v["date"] = time.UnixMicro(m.content.Until).In(zoneOf(o.Recipient.Country, o.Recipient.Province, home)).Format("2006-01-02")
	}
	return v
}

// settle writes what came of a message. One that failed is told over the next channel of its notice, if there is one.
func (s *Service) settle(ctx context.Context, w work, state, reason, detail, reference string) error {
	return s.db.Update(ctx, func(tx *db.Tx) error {
		m, err := lockedMessage(tx, w.ID)
		if err != nil || m.State != Queued || m.Round != w.Round {
			return err
		}
		if err := m.becomes(state, reason, detail); err != nil {
			return err
		}
		m.Reference = reference
		if state == Sent {
			m.SentAt = tx.Micros()
		}
		m.save(tx)
		if state != Failed {
			return nil
		}
		tx.Emit(db.Event{Kind: "notify.failed.v1", Order: m.OrderID, Params: map[string]any{
			"message": id.Show(Prefix, m.ID), "notice": m.Notice, "channel": m.Channel, "reason": reason, "detail": detail}})
		return s.fallBack(tx, m)
	})
}

// fallBack queues the message for the next channel on which the customer can be reached.
func (s *Service) fallBack(tx *db.Tx, m *Message) error {
	p, err := readPolicy(tx)
	if err != nil {
		return err
	}
	channels := s.reachable(p, m.Notice, m.Channel)
	if len(channels) == 0 {
		return nil
	}
	orders, err := order.ByIDs(tx, []int64{m.OrderID})
	if err != nil || orders[m.OrderID] == nil {
		return err
	}
	home, err := homeZone(tx)
	if err != nil {
		return err
	}
	for _, c := range channels {
		next := &Message{Dedupe: m.Dedupe + "/" + c, Notice: m.Notice, Channel: c, OrderID: m.OrderID, EventID: m.EventID, State: Queued, content: m.content}
		tried, err := known(tx, []string{next.Dedupe})
		if err != nil {
			return err
		}
		if tried[next.Dedupe] || next.address(p, orders[m.OrderID], tx.Now(), home) == "" {
			continue
		}
		next.insert(tx)
		next.enqueue(tx)
		return nil
	}
	return nil
}
