package main

import (
	"context"
	"encoding/json"
	"slices"
	"time"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/id"
	"github.com/packhorse/packhorse/internal/words"
	"github.com/packhorse/packhorse/order"
	"github.com/packhorse/packhorse/warehouse"
)

// story tells the delivered order to which the most different things happened, sentence by sentence, with the reason
// why its goods came from where they came from.
func (w *world) story(ctx context.Context, b books) (lines []string, err error) {
	key, found := eventful(b)
	if !found {
		return nil, nil
	}
	err = w.app.DB.View(ctx, func(tx *db.Tx) error {
		facts, err := tx.Timeline(key, 200)
		if err != nil {
			return err
		}
		nodes, err := warehouse.Nodes(tx)
		lines = append(lines, id.Show(order.Prefix, key))
		for _, f := range facts {
			lines = append(lines, w.tell(f, nodes)...)
		}
		return err
	})
	return lines, err
}

func eventful(b books) (int64, bool) {
	kinds := map[string]map[string]bool{}
	for _, e := range b.events {
		if kinds[e.Order] == nil {
			kinds[e.Order] = map[string]bool{}
		}
		kinds[e.Order][e.Kind] = true
	}
	best, most := "", 0
	for _, o := range b.orders {
		if n := len(kinds[o.ID]); o.Delivery == "delivered" && n > most {
			best, most = o.ID, n
		}
	}
	key, err := id.Parse(order.Prefix, best)
	return key, err == nil
}

// tell is the sentence of an event, and of a decision also why it was taken and why not otherwise.
func (w *world) tell(f db.Fact, nodes []warehouse.Node) []string {
	var params map[string]any
	_ = json.Unmarshal([]byte(f.Params), &params) // events hold objects
	at := time.UnixMicro(f.At).In(opening().Location()).Format("01-02 15:04")
	lines := []string{at + "  " + words.Render(w.lang, "event."+f.Kind, params)}
	if f.Kind != "allocation.allocated.v1" {
		return lines
	}
	var said struct {
		Why      words.Text `json:"why"`
		Rejected []struct {
			Node   int64          `json:"node"`
			Code   string         `json:"code"`
			Params map[string]any `json:"params"`
		} `json:"rejected"`
	}
	_ = json.Unmarshal([]byte(f.Params), &said) // our own event
	lines = append(lines, "               "+words.Render(w.lang, said.Why.Code, said.Why.Params))
	for _, r := range said.Rejected {
		i := slices.IndexFunc(nodes, func(n warehouse.Node) bool { return n.ID == r.Node })
		if i >= 0 {
			lines = append(lines, "               "+nodes[i].Code+": "+words.Render(w.lang, r.Code, r.Params))
		}
	}
	return lines
}
