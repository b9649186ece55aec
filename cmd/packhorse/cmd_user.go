package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/packhorse/packhorse/access"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/warehouse"
)

// userCmd groups what can be done with the accounts of people. It works on the directory database, so whoever has lost every
// password and may read the data folder gets in again.
type userCmd struct {
	Add      userAddCmd      `cmd:"" help:"Make an account; its password is shown once, or read from standard input."`
	List     userListCmd     `cmd:"" help:"List the accounts of a company."`
	Password userPasswordCmd `cmd:"" help:"Give an account another password; a disabled one is in use again."`
	Grant    userGrantCmd    `cmd:"" help:"Say anew what an account may do in a company, and where; or with --also add to it."`
	SignOut  userSignOutCmd  `cmd:"" help:"End all sessions of an account."`
	Disable  userDisableCmd  `cmd:"" help:"Let nobody log in with an account until it gets another password."`
}

// newPassword is where the password of an account comes from.
type newPassword struct {
	Stdin bool `help:"Read the password from the first line of standard input instead of making one."`
}

// get gives the password, and what of it is to be shown: nothing where the caller knows it.
func (n newPassword) get(in io.Reader) (password, shown string, err error) {
	if !n.Stdin {
		password = access.NewPassword()
		return password, password, nil
	}
	line, err := bufio.NewReader(in).ReadString('\n')
	if err != nil && !errors.Is(err, io.EOF) {
		return "", "", err
	}
	if line = strings.TrimRight(line, "\r\n"); line == "" {
		return "", "", errors.New("standard input holds no password: its first line is read")
	}
	return line, "", nil
}

// account is what add and password say; the password only where it was made here.
type account struct {
	Company  string `json:"company,omitempty"`
	Login    string `json:"login"`
	Password string `json:"password,omitempty"`

	Grants []access.Grant `json:"grants,omitempty"`
}

func (a account) say(asJSON bool, done string) error {
	if asJSON {
		return printJSON(a)
	}
	if a.Password == "" {
		fmt.Println(done, a.Login)
		return nil
	}
	fmt.Fprintln(os.Stderr, "What follows is shown once and stored nowhere.")
	fmt.Printf("%s\t%s\n", a.Login, a.Password)
	return nil
}

// granted is one grant of a person: what they may do, and where.
type granted struct {
	Role  string   `help:"admin, manager, reviewer, warehouse_manager, picker, packer, service, auditor or integration." default:"auditor"`
	Node  []string `help:"Only at this warehouse; may be repeated." placeholder:"CODE"`
	Shop  []string `help:"Only orders of this channel, or channel/shop; may be repeated." placeholder:"NAME"`
	Owner []string `help:"Only goods of this owner, - for the company's own; may be repeated." placeholder:"NAME"`
}

func (g granted) grant() access.Grant {
	return access.Grant{Role: g.Role, Reach: access.Reach{Nodes: g.Node, Shops: g.Shop, Owners: g.Owner}}
}

// knownNodes refuses warehouses that the company does not have, and names those it has: whoever may do something nowhere sees an empty
// program.
func knownNodes(ctx context.Context, d *access.Directory, company string, codes []string) error {
	if len(codes) == 0 {
		return nil
	}
	data, err := d.OpenCompany(ctx, company)
	if err != nil {
		return err
	}
	err = data.View(ctx, func(tx *db.Tx) error { return warehouse.Known(tx, "node", codes) })
	return errors.Join(err, data.Close())
}

type userAddCmd struct {
	place
	newPassword
	Login string `arg:"" help:"Small letters, digits, dot, dash and underscore."`
	granted
}

// Run makes the account.
func (c *userAddCmd) Run(ctx context.Context) error {
	password, shown, err := c.get(os.Stdin)
	if err != nil {
		return err
	}
	return c.recorded(ctx, "user", entry("create-user", c.Login), func(d *access.Directory, company string) error {
		if err := knownNodes(ctx, d, company, c.Node); err != nil {
			return err
		}
		if err := d.AddMember(ctx, company, c.Login, password, c.grant()); err != nil {
			return err
		}
		return account{Company: company, Login: c.Login, Password: shown, Grants: []access.Grant{c.grant()}}.say(c.JSON, "added")
	})
}

type userListCmd struct {
	place
}

// listedUser is a line of the list.
type listedUser struct {
	Login     string         `json:"login"`
	Grants    []access.Grant `json:"grants"`
	CreatedAt string         `json:"created_at"`
	Disabled  bool           `json:"disabled"`
}

// Run lists the accounts of the company.
func (c *userListCmd) Run(ctx context.Context) error {
	return c.inDirectory(ctx, reading, "user", func(d *access.Directory, company string) error {
		members, err := d.Members(ctx, company)
		if err != nil {
			return err
		}
		list := make([]listedUser, len(members))
		for i, m := range members {
			list[i] = listedUser{m.Login, m.Grants, time.UnixMicro(m.CreatedAt).UTC().Format(time.RFC3339), m.Disabled}
		}
		if c.JSON {
			return printJSON(map[string]any{"company": company, "users": list})
		}
		for _, u := range list {
			state := "in use"
			if u.Disabled {
				state = "disabled"
			}
			for _, g := range u.Grants {
				fmt.Printf("%s\t%s\t%s\t%s\n", u.Login, g.Role, where(g.Reach), state)
			}
		}
		return nil
	})
}

// where writes a reach for people.
func where(r access.Reach) string {
	if r.Whole() {
		return "everywhere"
	}
	return strings.Join(append(append(slices.Clone(r.Nodes), r.Shops...), r.Owners...), " ")
}

type userPasswordCmd struct {
	place
	newPassword
	Login string `arg:"" help:"Of the account; the first one is admin."`
}

// Run replaces the password.
func (c *userPasswordCmd) Run(ctx context.Context) error {
	password, shown, err := c.get(os.Stdin)
	if err != nil {
		return err
	}
	return c.recordedEverywhere(ctx, "user", entry("reset-password", c.Login), func(d *access.Directory) error {
		if err := d.SetPassword(ctx, c.Login, password); err != nil {
			return err
		}
		return account{Login: c.Login, Password: shown}.say(c.JSON, "changed the password of")
	})
}

type userDisableCmd struct {
	place
	Login string `arg:"" help:"Of the account."`
}

// Run disables the account in every company.
func (c *userDisableCmd) Run(ctx context.Context) error {
	return c.recordedEverywhere(ctx, "user", entry("disable-user", c.Login), func(d *access.Directory) error {
		if err := d.Disable(ctx, c.Login); err != nil {
			return err
		}
		if c.JSON {
			return printJSON(map[string]string{"disabled": c.Login})
		}
		fmt.Println("disabled", c.Login)
		return nil
	})
}

type userGrantCmd struct {
	place
	granted
	Also  bool   `help:"Keep the grants there are: about one thing those count whose reach covers it."`
	Login string `arg:"" help:"Of the account."`
}

// Run replaces the grants of the account in the company, or adds one.
func (c *userGrantCmd) Run(ctx context.Context) error {
	return c.recorded(ctx, "user", entry("grant-user", c.Login), func(d *access.Directory, company string) error {
		if err := knownNodes(ctx, d, company, c.Node); err != nil {
			return err
		}
		grants, err := c.grants(ctx, d, company)
		if err != nil {
			return err
		}
		if err := d.Join(ctx, c.Login, company, grants...); err != nil {
			return err
		}
		return account{Company: company, Login: c.Login, Grants: grants}.say(c.JSON, "changed what may be done by")
	})
}

// grants are those the account is to have.
func (c *userGrantCmd) grants(ctx context.Context, d *access.Directory, company string) (list []access.Grant, err error) {
	if c.Also {
		members, err := d.Members(ctx, company)
		if err != nil {
			return nil, err
		}
		for _, m := range members {
			if m.Login == c.Login {
				list = m.Grants
			}
		}
	}
	return append(list, c.grant()), nil
}

type userSignOutCmd struct {
	place
	Login string `arg:"" help:"Of the account."`
}

// Run ends the sessions of the account.
func (c *userSignOutCmd) Run(ctx context.Context) error {
	return c.recordedEverywhere(ctx, "user", entry("sign-out-user", c.Login), func(d *access.Directory) error {
		if err := d.SignOutEverywhere(ctx, c.Login); err != nil {
			return err
		}
		return account{Login: c.Login}.say(c.JSON, "signed out")
	})
}
