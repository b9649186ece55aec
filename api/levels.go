package api

import (
	"encoding/base64"
	"slices"
	"strings"

	"github.com/packhorse/packhorse/access"
	"github.com/packhorse/packhorse/catalog"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/inventory"
)

// Level is what the warehouses have of a SKU, in all and each.
type Level struct {
	SKU       string      `json:"sku"`
	Owner     string      `json:"owner,omitempty"`
	Title     string      `json:"title"`
	OnHand    int64       `json:"on_hand"`
	Reserved  int64       `json:"reserved"`
	Blocked   int64       `json:"blocked" doc:"defective, in quarantine or missing"`
	Available int64       `json:"available" doc:"can still be promised"`
	Nodes     []NodeLevel `json:"nodes" doc:"those that have or had it"`

	MovedAt string `json:"moved_at,omitempty" doc:"with state idle: when it last came from a supplier or a customer, or left to one"`
}

// NodeLevel is what one warehouse has.
type NodeLevel struct {
	Node      string `json:"node"`
	OnHand    int64  `json:"on_hand"`
	Reserved  int64  `json:"reserved"`
	Blocked   int64  `json:"blocked"`
	Available int64  `json:"available"`
}

// LevelPage is a page of levels, by code of the SKU.
type LevelPage struct {
	Levels     []Level `json:"levels"`
	NextCursor string  `json:"next_cursor,omitempty"`
}

// levelKinds are what a list of levels can be narrowed to.
var levelKinds = map[string]func(Level) bool{
	"stocked":  func(l Level) bool { return l.OnHand > 0 },
	"out":      func(l Level) bool { return l.Available <= 0 },
	"reserved": func(l Level) bool { return l.Reserved > 0 },
	"blocked":  func(l Level) bool { return l.Blocked > 0 },
	idleState:  func(l Level) bool { return l.OnHand > 0 },
}

// idleState is of goods that stand there and do not move.
const idleState = "idle"

const (
	levelScan  = 250   // SKUs read at once
	levelReach = 5_000 // SKUs looked at for one answer, before it is given with what was found
)

func (s *Server) levels() {
	query(s, route{path: "/v1/stock/levels", tag: "stock", id: "list-levels", scope: access.StockRead, summary: "What the warehouses have, SKU by SKU",
		about: "By code. With state a page may be short and yet name a next cursor. Idle is what stands somewhere and has neither come in nor left anywhere for so many days; counts and moves within the house do not count. Problems: http.limit, http.cursor, http.node, http.days.",
		params: append(paging(), text("query", "how the code of the SKU begins"), text("node", "code of the warehouse; without it all"),
			text("state", "", "stocked", "out", "reserved", "blocked", idleState), number("days", "with state idle: 1 to 3650; 90 without it"), text("owner", "whose goods"))}, (*call).listLevels)
}

func (c *call) listLevels() (LevelPage, error) {
	page := LevelPage{Levels: []Level{}}
	limit, err := c.limit()
	if err != nil {
		return page, err
	}
	after, err := placeOf(c.query("cursor"))
	if err != nil {
		return page, err
	}
	if err := c.knownNode(); err != nil {
		return page, err
	}
	since, err := c.idleSince()
	if err != nil {
		return page, err
	}
	keep := levelKinds[c.query("state")]
	filter := catalog.Filter{Query: c.query("query"), Owner: c.query("owner")}
	for looked := 0; len(page.Levels) < limit; looked += levelScan {
		list, next, err := c.Catalog.List(c.ctx, filter, after, levelScan)
		if err != nil {
			return page, err
		}
		levels, err := c.levelsOf(list)
		if err == nil && c.query("state") == idleState {
			levels, err = c.onlyIdle(list, levels, since)
		}
		if err != nil {
			return page, err
		}
		for _, l := range levels {
			if after = (catalog.Place{Code: l.SKU, Owner: l.Owner}); keep == nil || keep(l) {
				page.Levels = append(page.Levels, l)
			}
			if len(page.Levels) == limit {
				page.NextCursor = showPlace(after)
				return page, nil
			}
		}
		if after = next; next == (catalog.Place{}) {
			return page, nil
		}
		if page.NextCursor = showPlace(next); looked >= levelReach {
			return page, nil
		}
	}
	return page, nil
}

// knownNode refuses the code of a warehouse that is not there.
func (c *call) knownNode() error {
	if c.query("node") == "" {
		return nil
	}
	n, err := c.allNames()
	if err == nil {
		_, err = n.nodeOf("node", c.query("node"))
	}
	return err
}

func placeOf(text string) (catalog.Place, error) {
	if text == "" {
		return catalog.Place{}, nil
	}
	raw, err := base64.RawURLEncoding.DecodeString(text)
	code, owner, ok := strings.Cut(string(raw), "\n")
	if err != nil || !ok {
		return catalog.Place{}, badCursor()
	}
	return catalog.Place{Code: code, Owner: owner}, nil
}

func showPlace(p catalog.Place) string {
	return base64.RawURLEncoding.EncodeToString([]byte(p.Code + "\n" + p.Owner))
}

// levelsOf reads the levels of a stretch of the catalogue, as far as the caller reaches.
func (c *call) levelsOf(list []catalog.Entry) ([]Level, error) {
	list, err := c.insideEntries(list)
	if err != nil || len(list) == 0 {
		return nil, err
	}
	skus := make([]catalog.SKU, len(list))
	for i, e := range list {
		skus[i] = e.SKU
	}
	var balances []inventory.Balance
	var n *names
	err = c.DB.View(c.ctx, func(tx *db.Tx) error {
		if n, err = c.names(tx); err != nil {
			return err
		}
		n.add(skus...)
		balances, err = inventory.Balances(tx, idsOf(skus))
		return err
	})
	if err != nil {
		return nil, err
	}
	at := n.nodesNamed(c.query("node"))
	of := map[int64][]inventory.Balance{}
	for _, b := range c.insideBalances(n, balances) {
		if slices.Contains(at, b.Node) {
			of[b.SKU] = append(of[b.SKU], b)
		}
	}
	out := make([]Level, len(skus))
	for i, s := range skus {
		out[i] = n.level(s, of[s.ID])
	}
	return out, nil
}

func (n *names) level(s catalog.SKU, list []inventory.Balance) Level {
	l := Level{SKU: s.Code, Owner: s.Owner, Title: s.Title, Nodes: []NodeLevel{}}
	for _, b := range list {
		l.OnHand, l.Reserved, l.Blocked, l.Available = l.OnHand+b.OnHand, l.Reserved+b.Reserved, l.Blocked+b.Blocked, l.Available+b.Available()
		l.Nodes = append(l.Nodes, NodeLevel{Node: n.node(b.Node), OnHand: b.OnHand, Reserved: b.Reserved, Blocked: b.Blocked, Available: b.Available()})
	}
	return l
}
