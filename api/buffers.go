package api

import (
	"net/http"

	"github.com/packhorse/packhorse/access"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/id"
	"github.com/packhorse/packhorse/inventory"
)

// Buffer is what a channel may not see of the stock: units or a share, whichever hides more.
type Buffer struct {
	Channel  string `json:"channel"`
	SKU      string `json:"sku,omitempty" doc:"empty: all that have none of their own"`
	Owner    string `json:"owner,omitempty"`
	Quantity int64  `json:"quantity"`
	Percent  int64  `json:"percent" minimum:"0" maximum:"100"`
}

// BufferPage is a page of buffers of a channel; that of all other SKUs comes first.
type BufferPage struct {
	Buffers    []Buffer `json:"buffers"`
	NextCursor string   `json:"next_cursor,omitempty"`
}

// BufferName names a buffer.
type BufferName struct {
	Channel string `json:"channel"`
	SKU     string `json:"sku,omitempty"`
	Owner   string `json:"owner,omitempty"`
}

func (s *Server) buffers() {
	query(s, route{path: "/v1/buffers", tag: "channels", id: "list-buffers", scope: access.StockRead, summary: "What a channel may not see of the stock",
		about: "Errors: http.limit, http.cursor.", params: append(paging(), text("channel", "the channel"))}, (*call).listBuffers)
	command(s, route{method: http.MethodPut, path: "/v1/buffers", tag: "channels", id: "save-buffer", scope: access.StockWrite, summary: "Hide a part of the stock from a channel",
		about: "The channel is told its stock anew. Errors: required, inventory.quantity, inventory.percent, intake.mapping_sku."}, (*call).saveBuffer)
	command(s, route{path: "/v1/buffers/remove", tag: "channels", id: "remove-buffer", scope: access.StockWrite, summary: "Let the channel's general buffer hold for a SKU again",
		about: "Errors: intake.mapping_sku."}, func(c *call, in BufferName) (Done, error) {
		key, err := c.bufferedSKU(in.Channel, in.SKU, in.Owner)
		if err != nil {
			return Done{}, err
		}
		return Done{Status: "done"}, c.Inventory.RemoveBuffer(c.ctx, c.once, c.actor(), in.Channel, key)
	})
}

// bufferedSKU is the SKU that a buffer is about; 0 = all that have none of their own.
func (c *call) bufferedSKU(channel, code, owner string) (int64, error) {
	if !c.area.Shop(channel, "") {
		return 0, c.notYours(channel)
	}
	if code == "" {
		return 0, nil
	}
	return c.skuNamed(code, owner)
}

func (c *call) saveBuffer(in Buffer) (Buffer, error) {
	key, err := c.bufferedSKU(in.Channel, in.SKU, in.Owner)
	if err != nil {
		return Buffer{}, err
	}
	_, err = c.Inventory.SaveBuffer(c.ctx, c.once, c.actor(), inventory.Buffer{Channel: in.Channel, SKU: key, Quantity: in.Quantity, Percent: in.Percent})
	return in, err
}

const bufferPrefix = "sku"

func (c *call) listBuffers() (BufferPage, error) {
	out := BufferPage{Buffers: []Buffer{}}
	limit, err := c.limit()
	if err != nil || !c.area.Shop(c.query("channel"), "") {
		return out, err
	}
	after := int64(-1)
	if c.query("cursor") != "" {
		if after, err = c.idCursor(bufferPrefix); err != nil {
			return out, err
		}
	}
	err = c.DB.View(c.ctx, func(tx *db.Tx) error {
		list, err := inventory.Buffers(tx, c.query("channel"), after, limit)
		if err != nil {
			return err
		}
		n, err := c.names(tx)
		if err != nil {
			return err
		}
		ids := make([]int64, len(list))
		for i, b := range list {
			ids[i] = b.SKU
		}
		if err := n.learnSKUs(tx, ids); err != nil {
			return err
		}
		for _, b := range list {
			shown := Buffer{Channel: b.Channel, Quantity: b.Quantity, Percent: b.Percent}
			if b.SKU != 0 {
				shown.SKU, shown.Owner = n.sku(b.SKU), n.skus[b.SKU].Owner
			}
			out.Buffers = append(out.Buffers, shown)
		}
		if len(list) == limit {
			out.NextCursor = id.Show(bufferPrefix, list[limit-1].SKU)
		}
		return nil
	})
	return out, err
}
