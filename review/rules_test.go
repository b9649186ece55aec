package review

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/packhorse/packhorse/internal/fault"
	"pgregory.net/rapid"
)

func defaults(t testing.TB) *RuleSet {
	t.Helper()
	set, err := Compile(Defaults(DefaultThresholds()))
	if err != nil {
		t.Fatal(err)
	}
	return set
}

func custom(expr string) Rule {
	return Rule{ID: "own", Version: 1, Name: "own", Expr: expr, Action: ActionHold, Reason: CodeCustom, Enabled: true}
}

func TestDefaultRulesHoldWhatAPersonMustSee(t *testing.T) {
	set := defaults(t)
	cases := []struct {
		name   string
		change func(*Facts)
		want   []string
	}{
		{"a good order passes", func(*Facts) {}, nil},
		{"an unpaid order waits for its payment", func(f *Facts) { f.Order.Payment, f.Order.PaidAmount = "unpaid", 0 }, []string{"unpaid"}},
		{"an authorised order is not paid", func(f *Facts) { f.Order.Payment, f.Order.PaidAmount = "authorized", 0 }, []string{"unpaid"}},
		{"an order without a payment state waits", func(f *Facts) { f.Order.Payment = "" }, []string{"unpaid"}},
		{"an unpaid dropship order waits", func(f *Facts) { f.Order.Kind, f.Order.Payment = "dropship", "unpaid" }, []string{"unpaid"}},
		{"cash on delivery is paid at the door", func(f *Facts) { f.Order.Kind, f.Order.Payment, f.Order.PaidAmount = "cod", "unpaid", 0 }, nil},
		{"cash on delivery may be authorised", func(f *Facts) { f.Order.Kind, f.Order.Payment = "cod", "authorized" }, nil},
		{"a refunded order is rejected", func(f *Facts) { f.Order.Payment = "refunded" }, []string{"refunded"}},
		{"a presale owes its balance", func(f *Facts) { f.Order.Kind, f.Order.Payment, f.Order.PaidAmount = "presale", "unpaid", 5000 }, []string{"presale_balance"}},
		{"a presale called paid still owes", func(f *Facts) { f.Order.Kind, f.Order.PaidAmount = "presale", 5000 }, []string{"presale_balance"}},
		{"a presale paid in full passes", func(f *Facts) { f.Order.Kind = "presale" }, nil},
		{"a refunded presale is rejected only", func(f *Facts) { f.Order.Kind, f.Order.Payment, f.Order.PaidAmount = "presale", "refunded", 0 }, []string{"refunded"}},
		{"a presale paid too much is a difference", func(f *Facts) { f.Order.Kind, f.Order.PaidAmount = "presale", 30000 }, []string{"paid_differs"}},
		{"a cent too little is a difference", func(f *Facts) { f.Order.PaidAmount-- }, []string{"paid_differs"}},
		{"a cent too much is a difference", func(f *Facts) { f.Order.PaidAmount++ }, []string{"paid_differs"}},
		{"an unknown SKU is unmapped", func(f *Facts) { f.Lines[1].Mapped = false }, []string{"unmapped"}},
		{"the floor price itself may be sold at", func(f *Facts) { f.Lines[0].UnitPrice = 9900 }, nil},
		{"below the floor nobody may sell", func(f *Facts) { f.Lines[0].UnitPrice = 9899 }, []string{"price_floor"}},
		{"a free gift in a sale is below the floor", func(f *Facts) { f.Lines[0].UnitPrice = 0 }, []string{"price_floor"}},
		{"an incomplete address is held", func(f *Facts) { f.Address = Address{Missing: []string{"phone"}} }, []string{"address"}},
		{"a doubtful address is held", func(f *Facts) { f.Address.Problems = []string{ProblemVague} }, []string{"address_doubt"}},
		{"ten others from one IP are an office", func(f *Facts) { f.Risk.SameIP = 10 }, nil},
		{"eleven others from one IP are seen", func(f *Facts) { f.Risk.SameIP = 11 }, []string{"same_ip"}},
		{"no IP is never the same IP", func(f *Facts) { f.Risk.SameIP, f.Buyer.IP = 99, "" }, nil},
		{"four others with one phone are seen", func(f *Facts) { f.Risk.SamePhone = 4 }, []string{"same_phone"}},
		{"a phone in stars is never the same", func(f *Facts) { f.Risk.SamePhone, f.Recipient.Phone = 99, "138****8000" }, nil},
		{"no phone is never the same", func(f *Facts) { f.Risk.SamePhone, f.Recipient.Phone = 99, "" }, nil},
		{"six others to one address are seen", func(f *Facts) { f.Risk.SameAddress = 6 }, []string{"same_address"}},
		{"a masked address is never the same", func(f *Facts) { f.Risk.SameAddress, f.Recipient.Masked = 99, true }, nil},
		{"four others of one token are seen though masked", func(f *Facts) { f.Risk.SameToken, f.Recipient.Masked = 4, true }, []string{"same_token"}},
		{"no token is never the same", func(f *Facts) { f.Risk.SameToken, f.Buyer.Token = 99, "" }, nil},
		{"all reasons are told at once", func(f *Facts) { f.Order.Payment, f.Lines[0].Mapped, f.Risk.SameIP = "unpaid", false, 50 },
			[]string{"unpaid", "unmapped", "same_ip"}},
	}
	for _, kind := range []string{"gift", "reship", "exchange"} {
		free := func(f *Facts) {
			f.Order.Kind, f.Order.Payment, f.Order.Total, f.Order.PaidAmount = kind, "unpaid", 0, 0
			f.Lines[0].UnitPrice = 0
		}
		cases = append(cases, struct {
			name   string
			change func(*Facts)
			want   []string
		}{"a free " + kind + " trips neither payment nor floor", free, nil}, struct {
			name   string
			change func(*Facts)
			want   []string
		}{"a " + kind + " that costs something must be paid", func(f *Facts) { f.Order.Kind, f.Order.Payment = kind, "unpaid" }, []string{"unpaid"}})
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			f := goodFacts()
			c.change(&f)
			v := set.Evaluate(f)
			if !slices.Equal(v.Fired, c.want) || v.Pass != (len(c.want) == 0) {
				t.Fatalf("fired %v, want %v, pass %v", v.Fired, c.want, v.Pass)
			}
			if len(v.Holds)+len(v.Rejects) != len(c.want) || len(v.Fired)+len(v.NotFired) != 12 {
				t.Fatalf("reasons and rules do not add up: %+v", v)
			}
		})
	}
}

func TestARefundedOrderIsRejectedNotHeld(t *testing.T) {
	f := goodFacts()
	f.Order.Payment = "refunded"
	v := defaults(t).Evaluate(f)
	if len(v.Rejects) != 1 || len(v.Holds) != 0 || v.Summary().Code != "review.rejected" {
		t.Fatalf("%+v", v)
	}
}

func TestAMistakeNamesItsRuleAndItsPlace(t *testing.T) {
	cases := []struct{ name, expr, code, says string }{
		{"an unknown field", "order.total > 0 && order.totl > 5", "review.rule_syntax", "line 1, column 25"},
		{"an unknown name on the second line", "order.total > 0 &&\n  ordr.total > 5", "review.rule_syntax", "line 2, column 3"},
		{"an unknown field of a line", "lines.exists(l, l.skuu == 'a')", "review.rule_syntax", "skuu"},
		{"a text compared with a sum", "order.total > 'a'", "review.rule_syntax", "overload"},
		{"a sum is no verdict", "order.total", "review.rule_type", "bool"},
		{"nothing", "", "review.rule_syntax", "rule own"},
		{"half a sentence", "order.total >", "review.rule_syntax", "rule own"},
		{"types hidden by dyn", "dyn(order).foo == 1", "review.rule_syntax", "dyn"},
		{"a walk within a walk", "lines.all(a, lines.all(b, a.sku == b.sku))", "review.rule_costly", "steps"},
		{"three walks deep", "lines.all(a, lines.all(b, lines.all(c, true)))", "review.rule_syntax", "nesting"},
		{"a long text", "order.total > 0" + strings.Repeat(" ", MaxExpression), "review.rule_syntax", "size"},
		{"a tower of brackets", strings.Repeat("(", 300) + "true" + strings.Repeat(")", 300), "review.rule_syntax", "recursion"},
		{"a hostile pattern", "order.buyer_note.matches('((((a{40}){40}){40}){40})')", "review.rule_syntax", "rule own"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			_, err := Compile([]Rule{custom(c.expr)})
			f, ok := fault.As(err)
			if !ok {
				t.Fatalf("taken, or no fault: %v", err)
			}
			if f.Code != c.code || f.Field != "rules[0].expr" || f.Params["rule"] != "own" || !strings.Contains(f.Message, c.says) {
				t.Fatalf("%s at %s: %s (%v)", f.Code, f.Field, f.Message, f.Params)
			}
		})
	}
}

func TestEveryMistakeOfASetIsToldAtOnce(t *testing.T) {
	bad := Rule{ID: "Bad id", Action: "explode", Reason: "no"}
	twice := custom("true")
	_, err := Compile([]Rule{bad, twice, twice})
	f, ok := fault.As(err)
	if !ok || len(f.Causes) != 6 {
		t.Fatalf("%v", err)
	}
	disabled := custom("nonsense")
	disabled.Enabled = false
	if _, err := Compile([]Rule{disabled}); fault.Code(err) != "review.rule_syntax" {
		t.Fatalf("a disabled rule was not checked: %v", err)
	}
	if _, err := Compile(make([]Rule, MaxRules+1)); fault.Code(err) != "review.many_rules" {
		t.Fatalf("%v", err)
	}
}

func TestARuleThatFailsHoldsTheOrderAndNamesItself(t *testing.T) {
	for name, expr := range map[string]string{
		"a division by nothing":   "order.total / risk.same_ip > 1",
		"a phone read as number":  "int(recipient.name) > 1",
		"a place that is not":     "lines[5].mapped",
		"more lines than assumed": "lines.all(l, l.sku != 'x' && l.sku != 'y' && l.sku != 'z')",
	} {
		t.Run(name, func(t *testing.T) {
			tag := custom(expr)
			tag.Action = ActionTag
			set, err := Compile([]Rule{tag})
			if err != nil {
				t.Fatal(err)
			}
			f := goodFacts()
			f.Risk.SameIP = 0
			if name == "more lines than assumed" {
				f.Lines = slices.Repeat(f.Lines, 20_000)
			}
			v := set.Evaluate(f)
			if v.Pass || len(v.Holds) != 1 || v.Holds[0].Code != CodeRuleFailed || v.Holds[0].Rule != "own" {
				t.Fatalf("%+v", v)
			}
		})
	}
}

func TestATagLetsTheOrderPass(t *testing.T) {
	r := custom("order.total > 10000")
	r.Action, r.Reason = ActionTag, "shop.vip"
	set, err := Compile([]Rule{r})
	if err != nil {
		t.Fatal(err)
	}
	if v := set.Evaluate(goodFacts()); !v.Pass || !slices.Equal(v.Tags, []string{"shop.vip"}) {
		t.Fatalf("%+v", v)
	}
}

func TestAParameterThatFailsDoesNotLoseTheHold(t *testing.T) {
	r := custom("true")
	r.Params = map[string]string{"text": "lines[9].sku"}
	set, err := Compile([]Rule{r})
	if err != nil {
		t.Fatal(err)
	}
	if v := set.Evaluate(goodFacts()); len(v.Holds) != 1 || v.Holds[0].Params["text"] != "–" {
		t.Fatalf("%+v", v)
	}
}

func TestAnOrderPassesExactlyWhenNothingStopsIt(t *testing.T) {
	set := defaults(t)
	rapid.Check(t, func(t *rapid.T) {
		f := goodFacts()
		f.Order.Kind = rapid.SampledFrom([]string{"normal", "presale", "cod", "exchange", "reship", "gift", "dropship", ""}).Draw(t, "kind")
		f.Order.Payment = rapid.SampledFrom([]string{"unpaid", "authorized", "paid", "refunded", "odd"}).Draw(t, "payment")
		f.Order.Total = rapid.Int64().Draw(t, "total")
		f.Order.PaidAmount = rapid.Int64().Draw(t, "paid")
		f.Recipient.Masked = rapid.Bool().Draw(t, "masked")
		f.Risk.SamePhone = rapid.Int64Range(0, 10).Draw(t, "phones")
		a, b := set.Evaluate(f), set.Evaluate(f)
		x, _ := json.Marshal(a)
		y, _ := json.Marshal(b)
		if string(x) != string(y) {
			t.Fatalf("two verdicts over one order: %s %s", x, y)
		}
		if a.Pass != (len(a.Holds)+len(a.Rejects) == 0) || len(a.Fired)+len(a.NotFired) != 12 {
			t.Fatalf("%s", x)
		}
		if f.Order.Payment == "refunded" && len(a.Rejects) != 1 {
			t.Fatalf("refunded and not rejected: %s", x)
		}
		if f.Recipient.Masked && slices.Contains(a.Fired, "same_phone") {
			t.Fatalf("a masked phone was counted: %s", x)
		}
	})
}

func FuzzExpression(f *testing.F) {
	for _, r := range Defaults(DefaultThresholds()) {
		f.Add(r.Expr)
	}
	f.Add("lines.map(l, l.sku).filter(s, s.matches('^A')).size() > 2")
	f.Add("has(order.payment) ? [1,2][9] == 1 : {'a': b}.c")
	f.Add("recipient.phone.matches('(a*)*$') || '" + strings.Repeat("x", 900) + "' == ''")
	facts := goodFacts()
	facts.Lines = slices.Repeat(facts.Lines, 100)
	f.Fuzz(func(t *testing.T, text string) {
		set, err := Compile([]Rule{custom(text)})
		if err != nil {
			if fault.Code(err) == "internal" {
				t.Fatalf("a mistake of the user became an internal error: %v", err)
			}
			return
		}
		v := set.Evaluate(facts)
		if len(v.Fired)+len(v.NotFired)+len(v.Holds) == 0 || v.Pass != (len(v.Holds) == 0) {
			t.Fatalf("%q: %+v", text, v)
		}
	})
}
