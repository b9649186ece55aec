package main

import (
	"bufio"
	"context"
	"os"

	"github.com/packhorse/packhorse/check"
)

// dumpCmd writes rows as JSON, one a line.
type dumpCmd struct {
	place
	Kind string `arg:"" help:"orders, ledger, balances, reservations, shipments, events and others; an unknown one lists them."`
}

// Run writes to standard output; with and without --json the same.
func (c *dumpCmd) Run(ctx context.Context) error {
	cfg, err := c.load(nil)
	if err != nil {
		return err
	}
	a, err := openCompany(ctx, cfg, reading, "dump")
	if err != nil {
		return err
	}
	defer a.Close()
	out := bufio.NewWriterSize(os.Stdout, 1<<16)
	if err := check.Dump(ctx, a.DB, c.Kind, out); err != nil {
		return err
	}
	return out.Flush()
}
