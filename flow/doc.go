// Package flow is what crosses stages or runs against the goods: a cancel, a short pick, a node that
// refuses, an amendment of an order in work. What comes back is in aftersales.
//
// Each is one function and one transaction. Goods that somebody carries already do not jump back into a
// bin by a decision: they go to the node's quarantine, blocked, until a person puts them away.
//
// What a cancel finds, and does:
//
//	not in work yet      lines cancelled, holds and debts ended
//	allocated            promises taken back
//	released             tasks closed, reservations of bins taken back
//	picked               the goods go to quarantine, to be put away
//	packed               parcels opened, the goods go to quarantine
//	labelled             the carrier is asked: if it has collected the parcel without a scan at the dock, the order has shipped and
//	                     its return is expected; if not, the waybill is void, and all as for packed
//	shipped              refused: the parcel has left; return it instead
//	shipped in part      what has not left is cancelled as above
//
// Whoever holds the goods is told at the next scan (order.Stop): the label, printed or not, does not leave. What comes
// of every question at every stage is in docs/flow/races.md.
package flow
