package access

import (
	"context"
	"regexp"
	"strings"

	"github.com/packhorse/packhorse/internal/db"
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

// Join makes an account a member of a company, or changes the role. Faults: access.role, access.login_unknown,
// access.company_unknown.
func (d *Directory) Join(ctx context.Context, login, company, role string) error {
	if err := knownRole(role); err != nil {
		return err
	}
	return d.db.Update(ctx, func(tx *db.Tx) error {
		account, _, err := findAccount(tx, login)
		if err != nil {
			return err
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
		if !strings.HasPrefix(hash, disabled) { // a disabled one takes as long as one that is not there
			stored = hash
		}
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
