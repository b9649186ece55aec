package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/packhorse/packhorse/access"
	"github.com/packhorse/packhorse/api"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/sheet"
	"github.com/packhorse/packhorse/internal/words"
)

// importCmd reads a file into a company.
type importCmd struct {
	place
	Kind    string `arg:"" help:"warehouses, locations, catalog, bundles, stock, rates, ladders or orders." enum:"warehouses,locations,catalog,bundles,stock,rates,ladders,orders"`
	File    string `arg:"" help:"CSV (UTF-8 or GB18030) or XLSX." type:"existingfile"`
	Channel string `help:"Of an order file: where it was sold." placeholder:"NAME"`
	Shop    string `help:"Of an order file: the account there." placeholder:"NAME"`
	DryRun  bool   `help:"Say what would happen and write nothing."`
	Strict  bool   `help:"Exit 2 when anything is rejected."`
	Lang    string `help:"Language of the messages." enum:"en,zh" default:"en"`
}

// Run gives exit code 0 when the file was read to its end, 2 with --strict on any rejection.
func (c *importCmd) Run(ctx context.Context) error {
	if c.Kind == "orders" && c.Channel == "" {
		return errors.New("say which channel the orders are from: --channel NAME")
	}
	cfg, err := c.load(nil)
	if err != nil {
		return err
	}
	r, err := sheet.OpenFile(c.File, sheet.DefaultLimits())
	if err != nil {
		return err
	}
	defer r.Close()
	a, err := openCompany(ctx, cfg, making, "import")
	if err != nil {
		return err
	}
	defer a.Close()
	sayFirst(a.First)
	if err := c.record(ctx, a); err != nil {
		return err
	}
	answer, err := c.read(ctx, a.Importer(c.Kind, c.Channel, c.Shop), r)
	if err != nil {
		return err
	}
	return c.say(answer.In(c.Lang))
}

// record puts on record who imports what, before the first row: a file is many transactions, and should the first never
// come, the entry says no more than that it began.
func (c *importCmd) record(ctx context.Context, a *App) error {
	e := entry("import", c.Kind)
	e.Note = access.Begun
	if c.DryRun {
		e.Note = "dry_run"
	}
	return a.DB.Update(ctx, func(tx *db.Tx) error { access.Record(tx, e); return nil })
}

func (c *importCmd) read(ctx context.Context, run api.Importer, r *sheet.Reader) (sheet.Answer, error) {
	b := newBar("rows")
	defer b.end()
	return run(ctx, r, c.DryRun, func(done int) {
		read, total := r.Progress()
		b.show(done, float64(read)/float64(max(total, 1)))
	})
}

// listed is how many rejections are shown to a person; --json has all of them.
const listed = 50

func (c *importCmd) say(a sheet.Answer) error {
	text := func(code string, params map[string]any) string { return words.Render(c.Lang, "import."+code, params) }
	if c.JSON {
		if err := printJSON(a); err != nil {
			return err
		}
	} else {
		fmt.Println(text("answer", map[string]any{"kind": c.Kind, "rows": a.Rows, "created": a.Created, "updated": a.Updated, "unchanged": a.Unchanged, "rejected": len(a.Rejected)}))
		for i, x := range a.Rejected {
			if i == listed {
				fmt.Println("  " + text("more", map[string]any{"count": len(a.Rejected) - listed}))
				break
			}
			fmt.Println("  " + strings.TrimSpace(fmt.Sprintf("row %d %s: %s (%s)", x.Row, x.Field, x.Message, x.Code)))
		}
	}
	if c.Strict && len(a.Rejected) > 0 {
		return failure{code: 2, err: errors.New(text("strict", map[string]any{"count": len(a.Rejected)}))}
	}
	return nil
}
