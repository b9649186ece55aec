package order

import "github.com/packhorse/packhorse/internal/words"

// told is what the event of a hold says: what somebody wrote and when it ends, too, because its lifting writes over the note.
func (h *Hold) told() map[string]any {
	p := map[string]any{"reason": h.Reason, "params": h.Params, "owner": h.Owner}
	if h.Note != "" {
		p["note"] = h.Note
	}
	if h.Until > 0 {
		p["ends"] = words.Text{Code: "order.hold.ends", Params: map[string]any{"until": moment(h.Until)}}
	}
	return p
}

// nextOf is what lifts a hold: whoever names a reason may say it under "order.next.<reason>".
func nextOf(reason string) words.Text {
	if code := "order.next." + reason; words.Has("en", code) {
		return say(code)
	}
	return say("order.next.release")
}
