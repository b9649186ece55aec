package intake_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/packhorse/packhorse/intake"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/words"
)

const body = `{"channel":"web","shop":"main","order_no":"S-1","external_revision":3,"placed_at":"2026-03-01T09:30:00+08:00",
"payment_status":"paid","paid_amount":33.5,"currency":"CNY","recipient_name":"张*","address":"***","province":"浙江省",
"recipient_token":"oaid-1","token_issuer":"taobao","shipping_fee":"6","order_discount":"2.50","may_split":1,"gift_wrap":{"colour":"red"},
"lines":[{"line_no":1,"sku":"A","quantity":2,"unit_price":12.50,"line_discount":"5"},{"sku":"B","quantity":1,"unit_price":"10.00","engraving":"Lu"}]}`

func decode(t testing.TB, text string) intake.Document {
	t.Helper()
	d, err := intake.Decode([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestAnOrderAsAChannelSaysIt(t *testing.T) {
	d := decode(t, body)
	if err := d.Validate(); err != nil {
		t.Fatal(err)
	}
	a, err := d.Amounts()
	if err != nil || a.Goods != 3000 || a.Total != 3000-250+600 || a.Paid != 3350 || a.Lines[0] != (intake.LineAmounts{UnitPrice: 1250, Discount: 500, Net: 2000}) {
		t.Errorf("%+v, %v", a, err)
	}
	if d.Lines[1].LineNo != 2 || d.MaySplit == nil || !*d.MaySplit || string(d.Extra["gift_wrap"]) != `{"colour":"red"}` || string(d.Lines[1].Extra["engraving"]) != `"Lu"` {
		t.Errorf("%+v", d)
	}
	if when := d.Times(); when.Placed.UnixMicro() != 1772328600000000 || !when.ShipBy.IsZero() {
		t.Errorf("%v", when)
	}
	again, err := json.Marshal(d)
	if err != nil {
		t.Fatal(err)
	}
	if back := decode(t, string(again)); back.Hash() != d.Hash() || string(back.Extra["gift_wrap"]) != `{"colour":"red"}` || string(back.Lines[1].Extra["engraving"]) != `"Lu"` {
		t.Errorf("lost on the way: %s", again)
	}
}

func TestEveryBadFieldIsNamedAtOnce(t *testing.T) {
	tests := map[string]struct {
		change func(*intake.Document)
		want   []string
	}{
		"no currency":    {func(d *intake.Document) { d.Currency = "YEN" }, []string{"currency intake.currency"}},
		"empty":          {func(d *intake.Document) { *d = intake.Document{} }, []string{"order_no intake.required", "placed_at intake.required", "currency intake.required", "recipient_name intake.required", "address intake.required", "channel intake.required", "lines intake.lines_none"}},
		"quantity":       {func(d *intake.Document) { d.Lines[0].Quantity, d.Lines[1].Quantity = 0, 1_000_001 }, []string{"lines[0].quantity intake.quantity", "lines[1].quantity intake.quantity"}},
		"line twice":     {func(d *intake.Document) { d.Lines[1].LineNo = 1 }, []string{"lines[1].line_no intake.line_duplicate"}},
		"line number":    {func(d *intake.Document) { d.Lines[0].LineNo = -1 }, []string{"lines[0].line_no intake.line_no"}},
		"too many lines": {func(d *intake.Document) { d.Lines = make([]intake.Line, 501); fill(d) }, []string{"lines intake.lines_too_many"}},
		"decimals":       {func(d *intake.Document) { d.ShippingFee, d.Lines[0].UnitPrice = "1.005", "2.500" }, []string{"shipping_fee intake.amount_decimals"}},
		"yen has none": {func(d *intake.Document) {
			d.Currency = "JPY"
			d.OrderDiscount, d.PaidAmount, d.Lines[0].UnitPrice = "2", "1", "12"
			d.Lines[1].UnitPrice = "0.5"
		}, []string{"lines[1].unit_price intake.amount_decimals"}},
		"negative": {func(d *intake.Document) {
			d.Lines[0].UnitPrice, d.PaidAmount = "-1", "-2"
			d.Lines[0].LineDiscount = ""
		}, []string{"lines[0].unit_price intake.amount_negative", "paid_amount intake.amount_negative"}},
		"no amount":      {func(d *intake.Document) { d.ShippingFee, d.OrderDiscount = "1e3", "1,000" }, []string{"shipping_fee intake.amount", "order_discount intake.amount"}},
		"line discount":  {func(d *intake.Document) { d.Lines[0].LineDiscount = "25.01" }, []string{"lines[0].line_discount intake.discount_too_large"}},
		"order discount": {func(d *intake.Document) { d.OrderDiscount = "36.01" }, []string{"order_discount intake.discount_too_large"}},
		"sum overflow":   {func(d *intake.Document) { d.Lines[0].UnitPrice, d.Lines[0].Quantity = "9000000000000", 1_000_000 }, []string{"lines[0].unit_price intake.amount_too_large"}},
		"sum of two": {func(d *intake.Document) {
			d.Lines[0].UnitPrice, d.Lines[1].UnitPrice = "4500000000000", "1"
			d.Lines[0].LineDiscount = ""
		}, []string{"lines[1].unit_price intake.amount_too_large"}},
		"codes": {func(d *intake.Document) {
			d.Currency, d.Country, d.OrderKind, d.PaymentStatus = "RM", "CHN", "odd", "maybe"
		}, []string{"country intake.text_too_long", "currency intake.currency", "country intake.country", "order_kind intake.order_kind", "payment_status intake.payment_status"}},
		"times":            {func(d *intake.Document) { d.PlacedAt, d.ShipBy = "2026-03-01", "9999-12-31T00:00:00Z" }, []string{"placed_at intake.time", "ship_by intake.time"}},
		"token alone":      {func(d *intake.Document) { d.TokenIssuer = "" }, []string{"token_issuer intake.token_issuer"}},
		"NUL":              {func(d *intake.Document) { d.BuyerNote, d.Lines[0].SKU = "a\x00", "A\n1" }, []string{"buyer_note intake.text_control", "lines[0].sku intake.text_control"}},
		"long":             {func(d *intake.Document) { d.Address = strings.Repeat("路", 501) }, []string{"address intake.text_too_long"}},
		"revision":         {func(d *intake.Document) { d.ExternalRevision = -1 }, []string{"external_revision intake.revision"}},
		"notes have lines": {func(d *intake.Document) { d.SellerNote = "a\nb"; d.Currency = "cny" }, nil},
	}
	for name, tt := range tests {
		d := decode(t, body)
		tt.change(&d)
		if got := list(d.Validate()); !slices.Equal(got, tt.want) {
			t.Errorf("%s:\n got %q\nwant %q", name, got, tt.want)
		}
	}
}

func fill(d *intake.Document) {
	for i := range d.Lines {
		d.Lines[i] = intake.Line{SKU: "A", Quantity: 1, UnitPrice: "1"}
	}
}

// list names field and code of every mistake, and proves that it can be said in both languages.
func list(err error) []string {
	f, ok := fault.As(err)
	if !ok {
		return nil
	}
	causes := f.Causes
	if len(causes) == 0 {
		causes = []*fault.Fault{f}
	}
	var out []string
	for _, c := range causes {
		for _, lang := range words.Languages {
			if s := words.Render(lang, c.Code, c.Params); !words.Has(lang, c.Code) || strings.Contains(s, "{") {
				panic(fmt.Sprintf("%s in %s: %s", c.Code, lang, s))
			}
		}
		out = append(out, c.Field+" "+c.Code)
	}
	return out
}

func TestABodyOfTheWrongTypesNamesEachField(t *testing.T) {
	_, err := intake.Decode([]byte(`{"order_no":5,"paid_amount":true,"cancelled":"x","external_revision":1.5,"lines":[{"quantity":"2"},7,null]}`))
	want := []string{"order_no intake.type", "paid_amount intake.type", "external_revision intake.type", "cancelled intake.type",
		"lines[0].quantity intake.type", "lines[1] intake.type", "lines[2] intake.type"}
	if got := list(err); !slices.Equal(got, want) {
		t.Errorf("\n got %q\nwant %q", got, want)
	}
	for _, text := range []string{"", "[]", "null", `{"a":`, "7"} {
		if _, err := intake.Decode([]byte(text)); fault.Code(err) != "intake.json" {
			t.Errorf("%q: %v", text, err)
		}
	}
}

func TestTheHashSeesContentAndNothingElse(t *testing.T) {
	hash := decode(t, body)
	same := map[string]func(*intake.Document){
		"another way in":   func(d *intake.Document) { d.Channel, d.Shop, d.ExternalRevision = "csv", "", 9 },
		"unknown fields":   func(d *intake.Document) { d.Extra, d.Lines[1].Extra = nil, nil },
		"lines turned":     func(d *intake.Document) { slices.Reverse(d.Lines) },
		"amount spelling":  func(d *intake.Document) { d.ShippingFee, d.Lines[0].UnitPrice = "6.00", "012.5" },
		"the same instant": func(d *intake.Document) { d.PlacedAt = "2026-03-01T01:30:00.000Z" },
		"normal kind":      func(d *intake.Document) { d.OrderKind = "NORMAL" },
		"case and space":   func(d *intake.Document) { d.Currency, d.Address = "cny", " ***\r\n" },
		"no line discount": func(d *intake.Document) { d.Lines[1].LineDiscount = "0.00" },
	}
	for name, change := range same {
		d := decode(t, body)
		if change(&d); d.Hash() != hash.Hash() {
			t.Errorf("%s is another content", name)
		}
	}
	other := map[string]func(*intake.Document){
		"cancelled": func(d *intake.Document) { d.Cancelled = true }, "quantity": func(d *intake.Document) { d.Lines[0].Quantity++ },
		"price": func(d *intake.Document) { d.Lines[0].UnitPrice = "12.51" }, "line": func(d *intake.Document) { d.Lines = d.Lines[:1] },
		"token": func(d *intake.Document) { d.RecipientToken = "oaid-2" }, "may not split": func(d *intake.Document) { d.MaySplit = nil },
		"note": func(d *intake.Document) { d.SellerNote = "x" }, "line number": func(d *intake.Document) { d.Lines[1].LineNo = 3 },
		"number": func(d *intake.Document) { d.OrderNo = "S-2" }, "paid": func(d *intake.Document) { d.PaymentStatus = "refunded" },
	}
	for name, change := range other {
		d := decode(t, body)
		if change(&d); d.Hash() == hash.Hash() {
			t.Errorf("%s goes unseen", name)
		}
	}
}

func TestTheTotalIsTheSumOfItsParts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := intake.Document{Currency: rapid.SampledFrom([]string{"CNY", "JPY", "KWD"}).Draw(t, "currency"), ShippingFee: "7"}
		unit := map[string]int64{"CNY": 100, "JPY": 1, "KWD": 1000}[d.Currency]
		want := 7 * unit
		for range rapid.IntRange(1, 20).Draw(t, "lines") {
			price, quantity := rapid.Int64Range(0, 1_000_000).Draw(t, "price"), rapid.Int64Range(1, intake.MaxQuantity).Draw(t, "quantity")
			d.Lines = append(d.Lines, intake.Line{Quantity: quantity, UnitPrice: intake.Decimal(fmt.Sprint(price))})
			want += price * unit * quantity
		}
		if a, err := d.Amounts(); want <= 900_000_000_000_000 && (err != nil || a.Total != want) || want > 900_000_000_000_000 && err == nil {
			t.Fatalf("%+v, %v; want %d", a, err, want)
		}
	})
}

func TestCleaningTwiceIsCleaningOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOf(rapid.RuneFrom([]rune("aB \r\n\t　é")))
		d := intake.Document{OrderNo: text.Draw(t, "no"), Currency: text.Draw(t, "currency"), Address: text.Draw(t, "address")}
		for _, n := range rapid.SliceOfN(rapid.Int64Range(0, 4), 0, 5).Draw(t, "numbers") {
			d.Lines = append(d.Lines, intake.Line{LineNo: n})
		}
		d.Clean()
		once, _ := json.Marshal(d)
		d.Clean()
		if twice, _ := json.Marshal(d); string(once) != string(twice) {
			t.Fatalf("%s\n%s", once, twice)
		}
	})
}

func TestEveryCodeCanBeSaidInBothLanguages(t *testing.T) {
	quoted := regexp.MustCompile(`"((?:intake|sheet|gs1)\.[a-z0-9_]+)"`)
	for _, folder := range []string{".", "../internal/sheet", "../internal/gs1"} {
		files, err := filepath.Glob(folder + "/*.go")
		if err != nil || len(files) == 0 {
			t.Fatal(folder, err)
		}
		for _, name := range files {
			source, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			if strings.HasSuffix(name, "_test.go") {
				continue
			}
			for _, m := range quoted.FindAllSubmatch(source, -1) {
				for _, lang := range words.Languages {
					if !words.Has(lang, string(m[1])) {
						t.Errorf("%s: %s has no sentence in %s", name, m[1], lang)
					}
				}
			}
		}
	}
}

func FuzzDecode(f *testing.F) {
	for _, s := range []string{body, `{}`, `{"lines":[{}]}`, `{"order_no":null,"paid_amount":1e400,"lines":null}`, `{"may_split":0,"x":[1]}`} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		d, err := intake.Decode(raw)
		if err != nil {
			if _, ok := fault.As(err); !ok {
				t.Fatalf("not a fault: %v", err)
			}
			return
		}
		if err := d.Validate(); err == nil {
			a, err := d.Amounts()
			if err != nil || a.Total < 0 || a.Goods < 0 {
				t.Fatalf("%+v, %v", a, err)
			}
		}
		again, err := json.Marshal(d)
		if err != nil {
			t.Fatal(err)
		}
		back, err := intake.Decode(again)
		if err != nil || back.Hash() != d.Hash() {
			t.Fatalf("%s\n%s: %v", raw, again, err)
		}
	})
}
