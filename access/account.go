package access

import (
	"context"
	"regexp"
	"strings"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
)

// MinPassword is the least length of a password, in characters.
const MinPassword = 12

var loginName = regexp.MustCompile(`^[a-z0-9][a-z0-9._-]{0,63}$`)

var (
	selAccount = db.NewSQL(`SELECT id, password FROM account WHERE login = $1`)
	insAccount = db.Insert("account", "id bigint, login text, password text, created_at bigint")
	putMember  = db.Upsert("membership", "account_id bigint, company_id bigint, role text", 2, "role = excluded.role")
	selMember  = db.NewSQL(`SELECT c.name, m.role FROM membership m JOIN company c ON c.id = m.company_id WHERE m.account_id = $1 ORDER BY c.name`)
)

// CreateAccount adds a person who may log in; Join says where. Faults: access.login, access.password_short,
// access.login_taken.
func (d *Directory) CreateAccount(ctx context.Context, login, password string) error {
	if !loginName.MatchString(login) {
		return fault.Invalidf("login", "access.login", "%q cannot be a log-in: use small letters, digits, dot, dash and underscore", login).
			With("login", login)
	}
	if len([]rune(password)) < MinPassword {
		return fault.Invalidf("password", "access.password_short", "a password has at least %d characters", MinPassword).With("min", MinPassword)
	}
	hash := hashPassword(password) // slow on purpose, so outside the transaction
	err := d.db.Update(ctx, func(tx *db.Tx) error {
		tx.Put(insAccount, tx.NewID(), login, hash, tx.Micros())
		return nil
	})
	if db.Duplicate(err) {
		return fault.New(fault.Conflict, "access.login_taken", "the log-in %q is taken", login).With("login", login)
	}
	return err
}

// Join makes an account a member of a company, or changes the role. Faults: access.role, access.login_unknown,
// access.company_unknown.
func (d *Directory) Join(ctx context.Context, login, company, role string) error {
	if roles[role] == nil {
		return fault.Invalidf("role", "access.role", "%q is not a role", role).With("role", role)
	}
	return d.db.Update(ctx, func(tx *db.Tx) error {
		var account int64
		var hash string
		found, err := tx.Query(selAccount, login).One(&account, &hash)
		if err != nil {
			return err
		}
		if !found {
			return fault.New(fault.NotFound, "access.login_unknown", "there is no log-in %q", login).With("login", login)
		}
		c, err := findCompany(tx, company)
		if err != nil {
			return err
		}
		tx.Put(putMember, account, c.ID, role)
		return nil
	})
}

// Login proves a person by password. login may name the company, "anna@nord"; it must where the account
// belongs to several. A proof is remembered for some seconds. Fault: access.unknown, whatever was wrong.
func (d *Directory) Login(ctx context.Context, login, password string) (Principal, error) {
	return d.proofs.of(login+"\x00"+password, func() (Principal, error) { return d.checkPassword(ctx, login, password) })
}

func (d *Directory) checkPassword(ctx context.Context, login, password string) (Principal, error) {
	name, company, _ := strings.Cut(login, "@")
	stored := nobody
	var memberships [][2]string
	err := d.db.View(ctx, func(tx *db.Tx) error {
		var account int64
		hash := ""
		found, err := tx.Query(selAccount, name).One(&account, &hash)
		if err != nil || !found {
			return err
		}
		stored = hash
		memberships, err = db.All(tx.Query(selMember, account), func(r *db.Rows) (m [2]string) { r.Scan(&m[0], &m[1]); return m })
		return err
	})
	if err != nil {
		return Principal{}, err
	}
	d.proofs.slow <- struct{}{} // each takes 19 MiB and some ten milliseconds
	fits := passwordFits(stored, password)
	<-d.proofs.slow
	if !fits {
		return Principal{}, errUnknown
	}
	for _, m := range memberships {
		if m[0] == company || company == "" && len(memberships) == 1 {
			return Principal{Company: m[0], Name: "user:" + name, Scopes: roles[m[1]]}, nil
		}
	}
	return Principal{}, errUnknown
}
