package api

import (
	"github.com/packhorse/packhorse/access"
	"github.com/packhorse/packhorse/aftersales"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/id"
	"github.com/packhorse/packhorse/order"
)

// DeskScan is what was scanned at the returns desk.
type DeskScan struct {
	EventID string `json:"event_id" doc:"the handheld's own name for this scan; the same scan sent twice counts once" minLength:"1" maxLength:"200"`
	Code    string `json:"code" doc:"bar code of a return slip, a return waybill, or the waybill the parcel had left under"`
}

// DeskGrade is one word about goods in hand.
type DeskGrade struct {
	EventID string `json:"event_id" minLength:"1" maxLength:"200"`
	Case    string `json:"case"`
	Good    *bool  `json:"good,omitempty" doc:"true is grade A, false grade C; instead of grade"`
	GradeInput
}

// DeskAnswer is the next screen of the returns desk.
type DeskAnswer struct {
	State string `json:"state" enum:"case,unknown" doc:"unknown: nobody announced it; pool it"`
	New   bool   `json:"new,omitempty" doc:"the case was opened by this scan"`
	Case  *Case  `json:"case,omitempty"`
}

// UnknownParcel is one that belongs to no case yet.
type UnknownParcel struct {
	ID        string         `json:"id"`
	Node      string         `json:"node"`
	Status    string         `json:"status" enum:"open,claimed"`
	Waybill   string         `json:"waybill,omitempty"`
	PhoneTail string         `json:"phone_tail,omitempty"`
	Note      string         `json:"note,omitempty"`
	Photos    []string       `json:"photos,omitempty"`
	Case      string         `json:"case,omitempty" doc:"that claimed it"`
	FoundBy   string         `json:"found_by"`
	FoundAt   string         `json:"found_at"`
	Units     []CaseUnit     `json:"units"`
	Perhaps   []PerhapsOwner `json:"perhaps,omitempty" doc:"whose it may be, the likeliest first"`
}

// PerhapsOwner is a case a parcel may belong to, and what speaks for it.
type PerhapsOwner struct {
	Case    string `json:"case"`
	Order   string `json:"order"`
	Score   int64  `json:"score"`
	Waybill bool   `json:"waybill"`
	Phone   bool   `json:"phone"`
	Pieces  int64  `json:"pieces" doc:"in the parcel that the case awaits, or that were in it"`
	Over    bool   `json:"over,omitempty" doc:"the case is over; open a new one of its order for what came"`
}

// UnknownPage is a page of parcels without an owner.
type UnknownPage struct {
	Parcels    []UnknownParcel `json:"parcels"`
	NextCursor string          `json:"next_cursor,omitempty"`
}

func (s *Server) returnsDesk() {
	command(s, route{path: "/pda/v1/returns/scan", tag: "handheld", id: "scan-return", scope: access.Ship, summary: "Whose parcel is this?",
		about: "A parcel that comes back before anybody asked opens a case by itself. Problems: http.event_id, aftersales.scan, aftersales.not_found, aftersales.nothing_left."}, (*call).deskScan)
	command(s, route{path: "/pda/v1/returns/grade", tag: "handheld", id: "grade-return", scope: access.Ship, summary: "Good or defective: booked in, graded and moved in one call",
		about: "Problems: http.event_id, and those of grade-case."}, (*call).deskGrade)
}

// event makes the handheld's name for what it sends the key under which it counts once.
func (c *call) event(name, key string) error {
	if key == "" || len(key) > 200 {
		return fault.Invalidf("event_id", "http.event_id", "give every scan an event_id of up to 200 characters")
	}
	c.keep(name + ":" + key)
	return nil
}

func (c *call) deskScan(in DeskScan) (DeskAnswer, error) {
	if err := c.event("return", in.EventID); err != nil {
		return DeskAnswer{}, err
	}
	found, err := c.AfterSales.Scan(c.ctx, c.once, in.Code, c.actor())
	if err != nil || found.State != aftersales.FoundCase {
		return DeskAnswer{State: found.State}, err
	}
	one, err := c.shownCase(found.Case, nil)
	return DeskAnswer{State: found.State, New: found.New, Case: &one}, err
}

func (c *call) deskGrade(in DeskGrade) (DeskAnswer, error) {
	if err := c.event("grade", in.EventID); err != nil {
		return DeskAnswer{}, err
	}
	key, err := idOf("case", aftersales.Prefix, in.Case)
	if err != nil {
		return DeskAnswer{}, err
	}
	if in.Good != nil && in.Grade == "" {
		in.Grade = map[bool]string{true: aftersales.GradeA, false: aftersales.GradeC}[*in.Good]
	}
	ask, err := c.gradeIn(key, in.GradeInput)
	if err != nil {
		return DeskAnswer{}, err
	}
	one, err := c.shownCase(c.AfterSales.Grade(c.ctx, c.once, ask))
	return DeskAnswer{State: aftersales.FoundCase, Case: &one}, err
}

func (c *call) pool(in PoolInput) (UnknownParcel, error) {
	out, err := c.AfterSales.Pool(c.ctx, c.once, aftersales.PoolIn{Node: in.Node, Waybill: in.Waybill, PhoneTail: in.PhoneTail, Note: in.Note, Photos: in.Photos,
		Lines: cameOf(in.Lines), Actor: c.actor()})
	if err != nil {
		return UnknownParcel{}, err
	}
	return c.shownParcel(out)
}

func (c *call) getUnknown() (UnknownParcel, error) {
	key, err := c.idParam("id", aftersales.ParcelPrefix)
	if err != nil {
		return UnknownParcel{}, err
	}
	out, err := c.AfterSales.Parcel(c.ctx, key)
	if err != nil {
		return UnknownParcel{}, err
	}
	return c.shownParcel(out)
}

func (c *call) shownParcel(p aftersales.Pooled) (UnknownParcel, error) {
	list, err := c.shownParcels([]*aftersales.Parcel{&p.Parcel})
	if err != nil {
		return UnknownParcel{}, err
	}
	out := list[0]
	perhaps, err := c.insideOwners(p.Perhaps)
	for _, o := range perhaps {
		out.Perhaps = append(out.Perhaps, PerhapsOwner{Case: id.Show(aftersales.Prefix, o.CaseID), Order: id.Show(order.Prefix, o.OrderID), Score: o.Score, Waybill: o.Waybill, Phone: o.Phone, Pieces: o.SKUs, Over: o.Over})
	}
	return out, err
}

func (c *call) insideOwners(list []aftersales.Owner) (inside []aftersales.Owner, err error) {
	err = c.DB.View(c.ctx, func(tx *db.Tx) error {
		inside, err = insideOrders(c, tx, list, func(o aftersales.Owner) int64 { return o.OrderID })
		return err
	})
	return inside, err
}

func (c *call) shownParcels(list []*aftersales.Parcel) (out []UnknownParcel, err error) {
	out = []UnknownParcel{}
	err = c.DB.View(c.ctx, func(tx *db.Tx) error {
		n, err := c.names(tx)
		if err != nil {
			return err
		}
		var skus, places []int64
		for _, p := range list {
			for _, u := range p.Units {
				skus, places = append(skus, u.SKUID), append(places, u.LocationID)
			}
		}
		if err := n.learnSKUs(tx, skus); err != nil {
			return err
		}
		if err := n.learnLocations(tx, places); err != nil {
			return err
		}
		for _, p := range list {
			out = append(out, UnknownParcel{ID: p.Name(), Node: n.node(p.NodeID), Status: p.Status, Waybill: p.Waybill, PhoneTail: p.PhoneTail, Note: n.free(p.Note), Photos: p.Photos,
				Case: shown(aftersales.Prefix, p.CaseID), FoundBy: p.FoundBy, FoundAt: at(p.FoundAt), Units: n.units(p.Units)})
		}
		return nil
	})
	return out, err
}

func (c *call) listUnknown() (UnknownPage, error) {
	page := UnknownPage{Parcels: []UnknownParcel{}}
	limit, err := c.limit()
	if err != nil {
		return page, err
	}
	after, err := c.idCursor(aftersales.ParcelPrefix)
	if err != nil {
		return page, err
	}
	list, err := c.openParcels(after, limit)
	if err != nil {
		return page, err
	}
	if page.Parcels, err = c.shownParcels(list); err == nil && len(list) == limit {
		page.NextCursor = list[limit-1].Name()
	}
	return page, err
}

// openParcels lists the parcels at the warehouses that the caller reaches.
func (c *call) openParcels(after int64, limit int) (list []*aftersales.Parcel, err error) {
	if c.area.Whole() {
		return c.AfterSales.OpenParcels(c.ctx, after, limit)
	}
	err = c.DB.View(c.ctx, func(tx *db.Tx) error {
		n, err := c.names(tx)
		if err == nil {
			list, err = aftersales.OpenParcelsAt(tx, n.nodesNamed(""), after, limit)
		}
		return err
	})
	return list, err
}
