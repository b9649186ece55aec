package api

import (
	"context"
	"net/http"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
)

// Result is the outcome of one item of a bulk: what the single request would have answered.
type Result[T any] struct {
	Status  int      `json:"status" doc:"the HTTP status the item would have had alone"`
	Result  *T       `json:"result,omitempty"`
	Problem *Problem `json:"problem,omitempty"`
}

// Results are in the order of the items.
type Results[T any] struct {
	Results []Result[T] `json:"results"`
}

// Bulk holds the items of a bulk.
type Bulk[T any] struct {
	Items []T `json:"items" maxItems:"500"`
}

// Item names one thing.
type Item struct {
	ID string `json:"id"`
}

// bulkMost is how many items a bulk may hold.
const bulkMost = 500

func bulkSize(field string, n int) error {
	if n < 1 || n > bulkMost {
		return fault.Invalidf(field, "http.bulk_size", "%s must hold 1 to %d items, not %d", field, bulkMost, n).With("field", field).With("max", bulkMost).With("have", n)
	}
	return nil
}

// bulk runs many items, each with its own outcome, in their order. read makes the service's input of an item, all runs
// them under the caller's key, show makes the answer.
func bulk[Item, In, Out, Shown any](c *call, items []Item, read func(Item) (In, error),
	all func(context.Context, *db.Once, []In) ([]db.Result[Out], error), show func(Out) Shown) (Results[Shown], error) {
	shown := make([]Result[Shown], len(items))
	var ins []In
	var places []int
	for i, item := range items {
		in, err := read(item)
		if err != nil {
			shown[i] = failed[Shown](c, err)
			continue
		}
		ins, places = append(ins, in), append(places, i)
	}
	results, err := all(c.ctx, c.once, ins)
	if err != nil {
		return Results[Shown]{}, err
	}
	for j, r := range results {
		if r.Err != nil {
			shown[places[j]] = failed[Shown](c, r.Err)
			continue
		}
		out := show(r.Out)
		shown[places[j]] = Result[Shown]{Status: http.StatusOK, Result: &out}
	}
	return Results[Shown]{Results: shown}, nil
}

// bulkOf is bulk for items in a body.
func bulkOf[Item, In, Out, Shown any](c *call, in Bulk[Item], read func(Item) (In, error),
	all func(context.Context, *db.Once, []In) ([]db.Result[Out], error), show func(Out) Shown) (Results[Shown], error) {
	if err := bulkSize("items", len(in.Items)); err != nil {
		return Results[Shown]{}, err
	}
	return claimed(c, func() (Results[Shown], error) { return bulk(c, in.Items, read, all, show) })
}

func failed[Shown any](c *call, err error) Result[Shown] {
	err = c.server.explained(err)
	p := problem(err, c.lang())
	if p.Status == http.StatusInternalServerError || p.Status == http.StatusInsufficientStorage {
		c.log().ErrorContext(c.ctx, "item of a bulk failed", "path", c.req.URL.Path, "error", err)
	}
	return Result[Shown]{Status: p.Status, Problem: &p}
}
