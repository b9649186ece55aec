package api

import (
	"cmp"
	"slices"

	"github.com/packhorse/packhorse/access"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/id"
	"github.com/packhorse/packhorse/inventory"
)

// CountAsked says what is to be counted.
type CountAsked struct {
	Node     string `json:"node" doc:"code of the warehouse"`
	Location string `json:"location,omitempty" doc:"what the book says stands there"`
	SKU      string `json:"sku,omitempty" doc:"wherever it stands, or at the location"`
	Owner    string `json:"owner,omitempty" doc:"whose goods, where several owners use the code of the SKU"`
}

// CountsOpened are the counts that were opened.
type CountsOpened struct {
	Counts []Count `json:"counts"`
}

func (s *Server) counting() {
	command(s, route{path: "/v1/counts", tag: "stock", id: "order-counts", scope: access.StockWrite, summary: "Have a place or a SKU counted",
		about: "A count for every place, SKU and lot by the book, but for those that wait already. Problems: count.what, count.nothing, inventory.unknown_node, inventory.unknown_location, inventory.unknown_sku, catalog.sku_ambiguous."},
		(*call).orderCounts)
	command(s, route{path: "/v1/counts/{id}/cancel", tag: "stock", id: "cancel-count", scope: access.StockWrite, summary: "Call a count off; the book stays as it is",
		about: "Problems: count.not_found, count.closed."}, on(inventory.CountPrefix, func(c *call, key int64, _ Empty) (Count, error) {
		k, err := c.Inventory.CancelCount(c.ctx, c.once, key, c.actor())
		if err != nil {
			return Count{}, err
		}
		list, err := c.shownCounts([]inventory.Count{k})
		return list[0], err
	}))
	query(s, route{path: "/v1/counts/done", tag: "stock", id: "list-counts-done", scope: access.StockRead, summary: "Counts that are over, newest first",
		about: "Problems: http.limit, http.cursor.", params: append(paging(), text("node", "code of the warehouse"))}, (*call).listCountsDone)
}

func (c *call) orderCounts(in CountAsked) (CountsOpened, error) {
	owner := in.Owner
	if in.SKU != "" {
		var err error
		if owner, err = c.mayStock(in.SKU, owner, in.Node); err != nil {
			return CountsOpened{}, err
		}
	} else if !slices.ContainsFunc(c.area, func(r access.Reach) bool { return len(r.Owners) == 0 }) && !c.area.Whole() {
		return CountsOpened{}, fault.Invalidf("sku", "count.what", "say which SKU is to be counted")
	}
	list, err := c.Inventory.OrderCounts(c.ctx, c.once, inventory.CountOrder{Node: in.Node, Location: in.Location, SKU: in.SKU, Owner: owner, Actor: c.actor()})
	if err != nil {
		return CountsOpened{}, err
	}
	shown, err := c.shownCounts(list)
	return CountsOpened{Counts: shown}, err
}

func (c *call) shownCounts(list []inventory.Count) (out []Count, err error) {
	out = make([]Count, len(list))
	err = c.DB.View(c.ctx, func(tx *db.Tx) error {
		n, err := c.names(tx)
		if err == nil {
			out, err = n.counts(tx, list)
		}
		return err
	})
	return out, err
}

func (c *call) listCountsDone() (CountPage, error) {
	page := CountPage{Counts: []Count{}}
	limit, err := c.limit()
	if err != nil {
		return page, err
	}
	before, err := c.idCursor(inventory.CountPrefix)
	if err != nil {
		return page, err
	}
	err = c.DB.View(c.ctx, func(tx *db.Tx) error {
		n, err := c.names(tx)
		if err != nil {
			return err
		}
		last, err := inventory.CountByID(tx, before)
		if err != nil {
			return err
		}
		var list []inventory.Count
		for _, node := range n.nodesNamed(c.query("node")) {
			part, err := inventory.DoneCounts(tx, node, last.ClosedAt, last.ID, limit)
			if err != nil {
				return err
			}
			list = append(list, part...)
		}
		slices.SortFunc(list, func(a, b inventory.Count) int {
			return cmp.Or(cmp.Compare(b.ClosedAt, a.ClosedAt), cmp.Compare(b.ID, a.ID))
		})
		if list = list[:min(limit, len(list))]; len(list) == limit {
			page.NextCursor = c.showPlace(id.Show(inventory.CountPrefix, list[limit-1].ID), list[limit-1].ID)
		}
		if list, err = c.insideCounts(tx, n, list); err != nil {
			return err
		}
		page.Counts, err = n.counts(tx, list)
		return err
	})
	return page, err
}
