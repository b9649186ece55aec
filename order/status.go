package order

import (
	"fmt"
	"slices"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
)

// Axes are the separate questions an order answers.
type Axes struct {
	Payment    string // is it paid
	Review     string // may it be worked on
	Fulfilment string // how far are the goods
	Delivery   string // how far is the parcel
	AfterSale  string // is anything open after the sale
}

const (
	Unpaid     = "unpaid"
	Authorized = "authorized"
	Paid       = "paid"
	Refunded   = "refunded"

	ReviewPending   = "pending"   // waits for the rules
	ReviewHeld      = "held"      // waits for a person or a fact
	ReviewPassed    = "passed"    // by the rules
	ReviewApproved  = "approved"  // by a person
	ReviewRejected  = "rejected"  // by a person or a rule
	ReviewCancelled = "cancelled" // called off before it was decided

	FulfilmentNone        = "none"        // not released to the warehouses
	FulfilmentWaiting     = "waiting"     // waits for a node
	FulfilmentBackordered = "backordered" // something is owed that no node can serve
	FulfilmentAllocated   = "allocated"   // all of it is in work
	FulfilmentPartial     = "partial"     // some of it has left
	FulfilmentShipped     = "shipped"     // all of it has left
	FulfilmentCancelled   = "cancelled"   // none of it will leave

	DeliveryNone      = "none"
	DeliveryInTransit = "in_transit"
	DeliveryPartial   = "partial"
	DeliveryDelivered = "delivered"
	DeliveryFailed    = "failed"
	DeliveryReturned  = "returned"

	AfterSaleNone   = "none"
	AfterSaleOpen   = "open"
	AfterSaleClosed = "closed"
)

// An axis lists where each state may go. What is not listed cannot happen.
type axis map[string][]string

// The tables. The diagrams in docs/flow are made from them, and a test walks every pair.
var (
	paymentTable = axis{
		Unpaid:     {Authorized, Paid, Refunded},
		Authorized: {Paid, Unpaid, Refunded},
		Paid:       {Refunded},
		Refunded:   {},
	}
	reviewTable = axis{
		ReviewPending:   {ReviewHeld, ReviewPassed, ReviewApproved, ReviewRejected, ReviewCancelled},
		ReviewHeld:      {ReviewPending, ReviewPassed, ReviewApproved, ReviewRejected, ReviewCancelled},
		ReviewPassed:    {ReviewPending, ReviewHeld},
		ReviewApproved:  {ReviewPending, ReviewHeld},
		ReviewRejected:  {},
		ReviewCancelled: {},
	}
	fulfilmentTable = axis{
		FulfilmentNone:        {FulfilmentWaiting, FulfilmentCancelled},
		FulfilmentWaiting:     {FulfilmentNone, FulfilmentAllocated, FulfilmentBackordered, FulfilmentPartial, FulfilmentShipped, FulfilmentCancelled},
		FulfilmentBackordered: {FulfilmentNone, FulfilmentWaiting, FulfilmentAllocated, FulfilmentPartial, FulfilmentShipped, FulfilmentCancelled},
		FulfilmentAllocated:   {FulfilmentNone, FulfilmentWaiting, FulfilmentBackordered, FulfilmentPartial, FulfilmentShipped, FulfilmentCancelled},
		FulfilmentPartial:     {FulfilmentWaiting, FulfilmentBackordered, FulfilmentAllocated, FulfilmentShipped},
		FulfilmentShipped:     {},
		FulfilmentCancelled:   {},
	}
	// Where an order's parcels are follows from what carriers say and what came back, in any order: once one has left,
	// each state may follow each other.
	deliveryTable = axis{
		DeliveryNone:      {DeliveryInTransit, DeliveryPartial, DeliveryDelivered, DeliveryFailed, DeliveryReturned},
		DeliveryInTransit: {DeliveryPartial, DeliveryDelivered, DeliveryFailed, DeliveryReturned},
		DeliveryPartial:   {DeliveryInTransit, DeliveryDelivered, DeliveryFailed, DeliveryReturned},
		DeliveryFailed:    {DeliveryInTransit, DeliveryPartial, DeliveryDelivered, DeliveryReturned},
		DeliveryDelivered: {DeliveryInTransit, DeliveryPartial, DeliveryFailed, DeliveryReturned},
		DeliveryReturned:  {DeliveryInTransit, DeliveryPartial, DeliveryDelivered, DeliveryFailed},
	}
	afterSaleTable = axis{
		AfterSaleNone:   {AfterSaleOpen, AfterSaleClosed},
		AfterSaleOpen:   {AfterSaleClosed},
		AfterSaleClosed: {AfterSaleOpen},
	}
)

func (a axis) allows(from, to string) bool { return from == to || slices.Contains(a[from], to) }

// Table names the axes in the order in which people ask.
var Tables = []struct {
	Name string
	Next map[string][]string
}{
	{"payment", paymentTable}, {"review", reviewTable}, {"fulfilment", fulfilmentTable},
	{"delivery", deliveryTable}, {"after-sale", afterSaleTable}, {"fulfilment order", fulfilmentStates},
}

// moves holds the statement for every set of axes that changes together: what is not written need not be
// checked again, and the row of an order is the widest there is.
var moves = func() (all [1 << len(axisColumns)]*db.Write) {
	for set := 1; set < len(all); set++ {
		all[set] = moveOf(set)
	}
	return all
}()

var axisColumns = [...]string{"payment", "review", "fulfilment", "delivery", "aftersale"}

func moveOf(set int) *db.Write {
	spec, update, guard := "id bigint", "updated_at = x.at", "t.id = x.id"
	for _, c := range axisColumns {
		spec += ", " + c + "0 text"
		guard += " AND t." + c + " = x." + c + "0"
	}
	for i, c := range axisColumns {
		if set&(1<<i) != 0 {
			spec += ", " + c + " text"
			update += ", " + c + " = x." + c
		}
	}
	return db.Change("order_head", spec+", at bigint", 1, update, guard)
}

func (a Axes) values() [len(axisColumns)]string {
	return [...]string{a.Payment, a.Review, a.Fulfilment, a.Delivery, a.AfterSale}
}

// Move takes an order to other states on any of its axes. It returns a conflict, and writes nothing,
// when a table forbids it. Nothing is written when nothing changes.
func Move(tx *db.Tx, o *Order, to Axes) error {
	if err := o.allows(to); err != nil {
		return err
	}
	o.write(tx, to)
	return nil
}

// MayMove is the conflict that Move would return; nil where the tables allow it.
func MayMove(o *Order, to Axes) error { return o.allows(to) }

// Plan is Move without the write: more may be decided over the order in the same transaction. Whoever moves it next
// writes both steps as one; Save writes what nobody did.
func Plan(o *Order, to Axes) error {
	if err := o.allows(to); err != nil {
		return err
	}
	if o.planned == nil {
		stored := o.Axes
		o.planned = &stored
	}
	o.Axes = to
	return nil
}

// Save writes what was planned for an order, or drafted, and not written yet.
func Save(tx *db.Tx, o *Order) { o.write(tx, o.Axes) }

// allows is the conflict where a table forbids a step.
func (o *Order) allows(to Axes) error {
	for _, step := range []struct {
		table    axis
		name     string
		from, to string
	}{
		{paymentTable, "payment", o.Payment, to.Payment}, {reviewTable, "review", o.Review, to.Review},
		{fulfilmentTable, "fulfilment", o.Fulfilment, to.Fulfilment}, {deliveryTable, "delivery", o.Delivery, to.Delivery},
		{afterSaleTable, "after-sale", o.AfterSale, to.AfterSale},
	} {
		if !step.table.allows(step.from, step.to) {
			return fault.New(fault.Conflict, "order.state", "the %s of the order is %q and cannot become %q", step.name, step.from, step.to).
				With("axis", step.name).With("from", step.from).With("to", step.to)
		}
	}
	return nil
}

// write moves the stored row to where the order goes.
func (o *Order) write(tx *db.Tx, to Axes) {
	stored := o.Axes
	if o.planned != nil {
		stored, o.planned = *o.planned, nil
	}
	o.Axes = to
	if stored != to {
		o.UpdatedAt = o.touched(tx)
	}
	switch {
	case o.draft:
		o.insert(tx)
	case stored != to:
		o.move(tx, stored)
	}
}

// move writes the axes that are not as they were stored.
func (o *Order) move(tx *db.Tx, stored Axes) {
	set, args := 0, []any{o.ID}
	was, is := stored.values(), o.Axes.values()
	for _, v := range was {
		args = append(args, v)
	}
	for i := range was {
		if was[i] != is[i] {
			set |= 1 << i
			args = append(args, is[i])
		}
	}
	tx.Put(moves[set], append(args, o.UpdatedAt)...)
}

// Passed reports whether the order may be worked on.
func (a Axes) Passed() bool { return a.Review == ReviewPassed || a.Review == ReviewApproved }

// Waits reports whether the order stands in a queue: for review, or for the warehouses.
func (a Axes) Waits() bool {
	_, review := reviewing[a.Review]
	_, work := working[a.Fulfilment]
	return review || work
}

// Derive is the fulfilment axis as the facts have it: the lines, the fulfilments with their lines, and what is owed.
func Derive(o *Order, fulfilments []*Fulfilment, owed []BackOrder) string {
	var wanted int64
	for _, l := range o.Lines {
		wanted += l.Wanted()
	}
	open, shipped := 0, 0
	for _, f := range fulfilments {
		switch {
		case f.Status == Shipped:
			shipped++
		case f.Live():
			open++
		}
	}
	switch {
	case wanted == 0 && shipped == 0 && open == 0:
		return FulfilmentCancelled
	case !o.Passed() && shipped == 0 && open == 0:
		return FulfilmentNone
	case len(owed) > 0:
		return FulfilmentBackordered
	case open == 0 && shipped == 0:
		return FulfilmentWaiting
	case open == 0:
		return FulfilmentShipped
	case shipped > 0:
		return FulfilmentPartial
	}
	return FulfilmentAllocated
}

// Known reports whether value is a state of the named axis, for filters.
func Known(axisName, value string) error {
	for _, t := range Tables {
		if t.Name == axisName {
			if _, ok := t.Next[value]; ok {
				return nil
			}
			return fault.Invalidf(axisName, "unknown_value", "%q is not a state of %s", value, axisName)
		}
	}
	panic(fmt.Sprintf("order: no axis %q", axisName))
}
