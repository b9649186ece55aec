package report

import (
	"encoding/json"
	"fmt"
	"slices"

	"github.com/packhorse/packhorse/intake"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/id"
	"github.com/packhorse/packhorse/internal/words"
	"github.com/packhorse/packhorse/order"
)

// answerKinds are the events that answer what a shop asked about an order.
var answerKinds = []string{"order.cancelled.v1", "order.amended.v1", "order.amend_refused.v1", "order.too_late.v1"}

// answer is the payload of a cancel_answer.
type answer struct {
	Question string `json:"question"`
	Done     bool   `json:"done"`
	Code     string `json:"code,omitempty"`
}

// answers queues what became of changes that the shop itself asked for.
func (p *page) answers(facts []db.Fact) error {
	lists := map[*account][]*Message{}
	for _, f := range facts {
		if !slices.Contains(answerKinds, f.Kind) {
			continue
		}
		a, o := p.of(f)
		if a == nil || !a.answer || f.Actor != a.Actor() {
			continue
		}
		x, err := p.answer(f, o)
		if err != nil {
			return err
		}
		if x.Question == "" {
			continue
		}
		raw, err := json.Marshal(x)
		if err != nil {
			return err
		}
		lists[a] = append(lists[a], &Message{Key: fmt.Sprintf("%s %s", x.Question, id.Show("evt", f.ID)), Order: o.ID, payload: string(raw)})
	}
	for _, a := range p.accounts {
		if err := p.queue(a, CancelAnswer, lists[a]); err != nil {
			return err
		}
	}
	return nil
}

// answer reads which question an event answers, and how; none when it answers none.
func (p *page) answer(f db.Fact, o *order.Order) (answer, error) {
	var said struct {
		Reason   string   `json:"reason"`
		Changes  []string `json:"changes"`
		Code     string   `json:"code"`
		Revision int64    `json:"revision"`
		Unheard  bool     `json:"unheard"`
		Question string   `json:"question"` // of what came too late
	}
	if err := json.Unmarshal([]byte(f.Params), &said); err != nil {
		return answer{}, fmt.Errorf("params of %s: %w", f.Kind, err)
	}
	switch f.Kind {
	case "order.cancelled.v1":
		if said.Unheard {
			return answer{}, nil // the shop asked nothing
		}
		if said.Reason == "refunded" {
			return answer{Question: intake.AsksRefund, Done: true}, nil
		}
		return answer{Question: intake.AsksCancel, Done: true}, nil
	case "order.amended.v1":
		if slices.Contains(said.Changes, "recipient") {
			return answer{Question: intake.AsksAddress, Done: true}, nil
		}
		return answer{}, nil
	case "order.too_late.v1": // of a refund before shipping of what has left too: booked, and the parcel travels all the same
		return answer{Question: said.Question, Code: said.Code}, nil
	}
	question, err := intake.Asked(p.Tx, o.Channel, o.Shop, o.ExternalNo, said.Revision)
	return answer{Question: question, Code: said.Code}, err
}

// cancelAnswer is the answer as the shop is told it, in its language.
func cancelAnswer(m *Message, o *order.Order, lang string) (intake.CancelAnswer, error) {
	var x answer
	if err := json.Unmarshal([]byte(m.payload), &x); err != nil {
		return intake.CancelAnswer{}, fmt.Errorf("payload of %s: %w", id.Show(Prefix, m.ID), err)
	}
	out := intake.CancelAnswer{OrderNo: o.ExternalNo, Question: x.Question, Done: x.Done, Code: x.Code}
	if x.Done {
		out.Text = words.Render(lang, "report.answer_done", map[string]any{"question": x.Question})
	} else {
		out.Text = words.Render(lang, "report.answer_refused", map[string]any{"question": x.Question, "code": x.Code})
	}
	return out, nil
}
