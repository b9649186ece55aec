package order

import (
	"encoding/json"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/packhorse/packhorse/internal/words"
)

func TestEveryStandingSaysWhyWhatNextByWhenAndWho(t *testing.T) {
	now := time.Date(2026, 3, 2, 4, 0, 0, 0, time.UTC)
	soon, past := now.Add(time.Hour).UnixMicro(), now.Add(-time.Hour).UnixMicro()
	work := func(status string) *Fulfilment {
		return &Fulfilment{Status: status, ShipBy: soon, Lines: []FulfilmentLine{{Seq: 1, LineNo: 1, SKUID: 1, Quantity: 2}}}
	}
	manual := &Hold{Reason: "order.hold.manual", Owner: "finance"}
	forCustomer := &Hold{Reason: "review.address", Owner: "customer", Until: soon, Params: map[string]any{"missing": "phone"}}
	for _, c := range []struct {
		name        string
		axes        Axes
		kind        string
		fulfilments []*Fulfilment
		holds       []*Hold
		owed        []BackOrder
		shipBy      int64

		label, why, next string
		owner            Owner
		by               int64
		late             bool
	}{
		{name: "new and unpaid", axes: Axes{Payment: Unpaid, Review: ReviewPending}, label: LabelUnpaid, why: "order.why.unpaid", next: "order.next.pay", owner: OwnerCustomer},
		{name: "cash on delivery is not unpaid", kind: "cod", axes: Axes{Payment: Unpaid, Review: ReviewPending}, label: LabelReviewing, why: "order.why.pending", next: "order.next.review", owner: OwnerSystem},
		{name: "new and paid", axes: Axes{Payment: Paid, Review: ReviewPending}, label: LabelReviewing, why: "order.why.pending", next: "order.next.review", owner: OwnerSystem},
		{name: "held for finance", axes: Axes{Payment: Paid, Review: ReviewHeld}, holds: []*Hold{manual}, shipBy: past, label: LabelReviewing, why: "order.hold.manual", next: "order.next.release", owner: "finance", by: past, late: true},
		{name: "held for the customer", axes: Axes{Payment: Paid, Review: ReviewHeld}, holds: []*Hold{forCustomer}, label: LabelAction, why: "review.address", next: "order.next.lapse", owner: OwnerCustomer, by: soon},
		{name: "a reason knows what lifts it", axes: Axes{Payment: Unpaid, Review: ReviewHeld}, holds: []*Hold{{Reason: "review.unpaid", Owner: "customer", Params: map[string]any{"payment": "unpaid", "total": "9.00", "currency": "CNY"}}}, label: LabelAction, why: "review.unpaid", next: "order.next.review.unpaid", owner: OwnerCustomer},
		{name: "held twice", axes: Axes{Payment: Paid, Review: ReviewHeld}, holds: []*Hold{manual, forCustomer}, label: LabelAction, why: "order.hold.manual", next: "order.next.release_several", owner: "finance"},
		{name: "a lifted hold stops nothing", axes: Axes{Payment: Paid, Review: ReviewPassed, Fulfilment: FulfilmentWaiting}, holds: []*Hold{{ReleasedAt: 1}}, label: LabelPreparing, why: "order.why.waiting", next: "order.next.allocate", owner: OwnerSystem},
		{name: "in work: the one furthest behind counts", axes: Axes{Payment: Paid, Review: ReviewPassed, Fulfilment: FulfilmentAllocated}, fulfilments: []*Fulfilment{work(Packed), work(Released), work(RejectedBy)}, label: LabelPreparing, why: "order.why.released", next: "order.next.released", owner: OwnerWarehouse, by: soon},
		{name: "nothing can be served", axes: Axes{Payment: Paid, Review: ReviewPassed, Fulfilment: FulfilmentBackordered}, owed: []BackOrder{{Quantity: 2, Reason: "short_pick"}}, label: LabelPreparing, why: "order.backorder.short_pick", next: "order.next.supply", owner: OwnerBuyer},
		{name: "the reason is a decision of allocation", axes: Axes{Payment: Paid, Review: ReviewPassed, Fulfilment: FulfilmentBackordered}, owed: []BackOrder{{Quantity: 2, Reason: "allocation.waits.short"}}, label: LabelPreparing, why: "order.backorder.decided", next: "order.next.supply", owner: OwnerBuyer},
		{name: "a reason nobody knows any more", axes: Axes{Payment: Paid, Review: ReviewPassed, Fulfilment: FulfilmentBackordered}, owed: []BackOrder{{Quantity: 2, Reason: "strike"}}, label: LabelPreparing, why: "order.backorder.other", next: "order.next.supply", owner: OwnerBuyer},
		{name: "some has left, the rest is owed", axes: Axes{Payment: Paid, Review: ReviewPassed, Fulfilment: FulfilmentBackordered, Delivery: DeliveryInTransit}, fulfilments: []*Fulfilment{work(Shipped)}, owed: []BackOrder{{Quantity: 1, Reason: "out_of_stock"}}, label: LabelPartlyShipped, why: "order.backorder.out_of_stock", next: "order.next.supply", owner: OwnerBuyer},
		{name: "on the way", axes: Axes{Payment: Paid, Review: ReviewPassed, Fulfilment: FulfilmentShipped, Delivery: DeliveryInTransit}, fulfilments: []*Fulfilment{work(Shipped)}, label: LabelOnTheWay, why: "order.why.shipped", next: "order.next.deliver", owner: OwnerCarrier},
		{name: "left, not scanned", axes: Axes{Payment: Paid, Review: ReviewPassed, Fulfilment: FulfilmentShipped, Delivery: DeliveryNone}, fulfilments: []*Fulfilment{work(Shipped)}, label: LabelShipped, why: "order.why.shipped", next: "order.next.deliver", owner: OwnerCarrier},
		{name: "delivery failed", axes: Axes{Payment: Paid, Review: ReviewPassed, Fulfilment: FulfilmentShipped, Delivery: DeliveryFailed}, fulfilments: []*Fulfilment{work(Shipped)}, label: LabelAction, why: "order.why.failed", next: "order.next.failed", owner: OwnerCustomer},
		{name: "returned", axes: Axes{Payment: Paid, Review: ReviewPassed, Fulfilment: FulfilmentShipped, Delivery: DeliveryReturned}, fulfilments: []*Fulfilment{work(Shipped)}, label: LabelReturned, why: "order.why.returned", next: "order.next.returned", owner: OwnerWarehouse},
		{name: "delivered", axes: Axes{Payment: Paid, Review: ReviewPassed, Fulfilment: FulfilmentShipped, Delivery: DeliveryDelivered}, fulfilments: []*Fulfilment{work(Shipped)}, label: LabelDelivered, why: "order.why.delivered", next: "order.next.none"},
		{name: "sent back after delivery", axes: Axes{Payment: Paid, Review: ReviewPassed, Fulfilment: FulfilmentShipped, Delivery: DeliveryDelivered, AfterSale: AfterSaleOpen}, fulfilments: []*Fulfilment{work(Shipped)}, label: LabelAfterSale, why: "order.why.aftersale", next: "order.next.aftersale", owner: OwnerService},
		{name: "cancelled", axes: Axes{Payment: Refunded, Review: ReviewPassed, Fulfilment: FulfilmentCancelled}, label: LabelCancelled, why: "order.why.cancelled", next: "order.next.none"},
		{name: "rejected", axes: Axes{Payment: Paid, Review: ReviewRejected, Fulfilment: FulfilmentNone}, label: LabelClosed, why: "order.why.rejected", next: "order.next.none"},
	} {
		o := &Order{Axes: c.axes, Kind: c.kind, ShipBy: c.shipBy}
		s := Stand(o, c.fulfilments, c.holds, c.owed, now)
		if s.Label != c.label || s.Why.Code != c.why || s.Next.Code != c.next || s.Owner != c.owner || s.By != c.by || s.Late != c.late {
			t.Errorf("%s: %+v", c.name, s)
		}
		for _, lang := range words.Languages {
			for _, text := range []words.Text{{Code: s.Label}, s.Why, s.Next} {
				if got := words.Render(lang, text.Code, text.Params); got == text.Code || strings.ContainsAny(got, "{}") {
					t.Errorf("%s in %s: %q has no sentence", c.name, lang, got)
				}
			}
		}
	}
}

// Whoever looks after a back-order reads which goods are missing, how many, since when, and what has to happen.
func TestABackOrderSaysWhatIsMissingSinceWhenAndWhatIsNext(t *testing.T) {
	since := time.Date(2026, 3, 1, 9, 30, 0, 0, time.UTC).UnixMicro()
	o := &Order{Axes: Axes{Payment: Paid, Review: ReviewPassed, Fulfilment: FulfilmentBackordered}, Lines: []Line{{No: 1, SKU: "TEA-100"}, {No: 2, SKU: "SET-2"}}}
	read := func(lang string, owed ...BackOrder) (Standing, string, string) {
		s := Stand(o, nil, nil, owed, time.UnixMicro(since))
		return s, words.Render(lang, s.Why.Code, s.Why.Params), words.Render(lang, s.Next.Code, s.Next.Params)
	}
	short := []BackOrder{{LineNo: 2, SKUID: 8, SKU: "CUP", Quantity: 1, Reason: "allocation.waits.short", Since: since + 1},
		{LineNo: 1, SKUID: 7, Quantity: 3, Reason: "allocation.waits.short", Since: since}, {LineNo: 2, SKUID: 8, SKU: "CUP", Quantity: 2, Reason: "allocation.waits.short", Since: since + 1}}
	for _, c := range []struct {
		lang, why, next string
		owner           Owner
		owed            []BackOrder
	}{
		{"en", "Missing since 2026-03-01 09:30 UTC: 3 × CUP, 3 × TEA-100 (6 units). The nodes that can ship have too few units.",
			"Get 3 × CUP, 3 × TEA-100 in; the order is then allocated by itself.", OwnerBuyer, short},
		{"zh-CN", "自 2026-03-01 09:30 UTC 起缺 3 × CUP、3 × TEA-100，共 6 件。可发货的仓库存不足。", "补货到库（3 × CUP、3 × TEA-100）后系统自动分配。", OwnerBuyer, short},
		{"en", "Not found when picking: 1 × TEA-100 (1 unit is owed since 2026-03-01 09:30 UTC).", "Get 1 × TEA-100 in; the order is then allocated by itself.", OwnerBuyer,
			[]BackOrder{{LineNo: 1, Quantity: 1, Reason: "short_pick", Since: since}}},
		{"en", "Missing since 2026-03-01 09:30 UTC: 1 × TEA-100 (1 unit). The nodes that have it can take no more parcels today.",
			"Nothing to do: it is tried again by itself, at the latest when the warehouses have room tomorrow.", OwnerSystem,
			[]BackOrder{{LineNo: 1, Quantity: 1, Reason: "allocation.waits.capacity", Since: since}}},
	} {
		s, why, next := read(c.lang, c.owed...)
		if why != c.why || next != c.next || s.Owner != c.owner {
			t.Errorf("%q %q %s, want\n%q %q %s", why, next, s.Owner, c.why, c.next, c.owner)
		}
	}
	var many []BackOrder
	for i := range int64(9) {
		many = append(many, BackOrder{SKUID: i, SKU: "S" + string(rune('1'+i)), Quantity: 1, Reason: "short_pick", Since: since})
	}
	if _, why, _ := read("en", many...); !strings.Contains(why, "1 × S5, … (9 units") || strings.Contains(why, "S6") {
		t.Errorf("a long list: %q", why)
	}
}

// Every state, label, reason and owner can be shown in both languages, and both say the same codes.
func TestEveryStateHasItsWords(t *testing.T) {
	codes := Labels()
	for _, table := range Tables {
		area := map[string]string{"payment": "order.payment.", "review": "order.review.", "fulfilment": "order.fulfilment.",
			"delivery": "order.delivery.", "after-sale": "order.aftersale.", "fulfilment order": "fulfilment.status."}[table.Name]
		for state := range table.Next {
			codes = append(codes, area+state)
		}
	}
	for _, owner := range []Owner{OwnerSystem, OwnerReviewer, OwnerCustomer, OwnerBuyer, OwnerWarehouse, OwnerCarrier, "finance", "channel"} {
		codes = append(codes, "order.owner."+string(owner))
	}
	for _, reason := range []string{"out_of_stock", "may_not_split", "short_pick", "no_service", "capacity", "other"} {
		codes = append(codes, "order.backorder."+reason)
	}
	codes = append(codes, "order.not_found", "order.state", "order.on_hold", "fulfilment.state", "hold.not_found", "hold.released", "unknown_value",
		"event.order.held.v1", "event.order.hold_released.v1")
	for _, lang := range words.Languages {
		for _, code := range codes {
			if !words.Has(lang, code) {
				t.Errorf("%s has no sentence in %s", code, lang)
			}
		}
	}
	read := func(lang string) (m map[string]string) {
		raw, err := os.ReadFile("../internal/words/locales/" + lang + "/order.json")
		if err == nil {
			err = json.Unmarshal(raw, &m)
		}
		if err != nil {
			t.Fatal(err)
		}
		return m
	}
	en, zh := read("en"), read("zh-CN")
	for code := range en {
		if zh[code] == "" {
			t.Errorf("%s has no Chinese", code)
		}
	}
	if len(en) != len(zh) {
		t.Errorf("%d codes in English, %d in Chinese", len(en), len(zh))
	}
}
