package allocation_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/packhorse/packhorse/allocation"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/db/dbtest"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/words"
	"github.com/packhorse/packhorse/order"
)

var ann = allocation.By{Actor: "user:ann", Reason: "the customer asked"}

// parts are the live fulfilments of an order, the oldest first.
func (y *yard) parts(o *order.Order) (out []*order.Fulfilment) {
	y.t.Helper()
	err := y.db.View(y.t.Context(), func(tx *db.Tx) error {
		fs, err := order.FulfilmentsOf(tx, []int64{o.ID})
		for _, f := range fs[o.ID] {
			if f.Live() {
				out = append(out, f)
			}
		}
		return err
	})
	if err != nil {
		y.t.Fatal(err)
	}
	return out
}

// told gives the newest event of a kind, and its sentence.
func (y *yard) told(o *order.Order, kind string) (params map[string]any, actor, text string) {
	y.t.Helper()
	err := y.db.View(y.t.Context(), func(tx *db.Tx) error {
		events, err := tx.Timeline(o.ID, 50)
		for _, f := range events {
			if f.Kind == kind {
				params, actor = nil, f.Actor
				if err := json.Unmarshal([]byte(f.Params), &params); err != nil {
					return err
				}
				text = words.Render("en", "event."+kind, params)
			}
		}
		return err
	})
	if err != nil {
		y.t.Fatal(err)
	}
	return params, actor, text
}

func (y *yard) refused(err error, code string) {
	y.t.Helper()
	if fault.Code(err) != code {
		y.t.Fatalf("%v, want %s", err, code)
	}
}

func TestAReviewerGivesAnOrderToAnotherWarehouseAndTheRecordSaysWhatTheMachineWouldHaveDone(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		y := newYard(t, d, 2, 0)
		y.stock(nodeHZ, 0, 5)
		y.stock(nodeGZ, 0, 2)
		o := y.order(true, ask{0, 2})
		y.add(o)
		y.step()
		y.want(o, "allocated 1:1×2")

		_, err := y.svc.Override(t.Context(), nil, allocation.Override{Order: o.ID, Node: nodeGZ, By: allocation.By{Actor: "user:ann"}})
		y.refused(err, "required")
		out, err := y.svc.Override(t.Context(), nil, allocation.Override{Order: o.ID, Node: nodeGZ, By: ann})
		if err != nil || out.Cost != 950 || out.Machine.Cost != 450 || fmt.Sprint(out.Machine.Nodes) != "[HZ]" || len(out.Fulfilments) != 1 {
			t.Fatalf("%+v, %v", out, err)
		}
		y.want(o, "allocated 2:1×2")
		y.prove([]*order.Order{o})
		params, actor, text := y.told(o, "allocation.moved.v1")
		if hand := params["hand"].(map[string]any); actor != "user:ann" || hand["machine_cost"] != 450.0 || fmt.Sprint(hand["machine"], hand["from"]) != "[HZ] [HZ]" {
			t.Fatalf("%s %+v", actor, params)
		}
		why := params["why"].(map[string]any)
		if got := words.Render("en", why["code"].(string), why["params"].(map[string]any)); !strings.Contains(got, "GZ for 9.50 CNY") || !strings.Contains(got, "HZ for 4.50 CNY") {
			t.Error(got)
		}
		if text != "Given to GZ by hand (2 units). the customer asked" {
			t.Error(text)
		}
		_, err = y.svc.Override(t.Context(), nil, allocation.Override{Order: o.ID, Node: nodeGZ, By: ann})
		y.refused(err, "byhand.there")
		if _, err := y.svc.Redo(t.Context(), nil, o.ID, ann); err != nil {
			t.Fatal(err)
		}
		y.want(o, "allocated 1:1×2")
		y.prove([]*order.Order{o})
	})
}

func TestAWarehouseThatHasTooLittleIsRefusedWithTheNumbersAndNothingHasMoved(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		y := newYard(t, d, 2, 0)
		y.stock(nodeHZ, 0, 5)
		y.stock(nodeHZ, 1, 5)
		y.stock(nodeGZ, 0, 3)
		first, second := y.order(true, ask{0, 2}), y.order(true, ask{0, 2}, ask{1, 1})
		y.add(first, second)
		y.step()
		if _, err := y.svc.Override(t.Context(), nil, allocation.Override{Order: first.ID, Node: nodeGZ, By: ann}); err != nil {
			t.Fatal(err)
		}
		_, err := y.svc.Override(t.Context(), nil, allocation.Override{Order: second.ID, Node: nodeGZ, By: ann})
		y.refused(err, "byhand.short")
		if f, _ := fault.As(err); fmt.Sprint(f.Params["goods"]) != "[S000 1/2 S001 0/1]" {
			t.Fatal(f.Params)
		}
		y.want(second, "allocated 1:1×2 1:2×1")
		one := []allocation.Piece{{Line: 1, Quantity: 1}}
		if _, err := y.svc.Override(t.Context(), nil, allocation.Override{Order: second.ID, Node: nodeGZ, Pieces: one, By: ann}); err != nil {
			t.Fatal(err)
		}
		y.want(second, "allocated 2:1×1 1:1×1 1:2×1")
		_, err = y.svc.Override(t.Context(), nil, allocation.Override{Order: second.ID, Node: nodeGZ, Pieces: []allocation.Piece{{Line: 1, Quantity: 2}}, By: ann})
		y.refused(err, "byhand.too_many")
		_, err = y.svc.Override(t.Context(), nil, allocation.Override{Order: second.ID, Node: nodeGZ, Pieces: []allocation.Piece{{Line: 9, Quantity: 1}}, By: ann})
		y.refused(err, "byhand.no_piece")
		y.prove([]*order.Order{first, second})
	})
}

func TestWhatWaitsGoesWhereAPersonSaysAndTheRestWhereTheMachineSays(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		y := newYard(t, d, 3, 0)
		y.stock(nodeHZ, 0, 5)
		y.stock(nodeGZ, 0, 5)
		y.stock(nodeGZ, 1, 5)
		o := y.order(true, ask{0, 1}, ask{1, 1}, ask{2, 1})
		y.add(o)
		in := allocation.Override{Order: o.ID, Node: nodeGZ, Pieces: []allocation.Piece{{Line: 1, Quantity: 1}}, By: ann}
		if _, err := y.svc.Override(t.Context(), nil, in); err != nil {
			t.Fatal(err)
		}
		y.want(o, "backordered 2:1×1 2:2×1 owed 3×1=allocation.waits.short")
		y.prove([]*order.Order{o})
		held := y.order(true, ask{0, 1})
		y.add(held)
		y.review(held, order.ReviewPending)
		_, err := y.svc.Override(t.Context(), nil, allocation.Override{Order: held.ID, Node: nodeGZ, By: ann})
		y.refused(err, "byhand.not_passed")
	})
}

func TestAParcelIsSplitByHandAndPutTogetherAgain(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		y := newYard(t, d, 2, 0)
		y.stock(nodeHZ, 0, 9)
		y.stock(nodeHZ, 1, 9)
		y.stock(nodeGZ, 0, 9)
		o := y.order(false, ask{0, 3}, ask{1, 1})
		y.add(o)
		y.step()
		whole := y.parts(o)[0]
		in := allocation.Split{Fulfilment: whole.ID, Lines: []allocation.SplitLine{{Seq: 1, Quantity: 2}}, By: allocation.By{Actor: "user:ann"}}
		_, err := y.svc.Split(t.Context(), nil, in)
		y.refused(err, "byhand.may_not_split")
		in.AllowSplit = true
		if _, err := y.svc.Split(t.Context(), nil, in); err != nil {
			t.Fatal(err)
		}
		y.want(o, "allocated 1:1×1 1:2×1 1:1×2")
		y.prove([]*order.Order{o})
		params, _, _ := y.told(o, "allocation.split.v1")
		if params["hand"].(map[string]any)["split_allowed"] != true {
			t.Errorf("the yes is not recorded: %v", params["hand"])
		}
		_, err = y.svc.Split(t.Context(), nil, in)
		y.refused(err, "byhand.released") // it is over
		parts := y.parts(o)
		in.Fulfilment, in.Node = parts[1].ID, nodeGZ
		_, err = y.svc.Split(t.Context(), nil, in)
		y.refused(err, "byhand.whole")
		in.Lines = []allocation.SplitLine{{Seq: 1, Quantity: 1}}
		_, err = y.svc.Split(t.Context(), nil, in)
		y.refused(err, "required") // another warehouse has a reason
		in.Reason = "heavy"
		if _, err = y.svc.Split(t.Context(), nil, in); err != nil {
			t.Fatal(err)
		}
		y.want(o, "allocated 1:1×1 1:2×1 1:1×1 2:1×1")
		parts = y.parts(o)
		merge := func(list ...*order.Fulfilment) error {
			m := allocation.Merge{Order: o.ID, By: allocation.By{Actor: "user:ann"}}
			for _, f := range list {
				m.Fulfilments = append(m.Fulfilments, f.ID)
			}
			_, err := y.svc.Merge(t.Context(), nil, m)
			return err
		}
		y.refused(merge(parts[0]), "byhand.one")
		y.refused(merge(parts[0], parts[2]), "byhand.apart")
		if err := merge(parts[0], parts[1]); err != nil {
			t.Fatal(err)
		}
		y.want(o, "allocated 2:1×1 1:1×2 1:2×1")
		y.prove([]*order.Order{o})
	})
}

func TestAPersonSeesWhereWhatNoWaveHasTakenCouldGoAndWhoeverHasOneWarehouseOnlyMovesItsWork(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		y := newYard(t, d, 2, 1)
		y.stock(nodeHZ, 0, 2)
		y.stock(nodeGZ, 0, 2)
		o := y.order(true, ask{0, 2})
		y.add(o)
		y.step()
		out, err := y.svc.Outlook(t.Context(), o.ID, allocation.Scope{Unreleased: true})
		if err != nil || out.Units != 2 || len(out.Pieces) != 1 || out.Pieces[0].Node != nodeHZ {
			t.Fatalf("%+v, %v", out, err)
		}
		if c := out.Candidates[0]; c.Node != nodeHZ || c.Holds != 2 || c.Have != 2 {
			t.Errorf("%+v", c)
		}
		foreign := allocation.By{Actor: "user:gz", Reason: "ours", Nodes: []int64{nodeGZ}}
		_, err = y.svc.Override(t.Context(), nil, allocation.Override{Order: o.ID, Node: nodeGZ, By: foreign})
		y.refused(err, "byhand.nothing")
		_, err = y.svc.Split(t.Context(), nil, allocation.Split{Fulfilment: y.parts(o)[0].ID, Lines: []allocation.SplitLine{{Seq: 1, Quantity: 1}}, By: foreign})
		y.refused(err, "fulfilment.not_found")
		y.want(o, "allocated 1:1×2")
	})
}
