package gs1_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/gs1"
)

func TestCheckDigitsOfPublishedNumbers(t *testing.T) {
	for body, want := range map[string]byte{"10614141123456789": '7', "690123456789": '2', "9638507": '4', "03600029145": '2'} {
		got, err := gs1.CheckDigit(body)
		if err != nil || got != want {
			t.Errorf("CheckDigit(%s) = %c, %v; want %c", body, got, err, want)
		}
	}
	if _, err := gs1.CheckDigit("12a"); fault.Code(err) != "gs1.digits" {
		t.Errorf("letters: %v", err)
	}
}

func TestOneWrongDigitIsAlwaysFound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.SampledFrom([]int{7, 11, 12, 13}).Draw(t, "length")
		body := rapid.StringOfN(rapid.RuneFrom([]rune("0123456789")), n, n, -1).Draw(t, "body")
		digit, _ := gs1.CheckDigit(body)
		code := []byte(body + string(digit))
		if !gs1.ValidGTIN(string(code)) {
			t.Fatalf("%s is right", code)
		}
		i := rapid.IntRange(0, n).Draw(t, "place")
		code[i] = '0' + (code[i]-'0'+byte(rapid.IntRange(1, 9).Draw(t, "shift")))%10
		if gs1.ValidGTIN(string(code)) {
			t.Fatalf("%s is wrong in place %d", code, i)
		}
	})
}

func TestEveryFormOfAnItemNumberIsOneNumber(t *testing.T) {
	for code, want := range map[string]string{
		"96385074": "00000096385074", "036000291452": "00036000291452", " 6901234567892 ": "06901234567892", "16901234567899": "16901234567899",
	} {
		if got, err := gs1.GTIN14(code); err != nil || got != want {
			t.Errorf("GTIN14(%s) = %s, %v; want %s", code, got, err, want)
		}
	}
	for code, want := range map[string]string{"6901234567891": "gs1.check_digit", "123456": "gs1.length", "": "gs1.digits", "69O1234567892": "gs1.digits"} {
		if _, err := gs1.GTIN14(code); fault.Code(err) != want {
			t.Errorf("GTIN14(%q): %v, want %s", code, err, want)
		}
	}
}

func TestWhatAScannerReads(t *testing.T) {
	const item = "06901234567892"
	tests := []struct {
		name, scan string
		want       gs1.Scan
	}{
		{"carton label", "]C101" + item + "17271200" + "10LOT-7\x1d" + "3712",
			gs1.Scan{GTIN: item, Expiry: "2027-12-31", Lot: "LOT-7", Count: 12}},
		{"DataMatrix of a piece", "]d201" + item + "21SN/9\x1d11260301" + "15280229",
			gs1.Scan{GTIN: item, Serial: "SN/9", Produced: "2026-03-01", BestBefore: "2028-02-29"}},
		{"QR with leading FNC1 sent", "]Q3\x1d01" + item, gs1.Scan{GTIN: item}},
		{"no identifier, FNC1 within", "10A1\x1d01" + item, gs1.Scan{Lot: "A1", GTIN: item}},
		{"no identifier at all", "01" + item + "10B2", gs1.Scan{GTIN: item, Lot: "B2"}},
		{"pallet", "00106141411234567897", gs1.Scan{SSCC: "106141411234567897"}},
		{"pieces on a pallet", "]C102" + item + "3796", gs1.Scan{GTIN: item, Count: 96}},
		{"weight in kilograms and grams", "]C13103001250", gs1.Scan{WeightG: 1250}},
		{"weight in tens of milligrams is rounded", "]C13105123456", gs1.Scan{WeightG: 1235}},
		{"weight in whole kilograms", "]C13100000012", gs1.Scan{WeightG: 12000}},
		{"purchase order", "]C1400PO-88", gs1.Scan{Order: "PO-88"}},
		{"needless separator", "]C117271231\x1d10X", gs1.Scan{Expiry: "2027-12-31", Lot: "X"}},
	}
	for _, tt := range tests {
		got, err := gs1.Parse(tt.scan)
		if err != nil || !got.GS1() {
			t.Errorf("%s: %+v, %v", tt.name, got, err)
			continue
		}
		tt.want.Raw, tt.want.Elements = got.Raw, got.Elements
		if s := got; s.GTIN != tt.want.GTIN || s.Lot != tt.want.Lot || s.Expiry != tt.want.Expiry || s.Produced != tt.want.Produced ||
			s.BestBefore != tt.want.BestBefore || s.Serial != tt.want.Serial || s.Count != tt.want.Count || s.WeightG != tt.want.WeightG ||
			s.SSCC != tt.want.SSCC || s.Order != tt.want.Order {
			t.Errorf("%s:\n got %+v\nwant %+v", tt.name, got, tt.want)
		}
	}
}

func TestAPlainBarcodeHasOnlyItsText(t *testing.T) {
	for scan, raw := range map[string]string{
		"6901234567892\r": "6901234567892", "A-01-02-3": "A-01-02-3", "SF1234567890123": "SF1234567890123", "": "",
		"]E06901234567892": "6901234567892", "]C0TOTE-7": "TOTE-7",
		"0106901234567891":     "0106901234567891", // wrong check digit: some other number
		"00106141411234567890": "00106141411234567890",
		"(01)06901234567892":   "(01)06901234567892", // display text is not data
		"10LOT":                "10LOT",
		"仓库-01":                "仓库-01",
	} {
		got, err := gs1.Parse(scan)
		if err != nil || got.GS1() || got.Raw != raw || got.GTIN+got.SSCC+got.Lot != "" {
			t.Errorf("Parse(%q) = %+v, %v", scan, got, err)
		}
	}
}

func TestABrokenElementStringIsAFaultThatKeepsItsText(t *testing.T) {
	for scan, code := range map[string]string{
		"]C10106901234567891": "gs1.check_digit", "]C101069012345678": "gs1.truncated", "]C1": "gs1.truncated", "\x1d1": "gs1.truncated",
		"]C117271301": "gs1.date", "]C117270230": "gs1.date", "]C117271300": "gs1.date", "]C137x": "gs1.value", "]C1" + "10" + strings.Repeat("A", 21): "gs1.value",
		"]C10106901234567892" + "0196385074000000": "gs1.twice", "]C155": "gs1.identifier", "]C110\x1d17271231": "gs1.value",
		"]C110批号": "gs1.value", "]C1010690123456789A": "gs1.value",
	} {
		got, err := gs1.Parse(scan)
		if fault.Code(err) != code || got.GS1() || (got.Raw == "" && len(scan) > 3) {
			t.Errorf("Parse(%q) = %+v, %v; want %s", scan, got, err, code)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"]C10106901234567892172712311\x1d37", "00106141411234567897", "\x1d", "]d2310", "6901234567892", "]Q3\x1d\x1d8200http://x"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, scan string) {
		got, err := gs1.Parse(scan)
		if err != nil {
			if _, ok := fault.As(err); !ok || got.GS1() {
				t.Fatalf("%q: %+v, %v", scan, got, err)
			}
			return
		}
		if !strings.Contains(scan, got.Raw) {
			t.Fatalf("raw %q is not in %q", got.Raw, scan)
		}
		if got.GTIN != "" && !gs1.ValidGTIN(got.GTIN) || got.SSCC != "" && !gs1.ValidSSCC(got.SSCC) || got.Count < 0 || got.WeightG < 0 {
			t.Fatalf("%q: %+v", scan, got)
		}
		var again strings.Builder
		for _, e := range got.Elements {
			again.WriteString(gs1.FNC1 + e.AI + e.Value)
		}
		if twice, err := gs1.Parse(again.String()); got.GS1() && (err != nil || len(twice.Elements) != len(got.Elements)) {
			t.Fatalf("%q: %v, %v", again.String(), twice, err)
		}
	})
}
