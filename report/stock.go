package report

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"github.com/packhorse/packhorse/catalog"
	"github.com/packhorse/packhorse/intake"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/id"
	"github.com/packhorse/packhorse/inventory"
	"github.com/packhorse/packhorse/order"
)

const (
	// gather is how long changes are gathered before a shop is told of them, in business time.
	gather = 5 * time.Second
	// fullEvery is how often a shop is told of every SKU, whether it changed or not.
	fullEvery = 24 * time.Hour
	// stockKey is the key of the one message about the stock of a shop.
	stockKey = "stock"
	// markPage is how many SKUs are marked in one transaction.
	markPage = 500
)

// promiseKinds are the events after which an order holds other promises than before, or will take something else.
var promiseKinds = []string{"order.received.v1", "order.line_cancelled.v1", "review.rejected.v1", "allocation.allocated.v1", "allocation.moved.v1", "allocation.taken_back.v1", "order.cancelled.v1", "order.amended.v1", "fulfilment.rejected.v1", "pick.short.v1"}

var (
	// The mark is the id of what caused it, so that one that comes while a shop is told stays.
	markSKU = db.Upsert("report_stock", "channel_id bigint, sku_id bigint, dirty_at bigint, told bigint, told_at bigint, code text", 2, "dirty_at = excluded.dirty_at")
	toldSKU = db.Change("report_stock", "channel bigint, sku bigint, mark bigint, told bigint, at bigint, code text", 2,
		"told = x.told, told_at = x.at, code = x.code, dirty_at = CASE WHEN t.dirty_at = x.mark THEN 0 ELSE t.dirty_at END", "t.channel_id = x.channel AND t.sku_id = x.sku")
	anyMarked = db.NewSQL(`SELECT sku_id FROM report_stock WHERE channel_id = $1 AND dirty_at > 0 LIMIT 1`)
	selMarked = db.NewSQL(`SELECT sku_id, dirty_at FROM report_stock WHERE channel_id = $1 AND dirty_at > 0 ORDER BY sku_id LIMIT $2`)

	selFull = db.NewSQL(`SELECT at FROM report_stock_full WHERE channel_id = $1`)
	putFull = db.Upsert("report_stock_full", "channel_id bigint, at bigint", 1, "at = excluded.at")
)

// stock marks the SKUs of which another number may be sold after some events.
func (p *page) stock(facts []db.Fact) error {
	skus, all, err := p.changed(facts)
	if err != nil {
		return err
	}
	bundles, err := catalog.Within(p.Tx, skus)
	if err != nil {
		return err
	}
	skus = id.Distinct(append(skus, bundles...))
	mark := facts[len(facts)-1].ID
	for _, a := range p.accounts {
		if !a.stock {
			continue
		}
		if all {
			p.Put(putFull, a.ID, 0)
		}
		for _, sku := range skus {
			p.Put(markSKU, a.ID, sku, mark, -1, 0, "")
		}
	}
	return nil
}

// changed lists the SKUs that events are about; all says that it can be any of them.
func (p *page) changed(facts []db.Fact) (skus []int64, all bool, err error) {
	var orders []int64
	for _, f := range facts {
		switch {
		case f.Kind == "stock.imported.v1", f.Kind == inventory.BufferSaved && f.Subject == 0:
			all = true
		case f.Kind == "stock.reserved.v1" || f.Kind == "stock.counted.v1":
			var said struct {
				SKU int64 `json:"sku"`
			}
			if json.Unmarshal([]byte(f.Params), &said) == nil && said.SKU != 0 {
				skus = append(skus, said.SKU)
			}
		case strings.HasPrefix(f.Kind, "stock.") && f.Subject != 0:
			skus = append(skus, f.Subject)
		case slices.Contains(promiseKinds, f.Kind) && f.Order != 0:
			orders = append(orders, f.Order)
		}
	}
	if len(orders) == 0 {
		return id.Distinct(skus), all, nil
	}
	more, err := p.wanted(id.Distinct(orders))
	return id.Distinct(append(skus, more...)), all, err
}

// wanted lists the SKUs that orders want: as they were ordered, taken apart, and as they are served.
func (p *page) wanted(orders []int64) (skus []int64, err error) {
	found, err := order.ByIDs(p.Tx, orders)
	if err != nil {
		return nil, err
	}
	for _, o := range found {
		for _, l := range o.Lines {
			skus = append(skus, l.SKUID)
		}
	}
	recipes, err := catalog.Bundles(p.Tx, id.Distinct(skus), p.Now())
	if err != nil {
		return nil, err
	}
	for _, parts := range recipes {
		for _, c := range parts {
			skus = append(skus, c.SKU)
		}
	}
	fulfilments, err := order.FulfilmentsOf(p.Tx, orders)
	for _, list := range fulfilments {
		for _, f := range list {
			for _, l := range f.Lines {
				skus = append(skus, l.SKUID)
			}
		}
	}
	return slices.DeleteFunc(skus, func(sku int64) bool { return sku == 0 }), err // a line of an SKU that nobody knows yet has none
}

// Stock queues what shops are to be told of their stock: of the SKUs that changed, and of all of them once a day and when
// an account is new. It returns how many shops are to be told.
func (s *Service) Stock(ctx context.Context) (int, error) {
	list, err := s.channels.List(ctx)
	if err != nil {
		return 0, err
	}
	queued := 0
	for _, a := range list {
		if _, _, stock := s.powers(a); !stock || !a.Enabled {
			continue
		}
		if err := s.markAll(ctx, a); err != nil {
			return queued, err
		}
		n, err := s.queueStock(ctx, a)
		queued += n
		if err != nil {
			return queued, err
		}
	}
	return queued, nil
}

// markAll marks every SKU when the day of the last time is over.
func (s *Service) markAll(ctx context.Context, a *intake.Account) error {
	var last int64
	if err := s.db.View(ctx, func(tx *db.Tx) error { _, err := tx.Query(selFull, a.ID).One(&last); return err }); err != nil {
		return err
	}
	now := s.db.Clock().Now()
	if last > now.Add(-fullEvery).UnixMicro() {
		return nil
	}
	for after := (catalog.Place{}); ; {
		page, next, err := s.goods.List(ctx, catalog.Filter{}, after, markPage)
		if err != nil {
			return err
		}
		err = s.db.Update(ctx, func(tx *db.Tx) error {
			mark := tx.NewID()
			for _, e := range page {
				tx.Put(markSKU, a.ID, e.SKU.ID, mark, -1, 0, "")
			}
			return nil
		})
		if err != nil {
			return err
		}
		if after = next; after == (catalog.Place{}) {
			break
		}
	}
	return s.db.Update(ctx, func(tx *db.Tx) error { tx.Put(putFull, a.ID, now.UnixMicro()); return nil })
}

// queueStock asks for the shop to be told when something is marked and nobody is about to tell it.
func (s *Service) queueStock(ctx context.Context, a *intake.Account) (queued int, err error) {
	waits := false
	err = s.db.View(ctx, func(tx *db.Tx) error {
		var sku int64
		if waits, err = tx.Query(anyMarked, a.ID).One(&sku); err != nil || !waits {
			return err
		}
		had, err := byKeys(tx, a.ID, Stock, []string{stockKey})
		waits = had[stockKey] == nil || had[stockKey].State == Sent || had[stockKey].State == Failed
		return err
	})
	if err != nil || !waits {
		return 0, err
	}
	err = s.db.Update(ctx, func(tx *db.Tx) error {
		had, err := byKeys(tx, a.ID, Stock, []string{stockKey})
		if err != nil {
			return err
		}
		m := had[stockKey]
		switch {
		case m == nil:
			m = &Message{Channel: a.ID, Kind: Stock, Key: stockKey, payload: "{}"}
			m.add(tx)
		case m.State == Sent || m.State == Failed:
			m.Attempts, m.NextAt = 0, tx.Micros()
			if err := m.move(tx, Queued); err != nil {
				return err
			}
		default:
			return nil
		}
		ask(tx, m, tx.Now().Add(gather).UnixMicro())
		queued = 1
		return nil
	})
	if db.Duplicate(err) {
		return 0, nil // another process was faster
	}
	return queued, err
}
