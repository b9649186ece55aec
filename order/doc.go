// Package order is the order itself: its lines, its recipient, its holds, the fulfilments
// it is split into, its back-orders and its timeline.
//
// It owns the words every later stage uses and the invariants between them. It does not decide:
// review passes or holds, allocation chooses nodes, pick, pack and ship move fulfilments on,
// flow runs against the goods.
//
// What several orders of one recipient send in one parcel is a bond (合包): which fulfilments share a carton, each of its own order.
//
// An order has no single status. It has axes that answer different questions (payment, review,
// fulfilment, delivery, after-sale), and each axis is derived from facts: Derive says how.
// What is stored on the order is that derivation, kept so that lists and queues are fast, and
// proven by `packhorse check`.
package order
