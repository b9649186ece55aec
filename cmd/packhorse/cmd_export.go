package main

import (
	"context"
	"fmt"

	"github.com/packhorse/packhorse/internal/sheet"
)

// exportCmd writes what an import reads.
type exportCmd struct {
	place
	Kind string `arg:"" help:"warehouses, locations, catalog, bundles, stock or rates." enum:"warehouses,locations,catalog,bundles,stock,rates"`
	File string `arg:"" help:"Ends in .csv or .xlsx." type:"path"`
}

// Run writes the file; it appears only when it is whole.
func (c *exportCmd) Run(ctx context.Context) error {
	cfg, err := c.load(nil)
	if err != nil {
		return err
	}
	a, err := openCompany(ctx, cfg, reading, "export")
	if err != nil {
		return err
	}
	defer a.Close()
	w, err := sheet.Create(c.File)
	if err != nil {
		return err
	}
	err = a.Exporter(c.Kind)(ctx, w)
	if closed := w.Close(); err == nil {
		err = closed
	}
	if err != nil {
		return err
	}
	if c.JSON {
		return printJSON(map[string]string{"kind": c.Kind, "file": c.File})
	}
	fmt.Println("wrote", c.File)
	return nil
}
