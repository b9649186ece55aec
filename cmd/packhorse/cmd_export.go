package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/packhorse/packhorse/api"
	"github.com/packhorse/packhorse/intake"
	"github.com/packhorse/packhorse/internal/sheet"
)

// exportCmd writes what an import reads.
type exportCmd struct {
	place
	Kind    string `arg:"" help:"warehouses, locations, catalog, bundles, stock, rates or orders." enum:"warehouses,locations,catalog,bundles,stock,rates,orders"`
	File    string `arg:"" help:"Ends in .csv or .xlsx." type:"path"`
	Channel string `help:"Of an order file: where it was sold; all channels, each named in its rows, where this is not given." placeholder:"NAME"`
	Shop    string `help:"Of an order file: the account there." placeholder:"NAME"`
}

// Run writes the file; it appears only when it is whole.
func (c *exportCmd) Run(ctx context.Context) error {
	switch {
	case c.Kind != "orders" && (c.Channel != "" || c.Shop != ""):
		return errors.New("--channel and --shop are of an order file")
	case c.Shop != "" && c.Channel == "":
		return errors.New("say which channel the shop is at: --channel NAME")
	}
	cfg, err := c.load(nil)
	if err != nil {
		return err
	}
	a, err := openCompany(ctx, cfg, reading, "export")
	if err != nil {
		return err
	}
	defer a.Close()
	done, err := c.write(ctx, a.Exporter(c.Kind, c.Channel, c.Shop))
	if err != nil {
		return err
	}
	return c.say(done)
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
