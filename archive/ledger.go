package archive

import (
	"github.com/packhorse/packhorse/catalog"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/inventory"
	"github.com/packhorse/packhorse/order"
	"github.com/packhorse/packhorse/warehouse"
)

// pageEntries bounds how long one commit of a fold lasts: commands queue behind it on SQLite.
const pageEntries = 1000

// entries is what goes of the next entries of the ledger, and how far it has looked; 0 at the end.
func entries(tx *db.Tx, before, after int64) (out []Line, last int64, err error) {
	list, err := inventory.Foldable(tx, before, after, pageEntries)
	if err != nil || len(list) == 0 {
		return nil, 0, err
	}
	var owners, skus, places []int64
	for _, e := range list {
		owners = append(owners, e.FromContainer, e.ToContainer, e.Ref)
		skus, places = append(skus, e.SKUID), append(places, e.FromLocation, e.ToLocation)
	}
	open, err := order.Unsettled(tx, owners, before)
	if err != nil {
		return nil, 0, err
	}
	goods, err := catalog.ByIDs(tx, skus)
	if err != nil {
		return nil, 0, err
	}
	name, err := names(tx, places)
	if err != nil {
		return nil, 0, err
	}
	for _, e := range list {
		if !open[e.FromContainer] && !open[e.ToContainer] && !open[e.Ref] {
			out = append(out, Line{Entry: &Entry{e, goods[e.SKUID].Code, name(e.FromLocation), name(e.ToLocation)}})
		}
	}
	return out, list[len(list)-1].ID, nil
}

// names tells what locations are called.
func names(tx *db.Tx, locations []int64) (func(int64) string, error) {
	known, err := warehouse.LocationsByIDs(tx, locations)
	if err != nil {
		return nil, err
	}
	nodes, err := warehouse.Nodes(tx)
	codes := map[int64]string{}
	for _, n := range nodes {
		codes[n.ID] = n.Code
	}
	outside := map[int64]string{inventory.Supplier: "supplier", inventory.Customer: "customer", inventory.Adjustment: "adjustment",
		inventory.Scrap: "scrap", inventory.Opening: "opening"}
	return func(key int64) string {
		if key < 0 {
			return outside[key]
		}
		return codes[known[key].NodeID] + " " + known[key].Code
	}, err
}
