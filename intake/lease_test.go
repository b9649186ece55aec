package intake_test

import (
	"context"
	"sync/atomic"
	"testing"
	"time"

	"github.com/packhorse/packhorse/intake"
	"github.com/packhorse/packhorse/intake/channeltest"
	"github.com/packhorse/packhorse/internal/clock"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/db/dbtest"
)

// slow is a shop that does not answer before it is told to.
type slow struct {
	intake.Channel
	asked   chan bool
	release chan bool
}

func (s slow) Pull(ctx context.Context, cursor string) (intake.Page, error) {
	s.asked <- true
	select {
	case <-s.release:
		return s.Channel.Pull(ctx, cursor)
	case <-ctx.Done():
		return intake.Page{}, ctx.Err()
	}
}

// fair is a market under a clock that runs, whose first worker waits for its shop.
func fair(t *testing.T, engine func(testing.TB) db.Options) (m *market, first *intake.Channels, s slow) {
	d := dbtest.Open(t, engine(t), clock.Accelerated(dbtest.Noon, 2))
	w := newWorld(t, d)
	m = &market{world: w, shop: channeltest.NewShop(d.Clock().Now)}
	m.channels = m.service()
	s = slow{asked: make(chan bool, 1), release: make(chan bool)}
	first = intake.NewChannels(d, m.inbox, map[string]intake.Connector{"test": func(set intake.Settings) (intake.Channel, error) {
		s.Channel = m.shop.Connector(set.Secret)
		return s, nil
	}}, sealing)
	a, err := m.channels.Add(ctx, nil, "user:test", intake.Edit{Account: intake.Account{Name: "mall", Shop: "one", Kind: "test", Enabled: true}, Secret: channeltest.Key})
	if err != nil {
		t.Fatal(err)
	}
	m.account = a
	m.shop.Sell(2, "A", 1)
	return m, first, s
}

const shortLease = 300 * time.Millisecond

func eachFair(t *testing.T, test func(m *market, first *intake.Channels, s slow)) {
	for name, engine := range map[string]func(testing.TB) db.Options{"sqlite": dbtest.SQLite, "postgres": dbtest.Postgres} {
		t.Run(name, func(t *testing.T) { test(fair(t, engine)) })
	}
}

func TestAShopThatTakesItsTimeIsNotAskedByAnotherWorkerMeanwhile(t *testing.T) {
	eachFair(t, func(m *market, first *intake.Channels, s slow) {
		intake.LeaseFor(first, shortLease)
		var took atomic.Int64
		done := make(chan error, 1)
		go func() {
			n, err := first.Step(ctx)
			took.Store(int64(n))
			done <- err
		}()
		<-s.asked
		for end := time.Now().Add(4 * shortLease); time.Now().Before(end); time.Sleep(shortLease / 6) {
			if n, err := m.channels.Step(ctx); n != 0 || err != nil {
				m.Fatalf("another worker took %d orders: %v", n, err)
			}
		}
		close(s.release)
		if err := <-done; err != nil || took.Load() != 2 {
			m.Errorf("the slow shop told %d orders, %v, want 2", took.Load(), err)
		}
	})
}

func TestTheShopOfAWorkerThatFrozeIsTakenOverWithinTheLease(t *testing.T) {
	eachFair(t, func(m *market, first *intake.Channels, s slow) {
		intake.LeaseFor(first, time.Hour) // its beat does not come any more …
		done := make(chan error, 1)
		go func() { _, err := first.Step(ctx); done <- err }()
		<-s.asked
		m.update(func(tx *db.Tx) error { // … and its lease ends when that of a dead worker would
			_, err := tx.Exec(endLease, tx.Now().Add(2*shortLease).UnixMicro())
			return err
		})
		took := 0
		for end := time.Now().Add(20 * shortLease); took == 0 && time.Now().Before(end); time.Sleep(shortLease / 6) {
			n, err := m.channels.Step(ctx)
			if err != nil {
				m.Fatal(err)
			}
			took += n
		}
		close(s.release)
		if err := <-done; err != nil || took != 2 || m.count(countOrders) != 2 {
			m.Errorf("taken over %d orders, %d in all, %v; want 2", took, m.count(countOrders), err)
		}
	})
}

func TestATurnWhoseLeaseIsAnothersEnds(t *testing.T) {
	eachFair(t, func(m *market, first *intake.Channels, s slow) {
		intake.LeaseFor(first, shortLease)
		done := make(chan error, 1)
		go func() { _, err := first.Step(ctx); done <- err }()
		<-s.asked
		m.update(func(tx *db.Tx) error { _, err := tx.Exec(steal); return err })
		select {
		case err := <-done:
			if err != nil || m.count(countOrders) != 0 {
				m.Errorf("%d orders, %v", m.count(countOrders), err)
			}
		case <-time.After(20 * shortLease):
			m.Error("it waits for the shop on and on")
		}
		if a := m.state(); a.Failures != 0 {
			m.Errorf("the shop is blamed: %+v", a)
		}
	})
}

var endLease = db.NewSQL(`UPDATE intake_channel SET lease_until = $1`)

func TestADeadWorkerHoldsAShopForAQuarterOfAMinuteAtMost(t *testing.T) {
	eachMarket(t, func(m *market) {
		before := m.db.Clock().Now()
		var until int64
		dies := intake.NewChannels(m.db, m.inbox, map[string]intake.Connector{"test": func(s intake.Settings) (intake.Channel, error) {
			return dying{m.shop.Connector(s.Secret), func() bool { return true }, func() {
				m.update(func(tx *db.Tx) error { _, err := tx.Query(selLease).One(&until); return err })
			}}, nil
		}}, sealing)
		if _, err := dies.Step(ctx); err != nil {
			m.Fatal(err)
		}
		if held := time.UnixMicro(until).Sub(before); held <= 0 || held > 20*time.Second {
			m.Errorf("held for %s", held)
		}
	})
}

var selLease = db.NewSQL(`SELECT lease_until FROM intake_channel`)

func TestTryingAShopLeavesTheConnectorThatPullsAlone(t *testing.T) {
	eachMarket(t, func(m *market) {
		made := 0
		s := intake.NewChannels(m.db, m.inbox, map[string]intake.Connector{"test": func(set intake.Settings) (intake.Channel, error) {
			made++
			return m.shop.Connector(set.Secret), nil
		}}, sealing)
		m.step(s)
		for range 2 {
			if _, err := s.Test(ctx, m.account.ID); err != nil {
				m.Fatal(err)
			}
		}
		m.step(s)
		if made != 3 {
			m.Errorf("%d connectors were made for pulling twice and trying twice, want 3: one that is kept and one for each trial", made)
		}
	})
}
