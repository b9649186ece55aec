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

// Login proves a person by password. login may name the company, "anna@nord"; it must where the account
// belongs to several. from is the address of the caller, empty where there is none: guesses are counted by it and by account.
// A proof is remembered for some seconds. Faults: access.unknown, whatever was wrong; access.locked after too many guesses.
func (d *Directory) Login(ctx context.Context, login, password, from string) (Principal, error) {
	return d.proofs.of(login+"\x00"+password, func() (Principal, error) {
		m, err := d.prove(ctx, login, password, from)
		return m.principal(), err
	})
}

// prove checks a password unless too many were wrong lately. The guess is counted before it is looked at, so that many at
// once are not free.
func (d *Directory) prove(ctx context.Context, login, password, from string) (member, error) {
	name, company, _ := strings.Cut(login, "@")
	if len(name) > maxLogin || len(password) > maxPassword {
		return member{}, errUnknown
	}
	if err := d.admit(ctx, name, from); err != nil {
		return member{}, err
	}
	m, err := d.checkPassword(ctx, name, company, password)
	if err == nil || !errors.Is(err, errUnknown) {
		err = errors.Join(err, d.forgive(ctx, name, from))
	}
	return m, err
}

func (d *Directory) checkPassword(ctx context.Context, name, company, password string) (member, error) {
	stored := nobody
	var members []member
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
		members, err = membersOf(tx, account, name)
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
	for _, m := range members {
		if m.company == company || company == "" && len(members) == 1 {
			return m, nil
		}
	}
	return member{}, errUnknown
}
