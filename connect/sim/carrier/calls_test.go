package carrier

import (
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestAReferenceIsBookedOnceAndForOneShipment(t *testing.T) {
	c := newCaller(t, Config{})
	sh := parcelTo("1", "北京", "北京")
	first := c.book(sh)
	if again := c.book(sh); again != first {
		t.Errorf("%+v, then %+v", first, again)
	}
	heavier := sh
	heavier.WeightG++
	if status, code := c.call("/v1/book", heavier, nil); status != 409 || code != "reference_mismatch" {
		t.Errorf("another shipment under the same reference: %d %s", status, code)
	}
	c.call("/v1/void", waybillIn{first.Waybill}, &nothing{})
	if status, code := c.call("/v1/book", sh, nil); status != 409 || code != "reference_spent" {
		t.Errorf("a reference after its void: %d %s", status, code)
	}
}

func TestAnEmptyAccountBooksNothingMoreButStillKnowsItsBookings(t *testing.T) {
	c := newCaller(t, Config{Balance: 2})
	first := c.book(parcelTo("1", "北京", "北京"))
	c.call("/v1/void", waybillIn{c.book(parcelTo("2", "北京", "北京")).Waybill}, &nothing{})
	if status, code := c.call("/v1/book", parcelTo("3", "北京", "北京"), nil); status != 409 || code != "balance" {
		t.Errorf("the third of two waybills: %d %s; a void gives no number back", status, code)
	}
	if c.book(parcelTo("1", "北京", "北京")) != first {
		t.Error("a repeated booking costs no number")
	}
}

func TestASuspendedAreaIsRefusedOnlyBetweenItsDates(t *testing.T) {
	c := newCaller(t, Config{Areas: []Area{
		{Province: "新疆维吾尔自治区", City: "喀什", From: dawn.Add(24 * time.Hour), Until: dawn.Add(48 * time.Hour), Reason: "大雪封路"},
	}})
	for hour, want := range []int{200, 409, 200} {
		status, code := c.call("/v1/book", parcelTo(string(rune('a'+hour)), "新疆", "喀什"), &booking{})
		if status != want || (want == 409 && code != "suspended") {
			t.Errorf("day %d: %d %s, want %d", hour, status, code, want)
		}
		c.clock.Advance(24 * time.Hour)
	}
	var out areas
	c.call("/v1/areas", nothing{}, &out)
	if len(out.Areas) != 1 || out.Areas[0].Reason != "大雪封路" {
		t.Errorf("published: %+v", out)
	}
}

func TestAMaskedRecipientNeedsATokenThisCarrierCanResolve(t *testing.T) {
	c := newCaller(t, Config{Issuers: []string{"taobao"}})
	for _, k := range []struct {
		token, issuer string
		want          int
	}{{"", "", 422}, {"oaid", "pinduoduo", 422}, {"oaid", "taobao", 200}} {
		sh := parcelTo("mask"+k.issuer, "北京", "北京")
		sh.Recipient.Name, sh.Token, sh.TokenIssuer = "李*", k.token, k.issuer
		if status, code := c.call("/v1/book", sh, &booking{}); status != k.want {
			t.Errorf("token of %q: %d %s, want %d", k.issuer, status, code, k.want)
		}
	}
}

func TestNobodysParcelIsRefusedAtTheCounter(t *testing.T) {
	c := newCaller(t, Config{})
	for name, spoil := range map[string]func(*shipment){
		"no reference":   func(s *shipment) { s.Reference = "" },
		"no weight":      func(s *shipment) { s.WeightG = 0 },
		"a ton":          func(s *shipment) { s.WeightG = 1_000_001 },
		"negative size":  func(s *shipment) { s.MM[1] = -1 },
		"a long pole":    func(s *shipment) { s.MM[2] = 10_001 },
		"no phone":       func(s *shipment) { s.Recipient.Phone = "" },
		"no origin":      func(s *shipment) { s.Sender.Province = "" },
		"a lorry's load": func(s *shipment) { s.Parcels = 101 },
	} {
		sh := parcelTo("1", "北京", "北京")
		spoil(&sh)
		if status, code := c.call("/v1/book", sh, nil); status != 422 || code != "invalid" {
			t.Errorf("%s: %d %s", name, status, code)
		}
	}
}

func TestHandOverTakesWhatItKnowsAndNamesTheRest(t *testing.T) {
	c := newCaller(t, Config{})
	good, dead := c.book(parcelTo("1", "北京", "北京")).Waybill, c.book(parcelTo("2", "北京", "北京")).Waybill
	c.call("/v1/void", waybillIn{dead}, &nothing{})
	for range 2 {
		got := c.collect(good, dead, "PH1")
		if got.Collected != 1 || strings.Join(got.Unknown, " ") != dead+" PH1" {
			t.Errorf("collected %+v", got)
		}
	}
	if status, code := c.call("/v1/void", waybillIn{good}, nil); status != 409 || code != "collected" {
		t.Errorf("void after hand-over: %d %s", status, code)
	}
}

func TestOneMistypedDigitNeverNamesAnotherWaybill(t *testing.T) {
	if check("10614141123456789") != '7' || check("690123456789") != '2' {
		t.Error("the check digit is not the one of GS1")
	}
	rapid.Check(t, func(t *rapid.T) {
		w := number(rapid.Uint64().Draw(t, "seed"), rapid.String().Draw(t, "reference"), func(string) bool { return false })
		if !wellFormed(w) {
			t.Fatalf("%s is not well formed", w)
		}
		i := rapid.IntRange(len(prefix), len(w)-1).Draw(t, "position")
		d := byte('0' + rapid.IntRange(0, 9).Draw(t, "digit"))
		if typed := w[:i] + string(d) + w[i+1:]; typed != w && wellFormed(typed) {
			t.Fatalf("%s mistyped as %s passes", w, typed)
		}
	})
}

func TestThePriceGrowsWithWeightSizeAndBoxes(t *testing.T) {
	base := parcelTo("1", "上海", "上海")
	for _, k := range []struct {
		name  string
		alter func(*shipment)
		want  int64
	}{
		{"a first kilogram to the next province", func(*shipment) {}, 900},
		{"exactly a kilogram", func(s *shipment) { s.WeightG = 1000 }, 900},
		{"one gram more", func(s *shipment) { s.WeightG = 1001 }, 1100},
		{"light and large: 30 cm cubed is 4.5 kg", func(s *shipment) { s.MM = [3]int64{300, 300, 300} }, 1700},
		{"two boxes", func(s *shipment) { s.Parcels = 2 }, 1800},
		{"within the city", func(s *shipment) { s.Recipient.Province, s.Recipient.City = "浙江", "杭州市" }, 700},
		{"to the far west", func(s *shipment) { s.Recipient.Province = "西藏自治区" }, 1500},
	} {
		sh := base
		k.alter(&sh)
		if got := price(sh).PriceMinor; got != k.want {
			t.Errorf("%s: %d, want %d", k.name, got, k.want)
		}
	}
}
