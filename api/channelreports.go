package api

import (
	"time"

	"github.com/packhorse/packhorse/access"
	"github.com/packhorse/packhorse/intake"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/id"
	"github.com/packhorse/packhorse/internal/words"
	"github.com/packhorse/packhorse/order"
	"github.com/packhorse/packhorse/pack"
	"github.com/packhorse/packhorse/report"
)

// ChannelMessage is one thing that a shop is told.
type ChannelMessage struct {
	ID            string `json:"id"`
	Channel       string `json:"channel"`
	Kind          string `json:"kind" enum:"shipment,cancel_answer,stock"`
	Key           string `json:"key" doc:"what is told once"`
	Order         string `json:"order,omitempty"`
	Parcel        string `json:"parcel,omitempty"`
	State         string `json:"state" enum:"queued,sent,failed,uncertain"`
	Attempts      int64  `json:"attempts"`
	NextAt        string `json:"next_at,omitempty"`
	Code          string `json:"code,omitempty" doc:"why the last attempt failed"`
	Text          string `json:"text,omitempty" doc:"the same as a sentence"`
	Reference     string `json:"reference,omitempty" doc:"the shop's"`
	CreatedAt     string `json:"created_at"`
	SentAt        string `json:"sent_at,omitempty"`
	UncollectedAt string `json:"uncollected_at,omitempty" doc:"the shop knows of the parcel, and no carrier has scanned it since"`
}

// ChannelMessages is a page of messages, newest first.
type ChannelMessages struct {
	Messages   []ChannelMessage `json:"messages"`
	NextCursor string           `json:"next_cursor,omitempty"`
}

// ChannelHour is the proof of one hour: what the shop says, and what we hold.
type ChannelHour struct {
	Hour    string `json:"hour" doc:"when it began"`
	Shop    int64  `json:"shop" doc:"orders the shop says were placed in it"`
	Held    int64  `json:"held" doc:"of them, orders here"`
	Refused int64  `json:"refused" doc:"of them, documents that could not become an order"`
	Missing int64  `json:"missing"`
	At      string `json:"at" doc:"when they were counted last"`
}

// ChannelHours lists hours, newest first.
type ChannelHours struct {
	Hours      []ChannelHour `json:"hours"`
	NextCursor string        `json:"next_cursor,omitempty"`
}

// ChannelUnread is what a shop said that could not be read.
type ChannelUnread struct {
	ID      string `json:"id"`
	At      string `json:"at"`
	Code    string `json:"code"`
	Message string `json:"message"`
	Raw     string `json:"raw" doc:"word for word"`
}

// ChannelUnreadList lists what could not be read, newest first.
type ChannelUnreadList struct {
	Unreadable []ChannelUnread `json:"unreadable"`
	NextCursor string          `json:"next_cursor,omitempty"`
}

const unreadPrefix = "unr"

func (s *Server) channelReports() {
	query(s, route{path: "/v1/channels/{id}/messages", tag: "channels", id: "list-channel-messages", scope: access.OrdersRead,
		summary: "What a shop was told, or is to be told, newest first", about: "Errors: channel.not_found, report.state.",
		params: append(paging(), text("state", "only those in this state", report.Queued, report.Uncertain, report.Failed))}, onChannel((*call).channelMessages))
	command(s, route{path: "/v1/channels/{id}/messages/{message}/retry", tag: "channels", id: "retry-channel-message", scope: access.OrdersWrite,
		summary: "Tell a shop again", about: "The shop is asked first whether it knows. Errors: report.not_found, report.sent."},
		on(intake.ChannelPrefix, func(c *call, _ int64, _ Empty) (ChannelMessage, error) {
			key, err := c.idParam("message", report.Prefix)
			if err != nil {
				return ChannelMessage{}, err
			}
			m, err := c.Report.Retry(c.ctx, c.once, c.actor(), key)
			return c.channelMessage(&m), err
		}))
	query(s, route{path: "/v1/uncollected", tag: "channels", id: "list-uncollected", scope: access.OrdersRead, params: paging(),
		summary: "Parcels that a shop knows of and no carrier has scanned since, newest first", about: "Errors: those of every list."}, (*call).uncollected)
	query(s, route{path: "/v1/channels/{id}/completeness", tag: "channels", id: "list-channel-hours", scope: access.OrdersRead, params: paging(),
		summary: "The proof, by hour, that no order of a shop is missing", about: "Only of shops that can count. Errors: those of every list."}, onChannel((*call).channelHours))
	query(s, route{path: "/v1/channels/{id}/unreadable", tag: "channels", id: "list-channel-unreadable", scope: access.Admin, params: paging(),
		summary: "What a shop said that could not be read, word for word, newest first", about: "Errors: those of every list."}, onChannel((*call).channelUnreadable))
}

func (c *call) channelMessage(m *report.Message) ChannelMessage {
	out := ChannelMessage{ID: id.Show(report.Prefix, m.ID), Channel: shown(intake.ChannelPrefix, m.Channel), Kind: m.Kind, Key: m.Key, Order: shown(order.Prefix, m.Order),
		Parcel: shown(pack.Prefix, m.Parcel), State: m.State, Attempts: m.Attempts, NextAt: at(m.NextAt), Code: m.Code, Reference: m.Reference,
		CreatedAt: at(m.CreatedAt), SentAt: at(m.SentAt), UncollectedAt: at(m.UncollectedAt)}
	if m.Code != "" {
		out.Text = m.Why
		if words.Has(c.lang(), m.Code) {
			out.Text = words.Render(c.lang(), m.Code, nil)
		}
	}
	return out
}

func (c *call) messagePage(ask func(tx *db.Tx, below int64, limit int) ([]*report.Message, error), keep func(*db.Tx, []*report.Message) ([]*report.Message, error)) (ChannelMessages, error) {
	out := ChannelMessages{Messages: []ChannelMessage{}}
	limit, err := c.limit()
	if err != nil {
		return out, err
	}
	below, err := c.idCursor(report.Prefix)
	if err != nil {
		return out, err
	}
	read := func(below int64, n int) (list []*report.Message, err error) {
		err = c.DB.View(c.ctx, func(tx *db.Tx) error { list, err = ask(tx, below, n); return err })
		return list, err
	}
	list, next, err := insidePage(c, below, limit, read, func(m *report.Message) int64 { return m.ID }, keep)
	for _, m := range list {
		out.Messages = append(out.Messages, c.channelMessage(m))
	}
	out.NextCursor = c.nextCursor(report.Prefix, next)
	return out, err
}

func (c *call) channelMessages(key int64) (ChannelMessages, error) {
	return c.messagePage(func(tx *db.Tx, below int64, limit int) ([]*report.Message, error) {
		if _, err := intake.AccountByID(tx, key); err != nil {
			return nil, err
		}
		return report.Messages(tx, key, c.query("state"), below, limit)
	}, func(_ *db.Tx, list []*report.Message) ([]*report.Message, error) { return list, nil }) // whoever reaches the shop sees it whole
}

func (c *call) uncollected() (ChannelMessages, error) {
	return c.messagePage(report.Uncollected, byOrder(c, func(m *report.Message) int64 { return m.Order }))
}

func (c *call) channelHours(key int64) (ChannelHours, error) {
	out := ChannelHours{Hours: []ChannelHour{}}
	limit, err := c.limit()
	if err != nil {
		return out, err
	}
	below, err := c.micros("cursor")
	if err != nil {
		return out, badCursor()
	}
	var list []intake.Completeness
	err = c.DB.View(c.ctx, func(tx *db.Tx) error { list, err = intake.CompletenessOf(tx, key, below, limit); return err })
	for _, h := range list {
		out.Hours = append(out.Hours, ChannelHour{Hour: at(h.Hour), Shop: h.Shop, Held: h.Held, Refused: h.Refused, Missing: h.Missing(), At: at(h.At)})
	}
	if len(list) == limit {
		out.NextCursor = time.UnixMicro(list[limit-1].Hour).UTC().Format(time.RFC3339)
	}
	return out, err
}

func (c *call) channelUnreadable(key int64) (ChannelUnreadList, error) {
	out := ChannelUnreadList{Unreadable: []ChannelUnread{}}
	limit, err := c.limit()
	if err != nil {
		return out, err
	}
	below, err := c.idCursor(unreadPrefix)
	if err != nil {
		return out, err
	}
	var list []intake.Unread
	err = c.DB.View(c.ctx, func(tx *db.Tx) error { list, err = intake.Unreadable(tx, key, below, limit); return err })
	for _, u := range list {
		out.Unreadable = append(out.Unreadable, ChannelUnread{ID: id.Show(unreadPrefix, u.ID), At: at(u.At), Code: u.Code, Message: u.Message, Raw: c.free(u.Raw)})
	}
	if len(list) == limit {
		out.NextCursor = id.Show(unreadPrefix, list[limit-1].ID)
	}
	return out, err
}
