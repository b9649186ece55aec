package main

import (
	"context"
	"fmt"

	"github.com/packhorse/packhorse/check"
)

// checkCmd proves the books.
type checkCmd struct {
	place
}

// Run gives exit code 1 and the guilty rows when the books are wrong.
func (c *checkCmd) Run(ctx context.Context) error {
	cfg, err := c.load(nil)
	if err != nil {
		return err
	}
	a, err := openCompany(ctx, cfg, reading, "check")
	if err != nil {
		return err
	}
	defer a.Close()
	report, err := prove(ctx, a)
	if err != nil {
		return err
	}
	if c.JSON {
		err = printJSON(report)
	} else {
		sayReport(report)
	}
	if err == nil && !report.Clean {
		return failure{code: 1, err: fmt.Errorf("the books are wrong: %d findings", len(report.Findings))}
	}
	return err
}

// prove runs the full proof with a progress bar.
func prove(ctx context.Context, a *App) (check.Report, error) {
	b := newBar("checking")
	defer b.end()
	return check.Run(ctx, a.DB, check.Options{Progress: func(part string, done float64) {
		b.what = "checking " + part
		b.show(int(done*100), done)
	}})
}

func sayReport(r check.Report) {
	var rows int64
	for _, n := range r.Checked {
		rows += n
	}
	if r.Clean {
		fmt.Printf("clean: %d rows checked\n", rows)
		return
	}
	for _, f := range r.Findings {
		fmt.Printf("%s %s %s: %s\n", f.Class, f.Table, f.ID, f.Message)
	}
}
