package aftersales

import (
	"encoding/json"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/inventory"
)

// Unit is some pieces of one SKU and lot in hand.
type Unit struct {
	ID         int64
	CaseID     int64 // 0 while the owner is not known
	ParcelID   int64 // the parcel without an owner that it came in
	LineNo     int64 // of the order; 0 = it was never sold to this customer
	SKUID      int64
	Lot        string
	Quantity   int64
	ShipmentID int64 // in which it had left; 0 = in none that we know
	NodeID     int64
	LocationID int64 // where it stands; 0 once it is destroyed
	Grade      string
	Fate       string
	Note       string
	Photos     []string // references; the pictures are kept elsewhere
	ReceivedAt int64
	ReceivedBy string
	GradedAt   int64
	GradedBy   string

	stored string // fate in the database; empty before it is written
	dirty  bool
}

const unitSpec = "id bigint, case_id bigint, parcel_id bigint, line_no bigint, sku_id bigint, lot text, quantity bigint, shipment_id bigint, node_id bigint, location_id bigint, " +
	"grade text, fate text, note text, photos text, received_at bigint, received_by text, graded_at bigint, graded_by text"

const unitColumns = `id, case_id, parcel_id, line_no, sku_id, lot, quantity, shipment_id, node_id, location_id, grade, fate, note, photos,
  received_at, received_by, graded_at, graded_by`

var (
	insUnit = db.Insert("aftersales_unit", unitSpec)
	setUnit = db.Change("aftersales_unit", "id bigint, was text, quantity bigint, location bigint, grade text, fate text, note text, photos text, at bigint, by text", 1,
		"quantity = x.quantity, location_id = x.location, grade = x.grade, fate = x.fate, note = x.note, photos = x.photos, graded_at = x.at, graded_by = x.by",
		"t.id = x.id AND t.fate = x.was")
	dropUnit = db.Remove("aftersales_unit", "id bigint", "t.id = x.id AND t.case_id = 0")

	selUnits   = db.NewSQL(`SELECT ` + unitColumns + ` FROM aftersales_unit WHERE case_id = ANY($1) AND case_id <> 0 ORDER BY id`)
	selUnitsOf = db.NewSQL(`SELECT ` + unitColumns + ` FROM aftersales_unit WHERE parcel_id = ANY($1) AND parcel_id <> 0 AND case_id = 0 ORDER BY id`)
)

func scanUnit(r *db.Rows) *Unit {
	u := &Unit{}
	var photos string
	r.Scan(&u.ID, &u.CaseID, &u.ParcelID, &u.LineNo, &u.SKUID, &u.Lot, &u.Quantity, &u.ShipmentID, &u.NodeID, &u.LocationID, &u.Grade, &u.Fate, &u.Note, &photos,
		&u.ReceivedAt, &u.ReceivedBy, &u.GradedAt, &u.GradedBy)
	_ = json.Unmarshal([]byte(photos), &u.Photos) // written by listed
	u.stored = u.Fate
	return u
}

// listed writes references as they are stored.
func listed(photos []string) string {
	if len(photos) == 0 {
		return "[]"
	}
	raw, err := json.Marshal(photos)
	if err != nil {
		panic(err) // strings always marshal
	}
	return string(raw)
}

// write sends what is new or has changed of a unit.
func (u *Unit) write(tx *db.Tx) {
	switch {
	case u.stored == "":
		tx.Put(insUnit, u.ID, u.CaseID, u.ParcelID, u.LineNo, u.SKUID, u.Lot, u.Quantity, u.ShipmentID, u.NodeID, u.LocationID, u.Grade, u.Fate, u.Note, listed(u.Photos),
			u.ReceivedAt, u.ReceivedBy, u.GradedAt, u.GradedBy)
	case u.dirty:
		tx.Put(setUnit, u.ID, u.stored, u.Quantity, u.LocationID, u.Grade, u.Fate, u.Note, listed(u.Photos), u.GradedAt, u.GradedBy)
	}
	u.stored, u.dirty = u.Fate, false
}

// place is where a unit stands while its fate is open.
func (u *Unit) place() inventory.Place {
	return inventory.Place{Node: u.NodeID, Location: u.LocationID, Quality: inventory.Quarantine}
}

// split takes some pieces off as a unit of their own.
func (u *Unit) split(tx *db.Tx, quantity int64) *Unit {
	p := *u
	p.ID, p.Quantity, p.stored = tx.NewID(), quantity, ""
	u.Quantity, u.dirty = u.Quantity-quantity, true
	return &p
}
