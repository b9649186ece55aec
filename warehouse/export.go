package warehouse

import (
	"context"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/load"
	"github.com/packhorse/packhorse/internal/money"
	"github.com/packhorse/packhorse/internal/sheet"
)

// ExportWarehouses writes the warehouse file that ImportWarehouses reads back without a change, oldest node
// first. The caller closes w.
func (s *Service) ExportWarehouses(ctx context.Context, w *sheet.Writer) error {
	var nodes []Node
	err := s.db.View(ctx, func(tx *db.Tx) (err error) { nodes, err = Nodes(tx); return err })
	if err != nil {
		return err
	}
	if err := w.Write(nodeHeader); err != nil {
		return err
	}
	for _, n := range nodes {
		if err := w.Write(s.cellsOf(n)); err != nil {
			return err
		}
	}
	return nil
}

func (s *Service) cellsOf(n Node) []string {
	lat, lng := sheet.Unscaled(n.Lat, 6), sheet.Unscaled(n.Lng, 6)
	if n.Lat == 0 && n.Lng == 0 {
		lat, lng = "", ""
	}
	open := "0"
	if n.Open {
		open = "1"
	}
	return []string{n.Code, n.Name, n.Timezone, n.Country, n.Province, n.City, n.District, n.Address, lat, lng,
		number(n.CapacityOrdersDay), money.Format(n.HandlingCost, s.currency), FormatCutoffs(n.Cutoffs), number(n.Priority), open}
}

// ExportLocations writes the location file that ImportLocations reads back without a change, node by node and by
// code. The caller closes w.
func (s *Service) ExportLocations(ctx context.Context, w *sheet.Writer) error {
	if err := w.Write(locationHeader); err != nil {
		return err
	}
	return s.db.View(ctx, func(tx *db.Tx) error {
		nodes, err := Nodes(tx)
		if err != nil {
			return err
		}
		for _, n := range nodes {
			if err := exportLocations(tx, w, n); err != nil {
				return err
			}
		}
		return nil
	})
}

func exportLocations(tx *db.Tx, w *sheet.Writer, n Node) error {
	for after := ""; ; {
		page, err := LocationsOf(tx, n.ID, after, load.Chunk)
		if err != nil {
			return err
		}
		for _, l := range page {
			err := w.Write([]string{n.Code, l.Zone, l.Code, string(l.Kind), number(l.Aisle), number(l.Bay), number(l.Level),
				sheet.Unscaled(l.XMM, 3), sheet.Unscaled(l.YMM, 3), number(l.PickSeq)})
			if err != nil {
				return err
			}
			after = l.Code
		}
		if len(page) < load.Chunk {
			return nil
		}
	}
}
