package main

import (
	"context"
	"encoding/json"
	"slices"

	"github.com/packhorse/packhorse/catalog"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/id"
	"github.com/packhorse/packhorse/order"
	"github.com/packhorse/packhorse/pack"
	"github.com/packhorse/packhorse/pick"
)

// floor adds the figures of the halls: how far was walked, and how full the cartons are.
func (f *figures) floor(ctx context.Context, w *world, b books) error {
	if err := f.walked(ctx, w, b); err != nil {
		return err
	}
	var ids []int64
	for _, x := range b.fulfilments {
		if key, err := id.Parse(order.FulfilmentPrefix, x.ID); err == nil && x.Status == "shipped" {
			ids = append(ids, key)
		}
	}
	var goods, boxes int64
	for part := range slices.Chunk(ids, 500) {
		err := w.app.DB.View(ctx, func(tx *db.Tx) error {
			g, b, err := volumes(tx, part)
			goods, boxes = goods+g, boxes+b
			return err
		})
		if err != nil {
			return err
		}
	}
	if boxes > 0 {
		f.Fill = float64(goods) / float64(boxes)
	}
	return nil
}

// walked sums the finished walks: as they were led, and as the order of the shelves would have led them.
func (f *figures) walked(ctx context.Context, w *world, b books) error {
	seen := map[string]bool{}
	for _, e := range b.events {
		var said struct {
			Task string `json:"task"`
		}
		if e.Kind != "wave.released.v1" || json.Unmarshal(e.Params, &said) != nil || seen[said.Task] {
			continue
		}
		seen[said.Task] = true
		key, err := id.Parse(pick.Prefix, said.Task)
		if err != nil {
			return err
		}
		t, err := w.app.Pick.Task(ctx, key)
		if err != nil {
			return err
		}
		if t.Status == pick.Done {
			f.Tasks++
			f.Metres += t.Metres
			f.PlainMetres += t.PlainMetres
		}
	}
	return nil
}

// volumes are those of the goods and of the cartons of some fulfilments, in mm³. Parcels whose goods or carton have no size
// are left out.
func volumes(tx *db.Tx, fulfilments []int64) (goods, boxes int64, err error) {
	parcels, err := pack.ParcelsOf(tx, fulfilments)
	if err != nil {
		return 0, 0, err
	}
	var ids, skus []int64
	for _, list := range parcels {
		for _, p := range list {
			ids = append(ids, p.ID)
		}
	}
	slices.Sort(ids)
	lines, err := pack.LinesOf(tx, ids)
	if err != nil {
		return 0, 0, err
	}
	for _, list := range lines {
		for _, l := range list {
			skus = append(skus, l.SKU)
		}
	}
	slices.Sort(skus)
	known, err := catalog.ByIDs(tx, slices.Compact(skus))
	if err != nil {
		return 0, 0, err
	}
	for _, list := range parcels {
		for _, p := range list {
			inside, whole := content(lines[p.ID], known)
			if box := p.MM[0] * p.MM[1] * p.MM[2]; p.Status == pack.Packed && p.Carton != pack.Own && whole && box > 0 {
				goods, boxes = goods+inside, boxes+box
			}
		}
	}
	return goods, boxes, nil
}

// content is the volume of what lies in a parcel; whole is false where a size is not known.
func content(lines []pack.ParcelLine, known map[int64]catalog.SKU) (volume int64, whole bool) {
	for _, l := range lines {
		k := known[l.SKU]
		one := k.LengthMM * k.WidthMM * k.HeightMM
		if one == 0 {
			return 0, false
		}
		volume += one * l.Quantity
	}
	return volume, true
}
