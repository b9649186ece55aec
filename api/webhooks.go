package api

import (
	"encoding/json"
	"net/http"
	"time"

	"github.com/packhorse/packhorse/access"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/id"
	"github.com/packhorse/packhorse/internal/words"
	"github.com/packhorse/packhorse/notify"
	"github.com/packhorse/packhorse/order"
)

// EventBody is an event as the feed shows it to those who may not read personal data, for those who send it elsewhere.
func EventBody(f db.Fact) []byte {
	raw, err := json.Marshal(maskedEvent(f, order.MaskText))
	if err != nil {
		raw, _ = json.Marshal(Event{ID: id.Show("evt", f.ID), At: at(f.At), Kind: f.Kind, Params: json.RawMessage("{}")}) // parameters that are no JSON: check names them
	}
	return raw
}

// Webhook is a program that follows events.
type Webhook struct {
	ID        string   `json:"id"`
	URL       string   `json:"url"`
	Note      string   `json:"note,omitempty"`
	Kinds     []string `json:"kinds" doc:"events that are sent; none = all"`
	State     string   `json:"state" enum:"active,disabled"`
	Reason    string   `json:"reason,omitempty" doc:"why it is disabled, a code"`
	Text      string   `json:"text,omitempty" doc:"the reason as a sentence"`
	Failures  int64    `json:"failures" doc:"in a row, since the last delivery that was taken"`
	RetryAt   string   `json:"retry_at,omitempty" doc:"it is left alone until then"`
	Secret    string   `json:"secret,omitempty" doc:"shown once, when it is made"`
	CreatedAt string   `json:"created_at"`
}

// WebhookInput is what somebody says of one.
type WebhookInput struct {
	URL   string   `json:"url"`
	Note  string   `json:"note,omitempty"`
	Kinds []string `json:"kinds,omitempty" doc:"none = all"`
}

// WebhookList are all of them.
type WebhookList struct {
	Webhooks []Webhook `json:"webhooks"`
}

// EnableInput says from where a webhook goes on.
type EnableInput struct {
	Skip bool `json:"skip,omitempty" doc:"from now on; otherwise from where it stopped"`
}

// WebhookDelivery is one event on its way to one webhook.
type WebhookDelivery struct {
	ID       string `json:"id"`
	Event    string `json:"event" doc:"also the webhook-id"`
	Kind     string `json:"kind"`
	Order    string `json:"order,omitempty"`
	EventAt  string `json:"event_at"`
	State    string `json:"state" enum:"queued,sent,failed"`
	Reason   string `json:"reason,omitempty" doc:"a code"`
	Text     string `json:"text,omitempty" doc:"the reason as a sentence"`
	Status   int64  `json:"status,omitempty" doc:"of HTTP, the last answer"`
	Attempts int64  `json:"attempts"`
	SentAt   string `json:"sent_at,omitempty"`
}

// WebhookDeliveryPage is a stretch of them.
type WebhookDeliveryPage struct {
	Deliveries []WebhookDelivery `json:"deliveries"`
	NextCursor string            `json:"next_cursor,omitempty"`
}

// ReplayInput says what is sent again.
type ReplayInput struct {
	Deliveries []string `json:"deliveries,omitempty" doc:"these; or"`
	From       string   `json:"from,omitempty" format:"date-time" doc:"those of events from this moment on,"`
	To         string   `json:"to,omitempty" format:"date-time" doc:"before this one; empty = until now"`
	FailedOnly bool     `json:"failed_only,omitempty" doc:"leave out what was taken"`
}

// ReplayOutcome is how many are sent again.
type ReplayOutcome struct {
	Queued int    `json:"queued"`
	Next   string `json:"next,omitempty" doc:"there were more than one request takes; go on with from = next"`
}

func webhookOf(e *notify.Endpoint, lang string) Webhook {
	w := Webhook{ID: id.Show(notify.EndpointPrefix, e.ID), URL: e.URL, Note: e.Note, Kinds: notNil(e.Kinds), State: e.State, Reason: e.Reason, Failures: e.Failures,
		RetryAt: at(e.RetryAt), CreatedAt: at(e.CreatedAt)}
	if e.Reason != "" {
		w.Text = words.Render(lang, e.Reason, map[string]any{"failures": e.Failures})
	}
	return w
}

func (in WebhookInput) endpoint() notify.EndpointInput {
	return notify.EndpointInput{URL: in.URL, Note: in.Note, Kinds: in.Kinds}
}

// onWebhook reads the id out of the path and shows what becomes of the endpoint.
func onWebhook[In any](do func(*call, int64, In) (*notify.Endpoint, error)) func(*call, In) (Webhook, error) {
	return on(notify.EndpointPrefix, func(c *call, key int64, in In) (Webhook, error) {
		e, err := do(c, key, in)
		if err != nil {
			return Webhook{}, err
		}
		return webhookOf(e, c.lang()), nil
	})
}

func (s *Server) webhooks() {
	const input = " Problems: notify.url, notify.note, notify.kind."
	query(s, route{path: "/v1/webhooks", tag: "webhooks", id: "list-webhooks", scope: access.Admin, summary: "Programs that follow events"},
		func(c *call) (WebhookList, error) {
			list, err := c.Notify.Endpoints(c.ctx)
			out := WebhookList{Webhooks: []Webhook{}}
			for _, e := range list {
				out.Webhooks = append(out.Webhooks, webhookOf(e, c.lang()))
			}
			return out, err
		})
	command(s, route{path: "/v1/webhooks", tag: "webhooks", id: "add-webhook", scope: access.Admin, summary: "Send events to a program from now on",
		about: "The secret is shown in this answer only; like a key it is not kept for a repetition under the same Idempotency-Key." + input}, (*call).addWebhook)
	command(s, route{method: http.MethodPut, path: "/v1/webhooks/{id}", tag: "webhooks", id: "change-webhook", scope: access.Admin,
		summary: "Say where events go, and which", about: "What waits goes to the new address." + input + " notify.no_endpoint."},
		onWebhook(func(c *call, key int64, in WebhookInput) (*notify.Endpoint, error) {
			return c.Notify.ChangeEndpoint(c.ctx, c.once, c.actor(), key, in.endpoint())
		}))
	command(s, route{path: "/v1/webhooks/{id}/disable", tag: "webhooks", id: "disable-webhook", scope: access.Admin,
		summary: "Stop sending; the place in the event log is kept", about: "Problems: notify.no_endpoint."},
		onWebhook(func(c *call, key int64, _ Nothing) (*notify.Endpoint, error) {
			return c.Notify.Disable(c.ctx, c.once, c.actor(), key)
		}))
	command(s, route{path: "/v1/webhooks/{id}/enable", tag: "webhooks", id: "enable-webhook", scope: access.Admin,
		summary: "Go on where it stopped, or from now", about: "Problems: notify.no_endpoint."},
		onWebhook(func(c *call, key int64, in EnableInput) (*notify.Endpoint, error) {
			return c.Notify.Enable(c.ctx, c.once, c.actor(), key, in.Skip)
		}))
	command(s, route{path: "/v1/webhooks/{id}/rotate", tag: "webhooks", id: "rotate-webhook", scope: access.Admin, summary: "Make a new secret",
		about: "It is shown in this answer only. For a day deliveries are signed with the old one too. Problems: notify.no_endpoint."},
		on(notify.EndpointPrefix, func(c *call, key int64, _ Nothing) (Webhook, error) {
			e, secret, err := c.Notify.Rotate(c.ctx, c.unkeyed(), c.actor(), key)
			return c.withSecret(e, secret, err)
		}))
	command(s, route{path: "/v1/webhooks/{id}/replay", tag: "webhooks", id: "replay-webhook", scope: access.Admin, summary: "Send deliveries again, by id or by time of the event",
		about: "Under the same webhook-id, up to 1000 at once, each order in the order of its events. Problems: notify.no_endpoint, notify.disabled, notify.replay_what, notify.replay_size."},
		on(notify.EndpointPrefix, (*call).replayWebhook))
	query(s, route{path: "/v1/webhooks/{id}/deliveries", tag: "webhooks", id: "list-webhook-deliveries", scope: access.Admin,
		summary: "What was sent to a webhook, the newest event first", about: "What was taken is kept for thirty days.", params: paging()}, (*call).webhookDeliveries)
}

func (c *call) withSecret(e *notify.Endpoint, secret string, err error) (Webhook, error) {
	if err != nil {
		return Webhook{}, err
	}
	w := webhookOf(e, c.lang())
	w.Secret = secret
	return w, nil
}

func (c *call) addWebhook(in WebhookInput) (Webhook, error) {
	e, secret, err := c.Notify.AddEndpoint(c.ctx, c.unkeyed(), c.actor(), in.endpoint())
	return c.withSecret(e, secret, err)
}

func (c *call) replayWebhook(key int64, in ReplayInput) (out ReplayOutcome, err error) {
	r := notify.Replay{FailedOnly: in.FailedOnly}
	for _, text := range in.Deliveries {
		d, err := idOf("deliveries", notify.DeliveryPrefix, text)
		if err != nil {
			return out, err
		}
		r.Deliveries = append(r.Deliveries, d)
	}
	if r.From, err = microsOf("from", in.From); err != nil {
		return out, err
	}
	if r.To, err = microsOf("to", in.To); err != nil {
		return out, err
	}
	if r.From != 0 && r.To == 0 {
		r.To = c.DB.Clock().Now().Add(time.Second).UnixMicro()
	}
	done, err := c.Notify.Replay(c.ctx, c.once, c.actor(), key, r)
	out.Queued = done.Count
	if done.More {
		out.Next = at(done.Next)
	}
	return out, err
}

func (c *call) webhookDeliveries() (out WebhookDeliveryPage, err error) {
	key, err := c.idParam("id", notify.EndpointPrefix)
	if err != nil {
		return out, err
	}
	limit, err := c.limit()
	if err != nil {
		return out, err
	}
	before, err := optionalID("cursor", notify.DeliveryPrefix, c.query("cursor"))
	if err != nil {
		return out, err
	}
	list, err := c.Notify.Deliveries(c.ctx, key, before, limit)
	out.Deliveries = []WebhookDelivery{}
	for _, d := range list {
		out.Deliveries = append(out.Deliveries, deliveryOf(d, c.lang()))
	}
	if len(list) == limit {
		out.NextCursor = id.Show(notify.DeliveryPrefix, list[limit-1].ID)
	}
	return out, err
}

func deliveryOf(d *notify.Delivery, lang string) WebhookDelivery {
	out := WebhookDelivery{ID: id.Show(notify.DeliveryPrefix, d.ID), Event: id.Show("evt", d.Event.ID), Kind: d.Kind, Order: shown(order.Prefix, d.OrderID), EventAt: at(d.EventAt),
		State: d.State, Reason: d.Reason, Status: d.Status, Attempts: d.Attempts, SentAt: at(d.SentAt)}
	if d.Reason != "" {
		out.Text = words.Render(lang, d.Reason, map[string]any{"status": d.Status})
	}
	return out
}
