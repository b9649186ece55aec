package flow

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/packhorse/packhorse/catalog"
	"github.com/packhorse/packhorse/intake"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/id"
	"github.com/packhorse/packhorse/inventory"
	"github.com/packhorse/packhorse/order"
	"github.com/packhorse/packhorse/warehouse"
)

// onlyLess reports whether all that an amendment wants of an order in work is less of its lines, and the money that
// goes with it.
func onlyLess(a *intake.Amendment) bool {
	if !a.Changes.Lines || a.Changes.Recipient || a.Changes.Terms || len(a.New.Lines) != len(a.Order.Lines) {
		return false
	}
	for i, l := range a.New.Lines {
		was := a.Order.Lines[i]
		if l.No != was.No || l.SKUID != was.SKUID || l.Wanted() > was.Wanted() {
			return false
		}
	}
	return true
}

func nothingWanted(lines []order.Line) bool {
	return !slices.ContainsFunc(lines, func(l order.Line) bool { return l.Wanted() > 0 })
}

// amendLess takes out of work what a channel does not want any more, and lets the rest go on.
func (s *Service) amendLess(tx *db.Tx, w *work, a *intake.Amendment, asked bool) error {
	less := map[int64]int64{}
	for i, l := range a.New.Lines {
		less[l.No] = w.Lines[i].Wanted() - l.Wanted()
	}
	if !asked {
		cut, err := w.cutBy(tx, less)
		if err != nil {
			return err
		}
		if a.Asking, err = s.askFirst(tx, w, cut, recall{Actor: a.Actor, Document: &a.Said}); err != nil || a.Asking {
			return err
		}
	}
	again, err := s.reduce(tx, w, less, a.Actor)
	if err != nil {
		return err
	}
	to := w.Axes
	to.Payment = a.New.Payment
	if err := order.Move(tx, w.Order, to); err != nil {
		return err
	}
	if err := a.Save(tx); err != nil {
		return err
	}
	return s.goOn(tx, w, again, a.Actor)
}

// goOn brings an order to what the facts say after some of it was taken out of work.
func (s *Service) goOn(tx *db.Tx, w *work, again bool, actor string) error {
	if again {
		return s.allocation.Place(tx, []*order.Order{w.Order})
	}
	if err := w.stand(tx); err != nil {
		return err
	}
	if w.Fulfilment != order.FulfilmentCancelled && w.Fulfilment != order.FulfilmentShipped {
		return nil
	}
	return w.liftHolds(tx, actor)
}

// piece is a SKU that serves an order line.
type piece struct{ line, sku int64 }

// pieces turns units of order lines into what fulfilments hold: bundles into their components.
func (w *work) pieces(tx *db.Tx, less map[int64]int64) (map[piece]int64, error) {
	var skus []int64
	for _, l := range w.Lines {
		skus = append(skus, l.SKUID)
	}
	recipes, err := catalog.Bundles(tx, skus, time.UnixMicro(w.PlacedAt))
	out := map[piece]int64{}
	for _, l := range w.Lines {
		parts, bundle := recipes[l.SKUID]
		switch {
		case less[l.No] == 0:
		case !bundle:
			out[piece{l.No, l.SKUID}] += less[l.No]
		default:
			for _, c := range parts {
				out[piece{l.No, c.SKU}] += less[l.No] * c.Quantity
			}
		}
	}
	return out, err
}

// reduce takes units of order lines out of what has not left: debts first, then the fulfilments that are furthest from
// the door. again says that a fulfilment was taken back of which something is still wanted; the caller places it
// again once the lines say so. Fault: cancel.line_left.
func (s *Service) reduce(tx *db.Tx, w *work, less map[int64]int64, actor string) (again bool, err error) {
	pieces, err := w.pieces(tx, less)
	if err != nil {
		return false, err
	}
	w.forgive(tx, pieces)
	for _, f := range w.furthestFromTheDoor() {
		cut, units := share(f, pieces)
		switch {
		case units == 0:
		case units == f.Units():
			err = s.stop(tx, []*order.Fulfilment{f}, ending{order.Cancelled, order.StopCancelled, actor})
		case f.Status == order.Allocated || f.Status == order.Released:
			again = true
			err = s.stop(tx, []*order.Fulfilment{f}, ending{order.Cancelled, order.StopAgain, actor})
		default:
			err = s.shrink(tx, f, cut, actor)
		}
		if err != nil {
			return again, err
		}
	}
	for p, q := range pieces {
		if q > 0 {
			return again, fault.New(fault.Conflict, "cancel.line_left", "%d units of line %d have left already; return them instead", q, p.line).
				With("line", p.line).With("units", q)
		}
	}
	return again, nil
}

// furthestFromTheDoor sorts what is in work so that what is least far comes first.
func (w *work) furthestFromTheDoor() []*order.Fulfilment {
	list := w.live()
	slices.SortStableFunc(list, func(a, b *order.Fulfilment) int { return cmp.Compare(rank[a.Status], rank[b.Status]) })
	return list
}

// cutBy lists the fulfilments that reduce would take something out of.
func (w *work) cutBy(tx *db.Tx, less map[int64]int64) (list []*order.Fulfilment, err error) {
	pieces, err := w.pieces(tx, less)
	for _, b := range w.owed {
		key := piece{b.LineNo, b.SKUID}
		pieces[key] -= min(pieces[key], b.Quantity)
	}
	for _, f := range w.furthestFromTheDoor() {
		if _, units := share(f, pieces); units > 0 {
			list = append(list, f)
		}
	}
	return list, err
}

// forgive settles debts that are not wanted any more.
func (w *work) forgive(tx *db.Tx, pieces map[piece]int64) {
	var left []order.BackOrder
	for _, b := range w.owed {
		key := piece{b.LineNo, b.SKUID}
		if q := min(pieces[key], b.Quantity); q > 0 {
			pieces[key] -= q
			b.Quantity -= q
			order.Owe(tx, b, true)
		}
		if b.Quantity > 0 {
			left = append(left, b)
		}
	}
	w.owed = left
}

// share is what a fulfilment gives of the pieces, by its line, and takes them off.
func share(f *order.Fulfilment, pieces map[piece]int64) (cut map[int64]int64, units int64) {
	cut = map[int64]int64{}
	for _, l := range f.Lines {
		key := piece{l.LineNo, l.SKUID}
		if q := min(pieces[key], l.Quantity); q > 0 {
			pieces[key] -= q
			cut[l.Seq] = q
			units += q
		}
	}
	return cut, units
}

// shrink takes units out of a fulfilment whose goods are picked: its waybill is voided, its parcel opened, and what is
// too much goes to quarantine. It is held until somebody has the goods in hand and takes them out.
func (s *Service) shrink(tx *db.Tx, f *order.Fulfilment, cut map[int64]int64, actor string) error {
	if f.Status == order.Packed {
		if err := s.openAgain(tx, []*order.Fulfilment{f}, actor); err != nil {
			return err
		}
	}
	bin, err := warehouse.Quarantine(tx, f.NodeID)
	if err != nil {
		return err
	}
	goods, err := takeOut(tx, f, cut, bin)
	if err != nil {
		return err
	}
	params := map[string]any{"bin": bin.Code, "goods": goods, "fulfilment": id.Show(order.FulfilmentPrefix, f.ID)}
	order.AddStop(tx, &order.Stop{OrderID: f.OrderID, FulfilmentID: f.ID, Reason: order.StopLines, Params: params, Actor: actor})
	return order.PlaceHold(tx, &order.Hold{OrderID: f.OrderID, Reason: order.StopLines, Params: params, Owner: string(order.OwnerWarehouse), PlacedBy: actor})
}

// takeOut books picked units out of the container of a fulfilment, and says what they are.
func takeOut(tx *db.Tx, f *order.Fulfilment, cut map[int64]int64, bin warehouse.Location) (string, error) {
	held, err := inventory.Reservations(tx, []int64{f.ID})
	if err != nil {
		return "", err
	}
	var skus []int64
	var part []inventory.Taken
	left := map[int64]int64{}
	for seq, q := range cut {
		left[seq] = q
	}
	for _, r := range held[f.ID] {
		if q := min(left[r.Seq], r.Quantity); q > 0 && r.Kind == inventory.Picked {
			left[r.Seq] -= q
			part = append(part, inventory.Taken{Reservation: r, Quantity: q})
			skus = append(skus, r.SKU)
		}
	}
	slices.Sort(skus)
	named, err := catalog.ByIDs(tx, slices.Compact(skus))
	if err != nil {
		return "", err
	}
	var goods []string
	for _, l := range f.Lines {
		if q := cut[l.Seq]; q > 0 {
			goods = append(goods, fmt.Sprintf("%s × %d", named[l.SKUID].Code, q))
			order.SetFulfilmentQuantity(tx, f, l.Seq, l.Quantity-q)
		}
	}
	inventory.PutBackPart(tx, part, held, func(r inventory.Reservation) inventory.Place {
		return inventory.Place{Node: r.Node, Location: bin.ID, Quality: inventory.Quarantine}
	})
	return strings.Join(goods, ", "), nil
}
