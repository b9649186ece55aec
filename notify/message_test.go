package notify

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/db/dbtest"
	"github.com/packhorse/packhorse/internal/id"
	"github.com/packhorse/packhorse/order"
)

func TestACustomerIsToldOnceThatTheOrderIsHere(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d, Email)
		key := h.order(wang, "order.received.v1", "order.received.v1")
		h.collect()
		h.work()
		m := h.only()
		if m.State != Sent || m.Notice != Received || m.OrderID != key || m.Attempts != 1 || m.SentAt != dbtest.Noon.UnixMicro() {
			t.Errorf("message %+v", m)
		}
		if m.Masked != "w***@example.com" || strings.Contains(m.Recipient, "wang") {
			t.Errorf("the ledger says %q and %q", m.Masked, m.Recipient)
		}
		l := h.mail.taken[0]
		if l.To != wang.Email || l.Subject != "订单 W-1001 已收到" || !strings.Contains(l.Text, "王芳，您好") || !strings.Contains(l.Text, "绿茶 × 2") {
			t.Errorf("letter %+v", l)
		}
		if !strings.HasPrefix(l.Unsubscribe, "https://shop.example/unsubscribe/default/") || !strings.Contains(l.HTML, l.Unsubscribe) || l.ID != id.Show(Prefix, m.ID) {
			t.Errorf("letter %+v", l)
		}
	})
}

func TestNothingIsToldTwiceWhereTheLogIsReadTwice(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d, Email)
		h.order(wang, "order.received.v1")
		h.collect()
		h.update(func(tx *db.Tx) { tx.Put(moveCursor, cursorName, 0, 0) }) // as a back-up that was put back would
		h.open(Email)
		h.collect()
		h.work()
		if n := len(h.mail.taken); n != 1 || h.only().State != Sent {
			t.Errorf("%d letters", n)
		}
	})
}

func TestAProcessThatDiesAfterTheCallSendsUnderTheSameNumber(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d, Email)
		h.order(wang, "order.received.v1")
		h.collect()
		m := h.only()
		_, l, err := h.s.begin(t.Context(), work{m.ID, 0}) // the intent is written,
		if err != nil {
			t.Fatal(err)
		}
		if _, err := h.mail.Send(t.Context(), l); err != nil { // the mail is out,
			t.Fatal(err)
		}
		h.open(Email) // and nobody lives to write it down
		h.work()
		if len(h.mail.taken) != 2 || h.mail.taken[0].ID != h.mail.taken[1].ID {
			t.Fatalf("letters %+v: two under one number are as good as it gets", h.mail.taken)
		}
		if m := h.only(); m.State != Sent || m.Attempts != 2 {
			t.Errorf("message %+v", m)
		}
		h.pass(time.Hour, 3)
		if len(h.mail.taken) != 2 {
			t.Errorf("%d letters", len(h.mail.taken))
		}
	})
}

func TestTwoProcessesReadTheLogOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d, Email)
		for range 20 {
			h.order(wang, "order.received.v1")
		}
		dbtest.Facts(t, d)
		other := newHouse(t, d, Email)
		done := make(chan error, 2)
		for _, s := range []*Service{h.s, other.s} {
			go func() { _, err := s.Collect(t.Context()); done <- err }()
		}
		for range 2 {
			if err := <-done; err != nil {
				t.Error(err)
			}
		}
		h.collect()
		if n := len(h.messages()); n != 20 {
			t.Errorf("%d messages, want 20", n)
		}
	})
}

func TestANightIsWaitedForAndNothingIsLost(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d, Email)
		d.Clock().Advance(11 * time.Hour) // 23:00 in Shanghai
		h.order(wang, "order.received.v1")
		american := wang
		american.Country, american.Province, american.Email = "US", "NY", "jane@example.com"
		h.order(american, "order.received.v1") // 10:00 in New York
		h.collect()
		h.work()
		if len(h.mail.taken) != 1 || h.mail.taken[0].To != "jane@example.com" {
			t.Fatalf("letters at night: %+v", h.mail.taken)
		}
		h.pass(time.Hour, 8)
		if len(h.mail.taken) != 1 {
			t.Fatalf("somebody was woken at seven: %+v", h.mail.taken)
		}
		h.pass(time.Hour, 1)
		if len(h.mail.taken) != 2 {
			t.Errorf("%d letters at eight, want 2", len(h.mail.taken))
		}
	})
}

func TestARetryThatFallsIntoTheNightWaitsForTheMorning(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d, Email)
		d.Clock().Advance(10*time.Hour - 10*time.Second) // ten seconds before 22:00
		h.mail.answers = []error{Later("busy")}
		h.order(wang, "order.received.v1")
		h.collect()
		h.work()
		h.pass(30*time.Minute, 19)
		if len(h.mail.taken) != 1 || h.only().State != Queued {
			t.Fatalf("%d attempts before morning, %s", len(h.mail.taken), h.only().State)
		}
		h.pass(30*time.Minute, 2)
		if len(h.mail.taken) != 2 || h.only().State != Sent {
			t.Errorf("%d attempts after, %s", len(h.mail.taken), h.only().State)
		}
	})
}

func TestARefusedMessageIsToldOverTheNextChannel(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d, SMS, Email)
		h.sms.answers = []error{Refused("number not in use")}
		h.order(wang, "order.received.v1")
		h.collect()
		h.work()
		list := h.messages()
		if len(list) != 2 || list[0].Channel != Email || list[0].State != Sent || list[1].Channel != SMS || list[1].State != Failed || list[1].Detail != "number not in use" {
			t.Fatalf("%+v", list)
		}
		if h.sms.taken[0].To != wang.Phone || h.sms.taken[0].Text != "" {
			t.Errorf("an SMS is its subject: %+v", h.sms.taken[0])
		}
		if n := len(h.facts("notify.failed.v1")); n != 1 {
			t.Errorf("%d events", n)
		}
	})
}

func TestAServerThatNeverTakesItIsGivenUp(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d, Email)
		for range 10 {
			h.mail.answers = append(h.mail.answers, Later("disk full"))
		}
		h.update(func(tx *db.Tx) {
			tx.Put(putSetting, policyName, `{"notices":{"received":["email"]},"quiet_from":"00:00","quiet_to":"00:00"}`, 0, "")
		})
		h.order(wang, "order.received.v1")
		h.collect()
		h.work()
		h.pass(time.Hour, 12)
		if m := h.only(); m.State != Failed || m.Reason != GivenUp || m.Attempts != 10 || m.Detail != "disk full" {
			t.Fatalf("%+v", m)
		}
		if _, err := h.s.Resend(t.Context(), nil, "user:anna", h.only().ID); err != nil {
			t.Fatal(err)
		}
		h.work()
		if m := h.only(); m.State != Sent {
			t.Errorf("sent again by hand: %+v", m)
		}
	})
}

func TestWhoUnsubscribedIsNotWrittenTo(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d, Email)
		key := h.order(wang, "order.received.v1")
		h.collect()
		h.work()
		token := h.mail.taken[0].Unsubscribe[strings.LastIndexByte(h.mail.taken[0].Unsubscribe, '/')+1:]
		if s, err := h.s.Look(t.Context(), token); err != nil || s.Stopped || s.Notice != Received {
			t.Fatalf("looking changed it: %+v, %v", s, err)
		}
		for range 2 {
			if s, err := h.s.Unsubscribe(t.Context(), token, false); err != nil || !s.Stopped {
				t.Fatalf("%+v, %v", s, err)
			}
		}
		if _, err := h.s.Look(t.Context(), "nonsense"); err == nil {
			t.Error("any token is known")
		}
		if _, err := h.s.Resend(t.Context(), nil, "user:anna", h.only().ID); err != nil {
			t.Fatal(err)
		}
		h.order(wang, "order.received.v1")
		h.emit(db.Event{Kind: "order.cancelled.v1", Order: key}) // another kind
		h.collect()
		h.work()
		states := map[string]int{}
		for _, m := range h.messages() {
			states[string(m.Notice)+" "+m.State+" "+m.Reason]++
		}
		if len(h.mail.taken) != 2 || states["received suppressed "+Unsubscribed] != 2 || states["cancelled sent "] != 1 {
			t.Errorf("%d letters, %v", len(h.mail.taken), states)
		}
	})
}

func TestWhoStopsEverythingIsToldOnlyWhatMustBeTold(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d, Email)
		h.order(wang, "order.received.v1")
		h.collect()
		h.work()
		first := h.mail.taken[0].Unsubscribe
		for range 2 {
			if s, err := h.s.Unsubscribe(t.Context(), first[strings.LastIndexByte(first, '/')+1:], true); err != nil || !s.All || !s.Stopped || s.Notice != Received {
				t.Fatalf("%+v, %v", s, err)
			}
		}
		key := h.order(wang, "order.received.v1", "order.delivered.v1", "order.cancelled.v1")
		h.emit(db.Event{Kind: "refund.done.v1", Order: key, Subject: 7, Params: map[string]any{"amount": "12.50", "currency": "CNY"}})
		h.collect()
		h.work()
		sent := map[string]string{}
		for _, l := range h.mail.taken[1:] {
			sent[l.Subject] = l.Unsubscribe
		}
		if link, told := sent["订单 W-1001 已退款 12.50 CNY"]; len(sent) != 2 || !told || link != "" {
			t.Errorf("%v", sent)
		}
	})
}

func TestEachPartOfTheMoneyIsNamedAndTheWholeIsWhatWasPaid(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d, Email)
		key := h.order(wang)
		for refund, amount := range map[int64]string{7: "12.50", 8: "3.00"} {
			h.emit(db.Event{Kind: "refund.done.v1", Order: key, Subject: refund, Params: map[string]any{"amount": amount, "currency": "CNY"}})
		}
		h.collect()
		h.work()
		if len(h.mail.taken) != 2 || !slices.ContainsFunc(h.mail.taken, func(l Letter) bool { return strings.Contains(l.Text, "已退款 3.00 CNY") }) {
			t.Errorf("%+v", h.mail.taken)
		}
	})
}

func TestAReturnIsOneMessageAndARefusedParcelNone(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d, Email)
		key := h.order(wang)
		h.emit(db.Event{Kind: "aftersales.approved.v1", Order: key, Subject: 5, Params: map[string]any{"kind": "refused"}})
		for range 2 { // two parcels of one case
			h.emit(db.Event{Kind: "aftersales.received.v1", Order: key, Subject: 5, Params: map[string]any{"waybills": []string{"SF1"}}})
		}
		h.collect()
		h.work()
		if m := h.only(); m.Notice != ReturnReceived || m.State != Sent {
			t.Errorf("%+v", m)
		}
	})
}

func TestAMaskedAddressIsNoAddress(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d, Email, SMS)
		masked := wang
		masked.Email, masked.Phone = "w***@example.com", "138****5678"
		h.order(masked, "order.received.v1")
		h.collect()
		h.work()
		if m := h.only(); m.State != Suppressed || m.Reason != NoAddress {
			t.Errorf("%+v", m)
		}
	})
}

func TestOldNewsIsNotTold(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d, Email)
		h.order(wang, "order.received.v1")
		d.Clock().Advance(stale + time.Hour)
		h.collect()
		if n := len(h.messages()); n != 0 {
			t.Errorf("%d messages", n)
		}
	})
}

func TestAShopsOwnTextHoldsUntilItIsTakenBack(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d, Email)
		own := Template{Notice: Received, Channel: Email, Language: "zh-CN", Subject: "谢谢 {name}", Body: "{order_no}", HTML: `<p title="{name}">{name} <a href="{waybill}">x</a></p>`}
		saved, err := h.s.SaveTemplate(t.Context(), nil, "user:anna", own)
		if err != nil || saved.Version != 1 {
			t.Fatal(saved, err)
		}
		evil := wang
		evil.Name = "\"><script>alert(1)</script>\r\nBcc: x@example.com"
		h.order(evil, "order.received.v1")
		h.collect()
		h.work()
		l := h.mail.taken[0]
		if strings.Contains(l.HTML, "<script") || strings.ContainsAny(l.Subject, "\r\n") || h.only().Template != 1 {
			t.Errorf("letter %+v", l)
		}
		if saved, err = h.s.SaveTemplate(t.Context(), nil, "user:anna", Template{Notice: Received, Channel: Email, Language: "zh-CN"}); err != nil || saved.Version != 2 {
			t.Fatal(saved, err)
		}
		h.order(wang, "order.received.v1")
		h.collect()
		h.work()
		if l := h.mail.taken[1]; l.Subject != "订单 W-1001 已收到" {
			t.Errorf("subject %q", l.Subject)
		}
	})
}

func TestADelayNamesTheNewDateAndIsToldOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d, Email)
		key := h.order(wang)
		for _, e := range []db.Event{
			{Kind: "track.late.v1", Params: map[string]any{"carrier": "ZTO", "waybill": "ZT1", "code": "track.late.moving"}}, // not the customer's concern
			{Kind: "track.late.v1", Params: map[string]any{"carrier": "ZTO", "waybill": "ZT1", "code": "track.late.promise"}},
			{Kind: "track.scanned.v1", Params: map[string]any{"carrier": "ZTO", "waybill": "ZT1", "status": "delivery_delayed"}},
		} {
			e.Order, e.Subject = key, 77
			h.emit(e)
		}
		h.collect()
		h.work()
		if h.only().State != Sent || h.mail.taken[0].Subject != "订单 W-1001 配送延误，预计 2026-03-04 送达" {
			t.Errorf("letter %+v", h.mail.taken)
		}
	})
}

func TestARefundOfTheWholeIsToldOnceHoweverItIsHeardOf(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d, Email)
		key := h.order(wang)
		h.emit(db.Event{Kind: "order.amended.v1", Order: key, Params: map[string]any{"changes": []string{"payment"}}}) // paid, not refunded
		h.collect()
		if n := len(h.messages()); n != 0 {
			t.Fatalf("%d messages about a payment", n)
		}
		h.update(func(tx *db.Tx) {
			o, err := order.LockOne(tx, key)
			if err != nil {
				t.Fatal(err)
			}
			to := o.Axes
			to.Payment = order.Refunded
			if err := order.Move(tx, o, to); err != nil {
				t.Fatal(err)
			}
		})
		h.emit(db.Event{Kind: "order.amended.v1", Order: key, Subject: 0, Params: map[string]any{"changes": []string{"payment", "amounts"}}})
		h.emit(db.Event{Kind: "refund.done.v1", Order: key, Subject: 9})
		h.collect()
		h.work()
		if m := h.only(); m.Notice != Refunded || m.State != Sent {
			t.Errorf("%+v", m)
		}
	})
}
