package api

import (
	"cmp"
	"slices"
	"time"

	"github.com/packhorse/packhorse/access"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/id"
	"github.com/packhorse/packhorse/order"
	"github.com/packhorse/packhorse/pick"
	"github.com/packhorse/packhorse/wave"
)

// LineCounts counts pick lines by how they stand.
type LineCounts struct {
	Lines  int64 `json:"lines" doc:"without those that were called off"`
	Closed int64 `json:"closed" doc:"picked, or found short"`
	Short  int64 `json:"short"`
}

// WaveZone is one zone of a wave.
type WaveZone struct {
	Zone string `json:"zone"`
	LineCounts
}

// WaveWalk is one walk of a wave.
type WaveWalk struct {
	Task      string `json:"task"`
	Zone      string `json:"zone,omitempty"`
	Method    string `json:"method" enum:"discrete,batch,bulk"`
	Status    string `json:"status"`
	Picker    string `json:"picker,omitempty"`
	Location  string `json:"location,omitempty" doc:"of the first line that is open"`
	UpdatedAt string `json:"updated_at"`
	LineCounts
}

// WavePicker is one picker of a wave.
type WavePicker struct {
	Picker   string  `json:"picker"`
	Location string  `json:"location,omitempty" doc:"where the walk under way goes next"`
	Task     string  `json:"task,omitempty" doc:"the walk under way"`
	PerHour  float64 `json:"lines_per_hour" doc:"closed lines of this wave since its release"`
	LineCounts
}

// WaveShort is a line of which less was found.
type WaveShort struct {
	Task       string `json:"task"`
	Line       int64  `json:"line"`
	Fulfilment string `json:"fulfilment"`
	SKU        string `json:"sku"`
	Title      string `json:"title,omitempty"`
	Location   string `json:"location"`
	Missing    int64  `json:"missing"`
}

// WaveLive is how far a wave is.
type WaveLive struct {
	Wave
	Progress    LineCounts   `json:"progress"`
	Units       int64        `json:"units"`
	UnitsPicked int64        `json:"units_picked"`
	FinishAt    string       `json:"finish_at,omitempty" doc:"when the last line closes at the pace so far; of a finished wave, when it did"`
	Finished    bool         `json:"finished"`
	Late        bool         `json:"late" doc:"it finishes after its cut-off"`
	PerHour     float64      `json:"lines_per_hour" doc:"of all pickers, since the release"`
	Zones       []WaveZone   `json:"zones"`
	Pickers     []WavePicker `json:"pickers"`
	Walks       []WaveWalk   `json:"walks" doc:"those that are not over first"`
	Shorts      []WaveShort  `json:"shorts" doc:"the latest 100"`

	spent int64 // microseconds since the release, until it was over
}

// WaveOrder is one fulfilment of a wave.
type WaveOrder struct {
	Fulfilment string `json:"fulfilment"`
	Order      string `json:"order"`
	ExternalNo string `json:"external_no"`
	Status     string `json:"status" doc:"of the fulfilment"`
	Holds      int64  `json:"holds" doc:"live ones of its order"`
	Deadline   string `json:"deadline,omitempty"`
	Task       string `json:"task"`
	LineCounts
}

// WaveOrders is a page of what is in a wave.
type WaveOrders struct {
	Orders     []WaveOrder `json:"orders"`
	NextCursor string      `json:"next_cursor,omitempty"`
}

func (s *Server) waveLive() {
	query(s, route{path: "/v1/waves/{id}", tag: "waves", id: "get-wave", scope: access.OrdersRead, summary: "How far a wave is: lines by zone and picker, forecast, shorts",
		about: "The forecast goes by the pace of all pickers since the release. Problems: wave.not_found."}, (*call).getWave)
	query(s, route{path: "/v1/waves/{id}/orders", tag: "waves", id: "list-wave-orders", scope: access.OrdersRead, summary: "What is in a wave, oldest first",
		about: "Problems: http.limit, http.cursor.", params: paging()}, (*call).listWaveOrders)
}

func countsOf(l pick.Lines) LineCounts {
	return LineCounts{Lines: l.All(), Closed: l.Closed(), Short: l.Short}
}

func (c *call) getWave() (out WaveLive, err error) {
	key, err := c.idParam("id", wave.Prefix)
	if err != nil {
		return out, err
	}
	err = c.DB.View(c.ctx, func(tx *db.Tx) error {
		w, err := wave.ByID(tx, key)
		if err != nil {
			return err
		}
		state, err := pick.StateOf(tx, key)
		if err != nil {
			return err
		}
		n, err := c.names(tx)
		if err != nil {
			return err
		}
		walked, err := pick.WalksOf(tx, []int64{key})
		if err != nil {
			return err
		}
		out.Wave = n.wave(w, walked[key])
		if err := divided(tx, []int64{key}, []*Wave{&out.Wave}); err != nil {
			return err
		}
		out.Progress, out.Units, out.UnitsPicked = countsOf(state.Lines), state.Lines.Units, state.Lines.UnitsPicked
		out.forecast(w, state, tx.Now())
		return out.parts(tx, n, state)
	})
	return out, err
}

// forecast says when the wave will be over at the pace so far.
func (out *WaveLive) forecast(w wave.Wave, state pick.WaveState, now time.Time) {
	var last int64
	for _, x := range state.Walks {
		last = max(last, x.UpdatedAt)
	}
	out.Finished = state.Lines.Open == 0
	end := now.UnixMicro()
	if out.Finished {
		end = last
	}
	spent := end - w.ReleasedAt
	out.spent = spent
	if closed := state.Lines.Closed(); closed > 0 && spent > 0 {
		out.PerHour = perHour(closed, spent)
		if !out.Finished {
			end += spent / closed * state.Lines.Open
		}
		out.FinishAt = at(end)
	}
	out.Late = w.CutoffAt != 0 && (out.FinishAt != "" && end > w.CutoffAt || !out.Finished && now.UnixMicro() > w.CutoffAt)
}

func perHour(lines, micros int64) float64 {
	return float64(lines) / (float64(micros) / float64(time.Hour/time.Microsecond))
}

// parts fills in zones, walks, pickers and shorts.
func (out *WaveLive) parts(tx *db.Tx, n *names, state pick.WaveState) error {
	var skus, places []int64
	for _, m := range state.Missed {
		skus, places = append(skus, m.SKUID), append(places, m.LocationID)
	}
	for _, x := range state.Walks {
		if x.At != 0 {
			places = append(places, x.At)
		}
	}
	if err := n.learnSKUs(tx, skus); err != nil {
		return err
	}
	if err := n.learnLocations(tx, places); err != nil {
		return err
	}
	out.Zones, out.Walks, out.Shorts = []WaveZone{}, []WaveWalk{}, []WaveShort{}
	for _, z := range state.Zones {
		out.Zones = append(out.Zones, WaveZone{Zone: z.Zone, LineCounts: countsOf(z.Lines)})
	}
	for _, x := range state.Walks {
		walk := WaveWalk{Task: id.Show(pick.Prefix, x.ID), Zone: x.Zone, Method: x.Method, Status: x.Status, Picker: x.Picker, UpdatedAt: at(x.UpdatedAt), LineCounts: countsOf(x.Lines)}
		if x.At != 0 {
			walk.Location = n.location(x.At)
		}
		out.Walks = append(out.Walks, walk)
	}
	over := func(x WaveWalk) int {
		return slices.Index([]string{pick.Started, pick.Assigned, pick.Ready, pick.Done, pick.Cancelled}, x.Status)
	}
	slices.SortStableFunc(out.Walks, func(a, b WaveWalk) int { return cmp.Compare(over(a), over(b)) })
	out.Pickers = pickersOf(out.Walks, out.spent)
	for _, m := range state.Missed {
		out.Shorts = append(out.Shorts, WaveShort{Task: id.Show(pick.Prefix, m.TaskID), Line: m.Seq, Fulfilment: id.Show(order.FulfilmentPrefix, m.FulfilmentID),
			SKU: n.sku(m.SKUID), Title: n.skus[m.SKUID].Title, Location: n.location(m.LocationID), Missing: m.Missing})
	}
	return nil
}

// pickersOf adds the walks up by who walks them: whoever walks now first.
func pickersOf(walks []WaveWalk, spent int64) []WavePicker {
	out := []WavePicker{}
	for _, w := range walks {
		if w.Picker == "" {
			continue
		}
		i := slices.IndexFunc(out, func(p WavePicker) bool { return p.Picker == w.Picker })
		if i < 0 {
			i = len(out)
			out = append(out, WavePicker{Picker: w.Picker})
		}
		p := &out[i]
		p.Lines, p.Closed, p.Short = p.Lines+w.Lines, p.Closed+w.Closed, p.Short+w.Short
		if p.Task == "" && (w.Status == pick.Started || w.Status == pick.Assigned) {
			p.Task, p.Location = w.Task, w.Location
		}
	}
	for i := range out {
		if spent > 0 {
			out[i].PerHour = perHour(out[i].Closed, spent)
		}
	}
	return out
}

func (c *call) listWaveOrders() (WaveOrders, error) {
	out := WaveOrders{Orders: []WaveOrder{}}
	key, err := c.idParam("id", wave.Prefix)
	if err != nil {
		return out, err
	}
	limit, err := c.limit()
	if err != nil {
		return out, err
	}
	after, err := c.idCursor(order.FulfilmentPrefix)
	if err != nil {
		return out, err
	}
	err = c.DB.View(c.ctx, func(tx *db.Tx) error {
		list, err := pick.ServedIn(tx, key, after, limit)
		if err != nil {
			return err
		}
		if len(list) == limit {
			last := list[limit-1].FulfilmentID
			out.NextCursor = c.showPlace(id.Show(order.FulfilmentPrefix, last), last)
		}
		out.Orders, err = servedOrders(tx, list)
		return err
	})
	return out, err
}

func servedOrders(tx *db.Tx, list []pick.Served) ([]WaveOrder, error) {
	var keys, orders []int64
	for _, s := range list {
		keys = append(keys, s.FulfilmentID)
	}
	parts, err := order.Fulfilments(tx, keys)
	if err != nil {
		return nil, err
	}
	for _, f := range parts {
		orders = append(orders, f.OrderID)
	}
	heads, err := order.Summaries(tx, orders)
	no := map[int64]string{}
	for _, o := range heads {
		no[o.ID] = o.ExternalNo
	}
	out := []WaveOrder{}
	for _, s := range list {
		f := parts[s.FulfilmentID]
		if f == nil {
			continue
		}
		out = append(out, WaveOrder{Fulfilment: id.Show(order.FulfilmentPrefix, f.ID), Order: id.Show(order.Prefix, f.OrderID), ExternalNo: no[f.OrderID],
			Status: f.Status, Holds: f.Holds, Deadline: at(f.Rank.Deadline()), Task: id.Show(pick.Prefix, s.TaskID), LineCounts: countsOf(s.Lines)})
	}
	return out, err
}
