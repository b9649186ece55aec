package ship

import (
	"context"
	"regexp"
	"strings"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
)

// Login is how a carrier is called: by which adapter, at which address and in whose name.
type Login struct {
	Carrier   string // its code in rates and on waybills; unique
	Kind      string // which adapter
	Address   string // of the carrier's interface
	Key       string // the name it knows us by
	HasSecret bool
	Enabled   bool // one that is not is not called
	UpdatedAt int64
	UpdatedBy string

	secret  string // sealed
	version int64
}

// Access is what an adapter is made of.
type Access struct {
	Address string
	Key     string
	Secret  string
}

// Maker makes the adapter of one log-in. It calls nobody; a fault says which of the settings is wrong.
type Maker func(Access) (Carrier, error)

// place is where the secret of a log-in stands: under another carrier's code it does not open.
func (l *Login) place() string { return "ship_login.secret " + l.Carrier }

const loginColumns = `carrier, kind, address, app_key, secret, enabled, version, updated_at, updated_by`

var (
	selLogins = db.NewSQL(`SELECT ` + loginColumns + ` FROM ship_login ORDER BY carrier`)
	selLogin  = db.NewSQL(`SELECT ` + loginColumns + ` FROM ship_login WHERE carrier = $1`)
	insLogin  = db.Insert("ship_login", "carrier text, kind text, address text, app_key text, secret text, enabled boolean, version bigint, updated_at bigint, updated_by text")
	putLogin  = db.Change("ship_login", "carrier text, version bigint, kind text, address text, app_key text, secret text, enabled boolean, updated_at bigint, updated_by text", 1,
		"version = t.version + 1, kind = x.kind, address = x.address, app_key = x.app_key, secret = x.secret, enabled = x.enabled, updated_at = x.updated_at, updated_by = x.updated_by",
		"t.carrier = x.carrier AND t.version = x.version")
)

func scanLogin(r *db.Rows) (l Login) {
	r.Scan(&l.Carrier, &l.Kind, &l.Address, &l.Key, &l.secret, &l.Enabled, &l.version, &l.UpdatedAt, &l.UpdatedBy)
	l.HasSecret = l.secret != ""
	return l
}

// loginOf reads the log-in of a carrier; false where there is none.
func loginOf(tx *db.Tx, carrier string) (Login, bool, error) {
	list, err := db.All(tx.Query(selLogin, carrier), scanLogin)
	if err != nil || len(list) == 0 {
		return Login{}, false, err
	}
	return list[0], true, nil
}

// ByHand is the code of the carrier without an interface: it has no log-in.
const ByHand = "manual"

var carrierCode = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9_.-]{0,39}$`)

// check completes what somebody typed and says what is wrong with it.
func (l *Login) check() error {
	l.Carrier, l.Address, l.Key = strings.TrimSpace(l.Carrier), strings.TrimSpace(l.Address), strings.TrimSpace(l.Key)
	if !carrierCode.MatchString(l.Carrier) || l.Carrier == ByHand {
		return fault.Invalidf("carrier", "ship.login_carrier", "%q is no code of a carrier: up to 40 letters, digits, hyphens, as rates bear it", l.Carrier).With("value", l.Carrier)
	}
	return nil
}

// SaveLogin keeps the log-in of a carrier from now on; it is called by it at once. An empty secret keeps the one there is. Faults:
// ship.login_carrier, ship.login_kind, seal.missing, seal.wrong, and those of the adapter.
func (s *Logins) SaveLogin(ctx context.Context, once *db.Once, actor string, l Login, secret string) (Login, error) {
	if err := l.check(); err != nil {
		return Login{}, err
	}
	out, err := db.Command(ctx, s.db, once, func(tx *db.Tx) (Login, error) {
		was, had, err := loginOf(tx, l.Carrier)
		if err != nil {
			return Login{}, err
		}
		to := l
		to.secret, to.version, to.UpdatedAt, to.UpdatedBy = was.secret, was.version, tx.Micros(), actor
		if err := s.sealed(&to, secret); err != nil {
			return Login{}, err
		}
		if had {
			tx.Put(putLogin, to.Carrier, to.version, to.Kind, to.Address, to.Key, to.secret, to.Enabled, to.UpdatedAt, to.UpdatedBy)
		} else {
			tx.Put(insLogin, to.Carrier, to.Kind, to.Address, to.Key, to.secret, to.Enabled, 1, to.UpdatedAt, to.UpdatedBy)
		}
		tx.Emit(db.Event{Kind: LoginSaved, Actor: actor, Params: map[string]any{"carrier": to.Carrier, "kind": to.Kind, "enabled": to.Enabled}})
		return to, nil
	})
	if err != nil {
		return Login{}, err
	}
	_, err = s.Refresh(ctx)
	return out, err
}

// sealed has the adapter read what was typed, and seals the secret. One that is not called may keep a secret that does not open.
func (s *Logins) sealed(l *Login, secret string) error {
	kept, err := s.key.Open(l.place(), l.secret)
	switch {
	case secret != "":
	case err == nil:
		secret = kept
	case l.Enabled:
		return err
	default:
		l.HasSecret = true
		return nil
	}
	if _, err := s.make(l, secret); err != nil {
		return err
	}
	l.HasSecret = secret != ""
	l.secret, err = s.key.Seal(l.place(), secret)
	return err
}
