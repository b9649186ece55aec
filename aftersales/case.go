package aftersales

import (
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/id"
)

// Case is one wish of a customer about one order. Times are UTC microseconds, 0 = none.
type Case struct {
	ID            int64
	OrderID       int64
	Kind          string
	Status        string
	Reason        string // one of Reasons
	Note          string
	NodeID        int64 // where the goods are to come; 0 where none are
	Label         string
	LabelNo       int64  // how often a carrier was asked for one
	Carrier       string // of the return waybill; may be empty where the customer chose one
	Service       string
	Waybill       string
	LabelReason   string // code of why there is no waybill
	Replacement   string
	ReplacementID int64 // the order that was made
	Difference    int64 // exchange: what the customer owes for it, minor units of the order; below 0 it goes back
	AtOnce        bool  // exchange: do not wait for the goods
	Deadline      int64 // until when goods are awaited
	OpenedBy      string
	OpenedAt      int64
	DecidedBy     string
	DecidedAt     int64
	ClosedAt      int64
	UpdatedAt     int64

	Lines []*Line
	Units []*Unit

	stored string // status in the database; empty before it is written
	dirty  bool
}

// Line is what the case is about: base units of a SKU of an order line.
type Line struct {
	CaseID   int64
	No       int64
	LineNo   int64
	SKUID    int64
	Quantity int64  // asked for; 0 = it came back although nobody asked
	Received int64  // in hand, or was
	Swap     string // exchange: code of the SKU wanted instead; empty = the same

	dirty bool
}

// Name is the id as people see it, and on the return slip as a bar code.
func (c *Case) Name() string { return id.Show(Prefix, c.ID) }

// Live reports whether somebody still has to do something.
func (c *Case) Live() bool { return len(caseStates[c.Status]) > 0 }

// Goods reports whether goods come back with such a case.
func (c *Case) Goods() bool { return c.Kind == Return || c.Kind == Exchange || c.Kind == Refused }

// counts is how many units of a line the case takes from what can be returned.
func (c *Case) counts(l *Line) int64 {
	switch c.Status {
	case Rejected, Cancelled, Expired:
		return l.Received
	case Closed:
		if c.Goods() {
			return l.Received
		}
	}
	return max(l.Quantity, l.Received)
}

// complete reports whether all that was asked for is here.
func (c *Case) complete() bool {
	for _, l := range c.Lines {
		if l.Received < l.Quantity {
			return false
		}
	}
	return true
}

// waiting counts the units that nobody has graded.
func (c *Case) waiting() (n int64) {
	for _, u := range c.Units {
		if u.Fate == Waiting {
			n += u.Quantity
		}
	}
	return n
}

const caseSpec = "id bigint, order_id bigint, kind text, status text, reason text, note text, node_id bigint, label text, label_no bigint, carrier text, service text, waybill text, " +
	"label_reason text, replacement text, replacement_id bigint, at_once boolean, deadline bigint, opened_by text, opened_at bigint, decided_by text, decided_at bigint, closed_at bigint, updated_at bigint, difference bigint"

const caseColumns = `id, order_id, kind, status, reason, note, node_id, label, label_no, carrier, service, waybill, label_reason, replacement, replacement_id, at_once,
  deadline, opened_by, opened_at, decided_by, decided_at, closed_at, updated_at, difference`

var (
	insCase = db.Insert("aftersales_case", caseSpec)
	setCase = db.Change("aftersales_case", "id bigint, was text, status text, node bigint, label text, label_no bigint, carrier text, service text, waybill text, label_reason text, "+
		"replacement text, replacement_id bigint, at_once boolean, deadline bigint, decided_by text, decided_at bigint, closed_at bigint, at bigint, difference bigint", 1,
		"status = x.status, node_id = x.node, label = x.label, label_no = x.label_no, carrier = x.carrier, service = x.service, waybill = x.waybill, label_reason = x.label_reason, "+
			"replacement = x.replacement, replacement_id = x.replacement_id, at_once = x.at_once, deadline = x.deadline, decided_by = x.decided_by, decided_at = x.decided_at, "+
			"closed_at = x.closed_at, updated_at = x.at, difference = x.difference",
		"t.id = x.id AND t.status = x.was")
	putLine = db.Upsert("aftersales_line", "case_id bigint, no bigint, line_no bigint, sku_id bigint, quantity bigint, received bigint, swap text", 2,
		"received = excluded.received")

	selCase      = db.NewSQL(`SELECT ` + caseColumns + ` FROM aftersales_case WHERE id = $1`)
	selOfOrder   = db.NewSQL(`SELECT ` + caseColumns + ` FROM aftersales_case WHERE order_id = $1 ORDER BY id`)
	selByWaybill = db.NewSQL(`SELECT ` + caseColumns + ` FROM aftersales_case WHERE waybill = $1 AND waybill <> '' ORDER BY id`)
	selLines     = db.NewSQL(`SELECT case_id, no, line_no, sku_id, quantity, received, swap FROM aftersales_line WHERE case_id = ANY($1) ORDER BY case_id, no`)
)

func scanCase(r *db.Rows) *Case {
	c := &Case{}
	r.Scan(&c.ID, &c.OrderID, &c.Kind, &c.Status, &c.Reason, &c.Note, &c.NodeID, &c.Label, &c.LabelNo, &c.Carrier, &c.Service, &c.Waybill, &c.LabelReason,
		&c.Replacement, &c.ReplacementID, &c.AtOnce, &c.Deadline, &c.OpenedBy, &c.OpenedAt, &c.DecidedBy, &c.DecidedAt, &c.ClosedAt, &c.UpdatedAt, &c.Difference)
	c.stored = c.Status
	return c
}

// write sends what is new or has changed of a case. Whoever calls it has the lock of the order.
func (c *Case) write(tx *db.Tx) {
	switch {
	case c.stored == "":
		tx.Put(insCase, c.ID, c.OrderID, c.Kind, c.Status, c.Reason, c.Note, c.NodeID, c.Label, c.LabelNo, c.Carrier, c.Service, c.Waybill, c.LabelReason,
			c.Replacement, c.ReplacementID, c.AtOnce, c.Deadline, c.OpenedBy, c.OpenedAt, c.DecidedBy, c.DecidedAt, c.ClosedAt, c.UpdatedAt, c.Difference)
	case c.dirty:
		c.UpdatedAt = tx.Micros()
		tx.Put(setCase, c.ID, c.stored, c.Status, c.NodeID, c.Label, c.LabelNo, c.Carrier, c.Service, c.Waybill, c.LabelReason,
			c.Replacement, c.ReplacementID, c.AtOnce, c.Deadline, c.DecidedBy, c.DecidedAt, c.ClosedAt, c.UpdatedAt, c.Difference)
	}
	c.stored, c.dirty = c.Status, false
	for _, l := range c.Lines {
		if l.dirty {
			tx.Put(putLine, l.CaseID, l.No, l.LineNo, l.SKUID, l.Quantity, l.Received, l.Swap)
			l.dirty = false
		}
	}
	for _, u := range c.Units {
		u.write(tx)
	}
}

// line adds a line to the case, to be written with it.
func (c *Case) line(l Line) *Line {
	l.CaseID, l.No, l.dirty = c.ID, int64(len(c.Lines)+1), true
	c.Lines = append(c.Lines, &l)
	return &l
}

// move takes a case to another state. Fault: aftersales.state.
func (c *Case) move(to string) error {
	if c.Status == to {
		return nil
	}
	if err := step(caseStates, "case", c.Status, to); err != nil {
		return err
	}
	c.Status, c.dirty = to, true
	return nil
}

// caseByID reads one case without its lines. Fault: aftersales.not_found.
func caseByID(tx *db.Tx, key int64) (*Case, error) {
	list, err := db.All(tx.Query(selCase, key), scanCase)
	if err != nil {
		return nil, err
	}
	if len(list) == 0 {
		return nil, fault.New(fault.NotFound, "aftersales.not_found", "there is no case %s", id.Show(Prefix, key)).With("case", id.Show(Prefix, key))
	}
	return list[0], nil
}

// fill reads the lines and units of cases.
func fill(tx *db.Tx, cases []*Case) error {
	at, ids := map[int64]*Case{}, []int64{}
	for _, c := range cases {
		at[c.ID], ids = c, append(ids, c.ID)
	}
	if len(ids) == 0 {
		return nil
	}
	lines, err := db.All(tx.Query(selLines, ids), func(r *db.Rows) *Line {
		l := &Line{}
		r.Scan(&l.CaseID, &l.No, &l.LineNo, &l.SKUID, &l.Quantity, &l.Received, &l.Swap)
		return l
	})
	if err != nil {
		return err
	}
	for _, l := range lines {
		at[l.CaseID].Lines = append(at[l.CaseID].Lines, l)
	}
	units, err := db.All(tx.Query(selUnits, ids), scanUnit)
	for _, u := range units {
		at[u.CaseID].Units = append(at[u.CaseID].Units, u)
	}
	return err
}
