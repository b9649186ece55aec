package intake

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"
	"time"

	"github.com/packhorse/packhorse/internal/money"
)

// Hash is the fingerprint of what the document says: equal exactly when nothing that matters to
// the order has changed. Left out are how it came (channel, shop, external_revision) and what we do not
// understand (Extra): channels put the time of their answer there, and every poll would be
// a revision. One amount or instant in two spellings is one content; so is one set of numbered
// lines in two orders, and an order kind of "" and "normal". The recipient's token counts: under
// the same mask it is the only sign of another address.
func (d *Document) Hash() string { return d.cleaned().fingerprint() }

// fingerprint is Hash for a clean document.
func (d *Document) fingerprint() string {
	c := *d
	c.Lines = slices.Clone(d.Lines)
	c.Channel, c.Shop, c.ExternalRevision, c.Extra = "", "", 0, nil
	c.OrderKind = cmp.Or(c.OrderKind, "normal")
	for _, f := range c.texts() {
		*f.value = f.canonical(c.Currency)
	}
	for i := range c.Lines {
		c.Lines[i].Extra = nil
		for _, f := range c.Lines[i].texts() {
			*f.value = f.canonical(c.Currency)
		}
	}
	slices.SortStableFunc(c.Lines, func(a, b Line) int { return cmp.Compare(a.LineNo, b.LineNo) })
	body, err := json.Marshal(c)
	if err != nil {
		panic("intake: a document of texts and numbers is always JSON: " + err.Error())
	}
	sum := sha256.Sum256(body)
	return hex.EncodeToString(sum[:])
}

// canonical spells a value in the one way it is compared; what cannot be read is compared as it is.
func (f textField) canonical(currency string) string {
	text := *f.value
	switch f.kind {
	case timeText:
		if t, ok := parseTime(text); ok {
			return t.Format(time.RFC3339Nano)
		}
	case amountText:
		return canonicalAmount(text, currency)
	}
	return text
}

// canonicalAmount spells nothing and zero alike: a channel that starts to send "0.00" has changed nothing.
func canonicalAmount(text, currency string) string {
	minor, err := money.Parse(text, currency)
	switch {
	case err != nil:
		return text
	case minor == 0:
		return ""
	}
	return money.Format(minor, currency)
}
