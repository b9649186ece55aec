package api

import (
	"bytes"
	"context"

	"github.com/danielgtaylor/huma/v2"

	"github.com/packhorse/packhorse/access"
	"github.com/packhorse/packhorse/intake"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/sheet"
)

// Importer reads one kind of file into a company. progress may be nil.
type Importer func(ctx context.Context, r *sheet.Reader, dryRun bool, progress func(done int)) (sheet.Answer, error)

// ImportKinds lists what can be imported, in the order in which a new company does it.
func ImportKinds() []string {
	return []string{"warehouses", "locations", "catalog", "bundles", "stock", "rates", "ladders", "orders"}
}

// Importer finds the importer of a kind; nil when there is none. channel and shop are of an order file.
func (s *Services) Importer(kind, channel, shop string) Importer {
	switch kind {
	case "warehouses":
		return s.Warehouse.ImportWarehouses
	case "locations":
		return s.Warehouse.ImportLocations
	case "catalog":
		return s.Catalog.ImportSKUs
	case "bundles":
		return s.Catalog.ImportBundles
	case "stock":
		return s.Inventory.ImportStock
	case "rates":
		return s.Ship.ImportRates
	case "ladders":
		return s.Ship.ImportLadders
	case "orders":
		return func(ctx context.Context, r *sheet.Reader, dryRun bool, progress func(done int)) (sheet.Answer, error) {
			return s.Intake.ImportOrders(ctx, r, channel, shop, dryRun, progress)
		}
	}
	return nil
}

// Exporter writes one kind of file. progress may be nil. The count is of order files only.
type Exporter func(ctx context.Context, w *sheet.Writer, progress func(done int)) (intake.Exported, error)

// Exporter finds what writes a kind of file back; nil when there is none. channel and shop are of an order file:
// whose orders it holds, or everybody's where there is no channel. personal writes people in plain text, which is for a purpose and
// on record only (access.Record); without it they are masked.
func (s *Services) Exporter(kind, channel, shop string, personal bool) Exporter {
	switch kind {
	case "warehouses":
		return uncounted(s.Warehouse.ExportWarehouses)
	case "locations":
		return uncounted(s.Warehouse.ExportLocations)
	case "catalog":
		return uncounted(s.Catalog.ExportSKUs)
	case "bundles":
		return uncounted(s.Catalog.ExportBundles)
	case "stock":
		return uncounted(s.Inventory.ExportStock)
	case "rates":
		return uncounted(s.Ship.ExportRates)
	case "ladders":
		return uncounted(s.Ship.ExportLadders)
	case "orders":
		return func(ctx context.Context, w *sheet.Writer, progress func(done int)) (intake.Exported, error) {
			return s.Intake.ExportOrders(ctx, w, channel, shop, personal, progress)
		}
	}
	return nil
}

func uncounted(write func(context.Context, *sheet.Writer) error) Exporter {
	return func(ctx context.Context, w *sheet.Writer, _ func(done int)) (intake.Exported, error) {
		return intake.Exported{}, write(ctx, w)
	}
}

func (s *Server) imports() {
	r := route{path: "/v1/imports/{kind}", tag: "imports", id: "import", scope: access.StockWrite, limit: many, file: true,
		summary: "Read a CSV or XLSX file: warehouses, locations, catalog, bundles, stock, rates, ladders, orders",
		about: "The good rows go in, the bad are listed; a second import of the same file changes nothing. The body is the file itself. " +
			"Orders need the scope orders:write too.",
		params: []*huma.Param{text("dry_run", "true: nothing is written", "true"), text("channel", "of an order file"), text("shop", "of an order file")}}
	direct[[]byte](s, r, (*call).importFile)
}

func (c *call) importFile() (sheet.Answer, error) {
	kind := c.req.PathValue("kind")
	run := c.Services.Importer(kind, c.query("channel"), c.query("shop"))
	if run == nil {
		return sheet.Answer{}, fault.New(fault.NotFound, "http.import_kind", "%q cannot be imported; what can is %v", kind, ImportKinds()).With("kind", kind)
	}
	if kind == "orders" {
		if err := c.who.Allow(access.OrdersWrite); err != nil {
			return sheet.Answer{}, err
		}
		if c.query("channel") == "" {
			return sheet.Answer{}, fault.Invalidf("channel", "http.channel", "say which channel the orders are from: ?channel=NAME")
		}
	}
	r, err := sheet.Open(kind, bytes.NewReader(c.body), int64(len(c.body)), sheet.DefaultLimits())
	if err != nil {
		return sheet.Answer{}, err
	}
	defer r.Close()
	dry := c.query("dry_run") == "true"
	if dry {
		c.audit.Note = "dry_run"
	}
	answer, err := goneAhead(c, func() (sheet.Answer, error) { return run(c.ctx, r, dry, nil) })
	return answer.In(c.lang()), err
}
