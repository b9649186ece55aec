// Package aftersales is what happens after the goods have left: returns, exchanges, reships and refunds.
//
// It owns the case (what a customer wants put right about one order), the decision over it, the return waybill, the
// pictures that customers send with it, the goods that come back with their grade and fate, parcels that nobody announced, the
// order that replaces another, and the money that goes back. Goods and money are two axes: a case follows the goods, a refund the money, and neither
// decides the other. Goods that come back stand in quarantine until somebody has graded them.
//
// It does not cancel what has not left (flow), it does not chase carriers for damages (casework), and tells customers nothing itself (notify).
//
// Everything of one order is guarded by the lock of the order: whoever changes a case, a unit or a refund has it.
//
// Words. A case is an RMA. A unit is some pieces of one SKU and lot in hand. A grade says how they look: A as new, B to be
// refurbished, C defective, D scrap. A fate is where they went. A refused parcel (拒收) came back without having been
// accepted. A parcel without an owner (无主件) is pooled until a case claims it. The share of an order line is what was
// paid for it: no refund of the line goes beyond it.
package aftersales
