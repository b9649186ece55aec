package intake

import (
	"context"
	"maps"
	"slices"
	"sync"
	"time"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/seal"
)

// Channels is the shops of one company: their accounts, what they are asked for and what they send by themselves.
type Channels struct {
	db         *db.DB
	inbox      *Service
	connectors map[string]Connector
	key        *seal.Key
	lease      time.Duration // of a turn, in wall time; it is renewed three times as often

	mu   sync.Mutex
	open map[int64]opened
}

// opened is a connector that is kept between calls: it may hold a log-in.
type opened struct {
	version int64
	channel Channel
}

// NewChannels makes the service. connectors are those that accounts can choose, by kind; key is what their secrets are
// sealed with.
func NewChannels(d *db.DB, inbox *Service, connectors map[string]Connector, key *seal.Key) *Channels {
	return &Channels{db: d, inbox: inbox, connectors: connectors, key: key, lease: turnLease, open: map[int64]opened{}}
}

// Kinds lists the connectors that accounts can choose.
func (s *Channels) Kinds() []string { return slices.Sorted(maps.Keys(s.connectors)) }

// Edit is what somebody says of an account: of a new one everything, of an existing one what may change. Name, shop,
// kind and begin stay as they were: the documents that came bear them.
type Edit struct {
	Account
	Secret string // empty keeps the one that is there
}

// Add makes an account. Faults: channel.name, channel.name_taken, channel.kind, channel.settings, channel.lang,
// channel.report_at, channel.every, seal.missing, and those of the connector.
func (s *Channels) Add(ctx context.Context, once *db.Once, actor string, e Edit) (*Account, error) {
	a := e.Account
	err := a.complete()
	if err == nil {
		_, err = s.build(&a, e.Secret)
	}
	if err == nil {
		a.secret, err = s.key.Seal(a.place(), e.Secret)
	}
	if err != nil {
		return nil, err
	}
	out, err := db.Command(ctx, s.db, once, func(tx *db.Tx) (*Account, error) {
		a := a
		a.ID, a.CreatedAt, a.NextPullAt, a.HasSecret = tx.NewID(), tx.Micros(), tx.Micros(), a.secret != ""
		if a.BeginAt == 0 {
			a.BeginAt = tx.Micros()
		}
		a.insert(tx)
		emitSaved(tx, &a, actor)
		return &a, nil
	})
	if db.Duplicate(err) {
		return nil, fault.New(fault.Conflict, "channel.name_taken", "there is an account %s already", a.Name).With("name", a.Name)
	}
	return out, err
}

// Change edits an account. Faults: channel.not_found, channel.identity, and those of Add.
func (s *Channels) Change(ctx context.Context, once *db.Once, actor string, e Edit) (*Account, error) {
	return db.Command(ctx, s.db, once, func(tx *db.Tx) (*Account, error) {
		was, err := AccountByID(tx, e.ID)
		if err != nil {
			return nil, err
		}
		a := *was
		if e.Name != "" && e.Name != a.Name || e.Shop != "" && e.Shop != a.Shop || e.Kind != "" && e.Kind != a.Kind || e.BeginAt != 0 && e.BeginAt != a.BeginAt {
			return nil, fault.New(fault.Conflict, "channel.identity", "name, shop, kind and begin of an account stay as they are; add another account")
		}
		a.Settings, a.Lang, a.Enabled, a.ReportAt, a.StockPush, a.EveryS = e.Settings, e.Lang, e.Enabled, e.ReportAt, e.StockPush, e.EveryS
		if len(e.Settings) == 0 {
			a.Settings = was.Settings
		}
		if err := s.edited(&a, e.Secret); err != nil {
			return nil, err
		}
		a.update(tx)
		emitSaved(tx, &a, actor)
		return &a, nil
	})
}

// edited completes an account, has its connector read the settings, and seals its secret. One that is switched off may keep a
// secret that cannot be read: what is wrong with it is mended later.
func (s *Channels) edited(a *Account, secret string) error {
	if err := a.complete(); err != nil {
		return err
	}
	kept, err := s.key.Open(a.place(), a.secret)
	switch {
	case secret != "":
		a.HasSecret = true
	case err == nil:
		secret = kept
	case !a.Enabled:
		return nil
	default:
		return err
	}
	if _, err := s.build(a, secret); err != nil {
		return err
	}
	if secret == kept && !s.key.Present() {
		return nil // of an older version; it is sealed when there is a key
	}
	a.secret, err = s.key.Seal(a.place(), secret)
	return err
}

func (s *Channels) build(a *Account, secret string) (Channel, error) {
	made := s.connectors[a.Kind]
	if made == nil {
		return nil, fault.Invalidf("kind", "channel.kind", "there is no connector %q; there are %v", a.Kind, s.Kinds()).With("kind", a.Kind).With("known", s.Kinds())
	}
	return made(Settings{Account: a.Name, Shop: a.Shop, Options: a.Settings, Secret: secret, Begin: time.UnixMicro(a.BeginAt).UTC()})
}

// fresh makes a connector of an account as it was read, which nobody else uses. Faults: channel.kind, seal.missing, seal.wrong,
// and those of the connector.
func (s *Channels) fresh(a *Account) (Channel, error) {
	secret, err := s.key.Open(a.place(), a.secret)
	if err != nil {
		return nil, err
	}
	return s.build(a, secret)
}

// Connector gives the connector of an account as it was read; it is kept until the account is edited. Faults: channel.kind,
// seal.missing, seal.wrong, and those of the connector.
func (s *Channels) Connector(a *Account) (Channel, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if o, ok := s.open[a.ID]; ok && o.version == a.version {
		return o.channel, nil
	}
	c, err := s.fresh(a)
	if err == nil {
		s.open[a.ID] = opened{a.version, c}
	}
	return c, err
}

// Get reads one account. Fault: channel.not_found.
func (s *Channels) Get(ctx context.Context, key int64) (a *Account, err error) {
	err = s.db.View(ctx, func(tx *db.Tx) error { a, err = AccountByID(tx, key); return err })
	return a, err
}

// List reads every account, oldest first.
func (s *Channels) List(ctx context.Context) (list []*Account, err error) {
	err = s.db.View(ctx, func(tx *db.Tx) error { list, err = Accounts(tx); return err })
	return list, err
}

// callTime bounds one call to a shop, in wall time.
const callTime = 45 * time.Second

// Tried says how an account answers.
type Tried struct {
	Powers    []string // what its connector can do beyond telling orders
	Documents int      // on the page that it would give next
	More      bool
}

// Test asks the shop for the next page and keeps nothing of it. It asks by a connector of its own: the one that pulls keeps
// what it has told, and must not take this page for told. Faults: channel.not_found and those of the connector.
func (s *Channels) Test(ctx context.Context, key int64) (Tried, error) {
	a, err := s.Get(ctx, key)
	if err != nil {
		return Tried{}, err
	}
	c, err := s.fresh(a)
	if err != nil {
		return Tried{}, err
	}
	ctx, stop := context.WithTimeout(ctx, callTime)
	defer stop()
	page, err := c.Pull(ctx, a.cursor)
	return Tried{Powers: Powers(c), Documents: len(page.Documents), More: page.More}, err
}

// Powers names what a connector can do beyond telling its orders.
func Powers(c Channel) []string {
	list := []string{}
	add := func(name string, has bool) {
		if has {
			list = append(list, name)
		}
	}
	_, has := c.(Hinter)
	add("hook", has)
	_, has = c.(Fetcher)
	add("fetch", has)
	_, has = c.(Counter)
	add("count", has)
	_, has = c.(StockTaker)
	add("stock", has)
	_, has = c.(ShipmentTaker)
	add("shipment", has)
	_, has = c.(ShipmentChanger)
	add("shipment_change", has)
	_, has = c.(CancelAnswerer)
	add("cancel_answer", has)
	_, has = c.(Refunder)
	add("refund", has)
	return list
}

func emitSaved(tx *db.Tx, a *Account, actor string) {
	tx.Emit(db.Event{Kind: "channel.saved.v1", Subject: a.ID, Actor: actor, Params: map[string]any{"channel": a.Name, "kind": a.Kind, "enabled": a.Enabled}})
}
