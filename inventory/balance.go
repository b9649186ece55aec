package inventory

import (
	"slices"

	"github.com/packhorse/packhorse/internal/db"
)

// Balance is what a node has of a SKU.
type Balance struct {
	Key
	OnHand   int64 // everything that stands there
	Reserved int64 // of it, promised
	Blocked  int64 // of it, not good
}

// Available is what can still be promised.
func (b Balance) Available() int64 { return b.OnHand - b.Reserved - b.Blocked }

var (
	selBalances  = db.NewSQL(`SELECT sku_id, node_id, on_hand, reserved, blocked FROM inventory_balance WHERE sku_id = ANY($1) ORDER BY sku_id, node_id`)
	lockBalances = db.NewSQL(`SELECT sku_id, node_id, on_hand, reserved, blocked FROM inventory_balance WHERE sku_id = ANY($1) ORDER BY sku_id, node_id FOR UPDATE`)
)

func scanBalance(r *db.Rows) (b Balance) {
	r.Scan(&b.SKU, &b.Node, &b.OnHand, &b.Reserved, &b.Blocked)
	return b
}

// Balances reads the balances of some SKUs at all nodes.
func Balances(tx *db.Tx, skus []int64) ([]Balance, error) {
	return db.All(tx.Query(selBalances, skus), scanBalance)
}

// Available reads what can be promised of some SKUs, by SKU and node.
func Available(tx *db.Tx, skus []int64) (map[Key]int64, error) {
	return available(Balances(tx, skus))
}

// LockAvailable is Available, and keeps others from promising the same until the transaction ends.
func LockAvailable(tx *db.Tx, skus []int64) (map[Key]int64, error) {
	skus = slices.Clone(skus)
	slices.Sort(skus)
	return available(db.All(tx.Query(lockBalances, slices.Compact(skus)), scanBalance))
}

func available(list []Balance, err error) (map[Key]int64, error) {
	out := make(map[Key]int64, len(list))
	for _, b := range list {
		out[b.Key] = b.Available()
	}
	return out, err
}
