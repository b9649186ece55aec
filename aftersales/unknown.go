package aftersales

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"
	"strings"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/id"
	"github.com/packhorse/packhorse/inventory"
	"github.com/packhorse/packhorse/order"
	"github.com/packhorse/packhorse/warehouse"
)

// Parcel is one that came in and belongs to no case yet (无主件).
type Parcel struct {
	ID        int64
	NodeID    int64
	Status    string
	Waybill   string
	PhoneTail string // the last digits of a phone on it
	Note      string
	Photos    []string
	CaseID    int64 // that claimed it
	FoundBy   string
	FoundAt   int64
	ClaimedBy string
	ClaimedAt int64

	Units []*Unit
}

// Name is the id as people see it.
func (p *Parcel) Name() string { return id.Show(ParcelPrefix, p.ID) }

var (
	insParcel = db.Insert("aftersales_parcel", "id bigint, node_id bigint, status text, waybill text, phone_tail text, note text, photos text, case_id bigint, "+
		"found_by text, found_at bigint, claimed_by text, claimed_at bigint")
	claimParcel = db.Change("aftersales_parcel", "id bigint, status text, case_id bigint, by text, at bigint", 1,
		"status = x.status, case_id = x.case_id, claimed_by = x.by, claimed_at = x.at", "t.id = x.id AND t.status = 'open'")

	parcelColumns = `id, node_id, status, waybill, phone_tail, note, photos, case_id, found_by, found_at, claimed_by, claimed_at`
	lockParcel    = db.NewSQL(`SELECT ` + parcelColumns + ` FROM aftersales_parcel WHERE id = ANY($1) FOR UPDATE`)
	selParcel     = db.NewSQL(`SELECT ` + parcelColumns + ` FROM aftersales_parcel WHERE id = ANY($1)`)
	selOpen       = db.NewSQL(`SELECT ` + parcelColumns + ` FROM aftersales_parcel WHERE status = 'open' AND id > $1 ORDER BY id LIMIT $2`)
)

func scanParcel(r *db.Rows) *Parcel {
	p := &Parcel{}
	var photos string
	r.Scan(&p.ID, &p.NodeID, &p.Status, &p.Waybill, &p.PhoneTail, &p.Note, &photos, &p.CaseID, &p.FoundBy, &p.FoundAt, &p.ClaimedBy, &p.ClaimedAt)
	_ = json.Unmarshal([]byte(photos), &p.Photos) // written by listed
	return p
}

func readParcel(tx *db.Tx, sql *db.SQL, key int64) (*Parcel, error) {
	list, err := db.All(tx.Query(sql, []int64{key}), scanParcel)
	if err != nil {
		return nil, err
	}
	if len(list) == 0 {
		return nil, fault.New(fault.NotFound, "aftersales.no_parcel", "there is no parcel %s", id.Show(ParcelPrefix, key)).With("parcel", id.Show(ParcelPrefix, key))
	}
	return list[0], fillParcels(tx, list)
}

func fillParcels(tx *db.Tx, list []*Parcel) error {
	at, ids := map[int64]*Parcel{}, []int64{}
	for _, p := range list {
		at[p.ID], ids = p, append(ids, p.ID)
	}
	if len(ids) == 0 {
		return nil
	}
	units, err := db.All(tx.Query(selUnitsOf, ids), scanUnit)
	for _, u := range units {
		at[u.ParcelID].Units = append(at[u.ParcelID].Units, u)
	}
	return err
}

// PoolIn is a parcel that nobody announced.
type PoolIn struct {
	Node      string // code
	Waybill   string
	PhoneTail string
	Note      string
	Photos    []string
	Lines     []Came // what is in it; may be empty while it is closed
	Actor     string
}

// Pooled is a pooled parcel and whose it may be, the likeliest first.
type Pooled struct {
	Parcel  Parcel
	Perhaps []Owner
}

// Pool books a parcel without an owner: its goods stand in quarantine under nobody's name until a case claims them.
// Faults: inventory.unknown_node, inventory.unknown_sku, inventory.quantity, aftersales.note, aftersales.photos,
// aftersales.tail.
func (s *Service) Pool(ctx context.Context, once *db.Once, in PoolIn) (Pooled, error) {
	if err := in.check(); err != nil {
		return Pooled{}, err
	}
	return db.Command(ctx, s.db, once, func(tx *db.Tx) (Pooled, error) {
		node, err := nodeNamed(tx, in.Node, 0)
		if err != nil {
			return Pooled{}, err
		}
		pieces, err := resolve(tx, in.Lines)
		if err != nil {
			return Pooled{}, err
		}
		quarantine, err := warehouse.Quarantine(tx, node)
		if err != nil {
			return Pooled{}, err
		}
		p := &Parcel{ID: tx.NewID(), NodeID: node, Status: ParcelOpen, Waybill: in.Waybill, PhoneTail: in.PhoneTail, Note: in.Note, Photos: in.Photos,
			FoundBy: in.Actor, FoundAt: tx.Micros()}
		var moves []inventory.Move
		for _, x := range pieces {
			u := &Unit{ID: tx.NewID(), ParcelID: p.ID, SKUID: x.sku, Quantity: x.quantity, NodeID: node, LocationID: quarantine.ID, Fate: Waiting,
				ReceivedAt: tx.Micros(), ReceivedBy: in.Actor}
			u.write(tx)
			p.Units = append(p.Units, u)
			moves = append(moves, inventory.Move{SKU: u.SKUID, Quantity: u.Quantity, From: inventory.Outside(inventory.Customer), To: u.place(), Cause: "return_unknown", Ref: p.ID})
		}
		tx.Put(insParcel, p.ID, p.NodeID, p.Status, p.Waybill, p.PhoneTail, p.Note, listed(p.Photos), p.CaseID, p.FoundBy, p.FoundAt, p.ClaimedBy, p.ClaimedAt)
		tx.Emit(db.Event{Kind: "aftersales.pooled.v1", Subject: p.ID, Actor: in.Actor, Params: map[string]any{"parcel": p.Name(), "waybill": p.Waybill, "pieces": len(pieces)}})
		if err := inventory.Post(tx, moves...); err != nil {
			return Pooled{}, err
		}
		perhaps, err := owners(tx, p)
		return Pooled{*p, perhaps}, err
	})
}

func (in *PoolIn) check() error {
	in.PhoneTail = strings.TrimSpace(in.PhoneTail)
	found := []*fault.Fault{tooLong("note", in.Note), photosFault(in.Photos)}
	if in.Node == "" {
		found = append(found, fault.Invalidf("node", "required", "say which warehouse it came to"))
	}
	if strings.Trim(in.PhoneTail, "0123456789") != "" || len(in.PhoneTail) > 20 {
		found = append(found, fault.Invalidf("phone_tail", "aftersales.tail", "the last digits of a phone are digits only"))
	}
	if f := fault.Join(found...); f != nil {
		return f
	}
	return nil
}

// Claim gives a pooled parcel to a case: its goods leave the pool and are received like any other's. What is more than
// left with the order, the case cannot claim. Faults: those of Receive, aftersales.no_parcel, aftersales.claimed.
func (s *Service) Claim(ctx context.Context, once *db.Once, parcelID, caseID int64, actor string) (Case, error) {
	return s.change(ctx, once, caseID, func(tx *db.Tx, b *book, c *Case) error {
		p, err := readParcel(tx, lockParcel, parcelID)
		if err != nil {
			return err
		}
		if p.Status != ParcelOpen {
			return fault.New(fault.Conflict, "aftersales.claimed", "the parcel was given to case %s already", id.Show(Prefix, p.CaseID)).With("case", id.Show(Prefix, p.CaseID))
		}
		var moves []inventory.Move
		var pieces []pieceIn
		for _, u := range p.Units {
			// Out of the pool and in again under its owner: then the book knows in which parcel it had left.
			moves = append(moves, inventory.Move{SKU: u.SKUID, Lot: u.Lot, Quantity: u.Quantity, From: u.place(), To: inventory.Outside(inventory.Customer), Cause: "claimed", Ref: p.ID})
			pieces = append(pieces, pieceIn{sku: u.SKUID, quantity: u.Quantity, field: "parcel"})
			tx.Put(dropUnit, u.ID)
		}
		if err := inventory.Post(tx, moves...); err != nil {
			return err
		}
		tx.Put(claimParcel, p.ID, ParcelClaimed, c.ID, actor, tx.Micros())
		b.tell(tx, c, "aftersales.claimed.v1", actor, map[string]any{"parcel": p.Name(), "waybill": p.Waybill})
		if len(pieces) == 0 {
			return nil
		}
		_, err = b.take(tx, c, delivery{node: p.NodeID, parcel: p.ID, actor: actor, photos: p.Photos, note: p.Note}, pieces)
		return err
	})
}

// Owner is a case that a parcel may belong to, and what speaks for it.
type Owner struct {
	CaseID  int64
	OrderID int64
	Score   int64
	Waybill bool
	Phone   bool
	SKUs    int64 // pieces in the parcel that the case awaits, or that were in it
	Over    bool  // the case is over: what came belongs to a new one of its order
}

// ownersShown is how many are told.
const ownersShown = 5

// awaited bounds the cases of a state that are compared: the oldest that await goods, and the newest that are over.
const awaited = 500

var selOver = db.NewSQL(`SELECT ` + caseColumns + ` FROM aftersales_case WHERE status = $1 ORDER BY id DESC LIMIT $2`)

// owners compares a parcel with the cases that await goods, and with those that are over: a customer who has sent
// something back before sends again, or more than he said.
func owners(tx *db.Tx, p *Parcel) ([]Owner, error) {
	var cases []*Case
	for _, status := range []string{Approved, Requested, Inspected} {
		list, err := db.All(tx.Query(selCasesIn, status, 0, awaited), scanCase)
		if err != nil {
			return nil, err
		}
		cases = append(cases, slices.DeleteFunc(list, func(c *Case) bool { return !c.Goods() })...)
	}
	for _, status := range []string{Closed, Expired, Rejected, Cancelled} {
		list, err := db.All(tx.Query(selOver, status, awaited), scanCase)
		if err != nil {
			return nil, err
		}
		cases = append(cases, list...)
	}
	if err := fill(tx, cases); err != nil {
		return nil, err
	}
	var ids []int64
	for _, c := range cases {
		ids = append(ids, c.OrderID)
	}
	orders, err := order.ByIDs(tx, ids)
	if err != nil {
		return nil, err
	}
	var out []Owner
	for _, c := range cases {
		if o := match(p, c, orders[c.OrderID]); o.Score > 0 {
			out = append(out, o)
		}
	}
	return best(out), nil
}

// match says what speaks for a case: the waybill nearly decides, the phone weighs more than the goods. For one that is over
// the goods alone say nothing, half of what speaks counts, and every piece that was in it may come.
func match(p *Parcel, c *Case, o *order.Order) Owner {
	out := Owner{CaseID: c.ID, OrderID: c.OrderID, Over: !c.Live()}
	out.Waybill = p.Waybill != "" && strings.EqualFold(p.Waybill, c.Waybill)
	out.Phone = o != nil && len(p.PhoneTail) >= 4 && strings.HasSuffix(digits(o.Recipient.Phone), p.PhoneTail)
	for _, u := range p.Units {
		rest := u.Quantity
		for _, l := range c.Lines {
			most := l.Quantity - l.Received
			if out.Over {
				most = max(l.Quantity, l.Received)
			}
			if q := min(rest, most); l.SKUID == u.SKUID && q > 0 {
				rest -= q
				out.SKUs += q
			}
		}
	}
	if out.Waybill {
		out.Score += 100
	}
	if out.Phone {
		out.Score += 40
	}
	out.Score += min(out.SKUs, 3) * 10
	switch {
	case out.Over && !out.Waybill && !out.Phone:
		out.Score = 0
	case out.Over:
		out.Score /= 2
	}
	return out
}

func digits(phone string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, phone)
}

// best orders by score, then by age, and keeps the first.
func best(list []Owner) []Owner {
	slices.SortStableFunc(list, func(x, y Owner) int { return cmp.Or(cmp.Compare(y.Score, x.Score), cmp.Compare(x.CaseID, y.CaseID)) })
	return list[:min(len(list), ownersShown)]
}
