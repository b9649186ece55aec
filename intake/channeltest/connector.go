package channeltest

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"
	"strconv"
	"time"

	"github.com/packhorse/packhorse/intake"
)

// Connector is an account with the shop: it has every power.
func (s *Shop) Connector(key string) intake.Channel { return &connector{s, key} }

type connector struct {
	*Shop
	key string
}

// silent is a connector that reaches nobody.
type silent struct{}

// Pull reaches nobody.
func (silent) Pull(context.Context, string) (intake.Page, error) {
	return intake.Page{}, intake.ErrUnreachable
}

// pageSize is small, so that a handful of orders is several pages.
const pageSize = 3

// enter is what every call begins with. Called with mu held.
func (c *connector) enter() error {
	if c.key != Key {
		return intake.ErrCredentials
	}
	if len(c.failures) == 0 {
		return nil
	}
	err := c.failures[0]
	c.failures = c.failures[1:]
	return err
}

// leave is what every call that changed something ends with. Called with mu held.
func (c *connector) leave() error {
	if c.lose == 0 {
		return nil
	}
	c.lose--
	return intake.ErrUncertain
}

// Pull tells orders by their last change, the last one of the page before again.
func (c *connector) Pull(_ context.Context, cursor string) (intake.Page, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if err := c.enter(); err != nil {
		return intake.Page{}, err
	}
	after, _ := strconv.Atoi(cursor) // the empty cursor is the beginning
	list := slices.Clone(c.orders)
	list = slices.DeleteFunc(list, func(o *sold) bool { return o.change < after })
	slices.SortFunc(list, func(a, b *sold) int { return a.change - b.change })
	page := intake.Page{Cursor: cursor}
	for _, o := range list[:min(pageSize, len(list))] {
		page.Documents = append(page.Documents, o.pulled())
		page.Cursor = strconv.Itoa(o.change)
	}
	page.More = len(list) > pageSize
	return page, nil
}

func (c *connector) Fetch(_ context.Context, orders []string) ([]intake.Pulled, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if err := c.enter(); err != nil {
		return nil, err
	}
	var out []intake.Pulled
	for _, n := range orders {
		if o := c.order(n); o != nil {
			out = append(out, o.pulled())
		}
	}
	return out, nil
}

func (c *connector) Count(_ context.Context, from, to time.Time) (int, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if err := c.enter(); err != nil {
		return 0, err
	}
	n := c.hidden
	if to.After(c.now().Add(time.Hour)) {
		n = 0
	}
	for _, o := range c.orders {
		if !o.spoilt && !o.placed.Before(from) && o.placed.Before(to) {
			n++
		}
	}
	return n, nil
}

func (c *connector) TakeStock(_ context.Context, levels []intake.StockLevel) ([]error, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if err := c.enter(); err != nil {
		return nil, err
	}
	out := make([]error, len(levels))
	for i, l := range levels {
		if _, known := c.stock[l.SKU]; !known {
			out[i] = intake.ErrUnknownSKU
			continue
		}
		c.stock[l.SKU] = l.Quantity
	}
	return out, c.leave()
}

func reference(p intake.ShippedParcel) string { return "ref-" + p.Parcel }

func (c *connector) TakeShipment(_ context.Context, p intake.ShippedParcel) (string, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.sent++
	if err := c.enter(); err != nil {
		return "", err
	}
	if c.order(p.OrderNo) == nil {
		return "", intake.ErrUnknownOrder
	}
	if !c.has(p) {
		c.shipments[p.OrderNo] = append(c.shipments[p.OrderNo], p)
	}
	if err := c.leave(); err != nil {
		return "", err
	}
	return reference(p), nil
}

func (c *connector) has(p intake.ShippedParcel) bool {
	return slices.ContainsFunc(c.shipments[p.OrderNo], func(x intake.ShippedParcel) bool { return x.Parcel == p.Parcel })
}

// ChangeShipment puts another waybill on a parcel that the shop knows.
func (c *connector) ChangeShipment(_ context.Context, p intake.ShippedParcel, _ string) (string, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if err := c.enter(); err != nil {
		return "", err
	}
	if c.order(p.OrderNo) == nil {
		return "", intake.ErrUnknownOrder
	}
	i := slices.IndexFunc(c.shipments[p.OrderNo], func(x intake.ShippedParcel) bool { return x.Parcel == p.Parcel })
	if i < 0 {
		return "", intake.ErrRefused
	}
	c.shipments[p.OrderNo][i] = p
	return reference(p), c.leave()
}

func (c *connector) FindShipment(_ context.Context, p intake.ShippedParcel) (string, bool, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.found++
	if err := c.enter(); err != nil || !c.has(p) {
		return "", false, err
	}
	return reference(p), true, nil
}

func (c *connector) AnswerCancel(_ context.Context, a intake.CancelAnswer) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if err := c.enter(); err != nil {
		return err
	}
	if c.order(a.OrderNo) == nil {
		return intake.ErrUnknownOrder
	}
	if !slices.Contains(c.answers[a.OrderNo], a) {
		c.answers[a.OrderNo] = append(c.answers[a.OrderNo], a)
	}
	return c.leave()
}

func (c *connector) Refund(_ context.Context, r intake.RefundOrder) (string, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if err := c.enter(); err != nil {
		return "", err
	}
	if c.order(r.OrderNo) == nil {
		return "", intake.ErrUnknownOrder
	}
	if !slices.ContainsFunc(c.refunds[r.OrderNo], func(x intake.RefundOrder) bool { return x.Reference == r.Reference }) {
		c.refunds[r.OrderNo] = append(c.refunds[r.OrderNo], r)
	}
	return "ref-" + r.Reference, c.leave()
}

// signedFor is how old a message of the shop may be.
const signedFor = 5 * time.Minute

// Sign makes a message as the shop signs it.
func Sign(body []byte, at time.Time) intake.Message {
	stamp := strconv.FormatInt(at.Unix(), 10)
	headers := map[string]string{"X-Time": stamp, "X-Sign": signature(stamp, body)}
	return intake.Message{Header: func(name string) string { return headers[name] }, Body: body}
}

func signature(stamp string, body []byte) string {
	mac := hmac.New(sha256.New, []byte(Key))
	mac.Write([]byte(stamp))
	mac.Write(body)
	return hex.EncodeToString(mac.Sum(nil))
}

func (c *connector) Hint(_ context.Context, m intake.Message, now time.Time) (intake.Hint, error) {
	stamp := m.Header("X-Time")
	sign := signature(stamp, m.Body)
	if !hmac.Equal([]byte(sign), []byte(m.Header("X-Sign"))) {
		return intake.Hint{}, intake.ErrSignature
	}
	seconds, err := strconv.ParseInt(stamp, 10, 64)
	if age := now.Sub(time.Unix(seconds, 0)).Abs(); err != nil || age > signedFor {
		return intake.Hint{}, intake.ErrStale
	}
	var said struct{ Order string }
	if json.Unmarshal(m.Body, &said) != nil || said.Order == "" {
		return intake.Hint{}, intake.ErrUnreadable
	}
	return intake.Hint{ID: sign, Orders: []string{said.Order}}, nil
}
