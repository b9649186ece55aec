package review

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/packhorse/packhorse/catalog"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/id"
	"github.com/packhorse/packhorse/order"
)

// record is a verdict as the timeline keeps it, with the figures that its sentence is made of.
type record struct {
	Checked int `json:"checked"`
	Count   int `json:"count,omitempty"`
	Verdict
}

// rejection is a record beside which a person may write why.
type rejection struct {
	record
	Note string `json:"note"`
}

// judge decides over pending orders, the oldest first. failed names those whose state forbids their verdict; they
// have written nothing. then may be nil; see Settings.
func (s *Service) judge(tx *db.Tx, rules *RuleSet, list []*order.Order, then func(*db.Tx, []*order.Order) error) (done int, failed, err error) {
	skus, err := catalog.ByIDs(tx, skusOf(list))
	if err != nil {
		return 0, nil, err
	}
	all, err := dockets(tx, list)
	if err != nil {
		return 0, nil, err
	}
	others, err := s.memory.strangers(tx, list)
	if err != nil {
		return 0, nil, err
	}
	for i := range all {
		others = s.memory.admit(others, all[i].ID)
		f := s.facts(all[i].Order, skus, tx.Now())
		f.Risk = s.memory.meet(all[i].Order, f, tx.Now())
		if err := all[i].close(tx, insist(rules.Evaluate(f), f.Lines)); err != nil {
			failed = errors.Join(failed, fmt.Errorf("order %s: %w", id.Show(order.Prefix, all[i].ID), err))
			continue
		}
		done++
	}
	return done, failed, goOn(tx, all, then)
}

// goOn takes the orders that have passed further and writes what is planned for the others. Those that wait wake who
// looks for them.
func goOn(tx *db.Tx, all []docket, then func(*db.Tx, []*order.Order) error) error {
	var passed []*order.Order
	for _, d := range all {
		if d.Passed() && d.Fulfilment == order.FulfilmentWaiting {
			passed = append(passed, d.Order)
		}
	}
	if then != nil && len(passed) > 0 {
		if err := then(tx, passed); err != nil {
			return err
		}
	}
	for _, o := range passed {
		order.Save(tx, o)
		if o.Fulfilment == order.FulfilmentWaiting {
			tx.Wake(Waits)
		}
	}
	return nil
}

// insist holds an order that asks for what nobody knows, whatever became of the rule that says so: a rule is a matter of
// taste, but no node can pick what is not in the catalogue.
func insist(v Verdict, lines []Line) Verdict {
	var skus []string
	for _, l := range lines {
		if !l.Mapped {
			skus = append(skus, l.SKU)
		}
	}
	said := func(h HoldReason) bool { return h.Code == CodeUnmapped }
	if len(skus) == 0 || slices.ContainsFunc(v.Holds, said) {
		return v
	}
	v.Pass = false
	v.Holds = append(v.Holds, HoldReason{Code: CodeUnmapped, Rule: "unmapped", Params: map[string]any{"skus": short(skus)}})
	return v
}

// close writes a verdict; it checks the order's state first. An order that a node has begun with is held where a rule would reject it: calling
// goods back is a decision of its own.
func (d *docket) close(tx *db.Tx, v Verdict) error {
	if len(v.Rejects) > 0 && !d.inWork() {
		return d.reject(tx, v)
	}
	v.Holds, v.Rejects = append(v.Holds, v.Rejects...), nil
	place, lift, left := d.compare(v.Holds)
	review := order.ReviewHeld
	if left == 0 {
		review = order.ReviewPassed
	}
	if err := d.plan(tx, review); err != nil {
		return err
	}
	for _, h := range lift {
		if err := order.ReleaseHold(tx, h, "system", ""); err != nil {
			return err
		}
	}
	for i := range place {
		if err := order.PlaceHold(tx, &place[i]); err != nil {
			return err
		}
	}
	kind := "review.held.v1"
	if left == 0 {
		kind = "review.passed.v1"
	}
	tx.Emit(db.Event{Kind: kind, Order: d.ID, Params: record{Checked: checked(v), Count: left, Verdict: v}})
	return nil
}

func (d *docket) reject(tx *db.Tx, v Verdict) error {
	if err := d.move(tx, order.ReviewRejected); err != nil {
		return err
	}
	for _, h := range d.live() {
		if err := order.ReleaseHold(tx, h, "system", ""); err != nil {
			return err
		}
	}
	d.settle(tx)
	tx.Emit(db.Event{Kind: "review.rejected.v1", Order: d.ID, Params: rejection{record{Checked: checked(v), Count: len(v.Rejects), Verdict: v}, ""}})
	return nil
}

func checked(v Verdict) int { return len(v.Fired) + len(v.NotFired) }

// compare sets the reasons of a verdict against the holds that lie on the order. The same reason is not
// placed twice; a hold of the rules whose reason is gone, or reads differently now, is lifted. Holds that
// others placed are not touched. left is how many stop the order afterwards.
func (d *docket) compare(reasons []HoldReason) (place []order.Hold, lift []*order.Hold, left int) {
	stays := map[string]bool{}
	wanted := map[string]order.Hold{}
	keys := make([]string, len(reasons))
	for i, r := range reasons {
		h := holdFor(d.ID, r)
		keys[i] = keyOf(h)
		wanted[keys[i]] = h
	}
	for _, h := range d.live() {
		key := keyOf(*h)
		_, still := wanted[key]
		switch {
		case still && !stays[key]:
			stays[key] = true
			left++
		case ours(h):
			lift = append(lift, h)
		default:
			left++
		}
	}
	for _, key := range keys {
		if !stays[key] {
			stays[key] = true
			place = append(place, wanted[key])
			left++
		}
	}
	return place, lift, left
}

// ours reports whether the rules placed the hold.
func ours(h *order.Hold) bool {
	return h.PlacedBy == "system" && strings.HasPrefix(h.Reason, "review.")
}

// holdFor writes a reason as a hold. Its parameters name the rule, because several rules of the shop's own may
// share one reason.
func holdFor(orderID int64, r HoldReason) order.Hold {
	params := map[string]any{"rule": r.Rule}
	maps.Copy(params, r.Params)
	return order.Hold{OrderID: orderID, Reason: r.Code, Params: params, Owner: ownerOf(r.Code), PlacedBy: "system"}
}

// keyOf is the same for a hold in hand and for one read back from storage, where numbers have changed type.
func keyOf(h order.Hold) string {
	raw, err := json.Marshal(h.Params)
	if err != nil {
		return h.Reason
	}
	return h.Reason + " " + string(raw)
}

// ownerOf says who has to act.
func ownerOf(reason string) string {
	switch reason {
	case "review.unpaid", "review.presale_balance":
		return "customer"
	case "review.paid_differs", "review.refunded":
		return "finance"
	}
	return "reviewer"
}
