package catalog

import "github.com/packhorse/packhorse/internal/fault"

// change is a recipe line to be written.
type change struct {
	span
	terms
	fresh bool
}

type recipeVerdict struct {
	changes   []change
	unchanged int
	refused   []refusedRow
}

type refusedRow struct {
	row   int
	fault *fault.Fault
}

// judge decides about lines. One that cannot stand waits for the others, because a later row may end the line it
// overlaps with; when a round over those that wait lets none of them in, they are refused.
func (c *cookbook) judge(list []recipe) (v recipeVerdict) {
	settled := map[span]recipe{}
	for waiting := list; len(waiting) > 0; {
		var still []recipe
		var why []refusedRow
		for _, r := range waiting {
			if before, twice := settled[r.at]; twice {
				v.echo(r, before)
				continue
			}
			if f := c.settle(r, &v); f != nil {
				still, why = append(still, r), append(why, refusedRow{r.row, f})
				continue
			}
			settled[r.at] = r
		}
		if len(still) == len(waiting) {
			v.refused = append(v.refused, why...)
			return v
		}
		waiting = still
	}
	return v
}

func (c *cookbook) settle(r recipe, v *recipeVerdict) *fault.Fault {
	had, known := c.lines[r.at]
	if known && had == r.says {
		v.unchanged++
		return nil
	}
	if f := c.refuse(r.at, r.says); f != nil {
		return f
	}
	c.add(r.at, r.says)
	v.changes = append(v.changes, change{r.at, r.says, !known})
	return nil
}

func (v *recipeVerdict) echo(r, before recipe) {
	if r.says == before.says {
		v.unchanged++
		return
	}
	f := fault.Invalidf("component_sku", "catalog.duplicate_recipe", "row %d is about the same component from the same moment and says something else; keep one of them", before.row).
		With("first", before.row)
	v.refused = append(v.refused, refusedRow{r.row, f})
}
