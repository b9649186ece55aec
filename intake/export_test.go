package intake_test

import (
	"bytes"
	"fmt"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/packhorse/packhorse/intake"
	"github.com/packhorse/packhorse/internal/clock"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/db/dbtest"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/sheet"
	"github.com/packhorse/packhorse/order"
	"github.com/packhorse/packhorse/seed"
)

// written is the order file of a shop.
func (w *world) written(channel, shop string) (string, intake.Exported) {
	w.Helper()
	var out bytes.Buffer
	f, err := sheet.NewWriter(&out, "orders.csv")
	if err != nil {
		w.Fatal(err)
	}
	var seen []int
	done, err := w.inbox.ExportOrders(ctx, f, channel, shop, true, func(n int) { seen = append(seen, n) })
	if err != nil || f.Close() != nil {
		w.Fatal(err)
	}
	if !slices.IsSorted(seen) || seen[len(seen)-1] != done.Orders+done.Cancelled {
		w.Errorf("progress %v, in the end %+v", seen, done)
	}
	return out.String(), done
}

// taken reads an order file and gives "created/updated/unchanged/rejected".
func (w *world) taken(channel, shop, text string) string {
	w.Helper()
	r, err := sheet.Open("orders.csv", strings.NewReader(text), int64(len(text)), sheet.DefaultLimits())
	if err != nil {
		w.Fatal(err)
	}
	a, err := w.inbox.ImportOrders(ctx, r, channel, shop, false, nil)
	if err != nil {
		w.Fatal(err)
	}
	for _, x := range a.Rejected[:min(len(a.Rejected), 5)] {
		w.Logf("row %d %s: %s", x.Row, x.Field, x.Message)
	}
	return fmt.Sprintf("%d/%d/%d/%d", a.Created, a.Updated, a.Unchanged, len(a.Rejected))
}

// stored are all orders of a shop as they stand.
func (w *world) stored(channel, shop string) (list []order.Order) {
	w.Helper()
	w.update(func(tx *db.Tx) error {
		list = nil
		ids, err := order.Walk(tx, channel, shop, 0, 10_000)
		if err != nil || len(ids) == 0 {
			return err
		}
		found, err := order.ByIDs(tx, ids)
		for _, id := range ids {
			list = append(list, *found[id])
		}
		return err
	})
	return list
}

// comesBack exports a shop, imports it for the same shop, and proves that nothing has moved.
func (w *world) comesBack(channel, shop string) (text string, done intake.Exported) {
	w.Helper()
	before := w.stored(channel, shop)
	text, done = w.written(channel, shop)
	for range 2 {
		if got, want := w.taken(channel, shop, text), fmt.Sprintf("0/0/%d/0", done.Orders); got != want {
			w.Fatalf("an export of %s/%s came back as %s, want %s\n%.2000s", channel, shop, got, want, text)
		}
	}
	after := w.stored(channel, shop)
	for i := range before {
		if !reflect.DeepEqual(before[i], after[i]) {
			w.Fatalf("an order changed by its own export:\n%+v\n%+v", before[i], after[i])
		}
	}
	return text, done
}

func TestTheOrdersOfADayComeBackUnchanged(t *testing.T) {
	each(t, func(w *world) {
		byShop := map[[2]string][]seed.Order{}
		for _, o := range seed.New(7).Orders(600, dbtest.Noon.Add(-24*time.Hour)) {
			shop := [2]string{o.Channel, o.Shop}
			byShop[shop] = append(byShop[shop], o)
		}
		all := 0
		for shop, orders := range byShop {
			var in bytes.Buffer
			f, err := sheet.NewWriter(&in, "orders.csv")
			if err != nil {
				w.Fatal(err)
			}
			for _, record := range seed.OrderTable(orders) {
				if err := f.Write(record); err != nil {
					w.Fatal(err)
				}
			}
			if err := f.Close(); err != nil {
				w.Fatal(err)
			}
			if got, want := w.taken(shop[0], shop[1], in.String()), fmt.Sprintf("%d/0/0/0", len(orders)); got != want {
				w.Fatalf("%v: %s, want %s", shop, got, want)
			}
			_, done := w.comesBack(shop[0], shop[1])
			all += done.Orders
			for _, o := range orders { // the seed says everything, so the export is the very document
				w.inboxHolds(o.OrderNo, "1created")
			}
		}
		text, done := w.written("", "")
		if all != 600 || done.Orders != all || !strings.HasPrefix(text, "channel,shop,order_no,") || strings.Count(text, "\r\n") != done.Rows+1 {
			w.Errorf("%d orders, all channels %+v\n%.300s", all, done, text)
		}
	})
}

func TestWhatIsCancelledIsLeftOutAndTheRestKeepsItsAmounts(t *testing.T) {
	each(t, func(w *world) {
		w.want(sold("off"), "created 1")
		w.want(sold("off", cancelled), "cancelled 2")
		w.want(sold("less"), "created 1")
		w.want(sold("less", func(d *intake.Document) { d.Lines = d.Lines[:1] }), "amended 2")
		text, done := w.comesBack("web", "main")
		if done != (intake.Exported{Orders: 1, Rows: 1, Cancelled: 1}) || !strings.Contains(text, "less,") || strings.Contains(text, "off,") {
			w.Errorf("%+v\n%s", done, text)
		}
	})
}

func TestAMaskedRecipientComesBackWithItsToken(t *testing.T) {
	each(t, func(w *world) {
		w.want(sold("M", func(d *intake.Document) {
			d.RecipientName, d.Phone, d.Address, d.RecipientToken, d.TokenIssuer = "李**", "138****0000", "***", "oaid-1", "taobao"
			d.MaySplit = new(true)
		}), "created 1")
		text, _ := w.comesBack("web", "main")
		if !strings.Contains(text, "李**") || !strings.Contains(text, "oaid-1,taobao") {
			w.Error(text)
		}
		w.inboxHolds("M", "1created")
	})
}

func TestAnOrderInWorkAndAClosedOneComeBackUnchanged(t *testing.T) {
	each(t, func(w *world) {
		r := w.want(sold("work"), "created 1") // flow must not be asked: the test fails where it is
		w.move(r.OrderID, order.ReviewPassed, order.FulfilmentAllocated)
		begin(w, r.OrderID)
		r = w.want(sold("closed", unpaid), "created 1")
		w.move(r.OrderID, order.ReviewPassed, order.FulfilmentShipped)
		if _, done := w.comesBack("web", "main"); done.Orders != 2 {
			w.Errorf("%+v", done)
		}
	})
}

func TestAShopIsNotExportedWithoutItsChannel(t *testing.T) {
	w := newWorld(t, dbtest.Open(t, dbtest.SQLite(t), clock.Fixed(dbtest.Noon)))
	f, err := sheet.NewWriter(&bytes.Buffer{}, "orders.csv")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.inbox.ExportOrders(ctx, f, "", "main", true, nil); fault.Code(err) != "intake.required" {
		t.Error(err)
	}
}

func TestAnExportHasTheColumnsThatAnImportReads(t *testing.T) {
	w := newWorld(t, dbtest.Open(t, dbtest.SQLite(t), clock.Fixed(dbtest.Noon)))
	text, _ := w.written("web", "main")
	got := strings.Split(strings.TrimSpace(text), ",")
	c := intake.FileColumns()
	want := slices.Concat(c.Required, c.Optional)
	slices.Sort(got)
	slices.Sort(want)
	if want = slices.Compact(want); !slices.Equal(got, want) {
		t.Errorf("written %v\nread    %v", got, want)
	}
}

func TestAnyOrderComesBackAndIsTheSameInAnotherShop(t *testing.T) {
	w := newWorld(t, dbtest.Open(t, dbtest.SQLite(t), clock.Fixed(dbtest.Noon)))
	round := 0
	rapid.Check(t, func(rt *rapid.T) {
		round++
		shop, copied := fmt.Sprint("shop", round), fmt.Sprint("copy", round)
		for n := range rapid.IntRange(1, 3).Draw(rt, "orders") {
			d := draft(rt, shop, fmt.Sprint(n))
			for range rapid.IntRange(1, 2).Draw(rt, "times") {
				_, err := w.inbox.Receive(ctx, nil, intake.Input{Document: d, Source: intake.SourceAPI})
				if err != nil {
					rt.Fatalf("%+v: %v", d, err)
				}
				again := draft(rt, shop, d.OrderNo)
				d.Lines, d.Address, d.BuyerNote, d.ShipBy = again.Lines, again.Address, again.BuyerNote, again.ShipBy
			}
		}
		text, done := w.comesBack("web", shop)
		if got, want := w.taken("web", copied, text), fmt.Sprintf("%d/0/0/0", done.Orders); got != want {
			rt.Fatalf("the copy: %s, want %s\n%s", got, want, text)
		}
		if second, _ := w.written("web", copied); second != text {
			rt.Fatalf("the copy of a copy differs:\n%s\n%s", text, second)
		}
	})
}

// draft is an order as some channel may say it. Currency and kind are of its number, because they cannot change.
func draft(t *rapid.T, shop, number string) intake.Document {
	one := func(name string, values ...string) string { return rapid.SampledFrom(values).Draw(t, name) }
	d := intake.Document{Channel: "web", Shop: shop, OrderNo: number, Currency: []string{"CNY", "JPY", "KWD"}[len(shop)%3], PlacedAt: at,
		PaymentStatus: one("payment", "", "unpaid", "authorized", "paid", "refunded"), PaidAmount: intake.Decimal(one("paid", "", "0", "1", "900000")),
		PaidAt: one("paid at", "", at), RecipientName: one("name", "Li", "=Li", "李 \"四\""), Address: one("address", "1 Road", "a,b", "two\nlines"),
		Country: one("country", "", "cn"), ShippingFee: intake.Decimal(one("fee", "", "0", "3")), BuyerNote: one("note", "", "x;y\tz"),
		ShipBy: one("ship by", "", "2026-03-01T20:00:00.25+08:00", "2026-03-09T00:00:00Z"), ExternalRevision: 0}
	if split := one("split", "", "0", "1"); split != "" {
		d.MaySplit = new(split == "1")
	}
	for n := range rapid.IntRange(1, 4).Draw(t, "lines") {
		d.Lines = append(d.Lines, intake.Line{LineNo: int64(n + 1), SKU: one("sku", "A", "B", "gone"), Title: one("title", "", "Tea"),
			Quantity: rapid.Int64Range(1, 3).Draw(t, "quantity"), UnitPrice: intake.Decimal(one("price", "0", "1", "20")),
			LineDiscount: ""})
	}
	return d
}

func TestFiveThousandOrdersOfAFileComeBackUnchanged(t *testing.T) {
	const path = "../../shared/data/orders/olist_orders.csv"
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Skip("the measured order file is not here: " + path)
	}
	w := newWorld(t, dbtest.Open(t, dbtest.SQLite(t), clock.Fixed(dbtest.Noon)))
	if got := w.taken("olist", "", string(raw)); got != "5120/0/0/0" {
		t.Fatal(got)
	}
	start := time.Now()
	_, done := w.written("olist", "")
	t.Logf("%+v in %s", done, time.Since(start).Round(time.Millisecond))
	if done.Orders != 5120 || done.Cancelled != 0 {
		t.Errorf("%+v", done)
	}
	w.comesBack("olist", "")
}
