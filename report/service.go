package report

import (
	"context"
	"time"

	"github.com/packhorse/packhorse/catalog"
	"github.com/packhorse/packhorse/intake"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/id"
	"github.com/packhorse/packhorse/internal/job"
	"github.com/packhorse/packhorse/order"
)

// Settings are what a company may choose; the zero value is what most want.
type Settings struct {
	CollectWithin time.Duration // after it was reported, a parcel must be collected; 0 is a day
	// Origins gives, of those orders that send again what was lost, the order that a shop sold, by id; nil where there are none.
	Origins func(tx *db.Tx, orders map[int64]*order.Order) (map[int64]int64, error)
}

// Service tells the shops of one company.
type Service struct {
	db       *db.DB
	channels *intake.Channels
	goods    *catalog.Service
	within   time.Duration
	origins  func(*db.Tx, map[int64]*order.Order) (map[int64]int64, error)
}

// New makes the service. channels has the accounts and their connectors.
func New(d *db.DB, channels *intake.Channels, goods *catalog.Service, settings Settings) *Service {
	s := &Service{db: d, channels: channels, goods: goods, within: settings.CollectWithin, origins: settings.Origins}
	d.Follow("report", func(tx *db.Tx) ([]db.Cursor, error) {
		accounts, err := intake.Accounts(tx)
		if err != nil || len(accounts) == 0 {
			return nil, err
		}
		at, err := standing(tx, accounts)
		return []db.Cursor{at}, err
	})
	if s.within <= 0 {
		s.within = 24 * time.Hour
	}
	return s
}

// sendJob is the kind of the jobs that call shops; the payload is the id of a message.
const sendJob = "report.send"

// Handlers are the jobs that call shops, by kind.
func (s *Service) Handlers() map[string]job.Handler {
	return map[string]job.Handler{sendJob: s.runSend}
}

func ask(tx *db.Tx, m *Message, runAt int64) {
	job.Add(tx, job.Job{Kind: sendJob, Key: id.Show(Prefix, m.ID), Payload: m.ID, RunAt: runAt})
}

// Retry sends a message again that has failed, or that waits. Faults: report.not_found, report.sent.
func (s *Service) Retry(ctx context.Context, once *db.Once, actor string, key int64) (Message, error) {
	return db.Command(ctx, s.db, once, func(tx *db.Tx) (Message, error) {
		m, err := oneMessage(tx, key)
		switch {
		case err != nil:
			return Message{}, err
		case m == nil:
			return Message{}, missing(key)
		case m.State == Sent:
			return Message{}, fault.New(fault.Conflict, "report.sent", "the shop took this message already")
		}
		m.NextAt = tx.Micros()
		if m.State == Failed {
			if err := m.move(tx, Queued); err != nil { // its attempts stay: whoever sends it asks the shop first
				return Message{}, err
			}
			tx.Emit(db.Event{Kind: "report.retried.v1", Order: m.Order, Subject: m.ID, Actor: actor, Params: map[string]any{"kind": m.Kind}})
		}
		ask(tx, m, 0)
		return *m, nil
	})
}

// powers says what the shop behind an account can be told. An account whose connector cannot be made now is believed to
// have every power: its messages wait.
func (s *Service) powers(a *intake.Account) (shipment, answer, stock bool) {
	c, err := s.channels.Connector(a)
	if err != nil {
		return true, true, a.StockPush
	}
	_, shipment = c.(intake.ShipmentTaker)
	_, answer = c.(intake.CancelAnswerer)
	_, stock = c.(intake.StockTaker)
	return shipment, answer, stock && a.StockPush
}
