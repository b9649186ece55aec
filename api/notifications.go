package api

import (
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"github.com/packhorse/packhorse/access"
	"github.com/packhorse/packhorse/internal/id"
	"github.com/packhorse/packhorse/internal/words"
	"github.com/packhorse/packhorse/notify"
	"github.com/packhorse/packhorse/order"
)

// Notification is one line of the ledger of what customers were told.
type Notification struct {
	ID        string `json:"id"`
	Order     string `json:"order"`
	Event     string `json:"event" doc:"from which it follows"`
	Notice    string `json:"notice"`
	Channel   string `json:"channel" enum:"email,sms"`
	Language  string `json:"language,omitempty"`
	Template  int64  `json:"template" doc:"version of the text; 0 = built in"`
	Recipient string `json:"recipient,omitempty" doc:"the address, most of it hidden"`
	State     string `json:"state" enum:"queued,sent,failed,suppressed"`
	Reason    string `json:"reason,omitempty" doc:"a code"`
	Text      string `json:"text,omitempty" doc:"the reason as a sentence"`
	Detail    string `json:"detail,omitempty" doc:"what the other side said"`
	Attempts  int64  `json:"attempts"`
	CreatedAt string `json:"created_at"`
	DueAt     string `json:"due_at,omitempty" doc:"not before: quiet hours"`
	SentAt    string `json:"sent_at,omitempty"`
	Reference string `json:"reference,omitempty" doc:"Message-ID of a mail"`
}

// NotificationPage is a stretch of the ledger.
type NotificationPage struct {
	Notifications []Notification `json:"notifications"`
	NextCursor    string         `json:"next_cursor,omitempty"`
}

// NotificationPolicy is what customers are told, over which channels and when.
type NotificationPolicy struct {
	Notices   map[string][]string `json:"notices" doc:"the channels of each notice, in the order in which they are tried; none = not told"`
	QuietFrom string              `json:"quiet_from" doc:"22:00, by the customer's clock"`
	QuietTo   string              `json:"quiet_to" doc:"08:00; the same as quiet_from = no quiet hours"`
	Language  string              `json:"language" enum:"en,zh-CN" doc:"where the country does not say"`
	Shop      string              `json:"shop" doc:"how messages are signed; empty = the shop that sold"`
}

// TemplateList are texts of messages.
type TemplateList struct {
	Templates []notify.Template `json:"templates"`
}

// TemplateInput is a text as it shall be from now on.
type TemplateInput struct {
	Subject string `json:"subject" doc:"one line; an SMS is this line alone"`
	Body    string `json:"body" doc:"plain text; {name} and its like are filled in"`
	HTML    string `json:"html,omitempty" doc:"empty = made from the body"`
}

// TemplateTrial is a text that is tried before it is saved.
type TemplateTrial struct {
	TemplateInput
	Order string `json:"order,omitempty" doc:"whose values are filled in, its customer's name masked; a made-up one without it"`
	To    string `json:"to,omitempty" doc:"of a test: the e-mail address it goes to"`
}

// TestSent says that a test is on its way.
type TestSent struct {
	To        string `json:"to"`
	Reference string `json:"reference,omitempty" doc:"Message-ID of a mail"`
}

// Nothing is the body of a command that needs none.
type Nothing struct{}

func notificationOf(m *notify.Message, lang string) Notification {
	n := Notification{ID: id.Show(notify.Prefix, m.ID), Order: id.Show(order.Prefix, m.OrderID), Event: id.Show("evt", m.EventID), Notice: string(m.Notice), Channel: m.Channel,
		Language: m.Language, Template: m.Template, Recipient: m.Masked, State: m.State, Reason: m.Reason, Detail: m.Detail, Attempts: m.Attempts,
		CreatedAt: at(m.CreatedAt), DueAt: at(m.DueAt), SentAt: at(m.SentAt), Reference: m.Reference}
	if m.Reason != "" {
		n.Text = words.Render(lang, m.Reason, map[string]any{"detail": m.Detail})
	}
	return n
}

func policyOf(p notify.Policy) NotificationPolicy {
	out := NotificationPolicy{Notices: map[string][]string{}, QuietFrom: p.QuietFrom, QuietTo: p.QuietTo, Language: p.Language, Shop: p.Shop}
	for n, list := range p.Notices {
		out.Notices[string(n)] = notNil(list)
	}
	return out
}

func (p NotificationPolicy) policy() notify.Policy {
	out := notify.Policy{Notices: map[notify.Notice][]string{}, QuietFrom: p.QuietFrom, QuietTo: p.QuietTo, Language: p.Language, Shop: p.Shop}
	for n, list := range p.Notices {
		out.Notices[notify.Notice(n)] = list
	}
	return out
}

func (s *Server) notifications() {
	query(s, route{path: "/v1/notifications", tag: "notifications", id: "list-notifications", scope: access.OrdersRead,
		summary: "What customers were told, the newest first",
		about:   "Addresses are hidden: the ledger holds a hash and a masked form. Problems: http.id, http.limit, notify.state.",
		params:  append(paging(), text("order", "only of this order"), text("state", "only these", "queued", "failed"))}, (*call).listNotifications)
	command(s, route{path: "/v1/notifications/{id}/resend", tag: "notifications", id: "resend-notification", scope: access.OrdersWrite,
		summary: "Send a message once more",
		about: "To the address the order has now, under the same number, so that a receiver who has it can tell. Whoever unsubscribed is not written to. " +
			"Problems: notify.not_found, notify.queued."}, on(notify.Prefix, func(c *call, key int64, _ Nothing) (Notification, error) {
		m, err := c.Notify.Resend(c.ctx, c.once, c.actor(), key)
		if err != nil {
			return Notification{}, err
		}
		return notificationOf(m, c.lang()), nil
	}))
	query(s, route{path: "/v1/notifications/policy", tag: "notifications", id: "get-notification-policy", scope: access.OrdersRead,
		summary: "What customers are told, over which channels and when"}, func(c *call) (NotificationPolicy, error) {
		p, err := c.Notify.Policy(c.ctx)
		return policyOf(p), err
	})
	command(s, route{method: http.MethodPut, path: "/v1/notifications/policy", tag: "notifications", id: "save-notification-policy", scope: access.Admin,
		summary: "Say what customers are told from now on", about: "The whole policy: a notice that is left out is not told. Problems: notify.policy on the field."},
		func(c *call, in NotificationPolicy) (NotificationPolicy, error) {
			p, err := c.Notify.SavePolicy(c.ctx, c.once, c.actor(), in.policy())
			return policyOf(p), err
		})
	s.templates()
}

func (c *call) listNotifications() (out NotificationPage, err error) {
	limit, err := c.limit()
	if err != nil {
		return out, err
	}
	f := notify.Filter{State: c.query("state")}
	if f.Order, err = optionalID("order", order.Prefix, c.query("order")); err != nil {
		return out, err
	}
	before, err := c.idCursor(notify.Prefix)
	if err != nil {
		return out, err
	}
	read := func(before int64, n int) ([]*notify.Message, error) { return c.Notify.Messages(c.ctx, f, before, n) }
	list, next, err := insidePage(c, before, limit, read, func(m *notify.Message) int64 { return m.ID }, byOrder(c, func(m *notify.Message) int64 { return m.OrderID }))
	out.Notifications = []Notification{}
	for _, m := range list {
		m.Detail = c.free(m.Detail)
		out.Notifications = append(out.Notifications, notificationOf(m, c.lang()))
	}
	out.NextCursor = c.nextCursor(notify.Prefix, next)
	return out, err
}

func (c *call) textNamed() notify.Template {
	return notify.Template{Notice: notify.Notice(c.req.PathValue("notice")), Channel: c.req.PathValue("channel"), Language: c.req.PathValue("language")}
}

func (c *call) textGiven(in TemplateInput) notify.Template {
	t := c.textNamed()
	t.Subject, t.Body, t.HTML = in.Subject, in.Body, in.HTML
	return t
}

func (s *Server) templates() {
	const problems = " Problems: notify.template_for, notify.template_size, notify.template_field, notify.template_subject, notify.template_html."
	query(s, route{path: "/v1/templates", tag: "notifications", id: "list-templates", scope: access.OrdersRead, summary: "The texts that hold now"},
		func(c *call) (TemplateList, error) {
			list, err := c.Notify.Templates(c.ctx)
			return TemplateList{notNil(list)}, err
		})
	query(s, route{path: "/v1/templates/{notice}/{channel}/{language}/versions", tag: "notifications", id: "list-template-versions", scope: access.OrdersRead,
		summary: "What the shop saved of one text, the newest first", params: []*huma.Param{number("limit", "how many at most, 1 to 500")}},
		func(c *call) (TemplateList, error) {
			limit, err := c.limit()
			if err != nil {
				return TemplateList{}, err
			}
			t := c.textNamed()
			list, err := c.Notify.TemplateVersions(c.ctx, t.Notice, t.Channel, t.Language, limit)
			return TemplateList{notNil(list)}, err
		})
	command(s, route{method: http.MethodPut, path: "/v1/templates/{notice}/{channel}/{language}", tag: "notifications", id: "save-template", scope: access.Admin,
		summary: "Add a version of a text", about: "An empty subject, body and html bring the built-in text back. Values are escaped where they stand, in HTML too." + problems},
		func(c *call, in TemplateInput) (notify.Template, error) {
			return c.Notify.SaveTemplate(c.ctx, c.once, c.actor(), c.textGiven(in))
		})
	command(s, route{path: "/v1/templates/{notice}/{channel}/{language}/preview", tag: "notifications", id: "preview-template", scope: access.OrdersRead,
		summary: "A text with an order in it, without saving it", about: "The name of the made-up order's customer holds a script, which must come out as text." + problems + " order.not_found."},
		func(c *call, in TemplateTrial) (notify.Rendered, error) {
			key, err := optionalID("order", order.Prefix, in.Order)
			if err != nil {
				return notify.Rendered{}, err
			}
			return c.Notify.PreviewOf(c.ctx, c.textGiven(in.TemplateInput), key)
		})
	command(s, route{path: "/v1/templates/{notice}/{channel}/{language}/test", tag: "notifications", id: "test-template", scope: access.Admin,
		summary: "Send a text to one of us, without saving it",
		about:   "It stands in no ledger: no customer was told." + problems + " order.not_found, notify.no_channel, notify.test_to, notify.refused, notify.later, notify.uncertain."},
		func(c *call, in TemplateTrial) (TestSent, error) {
			key, err := optionalID("order", order.Prefix, in.Order)
			if err != nil {
				return TestSent{}, err
			}
			reference, err := c.Notify.SendTest(c.ctx, c.textGiven(in.TemplateInput), key, in.To)
			return TestSent{To: in.To, Reference: reference}, err
		})
}
