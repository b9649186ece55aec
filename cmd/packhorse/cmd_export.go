package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/packhorse/packhorse/access"
	"github.com/packhorse/packhorse/api"
	"github.com/packhorse/packhorse/intake"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/sheet"
)

// exportCmd writes what an import reads.
type exportCmd struct {
	place
	Kind    string `arg:"" help:"warehouses, locations, catalog, bundles, stock, rates, ladders or orders." enum:"warehouses,locations,catalog,bundles,stock,rates,ladders,orders"`
	File    string `arg:"" help:"Ends in .csv or .xlsx." type:"path"`
	Channel string `help:"Of an order file: where it was sold; all channels, each named in its rows, where this is not given." placeholder:"NAME"`
	Shop    string `help:"Of an order file: the account there." placeholder:"NAME"`
	Reveal  string `help:"Of an order file: write people in plain text, for this purpose, which goes on record; they are masked without it." placeholder:"PURPOSE"`
}

// Run writes the file; it appears only when it is whole.
func (c *exportCmd) Run(ctx context.Context) error {
	switch {
	case c.Kind != "orders" && (c.Channel != "" || c.Shop != ""):
		return errors.New("--channel and --shop are of an order file")
	case c.Shop != "" && c.Channel == "":
		return errors.New("say which channel the shop is at: --channel NAME")
	case c.Reveal != "" && c.Kind != "orders":
		return errors.New("--reveal is of an order file")
	case c.Reveal != "" && !slices.Contains(access.Purposes, c.Reveal):
		return fmt.Errorf("say with --reveal what for: one of %s", strings.Join(access.Purposes, ", "))
	}
	cfg, err := c.load(nil)
	if err != nil {
		return err
	}
	purpose := reading
	if c.Reveal != "" {
		purpose = writing // that somebody looked is written first
	}
	a, err := openCompany(ctx, cfg, purpose, "export")
	if err != nil {
		return err
	}
	defer a.Close()
	if err := c.record(ctx, a); err != nil {
		return err
	}
	done, err := c.write(ctx, a.Exporter(c.Kind, c.Channel, c.Shop, c.Reveal != ""))
	if err != nil {
		return err
	}
	return c.say(done)
}

// record puts on record who takes people out of the house.
func (c *exportCmd) record(ctx context.Context, a *App) error {
	if c.Reveal == "" {
		return nil
	}
	e := entry("export-orders", strings.Trim(c.Channel+"/"+c.Shop, "/"))
	e.Fields, e.Purpose = "recipient buyer", c.Reveal
	return a.DB.Update(ctx, func(tx *db.Tx) error { access.Record(tx, e); return nil })
}

func (c *exportCmd) write(ctx context.Context, run api.Exporter) (intake.Exported, error) {
	w, err := sheet.Create(c.File)
	if err != nil {
		return intake.Exported{}, err
	}
	b := newBar(c.Kind)
	defer b.end()
	done, err := run(ctx, w, func(orders int) { b.show(orders, -1) })
	if closed := w.Close(); err == nil {
		err = closed
	}
	return done, err
}

func (c *exportCmd) say(done intake.Exported) error {
	if c.JSON {
		out := struct {
			Kind string `json:"kind"`
			File string `json:"file"`
			*intake.Exported
		}{Kind: c.Kind, File: c.File}
		if c.Kind == "orders" {
			out.Exported = &done
		}
		return printJSON(out)
	}
	fmt.Println("wrote", c.File)
	if c.Kind == "orders" {
		fmt.Printf("  %d orders in %d rows; %d cancelled orders left out\n", done.Orders, done.Rows, done.Cancelled)
	}
	return nil
}
