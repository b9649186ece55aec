package allocation

import (
	"cmp"
	"slices"

	"github.com/packhorse/packhorse/catalog"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/order"
	"github.com/packhorse/packhorse/review"
	"github.com/packhorse/packhorse/warehouse"
)

// Neighbours are orders that one node is to ship to one recipient, in parcels of their own.
type Neighbours struct {
	Node    int64
	Members []Neighbour // the most urgent first
	Apart   int64       // freight and handling of the parcels as they are, minor units
	Saves   int64       // what one parcel for all of them would cost less by the same rates
	Ignored bool        // a person has said of each of them that they go apart
}

// Neighbour is one of them.
type Neighbour struct {
	order.Unreleased
	Units, G, Cost int64 // what it holds, grams, and freight and handling of its own parcel
	Bond           int64 // the one parcel that it is to go into; 0 = none
}

// ID names a group: its first fulfilment.
func (n *Neighbours) ID() int64 { return n.Members[0].Fulfilment }

// orders counts the different orders.
func (n *Neighbours) orders() int {
	seen := map[int64]bool{}
	for _, m := range n.Members {
		seen[m.Order] = true
	}
	return len(seen)
}

// RecipientKey is what two orders to one recipient have in common: telephone and address, normalised as review compares them, or
// the token of a platform that hides both. It is empty where nothing is known: then nobody is the same.
func RecipientKey(r order.Recipient) string {
	phone := review.PhoneKey(r.Phone)
	address := review.AddressKey(review.Recipient{Name: r.Name, Phone: r.Phone, Country: r.Country, Province: r.Province, City: r.City,
		District: r.District, Address: r.Address, Postcode: r.Postcode})
	switch {
	case phone != "" && address != "":
		return "plain\x00" + phone + "\x00" + address
	case r.Token != "":
		return "token\x00" + r.Issuer + "\x00" + r.Token
	}
	return ""
}

// neighbours groups work by node and recipient and keeps the groups of several orders.
func neighbours(list []order.Unreleased) (out []Neighbours) {
	type door struct {
		node int64
		key  string
	}
	at := map[door]int{}
	var groups []Neighbours
	for _, u := range list {
		key := RecipientKey(u.Recipient)
		if key == "" {
			continue
		}
		i, known := at[door{u.Node, key}]
		if !known {
			i = len(groups)
			at[door{u.Node, key}] = i
			groups = append(groups, Neighbours{Node: u.Node})
		}
		groups[i].Members = append(groups[i].Members, Neighbour{Unreleased: u})
	}
	return slices.DeleteFunc(groups, func(n Neighbours) bool { return n.orders() < 2 })
}

// OneParcel reckons what fulfilments of one node cost in parcels of their own, by fulfilment, and what one parcel of all of them does:
// freight and handling in minor units, by the rates that allocation decides with.
func (s *Service) OneParcel(tx *db.Tx, node int64, to order.Recipient, fulfilments []int64) (apart map[int64]int64, together int64, err error) {
	g := Neighbours{Node: node}
	for _, key := range fulfilments {
		g.Members = append(g.Members, Neighbour{Unreleased: order.Unreleased{Fulfilment: key, Node: node, Recipient: to}})
	}
	list := []Neighbours{g}
	err = s.price(tx, list)
	apart = make(map[int64]int64, len(fulfilments))
	for _, m := range list[0].Members {
		apart[m.Fulfilment] = m.Cost
	}
	return apart, list[0].Apart - list[0].Saves, err
}

// price reckons what the parcels of each group cost apart and as one, by the rates that allocation decides with.
func (s *Service) price(tx *db.Tx, groups []Neighbours) error {
	if err := weigh(tx, groups); err != nil {
		return err
	}
	nodes, err := warehouse.Nodes(tx)
	if err != nil {
		return err
	}
	p := Problem{}
	for _, n := range nodes {
		p.Nodes = append(p.Nodes, Node{ID: n.ID, HandlingCost: n.HandlingCost})
	}
	if p.Rates, err = s.rates(tx, nodes); err != nil {
		return err
	}
	b := newBoard(&p)
	for i := range groups {
		g := &groups[i]
		to := g.Members[0].Recipient
		at := slices.IndexFunc(b.sites, func(x site) bool { return x.node.ID == g.Node })
		lane := b.lanesTo(s.settings.Region(cmp.Or(to.Province, to.Country)))[at]
		g.reckon(lane, b.sites[at].node.HandlingCost)
	}
	return nil
}

// reckon adds the parcels up. Without a lane only the handling is known.
func (n *Neighbours) reckon(lane *Lane, handling int64) {
	freight := func(g int64) int64 {
		if lane == nil {
			return 0
		}
		return lane.Price(g)
	}
	var all int64
	for i := range n.Members {
		m := &n.Members[i]
		m.Cost = freight(m.G) + handling
		n.Apart += m.Cost
		all += m.G
	}
	n.Saves = n.Apart - freight(all) - handling
}

// weigh fills in what the fulfilments hold.
func weigh(tx *db.Tx, groups []Neighbours) error {
	var ids, skus []int64
	for _, g := range groups {
		for _, m := range g.Members {
			ids = append(ids, m.Fulfilment)
		}
	}
	fs, err := order.Fulfilments(tx, ids)
	if err != nil {
		return err
	}
	for _, f := range fs {
		for _, l := range f.Lines {
			skus = append(skus, l.SKUID)
		}
	}
	slices.Sort(skus)
	known, err := catalog.ByIDs(tx, slices.Compact(skus))
	for i := range groups {
		for j := range groups[i].Members {
			m := &groups[i].Members[j]
			for _, l := range fs[m.Fulfilment].Lines {
				m.Units += l.Quantity
				m.G += l.Quantity * known[l.SKUID].WeightG
			}
		}
	}
	return err
}
