package api

import (
	"github.com/packhorse/packhorse/access"
	"github.com/packhorse/packhorse/aftersales"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/id"
	"github.com/packhorse/packhorse/order"
)

// CaseInput is what a customer asks for.
type CaseInput struct {
	Kind   string      `json:"kind" enum:"return,exchange,reship,refund,refused"`
	Reason string      `json:"reason" enum:"changed_mind,wrong_item,damaged,defective,missing,not_as_described,late,lost,refused,other"`
	Note   string      `json:"note,omitempty" maxLength:"2000"`
	Node   string      `json:"node,omitempty" doc:"where goods are to come; empty = where they left from"`
	Lines  []AskedLine `json:"lines,omitempty" doc:"without lines all that can be asked for"`
}

// AskedLine is some of an order line.
type AskedLine struct {
	LineNo   int64  `json:"line_no"`
	SKU      string `json:"sku,omitempty" doc:"of a bundle: the component; empty = whole units of the line"`
	Quantity int64  `json:"quantity" minimum:"1"`
	Swap     string `json:"swap,omitempty" doc:"exchange: the SKU wanted instead; empty = the same"`
}

// Decision is what a person says to a case.
type Decision struct {
	Note   string `json:"note,omitempty" maxLength:"2000" doc:"needed to reject"`
	AtOnce bool   `json:"at_once,omitempty" doc:"exchange: the other goods go out before these are here"`
}

// ReturnLabelInput asks for a return waybill, or names the one in hand.
type ReturnLabelInput struct {
	Carrier string `json:"carrier,omitempty" doc:"empty = the one that brought the goods, if it is connected"`
	Service string `json:"service,omitempty"`
	Waybill string `json:"waybill,omitempty" doc:"in hand: no carrier is asked"`
}

// CameInput is goods of a case that came in.
type CameInput struct {
	Node  string     `json:"node,omitempty" doc:"empty = where they were to come"`
	Lines []CameLine `json:"lines,omitempty" doc:"without lines all that is awaited"`
}

// CameLine is so many pieces.
type CameLine struct {
	SKU      string `json:"sku" doc:"code or bar code"`
	Quantity int64  `json:"quantity" minimum:"1"`
}

// GradeInput says how goods look, and where they go.
type GradeInput struct {
	SKU      string   `json:"sku,omitempty" doc:"code or bar code; the next of it that nobody has graded"`
	Unit     string   `json:"unit,omitempty" doc:"which one, instead of a SKU"`
	Quantity int64    `json:"quantity,omitempty" doc:"0 = one; with a unit all of it"`
	Grade    string   `json:"grade" enum:"A,B,C,D" doc:"A as new, B to be refurbished, C defective, D scrap"`
	Fate     string   `json:"fate,omitempty" enum:"restock,refurbish,quarantine,scrap" doc:"empty = the usual one of the grade"`
	Location string   `json:"location,omitempty" doc:"for goods to be sold again; empty = where they were picked"`
	Node     string   `json:"node,omitempty" doc:"of goods that are not booked in yet"`
	Note     string   `json:"note,omitempty" maxLength:"2000"`
	Photos   []string `json:"photos,omitempty" doc:"references; the pictures are kept elsewhere"`
}

// PoolInput is a parcel that nobody announced.
type PoolInput struct {
	Node      string     `json:"node"`
	Waybill   string     `json:"waybill,omitempty"`
	PhoneTail string     `json:"phone_tail,omitempty" doc:"the last digits of a phone on it, four or more"`
	Note      string     `json:"note,omitempty" maxLength:"2000"`
	Photos    []string   `json:"photos,omitempty"`
	Lines     []CameLine `json:"lines,omitempty" doc:"what is in it"`
}

// ClaimInput names the case a pooled parcel belongs to.
type ClaimInput struct {
	Case string `json:"case"`
}

const aboutCase = "Problems: aftersales.not_found, aftersales.state."

func (s *Server) afterSales() {
	s.caseRoutes()
	s.goodsRoutes()
	s.refundRoutes()
	s.returnsDesk()
	s.returnPhotos()
}

func (s *Server) caseRoutes() {
	query(s, route{path: "/v1/returns", tag: "returns", id: "list-cases", scope: access.OrdersRead, summary: "After-sales cases, oldest first",
		about:  "Problems: unknown_value, http.cursor, http.limit.",
		params: append(paging(), text("status", "", "requested", "approved", "received", "inspected", "closed", "rejected", "cancelled", "expired"), text("order", "all cases of one order"))}, (*call).listCases)
	query(s, route{path: "/v1/returns/{id}", tag: "returns", id: "get-case", scope: access.OrdersRead, summary: "One case: what was asked for, what came, what went back",
		about: "Problem: aftersales.not_found."}, (*call).getCase)
	query(s, route{path: "/v1/returns/{id}/evidence", tag: "returns", id: "get-evidence", scope: access.OrdersRead,
		summary: "Who picked the goods from where, who packed and checked them, what the parcel weighed", about: "Problem: aftersales.not_found."}, (*call).evidence)
	query(s, route{path: "/v1/orders/{id}/replaces", tag: "returns", id: "get-replaced", scope: access.OrdersRead,
		summary: "The case whose goods this order replaces", about: "Problem: aftersales.replaces_nothing."}, (*call).replaces)
	command(s, route{path: "/v1/orders/{id}/returns", tag: "returns", id: "open-case", scope: access.OrdersWrite, summary: "Ask for a return, an exchange, a reship or a refund",
		about: "What the policy grants is approved at once; everything else waits for a person, and the timeline says why. Problems: order.not_found, aftersales.kind, " +
			"aftersales.reason, aftersales.note, aftersales.not_shipped, aftersales.line, aftersales.piece, aftersales.quantity, aftersales.too_many, aftersales.nothing_left, aftersales.swap."},
		onOrder(func(c *call, key int64, in CaseInput) (Case, error) {
			ask := aftersales.OpenIn{OrderID: key, Kind: in.Kind, Reason: in.Reason, Note: in.Note, Node: in.Node, Actor: c.actor()}
			for _, l := range in.Lines {
				ask.Lines = append(ask.Lines, aftersales.Asked(l))
			}
			return c.shownCase(c.AfterSales.Open(c.ctx, c.once, ask))
		}))
	for _, d := range []struct {
		path, id, summary, about string
		do                       func(*call, aftersales.DecideIn) (aftersales.Case, error)
	}{
		{"approve", "approve-case", "Say yes to a case that waits", aboutCase, func(c *call, in aftersales.DecideIn) (aftersales.Case, error) {
			return c.AfterSales.Approve(c.ctx, c.once, in)
		}},
		{"reject", "reject-case", "Say no to a case that waits; the note is for the customer", aboutCase + " required.", func(c *call, in aftersales.DecideIn) (aftersales.Case, error) {
			return c.AfterSales.Reject(c.ctx, c.once, in)
		}},
		{"cancel", "cancel-case", "Call a case off of which nothing has come back", aboutCase + " aftersales.label_pending, aftersales.begun.", func(c *call, in aftersales.DecideIn) (aftersales.Case, error) {
			return c.AfterSales.Cancel(c.ctx, c.once, in)
		}},
		{"close", "close-case", "Nothing more is awaited", aboutCase + " aftersales.ungraded.", func(c *call, in aftersales.DecideIn) (aftersales.Case, error) {
			return c.AfterSales.Close(c.ctx, c.once, in)
		}},
	} {
		command(s, route{path: "/v1/returns/{id}/" + d.path, tag: "returns", id: d.id, scope: access.OrdersWrite, summary: d.summary, about: d.about},
			on(aftersales.Prefix, func(c *call, key int64, in Decision) (Case, error) {
				return c.shownCase(d.do(c, aftersales.DecideIn{CaseID: key, Note: in.Note, AtOnce: in.AtOnce, Actor: c.actor()}))
			}))
	}
	command(s, route{path: "/v1/returns/{id}/label", tag: "returns", id: "label-case", scope: access.OrdersWrite, summary: "A return waybill: the one in hand, or one that a carrier is asked for",
		about: aboutCase + " aftersales.no_goods, aftersales.not_approved, aftersales.masked, aftersales.no_carrier, aftersales.no_phone. What the carrier says comes as an event."},
		on(aftersales.Prefix, func(c *call, key int64, in ReturnLabelInput) (Case, error) {
			return c.shownCase(c.AfterSales.Label(c.ctx, c.once, aftersales.LabelIn{CaseID: key, Carrier: in.Carrier, Service: in.Service, Waybill: in.Waybill, Actor: c.actor()}))
		}))
	command(s, route{path: "/v1/returns/{id}/paid", tag: "returns", id: "mark-difference-paid", scope: access.OrdersWrite,
		summary: "The customer has paid what an exchange costs; give the reference", about: "The order that waits for it goes on. Problems: aftersales.not_found, aftersales.nothing_owed, required."},
		on(aftersales.Prefix, func(c *call, key int64, in MoneyInput) (Case, error) {
			return c.shownCase(c.AfterSales.Owed(c.ctx, c.once, aftersales.DecideIn{CaseID: key, Actor: c.actor()}, in.Reference))
		}))
	query(s, route{path: "/v1/return-policy", tag: "returns", id: "get-return-policy", scope: access.OrdersRead, summary: "What is granted without asking a person"},
		func(c *call) (aftersales.Policy, error) { return c.AfterSales.Policy(c.ctx) })
	command(s, route{path: "/v1/return-policy", tag: "returns", id: "save-return-policy", scope: access.Admin, summary: "Set what is granted without asking a person",
		about: "Windows are days since delivery, by kind; amounts are minor units of the order. Problems: aftersales.policy, aftersales.kind, aftersales.phone."},
		func(c *call, in aftersales.Policy) (aftersales.Policy, error) {
			return c.AfterSales.SavePolicy(c.ctx, c.once, c.actor(), in)
		})
}

func (s *Server) goodsRoutes() {
	command(s, route{path: "/v1/returns/{id}/receive", tag: "returns", id: "receive-case", scope: access.Ship, summary: "Goods of a case came in: they stand in quarantine",
		about: aboutCase + " aftersales.no_goods, aftersales.nothing_awaited, aftersales.too_many_back, inventory.unknown_sku, inventory.quantity, inventory.unknown_node."},
		on(aftersales.Prefix, func(c *call, key int64, in CameInput) (Case, error) {
			return c.shownCase(c.AfterSales.Receive(c.ctx, c.once, aftersales.ReceiveIn{CaseID: key, Node: in.Node, Lines: cameOf(in.Lines), Actor: c.actor()}))
		}))
	command(s, route{path: "/v1/returns/{id}/grade", tag: "returns", id: "grade-case", scope: access.Ship, summary: "Grade goods and send them where they belong",
		about: "Goods that are not booked in yet are received by it. " + aboutCase + " aftersales.grade, aftersales.fate, aftersales.unit, aftersales.few, aftersales.location, " +
			"aftersales.photos, aftersales.too_many_back, inventory.unknown_sku, inventory.unknown_location."},
		on(aftersales.Prefix, func(c *call, key int64, in GradeInput) (Case, error) {
			ask, err := c.gradeIn(key, in)
			if err != nil {
				return Case{}, err
			}
			return c.shownCase(c.AfterSales.Grade(c.ctx, c.once, ask))
		}))
	query(s, route{path: "/v1/unknown-parcels", tag: "returns", id: "list-unknown-parcels", scope: access.StockRead, summary: "Parcels without an owner, oldest first",
		about: "Problems: http.cursor, http.limit.", params: paging()}, (*call).listUnknown)
	query(s, route{path: "/v1/unknown-parcels/{id}", tag: "returns", id: "get-unknown-parcel", scope: access.StockRead, summary: "One parcel without an owner, and whose it may be",
		about: "Problem: aftersales.no_parcel."}, (*call).getUnknown)
	command(s, route{path: "/v1/unknown-parcels", tag: "returns", id: "pool-parcel", scope: access.Ship, summary: "Pool a parcel that nobody announced",
		about: "Its goods stand in quarantine until a case claims them. The answer suggests owners by waybill, phone and goods. Problems: required, inventory.unknown_node, " +
			"inventory.unknown_sku, inventory.quantity, aftersales.note, aftersales.photos, aftersales.tail."}, (*call).pool)
	command(s, route{path: "/v1/unknown-parcels/{id}/claim", tag: "returns", id: "claim-parcel", scope: access.Ship, summary: "Give a pooled parcel to its case",
		about: aboutCase + " aftersales.no_parcel, aftersales.claimed, aftersales.too_many_back."}, on(aftersales.ParcelPrefix, func(c *call, key int64, in ClaimInput) (Case, error) {
		to, err := idOf("case", aftersales.Prefix, in.Case)
		if err != nil {
			return Case{}, err
		}
		return c.shownCase(c.AfterSales.Claim(c.ctx, c.once, key, to, c.actor()))
	}))
}

func cameOf(lines []CameLine) (out []aftersales.Came) {
	for _, l := range lines {
		out = append(out, aftersales.Came(l))
	}
	return out
}

func (c *call) gradeIn(key int64, in GradeInput) (aftersales.GradeIn, error) {
	unit, err := optionalID("unit", aftersales.UnitPrefix, in.Unit)
	return aftersales.GradeIn{CaseID: key, Unit: unit, SKU: in.SKU, Quantity: in.Quantity, Grade: in.Grade, Fate: in.Fate, Location: in.Location, Node: in.Node,
		Note: in.Note, Photos: in.Photos, Actor: c.actor()}, err
}

func (c *call) listCases() (CasePage, error) {
	page := CasePage{Cases: []Case{}}
	limit, err := c.limit()
	if err != nil {
		return page, err
	}
	after, err := c.idCursor(aftersales.Prefix)
	if err != nil {
		return page, err
	}
	f := aftersales.Filter{Status: c.query("status")}
	if f.OrderID, err = optionalID("order", order.Prefix, c.query("order")); err != nil {
		return page, err
	}
	read := func(after int64, n int) ([]*aftersales.Case, error) { return c.AfterSales.Cases(c.ctx, f, after, n) }
	list, next, err := insidePage(c, after, limit, read, func(x *aftersales.Case) int64 { return x.ID }, byOrder(c, func(x *aftersales.Case) int64 { return x.OrderID }))
	if err != nil {
		return page, err
	}
	if page.Cases, err = c.shownCases(list); err != nil {
		return page, err
	}
	if f.OrderID == 0 {
		page.NextCursor = c.nextCursor(aftersales.Prefix, next)
	}
	return page, nil
}

func (c *call) getCase() (CaseDetail, error) {
	key, err := c.idParam("id", aftersales.Prefix)
	if err != nil {
		return CaseDetail{}, err
	}
	d, err := c.AfterSales.Case(c.ctx, key)
	if err != nil {
		return CaseDetail{}, err
	}
	one, err := c.shownCase(d.Case, nil)
	return CaseDetail{Case: one, Refunds: c.refunds(d.Refunds)}, err
}

func (c *call) replaces() (Case, error) {
	key, err := c.idParam("id", order.Prefix)
	if err != nil {
		return Case{}, err
	}
	found, ok, err := c.AfterSales.MadeBy(c.ctx, key)
	if err == nil && !ok {
		err = fault.New(fault.NotFound, "aftersales.replaces_nothing", "the order %s replaces no other", id.Show(order.Prefix, key)).With("order", id.Show(order.Prefix, key))
	}
	if err != nil {
		return Case{}, err
	}
	return c.shownCase(found, nil)
}

func (c *call) evidence() (out EvidenceList, err error) {
	out.Evidence = []Evidence{}
	key, err := c.idParam("id", aftersales.Prefix)
	if err != nil {
		return out, err
	}
	list, err := c.AfterSales.Evidence(c.ctx, key)
	if err != nil {
		return out, err
	}
	err = c.DB.View(c.ctx, func(tx *db.Tx) error {
		n, err := c.names(tx)
		if err != nil {
			return err
		}
		var skus, places []int64
		for _, e := range list {
			skus, places = append(skus, e.SKUID), append(places, e.LocationID)
		}
		if err := n.learnSKUs(tx, skus); err != nil {
			return err
		}
		if err := n.learnLocations(tx, places); err != nil {
			return err
		}
		for _, e := range list {
			if !n.sees(e.NodeID) {
				continue
			}
			out.Evidence = append(out.Evidence, n.evidence(e))
		}
		return nil
	})
	return out, err
}
