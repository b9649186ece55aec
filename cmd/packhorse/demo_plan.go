package main

import (
	"bytes"
	"cmp"
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/packhorse/packhorse/connect/sim/carrier"
	"github.com/packhorse/packhorse/connect/sim/people"
	"github.com/packhorse/packhorse/intake"
	"github.com/packhorse/packhorse/internal/sheet"
	"github.com/packhorse/packhorse/internal/words"
	"github.com/packhorse/packhorse/pack"
	"github.com/packhorse/packhorse/pack/carton"
	"github.com/packhorse/packhorse/seed"
)

// plan is what a demo begins with.
type plan struct {
	company    *seed.Company
	begin      time.Time
	currency   string
	files      []demoFile
	cartons    []seed.Carton
	warehouses []seed.Warehouse
	locations  []seed.Location
	stock      []seed.Stock
	catalog    []seed.Good
	orders     []seed.Order
	carriers   []string
	issuers    []string
	fates      carrier.Fates
}

// demoFile is a table for an importer.
type demoFile struct {
	kind string
	rows [][]string
}

// plan works out what a demo begins with.
func (c *demoCmd) plan() (*plan, error) {
	if c.From != "" {
		return c.planFile()
	}
	p := &plan{company: seed.New(c.Seed), begin: opening(), currency: "CNY"}
	s := p.company
	stockFor := c.Orders
	if c.Orders == 0 {
		p.orders, stockFor = s.Orders(endless, p.begin), 60*endless
	} else {
		p.orders = s.Orders(c.Orders, p.begin)
	}
	p.cartons, p.catalog, p.warehouses, p.locations, p.stock = s.Cartons(), s.Catalog(), s.Warehouses(), s.Locations(), s.Stock(p.begin, stockFor)
	for _, o := range p.orders {
		p.issuers = append(p.issuers, cmp.Or(o.Shop, o.Channel))
	}
	b := s.Behaviour()
	share := func(perMille int) float64 { return float64(perMille) / 1000 }
	p.fates = carrier.Fates{Late: share(b.Late), Lost: share(b.Lost), Refused: 0.012, Locker: 0.3}
	p.files = []demoFile{{"warehouses", seed.Table(p.warehouses)}, {"locations", seed.Table(p.locations)}, {"catalog", seed.Table(p.catalog)},
		{"bundles", seed.Table(s.Bundles())}, {"stock", seed.Table(p.stock)}, {"rates", p.rates(s.Rates())}}
	return p, nil
}

// rates notes the carriers of the rates as those that can be called.
func (p *plan) rates(list []seed.Rate) [][]string {
	for _, r := range list {
		p.carriers = append(p.carriers, r.Carrier)
	}
	slices.Sort(p.carriers)
	p.carriers = slices.Compact(p.carriers)
	return seed.Table(list)
}

// planFile fits a network to the orders of a file, and begins the day after the last of them was placed.
func (c *demoCmd) planFile() (*plan, error) {
	docs, err := readOrders(c.From, c.Channel)
	if err != nil {
		return nil, err
	}
	p := &plan{fates: carrier.Fates{Locker: 0.2}}
	if p.catalog, err = readGoods(c.Catalog); err != nil {
		return nil, err
	}
	var demand []seed.Demand
	for _, d := range docs {
		p.currency = cmp.Or(p.currency, d.Currency)
		if at, err := time.Parse(time.RFC3339, d.PlacedAt); err == nil && at.After(p.begin) {
			p.begin = at
		}
		for _, l := range d.Lines {
			demand = append(demand, seed.Demand{OrderNo: d.OrderNo, Country: d.Country, Province: d.Province, City: d.City, SKU: l.SKU,
				Quantity: int(l.Quantity), Currency: d.Currency})
		}
	}
	p.begin = p.begin.Add(24 * time.Hour)
	fit, err := seed.FitTo(c.Seed, demand, p.catalog)
	if err != nil {
		return nil, err
	}
	p.warehouses, p.locations, p.stock = fit.Warehouses, fit.Locations, fit.Stock
	p.files = []demoFile{{"warehouses", seed.Table(fit.Warehouses)}, {"locations", seed.Table(fit.Locations)}, {"stock", seed.Table(fit.Stock)}, {"rates", p.rates(fit.Rates)}}
	return p, nil
}

func readOrders(path, channel string) ([]intake.Document, error) {
	r, err := sheet.OpenFile(path, sheet.DefaultLimits())
	if err != nil {
		return nil, err
	}
	defer r.Close()
	docs, _, _, err := intake.ReadFile(r, channel, "")
	return docs, err
}

// readGoods reads which SKUs a catalogue file has; the importer reads the rest.
func readGoods(path string) (list []seed.Good, err error) {
	r, err := sheet.OpenFile(path, sheet.DefaultLimits())
	if err != nil {
		return nil, err
	}
	defer r.Close()
	for {
		row, err := r.Next()
		if err == io.EOF {
			return list, nil
		}
		if err != nil {
			return nil, err
		}
		list = append(list, seed.Good{SKU: row.Get("sku"), Barcodes: row.Get("barcodes")})
	}
}

// bringIn imports everything through the importers. Files of a user are read twice: the second time nothing changes.
func (p *plan) bringIn(ctx context.Context, c *demoCmd, w *world) error {
	for _, k := range p.cartons {
		err := w.app.Pack.SaveCarton(ctx, nil, "system", pack.Carton{Code: k.Code, Kind: carton.Kind(k.Kind),
			MM: [3]int64{int64(k.InnerMM[0]), int64(k.InnerMM[1]), int64(k.InnerMM[2])}, MaxG: int64(k.MaxG), TareG: int64(k.TareG), Cost: k.CostFen, Enabled: true})
		if err != nil {
			return err
		}
	}
	if c.From != "" {
		if err := c.twice(ctx, w, "catalog", c.Catalog); err != nil {
			return err
		}
	}
	for _, f := range p.files {
		var text bytes.Buffer
		if err := csv.NewWriter(&text).WriteAll(f.rows); err != nil {
			return err
		}
		r, err := sheet.Open(f.kind+".csv", bytes.NewReader(text.Bytes()), int64(text.Len()), sheet.DefaultLimits())
		if err != nil {
			return err
		}
		a, err := w.app.Importer(f.kind, "", "")(ctx, r, false, nil)
		if err != nil {
			return fmt.Errorf("%s: %w", f.kind, err)
		}
		if len(a.Rejected) > 0 {
			return fmt.Errorf("%s, row %d: %s", f.kind, a.Rejected[0].Row, a.Rejected[0].Message)
		}
	}
	if c.From != "" {
		return c.twice(ctx, w, "orders", c.From)
	}
	return nil
}

// twice imports a file two times and shows both answers.
func (c *demoCmd) twice(ctx context.Context, w *world, kind, path string) error {
	for try := 1; try <= 2; try++ {
		r, err := sheet.OpenFile(path, sheet.DefaultLimits())
		if err != nil {
			return err
		}
		a, err := w.app.Importer(kind, c.Channel, "")(ctx, r, false, nil)
		r.Close()
		if err != nil {
			return err
		}
		fmt.Fprintln(c.out, words.Render(w.lang, "demo.imported", map[string]any{"kind": kind, "try": try, "rows": a.Rows, "created": a.Created,
			"updated": a.Updated, "unchanged": a.Unchanged, "rejected": len(a.Rejected)}))
		if try == 2 && a.Created+a.Updated > 0 {
			return fmt.Errorf("%s: the second import changed %d", kind, a.Created+a.Updated)
		}
	}
	return nil
}

// around is what the people have to know of the company.
func (p *plan) around(w *world) people.Config {
	k := people.Config{Base: w.url, Key: w.app.First.Key, Clock: w.clock(), Barcodes: map[string]string{}, Stock: p.stock, Bulk: p.company == nil}
	for _, g := range p.catalog {
		code, _, _ := strings.Cut(g.Barcodes, "|")
		if !strings.Contains(code, "*") && code != "" {
			k.Barcodes[g.SKU] = code
		}
	}
	if p.company != nil {
		k.Behaviour, k.Events = p.company.Behaviour(), p.company.Events
	}
	for _, h := range p.warehouses {
		k.Warehouses = append(k.Warehouses, workplace(h, p.locations))
	}
	return k
}

// workplace is a warehouse as its people see it.
func workplace(h seed.Warehouse, locations []seed.Location) people.Warehouse {
	w := people.Warehouse{Code: h.Code, Zone: time.UTC, Docks: map[string]time.Duration{}, Staff: 8}
	if zone, err := time.LoadLocation(h.TimeZone); err == nil {
		w.Zone = zone
	}
	for _, part := range strings.Split(h.Cutoffs, ";") {
		name, at, _ := strings.Cut(part, "=")
		if t, err := time.Parse("15:04", at); err == nil {
			w.Docks[name] = time.Duration(t.Hour())*time.Hour + time.Duration(t.Minute())*time.Minute
		}
	}
	for _, l := range locations {
		if l.Warehouse == h.Code && l.Kind == "pick" {
			w.Faces = append(w.Faces, l.Location)
		}
	}
	return w
}
