package api

import (
	"github.com/danielgtaylor/huma/v2"

	"github.com/packhorse/packhorse/access"
)

// ReturnedGoods is how returned goods that are for sale again are picked.
type ReturnedGoods struct {
	Returned string `json:"returned" enum:"expiry,age" doc:"expiry: what expires first goes first, and of the same expiry what came back; age: what came back before everything else, the longest back first"`
}

func (s *Server) returnedGoods() {
	query(s, route{path: "/v1/returned-goods", tag: "stock", id: "get-returned-goods", scope: access.StockRead, summary: "How returned goods are picked",
		about: "By expiry where nobody has said anything.", params: []*huma.Param{}}, func(c *call) (ReturnedGoods, error) {
		rule, err := c.Inventory.Returned(c.ctx)
		return ReturnedGoods{rule}, err
	})
	command(s, route{path: "/v1/returned-goods", tag: "stock", id: "save-returned-goods", scope: access.Admin, summary: "Say how returned goods are picked",
		about: "What is reserved stays. Problem: inventory.returned_rule."}, func(c *call, in ReturnedGoods) (ReturnedGoods, error) {
		rule, err := c.Inventory.SaveReturned(c.ctx, c.once, c.actor(), in.Returned)
		return ReturnedGoods{rule}, err
	})
}
