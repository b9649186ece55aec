package report

import (
	"context"
	"errors"
	"slices"

	"github.com/packhorse/packhorse/intake"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/id"
	"github.com/packhorse/packhorse/order"
)

// PageSize is how many events Follow reads at most.
const PageSize = 500

var (
	lockPlace  = db.NewSQL(`SELECT tx, fact FROM report_place WHERE one = 1 FOR UPDATE`)
	selPlace   = db.NewSQL(`SELECT tx, fact FROM report_place WHERE one = 1`)
	firstPlace = db.NewSQL(`INSERT INTO report_place (one, tx, fact) VALUES (1, $1, $2) ON CONFLICT (one) DO NOTHING`)
	movePlace  = db.Change("report_place", "one bigint, was_tx bigint, was_fact bigint, tx bigint, fact bigint", 1,
		"tx = x.tx, fact = x.fact", "t.one = x.one AND t.tx = x.was_tx AND t.fact = x.was_fact")
)

// Follow reads what happened since it was last called, and queues what shops are to be told of it. It returns how many
// events it read. The place in the log moves with the messages: each event is followed once, whoever dies.
func (s *Service) Follow(ctx context.Context) (int, error) {
	var accounts []*intake.Account
	var place db.Cursor
	var facts []db.Fact
	err := s.db.View(ctx, func(tx *db.Tx) (err error) {
		if accounts, err = intake.Accounts(tx); err != nil || len(accounts) == 0 {
			return err
		}
		if place, err = standing(tx, accounts); err != nil {
			return err
		}
		facts, err = tx.Events(place, PageSize)
		return err
	})
	if err != nil || len(facts) == 0 {
		return 0, err
	}
	err = s.db.Update(ctx, func(tx *db.Tx) error {
		if _, err := tx.Exec(firstPlace, place.Tx, place.ID); err != nil {
			return err
		}
		var now db.Cursor
		if _, err := tx.Query(lockPlace).One(&now.Tx, &now.ID); err != nil {
			return err
		}
		if now != place {
			return db.ErrGuard
		}
		if err := s.tell(tx, accounts, since(facts, accounts[0].CreatedAt)); err != nil {
			return err
		}
		to := facts[len(facts)-1].Cursor()
		tx.Put(movePlace, 1, place.Tx, place.ID, to.Tx, to.ID)
		return nil
	})
	if errors.Is(err, db.ErrGuard) {
		return 0, nil // another process follows as well, and was faster
	}
	return len(facts), err
}

// standing is where Follow reads.
func standing(tx *db.Tx, accounts []*intake.Account) (place db.Cursor, err error) {
	known, err := tx.Query(selPlace).One(&place.Tx, &place.ID)
	if err == nil && !known {
		place = beginning(tx, accounts)
	}
	return place, err
}

// beginning is where to begin: behind what happened before there were shops, where the order of ids says so.
func beginning(tx *db.Tx, accounts []*intake.Account) (c db.Cursor) {
	if !tx.Postgres() {
		c.ID = id.Floor(accounts[0].CreatedAt) - 1
	}
	return c
}

// since leaves out what happened before a moment: the log may be much older than the first shop.
func since(facts []db.Fact, at int64) []db.Fact {
	return slices.DeleteFunc(slices.Clone(facts), func(f db.Fact) bool { return f.At < at })
}

// page is what a stretch of the log means to shops.
type page struct {
	*db.Tx
	service  *Service
	accounts map[shop]*account
	orders   map[int64]*order.Order
}

// shop is what an order names its shop by.
type shop struct{ channel, shop string }

type account struct {
	*intake.Account
	shipment, answer, stock bool
}

// tell queues what shops are to be told of some events.
func (s *Service) tell(tx *db.Tx, accounts []*intake.Account, facts []db.Fact) error {
	if len(facts) == 0 {
		return nil
	}
	p := &page{Tx: tx, service: s, accounts: map[shop]*account{}}
	stock := false
	for _, a := range accounts {
		x := &account{Account: a}
		x.shipment, x.answer, x.stock = s.powers(a)
		p.accounts[shop{a.Name, a.Shop}] = x
		stock = stock || x.stock
	}
	if err := p.readOrders(facts); err != nil {
		return err
	}
	if err := p.shipments(facts); err != nil {
		return err
	}
	if err := p.sentAgain(facts); err != nil {
		return err
	}
	if err := p.answers(facts); err != nil {
		return err
	}
	if !stock {
		return nil
	}
	return p.stock(facts)
}

func (p *page) readOrders(facts []db.Fact) (err error) {
	var ids []int64
	for _, f := range facts {
		if f.Order != 0 && (slices.Contains(shipmentKinds, f.Kind) || slices.Contains(answerKinds, f.Kind)) {
			ids = append(ids, f.Order)
		}
	}
	p.orders = map[int64]*order.Order{}
	if len(ids) > 0 {
		p.orders, err = order.ByIDs(p.Tx, id.Distinct(ids))
	}
	return err
}

// of is the account of the shop that sold an order; nil when nobody is to be told, or the event is older than the account.
func (p *page) of(f db.Fact) (*account, *order.Order) {
	o := p.orders[f.Order]
	if o == nil {
		return nil, nil
	}
	a := p.accounts[shop{o.Channel, o.Shop}]
	if a == nil || f.At < a.CreatedAt {
		return nil, o
	}
	return a, o
}

// queue adds the messages to a shop that are not there yet, and the jobs that send them.
func (p *page) queue(a *account, kind string, list []*Message) error {
	if len(list) == 0 {
		return nil
	}
	keys := make([]string, len(list))
	for i, m := range list {
		keys[i] = m.Key
	}
	had, err := byKeys(p.Tx, a.ID, kind, keys)
	if err != nil {
		return err
	}
	for _, m := range list {
		if had[m.Key] != nil {
			continue
		}
		had[m.Key] = m
		m.Channel, m.Kind = a.ID, kind
		m.add(p.Tx)
		ask(p.Tx, m, 0)
	}
	return nil
}
