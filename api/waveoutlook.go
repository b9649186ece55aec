package api

import (
	"github.com/danielgtaylor/huma/v2"

	"github.com/packhorse/packhorse/access"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/id"
	"github.com/packhorse/packhorse/order"
	"github.com/packhorse/packhorse/wave"
)

// WaveLoad is how much work some fulfilments are.
type WaveLoad struct {
	Orders int64 `json:"orders"`
	Lines  int64 `json:"lines"`
	Units  int64 `json:"units"`
	Walks  int64 `json:"walks" doc:"an estimate: where the goods are bound is known with the release"`
}

// CutoffLoad is what has to leave with one collection.
type CutoffLoad struct {
	At       string   `json:"at,omitempty" doc:"the last collection before the deadline, or the next one for what is late; left out for what has no deadline"`
	Carriers []string `json:"carriers" doc:"that collect then"`
	WaveLoad
}

// ZoneLoad is what stands in one zone.
type ZoneLoad struct {
	Zone string `json:"zone" doc:"empty: in several"`
	WaveLoad
}

// TemplateLoad is what a template would release now.
type TemplateLoad struct {
	WaveTemplate
	CutoffAt string   `json:"cutoff_at,omitempty" doc:"it works towards"`
	OpensAt  string   `json:"opens_at,omitempty" doc:"when it begins to release by itself for that cut-off"`
	Due      bool     `json:"due" doc:"it releases by itself now"`
	Load     WaveLoad `json:"load"`
}

// WaveOutlook is what waits at a warehouse for a wave.
type WaveOutlook struct {
	Node string `json:"node"`
	WaveLoad
	Late      int64          `json:"late" doc:"whose deadline is before the next collection"`
	More      bool           `json:"more" doc:"more wait than the 1,000 that were looked at"`
	Cutoffs   []CutoffLoad   `json:"cutoffs"`
	Zones     []ZoneLoad     `json:"zones"`
	Templates []TemplateLoad `json:"templates"`
}

// WaveOutlooks are the outlooks of the warehouses.
type WaveOutlooks struct {
	Nodes []WaveOutlook `json:"nodes"`
}

// WaveCandidate is a fulfilment that may go into a wave.
type WaveCandidate struct {
	Fulfilment string `json:"fulfilment"`
	Order      string `json:"order"`
	ExternalNo string `json:"external_no"`
	Deadline   string `json:"deadline,omitempty"`
	CutoffAt   string `json:"cutoff_at,omitempty" doc:"the collection it has to leave with"`
	Zone       string `json:"zone" doc:"empty: its goods stand in several"`
	Lines      int64  `json:"lines"`
	Units      int64  `json:"units"`
}

// WaveCandidates are what may go into a wave, the most urgent first.
type WaveCandidates struct {
	Candidates []WaveCandidate `json:"candidates"`
	More       bool            `json:"more" doc:"there are more than these"`
}

// severalZones asks for what stands in more than one zone.
const severalZones = "-"

func (s *Server) waveOutlook() {
	query(s, route{path: "/v1/wave-candidates", tag: "waves", id: "list-wave-candidates", scope: access.OrdersRead, summary: "What may go into a wave, the most urgent first",
		about: "Of the 1,000 most urgent of the warehouse. Give their ids to release-wave. Problems: http.node, http.time, http.limit.",
		params: []*huma.Param{text("node", "code of the warehouse"), text("cutoff", "only what has to leave with this collection, as get-wave-outlook names it; none: what has no deadline"),
			text("zone", "only what stands in this zone; -: in several"), number("limit", "1 to 500; 50 without it")}}, (*call).listWaveCandidates)
	query(s, route{path: "/v1/wave-outlook", tag: "waves", id: "get-wave-outlook", scope: access.OrdersRead, summary: "What waits for a wave, by cut-off, zone and template",
		about:  "Of each warehouse the 1,000 most urgent fulfilments that may be released are looked at. Problems: http.node.",
		params: []*huma.Param{text("node", "code of the warehouse")}}, (*call).getWaveOutlook)
}

func (c *call) getWaveOutlook() (WaveOutlooks, error) {
	out := WaveOutlooks{Nodes: []WaveOutlook{}}
	err := c.DB.View(c.ctx, func(tx *db.Tx) error {
		n, err := c.names(tx)
		if err != nil {
			return err
		}
		wanted := c.query("node")
		if wanted != "" {
			if _, err := n.nodeOf("node", wanted); err != nil {
				return err
			}
		}
		for _, x := range n.nodes {
			if wanted != "" && x.Code != wanted {
				continue
			}
			o, err := wave.OutlookOf(tx, x)
			if err != nil {
				return err
			}
			out.Nodes = append(out.Nodes, n.outlook(x.Code, o))
		}
		return nil
	})
	return out, err
}

func (n *names) outlook(node string, o wave.Outlook) WaveOutlook {
	out := WaveOutlook{Node: node, WaveLoad: WaveLoad(o.Load), Late: o.Late, More: o.More, Cutoffs: []CutoffLoad{}, Zones: []ZoneLoad{}, Templates: []TemplateLoad{}}
	for _, x := range o.Cutoffs {
		out.Cutoffs = append(out.Cutoffs, CutoffLoad{At: at(x.At), Carriers: notNil(x.Carriers), WaveLoad: WaveLoad(x.Load)})
	}
	for _, x := range o.Zones {
		out.Zones = append(out.Zones, ZoneLoad{Zone: x.Zone, WaveLoad: WaveLoad(x.Load)})
	}
	for _, x := range o.Templates {
		out.Templates = append(out.Templates, TemplateLoad{WaveTemplate: n.template(x.Template), CutoffAt: at(x.CutoffAt), OpensAt: at(x.OpensAt), Due: x.Due, Load: WaveLoad(x.Load)})
	}
	return out
}

func (c *call) listWaveCandidates() (WaveCandidates, error) {
	limit, err := c.limit()
	if err != nil {
		return WaveCandidates{}, err
	}
	return c.waveCandidates(limit)
}

func (c *call) waveCandidates(limit int) (WaveCandidates, error) {
	out := WaveCandidates{Candidates: []WaveCandidate{}}
	keep, err := c.wantedWaiters()
	if err != nil {
		return out, err
	}
	err = c.DB.View(c.ctx, func(tx *db.Tx) error {
		n, err := c.names(tx)
		if err != nil {
			return err
		}
		node, err := n.nodeOf("node", c.query("node"))
		if err != nil {
			return err
		}
		list, more, err := wave.Waiters(tx, node, limit, keep)
		if err != nil {
			return err
		}
		out.More = more
		orders := make([]int64, len(list))
		for i, w := range list {
			orders[i] = w.OrderID
		}
		heads, err := order.Summaries(tx, sorted(orders))
		no := map[int64]string{}
		for _, o := range heads {
			no[o.ID] = o.ExternalNo
		}
		for _, w := range list {
			out.Candidates = append(out.Candidates, WaveCandidate{Fulfilment: id.Show(order.FulfilmentPrefix, w.ID), Order: id.Show(order.Prefix, w.OrderID), ExternalNo: no[w.OrderID],
				Deadline: at(w.Rank.Deadline()), CutoffAt: at(w.CutoffAt), Zone: w.Zone, Lines: int64(len(w.Lines)), Units: w.Units()})
		}
		return err
	})
	return out, err
}

// wantedWaiters is the filter of the query.
func (c *call) wantedWaiters() (func(wave.Waiter) bool, error) {
	var cutoff int64
	none := c.query("cutoff") == "none"
	if !none {
		var err error
		if cutoff, err = c.micros("cutoff"); err != nil {
			return nil, err
		}
	}
	zone := c.query("zone")
	return func(w wave.Waiter) bool {
		there := zone == "" || w.Zone == zone || zone == severalZones && w.Zone == ""
		return there && (cutoff == 0 && !none || w.CutoffAt == cutoff)
	}, nil
}
