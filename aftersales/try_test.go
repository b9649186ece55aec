package aftersales_test

import (
	"testing"
	"time"

	"github.com/packhorse/packhorse/aftersales"
	"github.com/packhorse/packhorse/pack/packtest"
)

func TestATrialOfThePolicySaysWhatOpeningTheCaseThenDoes(t *testing.T) {
	each(t, func(w *desk) {
		p := aftersales.DefaultPolicy()
		p.Kinds = []string{aftersales.Return, aftersales.Reship}
		for _, c := range []struct {
			name   string
			change func(p *aftersales.Policy)
			pass   time.Duration
			code   string
		}{
			{"granted", func(*aftersales.Policy) {}, 0, "aftersales.decision.granted"},
			{"too late", func(p *aftersales.Policy) { p.Windows = map[string]int64{aftersales.Return: 2} }, 72 * time.Hour, "aftersales.decision.late"},
			{"too dear", func(p *aftersales.Policy) { p.Limit = 1 }, 0, "aftersales.decision.value"},
			{"not this kind", func(p *aftersales.Policy) { p.Kinds = []string{aftersales.Exchange} }, 0, "aftersales.decision.kind"},
		} {
			p := p
			c.change(&p)
			o := w.delivered(packtest.Line{SKU: "MUG", Quantity: 2})
			w.DB.Clock().Advance(c.pass)
			got, err := w.after.Try(t.Context(), o.ID, &p)
			if err != nil || len(got.Kinds) != 4 || got.DeliveredAt == 0 {
				t.Fatalf("%s: %+v %v", c.name, got, err)
			}
			tried := got.Kinds[0]
			if tried.Kind != aftersales.Return || tried.Why.Code != c.code || tried.Units != 2 || tried.Value <= 0 || tried.Money == nil || tried.Money.Approved {
				t.Errorf("%s: %+v", c.name, tried)
			}
			if _, err := w.after.SavePolicy(t.Context(), nil, "user:ann", p); err != nil {
				t.Fatal(err)
			}
			done := w.open(aftersales.OpenIn{OrderID: o.ID, Kind: aftersales.Return})
			if opened := done.Status == aftersales.Approved; opened != tried.Approved {
				t.Errorf("%s: tried %v, opened it is %s", c.name, tried.Approved, done.Status)
			}
			after, err := w.after.Try(t.Context(), o.ID, nil)
			if err != nil || after.Kinds[0].Why.Code != "aftersales.nothing_left" || after.Kinds[0].Approved || after.Kinds[2].Why.Code == "aftersales.nothing_left" {
				t.Errorf("%s: everything is asked for, and yet %+v %v", c.name, after.Kinds, err)
			}
		}
		bad := aftersales.DefaultPolicy()
		bad.Limit = -1
		_, err := w.after.Try(t.Context(), 1, &bad)
		wantFault(t, err, "aftersales.policy")
		_, err = w.after.Try(t.Context(), 1, nil)
		wantFault(t, err, "order.not_found")
	})
}
