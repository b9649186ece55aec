package api

import (
	"encoding/json"
	"slices"

	"github.com/packhorse/packhorse/access"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/order"
)

// plain reports whether the caller may read personal data wherever they may do what they ask for: then what people wrote is shown as
// they wrote it. Recipients are masked for everybody, and revealed for a purpose.
func (c *call) plain() bool {
	if !c.who.May(access.PII) {
		return false
	}
	area := c.who.Where(access.PII)
	return area.Whole() || !c.area.Whole() && !slices.ContainsFunc(c.area, func(r access.Reach) bool { return !area.Contains(r) })
}

// free shows what somebody wrote.
func (c *call) free(text string) string {
	if text == "" || c.plain() {
		return text
	}
	return order.MaskText(text)
}

// free is call.free for what is shown with names.
func (n *names) free(text string) string {
	if text == "" || n.plain {
		return text
	}
	return order.MaskText(text)
}

// fact shows an event to the caller.
func (c *call) fact(f db.Fact) Event {
	if c.plain() {
		return eventOf(f)
	}
	return maskedEvent(f, order.MaskText)
}

// factOf is fact for an event of an order whose recipient is known.
func (c *call) factOf(f db.Fact, r order.Recipient) Event {
	if c.plain() {
		return eventOf(f)
	}
	return maskedEvent(f, r.MaskedIn)
}

// maskedEvent is an event as those see it who may not read personal data.
func maskedEvent(f db.Fact, mask func(string) string) Event {
	e := eventOf(f)
	e.Params = json.RawMessage(db.InNotes(string(e.Params), mask))
	return e
}
