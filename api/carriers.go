package api

import (
	"github.com/danielgtaylor/huma/v2"

	"github.com/packhorse/packhorse/access"
	"github.com/packhorse/packhorse/flow"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/id"
	"github.com/packhorse/packhorse/ship"
	"github.com/packhorse/packhorse/warehouse"
)

// CarrierAccount is what an account with a carrier had left when it was looked at last.
type CarrierAccount struct {
	Carrier  string `json:"carrier"`
	Waybills int64  `json:"waybills" doc:"left"`
	Hours    *int64 `json:"hours,omitempty" doc:"how long they last at the rate of the last day; left out while nothing is used"`
	Low      bool   `json:"low" doc:"it was warned of"`
	SeenAt   string `json:"seen_at"`
}

// CarrierAccounts lists the accounts that can run dry.
type CarrierAccounts struct {
	Accounts []CarrierAccount `json:"accounts"`
}

// Ladder is whom a warehouse asks for waybills, in this order; nobody else is asked.
type Ladder struct {
	Node  string `json:"node,omitempty" doc:"code of the warehouse; empty = all without a ladder of their own"`
	Level string `json:"level,omitempty" enum:"cod,express,normal,presale,exchange,reship,gift,dropship" doc:"which orders: cash on delivery, promised within two days, or of a kind; empty = all without a ladder of their own"`
	Rungs []Rung `json:"rungs" maxItems:"20" doc:"none: the rates decide"`
}

// Rung is one carrier of a ladder.
type Rung struct {
	Carrier string `json:"carrier" doc:"code of the account: an outlet has its own"`
	Service string `json:"service,omitempty" doc:"empty = the best of its services"`
}

// Ladders lists every ladder.
type Ladders struct {
	Ladders []Ladder `json:"ladders"`
}

// Paper is the list that a carrier signs for at a hand-over.
type Paper struct {
	ID       string      `json:"id"`
	Node     string      `json:"node"`
	Carrier  string      `json:"carrier"`
	Parcels  int64       `json:"parcels"`
	WeightG  int64       `json:"weight_g"`
	Day      string      `json:"day,omitempty" doc:"of the paper that gathers what left without a scan at the dock on one day of the warehouse; it grows until the day is over"`
	HandedAt string      `json:"handed_at"`
	HandedBy string      `json:"handed_by"`
	Lines    []PaperLine `json:"lines,omitempty"`
}

// PaperLine is one parcel on a paper.
type PaperLine struct {
	Shipment string `json:"shipment"`
	Waybill  string `json:"waybill"`
	Service  string `json:"service,omitempty"`
	WeightG  int64  `json:"weight_g"`
}

// PaperPage is a page of papers, newest first.
type PaperPage struct {
	Manifests  []Paper `json:"manifests"`
	NextCursor string  `json:"next_cursor,omitempty"`
}

func (s *Server) carriers() {
	query(s, route{path: "/v1/carriers/accounts", tag: "shipping", id: "list-carrier-accounts", scope: access.StockRead, summary: "How many waybills the accounts have left",
		about: "Accounts are looked at every ten minutes. One that will not last a day (setting ship.balance_hours) is told once as ship.balance_low.v1."}, (*call).listAccounts)
	query(s, route{path: "/v1/carriers/ladders", tag: "shipping", id: "list-ladders", scope: access.StockRead, summary: "Whom warehouses ask for waybills, in which order",
		about: "An order looks for its level first (cod, then express, then its kind), of its warehouse before that of all; then for the ladder of all levels. Where there is none, the rates decide. " +
			"The same as a file: packhorse export ladders."}, (*call).listLadders)
	command(s, route{path: "/v1/carriers/ladders", tag: "shipping", id: "save-ladder", scope: access.Admin, summary: "Say whom a warehouse asks, in which order",
		about: "The next rung is asked when one has no waybills left, does not serve the area, refuses, does not answer, or stays busy for ten minutes. " +
			"The event ship.labelled.v1 names every rung and why. Problems: ship.ladder_form, ship.ladder_level, http.node."}, (*call).saveLadder)
	query(s, route{path: "/v1/manifests", tag: "shipping", id: "list-manifests", scope: access.StockRead, summary: "Papers of hand-overs, newest first",
		about: "Problems: http.limit, http.cursor, http.node.", params: append(paging(), text("node", "code of the warehouse"), text("carrier", ""))}, (*call).listPapers)
	query(s, route{path: "/v1/manifests/{id}", tag: "shipping", id: "get-manifest", scope: access.StockRead, summary: "One paper with its parcels",
		about: "Problems: ship.no_manifest, http.id."}, (*call).getPaper)
	query(s, route{path: "/v1/manifests/{id}/file", tag: "shipping", id: "get-manifest-file", scope: access.StockRead, summary: "The paper as a file to print and sign",
		about:  "One row for each parcel, and the sums; the PDF is A4, with a line to sign on, in the language of the reader. Problems: ship.no_manifest, http.id, ship.manifest_format.",
		params: []*huma.Param{text("format", "csv without one", "csv", "xlsx", "pdf")}}, (*call).paperFile)
	command(s, route{path: "/v1/suspensions/detour", tag: "shipping", id: "detour", scope: access.Ship, summary: "Take what has not left round the suspended areas",
		about: "Labelled parcels get the waybill of the next carrier, unless their label is on paper; what is only allocated goes to a warehouse from which a carrier goes there. " +
			"May be asked for again at any time."}, func(c *call, _ Empty) (flow.Detoured, error) {
		return goneAhead(c, func() (flow.Detoured, error) { return c.Flow.Detour(c.ctx, c.actor(), c.Printed) })
	})
}

func (c *call) listAccounts() (CarrierAccounts, error) {
	out := CarrierAccounts{Accounts: []CarrierAccount{}}
	err := c.DB.View(c.ctx, func(tx *db.Tx) error {
		list, err := ship.Accounts(tx)
		for _, a := range list {
			shown := CarrierAccount{Carrier: a.Carrier, Waybills: a.Left, Low: a.Warned, SeenAt: at(a.SeenAt)}
			if h, known := a.Hours(); known {
				shown.Hours = &h
			}
			out.Accounts = append(out.Accounts, shown)
		}
		return err
	})
	return out, err
}

func (c *call) listLadders() (Ladders, error) {
	out := Ladders{Ladders: []Ladder{}}
	err := c.DB.View(c.ctx, func(tx *db.Tx) error {
		all, err := ship.Ladders(tx)
		if err != nil {
			return err
		}
		names, err := c.names(tx)
		for _, n := range append([]warehouse.Node{{}}, names.nodes...) {
			for _, level := range ship.Levels() {
				l := Ladder{Node: n.Code, Level: level}
				for _, r := range all[ship.Ladder{Node: n.ID, Level: level}] {
					l.Rungs = append(l.Rungs, Rung(r))
				}
				if len(l.Rungs) > 0 {
					out.Ladders = append(out.Ladders, l)
				}
			}
		}
		return err
	})
	return out, err
}

func (c *call) saveLadder(in Ladder) (Ladder, error) {
	if in.Node == "" && !c.area.Whole() {
		return in, errNotThere("ladder of all warehouses")
	}
	node, err := c.nodeNamed(in.Node)
	if err != nil {
		return in, err
	}
	rungs := make([]ship.Rung, len(in.Rungs))
	for i, r := range in.Rungs {
		rungs[i] = ship.Rung(r)
	}
	return in, c.Ship.SaveLadder(c.ctx, c.once, c.actor(), ship.Ladder{Node: node, Level: in.Level}, rungs)
}

// nodeNamed is the id of the warehouse with a code; 0 without one. Fault: http.node.
func (c *call) nodeNamed(code string) (int64, error) {
	if code == "" {
		return 0, nil
	}
	n, err := c.allNames()
	if err != nil {
		return 0, err
	}
	node, err := n.nodeOf("node", code)
	return node.ID, err
}

func (c *call) listPapers() (PaperPage, error) {
	out := PaperPage{Manifests: []Paper{}}
	limit, err := c.limit()
	if err != nil {
		return out, err
	}
	before, err := c.idCursor(ship.PaperPrefix)
	if err != nil {
		return out, err
	}
	node, err := c.nodeNamed(c.query("node"))
	if err != nil {
		return out, err
	}
	n, err := c.allNames()
	if err != nil {
		return out, err
	}
	list, err := newestByNode(c, n, node, limit, func(node int64) ([]ship.Paper, error) {
		return c.Ship.Papers(c.ctx, node, c.query("carrier"), before, limit)
	}, func(p ship.Paper) int64 { return p.ID })
	if err != nil {
		return out, err
	}
	for _, p := range list {
		out.Manifests = append(out.Manifests, n.paper(p, nil))
	}
	if len(list) == limit {
		out.NextCursor = id.Show(ship.PaperPrefix, list[limit-1].ID)
	}
	return out, nil
}

func (n *names) paper(p ship.Paper, lines []ship.PaperLine) Paper {
	out := Paper{ID: id.Show(ship.PaperPrefix, p.ID), Node: n.node(p.NodeID), Carrier: p.Carrier, Parcels: p.Parcels, WeightG: p.WeightG,
		Day: p.Day, HandedAt: at(p.HandedAt), HandedBy: p.HandedBy}
	for _, l := range lines {
		out.Lines = append(out.Lines, PaperLine{Shipment: id.Show(ship.Prefix, l.ShipmentID), Waybill: l.Waybill, Service: l.Service, WeightG: l.WeightG})
	}
	return out
}

func (c *call) getPaper() (Paper, error) {
	key, err := c.idParam("id", ship.PaperPrefix)
	if err != nil {
		return Paper{}, err
	}
	p, lines, err := c.Ship.PaperOf(c.ctx, key)
	if err != nil {
		return Paper{}, err
	}
	n, err := c.allNames()
	return n.paper(p, lines), err
}
