package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/packhorse/packhorse/check"
	"github.com/packhorse/packhorse/internal/backup"
)

// restoreCmd makes an installation from a back-up, and proves it.
type restoreCmd struct {
	place
	File string `arg:"" help:"The back-up." type:"existingfile"`
}

// restored is what --json tells.
type restored struct {
	backup.Summary
	Clean  bool                    `json:"clean"`
	Checks map[string]check.Report `json:"checks"` // by company
}

// Run refuses to overwrite. Exit code 1 when the books of a restored company are wrong: it is there all the same.
func (c *restoreCmd) Run(ctx context.Context) error {
	cfg, err := c.load(nil)
	if err != nil {
		return err
	}
	sum, err := backup.Restore(ctx, c.File, backup.Source{Dir: cfg.Data, URL: cfg.DB})
	if err != nil {
		return roomFor(cfg.Data+cfg.DB, err)
	}
	out := restored{Summary: sum, Clean: true, Checks: map[string]check.Report{}}
	in, err := openInstallation(ctx, cfg, making, "restore") // brings the tables of an older program up to date
	if err != nil {
		return err
	}
	err = errors.Join(c.prove(ctx, in, &out), in.Close())
	if err != nil {
		return err
	}
	if c.JSON {
		err = printJSON(out)
	}
	if err == nil && !out.Clean {
		return failure{code: 1, err: errors.New("restored, but the books are wrong; packhorse check lists the findings")}
	}
	return err
}

func (c *restoreCmd) prove(ctx context.Context, in *Installation, out *restored) error {
	list, err := in.Directory.Companies(ctx)
	if err != nil {
		return err
	}
	for _, company := range list {
		a, err := in.company(ctx, company.Name, writing)
		if err != nil {
			return err
		}
		report, err := prove(ctx, a)
		if err := errors.Join(err, a.Close()); err != nil {
			return err
		}
		out.Checks[company.Name] = report
		out.Clean = out.Clean && report.Clean
		if !c.JSON {
			fmt.Printf("%s: ", company.Name)
			sayReport(report)
		}
	}
	return nil
}
