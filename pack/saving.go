package pack

import (
	"slices"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/id"
	"github.com/packhorse/packhorse/pack/carton"
)

// Saving is what some fulfilments were packed into, beside the plain rule (Smallest) for the same goods. Money is in minor
// units; freight is the typical one, by the larger of weight and volume.
type Saving struct {
	Fulfilments int64 // compared: those of at most 100 units whose goods all have a size, in cartons that have one
	Parcels     int64
	Packaging   int64
	Freight     int64

	PlainParcels   int64
	PlainPackaging int64
	PlainFreight   int64
}

// Cost is what the parcels cost, PlainCost what those of the plain rule would have.
func (s Saving) Cost() int64 { return s.Packaging + s.Freight }

// PlainCost is what the parcels of the plain rule would have cost.
func (s Saving) PlainCost() int64 { return s.PlainPackaging + s.PlainFreight }

// Add sums the savings of several nodes.
func (s *Saving) Add(o Saving) {
	s.Fulfilments += o.Fulfilments
	s.Parcels += o.Parcels
	s.Packaging += o.Packaging
	s.Freight += o.Freight
	s.PlainParcels += o.PlainParcels
	s.PlainPackaging += o.PlainPackaging
	s.PlainFreight += o.PlainFreight
}

// saving compares what stands on the bench with the plain rule. ok is false where a size is not known, or something fits no carton.
func (b *bench) saving(c contents, drafts []Draft) (s Saving, ok bool) {
	if c.units() > compared {
		return s, false
	}
	p, _ := b.problem(c)
	plain := b.choices.of(p).plain()
	if len(plain.Parcels) == 0 || len(plain.Unpackable)+len(plain.Unmeasured) > 0 {
		return s, false
	}
	s.Fulfilments, s.Parcels, s.PlainParcels = 1, int64(len(drafts)), int64(len(plain.Parcels))
	for _, k := range plain.Parcels {
		price := b.cartons[k.Carton].Cost
		s.PlainPackaging += price
		s.PlainFreight += k.Cost - price
	}
	for _, d := range drafts {
		if slices.Min(d.MM[:]) == 0 {
			return s, false
		}
		k := b.cartons[d.Carton]
		g, _ := c.weight(d.Lines, k.TareG)
		s.Packaging += k.Cost
		s.Freight += typicalFreight.Price(carton.Carton{Inner: [3]int{int(d.MM[0]), int(d.MM[1]), int(d.MM[2])}}, int(g))
	}
	return s, true
}

var (
	insSaving = db.Insert("pack_saving", "parcel_id bigint, node_id bigint, parcels bigint, packaging bigint, freight bigint, "+
		"plain_parcels bigint, plain_packaging bigint, plain_freight bigint")
	sumSavings = db.NewSQL(`SELECT s.node_id, count(*), CAST(sum(s.parcels) AS BIGINT), CAST(sum(s.packaging) AS BIGINT), CAST(sum(s.freight) AS BIGINT),
	  CAST(sum(s.plain_parcels) AS BIGINT), CAST(sum(s.plain_packaging) AS BIGINT), CAST(sum(s.plain_freight) AS BIGINT)
	  FROM pack_saving s JOIN pack_parcel p ON p.id = s.parcel_id WHERE s.parcel_id >= $1 AND s.parcel_id < $2 AND p.status = 'packed' GROUP BY s.node_id`)
)

func (s Saving) record(tx *db.Tx, first Parcel) {
	tx.Put(insSaving, first.ID, first.NodeID, s.Parcels, s.Packaging, s.Freight, s.PlainParcels, s.PlainPackaging, s.PlainFreight)
}

// SavingsOf sums, by node, what was packed from a moment until before another, both UTC microseconds, and was not opened
// again.
func SavingsOf(tx *db.Tx, from, until int64) (map[int64]Saving, error) {
	out := map[int64]Saving{}
	rows := tx.Query(sumSavings, id.Floor(from), id.Floor(until))
	for rows.Next() {
		var node int64
		var s Saving
		rows.Scan(&node, &s.Fulfilments, &s.Parcels, &s.Packaging, &s.Freight, &s.PlainParcels, &s.PlainPackaging, &s.PlainFreight)
		out[node] = s
	}
	return out, rows.Close()
}
