package api

import (
	"net/http"
	"slices"

	"github.com/packhorse/packhorse/access"
	"github.com/packhorse/packhorse/catalog"
	"github.com/packhorse/packhorse/intake"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/id"
	"github.com/packhorse/packhorse/order"
	"github.com/packhorse/packhorse/review"
)

// Stranger is a code of a channel that orders wait for because nobody knows which SKU it is.
type Stranger struct {
	Channel string `json:"channel"`
	Code    string `json:"code" doc:"as the channel calls the goods"`
	Title   string `json:"title,omitempty"`
	Orders  int64  `json:"orders" doc:"that wait for it"`
	Units   int64  `json:"units"`
	Oldest  string `json:"oldest" doc:"the order that waits longest"`
}

// Strangers lists what nobody knows, what holds up most orders first.
type Strangers struct {
	Strangers []Stranger `json:"strangers"`
}

// Mapping says which SKU a channel means by a code that the catalogue does not have.
type Mapping struct {
	Channel string `json:"channel"`
	Code    string `json:"code"`
	SKU     string `json:"sku"`
	Owner   string `json:"owner,omitempty"`
	Title   string `json:"title,omitempty" readOnly:"true"`
	At      string `json:"at,omitempty" readOnly:"true"`
	Actor   string `json:"actor,omitempty" readOnly:"true"`
}

// MappingPage is a page of mappings of a channel, by code.
type MappingPage struct {
	Mappings   []Mapping `json:"mappings"`
	NextCursor string    `json:"next_cursor,omitempty"`
}

// MappingName names a mapping.
type MappingName struct {
	Channel string `json:"channel"`
	Code    string `json:"code"`
}

func (s *Server) mappings() {
	query(s, route{path: "/v1/mappings/strangers", tag: "channels", id: "list-strangers", scope: access.OrdersRead, summary: "What channels call goods that nobody knows",
		about: "Of the oldest 1,000 orders that are held for it. Errors: those of every request."}, (*call).strangers)
	query(s, route{path: "/v1/mappings", tag: "channels", id: "list-mappings", scope: access.OrdersRead, summary: "Which SKUs a channel means, by its codes",
		about: "Errors: http.limit, http.channel.", params: append(paging(), text("channel", "whose codes"))}, (*call).listMappings)
	command(s, route{method: http.MethodPut, path: "/v1/mappings", tag: "channels", id: "save-mapping", scope: access.OrdersWrite, summary: "Say which SKU a channel means by a code",
		about: "Orders that are held for it go back to the rules. A code of the catalogue needs no mapping. Errors: intake.mapping_code, intake.mapping_known, intake.mapping_sku."},
		(*call).saveMapping)
	command(s, route{path: "/v1/mappings/remove", tag: "channels", id: "remove-mapping", scope: access.OrdersWrite, summary: "Forget which SKU a channel means by a code",
		about: "Orders that have their SKU keep it. Error: intake.mapping_unknown."},
		func(c *call, in MappingName) (Done, error) {
			if !c.area.Shop(in.Channel, "") {
				return Done{}, c.notYours(in.Channel)
			}
			return Done{Status: "done"}, c.Intake.RemoveMapping(c.ctx, c.once, c.actor(), intake.Called{Channel: in.Channel, Code: in.Code})
		})
}

func (c *call) strangers() (Strangers, error) {
	out := Strangers{Strangers: []Stranger{}}
	err := c.DB.View(c.ctx, func(tx *db.Tx) error {
		list, err := review.Strangers(tx, func(ids []int64) ([]int64, error) {
			return insideOrders(c, tx, ids, func(key int64) int64 { return key })
		})
		for _, x := range list {
			out.Strangers = append(out.Strangers, Stranger{Channel: x.Channel, Code: x.Code, Title: x.Title, Orders: x.Orders, Units: x.Units, Oldest: id.Show(order.Prefix, x.Oldest)})
		}
		return err
	})
	return out, err
}

func (c *call) listMappings() (MappingPage, error) {
	out := MappingPage{Mappings: []Mapping{}}
	limit, err := c.limit()
	if err != nil {
		return out, err
	}
	channel := c.query("channel")
	if channel == "" {
		return out, fault.Invalidf("channel", "http.channel", "say which channel the orders are from: ?channel=NAME")
	}
	if !c.area.Shop(channel, "") {
		return out, nil
	}
	err = c.DB.View(c.ctx, func(tx *db.Tx) error {
		list, err := intake.Mappings(tx, channel, c.query("cursor"), limit)
		if err != nil {
			return err
		}
		if len(list) == limit {
			out.NextCursor = list[limit-1].Code
		}
		out.Mappings, err = shownMappings(tx, list)
		return err
	})
	return out, err
}

func shownMappings(tx *db.Tx, list []intake.Mapping) ([]Mapping, error) {
	ids := make([]int64, len(list))
	for i, m := range list {
		ids[i] = m.SKU
	}
	skus, err := catalog.ByIDs(tx, ids)
	out := make([]Mapping, len(list))
	for i, m := range list {
		k := skus[m.SKU]
		out[i] = Mapping{Channel: m.Channel, Code: m.Code, SKU: k.Code, Owner: k.Owner, Title: k.Title, At: at(m.At), Actor: m.Actor}
	}
	return out, err
}

func (c *call) saveMapping(in Mapping) (out Mapping, err error) {
	if !c.area.Shop(in.Channel, "") {
		return out, c.notYours(in.Channel)
	}
	key, err := c.skuNamed(in.SKU, in.Owner)
	if err != nil {
		return out, err
	}
	m, err := c.Intake.SaveMapping(c.ctx, c.once, c.actor(), intake.Mapping{Called: intake.Called{Channel: in.Channel, Code: in.Code}, SKU: key})
	if err != nil {
		return out, err
	}
	err = c.DB.View(c.ctx, func(tx *db.Tx) error {
		list, err := shownMappings(tx, []intake.Mapping{m})
		out = list[0]
		return err
	})
	return out, err
}

// skuNamed is the id of a SKU by code and owner; without an owner, the one that is meant then. Fault: intake.mapping_sku.
func (c *call) skuNamed(code, owner string) (int64, error) {
	if code == "" {
		return 0, noSKU()
	}
	if owner != "" {
		list, _, err := c.Catalog.List(c.ctx, catalog.Filter{Query: code, Owner: owner}, catalog.Place{}, 1)
		i := slices.IndexFunc(list, func(e catalog.Entry) bool { return e.SKU.Code == code && e.SKU.Owner == owner })
		if err != nil {
			return 0, err
		}
		if i < 0 {
			return 0, noSKU()
		}
		return list[i].SKU.ID, nil
	}
	var found map[string]catalog.SKU
	err := c.DB.View(c.ctx, func(tx *db.Tx) (err error) { found, err = catalog.ByCodes(tx, []string{code}); return err })
	if k, ok := found[code]; ok || err != nil {
		return k.ID, err
	}
	return 0, noSKU()
}

func noSKU() error {
	return fault.Invalidf("sku", "intake.mapping_sku", "there is no such SKU; choose one of the catalogue")
}
