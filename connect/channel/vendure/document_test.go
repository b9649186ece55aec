package vendure

import (
	"encoding/json"
	"errors"
	"testing"

	"github.com/packhorse/packhorse/intake"
	"pgregory.net/rapid"
)

// recorded is an order as a real 3.7.3 tells it, a line of three at 6.40 that costs 19.19 because tax is rounded by line.
const recorded = `{"id":"1","code":"MNUQ8CG8YQHFQZS1","state":"PaymentSettled","updatedAt":"2026-11-23T07:50:09.000Z","orderPlacedAt":"2026-11-23T07:50:10.007Z",
 "currencyCode":"CNY","totalWithTax":3938,"shippingWithTax":500,"customer":{"id":"1","firstName":"Fang","lastName":"Wang","emailAddress":"fang@example.com","phoneNumber":null},
 "shippingAddress":{"fullName":"王芳","company":"","streetLine1":"文三路 100 号","streetLine2":"3 单元","city":"杭州市","province":"浙江省","postalCode":"310000","countryCode":"CN","phoneNumber":"13812345678"},
 "lines":[{"id":"10","createdAt":"2026-11-23T07:50:09.000Z","quantity":2,"orderPlacedQuantity":2,"unitPriceWithTax":760,"proratedLinePriceWithTax":1519,"productVariant":{"sku":"SKU-0002","name":"Product 2"}},
  {"id":"9","createdAt":"2026-11-23T07:50:09.000Z","quantity":3,"orderPlacedQuantity":3,"unitPriceWithTax":640,"proratedLinePriceWithTax":1919,"productVariant":{"sku":"SKU-0001","name":"Product 1"}}],
 "payments":[{"id":"1","state":"Settled","method":"later","amount":3938,"updatedAt":"2026-11-23T07:50:11.000Z","refunds":[]}]}`

func read(t interface{ Fatal(...any) }, raw string, precision int) intake.Document {
	p, _ := (&Shop{account: "webshop"}).pulled(json.RawMessage(raw), precision)
	if p.Err != nil {
		t.Fatal(p.Err)
	}
	return p.Document
}

func TestAnOrderOfTheShopIsADocument(t *testing.T) {
	d := read(t, recorded, 2)
	if err := d.Validate(); err != nil {
		t.Fatal(err)
	}
	a, err := d.Amounts()
	if err != nil || a.Total != 3938 || a.Paid != 3938 || d.PaymentStatus != "paid" {
		t.Errorf("amounts %+v, %s (%v)", a, d.PaymentStatus, err)
	}
	if d.Lines[0].SKU != "SKU-0001" || d.Lines[0].LineNo != 1 || d.Lines[0].LineDiscount != "0.01" || d.Lines[1].LineNo != 2 {
		t.Errorf("lines %+v, want them numbered as they were added", d.Lines)
	}
	if d.Address != "文三路 100 号, 3 单元" || d.Phone != "13812345678" || d.PaidAt != "2026-11-23T07:50:11Z" {
		t.Errorf("%+v", d)
	}
}

// edit changes the recorded order.
func edit(t *testing.T, change func(*shopOrder)) intake.Document {
	t.Helper()
	var o shopOrder
	if err := json.Unmarshal([]byte(recorded), &o); err != nil {
		t.Fatal(err)
	}
	change(&o)
	return (&Shop{account: "webshop"}).document(&o, 2)
}

func TestWhatHappensToAPaymentIsItsState(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*shopOrder)
		want   string
	}{
		"no payment":               {func(o *shopOrder) { o.Payments = nil }, "unpaid"},
		"declined":                 {func(o *shopOrder) { o.Payments[0].State = "Declined" }, "unpaid"},
		"authorised":               {func(o *shopOrder) { o.Payments[0].State = "Authorized" }, "authorized"},
		"settled":                  {func(*shopOrder) {}, "paid"},
		"dearer after an edit":     {func(o *shopOrder) { o.TotalWithTax += 100 }, ""},
		"a part given back":        {func(o *shopOrder) { o.Payments[0].Refunds = []shopRefund{{State: "Pending", Total: 100}} }, "paid"},
		"all given back":           {func(o *shopOrder) { o.Payments[0].Refunds = []shopRefund{{State: "Settled", Total: 3938}} }, "refunded"},
		"a refund that failed":     {func(o *shopOrder) { o.Payments[0].Refunds = []shopRefund{{State: "Failed", Total: 3938}} }, "paid"},
		"for nothing":              {func(o *shopOrder) { o.TotalWithTax, o.Payments = 0, nil }, "paid"},
		"called off, never paid":   {func(o *shopOrder) { o.State, o.TotalWithTax, o.Payments = "Cancelled", 0, nil }, "unpaid"},
		"called off, was paid":     {func(o *shopOrder) { o.State, o.TotalWithTax = "Cancelled", 0 }, "paid"},
		"called off, was promised": {func(o *shopOrder) { o.State, o.TotalWithTax = "Cancelled", 0; o.Payments[0].State = "Authorized" }, "authorized"},
	} {
		if got := edit(t, c.change).PaymentStatus; got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

func TestACancelledOrderStillNamesItsLines(t *testing.T) {
	d := edit(t, func(o *shopOrder) {
		o.State, o.TotalWithTax, o.ShippingWithTax = "Cancelled", 0, 500
		for i := range o.Lines {
			o.Lines[i].Quantity, o.Lines[i].NetWithTax = 0, 0
		}
	})
	if err := d.Validate(); err != nil || !d.Cancelled || len(d.Lines) != 2 || d.Lines[0].Quantity != 3 {
		t.Errorf("%+v (%v)", d, err)
	}
}

func TestALineThatWasCalledOffLeavesAndTheOthersKeepTheirNumbers(t *testing.T) {
	d := edit(t, func(o *shopOrder) {
		for i := range o.Lines {
			if o.Lines[i].ID == "9" {
				o.Lines[i].Quantity, o.Lines[i].NetWithTax = 0, 0
			}
		}
		o.TotalWithTax -= 1919
	})
	a, err := d.Amounts()
	if err != nil || len(d.Lines) != 1 || d.Lines[0].LineNo != 2 || a.Total != 2019 {
		t.Errorf("%+v %+v (%v)", d.Lines, a, err)
	}
}

// The total is the shop's, whatever its roundings, surcharges and discounts.
func TestTheTotalIsAlwaysTheShops(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		o := shopOrder{Code: "A", Currency: "CNY", ShippingWithTax: rapid.Int64Range(0, 9999).Draw(t, "shipping")}
		sum := o.ShippingWithTax
		for range rapid.IntRange(1, 4).Draw(t, "lines") {
			l := shopLine{ID: "1", Quantity: rapid.Int64Range(1, 9).Draw(t, "quantity"), UnitPriceWithTax: rapid.Int64Range(0, 9999).Draw(t, "price")}
			l.NetWithTax = max(0, l.UnitPriceWithTax*l.Quantity+rapid.Int64Range(-500, 5).Draw(t, "rounding"))
			sum += l.NetWithTax
			o.Lines = append(o.Lines, l)
		}
		o.TotalWithTax = max(0, sum+rapid.Int64Range(-700, 700).Draw(t, "surcharge"))
		d := (&Shop{}).document(&o, 2)
		if a, err := d.Amounts(); err != nil || a.Total != o.TotalWithTax {
			t.Fatalf("total %d, want %d (%v): %+v", a.Total, o.TotalWithTax, err, d)
		}
	})
}

func TestMoneyIsWrittenInTheShopsPrecision(t *testing.T) {
	for _, c := range []struct {
		v         int64
		precision int
		want      intake.Decimal
	}{{0, 2, "0.00"}, {5, 2, "0.05"}, {1234, 2, "12.34"}, {-1234, 2, "-12.34"}, {12, 0, "12"}, {12345, 3, "12.345"}} {
		if got := decimal(c.v, c.precision); got != c.want {
			t.Errorf("%d at %d is %s, want %s", c.v, c.precision, got, c.want)
		}
	}
	// Vendure counts yen in hundredths too.
	for _, c := range []struct {
		minor     int64
		currency  string
		precision int
		want      int64
	}{{1234, "CNY", 2, 1234}, {500, "JPY", 2, 50000}, {1230, "CNY", 1, 123}, {1234, "CNY", 1, 0}, {0, "CNY", 2, 0}, {5, "USD", 2, 0}} {
		order := c.currency
		if c.currency == "USD" {
			order = "CNY"
		}
		got, err := shopAmount(intake.RefundOrder{AmountMinor: c.minor, Currency: c.currency}, order, c.precision)
		if got != c.want || (c.want == 0) != errors.Is(err, intake.ErrRefused) {
			t.Errorf("%d %s at %d is %d (%v), want %d", c.minor, c.currency, c.precision, got, err, c.want)
		}
	}
}

func FuzzAnyAnswerIsADocumentOrUnreadable(f *testing.F) {
	f.Add(recorded)
	f.Add(`{"lines":[{}],"payments":null}`)
	f.Add(`[]`)
	f.Fuzz(func(t *testing.T, raw string) {
		p, o := (&Shop{}).pulled(json.RawMessage(raw), 2)
		if (o == nil) != errors.Is(p.Err, intake.ErrUnreadable) || p.Raw != raw {
			t.Errorf("%q: %v", raw, p)
		}
	})
}
