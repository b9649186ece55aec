package api

import (
	"github.com/packhorse/packhorse/access"
	"github.com/packhorse/packhorse/internal/link"
	"github.com/packhorse/packhorse/notify"
	"github.com/packhorse/packhorse/order"
)

// Question is what the customer of an order would be asked, and how.
type Question struct {
	Channel   string `json:"channel,omitempty" enum:"email,sms" doc:"missing: the customer cannot be reached; give them the link another way"`
	Recipient string `json:"recipient,omitempty" doc:"the address, most of it hidden"`
	Language  string `json:"language"`
	SentAt    string `json:"sent_at,omitempty" doc:"not before: it is night where the customer lives"`
	Subject   string `json:"subject"`
	Text      string `json:"text" doc:"with the customer's name masked"`
	Link      string `json:"link" doc:"the signed page on which the address is confirmed; for the customer only"`
}

// AskInput asks the customer of an order to confirm the address.
type AskInput struct {
	DueAt string `json:"due_at" format:"date-time" doc:"when the case comes back without an answer; within thirty days"`
}

func (s *Server) asking() {
	query(s, route{path: "/v1/orders/{id}/question", tag: "review", id: "get-question", scope: access.OrdersWrite, summary: "What the customer of an order would be asked",
		about: "The text of the notice needs_address as it holds now. Nothing is sent. Problems: order.not_found, seal.missing."}, (*call).question)
	command(s, route{path: "/v1/orders/{id}/ask", tag: "review", id: "ask-order", scope: access.OrdersWrite, summary: "Ask the customer to confirm the address",
		about: "The order is held until the customer has answered on the page of the signed link, or a person decides; the case comes back when the answer is due. " +
			"Asked once more, the customer is told once more. Problems: order.not_found, review.over, review.in_work, review.claimed, review.snooze, order.state, http.time."},
		onOrder(func(c *call, key int64, in AskInput) (ReviewOutcome, error) {
			due, err := microsOf("due_at", in.DueAt)
			if err != nil {
				return ReviewOutcome{}, err
			}
			return reviewOutcome(c.Review.Ask(c.ctx, c.once, key, c.actor(), due))
		}))
}

func (c *call) question() (out Question, err error) {
	key, err := c.idParam("id", order.Prefix)
	if err != nil {
		return out, err
	}
	d, err := c.Notify.Draft(c.ctx, notify.NeedsAddress, key)
	if err != nil {
		return out, err
	}
	out = Question{Channel: d.Channel, Recipient: d.Recipient, Language: d.Language, Subject: d.Subject, Text: d.Text}
	if d.DueAt > c.DB.Clock().Now().UnixMicro() {
		out.SentAt = at(d.DueAt)
	}
	if out.Link = c.Links.URL(link.Confirm, key); out.Link == "" {
		out.Link, err = c.Links.Path(link.Confirm, key)
	}
	return out, err
}
