package order

import (
	"regexp"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestNumbersAndAddressesInFreeTextAreMasked(t *testing.T) {
	for text, want := range map[string]string{
		"":                               "",
		"ring twice":                     "ring twice",
		"call 13812345678 please":        "call 138****5678 please",
		"call +86 138-1234-5678, gate 3": "call 861****5678, gate 3",
		"电话：１３８１２３４５６７８，放门卫":                  "电话：***，放门卫",
		"打 010-62770334 转 12":                 "打 010****0334 转 12",
		"mail wang.fang@mail.example.cn now":  "mail w***@mail.example.cn now",
		"(555) 123-4567":                      "555****4567",
		"2026-03-02 come back, 3 boxes of 12": "2026-03-02 come back, 3 boxes of 12",
		"box 123456":                          "box 123456",
		"138138+1381381234":                   "138****1234",
		"7654321":                             "****21",
	} {
		if got := MaskText(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestNoLongRunOfDigitsIsLeftInFreeText(t *testing.T) {
	long := regexp.MustCompile(`\p{Nd}{7,}`)
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(rapid.SampledFrom([]string{"138", "1234", "5678", " ", "-", "a", "电话", "@", ".cn", "＠", "９", "x@y.z", "(", ")", "+", "*"}), 0, 20).Draw(t, "parts"), "")
		if got := MaskText(text); long.MatchString(got) {
			t.Fatalf("%q → %q", text, got)
		}
	})
}

func TestTheRecipientIsMaskedInWhatWasWrittenAboutTheOrder(t *testing.T) {
	r := Recipient{Name: "王小明", Address: "文三路 90 号 王小明收", Phone: "13812345678"}
	for text, want := range map[string]string{
		"王小明说放门口": "王*说放门口",
		"送到 文三路 90 号 王小明收，电话 13812345678": "送到 ***，电话 138****5678",
		"ring twice": "ring twice",
		"":           "",
	} {
		if got := r.MaskedIn(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
	if got := (Recipient{}).MaskedIn("x"); got != "x" {
		t.Errorf("nobody is masked as %q", got)
	}
	if got := r.Masked().MaskedIn("王* 来电"); got != "王* 来电" {
		t.Errorf("a mask is masked again: %q", got)
	}
}
