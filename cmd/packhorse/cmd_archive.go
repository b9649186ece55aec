package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/packhorse/packhorse/archive"
)

// archiveCmd groups what is done with archives. Without a further word it writes one.
type archiveCmd struct {
	Move archiveMoveCmd `cmd:"" default:"withargs" help:"Move the history before a day into a file."`
	Show archiveShowCmd `cmd:"" help:"Read a file back; it needs no data."`
}

// archiveMoveCmd moves history into a file.
type archiveMoveCmd struct {
	place
	Before string `required:"" help:"Orders settled before this day (UTC), and the ledger before it; at least a week ago." placeholder:"2026-01-01"`
	DryRun bool   `help:"Count what would go, and change nothing."`
	File   string `arg:"" optional:"" help:"The file to write; it must not exist. Not needed with --dry-run." type:"path"`
}

// youngest is how old history must be before it may go: everybody who follows the log is past it.
const youngest = 7 * 24 * time.Hour

// Run writes the whole file and makes it durable before anything is cut.
func (c *archiveMoveCmd) Run(ctx context.Context) error {
	cfg, err := c.load(nil)
	if err != nil {
		return err
	}
	day, err := time.Parse(time.DateOnly, c.Before)
	if err != nil {
		return fmt.Errorf("--before: %q must be a day like 2026-01-01", c.Before)
	}
	if c.File == "" && !c.DryRun {
		return errors.New("say which file to write, or --dry-run")
	}
	purpose := writing
	if c.DryRun {
		purpose = reading
	}
	a, err := openCompany(ctx, cfg, purpose, "archive")
	if err != nil {
		return err
	}
	defer a.Close()
	if a.DB.Clock().Now().Sub(day) < youngest {
		return fmt.Errorf("--before: %s is not a week ago", c.Before)
	}
	n, err := c.move(ctx, a, day.UnixMicro())
	if err != nil {
		return roomFor(c.File, err)
	}
	if c.JSON {
		return printJSON(n)
	}
	sayCounts(n)
	return nil
}

func sayCounts(n archive.Counts) {
	fmt.Printf("%d orders: %d events, %d documents; %d entries of the ledger\n", n.Orders, n.Events, n.Documents, n.Entries)
}

func (c *archiveMoveCmd) move(ctx context.Context, a *App, before int64) (archive.Counts, error) {
	if c.DryRun {
		return archive.Write(ctx, a.DB, a.Company.Name, before, io.Discard)
	}
	n, err := c.write(ctx, a, before)
	if err != nil {
		return n, err
	}
	f, err := os.Open(c.File)
	if err != nil {
		return n, err
	}
	defer f.Close()
	if _, err := archive.Prove(f, a.Company.Name); err != nil {
		return n, err
	}
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return n, err
	}
	return n, archive.Cut(ctx, a.DB, a.Company.Name, filepath.Base(c.File), f)
}

// write makes the file under another name, which it loses only when it is on the disk as a whole.
func (c *archiveMoveCmd) write(ctx context.Context, a *App, before int64) (n archive.Counts, err error) {
	f, err := os.CreateTemp(filepath.Dir(c.File), ".packhorse-archive-*")
	if err != nil {
		return n, err
	}
	defer func() { err = errors.Join(err, f.Close(), os.Remove(f.Name())) }()
	if n, err = archive.Write(ctx, a.DB, a.Company.Name, before, f); err != nil {
		return n, err
	}
	if err := f.Sync(); err != nil {
		return n, err
	}
	return n, os.Link(f.Name(), c.File) // unlike a rename it never takes the place of another file
}
