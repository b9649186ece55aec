package api

import (
	"encoding/json"
	"math"
	"net/http"
	"testing"

	"pgregory.net/rapid"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/id"
)

// An id of 64 bits is text on the way out: whoever keeps numbers as floating point would get another one.
func TestIdsInsideAnEventAreTextForEveryReader(t *testing.T) {
	w := newWorld(t)
	const node = int64(286648801693597715)
	if int64(float64(node)) == node {
		t.Fatal("the id of this test survives floating point")
	}
	err := w.services.DB.Update(t.Context(), func(tx *db.Tx) error {
		tx.Emit(db.Event{Kind: "fulfilment.rejected.v1", Subject: 7, Params: map[string]any{"reason": `she said "node":286648801693597715`, "node": node,
			"owed": []any{map[string]any{"sku": node, "quantity": 3}}, "location": "A-01", "cost": 1200}})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	r := w.want(http.StatusOK, "GET", "/v1/events?kind=fulfilment.rejected.v1", "")
	params := r.body["events"].([]any)[0].(map[string]any)["params"].(map[string]any)
	owed := params["owed"].([]any)[0].(map[string]any)
	if params["node"] != id.Show("nod", node) || owed["sku"] != id.Show("sku", node) || owed["quantity"] != 3.0 || params["cost"] != 1200.0 ||
		params["location"] != "A-01" || params["reason"] != `she said "node":286648801693597715` {
		t.Errorf("%s", r.raw)
	}
}

// Showing ids as text changes no other value and keeps the object readable, whatever a text in it holds.
func TestOnlyIdsBecomeText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		note, node := rapid.String().Draw(t, "note"), rapid.Int64Range(1, math.MaxInt64).Draw(t, "node")
		stored, err := json.Marshal(map[string]any{"note": note, "x": `","node":5,"` + note, "node": node, "lines": node})
		if err != nil {
			t.Fatal(err)
		}
		var got struct {
			Note, X, Node string
			Lines         int64
		}
		if err := json.Unmarshal(paramsOf(string(stored)), &got); err != nil {
			t.Fatalf("%s: %v", paramsOf(string(stored)), err)
		}
		back, err := id.Parse("nod", got.Node)
		if err != nil || back != node || got.Lines != node || got.X != `","node":5,"`+cleaned(note) || got.Note != cleaned(note) {
			t.Fatalf("%s", paramsOf(string(stored)))
		}
	})
}

// cleaned is a text as JSON gives it back: broken characters are replaced.
func cleaned(s string) string { return string([]rune(s)) }
