package vendure

import (
	"context"
	"fmt"

	"github.com/packhorse/packhorse/intake"
)

// A cancellation, a refund or a new address is done in this shop before we hear of it: the shop does not ask. What we
// can do is to write into the order's history, where whoever did it looks, that the warehouse followed, or could not.

const (
	notesQuery  = `query($id: ID!) { order(id: $id) { history(options: {take: 100, sort: {createdAt: DESC}, filter: {type: {eq: "ORDER_NOTE"}}}) { items { data } } } }`
	noteQuery   = `mutation($i: AddNoteToOrderInput!) { addNoteToOrder(input: $i) { id } }`
	cancelQuery = `mutation($i: CancelOrderInput!) { cancelOrder(input: $i) { __typename ... on Order { id state } ... on ErrorResult { errorCode message } } }`
)

// AnswerCancel writes the answer as a note that customers do not see; see intake.CancelAnswerer. An order that was refunded
// in the shop and therefore called off here is called off there too: its goods would stay allocated for ever.
func (s *Shop) AnswerCancel(ctx context.Context, a intake.CancelAnswer) error {
	o, err := s.parcelOrder(ctx, a.OrderNo)
	if err != nil {
		return err
	}
	if a.Done && (a.Question == intake.AsksCancel || a.Question == intake.AsksRefund) && o.State != "Cancelled" {
		if err := s.cancel(ctx, o.ID, a); err != nil {
			return err
		}
	}
	return s.note(ctx, o.ID, noteOf(a))
}

func noteOf(a intake.CancelAnswer) string {
	if a.Done {
		return fmt.Sprintf("Packhorse: %s done", a.Question)
	}
	return fmt.Sprintf("Packhorse: %s refused. %s [%s]", a.Question, a.Text, a.Code)
}

func (s *Shop) cancel(ctx context.Context, orderID string, a intake.CancelAnswer) error {
	var out struct {
		Cancelled outcome `json:"cancelOrder"`
	}
	reason := a.Text
	if reason == "" {
		reason = "called off in Packhorse"
	}
	input := map[string]any{"orderId": orderID, "reason": reason, "cancelShipping": true}
	if err := s.call(ctx, writes, cancelQuery, map[string]any{"i": input}, &out); err != nil {
		return err
	}
	return out.Cancelled.refusal()
}

// note writes a note unless it is there.
func (s *Shop) note(ctx context.Context, orderID, text string) error {
	var out struct {
		Order struct {
			History struct {
				Items []struct {
					Data struct {
						Note string `json:"note"`
					} `json:"data"`
				} `json:"items"`
			} `json:"history"`
		} `json:"order"`
	}
	if err := s.call(ctx, reads, notesQuery, map[string]any{"id": orderID}, &out); err != nil {
		return err
	}
	for _, n := range out.Order.History.Items {
		if n.Data.Note == text {
			return nil
		}
	}
	var done struct{}
	input := map[string]any{"id": orderID, "note": text, "isPublic": false}
	return s.call(ctx, writes, noteQuery, map[string]any{"i": input}, &done)
}
