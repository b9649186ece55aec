package seed

import (
	"strings"
	"testing"
	"time"

	"github.com/nyaruka/phonenumbers"
	"github.com/packhorse/packhorse/internal/geo"
	"github.com/packhorse/packhorse/internal/money"
	"pgregory.net/rapid"
)

// within says whether count is about perMille of n.
func within(t *testing.T, what string, count, n, perMille int) {
	t.Helper()
	if want := n * perMille / 1000; count < want*2/3 || count > want*4/3 {
		t.Errorf("%s: %d of %d orders, want about %d", what, count, n, want)
	}
}

func TestTheStreamHasItsShares(t *testing.T) {
	const n = 20_000
	c := New(11)
	known, cost := map[string]bool{}, map[string]int64{}
	for _, g := range c.Catalog() {
		known[g.SKU] = true
		cost[g.SKU], _ = money.Parse(g.Cost, "CNY")
	}
	count, buyers, numbers := map[string]int{}, map[string]int{}, map[string]bool{}
	lines, units := 0, 0
	for _, o := range c.Orders(n, morning) {
		count[o.Channel]++
		count[o.Kind]++
		count[o.PaymentStatus]++
		buyers[o.BuyerID]++
		if o.right != (Recipient{}) {
			count["malformed"]++
		}
		if o.BuyerToken != "" {
			count["masked"]++
		}
		for _, l := range o.Lines {
			lines, units = lines+1, units+l.Quantity
			if !known[l.SKU] {
				count["unmapped"]++
			}
			if o.Kind != "reship" && l.priceFen < cost[l.SKU] {
				count["below cost"]++
			}
		}
		if numbers[o.OrderNo] {
			t.Fatalf("order number %s twice", o.OrderNo)
		}
		numbers[o.OrderNo] = true
	}
	regular := 0
	for _, k := range buyers {
		if k > 1 {
			regular += k
		}
	}
	within(t, "flagship", count["flagship"], n, 500)
	within(t, "livestream", count["livestream"], n, 300)
	within(t, "webshop", count["webshop"], n, 200)
	within(t, "malformed address", count["malformed"], n, shareMalformed)
	within(t, "unmapped SKU", count["unmapped"], n, shareUnmapped)
	within(t, "price below cost", count["below cost"], n, shareFloor)
	within(t, "cash on delivery", count["cod"], n, shareCOD)
	within(t, "presale", count["presale"], n, sharePresale)
	within(t, "unpaid, presale among them", count["unpaid"], n, shareUnpaid+sharePresale)
	within(t, "reship", count["reship"], n, shareReship)
	within(t, "masked", count["masked"], n, 300*shareMasked/1000)
	within(t, "more than one order a day", regular, n, 220)
	if perOrder := float64(units) / n; perOrder < unitsPerOrder-0.2 || perOrder > unitsPerOrder+0.2 {
		t.Errorf("%.2f units and %.2f lines an order; stock is laid in for %.2f units", perOrder, float64(lines)/n, unitsPerOrder)
	}
}

func TestFourOrdersInTenComeFromRegularsOfEveryDay(t *testing.T) {
	c := New(12)
	first, again := map[string]bool{}, 0
	for day := range 6 {
		for _, o := range c.Orders(1000, morning.AddDate(0, 0, day)) {
			if day == 5 && first[o.BuyerID] {
				again++
			}
			first[o.BuyerID] = true
		}
	}
	within(t, "buyers known from five days before", again, 1000, shareRegular)
}

func TestEveryOrderIsADocumentThatImportsTake(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := shared
		from := morning.Add(time.Duration(rapid.IntRange(0, 1_000_000).Draw(t, "minutes")) * time.Minute)
		n := rapid.IntRange(0, 120).Draw(t, "n")
		last := from
		orders := c.Orders(n, from)
		if len(orders) != n {
			t.Fatalf("%d orders, want %d", len(orders), n)
		}
		for _, o := range orders {
			if o.PlacedAt.Before(last) || o.PlacedAt.After(from.Add(24*time.Hour)) {
				t.Fatalf("%s is placed at %s, after one at %s", o.OrderNo, o.PlacedAt, last)
			}
			last = o.PlacedAt
			checkDocument(t, o)
			after := time.Duration(0)
			for _, e := range c.Events(o) {
				if e.After < after || e.Order.OrderNo != o.OrderNo {
					t.Fatalf("%s: event %s after %s", o.OrderNo, e.Kind, e.After)
				}
				after = e.After
				checkDocument(t, e.Order)
			}
		}
	})
}

// shared spares the properties making a catalogue for every case.
var shared = New(99)

func checkDocument(t *rapid.T, o Order) {
	for _, amount := range []string{o.ShippingFee, o.OrderDiscount} {
		if fen, err := money.Parse(amount, "CNY"); err != nil || fen < 0 {
			t.Fatalf("%s: amount %q: %v", o.OrderNo, amount, err)
		}
	}
	if o.PaidAmount != "" {
		if fen, err := money.Parse(o.PaidAmount, "CNY"); err != nil || fen < 0 {
			t.Fatalf("%s: paid %q: %v", o.OrderNo, o.PaidAmount, err)
		}
	}
	if o.total() < 0 || len(o.Lines) == 0 || o.Name == "" || o.Address == "" || o.Currency != "CNY" {
		t.Fatalf("%+v", o)
	}
	if (o.PaymentStatus == "paid") == o.PaidAt.IsZero() && o.PaymentStatus != "refunded" {
		t.Fatalf("%s is %s, paid at %s", o.OrderNo, o.PaymentStatus, o.PaidAt)
	}
	for i, l := range o.Lines {
		fen, err := money.Parse(l.UnitPrice, "CNY")
		if err != nil || fen != l.priceFen || l.No != i+1 || l.Quantity < 1 || l.SKU == "" {
			t.Fatalf("%s: %+v: %v", o.OrderNo, l, err)
		}
	}
	if _, _, ok := geo.Place(o.Country, o.Province, o.City); !ok {
		t.Fatalf("%s: %s %s is not on the map", o.OrderNo, o.Province, o.City)
	}
}

func TestPaidOrdersPayTheirTotalUnlessASlip(t *testing.T) {
	const n = 5000
	differ := 0
	for _, o := range New(13).Orders(n, morning) {
		if o.PaymentStatus == "paid" && o.PaidAmount != money.Format(o.total(), "CNY") {
			differ++
		}
	}
	within(t, "paid amount differs", differ, n, shareUnderpaid)
}

func TestWellFormedPhonesAreValidAndMalformedOrdersAreNot(t *testing.T) {
	valid := func(r Recipient) bool {
		number, _, _ := strings.Cut(r.Phone, "-")
		p, err := phonenumbers.Parse(number, "CN")
		return err == nil && phonenumbers.IsValidNumber(p)
	}
	for _, o := range New(17).Orders(5000, morning) {
		switch {
		case o.right == Recipient{}:
			if o.BuyerToken == "" && !valid(o.Recipient) {
				t.Errorf("%s: phone %s in %s", o.OrderNo, o.Phone, o.Province)
			}
		case o.City != "" && len([]rune(o.Address)) > 5 && !strings.Contains(o.Name, "*") && valid(o.Recipient):
			t.Errorf("%s: nothing is wrong with %+v", o.OrderNo, o.Recipient)
		}
	}
}

func TestTheDayHasItsShape(t *testing.T) {
	perHour := [24]int{}
	for _, o := range New(14).Orders(10_000, morning.Add(7*time.Hour+20*time.Minute)) {
		perHour[o.PlacedAt.In(china).Hour()]++
	}
	for _, peak := range []int{10, 11, 20, 21} {
		for night := 1; night <= 5; night++ {
			if perHour[peak] < 5*perHour[night] {
				t.Errorf("%d orders at %d o'clock, %d at %d", perHour[peak], peak, perHour[night], night)
			}
		}
	}
	for h, n := range perHour {
		if n == 0 {
			t.Errorf("no orders at %d o'clock", h)
		}
	}
}

func TestBurstsShareOneAddressOfTheNet(t *testing.T) {
	byIP := map[string]map[string]bool{}
	for _, o := range New(15).Orders(3000, morning) {
		if byIP[o.BuyerIP] == nil {
			byIP[o.BuyerIP] = map[string]bool{}
		}
		byIP[o.BuyerIP][o.BuyerID] = true
	}
	bursts := 0
	for _, buyers := range byIP {
		if len(buyers) >= 5 {
			bursts++
		}
	}
	if bursts < 3 || bursts > 6 {
		t.Errorf("%d bursts of five buyers or more, want about 5", bursts)
	}
}

func TestEventsChangeWhatTheySay(t *testing.T) {
	c, seen := New(16), map[EventKind]int{}
	for _, o := range c.Orders(8000, morning) {
		before := o
		for i, e := range c.Events(o) {
			seen[e.Kind]++
			if err := eventFault(before, e); err != "" {
				t.Fatalf("%s, event %d (%s): %s", o.OrderNo, i, e.Kind, err)
			}
			before = e.Order
		}
	}
	within(t, "duplicates", seen[Duplicated], 8000, 15)
	for _, kind := range []EventKind{Cancelled, Readdress, Paid, Revised} {
		if seen[kind] < 30 {
			t.Errorf("%s: only %d in 8,000 orders", kind, seen[kind])
		}
	}
}

func eventFault(before Order, e Event) string {
	text := func(o Order) string {
		var b strings.Builder
		for _, record := range OrderTable([]Order{o}) {
			b.WriteString(strings.Join(record, "|"))
		}
		return b.String()
	}
	same := text(before) == text(e.Order)
	switch {
	case e.Kind == Duplicated && !same:
		return "a duplicate differs"
	case e.Kind != Duplicated && same:
		return "nothing changed"
	case e.Kind == Paid && (e.Order.PaymentStatus != "paid" || e.Order.PaidAmount != money.Format(e.Order.total(), "CNY")):
		return "not paid in full"
	case e.Kind == Cancelled && e.Order.PaymentStatus == "paid":
		return "money kept"
	}
	return ""
}

func BenchmarkOrders(b *testing.B) {
	for b.Loop() {
		shared.Orders(1000, morning)
	}
}
