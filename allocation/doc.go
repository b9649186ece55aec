// Package allocation decides which node ships which part of an order.
//
// It owns the strategies and the company's policy, the decision over orders one after the other (Decide, a pure function: orders,
// stock, nodes and rates in; parcels, back-orders and reasons out), the one over orders that compete (MakePlan on a snapshot,
// Follow on what is still so; both pure), what the second saved over the first (Saving, Savings), and the use cases that
// bring them together with what is stored: Step serves the orders that wait, Retry and StepBackorders those that are owed
// something, Run both at once, Place any orders inside another use case's transaction. People decide here too, over
// what no wave has taken: Override gives goods to a node, Split and Merge divide parcels and put them together, Redo lets allocation
// decide again, and SameRecipient lists orders that one parcel could carry. It does not own the order and its
// fulfilments (package order), the stock and its promises (inventory), the search over whole batches (allocation/assign), or the
// rates (ship hands them in as lanes).
//
// Words: a node is a place that ships; a parcel here is what one node ships of an order; a lane is the best rate of a
// node into a region; what no node can ship now is back-ordered. Orders compete where several want what some node has too
// little of for all of them; a plan is what they would best do together, advice what it says of one of them; the plain rule is
// Decide. A bundle is taken apart before nodes are asked, by the recipe that held when the order was placed.
package allocation
