package aftersales

import (
	"context"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
)

// Filter selects cases or refunds. With an order, Status is not looked at.
type Filter struct {
	OrderID int64
	Status  string
}

var (
	selCases       = db.NewSQL(`SELECT ` + caseColumns + ` FROM aftersales_case WHERE id > $1 ORDER BY id LIMIT $2`)
	selCasesIn     = db.NewSQL(`SELECT ` + caseColumns + ` FROM aftersales_case WHERE status = $1 AND id > $2 ORDER BY id LIMIT $3`)
	selMadeBy      = db.NewSQL(`SELECT ` + caseColumns + ` FROM aftersales_case WHERE replacement_id = $1 AND replacement_id <> 0`)
	selRefundsIn   = db.NewSQL(`SELECT ` + refundColumns + ` FROM aftersales_refund WHERE status = $1 AND id > $2 ORDER BY id LIMIT $3`)
	selRefundsAll  = db.NewSQL(`SELECT ` + refundColumns + ` FROM aftersales_refund WHERE id > $1 ORDER BY id LIMIT $2`)
	selRefundsCase = db.NewSQL(`SELECT ` + refundColumns + ` FROM aftersales_refund WHERE order_id = $1 AND case_id = $2 ORDER BY id`)
)

func readCase(tx *db.Tx, key int64) (Case, error) {
	c, err := caseByID(tx, key)
	if err != nil {
		return Case{}, err
	}
	return *c, fill(tx, []*Case{c})
}

// Detail is a case with its money.
type Detail struct {
	Case
	Refunds []*Payback
}

// Case reads one case. Fault: aftersales.not_found.
func (s *Service) Case(ctx context.Context, key int64) (d Detail, err error) {
	err = s.db.View(ctx, func(tx *db.Tx) error {
		c, err := caseByID(tx, key)
		if err != nil {
			return err
		}
		if err := fill(tx, []*Case{c}); err != nil {
			return err
		}
		d.Case = *c
		if d.Refunds, err = db.All(tx.Query(selRefundsCase, c.OrderID, c.ID), scanRefund); err != nil {
			return err
		}
		return fillRefunds(tx, d.Refunds)
	})
	return d, err
}

// listing is a sort of thing that is listed: of one order, in one state, or all.
type listing[T any] struct {
	name        string // of one of them
	states      map[string][]string
	of, in, all *db.SQL // of an order; in a state behind an id; behind an id
	scan        func(*db.Rows) *T
	fill        func(*db.Tx, []*T) error // reads what belongs to them
}

var (
	allCases   = listing[Case]{"case", caseStates, selOfOrder, selCasesIn, selCases, scanCase, fill}
	allRefunds = listing[Payback]{"refund", refundStates, selRefundsOf, selRefundsIn, selRefundsAll, scanRefund, fillRefunds}
)

// read lists up to limit behind an id, oldest first; of one order, all. Fault: unknown_value.
func (k listing[T]) read(ctx context.Context, d *db.DB, f Filter, after int64, limit int) (list []*T, err error) {
	if f.Status != "" && k.states[f.Status] == nil {
		return nil, fault.Invalidf("status", "unknown_value", "%q is not a state of a %s", f.Status, k.name).With("value", f.Status)
	}
	err = d.View(ctx, func(tx *db.Tx) (err error) {
		switch {
		case f.OrderID != 0:
			list, err = db.All(tx.Query(k.of, f.OrderID), k.scan)
		case f.Status != "":
			list, err = db.All(tx.Query(k.in, f.Status, after, limit), k.scan)
		default:
			list, err = db.All(tx.Query(k.all, after, limit), k.scan)
		}
		if err != nil {
			return err
		}
		return k.fill(tx, list)
	})
	return list, err
}

// Cases lists up to limit cases behind an id, oldest first, with their lines and units. Fault: unknown_value.
func (s *Service) Cases(ctx context.Context, f Filter, after int64, limit int) ([]*Case, error) {
	return allCases.read(ctx, s.db, f, after, limit)
}

// Refunds lists up to limit refunds behind an id, oldest first. Fault: unknown_value.
func (s *Service) Refunds(ctx context.Context, f Filter, after int64, limit int) ([]*Payback, error) {
	return allRefunds.read(ctx, s.db, f, after, limit)
}

// MadeBy finds the case that an order replaces goods of; found is false for any other order.
func (s *Service) MadeBy(ctx context.Context, orderID int64) (c Case, found bool, err error) {
	err = s.db.View(ctx, func(tx *db.Tx) error {
		list, err := db.All(tx.Query(selMadeBy, orderID), scanCase)
		if err != nil || len(list) == 0 {
			return err
		}
		found, c = true, *list[0]
		return nil
	})
	return c, found, err
}

// Refundable is what may still go back, by order line, and for Shipping. Fault: order.not_found.
func (s *Service) Refundable(ctx context.Context, orderID int64) (left []PaybackLine, err error) {
	err = s.db.Update(ctx, func(tx *db.Tx) error { // locked: a figure that is about to be spent by somebody else is worth nothing
		b, err := openBook(tx, orderID)
		if err != nil {
			return err
		}
		shares, taken := Shares(b.Order), b.taken()
		left = []PaybackLine{{Shipping, shares[Shipping] - taken[Shipping]}}
		for _, l := range b.Lines {
			left = append(left, PaybackLine{l.No, shares[l.No] - taken[l.No]})
		}
		return nil
	})
	return left, err
}

// OpenParcels lists up to limit parcels without an owner behind an id, oldest first.
func (s *Service) OpenParcels(ctx context.Context, after int64, limit int) (list []*Parcel, err error) {
	err = s.db.View(ctx, func(tx *db.Tx) error {
		if list, err = db.All(tx.Query(selOpen, after, limit), scanParcel); err != nil {
			return err
		}
		return fillParcels(tx, list)
	})
	return list, err
}

// Parcel reads one pooled parcel, with whose it may be while it is open. Fault: aftersales.no_parcel.
func (s *Service) Parcel(ctx context.Context, key int64) (out Pooled, err error) {
	err = s.db.View(ctx, func(tx *db.Tx) error {
		p, err := readParcel(tx, selParcel, key)
		if err != nil {
			return err
		}
		out.Parcel = *p
		if p.Status == ParcelOpen {
			out.Perhaps, err = owners(tx, p)
		}
		return err
	})
	return out, err
}
