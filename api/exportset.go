package api

import (
	"strings"

	"github.com/packhorse/packhorse/access"
	"github.com/packhorse/packhorse/internal/sheet"
	"github.com/packhorse/packhorse/internal/words"
	"github.com/packhorse/packhorse/review"
)

func (w *writing) yes(is bool) string {
	if is {
		return words.Render(w.lang, "ui.settings.yes", nil)
	}
	return words.Render(w.lang, "ui.settings.no", nil)
}

func nodeListing() exportedList {
	return listing(access.StockRead, (*call).listNodes, func(p NodeList) ([]Node, string) { return p.Nodes, "" }, []column[Node]{
		{"node", func(_ *writing, n Node) any { return n.Code }},
		{"called", func(_ *writing, n Node) any { return n.Name }},
		{"country", func(_ *writing, n Node) any { return n.Country }},
		{"province", func(_ *writing, n Node) any { return n.Province }},
		{"city", func(_ *writing, n Node) any { return n.City }},
		{"district", func(_ *writing, n Node) any { return n.District }},
		{"street", func(_ *writing, n Node) any { return n.Address }},
		{"timezone", func(_ *writing, n Node) any { return n.Timezone }},
		{"cutoffs", func(_ *writing, n Node) any { return n.Cutoffs }},
		{"capacity", func(_ *writing, n Node) any { return n.CapacityOrdersDay }},
		{"handling_cost", func(_ *writing, n Node) any { return sheet.Decimal(n.HandlingCost) }},
		{"priority", func(_ *writing, n Node) any { return n.Priority }},
		{"in_use", func(w *writing, n Node) any { return w.yes(n.Open) }},
	}...)
}

// granted is one role of a person, and where it holds.
type granted struct {
	Person
	access.Grant
}

// personListing has a row for each role of a person.
func personListing() exportedList {
	rows := func(p People) (out []granted, next string) {
		for _, x := range p.People {
			for _, g := range x.Grants {
				out = append(out, granted{x, g})
			}
		}
		return out, ""
	}
	return listing(access.Admin, (*call).listPeople, rows, []column[granted]{
		{"login", func(_ *writing, g granted) any { return g.Login }},
		{"role", func(w *writing, g granted) any {
			return words.Render(w.lang, "ui.settings.role_"+g.Role, nil)
		}},
		{"node", func(_ *writing, g granted) any { return strings.Join(g.Reach.Nodes, ", ") }},
		{"channel", func(_ *writing, g granted) any { return strings.Join(g.Reach.Shops, ", ") }},
		{"owner", func(_ *writing, g granted) any { return strings.Join(g.Reach.Owners, ", ") }},
		{"in_use", func(w *writing, g granted) any { return w.yes(!g.Disabled) }},
		{"opened_at", func(w *writing, g granted) any { return w.when(g.CreatedAt) }},
	}...)
}

func ruleListing() exportedList {
	list := func(c *call) (RuleList, error) {
		rules, err := c.Review.Rules(c.ctx)
		return RuleList{Rules: rules}, err
	}
	called := func(w *writing, r review.Rule) any {
		if words.Has(w.lang, r.Name) {
			return words.Render(w.lang, r.Name, nil)
		}
		return r.Name
	}
	return listing(access.OrdersRead, list, func(p RuleList) ([]review.Rule, string) { return p.Rules, "" }, []column[review.Rule]{
		{"priority", func(_ *writing, r review.Rule) any { return r.Priority }},
		{"called", called},
		{"code", func(_ *writing, r review.Rule) any { return r.ID }},
		{"act", func(w *writing, r review.Rule) any {
			return words.Render(w.lang, "ui.rules.act_"+string(r.Action), nil)
		}},
		{"condition", func(_ *writing, r review.Rule) any { return r.Expr }},
		{"version", func(_ *writing, r review.Rule) any { return r.Version }},
		{"in_use", func(w *writing, r review.Rule) any { return w.yes(r.Enabled) }},
	}...)
}

func bufferListing() exportedList {
	return listing(access.StockRead, (*call).listBuffers, func(p BufferPage) ([]Buffer, string) { return p.Buffers, p.NextCursor }, []column[Buffer]{
		{"channel", func(_ *writing, b Buffer) any { return b.Channel }},
		{"sku", func(_ *writing, b Buffer) any { return b.SKU }},
		{"owner", func(_ *writing, b Buffer) any { return b.Owner }},
		{"hidden_units", func(_ *writing, b Buffer) any { return b.Quantity }},
		{"hidden_percent", func(_ *writing, b Buffer) any { return b.Percent }},
	}...)
}

// toldListing is what a shop was told, which the query names.
func toldListing() exportedList {
	return named("id", listing(access.OrdersRead, onChannel((*call).channelMessages), func(p ChannelMessages) ([]ChannelMessage, string) { return p.Messages, p.NextCursor }, []column[ChannelMessage]{
		{"at", func(w *writing, m ChannelMessage) any { return w.when(m.CreatedAt) }},
		{"kind", func(w *writing, m ChannelMessage) any {
			return words.Render(w.lang, "ui.channels.message_"+m.Kind, nil)
		}},
		{"ref", func(_ *writing, m ChannelMessage) any { return m.Key }},
		{"order", func(_ *writing, m ChannelMessage) any { return m.Order }},
		{"attempts", func(_ *writing, m ChannelMessage) any { return m.Attempts }},
		{"code", func(_ *writing, m ChannelMessage) any { return m.Code }},
		{"why", func(_ *writing, m ChannelMessage) any { return m.Text }},
		{"id", func(_ *writing, m ChannelMessage) any { return m.ID }},
	}...))
}
