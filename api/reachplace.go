package api

import (
	"github.com/packhorse/packhorse/aftersales"
	"github.com/packhorse/packhorse/intake"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/inventory"
	"github.com/packhorse/packhorse/notify"
	"github.com/packhorse/packhorse/order"
	"github.com/packhorse/packhorse/pick"
	"github.com/packhorse/packhorse/printing"
	"github.com/packhorse/packhorse/report"
	"github.com/packhorse/packhorse/ship"
	"github.com/packhorse/packhorse/wave"
)

// reachesWork is about what was done for an order or one of its fulfilments.
func (c *call) reachesWork(tx *db.Tx, prefix string, key int64) (known, inside bool, err error) {
	ofOrder := map[string]func(*db.Tx, int64) (int64, error){aftersales.RefundPrefix: aftersales.OrderOfRefund, notify.Prefix: notify.OrderOf}
	ofFulfilment := map[string]func(*db.Tx, int64) (int64, error){order.StopPrefix: order.StopPlace, printing.Prefix: printing.JobPlace}
	if find := ofOrder[prefix]; find != nil {
		owner, err := find(tx, key)
		if err != nil {
			return true, false, err
		}
		inside, err = c.reachesOrder(tx, owner)
		return true, inside, err
	}
	if find := ofFulfilment[prefix]; find != nil {
		owner, err := find(tx, key)
		if err != nil {
			return true, false, err
		}
		inside, err = c.reachesFulfilment(tx, owner)
		return true, inside, err
	}
	return false, false, nil
}

// reachesPlace is about what belongs to a warehouse, or to a shop.
func (c *call) reachesPlace(tx *db.Tx, prefix string, key int64) (bool, error) {
	switch prefix {
	case pick.Prefix:
		d, err := c.Pick.Task(c.ctx, key)
		if err != nil {
			return false, missingIsOutside(err)
		}
		return c.reachesNode(tx, d.NodeID)
	case wave.Prefix:
		w, err := wave.ByID(tx, key)
		if err != nil {
			return false, missingIsOutside(err)
		}
		return c.reachesNode(tx, w.NodeID)
	case wave.TemplatePrefix:
		t, err := wave.TemplateByID(tx, key)
		if err != nil {
			return false, missingIsOutside(err)
		}
		return c.reachesNode(tx, t.NodeID)
	case ship.PaperPrefix:
		p, _, err := c.Ship.PaperOf(c.ctx, key)
		if err != nil {
			return false, missingIsOutside(err)
		}
		return c.reachesNode(tx, p.NodeID)
	case printing.PrinterPrefix:
		return c.reachesPrinter(tx, key)
	case inventory.CountPrefix:
		return c.reachesCount(tx, key)
	case intake.ChannelPrefix:
		return c.reachesChannel(tx, key)
	case report.Prefix:
		channel, err := report.ChannelOf(tx, key)
		if err != nil {
			return false, err
		}
		return c.reachesChannel(tx, channel)
	}
	return c.reachesReturned(tx, prefix, key)
}

func (c *call) reachesChannel(tx *db.Tx, key int64) (bool, error) {
	a, err := intake.AccountByID(tx, key)
	if err != nil {
		return false, missingIsOutside(err)
	}
	return c.area.Shop(a.Name, a.Shop), nil
}

func (c *call) reachesReturned(tx *db.Tx, prefix string, key int64) (bool, error) {
	switch prefix {
	case aftersales.ParcelPrefix:
		node, err := aftersales.ParcelNode(tx, key)
		if err != nil {
			return false, err
		}
		return c.reachesNode(tx, node)
	case aftersales.UnitPrefix:
		caseID, node, err := aftersales.UnitPlace(tx, key)
		if err != nil || caseID == 0 {
			return false, err
		}
		d, err := c.AfterSales.Case(c.ctx, caseID)
		if err != nil {
			return false, missingIsOutside(err)
		}
		if ok, err := c.reachesNode(tx, node); err != nil || !ok {
			return false, err
		}
		return c.reachesOrder(tx, d.OrderID)
	}
	return false, nil
}

// missingIsOutside makes "not found" no error: it and what is outside are told alike.
func missingIsOutside(err error) error {
	if f, ok := fault.As(err); ok && f.Kind == fault.NotFound {
		return nil
	}
	return err
}

func (c *call) reachesNode(tx *db.Tx, node int64) (bool, error) {
	n, err := c.names(tx)
	return err == nil && n.sees(node), err
}

func (c *call) reachesPrinter(tx *db.Tx, key int64) (bool, error) {
	list, err := printing.Devices(tx)
	for _, p := range list {
		if p.ID == key {
			return c.reachesNode(tx, p.NodeID)
		}
	}
	return false, err
}

// reachesCount looks among the counts that wait: a closed one needs nobody any more.
func (c *call) reachesCount(tx *db.Tx, key int64) (bool, error) {
	n, err := c.names(tx)
	if err != nil {
		return false, err
	}
	for _, x := range n.nodes {
		list, err := inventory.OpenCounts(tx, x.ID, key-1, 1)
		if err != nil {
			return false, err
		}
		if len(list) == 1 && list[0].ID == key {
			list, err = c.insideCounts(tx, n, list)
			return len(list) == 1, err
		}
	}
	return false, nil
}
