package ship

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/seal"
)

// LoginSaved is the event after which carriers may be called otherwise.
const LoginSaved = "ship.login_saved.v1"

// Logins are the log-ins of one company with its carriers, ready to be called.
type Logins struct {
	db     *db.DB
	makers map[string]Maker
	key    *seal.Key

	renewing sync.Mutex // one reads them anew at a time
	open     atomic.Pointer[map[string]opened]
}

// opened is a log-in as it was read last; the carrier is nil where it is not to be called.
type opened struct {
	kind    string
	version int64
	carrier Carrier
}

// NewLogins makes the service. makers are the adapters that log-ins can choose, by kind; key is what secrets are sealed with. Nobody
// can be called before the first Refresh.
func NewLogins(d *db.DB, makers map[string]Maker, key *seal.Key) *Logins {
	return &Logins{db: d, makers: makers, key: key}
}

// Kinds lists the adapters that log-ins can choose.
func (s *Logins) Kinds() []string { return slices.Sorted(maps.Keys(s.makers)) }

func (s *Logins) all() map[string]opened {
	if s == nil {
		return nil
	}
	if list := s.open.Load(); list != nil {
		return *list
	}
	return nil
}

func (s *Logins) at(code string) (opened, bool) {
	l, kept := s.all()[code]
	return l, kept
}

func (s *Logins) make(l *Login, secret string) (Carrier, error) {
	maker := s.makers[l.Kind]
	if maker == nil {
		return nil, fault.Invalidf("kind", "ship.login_kind", "there is no adapter %q; there are %v", l.Kind, s.Kinds()).With("kind", l.Kind).With("known", s.Kinds())
	}
	return maker(Access{Address: l.Address, Key: l.Key, Secret: secret})
}

// List reads every log-in, by the code of its carrier.
func (s *Logins) List(ctx context.Context) (list []Login, err error) {
	err = s.db.View(ctx, func(tx *db.Tx) error { list, err = db.All(tx.Query(selLogins), scanLogin); return err })
	return list, err
}

// Refresh reads the log-ins anew where one was changed, here or by another process. One that does not open stops no other. The number
// is always 0: nothing waits. Faults: seal.missing, seal.wrong, ship.login_kind.
func (s *Logins) Refresh(ctx context.Context) (int, error) {
	s.renewing.Lock()
	defer s.renewing.Unlock()
	list, err := s.List(ctx)
	if err != nil {
		return 0, err
	}
	had, now := s.all(), make(map[string]opened, len(list))
	var wrong error
	for _, l := range list {
		o := opened{kind: l.Kind, version: l.version}
		if was, kept := had[l.Carrier]; kept && was.version == l.version && (was.carrier != nil) == l.Enabled {
			o = was
		} else if l.Enabled {
			c, err := s.fresh(&l)
			if err != nil {
				wrong = errors.Join(wrong, fmt.Errorf("log-in of carrier %s: %w", l.Carrier, err))
			} else {
				o.carrier = c
			}
		}
		now[l.Carrier] = o
	}
	s.open.Store(&now)
	return 0, wrong
}

func (s *Logins) fresh(l *Login) (Carrier, error) {
	secret, err := s.key.Open(l.place(), l.secret)
	if err != nil {
		return nil, err
	}
	return s.make(l, secret)
}

// Sealed reports whether any log-in has a secret.
func (s *Logins) Sealed(ctx context.Context) (bool, error) {
	list, err := s.List(ctx)
	return slices.ContainsFunc(list, func(l Login) bool { return seal.Sealed(l.secret) }), err
}

// Answer is how a carrier answered a log-in that was tried.
type Answer struct {
	Powers    []string // what it can do beyond waybills: quote, areas, balance, collect
	Waybills  int64    // left, where Limited
	Limited   bool     // waybills are bought in advance
	Suspended int      // areas it does not serve now
}

// testReference is looked for when a log-in is tried: no shipment bears it.
const testReference = "packhorse-log-in"

// tryTime bounds the calls of one trial, in wall time.
const tryTime = 30 * time.Second

// Test calls a carrier by its log-in, enabled or not, and changes nothing there: it looks for a booking that is not, asks for what is
// left and where it does not go. Faults: ship.no_login, and those of a call that did not get through.
func (s *Logins) Test(ctx context.Context, carrier string) (a Answer, err error) {
	var l Login
	err = s.db.View(ctx, func(tx *db.Tx) error {
		var had bool
		if l, had, err = loginOf(tx, carrier); err == nil && !had {
			err = fault.New(fault.NotFound, "ship.no_login", "there is no log-in with carrier %s", carrier).With("carrier", carrier)
		}
		return err
	})
	if err != nil {
		return a, err
	}
	c, err := s.fresh(&l)
	if err != nil {
		return a, err
	}
	ctx, stop := context.WithTimeout(ctx, tryTime)
	defer stop()
	if _, _, err = c.Find(ctx, testReference); err != nil {
		return a, err
	}
	a.Powers = powers(c)
	if b, tells := c.(BalanceTeller); tells {
		if a.Waybills, a.Limited, err = b.Balance(ctx); err != nil {
			return a, err
		}
	}
	if p, publishes := c.(AreaChecker); publishes {
		areas, err := p.Suspended(ctx)
		a.Suspended = len(areas)
		return a, err
	}
	return a, nil
}

// powers names what a carrier can do beyond waybills.
func powers(c Carrier) []string {
	list := []string{}
	add := func(name string, has bool) {
		if has {
			list = append(list, name)
		}
	}
	_, has := c.(Quoter)
	add("quote", has)
	_, has = c.(AreaChecker)
	add("areas", has)
	_, has = c.(BalanceTeller)
	add("balance", has)
	_, has = c.(Collector)
	add("collect", has)
	return list
}
