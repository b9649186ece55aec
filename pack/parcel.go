package pack

import (
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/id"
	"github.com/packhorse/packhorse/order"
)

// Prefix is that of a parcel's id as people see it.
const Prefix = "prc"

// States of a parcel.
const (
	Packed   = "packed"   // closed and weighed
	Unpacked = "unpacked" // opened again; kept as evidence
)

// Parcel is one closed carton.
type Parcel struct {
	ID           int64
	OrderID      int64
	FulfilmentID int64
	NodeID       int64
	No           int64 // 1, 2, … in the fulfilment
	Status       string
	Carton       string // a code, or Own
	ExpectedG    int64  // tare and contents by the catalogue; 0 = unknown
	WeightG      int64  // from the scale, or as expected; 0 = unknown
	MM           [3]int64
	Packer       string
	PackedAt     int64
	InsideID     int64 // the parcel of another order that it lies in, without carton and weight of its own; 0 = it is a carton
}

// ParcelLine is what is in a parcel.
type ParcelLine struct {
	ParcelID int64
	Content
}

var (
	insParcel = db.Insert("pack_parcel", "id bigint, order_id bigint, fulfilment_id bigint, node_id bigint, no bigint, status text, carton text, expected_g bigint, weight_g bigint, "+
		"length_mm bigint, width_mm bigint, height_mm bigint, packer text, packed_at bigint, inside_id bigint")
	insParcelLine = db.Insert("pack_parcel_line", "parcel_id bigint, fulfilment_seq bigint, sku_id bigint, lot text, quantity bigint")
	setParcel     = db.Change("pack_parcel", "id bigint, was text, status text", 1, "status = x.status", "t.id = x.id AND t.status = x.was")

	parcelColumns = `id, order_id, fulfilment_id, node_id, no, status, carton, expected_g, weight_g, length_mm, width_mm, height_mm, packer, packed_at, inside_id`
	selParcels    = db.NewSQL(`SELECT ` + parcelColumns + ` FROM pack_parcel WHERE fulfilment_id = ANY($1) ORDER BY fulfilment_id, id`)
	selParcelByID = db.NewSQL(`SELECT ` + parcelColumns + ` FROM pack_parcel WHERE id = ANY($1) ORDER BY id`)
	selLines      = db.NewSQL(`SELECT parcel_id, fulfilment_seq, sku_id, lot, quantity FROM pack_parcel_line WHERE parcel_id = ANY($1) ORDER BY parcel_id, fulfilment_seq, lot`)
)

func scanParcel(r *db.Rows) (p Parcel) {
	r.Scan(&p.ID, &p.OrderID, &p.FulfilmentID, &p.NodeID, &p.No, &p.Status, &p.Carton, &p.ExpectedG, &p.WeightG,
		&p.MM[0], &p.MM[1], &p.MM[2], &p.Packer, &p.PackedAt, &p.InsideID)
	return p
}

// ParcelsOf reads the parcels of some fulfilments, unpacked ones too, by fulfilment in the order in which they were closed.
func ParcelsOf(tx *db.Tx, fulfilments []int64) (map[int64][]Parcel, error) {
	list, err := db.All(tx.Query(selParcels, fulfilments), scanParcel)
	out := make(map[int64][]Parcel, len(fulfilments))
	for _, p := range list {
		out[p.FulfilmentID] = append(out[p.FulfilmentID], p)
	}
	return out, err
}

// AskParcels asks ahead for what ParcelsOf will read.
func AskParcels(tx *db.Tx, fulfilments []int64) { tx.Ahead(selParcels, fulfilments) }

// ParcelsByID reads parcels by id. An id without a parcel is missing from the map.
func ParcelsByID(tx *db.Tx, ids []int64) (map[int64]Parcel, error) {
	list, err := db.All(tx.Query(selParcelByID, ids), scanParcel)
	out := make(map[int64]Parcel, len(list))
	for _, p := range list {
		out[p.ID] = p
	}
	return out, err
}

// LinesOf reads the contents of parcels, by parcel, in order of line and lot.
func LinesOf(tx *db.Tx, parcels []int64) (map[int64][]ParcelLine, error) {
	out := make(map[int64][]ParcelLine, len(parcels))
	rows := tx.Query(selLines, parcels)
	for rows.Next() {
		var l ParcelLine
		rows.Scan(&l.ParcelID, &l.Seq, &l.SKU, &l.Lot, &l.Quantity)
		out[l.ParcelID] = append(out[l.ParcelID], l)
	}
	return out, rows.Close()
}

// closeParcel writes a parcel with its contents.
func closeParcel(tx *db.Tx, f *order.Fulfilment, no int, d Draft, weightG int64, packer string) Parcel {
	p := Parcel{ID: tx.NewID(), OrderID: f.OrderID, FulfilmentID: f.ID, NodeID: f.NodeID, No: int64(no), Status: Packed,
		Carton: d.Carton, ExpectedG: d.ExpectedG, WeightG: weightG, MM: d.MM, Packer: packer, PackedAt: tx.Micros(), InsideID: d.Inside}
	tx.Put(insParcel, p.ID, p.OrderID, p.FulfilmentID, p.NodeID, p.No, p.Status, p.Carton, p.ExpectedG, p.WeightG,
		p.MM[0], p.MM[1], p.MM[2], p.Packer, p.PackedAt, p.InsideID)
	for _, l := range d.Lines {
		tx.Put(insParcelLine, p.ID, l.Seq, l.SKU, l.Lot, l.Quantity)
	}
	return p
}

// Unpack opens the parcels of packed fulfilments again: the goods stand at the stage as picked. Whoever calls it
// has seen to it that no waybill lives on the parcels. A fulfilment that is not packed is a conflict.
func Unpack(tx *db.Tx, fulfilments []*order.Fulfilment, actor string) error {
	ids := make([]int64, len(fulfilments))
	for i, f := range fulfilments {
		ids[i] = f.ID
	}
	parcels, err := ParcelsOf(tx, ids)
	if err != nil {
		return err
	}
	for _, f := range fulfilments {
		if f.Status != order.Packed {
			return fault.New(fault.Conflict, "pack.not_packed", "the fulfilment %s is %s, not packed; there is nothing to open", id.Show(order.FulfilmentPrefix, f.ID), f.Status).
				With("status", f.Status)
		}
		if err := order.MoveFulfilment(tx, f, order.Picked); err != nil {
			return err
		}
		opened := 0
		for _, p := range parcels[f.ID] {
			if p.Status == Packed {
				tx.Put(setParcel, p.ID, Packed, Unpacked)
				opened++
			}
		}
		tx.Emit(db.Event{Kind: "pack.unpacked.v1", Order: f.OrderID, Subject: f.ID, Actor: actor, Params: map[string]any{"parcels": opened}})
	}
	return nil
}
