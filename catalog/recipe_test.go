package catalog

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func TestWhateverRecipesAreAcceptedCanBeTakenApart(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		id, day := rapid.Int64Range(1, 7), rapid.Int64Range(0, 4)
		var list []recipe
		for row := range rapid.IntRange(1, 14).Draw(t, "rows") {
			from, to := day.Draw(t, "from"), day.Draw(t, "to")
			if to <= from {
				to = 0
			}
			list = append(list, recipe{row, span{id.Draw(t, "bundle"), id.Draw(t, "component"), from}, terms{rapid.Int64Range(1, 3).Draw(t, "quantity"), to}})
		}
		book := newCookbook()
		v := book.judge(list)
		if len(v.changes)+v.unchanged+len(v.refused) != len(list) {
			t.Fatalf("%d rows in, %+v out", len(list), v)
		}
		if second := book.judge(list); len(second.changes) != 0 {
			t.Fatalf("a second import of the same file changed %+v", second.changes)
		}
		for now := range int64(5) {
			recipes := map[int64][]Component{}
			for _, c := range v.changes {
				if c.from <= now && begins(now, c.to) {
					recipes[c.bundle] = append(recipes[c.bundle], Component{c.component, c.quantity})
				}
			}
			for bundle, parts := range recipes {
				slices.SortFunc(parts, func(a, b Component) int { return int(a.SKU - b.SKU) })
				if twice := slices.CompactFunc(slices.Clone(parts), func(a, b Component) bool { return a.SKU == b.SKU }); len(twice) != len(parts) {
					t.Fatalf("at %d bundle %d counts a component twice: %+v", now, bundle, parts)
				}
				for _, c := range expand(recipes, bundle) {
					if c.SKU == bundle || recipes[c.SKU] != nil || c.Quantity < 1 {
						t.Fatalf("at %d bundle %d leaves %+v whole", now, bundle, c)
					}
				}
			}
		}
	})
}
