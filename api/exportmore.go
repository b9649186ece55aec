package api

import (
	"strings"

	"github.com/packhorse/packhorse/access"
	"github.com/packhorse/packhorse/internal/sheet"
	"github.com/packhorse/packhorse/internal/words"
)

// exported are the lists that can be written into a file, by the operation that answers them.
var exported = map[string]exportedList{
	"list-orders":      orderListing(),
	"list-exceptions":  exceptionListing(),
	"search-orders":    foundListing(),
	"list-shipments":   troubleListing(),
	"list-levels":      levelListing(),
	"list-ledger":      ledgerListing(),
	"list-cases":       caseListing(),
	"list-refunds":     refundListing(),
	"list-waves":       waveListing(),
	"list-counts":      countListing((*call).listCounts),
	"list-counts-done": countListing((*call).listCountsDone),
	"list-audit":       auditListing(),

	"list-back-orders": owedListing(),
	"list-figure":      figureListing(),
	"list-wave-orders": inWaveListing(),
	"list-jobs":        jobListing(),
	"list-mappings":    mappingListing(),
	"list-rates":       rateListing(),

	"list-wave-candidates":  waitingListing(),
	"list-leaving":          leavingListing(),
	"list-same-recipients":  sameRecipientListing(),
	"list-shelves":          shelfListing(),
	"list-strangers":        strangerListing(),
	"list-nodes":            nodeListing(),
	"list-users":            personListing(),
	"list-rules":            ruleListing(),
	"list-buffers":          bufferListing(),
	"list-channel-messages": toldListing(),
}

func exceptionListing() exportedList {
	columns := []column[Exception]{
		{"cause", func(w *writing, x Exception) any { return w.name("review.cause", x.Cause) }},
		{"reasons", func(_ *writing, x Exception) any { return strings.Join(x.Reasons, " · ") }},
		{"claimed_by", func(_ *writing, x Exception) any { return x.ClaimedBy }},
	}
	columns = append(columns, orderColumns(func(x Exception) OrderSummary { return x.OrderSummary })...)
	return listing(access.OrdersRead, (*call).listExceptions, func(p ExceptionPage) ([]Exception, string) { return p.Exceptions, p.NextCursor }, columns...)
}

func foundListing() exportedList {
	return listing(access.OrdersRead, (*call).searchOrders, func(p SearchPage) ([]SearchHit, string) { return p.Orders, p.NextCursor }, []column[SearchHit]{
		{"order_no", func(_ *writing, o SearchHit) any { return o.ExternalNo }},
		{"channel", func(_ *writing, o SearchHit) any { return o.Channel }},
		{"shop", func(_ *writing, o SearchHit) any { return o.Shop }},
		{"placed_at", func(w *writing, o SearchHit) any { return w.when(o.PlacedAt) }},
		{"payment", func(w *writing, o SearchHit) any { return w.name("order.payment", o.Payment) }},
		{"review", func(w *writing, o SearchHit) any { return w.name("order.review", o.Review) }},
		{"fulfilment", func(w *writing, o SearchHit) any { return w.name("order.fulfilment", o.Fulfilment) }},
		{"delivery", func(w *writing, o SearchHit) any { return w.name("order.delivery", o.Delivery) }},
		{"recipient", func(_ *writing, o SearchHit) any { return o.Recipient }},
		{"city", func(_ *writing, o SearchHit) any { return o.City }},
		{"skus", func(_ *writing, o SearchHit) any { return strings.Join(o.SKUs, ", ") }},
		{"waybill", func(_ *writing, o SearchHit) any { return strings.Join(o.Waybills, ", ") }},
		{"id", func(_ *writing, o SearchHit) any { return o.ID }},
	}...)
}

func troubleListing() exportedList {
	return listing(access.OrdersRead, (*call).listShipments, func(p TroubledPage) ([]TroubledShipment, string) { return p.Shipments, p.NextCursor }, []column[TroubledShipment]{
		{"waybill", func(_ *writing, s TroubledShipment) any { return s.Waybill }},
		{"carrier", func(_ *writing, s TroubledShipment) any { return s.Carrier }},
		{"status", func(w *writing, s TroubledShipment) any { return w.name("ship.status", s.Status) }},
		{"where", func(w *writing, s TroubledShipment) any { return w.name("track.status", s.Tracking) }},
		{"why", func(_ *writing, s TroubledShipment) any { return s.Why }},
		{"since", func(w *writing, s TroubledShipment) any { return w.when(s.Since) }},
		{"promised_by", func(w *writing, s TroubledShipment) any { return w.when(s.PromisedBy) }},
		{"node", func(_ *writing, s TroubledShipment) any { return s.Node }},
		{"order_no", func(_ *writing, s TroubledShipment) any { return s.OrderNo }},
		{"recipient", func(_ *writing, s TroubledShipment) any { return s.Recipient }},
		{"city", func(_ *writing, s TroubledShipment) any { return s.City }},
		{"aftersale", func(w *writing, s TroubledShipment) any { return w.name("order.aftersale", s.AfterSale) }},
		{"order", func(_ *writing, s TroubledShipment) any { return s.Order }},
		{"id", func(_ *writing, s TroubledShipment) any { return s.ID }},
	}...)
}

// heldLevel is what one warehouse has of a SKU.
type heldLevel struct {
	Level
	at NodeLevel
}

// levelListing has a row for each SKU and warehouse; a SKU that no warehouse has had yet has one without.
func levelListing() exportedList {
	rows := func(p LevelPage) (out []heldLevel, next string) {
		for _, l := range p.Levels {
			if len(l.Nodes) == 0 {
				out = append(out, heldLevel{l, NodeLevel{}})
			}
			for _, n := range l.Nodes {
				out = append(out, heldLevel{l, n})
			}
		}
		return out, p.NextCursor
	}
	return listing(access.StockRead, (*call).listLevels, rows, []column[heldLevel]{
		{"sku", func(_ *writing, l heldLevel) any { return l.SKU }},
		{"title", func(_ *writing, l heldLevel) any { return l.Title }},
		{"owner", func(_ *writing, l heldLevel) any { return l.Owner }},
		{"node", func(_ *writing, l heldLevel) any { return l.at.Node }},
		{"on_hand", func(_ *writing, l heldLevel) any { return l.at.OnHand }},
		{"reserved", func(_ *writing, l heldLevel) any { return l.at.Reserved }},
		{"blocked", func(_ *writing, l heldLevel) any { return l.at.Blocked }},
		{"available", func(_ *writing, l heldLevel) any { return l.at.Available }},
		{"moved_at", func(w *writing, l heldLevel) any { return w.when(l.MovedAt) }},
	}...)
}

func ledgerListing() exportedList {
	return listing(access.StockRead, (*call).listLedger, func(p LedgerPage) ([]LedgerEntry, string) { return p.Entries, p.NextCursor }, []column[LedgerEntry]{
		{"at", func(w *writing, e LedgerEntry) any { return w.when(e.At) }},
		{"cause", func(w *writing, e LedgerEntry) any { return w.name("ui.stock.cause", e.Cause) }},
		{"quantity", func(_ *writing, e LedgerEntry) any { return e.Quantity }},
		{"lot", func(_ *writing, e LedgerEntry) any { return e.Lot }},
		{"from", func(w *writing, e LedgerEntry) any { return w.side(e.FromNode, e.From) }},
		{"from_quality", func(w *writing, e LedgerEntry) any { return w.name("ui.stock.quality", e.FromQuality) }},
		{"to", func(w *writing, e LedgerEntry) any { return w.side(e.ToNode, e.To) }},
		{"to_quality", func(w *writing, e LedgerEntry) any { return w.name("ui.stock.quality", e.ToQuality) }},
		{"ref", func(_ *writing, e LedgerEntry) any { return e.Ref }},
		{"id", func(_ *writing, e LedgerEntry) any { return e.ID }},
	}...)
}

// side is one side of a move: a place of ours, or the world outside.
func (w *writing) side(node, place string) string {
	if node == "" {
		return w.name("ui.stock.outside", place)
	}
	return node + " " + place
}

func caseListing() exportedList {
	return listing(access.OrdersRead, (*call).listCases, func(p CasePage) ([]Case, string) { return p.Cases, p.NextCursor }, []column[Case]{
		{"id", func(_ *writing, x Case) any { return x.ID }},
		{"kind", func(w *writing, x Case) any { return w.name("ui.aftersales.kind", x.Kind) }},
		{"status", func(w *writing, x Case) any { return w.name("ui.aftersales.status", x.Status) }},
		{"reason", func(w *writing, x Case) any { return w.name("aftersales.reason", x.Reason) }},
		{"order_no", func(_ *writing, x Case) any { return x.OrderNo }},
		{"order", func(_ *writing, x Case) any { return x.Order }},
		{"node", func(_ *writing, x Case) any { return x.Node }},
		{"skus", func(_ *writing, x Case) any { return skusOfCase(x) }},
		{"units", func(_ *writing, x Case) any { return unitsOfCase(x) }},
		{"carrier", func(_ *writing, x Case) any { return x.Carrier }},
		{"waybill", func(_ *writing, x Case) any { return x.Waybill }},
		{"replacement", func(_ *writing, x Case) any { return x.ReplacementOrder }},
		{"difference", func(_ *writing, x Case) any { return sheet.Decimal(x.Difference) }},
		{"deadline", func(w *writing, x Case) any { return w.when(x.Deadline) }},
		{"opened_at", func(w *writing, x Case) any { return w.when(x.OpenedAt) }},
		{"opened_by", func(_ *writing, x Case) any { return x.OpenedBy }},
		{"decided_by", func(_ *writing, x Case) any { return x.DecidedBy }},
		{"closed_at", func(w *writing, x Case) any { return w.when(x.ClosedAt) }},
		{"note", func(_ *writing, x Case) any { return x.Note }},
	}...)
}

func skusOfCase(x Case) string {
	var list []string
	for _, l := range x.Lines {
		list = append(list, l.SKU)
	}
	return strings.Join(list, ", ")
}

func unitsOfCase(x Case) (n int64) {
	for _, l := range x.Lines {
		n += l.Quantity
	}
	return n
}

func refundListing() exportedList {
	return listing(access.OrdersRead, (*call).listRefunds, func(p RefundPage) ([]Refund, string) { return p.Refunds, p.NextCursor }, []column[Refund]{
		{"id", func(_ *writing, r Refund) any { return r.ID }},
		{"status", func(w *writing, r Refund) any { return w.name("ui.aftersales.refund", r.Status) }},
		{"amount", func(_ *writing, r Refund) any { return sheet.Decimal(r.Amount) }},
		{"currency", func(_ *writing, r Refund) any { return r.Currency }},
		{"reason", func(w *writing, r Refund) any { return w.name("aftersales.reason", r.Reason) }},
		{"order", func(_ *writing, r Refund) any { return r.Order }},
		{"case", func(_ *writing, r Refund) any { return r.Case }},
		{"reference", func(_ *writing, r Refund) any { return r.Reference }},
		{"why", func(_ *writing, r Refund) any { return r.Failure }},
		{"opened_by", func(_ *writing, r Refund) any { return r.AskedBy }},
		{"opened_at", func(w *writing, r Refund) any { return w.when(r.AskedAt) }},
		{"decided_by", func(_ *writing, r Refund) any { return r.DecidedBy }},
		{"done_at", func(w *writing, r Refund) any { return w.when(r.DoneAt) }},
	}...)
}

func waveListing() exportedList {
	return listing(access.OrdersRead, (*call).listWaves, func(p WavePage) ([]Wave, string) { return p.Waves, p.NextCursor }, []column[Wave]{
		{"id", func(_ *writing, x Wave) any { return x.ID }},
		{"node", func(_ *writing, x Wave) any { return x.Node }},
		{"template", func(_ *writing, x Wave) any { return x.Template }},
		{"method", func(w *writing, x Wave) any { return w.name("wave.method", x.Method) }},
		{"orders", func(_ *writing, x Wave) any { return x.Orders }},
		{"lines", func(_ *writing, x Wave) any { return x.Lines }},
		{"cutoff_at", func(w *writing, x Wave) any { return w.when(x.CutoffAt) }},
		{"released_at", func(w *writing, x Wave) any { return w.when(x.ReleasedAt) }},
		{"released_by", func(_ *writing, x Wave) any { return x.ReleasedBy }},
		{"tasks", func(_ *writing, x Wave) any { return x.Tasks }},
		{"tasks_over", func(_ *writing, x Wave) any { return x.TasksOver }},
		{"metres", func(_ *writing, x Wave) any { return x.Metres }},
	}...)
}

func countListing(do func(*call) (CountPage, error)) exportedList {
	return listing(access.StockRead, do, func(p CountPage) ([]Count, string) { return p.Counts, p.NextCursor }, []column[Count]{
		{"node", func(_ *writing, x Count) any { return x.Node }},
		{"location", func(_ *writing, x Count) any { return x.Location }},
		{"zone", func(_ *writing, x Count) any { return x.Zone }},
		{"sku", func(_ *writing, x Count) any { return x.SKU }},
		{"title", func(_ *writing, x Count) any { return x.Title }},
		{"lot", func(_ *writing, x Count) any { return x.Lot }},
		{"reason", func(w *writing, x Count) any { return w.name("ui.counts.reason", x.Reason) }},
		{"status", func(w *writing, x Count) any { return w.name("ui.counts.status", x.Status) }},
		{"expected", func(_ *writing, x Count) any { return x.Expected }},
		{"counted", func(_ *writing, x Count) any { return x.Counted }},
		{"opened_at", func(w *writing, x Count) any { return w.when(x.CreatedAt) }},
		{"closed_at", func(w *writing, x Count) any { return w.when(x.ClosedAt) }},
		{"closed_by", func(_ *writing, x Count) any { return x.ClosedBy }},
		{"id", func(_ *writing, x Count) any { return x.ID }},
	}...)
}

func auditListing() exportedList {
	return listing(access.Audit, (*call).listAudit, func(p AuditPage) ([]AuditEntry, string) { return p.Entries, p.NextCursor }, []column[AuditEntry]{
		{"at", func(w *writing, e AuditEntry) any { return w.when(e.At) }},
		{"actor", func(_ *writing, e AuditEntry) any { return e.Actor }},
		{"act", func(w *writing, e AuditEntry) any { return w.act(e.Act) }},
		{"object", func(_ *writing, e AuditEntry) any { return e.Object }},
		{"fields", func(_ *writing, e AuditEntry) any { return strings.Join(e.Fields, ", ") }},
		{"purpose", func(w *writing, e AuditEntry) any { return w.name("ui.export.purpose", e.Purpose) }},
		{"note", func(_ *writing, e AuditEntry) any { return e.Note }},
		{"from", func(_ *writing, e AuditEntry) any { return e.Address }},
		{"request", func(_ *writing, e AuditEntry) any { return e.Request }},
	}...)
}

// actCode is the code of what the log calls an operation: "ui.act.save_node".
func actCode(act string) string { return "ui.act." + strings.ReplaceAll(act, "-", "_") }

// act is what an operation is called; one without words stands as the API names it.
func (w *writing) act(act string) string {
	if code := actCode(act); words.Has(w.lang, code) {
		return words.Render(w.lang, code, nil)
	}
	return act
}
