package main

import (
	"context"
	"fmt"
	"time"

	"github.com/packhorse/packhorse/access"
)

// keyCmd groups what can be done with API keys.
type keyCmd struct {
	Create keyCreateCmd `cmd:"" help:"Make a key; it is shown once."`
	List   keyListCmd   `cmd:"" help:"List the keys."`
	Revoke keyRevokeCmd `cmd:"" help:"End a key."`
}

type keyCreateCmd struct {
	place
	Name   string `arg:"" help:"How events call it."`
	Scopes string `help:"orders:read, orders:write, stock:read, stock:write, work, ship, pii, audit, admin or *." default:"*"`

	Node  []string `help:"Only this warehouse; may be repeated." placeholder:"CODE"`
	Shop  []string `help:"Only orders of this channel, or channel/shop; may be repeated." placeholder:"NAME"`
	Owner []string `help:"Only goods of this owner, - for the company's own; may be repeated." placeholder:"NAME"`
}

// Run prints the key.
func (c *keyCreateCmd) Run(ctx context.Context) error {
	scopes, err := access.ParseScopes(c.Scopes)
	if err != nil {
		return err
	}
	return c.recorded(ctx, "key", entry("create-key", c.Name), func(d *access.Directory, company string) error {
		if err := knownNodes(ctx, d, company, c.Node); err != nil {
			return err
		}
		key, err := d.CreateKeyWithin(ctx, company, c.Name, scopes, access.Reach{Nodes: c.Node, Shops: c.Shop, Owners: c.Owner})
		switch {
		case err != nil:
			return err
		case c.JSON:
			return printJSON(map[string]string{"company": company, "name": c.Name, "key": key})
		}
		fmt.Println(key)
		return nil
	})
}

type keyListCmd struct {
	place
}

// Run prints the keys without their texts, which are stored nowhere.
func (c *keyListCmd) Run(ctx context.Context) error {
	return c.inDirectory(ctx, reading, "key", func(d *access.Directory, company string) error {
		list, err := d.Keys(ctx, company)
		if err != nil {
			return err
		}
		if c.JSON {
			return printJSON(map[string]any{"keys": list})
		}
		for _, k := range list {
			state := "in use"
			if k.RevokedAt != 0 {
				state = "revoked " + time.UnixMicro(k.RevokedAt).UTC().Format(time.DateOnly)
			}
			fmt.Printf("%s\t%s\t%s\n", k.Name, access.FormatScopes(k.Scopes), state)
		}
		return nil
	})
}

type keyRevokeCmd struct {
	place
	Name string `arg:"" help:"Of the key."`
}

// Run ends the key.
func (c *keyRevokeCmd) Run(ctx context.Context) error {
	return c.recorded(ctx, "key", entry("revoke-key", c.Name), func(d *access.Directory, company string) error {
		if err := d.RevokeKey(ctx, company, c.Name); err != nil {
			return err
		}
		if c.JSON {
			return printJSON(map[string]string{"company": company, "revoked": c.Name})
		}
		fmt.Println("revoked", c.Name)
		return nil
	})
}

// inDirectory opens the directory only, and finds the company that is meant. who names the command in the lock.
func (p place) inDirectory(ctx context.Context, purpose use, who string, do func(*access.Directory, string) error) error {
	return p.directory(ctx, purpose, who, func(d *access.Directory, name string) error {
		company, err := d.Pick(ctx, name)
		if err != nil {
			return err
		}
		return do(d, company.Name)
	})
}

// directory opens the directory only, for what belongs to no company; do is given the one that was named, if any.
func (p place) directory(ctx context.Context, purpose use, who string, do func(*access.Directory, string) error) error {
	cfg, err := p.load(nil)
	if err != nil {
		return err
	}
	in, err := openInstallation(ctx, cfg, purpose, who)
	if err != nil {
		return err
	}
	defer in.Close()
	return do(in.Directory, cfg.Company)
}
