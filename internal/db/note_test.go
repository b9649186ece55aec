package db

import (
	"encoding/json"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestNotesInParametersAreWrittenAnewAndNothingElse(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		note, reason := rapid.String().Draw(t, "note"), rapid.StringMatching(`.*[A-Z ].*`).Draw(t, "reason")
		params, _ := json.Marshal(map[string]any{"note": note, "reason": reason, "units": 3})
		var got struct {
			Note, Reason string
			Units        int
		}
		if err := json.Unmarshal([]byte(InNotes(string(params), func(s string) string { return strings.ToUpper(s) + `"\` })), &got); err != nil {
			t.Fatal(err)
		}
		for _, text := range [][2]string{{note, got.Note}, {reason, got.Reason}} {
			want, _ := json.Marshal(strings.ToUpper(text[0]) + `"\`)
			have, _ := json.Marshal(text[1])
			if string(have) != string(want) || got.Units != 3 {
				t.Fatalf("%q became %q", text[0], text[1])
			}
		}
	})
	const coded = `{"reason":"allocation.waits.short","note":""}`
	if got := InNotes(coded, strings.ToUpper); got != coded {
		t.Errorf("a code became %s", got)
	}
}
