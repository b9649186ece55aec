package main

import (
	"context"
	"os/user"

	"github.com/packhorse/packhorse/access"
)

// commander is who runs a command on this machine, as the audit log names them.
func commander() string {
	if u, err := user.Current(); err == nil {
		return "command:" + u.Username
	}
	return "system"
}

// entry is what a command puts on record; it bears the name that the API has for the same act.
func entry(act, object string) access.Entry {
	return access.Entry{Actor: commander(), Act: act, Object: object}
}

// recorded opens the directory to change what is of one company; the change goes on record there.
func (p place) recorded(ctx context.Context, who string, e access.Entry, do func(*access.Directory, string) error) error {
	return p.inDirectory(ctx, writing, who, func(d *access.Directory, company string) error { return do(d.OnRecord(company, e), company) })
}

// recordedEverywhere opens the directory to change an account, which is one in all companies.
func (p place) recordedEverywhere(ctx context.Context, who string, e access.Entry, do func(*access.Directory) error) error {
	return p.directory(ctx, writing, who, func(d *access.Directory, _ string) error {
		d, err := d.OnRecordEverywhere(ctx, e)
		if err != nil {
			return err
		}
		return do(d)
	})
}
