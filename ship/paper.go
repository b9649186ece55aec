package ship

import (
	"context"
	"math"
	"strconv"
	"time"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/id"
	"github.com/packhorse/packhorse/internal/sheet"
)

// PaperPrefix is that of a paper's id as people see it.
const PaperPrefix = "man"

// Paper is the list a carrier signs for (交接单): what it was given in one hand-over, or on one day without a scan at the dock.
type Paper struct {
	ID       int64
	NodeID   int64
	Carrier  string
	Parcels  int64
	WeightG  int64 // of those that were weighed
	HandedAt int64 // UTC microseconds; of a day's paper when its first parcel left
	HandedBy string
	Day      string // 2026-03-02, in the node's time zone, of a day's paper; empty for that of one hand-over
}

// PaperLine is one parcel on a paper.
type PaperLine struct {
	ShipmentID int64
	Waybill    string
	Service    string
	WeightG    int64 // 0 = not weighed
}

// A day's paper grows, and is counted when it is read: many ship at once, and none must wait for another at its row.
const paperColumns = `id, node_id, carrier, day, handed_at, handed_by,
  CASE WHEN day = '' THEN parcels ELSE (SELECT count(*) FROM ship_manifest_line l WHERE l.manifest_id = ship_manifest.id) END,
  CASE WHEN day = '' THEN weight_g ELSE (SELECT CAST(COALESCE(sum(l.weight_g), 0) AS BIGINT) FROM ship_manifest_line l WHERE l.manifest_id = ship_manifest.id) END`

var (
	insPaper     = db.Insert("ship_manifest", "id bigint, node_id bigint, carrier text, parcels bigint, weight_g bigint, handed_at bigint, handed_by text, day text")
	insPaperLine = db.Insert("ship_manifest_line", "manifest_id bigint, shipment_id bigint, weight_g bigint")

	selPapers     = db.NewSQL(`SELECT ` + paperColumns + ` FROM ship_manifest WHERE id < $1 AND ($2 = 0 OR node_id = $2) AND ($3 = '' OR carrier = $3) ORDER BY id DESC LIMIT $4`)
	selPaper      = db.NewSQL(`SELECT ` + paperColumns + ` FROM ship_manifest WHERE id = $1`)
	selPaperLines = db.NewSQL(`SELECT l.shipment_id, s.waybill, s.service, l.weight_g FROM ship_manifest_line l JOIN ship_shipment s ON s.id = l.shipment_id
	  WHERE l.manifest_id = $1 ORDER BY s.waybill, l.shipment_id`)
)

func scanPaper(r *db.Rows) (p Paper) {
	r.Scan(&p.ID, &p.NodeID, &p.Carrier, &p.Day, &p.HandedAt, &p.HandedBy, &p.Parcels, &p.WeightG)
	return p
}

// papers writes one paper for each carrier and node of what was handed over; Handed is sorted by carrier.
func (m *manifest) papers(tx *db.Tx) {
	weights, nodes := map[int64]int64{}, map[int64]int64{}
	for _, list := range m.parcels {
		for _, p := range list {
			weights[p.ID], nodes[p.ID] = p.WeightG, p.NodeID
		}
	}
	at := map[van]int{}
	for _, sh := range m.out.Handed {
		v := van{carrier: sh.Carrier, node: nodes[sh.ParcelID]}
		i, had := at[v]
		if !had {
			i = len(m.out.Papers)
			at[v] = i
			m.out.Papers = append(m.out.Papers, Paper{ID: tx.NewID(), NodeID: v.node, Carrier: v.carrier, HandedAt: tx.Micros(), HandedBy: m.in.Actor})
		}
		p := &m.out.Papers[i]
		p.Parcels++
		p.WeightG += weights[sh.ParcelID]
		tx.Put(insPaperLine, p.ID, sh.ID, weights[sh.ParcelID])
	}
	for _, p := range m.out.Papers {
		tx.Put(insPaper, p.ID, p.NodeID, p.Carrier, p.Parcels, p.WeightG, p.HandedAt, p.HandedBy, "")
	}
}

// Papers lists papers, newest first, of one node (0 = all) and carrier (empty = all), behind an id (0 = from the newest).
func (s *Service) Papers(ctx context.Context, node int64, carrier string, before int64, limit int) (list []Paper, err error) {
	if before == 0 {
		before = math.MaxInt64
	}
	err = s.db.View(ctx, func(tx *db.Tx) error {
		list, err = db.All(tx.Query(selPapers, before, node, carrier, limit), scanPaper)
		return err
	})
	return list, err
}

// PaperOf reads one paper with its parcels, by waybill. Fault: ship.no_manifest.
func (s *Service) PaperOf(ctx context.Context, key int64) (p Paper, lines []PaperLine, err error) {
	err = s.db.View(ctx, func(tx *db.Tx) error {
		found, err := db.All(tx.Query(selPaper, key), scanPaper)
		if err != nil {
			return err
		}
		if len(found) == 0 {
			return fault.New(fault.NotFound, "ship.no_manifest", "there is no manifest %s", id.Show(PaperPrefix, key)).With("manifest", id.Show(PaperPrefix, key))
		}
		p = found[0]
		lines, err = db.All(tx.Query(selPaperLines, key), func(r *db.Rows) (l PaperLine) {
			r.Scan(&l.ShipmentID, &l.Waybill, &l.Service, &l.WeightG)
			return l
		})
		return err
	})
	return p, lines, err
}

// WritePaper writes a paper as a table, one row for each parcel and a last one with the sums to be signed for. Times are
// in zone.
func WritePaper(w *sheet.Writer, p Paper, lines []PaperLine, node string, zone *time.Location) error {
	if err := w.Write([]string{"manifest", "warehouse", "carrier", "handed_over_at", "no", "waybill", "service", "weight_g"}); err != nil {
		return err
	}
	when := time.UnixMicro(p.HandedAt).In(zone).Format(time.RFC3339)
	head := []string{id.Show(PaperPrefix, p.ID), node, p.Carrier, when}
	for i, l := range lines {
		if err := w.Write(append(head[:4:4], strconv.Itoa(i+1), l.Waybill, l.Service, strconv.FormatInt(l.WeightG, 10))); err != nil {
			return err
		}
	}
	return w.Write(append(head[:4:4], "total", strconv.FormatInt(p.Parcels, 10), "", strconv.FormatInt(p.WeightG, 10)))
}
