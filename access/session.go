package access

import (
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"slices"
	"strings"
	"time"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
)

// SessionLimits say how long a session lasts, in wall time, whatever clock the company runs on.
type SessionLimits struct {
	Idle time.Duration // after the last request
	Life time.Duration // after signing in, however busy
}

// UsualSessions last over a break, and no longer than a long shift.
var UsualSessions = SessionLimits{Idle: 2 * time.Hour, Life: 14 * time.Hour}

// touchEvery is how old the stored moment of the last request may become: a session does not write on every request.
const touchEvery = time.Minute

// Session is somebody who signed in. Token is the credential, known to the browser only; what is stored is its hash.
type Session struct {
	Who     Principal
	Token   string
	CSRF    string // to be sent with every request that changes something
	Expires int64  // at the latest, UTC microseconds
}

const sessionPrefix = "phs_"

var (
	insSession = db.Insert("access_session", "hash text, account_id bigint, company_id bigint, created_at bigint, seen_at bigint")
	selSession = db.NewSQL(`SELECT a.login, a.password, a.id, c.name, s.created_at, s.seen_at
		FROM access_session s JOIN account a ON a.id = s.account_id JOIN company c ON c.id = s.company_id WHERE s.hash = $1`)
	seeSession         = db.NewSQL(`UPDATE access_session SET seen_at = $2 WHERE hash = $1`)
	delSession         = db.NewSQL(`DELETE FROM access_session WHERE hash = $1`)
	delAccountSessions = db.NewSQL(`DELETE FROM access_session WHERE account_id = $1`)
	delOldSessions     = db.NewSQL(`DELETE FROM access_session WHERE created_at < $1 OR seen_at < $2`)
)

// SignIn begins a session with a password. Faults: those of Login.
func (d *Directory) SignIn(ctx context.Context, login, password, from string) (Session, error) {
	m, err := d.prove(ctx, login, password, from)
	if err != nil {
		return Session{}, err
	}
	s := Session{Who: m.principal(), Token: sessionPrefix + secret()}
	s.CSRF = CSRF(s.Token)
	err = d.db.Update(ctx, func(tx *db.Tx) error {
		c, err := findCompany(tx, m.company)
		if err != nil {
			return err
		}
		now := tx.Now()
		s.Expires = now.Add(d.limits.Life).UnixMicro()
		if _, err := tx.Exec(delOldSessions, now.Add(-d.limits.Life).UnixMicro(), now.Add(-d.limits.Idle).UnixMicro()); err != nil {
			return err
		}
		tx.Put(insSession, hashKey(s.Token), m.account, c.ID, tx.Micros(), tx.Micros())
		d.note.of(s.Who).write(tx)
		return nil
	})
	return s, err
}

// CSRF is the token that goes with a session: whoever can read it can read the page, which a foreign site cannot.
func CSRF(token string) string {
	sum := sha256.Sum256([]byte("csrf " + token))
	return base64.RawURLEncoding.EncodeToString(sum[:18])
}

// FitsCSRF compares without telling where the difference is.
func FitsCSRF(token, given string) bool {
	return subtle.ConstantTimeCompare([]byte(CSRF(token)), []byte(given)) == 1
}

// Resume says whose session a token is. A proof is remembered for ProofTime. Fault: access.session_over.
func (d *Directory) Resume(ctx context.Context, token string) (Principal, error) {
	if !strings.HasPrefix(token, sessionPrefix) || len(token) > 128 {
		return Principal{}, errOver
	}
	return d.proofs.of(token, func() (Principal, error) { return d.checkSession(ctx, token) })
}

var errOver = fault.New(fault.Unknown, "access.session_over", "the session is over; sign in again")

func (d *Directory) checkSession(ctx context.Context, token string) (Principal, error) {
	hash := hashKey(token)
	var m member
	var stored, company string
	var created, seen int64
	var now time.Time
	var found bool
	err := d.db.View(ctx, func(tx *db.Tx) (err error) {
		now = tx.Now()
		var account int64
		var login string
		if found, err = tx.Query(selSession, hash).One(&login, &stored, &account, &company, &created, &seen); err != nil || !found {
			return err
		}
		members, err := membersOf(tx, account, login)
		i := slices.IndexFunc(members, func(x member) bool { return x.company == company })
		if found = i >= 0; found {
			m = members[i]
		}
		return err
	})
	switch {
	case err != nil:
		return Principal{}, err
	case !found, strings.HasPrefix(stored, disabled), now.Sub(time.UnixMicro(created)) >= d.limits.Life, now.Sub(time.UnixMicro(seen)) >= d.limits.Idle:
		return Principal{}, errOver
	}
	if now.Sub(time.UnixMicro(seen)) < touchEvery {
		return m.principal(), nil
	}
	err = d.db.Update(ctx, func(tx *db.Tx) error { _, err := tx.Exec(seeSession, hash, tx.Micros()); return err })
	return m.principal(), err
}

// SignOut ends a session; one that is over already is no error.
func (d *Directory) SignOut(ctx context.Context, token string) error {
	err := d.act(ctx, func(tx *db.Tx) error { _, err := tx.Exec(delSession, hashKey(token)); return err })
	if err == nil {
		d.proofs.forget()
	}
	return err
}

// SignOutEverywhere ends all sessions of an account. Other processes may take them for ProofTime. Fault: access.login_unknown.
func (d *Directory) SignOutEverywhere(ctx context.Context, login string) error {
	err := d.act(ctx, func(tx *db.Tx) error {
		account, _, err := findAccount(tx, login)
		if err == nil {
			_, err = tx.Exec(delAccountSessions, account)
		}
		return err
	})
	if err == nil {
		d.proofs.forget()
	}
	return err
}

// ChangePassword is SetPassword by the person who knows the old one; it ends the sessions of the account. Faults: access.unknown,
// access.locked, access.password_short, access.password_long.
func (d *Directory) ChangePassword(ctx context.Context, company, login, old, fresh, from string) error {
	if _, err := d.prove(ctx, login+"@"+company, old, from); err != nil {
		return err
	}
	return d.SetPassword(ctx, login, fresh)
}
