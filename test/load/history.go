package load

import (
	"context"
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/order"
)

// History is a past to measure against: so many settled orders, five in a hundred of them still open, with
// the rows that a whole life leaves behind. It writes tables directly (nothing else in the product does):
// a million lives at life's own speed would take ten minutes, and the rows are what counts here.
type History struct {
	Orders, SKUs, Nodes int
	Step                time.Duration // between two orders
}

var (
	histHead = db.Insert("order_head", "id bigint, channel text, shop text, external_no text, kind text, placed_at bigint, currency text, total bigint, shipping_fee bigint, discount bigint, "+
		"payment text, paid_at bigint, paid_amount bigint, payment_method text, buyer text, recipient text, country text, province text, city text, ship_by bigint, collect_by bigint, promised_by bigint, "+
		"may_split boolean, priority bigint, notes text, review text, fulfilment text, delivery text, aftersale text, due_rank bigint, fine_rank bigint, created_at bigint, updated_at bigint")
	histLine     = db.Insert("order_line", "order_id bigint, no bigint, sku_id bigint, sku text, title text, quantity bigint, cancelled bigint, unit_price bigint, discount bigint")
	histDocument = db.Insert("intake_document", "id bigint, channel text, shop text, external_id text, revision bigint, external_revision bigint, hash text, source text, received_at bigint, order_id bigint, outcome text, body text")
	histFul      = db.Insert("order_fulfilment", "id bigint, order_id bigint, node_id bigint, status text, wave_id bigint, ship_by bigint, cost bigint, created_at bigint, updated_at bigint")
	histFulLine  = db.Insert("order_fulfilment_line", "fulfilment_id bigint, seq bigint, line_no bigint, sku_id bigint, quantity bigint")
	histParcel   = db.Insert("pack_parcel", "id bigint, order_id bigint, fulfilment_id bigint, node_id bigint, no bigint, status text, carton text, expected_g bigint, weight_g bigint, length_mm bigint, width_mm bigint, height_mm bigint, packer text, packed_at bigint")
	histShipment = db.Insert("ship_shipment", "id bigint, order_id bigint, fulfilment_id bigint, parcel_id bigint, node_id bigint, carrier text, service text, waybill text, status text, cost bigint, currency text, tracking text, reason text, late text, "+
		"last_scan_at bigint, next_poll_at bigint, promised_by bigint, handed_over_at bigint, delivered_at bigint, created_at bigint, updated_at bigint")
	histEntry = db.Insert("inventory_entry", "id bigint, at bigint, sku_id bigint, lot text, quantity bigint, from_location bigint, from_container bigint, from_quality text, to_location bigint, to_container bigint, to_quality text, cause text, ref bigint")
)

// histChunk is how many orders go into one transaction.
const histChunk = 1000

// Write fills a database whose clock stands, and moves the clock along. progress hears how many orders are in.
func (h History) Write(ctx context.Context, d *db.DB, skus []int64, nodes []int64, progress func(int)) error {
	random := rand.New(rand.NewPCG(7, 7))
	for done := 0; done < h.Orders; done += histChunk {
		n := min(histChunk, h.Orders-done)
		err := d.Update(ctx, func(tx *db.Tx) error {
			for i := range n {
				h.life(tx, done+i, skus, nodes, random)
			}
			return nil
		})
		if err != nil {
			return err
		}
		d.Clock().Advance(time.Duration(n) * h.Step)
		if progress != nil {
			progress(done + n)
		}
	}
	return nil
}

// kinds of events of a whole life, with about what each says.
var histEvents = []struct{ kind, params string }{
	{"order.received.v1", `{"channel":"bench","external_no":"H00000001","lines":2,"total":4000,"currency":"CNY","source":"file"}`},
	{"review.passed.v1", `{"rules":"0123456789ab","fired":[],"not_fired":["address","payment","amount","same_ip","same_phone","same_address"]}`},
	{"allocation.allocated.v1", `{"strategy":"cheapest","why":{"code":"allocation.cheapest","params":{"node":"N1"}},"cost":520,"rejected":[{"node":2,"code":"dearer","params":{"by":30}}]}`},
	{"wave.released.v1", `{"task":"tsk_0000000000001"}`},
	{"pick.picked.v1", `{"task":"tsk_0000000000001","lines":2}`},
	{"pack.packed.v1", `{"parcels":1,"carton":"B3","weight_g":640,"expected_g":633}`},
	{"ship.handed_over.v1", `{"carrier":"manual","waybill":"WH00000001"}`},
}

var histEvent = db.Insert("event", "tx bigint, id bigint, at bigint, kind text, order_id bigint, subject_id bigint, actor text, params text")

var (
	surnames = []rune("王李张刘陈杨赵黄周吴徐孙马朱胡郭何林高罗")
	forms    = []rune("明华伟芳娜敏静丽强磊军洋勇艳杰涛超霞平刚")
)

// someName is a name of three characters: what a search by name has to tell apart.
func someName(random *rand.Rand) string {
	return string([]rune{surnames[random.IntN(len(surnames))], forms[random.IntN(len(forms))], forms[random.IntN(len(forms))]})
}

func (h History) life(tx *db.Tx, n int, skus, nodes []int64, random *rand.Rand) {
	at, open := tx.Micros(), n%20 == 0
	review, fulfilment, delivery, status := "passed", "shipped", "delivered", "shipped"
	if open {
		fulfilment, delivery, status = "allocated", "none", "allocated"
		if n%200 == 0 {
			review, fulfilment = "held", "none"
		}
	}
	if n%5000 == 7 {
		delivery = "failed" // rare, and found only by looking far back
	}
	o, f, p, node := tx.NewID(), tx.NewID(), tx.NewID(), nodes[random.IntN(len(nodes))]
	no, shipBy := fmt.Sprintf("H%08d", n), at+int64(48*time.Hour/time.Microsecond)
	rank := order.Urgency{Deadline: shipBy, FineAtRisk: int64(n % 9 * 100)}.Rank()
	tx.Put(histHead, o, "bench", "", no, "normal", at, "CNY", 4000, 0, 0, "paid", at, 4000, "card", "",
		fmt.Sprintf(`{"name":"%s","phone":"138%08d","country":"CN","province":"浙江省","city":"杭州市","district":"西湖区","address":"文三路%d号"}`, someName(random), n%100_000_000, n%900+1),
		"CN", "浙江省", "杭州市", shipBy, 0, 0, true, 0, "", review, fulfilment, delivery, "none", rank.Due, rank.Fine, at, at)
	tx.Put(histDocument, tx.NewID(), "bench", "", no, 1, 0, "0123456789abcdef0123456789abcdef", "file", at, o, "created", `{"order_no":"`+no+`"}`)
	for line := range 2 {
		sku := random.IntN(len(skus))
		tx.Put(histLine, o, line+1, skus[sku], fmt.Sprintf("S%05d", sku), "商品", line+1, 0, 1000, 0)
		if fulfilment != "none" {
			tx.Put(histFulLine, f, line+1, line+1, skus[sku], line+1)
			for range 2 {
				tx.Put(histEntry, tx.NewID(), at, skus[sku], "", line+1, 1, 0, "good", 2, f, "good", "pick", f)
			}
		}
	}
	if fulfilment == "none" {
		return
	}
	tx.Put(histFul, f, o, node, status, 0, 0, 520, at, at)
	events := histEvents
	if open {
		events = events[:3]
	} else {
		tx.Put(histParcel, p, o, f, node, 1, "packed", "B3", 633, 640, 200, 150, 100, "p", at)
		tx.Put(histShipment, tx.NewID(), o, f, p, node, "manual", "standard", "W"+no, "closed", 520, "CNY", "delivered", "", "", at, 0, 0, at, at, at, at)
	}
	for _, e := range events {
		tx.Put(histEvent, 0, tx.NewID(), at, e.kind, o, f, "system", e.params)
	}
}
