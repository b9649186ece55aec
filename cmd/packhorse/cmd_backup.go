package main

import (
	"context"
	"fmt"
	"time"

	"github.com/packhorse/packhorse/internal/backup"
	"github.com/packhorse/packhorse/internal/db"
)

// backupCmd copies an installation into one file while it is in use.
type backupCmd struct {
	place
	File string `arg:"" help:"The file to write; it must not exist." type:"path"`
}

// Run writes the whole file or none.
func (c *backupCmd) Run(ctx context.Context) error {
	cfg, err := c.load(nil)
	if err != nil {
		return err
	}
	start := time.Now()
	sum, err := backup.Write(ctx, backup.Source{Dir: cfg.Data, URL: cfg.DB}, c.File, backup.Header{Program: version, TakenAt: start.UTC()})
	if err != nil {
		return roomFor(c.File, missing(cfg, err))
	}
	if c.JSON {
		return printJSON(sum)
	}
	fmt.Printf("%s: %d databases, %.1f MB in %s\n", c.File, len(sum.Databases), float64(sum.Bytes)/1e6, time.Since(start).Round(time.Millisecond))
	return nil
}

// roomFor says it plainly when the disk is full.
func roomFor(path string, err error) error {
	if !db.Full(err) {
		return err
	}
	return fmt.Errorf("there is no room on the disk of %s, and nothing was kept; make room, or write elsewhere: %w", path, err)
}
