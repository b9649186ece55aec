package pick

import (
	"cmp"
	"context"
	"maps"
	"slices"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/order"
	"github.com/packhorse/packhorse/wave"
	"github.com/packhorse/packhorse/wave/shape"
)

// WaveIn asks for a wave: of a template, or of fulfilments put together by hand.
type WaveIn struct {
	TemplateID  int64
	Fulfilments []int64 // when TemplateID is 0: all of one node, at most wave.MaxOrders
	Method      string  // when TemplateID is 0
	Actor       string  // who asks, as in events
}

// WaveOut is what became of a wave. WaveID is 0 when nothing could be released, or everything joined walks that were open.
type WaveOut struct {
	WaveID   int64
	NodeID   int64
	Tasks    []int64
	Released []int64   // fulfilments
	Joined   []Joined  // of them, those that walks of an earlier wave took along
	Refused  []Refused // stay allocated; those with release.short are to be re-routed
}

// Refused is a fulfilment that did not go into the wave, and why, as words.
type Refused struct {
	FulfilmentID int64
	Code         string
	Params       map[string]any
}

// ReleaseWave releases a template's candidates, or given fulfilments, in one transaction: together they are a wave, and
// each of its walks is a task. once may be nil. Faults: wave.template_not_found, wave.method, wave.empty,
// wave.too_large, wave.several_nodes.
func (s *Service) ReleaseWave(ctx context.Context, once *db.Once, in WaveIn) (WaveOut, error) {
	return db.Command(ctx, s.db, once, func(tx *db.Tx) (WaveOut, error) {
		w, ids, err := asked(tx, in)
		if err != nil || len(ids) == 0 {
			return WaveOut{}, err
		}
		return s.releaseWave(tx, w, ids)
	})
}

// ReleaseDue releases what every template that is due has waiting, one wave each, and gives the outcomes of those that
// had something. Called again, it goes on with the next wave. Refused fulfilments stay candidates until their
// caller has re-routed them.
func (s *Service) ReleaseDue(ctx context.Context) ([]WaveOut, error) {
	var due []int64
	err := s.db.View(ctx, func(tx *db.Tx) error {
		list, err := wave.DueNow(tx, tx.Now())
		for _, d := range list {
			ids, err := wave.Candidates(tx, d.Template)
			if err != nil {
				return err
			}
			if len(ids) > 0 {
				due = append(due, d.Template.ID)
			}
		}
		return err
	})
	var out []WaveOut
	for _, key := range due {
		w, failed := s.ReleaseWave(ctx, nil, WaveIn{TemplateID: key, Actor: "system"})
		if failed != nil {
			return out, failed
		}
		if len(w.Released)+len(w.Refused) > 0 {
			out = append(out, w)
		}
	}
	return out, err
}

// asked reads what is to be released. The wave has no id yet.
func asked(tx *db.Tx, in WaveIn) (wave.Wave, []int64, error) {
	w := wave.Wave{Method: in.Method, ReleasedBy: cmp.Or(in.Actor, "system")}
	if in.TemplateID == 0 {
		ids := slices.Clone(in.Fulfilments)
		slices.Sort(ids)
		ids = slices.Compact(ids)
		switch {
		case len(ids) == 0:
			return w, nil, fault.Invalidf("fulfilments", "wave.empty", "name a template, or at least one fulfilment")
		case len(ids) > wave.MaxOrders:
			return w, nil, fault.Invalidf("fulfilments", "wave.too_large", "a wave may hold at most %d fulfilments, not %d", wave.MaxOrders, len(ids)).
				With("max", wave.MaxOrders).With("have", len(ids))
		}
		if err := wave.KnownMethod(in.Method); err != nil {
			return w, nil, err
		}
		ids, err := order.WithMates(tx, ids, wave.MaxOrders)
		return w, ids, err
	}
	t, err := wave.TemplateByID(tx, in.TemplateID)
	if err != nil {
		return w, nil, err
	}
	w.TemplateID, w.NodeID, w.Method = t.ID, t.NodeID, t.Method
	if w.CutoffAt, err = wave.CutoffOf(tx, t); err != nil {
		return w, nil, err
	}
	ids, err := wave.Candidates(tx, t)
	return w, ids, err
}

func (s *Service) releaseWave(tx *db.Tx, w wave.Wave, ids []int64) (WaveOut, error) {
	open, err := readUnbegun(tx, w)
	if err != nil {
		return WaveOut{}, err
	}
	l, err := s.load(tx, ids, open.fulfilments)
	if err != nil {
		return WaveOut{}, err
	}
	if err := l.oneNode(&w); err != nil {
		return WaveOut{}, err
	}
	if err := l.bind(tx); err != nil {
		return WaveOut{}, err
	}
	out := WaveOut{NodeID: w.NodeID, Refused: l.refusals(ids)}
	var list []wave.Candidate
	for _, key := range ids {
		if l.refused[key] == nil {
			list = append(list, l.candidate(tx, key))
			out.Released = append(out.Released, key)
		}
	}
	if len(list) == 0 {
		return out, nil
	}
	if out.Joined, list, err = l.join(tx, w, open, list); err != nil {
		return WaveOut{}, err
	}
	if err := s.tellJoined(tx, w, out.Joined); err != nil || len(list) == 0 {
		return out, err
	}
	w.ID, w.Orders = tx.NewID(), int64(len(list))
	out.WaveID = w.ID
	var inOrder []int64
	var cost, plain shape.Cost
	ground, err := l.onFloor(tx, w, list)
	if err != nil {
		return WaveOut{}, err
	}
	groups, division := ground.Plan(w.Method, list)
	for _, g := range groups {
		in := trip{wave: w.ID, node: w.NodeID, group: g, actor: w.ReleasedBy}
		t, err := l.task(tx, in)
		if err != nil {
			return WaveOut{}, err
		}
		cost.Add(t.cost)
		plain.Add(l.oneByOne(in, t.cost))
		w.Lines += int64(len(t.lines))
		out.Tasks = append(out.Tasks, t.ID)
		inOrder = append(inOrder, t.visited()...)
	}
	forecast(&w, cost, plain)
	wave.Record(tx, w)
	wave.RecordDivision(tx, w.ID, division)
	if s.released == nil {
		return out, nil
	}
	return out, s.released(tx, w, inOrder)
}

// tellJoined tells whoever listens of fulfilments that came late, by the wave they are in now.
func (s *Service) tellJoined(tx *db.Tx, w wave.Wave, list []Joined) error {
	byWave := map[int64][]int64{}
	for _, j := range list {
		byWave[j.WaveID] = append(byWave[j.WaveID], j.FulfilmentID)
	}
	for _, key := range slices.Sorted(maps.Keys(byWave)) {
		if s.released == nil {
			return nil
		}
		of, err := wave.ByID(tx, key)
		if err != nil {
			return err
		}
		of.ReleasedBy = w.ReleasedBy
		if err := s.released(tx, of, byWave[key]); err != nil {
			return err
		}
	}
	return nil
}

// visited are the fulfilments of a task in the order in which its walk comes to them.
func (t *Task) visited() (out []int64) {
	for _, l := range t.lines {
		if !slices.Contains(out, l.FulfilmentID) {
			out = append(out, l.FulfilmentID)
		}
	}
	return out
}

// oneNode makes sure that a wave stays in one building.
func (l *load) oneNode(w *wave.Wave) error {
	for _, f := range l.fulfilments {
		if w.NodeID == 0 {
			w.NodeID = f.NodeID
		}
		if f.NodeID != w.NodeID {
			return fault.Invalidf("fulfilments", "wave.several_nodes", "the fulfilments are of several warehouses; release one wave for each")
		}
	}
	return nil
}

func (l *load) refusals(ids []int64) []Refused {
	var out []Refused
	for _, key := range ids {
		if err := l.refused[key]; err != nil {
			r := Refused{FulfilmentID: key, Code: fault.Code(err)}
			if f, ok := fault.As(err); ok {
				r.Params = f.Params
			}
			out = append(out, r)
		}
	}
	return out
}
