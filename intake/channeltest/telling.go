package channeltest

import (
	"context"
	"errors"
	"fmt"

	"github.com/packhorse/packhorse/intake"
)

func stockSet(ctx context.Context, f Fixture) error {
	if f.SKU == "" || f.Stock == nil {
		return errors.New("the fixture has no stock")
	}
	for _, want := range []int64{17, 0, 5, 5} {
		results, err := f.Channel.(intake.StockTaker).TakeStock(ctx, []intake.StockLevel{{SKU: f.SKU, Quantity: want}})
		if err != nil || len(results) != 1 || results[0] != nil {
			return fmt.Errorf("set %d: %v %v", want, results, err)
		}
		if got, err := f.Stock(); err != nil || got != want {
			return fmt.Errorf("set %d, the shop sells %d (%v)", want, got, err)
		}
	}
	return nil
}

func stockUnknown(ctx context.Context, f Fixture) error {
	if f.SKU == "" || f.Stock == nil {
		return errors.New("the fixture has no stock")
	}
	results, err := f.Channel.(intake.StockTaker).TakeStock(ctx, []intake.StockLevel{{SKU: "NEVER-SOLD-SKU", Quantity: 3}, {SKU: f.SKU, Quantity: 8}})
	if err != nil || len(results) != 2 || !errors.Is(results[0], intake.ErrUnknownSKU) || results[1] != nil {
		return fmt.Errorf("an unknown SKU and a known one: %v %v, want ErrUnknownSKU for the first and nothing else", results, err)
	}
	if got, err := f.Stock(); err != nil || got != 8 {
		return fmt.Errorf("beside an unknown SKU 8 were set, the shop sells %d (%v)", got, err)
	}
	return nil
}

// parcel is one with all of a fresh order.
func (f Fixture) parcel() (intake.ShippedParcel, error) {
	order, err := f.soldOne()
	if err != nil {
		return intake.ShippedParcel{}, err
	}
	if f.Lines == nil || f.Shipments == nil {
		return intake.ShippedParcel{}, errors.New("the fixture does not know what is shipped")
	}
	lines, err := f.Lines(order)
	at := moment
	if f.Now != nil {
		at = f.Now()
	}
	return intake.ShippedParcel{OrderNo: order, Parcel: "par_" + order, Carrier: "SF", Service: "standard", Waybill: "SF" + order, At: at, Lines: lines}, err
}

func (f Fixture) shippedOnce(order string) error {
	if n, err := f.Shipments(order); err != nil || n != 1 {
		return fmt.Errorf("the shop has %d parcels of %s (%v), want one", n, order, err)
	}
	return nil
}

func shipTwice(ctx context.Context, f Fixture) error {
	p, err := f.parcel()
	if err != nil {
		return err
	}
	s := f.Channel.(intake.ShipmentTaker)
	first, err := s.TakeShipment(ctx, p)
	if err != nil || first == "" {
		return fmt.Errorf("report: %q, %w", first, err)
	}
	second, err := s.TakeShipment(ctx, p)
	if err != nil || first != second {
		return fmt.Errorf("reported as %q, then as %q (%v)", first, second, err)
	}
	found, ok, err := s.FindShipment(ctx, p)
	if err != nil || !ok || found != first {
		return fmt.Errorf("reported as %q, found %q, %v (%v)", first, found, ok, err)
	}
	return f.shippedOnce(p.OrderNo)
}

func shipLost(ctx context.Context, f Fixture) error {
	p, err := f.parcel()
	if err != nil {
		return err
	}
	if f.LoseAnswer == nil {
		return errors.New("the fixture cannot lose an answer")
	}
	s := f.Channel.(intake.ShipmentTaker)
	f.LoseAnswer()
	if _, err := s.TakeShipment(ctx, p); !errors.Is(err, intake.ErrUncertain) {
		return fmt.Errorf("a report without an answer gave %v, want ErrUncertain: anything else makes the caller send again or give up", err)
	}
	found, ok, err := s.FindShipment(ctx, p)
	if err != nil || !ok {
		return fmt.Errorf("find after the lost answer: %v, %w", ok, err)
	}
	again, err := s.TakeShipment(ctx, p)
	if err != nil || again != found {
		return fmt.Errorf("found %q, reported again as %q (%v)", found, again, err)
	}
	return f.shippedOnce(p.OrderNo)
}

func shipChanged(ctx context.Context, f Fixture) error {
	p, err := f.parcel()
	if err != nil {
		return err
	}
	if f.Waybill == nil || f.LoseAnswer == nil {
		return errors.New("the fixture does not show waybills, or cannot lose an answer")
	}
	s := f.Channel.(intake.ShipmentTaker)
	if _, err := s.TakeShipment(ctx, p); err != nil {
		return fmt.Errorf("report: %w", err)
	}
	was := p.Waybill
	p.Carrier, p.Waybill = "ZTO", p.Waybill+"9"
	f.LoseAnswer()
	if _, err := f.Channel.(intake.ShipmentChanger).ChangeShipment(ctx, p, was); !errors.Is(err, intake.ErrUncertain) {
		return fmt.Errorf("a change without an answer gave %v, want ErrUncertain", err)
	}
	ref := ""
	for range 2 {
		if ref, err = f.Channel.(intake.ShipmentChanger).ChangeShipment(ctx, p, was); err != nil || ref == "" {
			return fmt.Errorf("change: %q, %w", ref, err)
		}
	}
	if shown, err := f.Waybill(p.OrderNo); err != nil || shown != p.Waybill {
		return fmt.Errorf("the shop shows the waybill %q (%v), want %q", shown, err, p.Waybill)
	}
	if found, ok, err := s.FindShipment(ctx, p); err != nil || !ok || found != ref {
		return fmt.Errorf("changed as %q, found %q, %v (%v)", ref, found, ok, err)
	}
	return f.shippedOnce(p.OrderNo)
}

func shipUnreported(ctx context.Context, f Fixture) error {
	p, err := f.parcel()
	if err != nil {
		return err
	}
	if ref, found, err := f.Channel.(intake.ShipmentTaker).FindShipment(ctx, p); err != nil || found {
		return fmt.Errorf("a parcel never reported: %q, %v, %v; not found is an answer", ref, found, err)
	}
	return nil
}

func shipUnknown(ctx context.Context, f Fixture) error {
	p, err := f.parcel()
	if err != nil {
		return err
	}
	p.OrderNo, p.Parcel = "NEVER-SOLD-1", "par_never"
	if _, err := f.Channel.(intake.ShipmentTaker).TakeShipment(ctx, p); !errors.Is(err, intake.ErrUnknownOrder) {
		return fmt.Errorf("a parcel of an order nobody sold gave %v, want ErrUnknownOrder", err)
	}
	return nil
}

func answerTwice(ctx context.Context, f Fixture) error {
	order, err := f.soldOne()
	if err != nil {
		return err
	}
	if f.Answers == nil {
		return errors.New("the fixture does not count answers")
	}
	a := intake.CancelAnswer{OrderNo: order, Question: intake.AsksCancel, Code: "cancel.shipped", Text: "The parcel has left."}
	for range 2 {
		if err := f.Channel.(intake.CancelAnswerer).AnswerCancel(ctx, a); err != nil {
			return fmt.Errorf("answer: %w", err)
		}
	}
	if n, err := f.Answers(order); err != nil || n != 1 {
		return fmt.Errorf("one answer given twice stands %d times (%v)", n, err)
	}
	return nil
}

func answerUnknown(ctx context.Context, f Fixture) error {
	a := intake.CancelAnswer{OrderNo: "NEVER-SOLD-1", Question: intake.AsksCancel, Done: true}
	if err := f.Channel.(intake.CancelAnswerer).AnswerCancel(ctx, a); !errors.Is(err, intake.ErrUnknownOrder) {
		return fmt.Errorf("an answer about an order nobody sold gave %v, want ErrUnknownOrder", err)
	}
	return nil
}

func (f Fixture) refund() (intake.RefundOrder, error) {
	order, err := f.soldOne()
	if err == nil && f.Refunds == nil {
		err = errors.New("the fixture does not count refunds")
	}
	return intake.RefundOrder{OrderNo: order, Reference: "rfd_" + order, AmountMinor: 100, Currency: "CNY", Reason: "quality"}, err
}

func (f Fixture) refundedOnce(order string) error {
	if n, err := f.Refunds(order); err != nil || n != 1 {
		return fmt.Errorf("the shop has %d refunds of %s (%v), want one", n, order, err)
	}
	return nil
}

func refundTwice(ctx context.Context, f Fixture) error {
	r, err := f.refund()
	if err != nil {
		return err
	}
	var references [2]string
	for i := range references {
		if references[i], err = f.Channel.(intake.Refunder).Refund(ctx, r); err != nil {
			return fmt.Errorf("refund: %w", err)
		}
	}
	if references[0] != references[1] {
		return fmt.Errorf("one refund has the references %v", references)
	}
	return f.refundedOnce(r.OrderNo)
}

func refundAfterLost(ctx context.Context, f Fixture) error {
	r, err := f.refund()
	if err != nil {
		return err
	}
	if f.LoseAnswer == nil {
		return errors.New("the fixture cannot lose an answer")
	}
	f.LoseAnswer()
	if _, err := f.Channel.(intake.Refunder).Refund(ctx, r); !errors.Is(err, intake.ErrUncertain) {
		return fmt.Errorf("a refund without an answer gave %v, want ErrUncertain", err)
	}
	if _, err := f.Channel.(intake.Refunder).Refund(ctx, r); err != nil {
		return fmt.Errorf("the same refund again: %w", err)
	}
	return f.refundedOnce(r.OrderNo)
}
