package journey

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/packhorse/packhorse/flow"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/id"
	"github.com/packhorse/packhorse/internal/money"
	"github.com/packhorse/packhorse/order"
	"github.com/packhorse/packhorse/pack"
	"github.com/packhorse/packhorse/pick"
	"github.com/packhorse/packhorse/ship"
)

// What is seen of an order after something came against it: a line of docs/flow/races.md.

var (
	workOf       = db.NewSQL(`SELECT id FROM order_fulfilment WHERE order_id = $1 ORDER BY id`)
	tooLate      = db.NewSQL(`SELECT params FROM event WHERE order_id = $1 AND order_id <> 0 AND kind IN ('order.too_late.v1', 'order.amend_refused.v1')`)
	raceHold     = db.NewSQL(`SELECT reason FROM order_hold WHERE order_id = $1 AND released_at = 0 ORDER BY id`)
	promisedFor  = db.NewSQL(`SELECT CAST(COALESCE(sum(quantity), 0) AS BIGINT) FROM inventory_reservation WHERE order_id = $1`)
	shipmentsFor = db.NewSQL(`SELECT status || ' ' || waybill FROM ship_shipment WHERE order_id = $1 ORDER BY id`)
)

func (r *race) blocked() map[string]int64 {
	return map[string]int64{"MUG": rows[int64](r.house, blockedOf, "MUG")[0], "TEE": rows[int64](r.house, blockedOf, "TEE")[0]}
}

func (r *race) order() *order.Order {
	return view(r.house, func(tx *db.Tx) (*order.Order, error) {
		found, err := order.ByIDs(tx, []int64{r.key})
		return found[r.key], err
	})
}

func (r *race) code(code string) string {
	r.codes[code] = true
	return "`" + code + "`"
}

func (r *race) answer(err error) string {
	switch late := rows[string](r.house, tooLate, r.key); {
	case err == nil && len(late) > 0:
		var said struct{ Question, Code string }
		if err := json.Unmarshal([]byte(late[0]), &said); err != nil {
			r.t.Fatalf("%v", err)
		}
		if said.Question != "refund" {
			return "asked, and not done: " + r.code(said.Code)
		}
		return "booked, and too late: " + r.code(said.Code)
	case err == nil:
		return "done"
	}
	return "not done: " + r.code(fault.Code(err))
}

func (r *race) head() string {
	o := r.order()
	text := o.Fulfilment
	if o.Review == order.ReviewHeld {
		text = "held: " + r.code(rows[string](r.house, raceHold, r.key)[0])
	}
	if o.Delivery != order.DeliveryNone {
		text += ", " + o.Delivery
	}
	if o.Priority > 0 {
		text += fmt.Sprintf(", priority %d", o.Priority)
	}
	return text
}

func (r *race) stock() string {
	text := fmt.Sprintf("%d promised", rows[int64](r.house, promisedFor, r.key)[0])
	now := r.blocked()
	if q := now["MUG"] + now["TEE"] - r.bins["MUG"] - r.bins["TEE"]; q != 0 {
		text += fmt.Sprintf(", %d in quarantine", q)
	}
	return text
}

func (r *race) waybill() string {
	var list []string
	for _, s := range rows[string](r.house, shipmentsFor, r.key) {
		status, _, _ := strings.Cut(s, " ")
		list = append(list, strings.ReplaceAll(status, "_", " "))
	}
	if len(list) == 0 {
		return "none"
	}
	return strings.Join(list, ", ")
}

// money is what the customer has paid for what nobody sends any more.
func (r *race) money() string {
	o := r.order()
	due := o.PaidAmount
	for _, l := range o.Lines {
		if l.Quantity > 0 {
			due -= l.Amount() * l.Wanted() / l.Quantity
		}
	}
	switch {
	case o.Payment == order.Refunded:
		return "refunded"
	case due > 0:
		return money.Format(due, o.Currency) + " to give back"
	}
	return o.Payment
}

// scan is what the next pair of hands does with the goods, as if nobody had told it anything.
func (r *race) scan() string {
	ctx := context.Background()
	switch r.stage {
	case "released", "picking":
		task := rows[int64](r.house, taskOf, r.work)[0]
		a, err := r.Pick.Scan(ctx, nil, pick.ScanIn{TaskID: task, Location: "A-1", Picker: "bob"})
		if must(r.house, a, err); len(a.Stops) > 0 {
			return r.code(a.Stops[0].Code)
		}
	case "picked":
		_, err := r.Pack.Pack(ctx, nil, pack.In{FulfilmentID: r.work, Packer: "user:eve"})
		return r.told(err)
	case "packed":
		_, err := r.Ship.Label(ctx, nil, ship.LabelIn{FulfilmentID: r.work, Actor: "user:eve"})
		return r.told(err)
	case "labelled":
		_, number, _ := strings.Cut(rows[string](r.house, shipmentsFor, r.key)[0], " ")
		m, err := r.Ship.HandOver(ctx, nil, ship.HandOverIn{Waybills: []string{number}, Actor: "user:eve"})
		if must(r.house, m, err); len(m.Refused) > 0 {
			return r.code(m.Refused[0].Code)
		}
	default:
		return "—"
	}
	return "goes on"
}

func (r *race) told(err error) string {
	if err != nil {
		return r.code(fault.Code(err))
	}
	return "goes on"
}

// atRest proves what no page can show: nothing is left promised for goods nobody wants, and no waybill lives on a stopped
// parcel, at the carrier neither.
func (r *race) atRest() {
	o := r.order()
	if o.Fulfilment == order.FulfilmentCancelled && rows[int64](r.house, promisedFor, r.key)[0] != 0 {
		r.t.Errorf("%s: goods are promised for a cancelled order", r.stage)
	}
	if r.work == 0 {
		return
	}
	l, err := r.Flow.LookAt(context.Background(), nil, flow.ParcelScan{Code: id.Show(order.FulfilmentPrefix, r.work), Actor: "user:bob"})
	must(r.house, l, err)
	if l.Waybill != "" && o.Fulfilment == order.FulfilmentCancelled {
		r.t.Errorf("%s: the waybill %s lives on a cancelled order", r.stage, l.Waybill)
	}
}
