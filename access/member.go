package access

import (
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
)

// Member is an account with what it may do in one company.
type Member struct {
	Login     string
	Grants    []Grant
	CreatedAt int64 // of the account, UTC microseconds
	Disabled  bool  // nobody can log in with it, in any company
}

// disabled is written before the hash of a password that must fit nothing any more, as in the shadow file of Unix. The
// column stays the only place that decides whether somebody may come in.
const disabled = "!"

var (
	selMembers = db.NewSQL(`SELECT a.login, a.created_at, a.password, m.role, m.nodes, m.shops, m.owners
		FROM access_role m JOIN account a ON a.id = m.account_id WHERE m.company_id = $1 ORDER BY a.login, m.no`)
	setPassword = db.Change("account", "id bigint, password text", 1, "password = x.password", "t.id = x.id")
)

// Roles lists the names of all roles, sorted.
func Roles() []string { return slices.Sorted(maps.Keys(roles)) }

// NewPassword makes a password that nobody can guess.
func NewPassword() string { return secret() }

// AddMember makes an account and a member of a company of it, both or neither. Faults: access.login,
// access.password_short, access.grants, access.role, access.reach, access.login_taken, access.company_unknown.
func (d *Directory) AddMember(ctx context.Context, company, login, password string, grants ...Grant) error {
	if err := checkGrants(grants); err != nil {
		return err
	}
	hash, err := newHash(login, password)
	if err != nil {
		return err
	}
	err = d.act(ctx, func(tx *db.Tx) error {
		c, err := findCompany(tx, company)
		if err != nil {
			return err
		}
		account := tx.NewID()
		tx.Put(insAccount, account, login, hash, tx.Micros())
		grantAll(tx, account, c.ID, grants)
		return nil
	})
	return takenLogin(err, login)
}

// Members lists the accounts of a company by log-in. Fault: access.company_unknown.
func (d *Directory) Members(ctx context.Context, company string) (list []Member, err error) {
	err = d.db.View(ctx, func(tx *db.Tx) error {
		c, err := findCompany(tx, company)
		if err != nil {
			return err
		}
		rows := tx.Query(selMembers, c.ID)
		for rows.Next() {
			var m Member
			var g Grant
			var nodes, shops, owners, password string
			rows.Scan(&m.Login, &m.CreatedAt, &password, &g.Role, &nodes, &shops, &owners)
			g.Reach, m.Disabled = readReach(nodes, shops, owners), strings.HasPrefix(password, disabled)
			if len(list) == 0 || list[len(list)-1].Login != m.Login {
				list = append(list, m)
			}
			last := &list[len(list)-1]
			last.Grants = append(last.Grants, g)
		}
		return rows.Close()
	})
	return list, err
}

// SetPassword gives an account another password and ends its sessions; one that was disabled is in use again. The old one
// may be taken by other processes for as long as they remember a proof (ProofTime). Faults: access.password_short, access.login_unknown.
func (d *Directory) SetPassword(ctx context.Context, login, password string) error {
	return d.setPassword(ctx, "", login, password)
}

// Disable ends what an account may do, its sessions too, in every company, until it is given another password. Fault: access.login_unknown.
func (d *Directory) Disable(ctx context.Context, login string) error {
	return d.change(ctx, "", login, shut)
}

// ResetPassword is SetPassword by the administrator of a company. An account that works for another company too is not theirs to
// give away. Faults: those of SetPassword, access.elsewhere.
func (d *Directory) ResetPassword(ctx context.Context, company, login, password string) error {
	return d.setPassword(ctx, company, login, password)
}

// DisableMember is Disable by the administrator of a company. Faults: access.login_unknown, access.elsewhere.
func (d *Directory) DisableMember(ctx context.Context, company, login string) error {
	return d.change(ctx, company, login, shut)
}

// EnableMember lets an account in again that was disabled, with the password it had. Faults: access.login_unknown, access.elsewhere.
func (d *Directory) EnableMember(ctx context.Context, company, login string) error {
	return d.change(ctx, company, login, func(was string) string { return strings.TrimPrefix(was, disabled) })
}

func shut(was string) string { return disabled + strings.TrimPrefix(was, disabled) }

func (d *Directory) setPassword(ctx context.Context, company, login, password string) error {
	hash, err := newHash(login, password)
	if err != nil {
		return err
	}
	return d.change(ctx, company, login, func(string) string { return hash })
}

// change writes another password and ends the sessions. Where a company is named, the account must work for it alone.
func (d *Directory) change(ctx context.Context, company, login string, to func(was string) string) error {
	err := d.act(ctx, func(tx *db.Tx) error {
		account, hash, err := findAccount(tx, login)
		if err == nil && company != "" {
			err = worksOnlyFor(tx, account, login, company)
		}
		if err == nil {
			tx.Put(setPassword, account, to(hash))
			_, err = tx.Exec(delAccountSessions, account)
		}
		return err
	})
	if err == nil {
		d.proofs.forget()
	}
	return err
}

func worksOnlyFor(tx *db.Tx, account int64, login, company string) error {
	list, err := membersOf(tx, account, login)
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(list, func(m member) bool { return m.company == company }) {
		return LoginUnknown(login)
	}
	if len(list) > 1 {
		return fault.New(fault.Conflict, "access.elsewhere", "%s works for another company too; whoever runs this server changes the account (packhorse user)", login).With("login", login)
	}
	return nil
}

// findAccount reads the id and the stored password of a log-in. Fault: access.login_unknown.
func findAccount(tx *db.Tx, login string) (account int64, hash string, err error) {
	found, err := tx.Query(selAccount, login).One(&account, &hash)
	if err == nil && !found {
		err = LoginUnknown(login)
	}
	return account, hash, err
}

// LoginUnknown is the fault for an account that is not there, or not in the company that asks.
func LoginUnknown(login string) error {
	return fault.New(fault.NotFound, "access.login_unknown", "there is no log-in %q", login).With("login", login)
}

func knownRole(role string) error {
	if roles[role] == nil {
		return fault.Invalidf("role", "access.role", "%q is not a role; there are %s", role, strings.Join(Roles(), ", ")).With("role", role)
	}
	return nil
}

// newHash checks a log-in and its password and makes what is stored: slow on purpose, so outside any transaction.
func newHash(login, password string) (string, error) {
	if !loginName.MatchString(login) {
		return "", fault.Invalidf("login", "access.login", "%q cannot be a log-in: use small letters, digits, dot, dash and underscore", login).
			With("login", login)
	}
	if len(password) > maxPassword {
		return "", fault.Invalidf("password", "access.password_long", "a password has at most %d bytes", maxPassword).With("max", maxPassword)
	}
	if len([]rune(password)) < MinPassword {
		return "", fault.Invalidf("password", "access.password_short", "a password has at least %d characters", MinPassword).With("min", MinPassword)
	}
	return hashPassword(password), nil
}

func takenLogin(err error, login string) error {
	if db.Duplicate(err) {
		return fault.New(fault.Conflict, "access.login_taken", "the log-in %q is taken", login).With("login", login)
	}
	return err
}
