package api

import (
	"cmp"
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"github.com/packhorse/packhorse/access"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/id"
	"github.com/packhorse/packhorse/internal/words"
	"github.com/packhorse/packhorse/order"
	"github.com/packhorse/packhorse/pack"
	"github.com/packhorse/packhorse/printing"
	"github.com/packhorse/packhorse/ship"
)

// PrinterItem is a printer as it is set up, and how it is.
type PrinterItem struct {
	ID        string `json:"id,omitempty"`
	Node      string `json:"node" doc:"code of the warehouse"`
	Name      string `json:"name"`
	Station   string `json:"station,omitempty" doc:"the bench it stands at; empty = it serves the whole warehouse and prints labels without being asked"`
	Kind      string `json:"kind" enum:"raw,cups" doc:"raw = TCP port 9100, cups = a queue of a print server"`
	Address   string `json:"address" doc:"raw: HOST:PORT; cups: ipp://HOST:PORT/printers/QUEUE"`
	Format    string `json:"format" enum:"zpl,pdf"`
	Media     string `json:"media,omitempty" enum:"100x150"`
	Language  string `json:"language,omitempty" enum:"en,zh-CN" doc:"of the captions on the label"`
	Answers   *bool  `json:"answers,omitempty" doc:"raw: it tells its state when asked (~HS); empty = yes for zpl. Of one that does not, a person is asked after every label"`
	Enabled   bool   `json:"enabled"`
	Condition string `json:"condition,omitempty" readOnly:"true"`
	Text      string `json:"condition_text,omitempty" readOnly:"true"`
	Since     string `json:"condition_since,omitempty" format:"date-time" readOnly:"true"`
}

// PrinterList lists printers.
type PrinterList struct {
	Printers []PrinterItem `json:"printers"`
}

// PrintJob is one document for one printer.
type PrintJob struct {
	ID         string `json:"id"`
	Printer    string `json:"printer"`
	Document   string `json:"document"`
	Format     string `json:"format"`
	State      string `json:"state" enum:"queued,sent,printed,failed,cancelled"`
	Uncertain  bool   `json:"uncertain,omitempty" doc:"sent, and nobody knows whether it came out: look, then confirm or retry"`
	Order      string `json:"order,omitempty"`
	Fulfilment string `json:"fulfilment,omitempty"`
	Shipment   string `json:"shipment,omitempty"`
	Waybill    string `json:"waybill,omitempty"`
	Attempts   int64  `json:"attempts"`
	ReprintOf  string `json:"reprint_of,omitempty"`
	Reason     string `json:"reason,omitempty"`
	Failure    string `json:"failure,omitempty" doc:"code of why it did not come out, or was dropped from the queue: printing.left, printing.voided, printing.unpacked"`
	Text       string `json:"failure_text,omitempty" doc:"the same as a sentence"`
	Actor      string `json:"actor,omitempty"`
	CreatedAt  string `json:"created_at" format:"date-time"`
	SentAt     string `json:"sent_at,omitempty" format:"date-time"`
	PrintedAt  string `json:"printed_at,omitempty" format:"date-time"`
}

// PrintJobPage is a page of print jobs, newest first.
type PrintJobPage struct {
	Jobs       []PrintJob `json:"jobs"`
	NextCursor string     `json:"next_cursor,omitempty"`
}

// StationInput names the bench whose printer is meant.
type StationInput struct {
	Station string `json:"station,omitempty" doc:"empty = the printer that serves the whole warehouse"`
}

// ReprintInput says why a label is printed again.
type ReprintInput struct {
	Reason  string `json:"reason"`
	Station string `json:"station,omitempty" doc:"empty = the printer it came from"`
}

func (s *Server) printing() {
	query(s, route{path: "/v1/printers", tag: "printing", id: "list-printers", scope: access.StockRead, summary: "Printers and how they are"}, (*call).listPrinters)
	command(s, route{path: "/v1/printers", tag: "printing", id: "save-printer", scope: access.Admin, summary: "Add a printer, or with an id change one",
		about: "Problems: printing.text, printing.choice, printing.address, printing.name_taken, printing.printer_not_found."}, (*call).savePrinter)
	command(s, route{path: "/v1/printers/{id}/test", tag: "printing", id: "test-printer", scope: access.StockWrite, summary: "Print a test label",
		about: "It queues behind what the printer has to do; see list-print-jobs for what became of it. Problems: printing.printer_not_found, printing.off."},
		on(printing.PrinterPrefix, (*call).testPrinter))
	query(s, route{path: "/v1/print-jobs", tag: "printing", id: "list-print-jobs", scope: access.Ship, summary: "Print jobs, newest first",
		params: append(paging(), text("printer", "id of a printer"), text("state", "only these; uncertain are those sent of which nobody knows whether they came out",
			printing.Queued, printing.Sent, "uncertain", printing.Printed, printing.Failed, printing.Cancelled))}, (*call).listPrintJobs)
	s.printJobCommand("retry", "Print one that failed, was cancelled, or did not come out", "Problems: printing.job_not_found, printing.state, printing.under_way.", (*printing.Service).Retry)
	s.printJobCommand("confirm", "Say that an uncertain label came out", "Problems: printing.job_not_found, printing.state, printing.under_way.", (*printing.Service).Confirm)
	s.printJobCommand("cancel", "Take a job out of the queue", "Problems: printing.job_not_found, printing.state.", (*printing.Service).Cancel)
	command(s, route{path: "/v1/print-jobs/{id}/reprint", tag: "printing", id: "reprint", scope: access.Ship, summary: "Print a label a second time, with a reason",
		about: "Who asked and why is in the order's timeline. Problems: printing.job_not_found, printing.reason, printing.not_printed, printing.left, printing.no_waybill, printing.no_printer."},
		on(printing.Prefix, func(c *call, key int64, in ReprintInput) (PrintJob, error) {
			j, err := c.Printing.Reprint(c.ctx, c.once, printing.ReprintIn{JobID: key, Reason: in.Reason, Station: in.Station, Actor: c.actor()})
			return printJobOf(c.lang(), &j), err
		}))
	command(s, route{path: "/v1/parcels/{id}/print", tag: "printing", id: "print-label", scope: access.Ship, summary: "Print the label of a parcel, once",
		about: "Asked again, it answers with the job of the first time. The label waits in the queue until the carrier has given the waybill. " +
			"Problems: printing.no_parcel, printing.no_waybill, printing.no_printer."},
		on(pack.Prefix, func(c *call, key int64, in StationInput) (PrintJob, error) {
			j, err := c.Printing.Print(c.ctx, c.once, printing.PrintIn{ParcelID: key, Station: in.Station, Actor: c.actor()})
			return printJobOf(c.lang(), &j), err
		}))
	s.labelFile(printing.PDF, "application/pdf", "The label of a parcel as PDF, 100 × 150 mm")
	s.labelFile(printing.ZPL, "application/zpl", "The label of a parcel as ZPL, 203 dpi")
}

// printJobChange is what a person decides about a print job.
type printJobChange func(s *printing.Service, ctx context.Context, once *db.Once, key int64, actor string) (printing.Job, error)

func (s *Server) printJobCommand(name, summary, about string, do printJobChange) {
	command(s, route{path: "/v1/print-jobs/{id}/" + name, tag: "printing", id: name + "-print-job", scope: access.Ship, summary: summary, about: about},
		on(printing.Prefix, func(c *call, key int64, _ Empty) (PrintJob, error) {
			j, err := do(c.Printing, c.ctx, c.once, key, c.actor())
			return printJobOf(c.lang(), &j), err
		}))
}

// labelFile serves the label of a parcel as a file. It is not a print, and is not counted as one.
func (s *Server) labelFile(format, kind, summary string) {
	path := "/v1/parcels/{id}/label." + format
	query(s, route{path: path, tag: "printing", id: "label-" + format, scope: access.Ship, summary: summary,
		about: "Captions are in the language of the request. Problems: printing.no_parcel, printing.no_waybill, label.code, label.code_too_long."},
		func(c *call) (Empty, error) {
			key, err := c.idParam("id", pack.Prefix)
			if err != nil {
				return Empty{}, err
			}
			raw, err := c.Printing.Label(c.ctx, key, format, c.lang())
			if err != nil {
				return Empty{}, err
			}
			c.answered = true
			write(c.out, http.StatusOK, kind, raw)
			return Empty{}, nil
		})
	s.open.Paths[path].Get.Responses["200"] = &huma.Response{Description: "the label",
		Content: map[string]*huma.MediaType{kind: {Schema: &huma.Schema{Type: huma.TypeString, Format: "binary"}}}}
}

func printJobOf(lang string, j *printing.Job) PrintJob {
	out := PrintJob{ID: id.Show(printing.Prefix, j.ID), Printer: id.Show(printing.PrinterPrefix, j.PrinterID), Document: j.Document, Format: j.Format,
		State: j.State, Uncertain: j.Uncertain, Order: shown(order.Prefix, j.OrderID), Fulfilment: shown(order.FulfilmentPrefix, j.FulfilmentID),
		Shipment: shown(ship.Prefix, j.ShipmentID), Waybill: j.Waybill, Attempts: j.Attempts, ReprintOf: shown(printing.Prefix, j.ReprintOf), Reason: j.Reason,
		Failure: j.Failure, Actor: j.Actor, CreatedAt: at(j.CreatedAt), SentAt: at(j.SentAt), PrintedAt: at(j.PrintedAt)}
	if j.Failure != "" {
		out.Text = words.Render(lang, j.Failure, map[string]any{"reason": ""})
	}
	return out
}

func (c *call) listPrintJobs() (PrintJobPage, error) {
	page := PrintJobPage{Jobs: []PrintJob{}}
	limit, err := c.limit()
	if err != nil {
		return page, err
	}
	before, err := c.idCursor(printing.Prefix)
	if err != nil {
		return page, err
	}
	f := printing.Filter{State: c.query("state")}
	if f.State == "uncertain" {
		f.State, f.Uncertain = "", true
	}
	if f.PrinterID, err = optionalID("printer", printing.PrinterPrefix, c.query("printer")); err != nil {
		return page, err
	}
	read := func(before int64, n int) ([]*printing.Job, error) { return c.Printing.Jobs(c.ctx, f, before, n) }
	list, next, err := insidePage(c, before, limit, read, func(j *printing.Job) int64 { return j.ID }, byPart(c, func(j *printing.Job) int64 { return j.FulfilmentID }))
	for _, j := range list {
		shown := printJobOf(c.lang(), j)
		shown.Reason = c.free(shown.Reason)
		page.Jobs = append(page.Jobs, shown)
	}
	page.NextCursor = c.nextCursor(printing.Prefix, next)
	return page, err
}

func (c *call) printerItem(n *names, p printing.Device) PrinterItem {
	return PrinterItem{ID: id.Show(printing.PrinterPrefix, p.ID), Node: n.node(p.NodeID), Name: p.Name, Station: p.Station, Kind: p.Kind, Address: p.Address,
		Format: p.Format, Media: p.Media, Language: p.Language, Answers: &p.Answers, Enabled: p.Enabled, Condition: p.Condition,
		Text: words.Render(c.lang(), "printing.condition."+p.Condition, nil), Since: at(p.ConditionAt)}
}

func (c *call) listPrinters() (PrinterList, error) {
	out := PrinterList{Printers: []PrinterItem{}}
	n, err := c.allNames()
	if err != nil {
		return out, err
	}
	list, err := c.Printing.Printers(c.ctx)
	for _, p := range list {
		if !n.sees(p.NodeID) {
			continue
		}
		out.Printers = append(out.Printers, c.printerItem(n, p))
	}
	return out, err
}

func (c *call) savePrinter(in PrinterItem) (out PrinterItem, err error) {
	key, err := optionalID("id", printing.PrinterPrefix, in.ID)
	if err != nil {
		return out, err
	}
	n, err := c.allNames()
	if err != nil {
		return out, err
	}
	node, err := n.nodeOf("node", in.Node)
	if err != nil {
		return out, err
	}
	answers := in.Format == printing.ZPL
	if in.Answers != nil {
		answers = *in.Answers
	}
	p, err := c.Printing.SavePrinter(c.ctx, c.once, c.actor(), printing.Device{ID: key, NodeID: node.ID, Name: in.Name, Station: in.Station, Kind: in.Kind,
		Address: in.Address, Format: in.Format, Media: cmp.Or(in.Media, printing.Media100x150), Language: cmp.Or(in.Language, c.lang()), Answers: answers, Enabled: in.Enabled})
	if err != nil {
		return out, err
	}
	return c.printerItem(n, p), nil
}

func (c *call) testPrinter(key int64, _ Empty) (PrintJob, error) {
	n, err := c.allNames()
	if err != nil {
		return PrintJob{}, err
	}
	list, err := c.Printing.Printers(c.ctx)
	for _, p := range list {
		if p.ID == key && !n.sees(p.NodeID) {
			return PrintJob{}, errNotThere(id.Show(printing.PrinterPrefix, key))
		}
	}
	if err != nil {
		return PrintJob{}, err
	}
	j, err := c.Printing.Test(c.ctx, c.once, key, c.actor())
	return printJobOf(c.lang(), &j), err
}
