package access

import (
	"context"
	"errors"
	"regexp"
	"strings"

	"github.com/packhorse/packhorse/internal/db"
)

// MinPassword is the least length of a password, in characters.
const MinPassword = 12

// maxLogin and maxPassword bound what a guess may cost.
const (
	maxLogin    = 64
	maxPassword = 1024
)

var loginName = regexp.MustCompile(`^[a-z0-9][a-z0-9._-]{0,63}$`)

var (
	selAccount = db.NewSQL(`SELECT id, password FROM account WHERE login = $1`)
	insAccount = db.Insert("account", "id bigint, login text, password text, created_at bigint")
	putGrant   = db.Upsert("access_grant", "account_id bigint, company_id bigint, role text, nodes text, shops text, owners text", 2,
		"role = excluded.role, nodes = excluded.nodes, shops = excluded.shops, owners = excluded.owners")
	selGrants = db.NewSQL(`SELECT c.name, m.role, m.nodes, m.shops, m.owners FROM access_grant m JOIN company c ON c.id = m.company_id WHERE m.account_id = $1 ORDER BY c.name`)
)

// CreateAccount adds a person who may log in; Join says where. Faults: access.login, access.password_short,
// access.login_taken.
func (d *Directory) CreateAccount(ctx context.Context, login, password string) error {
	hash, err := newHash(login, password)
	if err != nil {
		return err
	}
	err = d.db.Update(ctx, func(tx *db.Tx) error {
		tx.Put(insAccount, tx.NewID(), login, hash, tx.Micros())
		return nil
	})
	return takenLogin(err, login)
}

// Grant is what an account may do in a company: a role, and where it holds.
type Grant struct {
	Role  string
	Reach Reach
}

func (g Grant) check() error {
	if err := knownRole(g.Role); err != nil {
		return err
	}
	return g.Reach.check()
}

// Join makes an account a member of a company with a grant, or changes the grant. It holds at once here, and in other processes
// as soon as they forget a proof (ProofTime). Faults: access.role, access.reach, access.login_unknown, access.company_unknown.
func (d *Directory) Join(ctx context.Context, login, company string, g Grant) error {
	if err := g.check(); err != nil {
		return err
	}
	err := d.db.Update(ctx, func(tx *db.Tx) error {
		account, _, err := findAccount(tx, login)
		if err != nil {
			return err
		}
		c, err := findCompany(tx, company)
		if err != nil {
			return err
		}
		grant(tx, account, c.ID, g)
		return nil
	})
	if err == nil {
		d.proofs.forget()
	}
	return err
}

func grant(tx *db.Tx, account, company int64, g Grant) {
	nodes, shops, owners := g.Reach.columns()
	tx.Put(putGrant, account, company, g.Role, nodes, shops, owners)
}

// Login proves a person by password. login may name the company, "anna@nord"; it must where the account
// belongs to several. from is the address of the caller, empty where there is none: guesses are counted by it and by account.
// A proof is remembered for some seconds. Faults: access.unknown, whatever was wrong; access.locked after too many guesses.
func (d *Directory) Login(ctx context.Context, login, password, from string) (Principal, error) {
	return d.proofs.of(login+"\x00"+password, func() (Principal, error) {
		m, err := d.prove(ctx, login, password, from)
		return m.principal(), err
	})
}

// member is a grant with those it ties together.
type member struct {
	account        int64
	login, company string
	Grant
}

func (m member) principal() Principal {
	return Principal{Company: m.company, Name: "user:" + m.login, Role: m.Role, Scopes: roles[m.Role], Reach: m.Reach}
}

// prove checks a password unless too many were wrong lately. The guess is counted before it is looked at, so that many at
// once are not free.
func (d *Directory) prove(ctx context.Context, login, password, from string) (member, error) {
	name, company, _ := strings.Cut(login, "@")
	if len(name) > maxLogin || len(password) > maxPassword {
		return member{}, errUnknown
	}
	if err := d.guesses.admit(name, from); err != nil {
		return member{}, err
	}
	m, err := d.checkPassword(ctx, name, company, password)
	if err == nil || !errors.Is(err, errUnknown) {
		d.guesses.forgive(name, from)
	}
	return m, err
}

func (d *Directory) checkPassword(ctx context.Context, name, company, password string) (member, error) {
	stored := nobody
	var grants []member
	err := d.db.View(ctx, func(tx *db.Tx) error {
		var account int64
		hash := ""
		found, err := tx.Query(selAccount, name).One(&account, &hash)
		if err != nil || !found {
			return err
		}
		if !strings.HasPrefix(hash, disabled) { // a disabled one takes as long as one that is not there
			stored = hash
		}
		grants, err = db.All(tx.Query(selGrants, account), func(r *db.Rows) member {
			m := member{account: account, login: name}
			var nodes, shops, owners string
			r.Scan(&m.company, &m.Role, &nodes, &shops, &owners)
			m.Reach = readReach(nodes, shops, owners)
			return m
		})
		return err
	})
	if err != nil {
		return member{}, err
	}
	d.proofs.slow <- struct{}{} // each takes 19 MiB and some ten milliseconds
	fits := passwordFits(stored, password)
	<-d.proofs.slow
	if !fits {
		return member{}, errUnknown
	}
	for _, m := range grants {
		if m.company == company || company == "" && len(grants) == 1 {
			return m, nil
		}
	}
	return member{}, errUnknown
}
