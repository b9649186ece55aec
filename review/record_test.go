package review

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/words"
)

func TestTheRecordOfAPassIsShortAndKeepsNoPerson(t *testing.T) {
	raw, err := json.Marshal(defaults(t).Evaluate(goodFacts()))
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d bytes: %s", len(raw), raw)
	if len(raw) > 400 {
		t.Fatalf("%d bytes", len(raw))
	}
	f := goodFacts()
	f.Risk = Risk{99, 99, 99, 99, 99}
	f.Address = CheckAddress(f.Recipient)
	raw, _ = json.Marshal(defaults(t).Evaluate(f))
	for _, secret := range []string{"张三", "13800138000", "文三路", "203.0.113.9", "oaid-1", "b-1"} {
		if strings.Contains(string(raw), secret) {
			t.Errorf("the record tells %s: %s", secret, raw)
		}
	}
}

func TestALongListInARecordIsCut(t *testing.T) {
	f := goodFacts()
	for i := range 50 {
		f.Lines = append(f.Lines, Line{SKU: fmt.Sprint("X-", i)})
	}
	skus := defaults(t).Evaluate(f).Holds[0].Params["skus"].([]string)
	if len(skus) != 11 || skus[10] != "…" {
		t.Fatalf("%v", skus)
	}
}

func TestTheVersionFollowsWhatDecides(t *testing.T) {
	rules := Defaults(DefaultThresholds())
	base := defaults(t).Version()
	slices.Reverse(rules)
	same, _ := Compile(rules)
	if same.Version() != base {
		t.Fatal("the sequence in the file changed the version")
	}
	th := DefaultThresholds()
	th.SameIP++
	other, _ := Compile(Defaults(th))
	if other.Version() == base {
		t.Fatal("another threshold, the same version")
	}
	off := Defaults(Thresholds{SameIP: 10})
	set, err := Compile(off)
	if err != nil {
		t.Fatal(err)
	}
	if v := set.Evaluate(goodFacts()); slices.Contains(v.NotFired, "same_phone") {
		t.Fatalf("a threshold of 0 did not switch the rule off: %v", v.NotFired)
	}
}

var placeholder = regexp.MustCompile(`\{(\w+)\}`)

func TestEveryDefaultRuleSpeaksBothLanguages(t *testing.T) {
	for _, r := range Defaults(DefaultThresholds()) {
		for _, lang := range words.Languages {
			if !words.Has(lang, r.Name) || !words.Has(lang, r.Reason) {
				t.Errorf("%s has no words for %s or %s", lang, r.Name, r.Reason)
			}
			for _, m := range placeholder.FindAllStringSubmatch(words.Render(lang, r.Reason, nil), -1) {
				if _, ok := r.Params[m[1]]; !ok {
					t.Errorf("%s: the sentence of %s asks for {%s}, which the rule does not give", lang, r.ID, m[1])
				}
			}
		}
	}
	for _, code := range words.Codes("en") {
		if strings.HasPrefix(code, "review.") && !words.Has("zh-CN", code) {
			t.Errorf("no Chinese for %s", code)
		}
	}
	for _, code := range words.Codes("zh-CN") {
		if strings.HasPrefix(code, "review.") && !words.Has("en", code) {
			t.Errorf("no English for %s", code)
		}
	}
}

func TestReasonsReadAsSentencesAlsoFromStorage(t *testing.T) {
	f := goodFacts()
	f.Order.Payment, f.Order.PaidAmount = "unpaid", 0
	f.Address = Address{Missing: []string{MissingCity, MissingPhone}}
	raw, err := json.Marshal(defaults(t).Evaluate(f))
	if err != nil {
		t.Fatal(err)
	}
	var stored Verdict
	if err := json.Unmarshal(raw, &stored); err != nil {
		t.Fatal(err)
	}
	want := map[string][2]string{
		"unpaid":  {"The payment is unpaid; 258.00 CNY must be paid before the order goes on.", "付款状态为未付款，需付清 258.00 CNY 后才能继续。"},
		"address": {"The address is incomplete; missing: city, phone.", "收件信息不完整，缺少：城市、电话。"},
	}
	for _, h := range stored.Holds {
		if got := [2]string{h.Text("en"), h.Text("zh-CN")}; got != want[h.Rule] {
			t.Errorf("%s: %q", h.Rule, got)
		}
	}
	if len(stored.Holds) != 2 {
		t.Fatalf("%+v", stored.Holds)
	}
}

func TestNoParameterMayShowAPerson(t *testing.T) {
	for _, expr := range []string{"recipient.phone", "buyer.ip", "[recipient].map(r, r.phone)", "order.buyer_note",
		"recipient.country + recipient.name", "[buyer].map(recipient, recipient.id)", ".recipient.phone", "[order].map(o, o.buyer_note)",
		"has(recipient.name) ? 'x' : [.buyer].map(b, b.id)[0]"} {
		r := custom("true")
		r.Params = map[string]string{"text": expr}
		if _, err := Compile([]Rule{r}); fault.Code(err) != "review.rule_personal" {
			t.Errorf("%s: %v", expr, err)
		}
	}
	r := custom("true")
	r.Params = map[string]string{"text": "recipient.country + ' ' + string(order.item_count)",
		"prices": "lines.filter(l, l.unit_price < 9900).map(l, l.sku + ' ' + money(l.unit_price, order.currency))"}
	set, err := Compile([]Rule{r})
	if err != nil {
		t.Fatal(err)
	}
	if got := set.Evaluate(goodFacts()).Holds[0].Text("en"); got != "CN 3" {
		t.Fatalf("got %q", got)
	}
}

func TestARecordKeepsNoNoteThatARuleRead(t *testing.T) {
	set, err := Compile([]Rule{custom("order.buyer_note.contains('urgent') && recipient.phone != '' && recipient.country == 'CN'")})
	if err != nil {
		t.Fatal(err)
	}
	f := goodFacts()
	f.Order.BuyerNote = "urgent, call 13900139000"
	v := set.Evaluate(f)
	if len(v.Fired) != 1 || len(v.Inputs) != 1 || v.Inputs["recipient.country"] != "CN" {
		t.Fatalf("%+v", v)
	}
}
