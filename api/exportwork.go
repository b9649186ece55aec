package api

import (
	"github.com/packhorse/packhorse/access"
	"github.com/packhorse/packhorse/internal/sheet"
)

func owedListing() exportedList {
	return listing(access.OrdersRead, (*call).listOwed, func(p OwedPage) ([]OwedLine, string) { return p.Lines, p.NextCursor }, []column[OwedLine]{
		{"order_no", func(_ *writing, l OwedLine) any { return l.OrderNo }},
		{"channel", func(_ *writing, l OwedLine) any { return l.Channel }},
		{"shop", func(_ *writing, l OwedLine) any { return l.Shop }},
		{"placed_at", func(w *writing, l OwedLine) any { return w.when(l.PlacedAt) }},
		{"line_no", func(_ *writing, l OwedLine) any { return l.LineNo }},
		{"sku", func(_ *writing, l OwedLine) any { return l.SKU }},
		{"title", func(_ *writing, l OwedLine) any { return l.Title }},
		{"owed", func(_ *writing, l OwedLine) any { return l.Quantity }},
		{"reason", func(w *writing, l OwedLine) any { return w.name("order.owed", l.Reason) }},
		{"owed_since", func(w *writing, l OwedLine) any { return w.when(l.Since) }},
		{"deadline", func(w *writing, l OwedLine) any { return w.when(l.ShipBy) }},
		{"order", func(_ *writing, l OwedLine) any { return l.Order }},
	}...)
}

// figureListing is the list behind a figure, which the query names.
func figureListing() exportedList {
	return named("figure", listing(access.OrdersRead, (*call).listFigure, func(p FigureRows) ([]FigureRow, string) { return p.Rows, p.NextCursor }, []column[FigureRow]{
		{"at", func(w *writing, r FigureRow) any { return w.when(r.At) }},
		{"order_no", func(_ *writing, r FigureRow) any { return r.OrderNo }},
		{"node", func(_ *writing, r FigureRow) any { return r.Node }},
		{"part", func(w *writing, r FigureRow) any { return w.name("aftersales.reason", r.Part) }},
		{"sku", func(_ *writing, r FigureRow) any { return r.SKU }},
		{"units", func(_ *writing, r FigureRow) any { return r.Units }},
		{"deadline", func(w *writing, r FigureRow) any { return w.when(r.Due) }},
		{"order", func(_ *writing, r FigureRow) any { return r.Order }},
	}...))
}

// inWaveListing is what is in a wave, which the query names.
func inWaveListing() exportedList {
	return named("id", listing(access.OrdersRead, (*call).listWaveOrders, func(p WaveOrders) ([]WaveOrder, string) { return p.Orders, p.NextCursor }, []column[WaveOrder]{
		{"order_no", func(_ *writing, x WaveOrder) any { return x.ExternalNo }},
		{"status", func(w *writing, x WaveOrder) any { return w.name("fulfilment.status", x.Status) }},
		{"deadline", func(w *writing, x WaveOrder) any { return w.when(x.Deadline) }},
		{"lines", func(_ *writing, x WaveOrder) any { return x.Lines }},
		{"lines_over", func(_ *writing, x WaveOrder) any { return x.Closed }},
		{"lines_short", func(_ *writing, x WaveOrder) any { return x.Short }},
		{"task", func(_ *writing, x WaveOrder) any { return x.Task }},
		{"fulfilment_id", func(_ *writing, x WaveOrder) any { return x.Fulfilment }},
		{"order", func(_ *writing, x WaveOrder) any { return x.Order }},
	}...))
}

func jobListing() exportedList {
	return listing(access.OrdersRead, (*call).listJobs, func(p JobPage) ([]Job, string) { return p.Jobs, p.NextCursor }, []column[Job]{
		{"job_kind", func(w *writing, j Job) any { return w.name("job.kind", j.Kind) }},
		{"ref", func(_ *writing, j Job) any { return j.Key }},
		{"status", func(w *writing, j Job) any { return w.name("ui.jobs.state", j.State) }},
		{"tried_at", func(w *writing, j Job) any { return w.when(j.RunAt) }},
		{"attempts", func(_ *writing, j Job) any { return j.Attempts }},
		{"code", func(_ *writing, j Job) any { return j.Code }},
		{"why", func(_ *writing, j Job) any { return j.Failure }},
		{"id", func(_ *writing, j Job) any { return j.ID }},
	}...)
}

func mappingListing() exportedList {
	return listing(access.OrdersRead, (*call).listMappings, func(p MappingPage) ([]Mapping, string) { return p.Mappings, p.NextCursor }, []column[Mapping]{
		{"channel", func(_ *writing, m Mapping) any { return m.Channel }},
		{"code", func(_ *writing, m Mapping) any { return m.Code }},
		{"sku", func(_ *writing, m Mapping) any { return m.SKU }},
		{"owner", func(_ *writing, m Mapping) any { return m.Owner }},
		{"title", func(_ *writing, m Mapping) any { return m.Title }},
		{"at", func(w *writing, m Mapping) any { return w.when(m.At) }},
		{"actor", func(_ *writing, m Mapping) any { return m.Actor }},
	}...)
}

func rateListing() exportedList {
	return listing(access.StockRead, (*call).listRates, func(p RateList) ([]Rate, string) { return p.Rates, "" }, []column[Rate]{
		{"carrier", func(_ *writing, r Rate) any { return r.Carrier }},
		{"service", func(_ *writing, r Rate) any { return r.Service }},
		{"from", func(_ *writing, r Rate) any { return r.FromRegion }},
		{"to", func(_ *writing, r Rate) any { return r.ToRegion }},
		{"first_g", func(_ *writing, r Rate) any { return r.FirstG }},
		{"first_price", func(_ *writing, r Rate) any { return sheet.Decimal(r.FirstPrice) }},
		{"step_g", func(_ *writing, r Rate) any { return r.StepG }},
		{"step_price", func(_ *writing, r Rate) any { return sheet.Decimal(r.StepPrice) }},
		{"volumetric_divisor", func(_ *writing, r Rate) any { return r.VolumetricDivisor }},
		{"days_p50", func(_ *writing, r Rate) any { return r.DaysP50 }},
		{"days_p90", func(_ *writing, r Rate) any { return r.DaysP90 }},
		{"currency", func(_ *writing, r Rate) any { return r.Currency }},
	}...)
}
