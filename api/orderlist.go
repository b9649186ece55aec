package api

import (
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/id"
	"github.com/packhorse/packhorse/internal/money"
	"github.com/packhorse/packhorse/order"
)

func (c *call) listOrders() (OrderPage, error) {
	limit, err := c.limit()
	if err != nil {
		return OrderPage{}, err
	}
	f := order.Filter{Review: c.query("review"), Fulfilment: c.query("fulfilment"), Delivery: c.query("delivery"), Payment: c.query("payment"),
		Channel: c.query("channel"), Shop: c.query("shop"), Kind: c.query("kind"), OpenOnly: c.query("open") == "true"}
	if f.PlacedFrom, err = c.micros("placed_from"); err != nil {
		return OrderPage{}, err
	}
	if f.PlacedTo, err = c.micros("placed_to"); err != nil {
		return OrderPage{}, err
	}
	if sort := c.query("sort"); sort != "" {
		return c.mostUrgent(f, sort, limit)
	}
	return c.newest(f, limit)
}

func (c *call) newest(f order.Filter, limit int) (out OrderPage, err error) {
	after, err := c.idCursor(order.Prefix)
	if err != nil {
		return out, err
	}
	err = c.DB.View(c.ctx, func(tx *db.Tx) error {
		page, err := order.List(tx, f, after, limit)
		if err != nil {
			return err
		}
		if !page.Complete {
			out.NextCursor = c.showPlace(id.Show(order.Prefix, page.Next), page.Next)
		}
		out.Orders, err = c.summaries(tx, page.Orders)
		return err
	})
	return out, err
}

// mostUrgent lists a queue, or everything that waits where none is named.
func (c *call) mostUrgent(f order.Filter, sort string, limit int) (out OrderPage, err error) {
	f.OpenOnly = f.OpenOnly || f.Review == "" && f.Fulfilment == ""
	after, err := c.rankCursor()
	if err != nil {
		return out, err
	}
	err = c.DB.View(c.ctx, func(tx *db.Tx) error {
		page, err := order.Urgent(tx, f, sort, after, limit)
		if err != nil {
			return err
		}
		if !page.Complete {
			out.NextCursor = showRank(page.Next)
		}
		out.Orders, err = c.summaries(tx, page.Orders)
		return err
	})
	return out, err
}

// summaries shows those orders of a list that the caller may see.
func (c *call) summaries(tx *db.Tx, list []order.Summary) ([]OrderSummary, error) {
	list, err := insideOrders(c, tx, list, func(o order.Summary) int64 { return o.ID })
	if err != nil {
		return nil, err
	}
	q, err := order.ReadQueueing(tx)
	if err != nil {
		return nil, err
	}
	out := make([]OrderSummary, len(list))
	for i, o := range list {
		out[i] = summaryOf(o)
		if u := q.Fines.UrgencyOf(o.Channel, o.ShipBy, o.CollectBy, o.Priority, tx.Micros()); o.Waits() {
			out[i].Deadline, out[i].FineAtRisk, out[i].FineMissed = at(u.Deadline), money.Format(u.FineAtRisk, c.Currency), money.Format(u.Missed, c.Currency)
		}
	}
	return out, nil
}
