package api

import (
	"strconv"
	"time"

	"github.com/packhorse/packhorse/access"
	"github.com/packhorse/packhorse/flow"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/id"
	"github.com/packhorse/packhorse/order"
	"github.com/packhorse/packhorse/pack"
)

// Together is the one parcel that a fulfilment shares with other orders.
type Together struct {
	Others []Companion `json:"others" doc:"what else is to go into it, or lies in it, the most urgent first"`
	By     string      `json:"by,omitempty" doc:"when the first of all of them has to be handed over"`
	Parcel string      `json:"parcel,omitempty" doc:"the carton, once it is packed"`
	Inside bool        `json:"inside" doc:"the carton is another order's, and bears the label"`
}

// Companion is the part of another order in it.
type Companion struct {
	Order      string `json:"order"`
	OrderNo    string `json:"order_no"`
	Fulfilment string `json:"fulfilment" doc:"and what its tote is scanned by"`
	Status     string `json:"status"`
	Units      int64  `json:"units"`
}

// TogetherInput asks for parcels.
type TogetherInput struct {
	Parcels []TogetherParcel `json:"parcels" minItems:"1" maxItems:"100"`
}

// TogetherParcel names what goes into one parcel.
type TogetherParcel struct {
	Fulfilments []string `json:"fulfilments" minItems:"2" maxItems:"20"`
}

// TogetherResult is what became of them, in the order in which they were asked for.
type TogetherResult struct {
	Parcels  []TogetherDone `json:"parcels"`
	Currency string         `json:"currency"`
}

// TogetherDone is one parcel that was asked for.
type TogetherDone struct {
	Fulfilments []string `json:"fulfilments" doc:"the one that leads first: the carton and the label will be its"`
	Cost        string   `json:"cost,omitempty" doc:"freight and handling of the one parcel"`
	Saves       string   `json:"saves,omitempty" doc:"what it costs less than a parcel for each"`
	Code        string   `json:"code,omitempty" doc:"why it was refused; empty where it was done"`
	Message     string   `json:"message,omitempty"`
}

// SeparateInput names fulfilments that travel by themselves.
type SeparateInput struct {
	Fulfilments []string `json:"fulfilments" minItems:"1" maxItems:"2000"`
}

// SeparateResult counts them.
type SeparateResult struct {
	Fulfilments int `json:"fulfilments"`
}

// SharedPage is a page of parcels for several orders that are not packed.
type SharedPage struct {
	Parcels    []SharedParcel `json:"parcels" doc:"the newest first"`
	Currency   string         `json:"currency"`
	NextCursor string         `json:"next_cursor,omitempty"`
}

// SharedParcel is one of them.
type SharedParcel struct {
	ID        string      `json:"id"`
	Node      string      `json:"node"`
	Recipient string      `json:"recipient" doc:"masked"`
	Members   []Companion `json:"members" doc:"the one that leads first"`
	By        string      `json:"by,omitempty"`
	Cost      string      `json:"cost"`
	Saves     string      `json:"saves"`
	MadeAt    string      `json:"made_at"`
	MadeBy    string      `json:"made_by"`
}

// sharedFor is how old a parcel that is not packed may be to be listed.
const sharedFor = 60 * 24 * time.Hour

func (s *Server) together() {
	query(s, route{path: "/v1/same-recipients/together", tag: "orders", id: "list-together", scope: access.OrdersRead,
		summary: "Parcels for several orders that are not packed", about: "Of the last 60 days. Problems: http.limit, http.cursor, http.node.",
		params: append(paging(), text("node", "code of the warehouse; without it all"))}, (*call).listTogether)
	command(s, route{path: "/v1/same-recipients/together", tag: "orders", id: "put-together", scope: access.OrdersWrite,
		summary: "Put orders of one recipient into one parcel",
		about: "Each order keeps its lines, its money, its state and its returns; they share the carton and the waybill. One that is cancelled, short, held or sent elsewhere before packing drops out by itself. " +
			"Each parcel is done or refused by itself: together.size, together.unknown, together.node, together.state, together.recipient, together.cod, together.currency, together.already, together.same_order, order.on_hold. Problem: http.id."},
		(*call).putTogether)
	command(s, route{path: "/v1/same-recipients/separate", tag: "orders", id: "put-separate", scope: access.OrdersWrite,
		summary: "Let fulfilments travel by themselves again", about: "Those that are in no parcel with others stay as they are; a parcel of which one is left is none. Problems: http.id, together.packed."},
		(*call).putSeparate)
	command(s, route{path: "/v1/fulfilments/{id}/without", tag: "fulfilments", id: "pack-without", scope: access.Work,
		summary: "Do not wait for those of a parcel that are not picked", about: "They travel by themselves. Problem: fulfilment.not_found."}, (*call).packWithout)
}

func (c *call) putTogether(in TogetherInput) (TogetherResult, error) {
	out := TogetherResult{Parcels: []TogetherDone{}, Currency: c.Currency}
	groups := make([][]int64, len(in.Parcels))
	for i, p := range in.Parcels {
		keys, err := fulfilmentIDs(p.Fulfilments)
		if err != nil {
			return out, err
		}
		groups[i] = keys
	}
	done, err := c.Flow.Together(c.ctx, c.once, groups, c.actor())
	for i, d := range done {
		out.Parcels = append(out.Parcels, c.togetherDone(in.Parcels[i], d))
	}
	return out, err
}

func (c *call) togetherDone(asked TogetherParcel, d flow.Bound) TogetherDone {
	if d.Bond == nil {
		return TogetherDone{Fulfilments: asked.Fulfilments, Code: d.Refused.Code, Message: sentence(d.Refused, c.lang())}
	}
	out := TogetherDone{Fulfilments: []string{}, Cost: c.inCurrency(d.Bond.Together), Saves: c.inCurrency(d.Bond.Saves())}
	for _, m := range d.Bond.Members {
		out.Fulfilments = append(out.Fulfilments, id.Show(order.FulfilmentPrefix, m.Fulfilment))
	}
	return out
}

func fulfilmentIDs(list []string) ([]int64, error) {
	keys := make([]int64, len(list))
	for i, text := range list {
		key, err := idOf("fulfilments", order.FulfilmentPrefix, text)
		if err != nil {
			return nil, err
		}
		keys[i] = key
	}
	return keys, nil
}

func (c *call) putSeparate(in SeparateInput) (SeparateResult, error) {
	keys, err := fulfilmentIDs(in.Fulfilments)
	if err != nil {
		return SeparateResult{}, err
	}
	n, err := c.Flow.Separate(c.ctx, c.once, keys, c.actor())
	return SeparateResult{n}, err
}

func (c *call) packWithout(Empty) (SeparateResult, error) {
	key, err := c.idParam("id", order.FulfilmentPrefix)
	if err != nil {
		return SeparateResult{}, err
	}
	n, err := c.Flow.Without(c.ctx, c.once, key, c.actor())
	return SeparateResult{n}, err
}

func (c *call) listTogether() (SharedPage, error) {
	page := SharedPage{Parcels: []SharedParcel{}, Currency: c.Currency}
	limit, err := c.limit()
	if err != nil {
		return page, err
	}
	var before int64
	if text := c.query("cursor"); text != "" {
		if before, err = strconv.ParseInt(text, 36, 64); err != nil || before <= 0 {
			return page, badCursor()
		}
	}
	err = c.DB.View(c.ctx, func(tx *db.Tx) error {
		n, err := c.names(tx)
		if err != nil {
			return err
		}
		list, err := order.OpenBonds(tx, n.nodesNamed(c.query("node")), tx.Now().Add(-sharedFor).UnixMicro(), before, limit)
		if err != nil {
			return err
		}
		if len(list) == limit {
			page.NextCursor = strconv.FormatInt(list[limit-1].ID, 36)
		}
		for _, b := range list {
			shown, err := c.sharedParcel(tx, n, b)
			if err != nil {
				return err
			}
			if len(shown.Members) > 0 {
				page.Parcels = append(page.Parcels, shown)
			}
		}
		return nil
	})
	return page, err
}

func (c *call) sharedParcel(tx *db.Tx, n *names, b *order.Bond) (SharedParcel, error) {
	out := SharedParcel{ID: id.Show(order.BondPrefix, b.ID), Node: n.node(b.Members[0].Node), By: at(b.DeadlineBy()), Cost: c.inCurrency(b.Together),
		Saves: c.inCurrency(b.Saves()), MadeAt: at(b.At), MadeBy: b.Actor}
	heads, parts, err := c.reachedMembers(tx, b)
	for _, f := range parts {
		out.Members = append(out.Members, companion(f, heads[f.OrderID]))
		out.Recipient = order.MaskName(heads[f.OrderID].Recipient.Name)
	}
	return out, err
}

// reachedMembers are what the caller reaches of a bond, with its orders.
func (c *call) reachedMembers(tx *db.Tx, b *order.Bond) (map[int64]*order.Order, []*order.Fulfilment, error) {
	found, err := order.Fulfilments(tx, b.Fulfilments())
	if err != nil {
		return nil, nil, err
	}
	parts, err := c.insideParts(tx, inOrder(found, b.Fulfilments()))
	if err != nil {
		return nil, nil, err
	}
	heads, err := order.ByIDs(tx, ordersOf(parts))
	return heads, parts, err
}

func companion(f *order.Fulfilment, o *order.Order) Companion {
	return Companion{Order: id.Show(order.Prefix, f.OrderID), OrderNo: o.ExternalNo, Fulfilment: id.Show(order.FulfilmentPrefix, f.ID), Status: f.Status, Units: f.Units()}
}

// togetherOf says with what some fulfilments share a parcel, by fulfilment.
func (c *call) togetherOf(tx *db.Tx, keys []int64) (map[int64]*Together, error) {
	bonds, err := order.BondsOf(tx, keys)
	if err != nil || len(bonds) == 0 {
		return nil, err
	}
	out := map[int64]*Together{}
	for _, key := range keys {
		b := bonds[key]
		if b == nil {
			continue
		}
		heads, parts, err := c.reachedMembers(tx, b)
		if err != nil {
			return nil, err
		}
		t := &Together{Others: []Companion{}, By: at(b.DeadlineBy())}
		for _, f := range parts {
			if f.ID != key {
				t.Others = append(t.Others, companion(f, heads[f.OrderID]))
			}
		}
		parcels, err := pack.ParcelsOf(tx, []int64{key})
		if err != nil {
			return nil, err
		}
		for _, p := range parcels[key] {
			if p.Status == pack.Packed {
				t.Parcel, t.Inside = id.Show(pack.Prefix, p.ID), p.InsideID != 0
				if t.Inside {
					t.Parcel = id.Show(pack.Prefix, p.InsideID)
				}
			}
		}
		out[key] = t
	}
	return out, nil
}

// fillTogether says it on fulfilments that are shown.
func (c *call) fillTogether(tx *db.Tx, list []*order.Fulfilment, shown []Fulfilment) error {
	keys := make([]int64, len(list))
	for i, f := range list {
		keys[i] = f.ID
	}
	found, err := c.togetherOf(tx, keys)
	for i, key := range keys {
		shown[i].Together = found[key]
	}
	return err
}
