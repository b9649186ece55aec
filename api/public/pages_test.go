package public_test

import (
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/packhorse/packhorse/aftersales"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/link"
	"github.com/packhorse/packhorse/order"
	"github.com/packhorse/packhorse/pack/packtest"
	"github.com/packhorse/packhorse/review"
	"github.com/packhorse/packhorse/ship"
	"github.com/packhorse/packhorse/track"
)

func TestACustomerSeesWhereTheParcelIsAndNobodyElsesName(t *testing.T) {
	each(t, func(h *house) {
		o := h.shipped(packtest.Line{SKU: "MUG", Quantity: 2})
		at := h.DB.Clock().Now()
		var scans []ship.Scan
		for i, code := range []string{"picked_up", "in_transit", "in_transit", "in_transit", "out_for_delivery"} {
			scans = append(scans, ship.Scan{At: at.Add(time.Duration(i) * time.Hour), Code: code, Text: fmt.Sprint("scan ", i, " 李雷 call 13900001111"), Place: "杭州"})
		}
		tracks := track.New(h.DB, nil, track.Settings{Families: map[string]string{"SF": "sim"}})
		if _, err := tracks.Receive(t.Context(), nil, track.In{Carrier: "SF", Waybill: fmt.Sprint("SF", o.ID), Scans: scans}); err != nil {
			t.Fatal(err)
		}
		s := h.wants(h.get(h.path(link.Track, o)), 200, "Order "+o.ExternalNo, "MUG", "× 2", "李*", "138****0000", "朝阳区", "SF", "2 earlier reports", "Return or report")
		if strings.Contains(s.raw, "13900001111") {
			t.Error("a number in the words of a courier is shown")
		}
		h.wants(h.get(h.path(link.Track, o), "Accept-Language", "zh-CN"), 200, "订单", "商品")
		h.wants(h.get(h.path(link.Track, o)+"?lang=zh-CN"), 200, "English", "商品")
		h.wants(h.get(h.path(link.Track, o)+"x"), 404, "not known here")
		h.wants(h.get(strings.Replace(h.path(link.Track, o), "/track/", "/confirm/", 1)), 404)
	})
}

func TestAScriptInANameIsText(t *testing.T) {
	each(t, func(h *house) {
		o := h.shipped(packtest.Line{SKU: "MUG", Quantity: 1})
		h.update(func(tx *db.Tx) error {
			locked, err := order.LockOne(tx, o.ID)
			if err != nil {
				return err
			}
			locked.Lines[0].Title = `<script>alert(1)</script>`
			locked.Recipient.City = `"><img onerror=x>`
			order.SaveLine(tx, locked.Lines[0])
			return order.SaveContent(tx, locked)
		})
		s := h.get(h.path(link.Track, o))
		if s.status != 200 || strings.Contains(s.raw, "<img") {
			t.Errorf("%d %s", s.status, s.raw)
		}
	})
}

func TestAnOrderIsFoundByNumberAndPhoneAndAWrongGuessTellsNothing(t *testing.T) {
	each(t, func(h *house) {
		o := h.shipped(packtest.Line{SKU: "MUG", Quantity: 1})
		h.update(func(tx *db.Tx) error {
			locked, err := order.LockOne(tx, o.ID)
			if err == nil {
				tx.Emit(db.Event{Kind: "order.received.v1", Order: locked.ID})
			}
			return err
		})
		h.index()
		bill := fmt.Sprint("SF", o.ID)
		ask := func(no, tail string) shown {
			return h.post("/track/default", url.Values{"no": {no}, "tail": {tail}})
		}
		for range 8 { // right ones cost nothing
			if s := h.wants(ask(strings.ToLower(bill), "0000"), 200, "Order "+o.ExternalNo); !strings.HasPrefix(s.url.Path, "/track/default/") {
				t.Fatalf("led to %s", s.url)
			}
		}
		wrongTail, wrongNo := h.wants(ask(bill, "1111"), 404, "found no such order"), h.wants(ask("SF404404404", "0000"), 404)
		if strings.ReplaceAll(wrongTail.raw, bill, "") != strings.ReplaceAll(wrongNo.raw, "SF404404404", "") {
			t.Error("the two answers differ")
		}
		h.wants(ask(bill, "12"), 422, "four digits")
		for range 5 {
			ask(bill, "2222")
		}
		h.wants(ask(bill, "0000"), 429, "wait 7 seconds")
		h.wants(h.post("/track/default", url.Values{"no": {bill}, "tail": {"0000"}}, "Sec-Fetch-Site", "cross-site"), 403)
		h.wants(h.get("/track/elsewhere"), 404)
	})
}

func TestAReturnIsAskedForInFiveStepsThatGoOnLaterAndOnlyOnce(t *testing.T) {
	each(t, func(h *house) {
		o := h.delivered(packtest.Line{SKU: "MUG", Quantity: 3})
		base := h.path(link.Return, o)
		step := func(at string, form url.Values) shown {
			form.Set("step", form.Get("step"))
			return h.post(at, form)
		}
		h.wants(h.get(base), 200, "1 of 5")
		h.wants(step(base, url.Values{"step": {"items"}}), 422, "at least one item")
		h.wants(step(base, url.Values{"step": {"items"}, "q1": {"4"}}), 422, "from the list")
		s := h.wants(step(base, url.Values{"step": {"items"}, "q1": {"2"}}), 200, "2 of 5")
		s = h.wants(step(s.url.RequestURI(), url.Values{"step": {"reason"}, "reason": {"damaged"}, "note": {"Griff ab"}}), 200, "3 of 5")
		kept := s.url.RequestURI()

		h.wants(h.get(base), 200, "3 of 5") // the cookie remembers,
		h.newBrowser()
		h.wants(h.get(base), 200, "1 of 5")
		h.wants(h.get(kept), 200, "3 of 5") // and so does the address, anywhere
		h.wants(h.get(strings.Replace(kept, "d=", "d=x", 1)), 200, "1 of 5")

		s = h.wants(step(kept, url.Values{"step": {"wish"}, "kind": {"return"}}), 200, "4 of 5")
		h.wants(step(s.url.RequestURI(), url.Values{"step": {"way"}, "way": {"label"}}), 422, "how you send it back") // nobody is connected
		h.wants(step(s.url.RequestURI(), url.Values{"step": {"way"}, "way": {"own"}, "bill": {"<b>"}}), 422, "letters, digits")
		s = h.wants(step(s.url.RequestURI(), url.Values{"step": {"way"}, "way": {"own"}, "bill": {"YT123"}}), 200, "5 of 5", "MUG × 2", "It arrived damaged", "Griff ab", "YT123")
		last := s.url.RequestURI()
		h.wants(h.get(base+"?step=reason&d="+s.url.Query().Get("d")), 200, "2 of 5", "Griff ab") // back, with what was said

		s = h.wants(step(last, url.Values{"step": {"check"}}), 200, "We have your request", "please send it by", "YT123", "MUG")
		again := h.wants(step(last, url.Values{"step": {"check"}}), 200, "We have your request")
		if s.url.Path != again.url.Path {
			t.Errorf("asked for twice: %s and %s", s.url, again.url)
		}
		cases, err := h.after.Cases(t.Context(), aftersales.Filter{OrderID: o.ID}, 0, 0)
		if err != nil || len(cases) != 1 || cases[0].Lines[0].Quantity != 2 || cases[0].Waybill != "YT123" || cases[0].OpenedBy != "customer" || cases[0].Note != "Griff ab" {
			t.Fatalf("%+v %v", cases, err)
		}
		h.wants(h.get(h.path(link.Track, o)), 200, "Send your return by", "Returns and problems")

		other := h.delivered(packtest.Line{SKU: "TEE", Quantity: 1})
		h.wants(h.get(h.path(link.Return, other)+"/"+cases[0].Name()), 404)
		h.wants(h.post(s.url.Path, url.Values{"do": {"cancel"}}, "Sec-Fetch-Site", "cross-site"), 403)
		h.wants(h.post(s.url.Path, url.Values{"do": {"cancel"}}), 200, "You called this request off")
		h.wants(h.post(s.url.Path, url.Values{"do": {"cancel"}}), 200, "You called this request off")
	})
}

func TestWhatIsMissingIsSentAgainWithoutAWayBack(t *testing.T) {
	each(t, func(h *house) {
		o := h.delivered(packtest.Line{SKU: "MUG", Quantity: 1})
		s := h.post(h.path(link.Return, o), url.Values{"step": {"items"}, "q1": {"1"}})
		s = h.post(s.url.RequestURI(), url.Values{"step": {"reason"}, "reason": {"lost"}})
		h.wants(h.post(s.url.RequestURI(), url.Values{"step": {"wish"}, "kind": {"return"}}), 422, "what you would like")
		s = h.wants(h.post(s.url.RequestURI(), url.Values{"step": {"wish"}, "kind": {"reship"}}), 200, "5 of 5")
		h.wants(h.post(s.url.RequestURI(), url.Values{"step": {"check"}}), 200, "We are looking at your request", "Get it sent again")
	})
}

func TestAHeldOrderGetsItsAddressFromTheSignedLinkOnceItWaitsForIt(t *testing.T) {
	each(t, func(h *house) {
		var o *order.Order
		h.update(func(tx *db.Tx) error {
			o = &order.Order{Channel: "test", ExternalNo: "H-1", Kind: "normal", PlacedAt: tx.Micros(), Currency: "CNY",
				Recipient: order.Recipient{Name: "李雷", Phone: "13800000000", Country: "CN", Province: "北京市", City: "北京市", Address: "建国路1号"},
				Axes:      order.Axes{Payment: order.Paid, Review: order.ReviewHeld, Fulfilment: order.FulfilmentNone, Delivery: order.DeliveryNone, AfterSale: order.AfterSaleNone},
				Lines:     []order.Line{{No: 1, SKUID: h.SKUs["MUG"], SKU: "MUG", Title: "MUG", Quantity: 1, UnitPrice: 100}}}
			if err := order.Create(tx, o); err != nil {
				return err
			}
			return order.PlaceHold(tx, &order.Hold{OrderID: o.ID, Reason: "review.address_doubt", Owner: "customer"})
		})
		path := h.path(link.Confirm, o)
		h.wants(h.get(path), 200, "Where shall your order go?", "李*")
		h.wants(h.get(h.path(link.Track, o)), 200, "We need your address")
		form := url.Values{"name": {"李*"}, "phone": {"138****0000"}, "province": {"北京市"}, "city": {"北京市"}, "district": {"海淀区"}, "address": {""}}
		h.wants(h.post(path, form), 422, "full street address")
		form.Set("address", "***")
		h.wants(h.post(path, form), 422)
		form.Set("address", "中关村大街 27 号 1101 室")
		h.wants(h.post(path, form, "Sec-Fetch-Site", "cross-site"), 403)
		h.wants(h.post(path, form), 200, "Thank you")
		got := h.Order(t, o.ID)
		if got.Recipient.Address != "中关村大街 27 号 1101 室" || got.Recipient.Name != "李雷" || got.Recipient.Phone != "13800000000" || got.Recipient.District != "海淀区" || got.Review != order.ReviewPending {
			t.Errorf("%+v %+v", got.Recipient, got.Axes)
		}
		shipped := h.shipped(packtest.Line{SKU: "MUG", Quantity: 1})
		h.wants(h.get(h.path(link.Confirm, shipped)), 200, "Nothing is missing any more")
		h.wants(h.post(h.path(link.Confirm, shipped), form), 409)
	})
}

func TestACustomerWhoIsAskedMaySayThatTheAddressIsRight(t *testing.T) {
	each(t, func(h *house) {
		var o *order.Order
		h.update(func(tx *db.Tx) error {
			o = &order.Order{Channel: "test", ExternalNo: "H-2", Kind: "normal", PlacedAt: tx.Micros(), Currency: "CNY",
				Recipient: order.Recipient{Name: "李雷", Phone: "13800000000", Country: "CN", Province: "北京市", City: "北京市", Address: "建国路1号"},
				Axes:      order.Axes{Payment: order.Paid, Review: order.ReviewPassed, Fulfilment: order.FulfilmentWaiting, Delivery: order.DeliveryNone, AfterSale: order.AfterSaleNone},
				Lines:     []order.Line{{No: 1, SKUID: h.SKUs["MUG"], SKU: "MUG", Title: "MUG", Quantity: 1, UnitPrice: 100}}}
			return order.Create(tx, o)
		})
		path := h.path(link.Confirm, o)
		h.wants(h.get(path), 200, "Nothing is missing any more")
		if _, err := review.New(h.DB, review.Settings{}).Ask(t.Context(), nil, o.ID, "user:ann", h.DB.Clock().Now().Add(time.Hour).UnixMicro()); err != nil {
			t.Fatal(err)
		}
		h.wants(h.get(path), 200, "Yes, it is right")
		h.wants(h.post(path, url.Values{"as_is": {"1"}}, "Sec-Fetch-Site", "cross-site"), 403)
		h.wants(h.post(path, url.Values{"as_is": {"1"}}), 200, "Thank you")
		if got := h.Order(t, o.ID); got.Review != order.ReviewPending || got.Recipient.Address != "建国路1号" {
			t.Errorf("%+v %+v", got.Recipient, got.Axes)
		}
		h.wants(h.post(path, url.Values{"as_is": {"1"}}), 409)
	})
}
