package api

import (
	"github.com/packhorse/packhorse/access"
	"github.com/packhorse/packhorse/aftersales"
	"github.com/packhorse/packhorse/internal/money"
	"github.com/packhorse/packhorse/internal/words"
)

// ReturnTrialInput is the policy to try.
type ReturnTrialInput struct {
	Policy *aftersales.Policy `json:"policy,omitempty" doc:"the one that holds without it"`
}

// ReturnTrial is what the policy would say if everything that is left of an order were asked for now.
type ReturnTrial struct {
	Currency    string        `json:"currency"`
	DeliveredAt string        `json:"delivered_at,omitempty" doc:"left out while the carrier has not said so"`
	SendBy      string        `json:"send_by" doc:"until when goods that were approved now must come"`
	Kinds       []TriedReturn `json:"kinds"`
}

// TriedReturn is what it would say of one kind.
type TriedReturn struct {
	Kind     string `json:"kind" enum:"return,exchange,reship,refund"`
	Units    int64  `json:"units" doc:"pieces that are left to ask for"`
	Value    string `json:"value" doc:"money: paid for them"`
	Approved bool   `json:"approved" doc:"at once, without a person"`
	Why      string `json:"why" doc:"as a sentence"`
	Paid     *bool  `json:"paid,omitempty" doc:"that money would go back without a person, were the goods as new; left out for kinds that are paid in goods"`
	PaidWhy  string `json:"paid_why,omitempty"`
}

func (s *Server) returnTrial() {
	command(s, route{path: "/v1/orders/{id}/returns/try", tag: "returns", id: "try-return-policy", scope: access.OrdersRead, summary: "What a return policy would do with an order",
		about: "For each kind, as if everything that is left were asked for now. Nothing is written. Problems: order.not_found, aftersales.not_shipped, aftersales.policy, aftersales.kind, aftersales.phone."},
		onOrder(func(c *call, key int64, in ReturnTrialInput) (ReturnTrial, error) {
			t, err := c.AfterSales.Try(c.ctx, key, in.Policy)
			if err != nil {
				return ReturnTrial{}, err
			}
			out := ReturnTrial{Currency: t.Currency, DeliveredAt: at(t.DeliveredAt), SendBy: at(t.SendBy), Kinds: []TriedReturn{}}
			for _, k := range t.Kinds {
				one := TriedReturn{Kind: k.Kind, Units: k.Units, Value: money.Format(k.Value, t.Currency), Approved: k.Approved, Why: words.Render(c.lang(), k.Why.Code, k.Why.Params)}
				if k.Money != nil {
					one.Paid, one.PaidWhy = &k.Money.Approved, words.Render(c.lang(), k.Money.Why.Code, k.Money.Why.Params)
				}
				out.Kinds = append(out.Kinds, one)
			}
			return out, nil
		}))
}
