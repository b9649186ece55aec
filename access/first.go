package access

import (
	"context"

	"github.com/packhorse/packhorse/internal/db"
)

// FirstCompany is the company of an installation that was not told a name.
const FirstCompany = "default"

// FirstLogin is the account that a new installation begins with.
const FirstLogin = "admin"

// First is what a new company begins with. Password and Key are shown once and stored nowhere.
type First struct {
	Company  string
	Login    string // empty when the installation had an administrator before
	Password string
	Key      string
}

// Ensure finds the company that a command means and makes it where it is missing: with a key for everything,
// and in a new installation with an administrator. made is nil when the company was there. Name "" is the only
// company, or FirstCompany.
func (d *Directory) Ensure(ctx context.Context, name string) (c Company, made *First, err error) {
	list, err := d.Companies(ctx)
	if err != nil {
		return Company{}, nil, err
	}
	if name == "" && len(list) == 0 {
		name = FirstCompany
	}
	for _, have := range list {
		if have.Name == name {
			return have, nil, nil
		}
	}
	if name == "" {
		c, err = d.Pick(ctx, name)
		return c, nil, err
	}
	if c, err = d.CreateCompany(ctx, name); err != nil {
		return Company{}, nil, err
	}
	made, err = d.begin(ctx, name)
	return c, made, err
}

func (d *Directory) begin(ctx context.Context, company string) (*First, error) {
	first := &First{Company: company}
	known, err := d.hasAccount(ctx, FirstLogin)
	if err != nil {
		return nil, err
	}
	if !known {
		first.Login, first.Password = FirstLogin, secret()
		if err := d.CreateAccount(ctx, first.Login, first.Password); err != nil {
			return nil, err
		}
	}
	if err := d.Join(ctx, FirstLogin, company, Grant{Role: "admin"}); err != nil {
		return nil, err
	}
	first.Key, err = d.CreateKey(ctx, company, "first", []Scope{Everything})
	return first, err
}

func (d *Directory) hasAccount(ctx context.Context, login string) (found bool, err error) {
	err = d.db.View(ctx, func(tx *db.Tx) error {
		var account int64
		var hash string
		found, err = tx.Query(selAccount, login).One(&account, &hash)
		return err
	})
	return found, err
}
