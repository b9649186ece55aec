package db

import (
	"encoding/json"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestNotesInParametersAreWrittenAnewAndNothingElse(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		note, reason := rapid.String().Draw(t, "note"), rapid.String().Draw(t, "reason")
		params, _ := json.Marshal(map[string]any{"note": note, "reason": reason, "units": 3})
		var got struct {
			Note, Reason string
			Units        int
		}
		if err := json.Unmarshal([]byte(InNotes(string(params), func(s string) string { return strings.ToUpper(s) + `"\` })), &got); err != nil {
			t.Fatal(err)
		}
		want, _ := json.Marshal(strings.ToUpper(note) + `"\`)
		have, _ := json.Marshal(got.Note)
		if string(have) != string(want) || got.Units != 3 {
			t.Fatalf("note %q became %q", note, got.Note)
		}
	})
}
