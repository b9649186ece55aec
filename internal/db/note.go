package db

import (
	"encoding/json"
	"regexp"
	"strings"
)

// What somebody wrote stands in the parameters of an event under one of these names, and under no other. A reason is a code, or was
// written too.
var (
	noteInParams   = regexp.MustCompile(`"(note|text|detail)":"(?:[^"\\]|\\.)*"`)
	reasonInParams = regexp.MustCompile(`"(reason)":"(?:[^"\\]|\\.)*"`)
	code           = regexp.MustCompile(`^[a-z_.]+$`)
	textInParams   = regexp.MustCompile(`"(note|text|detail|reason)":"(?:[^"\\]|\\.)*"`)
)

// InNotes writes parameters of an event anew with every text that somebody wrote, and every reason that is no code, passed through do.
func InNotes(params string, do func(string) string) string {
	return textInParams.ReplaceAllStringFunc(params, func(m string) string {
		at := strings.IndexByte(m, ':') + 1
		var text string
		if err := json.Unmarshal([]byte(m[at:]), &text); err != nil {
			return m[:at] + `""` // nothing that we wrote
		}
		if strings.HasPrefix(m, `"reason"`) && code.MatchString(text) {
			return m
		}
		shown, _ := json.Marshal(do(text)) // a string can always be written
		return m[:at] + string(shown)
	})
}

var setParams = Change("event", "tx bigint, id bigint, params text", 2, "params = x.params", "t.tx = x.tx AND t.id = x.id")

// EraseNotes empties what people wrote in the events of some orders, and returns how many events there were. Who did what and when stays.
// wroteReason tells whether the reason of an event is somebody's words and no code.
func (tx *Tx) EraseNotes(orders []int64, wroteReason func(Fact) bool) (n int64, err error) {
	facts, err := tx.Past(orders)
	for _, f := range facts {
		params := noteInParams.ReplaceAllString(f.Params, `"$1":""`)
		if wroteReason(f) {
			params = reasonInParams.ReplaceAllString(params, `"$1":""`)
		}
		if params != f.Params {
			tx.Put(setParams, f.Tx, f.ID, params)
			n++
		}
	}
	return n, err
}
