// Package inventory is the book of stock.
//
// It owns the ledger (append-only, double entry), what stands where (inventory_stock, the sum of the
// ledger by side), what can be promised (inventory_balance), the reservations, counts and the buffers of
// channels. It does not decide who gets what: allocation does, and comes here to promise.
//
// Words. An entry moves a quantity of a SKU and lot from one side to another; a side is a location, a
// container in it (0 = loose) and a quality. Locations below zero are the world outside. A promise (soft
// reservation) is of a node; a reservation (hard) is of a location and lot, made when the work is released;
// a picked one is of a container at the stage. An opening balance is one entry in place of those that an archive
// took away: what they had left on a side.
//
// Invariants, at the end of every transaction, proven by `packhorse check`:
//
//	stock.on_hand    = Σ entries to the side − Σ entries from it          and never negative
//	stock.reserved   = Σ hard and picked reservations of the side          ≤ stock.on_hand
//	balance.on_hand  = Σ stock.on_hand of the node
//	balance.blocked  = Σ stock.on_hand of the node of any quality but good
//	balance.reserved = Σ reservations of the node, of every kind           ≤ on_hand − blocked
package inventory
