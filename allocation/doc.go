// Package allocation decides which node ships which part of an order.
//
// It owns the strategies and the company's policy, the decision (Decide, a pure function: orders, stock, nodes and
// rates in; parcels, back-orders and reasons out) and the use cases that bring it together with what is stored:
// Step serves the orders that wait, Retry and StepBackorders those that are owed something, Place any orders inside
// another use case's transaction. It does not own the order and its fulfilments (package order), the stock and its
// promises (inventory), or the rates (ship hands them in as lanes).
//
// Words: a node is a place that ships; a parcel here is what one node ships of an order; a lane is the best rate of a
// node into a region; what no node can ship now is back-ordered. A bundle is taken apart before nodes are asked, by
// the recipe that held when the order was placed.
package allocation
