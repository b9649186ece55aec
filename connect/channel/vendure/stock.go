package vendure

import (
	"context"
	"fmt"
	"slices"

	"github.com/packhorse/packhorse/intake"
)

// The shop sells stockOnHand − stockAllocated, over all its locations, less a threshold that is its owner's own buffer.
// Allocated is what it sold and did not hand to a parcel yet. So that it may sell q from now on, the stock on hand that
// we say is q and all that is allocated, less what lies at other locations. Of what is allocated, orders that we have not
// heard of yet are not in q: they are taken off.
//
// Somebody may buy, or a parcel leave, between our reading and our writing; the answer to the write tells, and then we
// write again.

const writeTries = 3

type (
	variant struct {
		ID     string       `json:"id"`
		SKU    string       `json:"sku"`
		Levels []stockLevel `json:"stockLevels"`
	}
	stockLevel struct {
		Location  string `json:"stockLocationId"`
		OnHand    int64  `json:"stockOnHand"`
		Allocated int64  `json:"stockAllocated"`
	}
)

const (
	variantFields = `id sku stockLevels { stockLocationId stockOnHand stockAllocated }`
	variantsQuery = `query($o: ProductVariantListOptions) { productVariants(options: $o) { items { ` + variantFields + ` } } stockLocations(options: {take: 1, sort: {id: ASC}}) { items { id } } }`
	stockQuery    = `mutation($i: [UpdateProductVariantInput!]!) { updateProductVariants(input: $i) { ` + variantFields + ` } }`
)

// TakeStock sets what may be sold; see intake.StockTaker. Levels are absolute, so saying them again does no harm.
func (s *Shop) TakeStock(ctx context.Context, levels []intake.StockLevel) ([]error, error) {
	answers := make([]error, 0, len(levels))
	for part := range slices.Chunk(levels, pageSize) {
		some, err := s.takeStock(ctx, part)
		if err != nil {
			return nil, err
		}
		answers = append(answers, some...)
	}
	return answers, nil
}

func (s *Shop) takeStock(ctx context.Context, levels []intake.StockLevel) ([]error, error) {
	unheard, err := s.unheard(ctx)
	if err != nil {
		return nil, err
	}
	want := make(map[string]int64, len(levels))
	codes := make([]string, len(levels))
	for i, l := range levels {
		want[l.SKU], codes[i] = max(0, l.Quantity-unheard[l.SKU]), l.SKU
	}
	variants, location, err := s.variants(ctx, codes)
	if err != nil {
		return nil, err
	}
	known := make(map[string]bool, len(variants))
	for _, v := range variants {
		known[v.SKU] = true
	}
	if err := s.setStock(ctx, variants, location, want); err != nil {
		return nil, err
	}
	answers := make([]error, len(levels))
	for i, l := range levels {
		if !known[l.SKU] {
			answers[i] = intake.ErrUnknownSKU
		}
	}
	return answers, nil
}

// variants reads what the shop has of these SKUs, and the location whose stock we say. Two products may bear one SKU: then
// each is told the whole.
func (s *Shop) variants(ctx context.Context, skus []string) ([]variant, string, error) {
	var out struct {
		Variants struct {
			Items []variant `json:"items"`
		} `json:"productVariants"`
		Locations struct {
			Items []outcome `json:"items"`
		} `json:"stockLocations"`
	}
	options := map[string]any{"filter": map[string]any{"sku": map[string]any{"in": skus}}}
	if err := s.call(ctx, reads, variantsQuery, map[string]any{"o": options}, &out); err != nil {
		return nil, "", err
	}
	location := s.options.StockLocation
	if location == "" && len(out.Locations.Items) > 0 {
		location = out.Locations.Items[0].ID
	}
	if location == "" {
		return nil, "", fmt.Errorf("%w (it has no stock location)", intake.ErrRefused)
	}
	return out.Variants.Items, location, nil
}

func (s *Shop) setStock(ctx context.Context, variants []variant, location string, want map[string]int64) error {
	for range writeTries {
		var input []map[string]any
		for _, v := range variants {
			if say := v.onHandFor(want[v.SKU], location); say != v.onHand(location) || !v.at(location) {
				input = append(input, map[string]any{"id": v.ID, "stockLevels": []map[string]any{{"stockLocationId": location, "stockOnHand": say}}})
			}
		}
		if len(input) == 0 {
			return nil
		}
		var out struct {
			Variants []variant `json:"updateProductVariants"`
		}
		if err := s.call(ctx, writes, stockQuery, map[string]any{"i": input}, &out); err != nil {
			return err
		}
		variants = out.Variants
	}
	return nil // somebody buys faster than we write: the next push says it again
}

// onHandFor is the stock on hand to say so that q may be sold.
func (v variant) onHandFor(q int64, location string) int64 {
	for _, l := range v.Levels {
		q += l.Allocated
		if l.Location != location {
			q -= l.OnHand
		}
	}
	return max(q, 0)
}

func (v variant) onHand(location string) int64 {
	for _, l := range v.Levels {
		if l.Location == location {
			return l.OnHand
		}
	}
	return 0
}

func (v variant) at(location string) bool {
	return slices.ContainsFunc(v.Levels, func(l stockLevel) bool { return l.Location == location })
}
