package intake_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/packhorse/packhorse/intake"
	"github.com/packhorse/packhorse/intake/channeltest"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/db/dbtest"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/seal"
)

// market is an inbox with one shop in front of it.
type market struct {
	*world
	shop     *channeltest.Shop
	channels *intake.Channels
	account  *intake.Account
}

func eachMarket(t *testing.T, test func(m *market)) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		m := &market{world: w, shop: channeltest.NewShop(d.Clock().Now)}
		m.channels = m.service()
		a, err := m.channels.Add(ctx, nil, "user:test", intake.Edit{Account: intake.Account{Name: "mall", Shop: "one", Kind: "test", Enabled: true}, Secret: channeltest.Key})
		if err != nil {
			t.Fatal(err)
		}
		m.account = a
		test(m)
	})
}

// service is the shops as another process would open them.
func (m *market) service() *intake.Channels {
	return intake.NewChannels(m.db, m.inbox, map[string]intake.Connector{"test": func(s intake.Settings) (intake.Channel, error) {
		return m.shop.Connector(s.Secret), nil
	}}, sealing)
}

// step runs the engine a pull's interval later.
func (m *market) step(s *intake.Channels) int {
	m.Helper()
	m.db.Clock().Advance(time.Minute)
	n, err := s.Step(ctx)
	if err != nil {
		m.Fatal(err)
	}
	return n
}

// sealing is what the secrets of these tests are sealed with.
var sealing, _ = seal.Parse(seal.NewText())

var (
	countOrders = db.NewSQL(`SELECT count(*) FROM order_head WHERE channel = 'mall' AND shop = 'one'`)
	countDocs   = db.NewSQL(`SELECT count(*) FROM intake_document WHERE source = $1`)
)

func (m *market) count(q *db.SQL, args ...any) (n int) {
	m.Helper()
	if err := m.db.View(ctx, func(tx *db.Tx) error { _, err := tx.Query(q, args...).One(&n); return err }); err != nil {
		m.Fatal(err)
	}
	return n
}

func (m *market) state() *intake.Account {
	m.Helper()
	a, err := m.channels.Get(ctx, m.account.ID)
	if err != nil {
		m.Fatal(err)
	}
	return a
}

func (m *market) told(kind string) (n int) {
	m.Helper()
	for _, f := range dbtest.Facts(m, m.db) {
		if f.Kind == kind {
			n++
		}
	}
	return n
}

func TestEveryOrderOfAShopIsTakenOnceHoweverOftenItComes(t *testing.T) {
	eachMarket(t, func(m *market) {
		m.shop.Sell(10, "A", 1)
		if n := m.step(m.channels); n != 10 {
			m.Errorf("ten orders were sold, %d were new", n)
		}
		if n := m.step(m.channels); n != 0 {
			m.Errorf("nothing was sold, %d were new", n)
		}
		m.shop.Edit("S-0003", func(d *intake.Document) { d.Address = "别处 1 号" })
		if n := m.step(m.channels); n != 1 {
			m.Errorf("one order changed, %d were new", n)
		}
		if n := m.count(countOrders); n != 10 {
			m.Errorf("%d orders, want 10, under the names of the account", n)
		}
		if n := m.count(countDocs, intake.SourcePoll); n != 11 {
			m.Errorf("%d documents, want 11", n)
		}
	})
}

// dying is a shop whose worker dies after the documents of a page are in the inbox and before the cursor is kept.
type dying struct {
	intake.Channel
	dies func() bool
	die  func()
}

func (d dying) Pull(ctx context.Context, cursor string) (intake.Page, error) {
	page, err := d.Channel.Pull(ctx, cursor)
	if d.dies() {
		d.die()
	}
	return page, err
}

func TestAWorkerThatDiesBetweenPageAndCursorLosesNothing(t *testing.T) {
	eachMarket(t, func(m *market) {
		m.shop.Sell(20, "A", 1)
		// The lease is taken away while a page is being taken in, as if the worker had hung, and another had come: its page is in the
		// inbox, its cursor must not be kept.
		pages := 0
		hung := intake.NewChannels(m.db, m.inbox, map[string]intake.Connector{"test": func(s intake.Settings) (intake.Channel, error) {
			return dying{m.shop.Connector(s.Secret), func() bool { pages++; return pages == 3 }, func() {
				m.update(func(tx *db.Tx) error { _, err := tx.Exec(steal); return err })
			}}, nil
		}}, sealing)
		m.step(hung)
		if n := m.count(countOrders); n == 0 || n >= 20 {
			m.Fatalf("the worker was to die in the middle, with %d orders taken in", n)
		}
		if n, err := m.channels.Step(ctx); n != 0 || err != nil || m.count(countOrders) >= 20 {
			m.Fatalf("the account is leased, and was pulled by another: %v", err)
		}
		m.step(m.service()) // another process, with nothing in memory
		if n := m.count(countOrders); n != 20 {
			m.Errorf("%d orders, want all 20", n)
		}
		if n := m.count(countDocs, intake.SourcePoll); n != 20 {
			m.Errorf("%d documents, want 20: none twice", n)
		}
	})
}

var steal = db.NewSQL(`UPDATE intake_channel SET lease = 'another'`)

func TestTwoWorkersDoNotPullOneShopAtOnce(t *testing.T) {
	eachMarket(t, func(m *market) {
		m.shop.Sell(4, "A", 1)
		var inner int
		first := intake.NewChannels(m.db, m.inbox, map[string]intake.Connector{"test": func(s intake.Settings) (intake.Channel, error) {
			return dying{m.shop.Connector(s.Secret), func() bool { return true }, func() {
				n, err := m.channels.Step(ctx)
				if err != nil {
					m.Error(err)
				}
				inner += n
			}}, nil
		}}, sealing)
		if n := m.step(first); n != 4 || inner != 0 {
			m.Errorf("one worker took %d orders, another %d meanwhile; want 4 and none", n, inner)
		}
	})
}

func TestAShopThatFailsRestsAndSaysWhyAndRecovers(t *testing.T) {
	eachMarket(t, func(m *market) {
		m.shop.Sell(1, "A", 1)
		m.shop.Fail(intake.ErrCredentials, intake.ErrCredentials)
		m.step(m.channels)
		a := m.state()
		if a.LastError != "channel.credentials" || a.Failures != 1 || a.LastOKAt != 0 {
			m.Errorf("%+v", a)
		}
		if n, _ := m.channels.Step(ctx); n != 0 || m.state().Failures != 1 {
			m.Error("it was asked again at once")
		}
		m.step(m.channels)
		if a = m.state(); a.Failures != 2 || a.NextPullAt-a.LastPullAt != time.Minute.Microseconds() {
			m.Errorf("after two failures it rests %d µs", a.NextPullAt-a.LastPullAt)
		}
		m.step(m.channels)
		if a = m.state(); a.LastError != "" || a.Failures != 0 || a.LastOKAt == 0 || m.count(countOrders) != 1 {
			m.Errorf("it works again: %+v", a)
		}
		if f, r := m.told("channel.failing.v1"), m.told("channel.recovered.v1"); f != 1 || r != 1 {
			m.Errorf("told %d times that it fails and %d that it works again, want once each", f, r)
		}
	})
}

func TestABusyShopIsLeftAloneAsLongAsItSays(t *testing.T) {
	eachMarket(t, func(m *market) {
		m.shop.Fail(fault.New(fault.TooMany, intake.ErrBusy.Code, "slow down").With("seconds", int64(600)))
		m.step(m.channels)
		if a := m.state(); a.NextPullAt-a.LastPullAt != (10 * time.Minute).Microseconds() {
			m.Errorf("asked to wait ten minutes, it waits %d µs", a.NextPullAt-a.LastPullAt)
		}
	})
}

func TestWhatCannotBeReadIsKeptOnceAndStopsNothing(t *testing.T) {
	eachMarket(t, func(m *market) {
		m.shop.Sell(1, "A", 1)
		m.shop.Spoil()
		m.shop.Sell(1, "A", 1)
		m.shop.Edit("S-0001", func(d *intake.Document) { d.Currency = "yuan" }) // readable, and refused
		for range 3 {
			m.step(m.channels)
		}
		if n := m.count(countOrders); n != 1 {
			m.Errorf("%d orders, want 1", n)
		}
		var list []intake.Unread
		m.update(func(tx *db.Tx) (err error) { list, err = intake.Unreadable(tx, m.account.ID, 0, 10); return err })
		if len(list) != 1 || list[0].Code != "hook.unreadable" || !strings.Contains(list[0].Raw, `"spoilt":true`) {
			m.Errorf("%+v", list)
		}
	})
}

func TestAnHourIsProvedWithWhatTheShopCounts(t *testing.T) {
	eachMarket(t, func(m *market) {
		m.db.Clock().Advance(90 * time.Minute) // a whole hour that is ours alone
		m.shop.Sell(5, "A", 1)
		m.step(m.channels)
		m.db.Clock().Advance(70 * time.Minute)
		m.step(m.channels)
		m.hours("[{0 0 0} {5 5 0}]")
		m.shop.Hide() // it counts one more in every hour, and tells nobody
		m.db.Clock().Advance(time.Hour)
		for range 4 {
			m.step(m.channels)
		}
		if n := m.told("channel.incomplete.v1"); n != 1 {
			m.Errorf("told %d times that an order is missing, want once", n)
		}
		m.hours("[{0 0 0} {5 5 0} {1 0 1}]")
	})
}

func (m *market) hours(want string) {
	m.Helper()
	var got []string
	m.update(func(tx *db.Tx) error {
		list, err := intake.CompletenessOf(tx, m.account.ID, 0, 100)
		for i := len(list) - 1; i >= 0; i-- {
			got = append(got, fmt.Sprintf("{%d %d %d}", list[i].Shop, list[i].Held, list[i].Missing()))
		}
		return err
	})
	if fmt.Sprint(got) != want {
		m.Errorf("hours {shop held missing} are %v, want %s", got, want)
	}
}

func (m *market) hook(body string, at time.Time) (intake.Heard, error) {
	return m.channels.Hook(ctx, "mall", channeltest.Sign([]byte(body), at), time.Now())
}

func TestAMessageIsAHintAndTheOrderIsFetched(t *testing.T) {
	eachMarket(t, func(m *market) {
		m.step(m.channels)
		m.shop.Sell(1, "A", 1)
		now := time.Now()
		h, err := m.hook(`{"order":"S-0001"}`, now)
		if err != nil || h.Fetch != 1 || h.Repeated {
			m.Fatalf("%+v %v", h, err)
		}
		if h, err = m.hook(`{"order":"S-0001"}`, now); err != nil || !h.Repeated {
			m.Errorf("the same message again: %+v %v", h, err)
		}
		n, err := m.channels.Step(ctx)
		if err != nil || n != 1 || m.count(countDocs, intake.SourceWebhook) != 1 {
			m.Errorf("the order of the message was not fetched: %d, %v", n, err)
		}
		if n, err = m.channels.Step(ctx); err != nil || n != 0 {
			m.Errorf("%d %v: a hint counts once", n, err)
		}
	})
}

func TestAMessageThatIsForgedOldOrForNobodyIsRefused(t *testing.T) {
	eachMarket(t, func(m *market) {
		for _, c := range []struct {
			message intake.Message
			name    string
			want    error
		}{
			{intake.Message{Header: func(string) string { return "" }, Body: []byte(`{"order":"S-1"}`)}, "mall", intake.ErrSignature},
			{channeltest.Sign([]byte(`{"order":"S-1"}`), time.Now().Add(-time.Hour)), "mall", intake.ErrStale},
			{channeltest.Sign([]byte(`{`), time.Now()), "mall", intake.ErrUnreadable},
			{channeltest.Sign([]byte(`{"order":"S-1"}`), time.Now()), "nobody", fault.New(fault.NotFound, "channel.not_found", "")},
		} {
			if _, err := m.channels.Hook(ctx, c.name, c.message, time.Now()); !errors.Is(err, c.want) {
				m.Errorf("got %v, want %v", err, c.want)
			}
		}
	})
}

func TestAnAccountKeepsItsIdentityAndItsSecret(t *testing.T) {
	eachMarket(t, func(m *market) {
		e := intake.Edit{Account: *m.account}
		e.EveryS, e.Enabled = 300, false
		a, err := m.channels.Change(ctx, nil, "user:test", e)
		if err != nil || a.EveryS != 300 || a.Enabled || !a.HasSecret {
			m.Errorf("%+v %v", a, err)
		}
		m.shop.Sell(1, "A", 1)
		if n := m.step(m.channels); n != 0 {
			m.Error("an account that is switched off was pulled")
		}
		e.Name = "other"
		if _, err := m.channels.Change(ctx, nil, "user:test", e); fault.Code(err) != "channel.identity" {
			m.Errorf("another name: %v", err)
		}
		for _, c := range []struct {
			change func(*intake.Edit)
			code   string
		}{
			{func(*intake.Edit) {}, "channel.name_taken"},
			{func(e *intake.Edit) { e.Name = "No Name" }, "channel.name"},
			{func(e *intake.Edit) { e.Kind = "fax" }, "channel.kind"},
			{func(e *intake.Edit) { e.Settings = []byte(`[1]`) }, "channel.settings"},
			{func(e *intake.Edit) { e.Lang = "fr" }, "channel.lang"},
			{func(e *intake.Edit) { e.ReportAt = "noon" }, "channel.report_at"},
			{func(e *intake.Edit) { e.EveryS = -1 }, "channel.every"},
		} {
			e := intake.Edit{Account: intake.Account{Name: "mall", Kind: "test", Enabled: true}}
			c.change(&e)
			if _, err := m.channels.Add(ctx, nil, "user:test", e); fault.Code(err) != c.code {
				m.Errorf("got %v, want %s", err, c.code)
			}
		}
	})
}

func TestWhatAShopAskedIsReadFromItsDocuments(t *testing.T) {
	eachMarket(t, func(m *market) {
		m.shop.Sell(3, "A", 1)
		m.step(m.channels)
		m.shop.Edit("S-0001", func(d *intake.Document) { d.Cancelled = true })
		m.shop.Edit("S-0002", func(d *intake.Document) { d.PaymentStatus = "refunded" })
		m.shop.Edit("S-0003", func(d *intake.Document) { d.Address = "别处 1 号" })
		m.step(m.channels)
		for number, want := range map[string]string{"S-0001": intake.AsksCancel, "S-0002": intake.AsksRefund, "S-0003": intake.AsksAddress} {
			m.update(func(tx *db.Tx) error {
				got, err := intake.Asked(tx, "mall", "one", number, 2)
				if got != want {
					m.Errorf("%s asked for %q, want %q", number, got, want)
				}
				return err
			})
		}
	})
}
