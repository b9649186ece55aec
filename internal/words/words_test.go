package words

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// said renders a sentence that exists for this test only.
func said(lang, text string, params map[string]any) string {
	f := filler{lang: lang, params: params}
	return f.sentence(text)
}

func TestASentenceAgreesWithItsNumbers(t *testing.T) {
	for n, want := range map[any]string{1: "1 unit waits", int64(1): "1 unit waits", 1.0: "1 unit waits", "1": "1 unit waits", json.Number("1"): "1 unit waits",
		0: "0 units wait", 2: "2 units wait", 1.5: "1.5 units wait"} {
		if got := said("en", "{n} {n|unit waits|units wait}", map[string]any{"n": n}); got != want {
			t.Errorf("%v: %q", n, got)
		}
	}
}

func TestACodeInAParameterIsSaidInWords(t *testing.T) {
	held := map[string]any{"reason": "review.unpaid", "owner": "customer", "params": map[string]any{"payment": "unpaid", "total": "20.00", "currency": "CNY"}}
	for _, c := range []struct {
		lang, code string
		params     map[string]any
		want       string
	}{
		{"en", "event.order.held.v1", held, "Put on hold, to be settled by Customer: The payment is unpaid; 20.00 CNY must be paid before the order goes on."},
		{"zh-CN", "event.order.held.v1", held, "订单挂起（处理方：客户）：付款状态为未付款，需付清 20.00 CNY 后才能继续。"},
		{"en", "event.order.hold_released.v1", map[string]any{"reason": "review.unpaid", "note": ""}, "Hold released (Not paid)."},
		{"zh-CN", "event.track.scanned.v1", map[string]any{"carrier": "SF", "waybill": "1", "status": "picked_up"}, "SF 1 物流更新：已揽收"},
		{"en", "event.track.late.v1", map[string]any{"carrier": "SF", "waybill": "1", "code": "track.late.pickup", "params": map[string]any{"hours": 1.0}},
			"Parcel 1 of SF needs a look: Waiting in the locker or station for more than 1 hour. Remind the customer before it is sent back."},
		{"zh-CN", "review.address_doubt", map[string]any{"problems": []any{"address_short", "phone_malformed"}}, "收件信息可疑：详细地址过短、电话号码格式有误。"},
		{"en", "event.order.amended.v1", map[string]any{"changes": []string{"lines", "notes"}}, "Changed: lines, notes."},
		{"en", "event.review.rejected.v1", map[string]any{"note": "", "rejects": []any{map[string]any{"code": "review.refunded"}}},
			"Review rejected the order. The payment was refunded; the order is not shipped."},
		{"en", "review.asked_address", map[string]any{"due": "2026-03-02T09:30:00+08:00"}, "The customer was asked to confirm the address; the answer is due 2026-03-02 01:30 UTC."},
		{"en", "event.order.held.v1", map[string]any{"reason": "order.hold.manual", "owner": "customer", "note": "", "ends": map[string]any{"code": "order.hold.ends", "params": map[string]any{"until": "14:00"}}},
			"Put on hold, to be settled by Customer: Put on hold by hand. It ends by itself at 14:00."},
		{"en", "event.order.hold_released.v1", map[string]any{"reason": "cancel.asking"}, "Hold released (Carrier asked before a cancel)."},
		{"en", "event.order.hold_released.v1", map[string]any{"reason": "strike"}, "Hold released (strike)."},
	} {
		if got := Render(c.lang, c.code, c.params); got != c.want {
			t.Errorf("%s %s:\n%q, want\n%q", c.lang, c.code, got, c.want)
		}
	}
}

// What a person wrote into a parameter is shown, never read as a sentence of ours.
func TestAValueIsNeverASentence(t *testing.T) {
	if got := said("en", "{a} {b}", map[string]any{"a": "{b}", "b": "{a|x|y}"}); got != "{b} {a|x|y}" {
		t.Errorf("%q", got)
	}
	round := map[string]any{"reason": "event.order.held.v1", "owner": "customer"}
	if got := Render("en", "event.order.held.v1", round); len(got) > 500 {
		t.Errorf("a code that names its own sentence: %q", got)
	}
}

// An inner sentence whose parameters are not known shows that something is missing, and no braces.
func TestAnInnerSentenceWithoutItsParametersHasNoBraces(t *testing.T) {
	if got := said("en", "{code:}", map[string]any{"code": "cancel.bundle"}); !strings.Contains(got, "bundle …") || strings.ContainsAny(got, "{}") {
		t.Errorf("%q", got)
	}
}

var parameter = regexp.MustCompile(`\{(\w+)[^}]*\}`)

// Both languages say the same: of the same parameters, with names of the same areas; and each slot can be read.
func TestBothLanguagesFillTheSameSlots(t *testing.T) {
	names := func(text string) (list []string) {
		for _, m := range parameter.FindAllStringSubmatch(text, -1) {
			list = append(list, m[1])
		}
		slices.Sort(list)
		return slices.Compact(list)
	}
	for code, en := range catalog["en"] {
		zh := catalog["zh-CN"][code]
		if a, b := names(en), names(zh); !slices.Equal(a, b) {
			t.Errorf("%s: %v in English, %v in Chinese", code, a, b)
		}
		for lang, text := range map[string]string{"en": en, "zh-CN": zh} {
			if left := slot.ReplaceAllString(text, ""); strings.ContainsAny(left, "{}|") && !strings.HasPrefix(code, "catalog.barcode_form") {
				t.Errorf("%s %s: a slot in %q cannot be read", lang, code, text)
			}
			for _, m := range slot.FindAllStringSubmatch(text, -1) {
				if area := m[4]; area != "" && !slices.ContainsFunc(Codes(lang), func(c string) bool { return strings.HasPrefix(c, area+".") }) {
					t.Errorf("%s %s: there are no words in the area %s", lang, code, area)
				}
			}
		}
	}
}

// What the log holds as a code is never shown as one: a slot with the name of a code says which words it has.
func TestATimelineNamesNoCodes(t *testing.T) {
	codes := []string{"changes", "code", "fields", "kind", "owner", "reason", "rejects", "status", "strategy"}
	seen := 0
	for _, lang := range Languages {
		for code, text := range catalog[lang] {
			for _, m := range slot.FindAllStringSubmatch(text, -1) {
				if !strings.HasPrefix(code, "event.") || !slices.Contains(codes, m[1]) {
					continue
				}
				if seen++; m[3] == "" {
					t.Errorf("%s %s shows {%s} as it is stored", lang, code, m[1])
				}
			}
		}
	}
	if seen < 20 {
		t.Errorf("only %d slots were looked at", seen)
	}
}

// Whatever the parameters hold, a sentence is made, and the same one every time.
func TestASentenceCanAlwaysBeMade(t *testing.T) {
	codes := Codes("en")
	rapid.Check(t, func(t *rapid.T) {
		code := rapid.SampledFrom(codes).Draw(t, "code")
		value := rapid.OneOf(rapid.String().AsAny(), rapid.Int64().AsAny(), rapid.SampledFrom(codes).AsAny(), rapid.Just[any](nil),
			rapid.SliceOf(rapid.SampledFrom(codes)).AsAny())
		params := map[string]any{}
		for _, m := range parameter.FindAllStringSubmatch(catalog["en"][code], -1) {
			params[m[1]] = value.Draw(t, m[1])
		}
		params["params"] = params
		for _, lang := range Languages {
			first := Render(lang, code, params)
			if again := Render(lang, code, params); again != first || len(first) > 1<<20 {
				t.Fatalf("%s: %q, then %q", code, first, again)
			}
		}
	})
}
