package api

import (
	"github.com/packhorse/packhorse/access"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/id"
	"github.com/packhorse/packhorse/internal/words"
	"github.com/packhorse/packhorse/order"
	"github.com/packhorse/packhorse/pick"
	"github.com/packhorse/packhorse/wave"
)

// WaveInput asks for a wave: of a template, or of fulfilments put together by hand.
type WaveInput struct {
	Template    string   `json:"template,omitempty"`
	Fulfilments []string `json:"fulfilments,omitempty" doc:"without a template: all of one node"`
	Method      string   `json:"method,omitempty" enum:"discrete,batch,shape" doc:"without a template; shape: each order by the method its shape asks for"`
}

// WaveOutcome is what became of a wave.
type WaveOutcome struct {
	Wave     string        `json:"wave,omitempty" doc:"empty when nothing could be released, or all of it joined open walks"`
	Tasks    []string      `json:"tasks"`
	Released []string      `json:"released"`
	Joined   []WaveJoined  `json:"joined,omitempty" doc:"of the released: what a walk of an earlier wave of the template took along, that nobody had begun"`
	Refused  []WaveRefused `json:"refused"`
}

// WaveJoined is a fulfilment that came after its wave.
type WaveJoined struct {
	Fulfilment  string `json:"fulfilment"`
	Task        string `json:"task"`
	Wave        string `json:"wave"`
	ExtraMetres int64  `json:"extra_metres" doc:"by how much the walk becomes longer"`
	AloneMetres int64  `json:"alone_metres" doc:"of a walk of its own"`
}

// WaveRefused is a fulfilment that did not go into the wave.
type WaveRefused struct {
	Fulfilment string `json:"fulfilment"`
	Code       string `json:"code"`
	Text       string `json:"text"`
}

// Wave is what was released together.
type Wave struct {
	ID         string `json:"id"`
	Node       string `json:"node"`
	Template   string `json:"template,omitempty"`
	Method     string `json:"method"`
	Orders     int64  `json:"orders"`
	Lines      int64  `json:"lines"`
	CutoffAt   string `json:"cutoff_at,omitempty"`
	ReleasedAt string `json:"released_at"`
	ReleasedBy string `json:"released_by"`
	Tasks      int64  `json:"tasks" doc:"walks"`
	TasksOver  int64  `json:"tasks_over" doc:"done or called off"`

	Metres       int64   `json:"predicted_metres" doc:"of all its walks, as planned at release; 0 = the locations have no coordinates"`
	PlainMetres  int64   `json:"plain_metres" doc:"had every fulfilment been walked for by itself, the shortest way"`
	Minutes      float64 `json:"predicted_minutes" doc:"of pickers: walking, finding, taking, sorting"`
	PlainMinutes float64 `json:"plain_minutes" doc:"had every fulfilment been walked for by itself"`

	Walked *WaveWalked `json:"walked,omitempty" doc:"of the walks that are over and were followed by scans; left out where there is none"`

	Division *WaveDivision `json:"division,omitempty" doc:"left out when no walk was for several fulfilments, or the locations have no coordinates"`
}

// WaveWalked is how walks went, beside what they were planned to be.
type WaveWalked struct {
	Walks   int64   `json:"walks"`
	Planned int64   `json:"planned_metres" doc:"of these walks"`
	Metres  int64   `json:"metres" doc:"along the racks from scan to scan, from the stage and back"`
	Minutes float64 `json:"minutes" doc:"from their beginning to their last scan"`
}

// WavePage is a page of waves, newest first.
type WavePage struct {
	Waves      []Wave `json:"waves"`
	NextCursor string `json:"next_cursor,omitempty"`
}

// WaveTemplate says what a node releases by itself, and when.
type WaveTemplate struct {
	ID                  string   `json:"id,omitempty"`
	Node                string   `json:"node" doc:"code of the warehouse"`
	Name                string   `json:"name"`
	Method              string   `json:"method" enum:"discrete,batch,shape" doc:"shape: each order by the method its shape asks for (urgent, bulky, hot, single, multi-line)"`
	Carriers            []string `json:"carriers,omitempty" doc:"whose cut-offs count; empty = all"`
	Zones               []string `json:"zones,omitempty" doc:"only what stands in these zones; empty = all"`
	MinutesBeforeCutoff int64    `json:"minutes_before_cutoff"`
	MaxOrders           int64    `json:"max_orders"`
	Enabled             bool     `json:"enabled"`
	LabelAt             string   `json:"label_at,omitempty" enum:"release,check" doc:"when waybills are taken and labels printed: with the wave, in the order of the walk, or after the check; empty = check"`
}

// WaveTemplates lists all templates.
type WaveTemplates struct {
	Templates []WaveTemplate `json:"templates"`
}

func (s *Server) waves() {
	command(s, route{path: "/v1/waves", tag: "waves", id: "release-wave", scope: access.Work, summary: "Release together",
		about: "What a template releases joins a walk of one of its earlier waves for the same cut-off where nobody has begun that walk or was given it, the trolley has room, and it is " +
			"late by less or walks less than by itself. Such a walk keeps its id; its lines get new numbers."}, (*call).releaseWave)
	query(s, route{path: "/v1/waves", tag: "waves", id: "list-waves", scope: access.OrdersRead, summary: "Waves, newest first",
		params: append(paging(), text("node", "code of the warehouse"))}, (*call).listWaves)
	query(s, route{path: "/v1/wave-templates", tag: "waves", id: "list-wave-templates", scope: access.OrdersRead, summary: "What is released by itself"},
		(*call).listTemplates)
	command(s, route{path: "/v1/wave-templates", tag: "waves", id: "save-wave-template", scope: access.Admin,
		summary: "Add a template, or with an id change one"}, (*call).saveTemplate)
}

func (c *call) releaseWave(in WaveInput) (WaveOutcome, error) {
	template, err := optionalID("template", wave.TemplatePrefix, in.Template)
	if err != nil {
		return WaveOutcome{}, err
	}
	ask := pick.WaveIn{TemplateID: template, Method: in.Method, Actor: c.actor()}
	for _, text := range in.Fulfilments {
		key, err := idOf("fulfilments", order.FulfilmentPrefix, text)
		if err != nil {
			return WaveOutcome{}, err
		}
		ask.Fulfilments = append(ask.Fulfilments, key)
	}
	w, err := c.Pick.ReleaseWave(c.ctx, c.once, ask)
	out := WaveOutcome{Wave: shown(wave.Prefix, w.WaveID), Tasks: showAll(pick.Prefix, w.Tasks), Released: showAll(order.FulfilmentPrefix, w.Released),
		Refused: []WaveRefused{}}
	for _, j := range w.Joined {
		out.Joined = append(out.Joined, WaveJoined{Fulfilment: id.Show(order.FulfilmentPrefix, j.FulfilmentID), Task: id.Show(pick.Prefix, j.TaskID),
			Wave: id.Show(wave.Prefix, j.WaveID), ExtraMetres: inMetres(j.ExtraMM), AloneMetres: inMetres(j.AloneMM)})
	}
	for _, r := range w.Refused {
		out.Refused = append(out.Refused, WaveRefused{Fulfilment: id.Show(order.FulfilmentPrefix, r.FulfilmentID), Code: r.Code,
			Text: words.Render(c.lang(), r.Code, r.Params)})
	}
	return out, err
}

func showAll(prefix string, keys []int64) []string {
	out := make([]string, len(keys))
	for i, key := range keys {
		out[i] = id.Show(prefix, key)
	}
	return out
}

func (c *call) listWaves() (WavePage, error) {
	page := WavePage{Waves: []Wave{}}
	limit, err := c.limit()
	if err != nil {
		return page, err
	}
	before, err := c.idCursor(wave.Prefix)
	if err != nil {
		return page, err
	}
	n, err := c.allNames()
	if err != nil {
		return page, err
	}
	var node int64
	if code := c.query("node"); code != "" {
		x, err := n.nodeOf("node", code)
		if err != nil {
			return page, err
		}
		node = x.ID
	}
	list, err := newestByNode(c, n, node, limit, func(node int64) ([]wave.Wave, error) {
		return c.Wave.Waves(c.ctx, node, before, limit)
	}, func(w wave.Wave) int64 { return w.ID })
	if err != nil {
		return page, err
	}
	keys := make([]int64, len(list))
	for i, w := range list {
		keys[i] = w.ID
	}
	err = c.DB.View(c.ctx, func(tx *db.Tx) error {
		walked, err := pick.WalksOf(tx, keys)
		if err != nil {
			return err
		}
		waves := make([]*Wave, len(list))
		page.Waves = make([]Wave, len(list))
		for i, w := range list {
			page.Waves[i] = n.wave(w, walked[w.ID])
			waves[i] = &page.Waves[i]
		}
		return divided(tx, keys, waves)
	})
	if len(list) == limit {
		page.NextCursor = id.Show(wave.Prefix, list[limit-1].ID)
	}
	return page, err
}

func (n *names) wave(w wave.Wave, walked pick.Walked) Wave {
	return Wave{ID: id.Show(wave.Prefix, w.ID), Node: n.node(w.NodeID), Template: shown(wave.TemplatePrefix, w.TemplateID), Method: w.Method, Orders: w.Orders,
		Lines: w.Lines, CutoffAt: at(w.CutoffAt), ReleasedAt: at(w.ReleasedAt), ReleasedBy: w.ReleasedBy, Tasks: walked.All, TasksOver: walked.Over,
		Metres: w.Metres, PlainMetres: w.PlainMetres, Minutes: minutesOf(w.Seconds), PlainMinutes: minutesOf(w.PlainSeconds)}
}

// minutesOf rounds seconds to tenths of minutes.
func minutesOf(seconds int64) float64 { return float64((seconds+3)/6) / 10 }

func (c *call) listTemplates() (WaveTemplates, error) {
	out := WaveTemplates{Templates: []WaveTemplate{}}
	n, err := c.allNames()
	if err != nil {
		return out, err
	}
	list, err := c.Wave.Templates(c.ctx)
	for _, t := range list {
		if !n.sees(t.NodeID) {
			continue
		}
		out.Templates = append(out.Templates, n.template(t))
	}
	return out, err
}

func (n *names) template(t wave.Template) WaveTemplate {
	return WaveTemplate{ID: id.Show(wave.TemplatePrefix, t.ID), Node: n.node(t.NodeID), Name: t.Name, Method: t.Method, Carriers: t.Carriers, Zones: t.Zones,
		MinutesBeforeCutoff: t.MinutesBeforeCutoff, MaxOrders: t.MaxOrders, Enabled: t.Enabled, LabelAt: t.LabelAt}
}

func (c *call) saveTemplate(in WaveTemplate) (out WaveTemplate, err error) {
	key, err := optionalID("id", wave.TemplatePrefix, in.ID)
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
	t, err := c.Wave.SaveTemplate(c.ctx, c.once, c.actor(), wave.Template{ID: key, NodeID: node.ID, Name: in.Name, Method: in.Method, Carriers: in.Carriers,
		Zones: in.Zones, MinutesBeforeCutoff: in.MinutesBeforeCutoff, MaxOrders: in.MaxOrders, Enabled: in.Enabled, LabelAt: in.LabelAt})
	return n.template(t), err
}
