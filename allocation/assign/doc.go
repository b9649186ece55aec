// Package assign decides over a whole batch of waiting orders at once: which node ships which units of which order, so that
// freight, handling, splits, lateness and what has to be left together cost as little as possible.
//
// It owns the problem and its answer (Problem, Solve, Answer), the file they are exchanged as (File, Read, Report) and the
// reasons in an answer. It does not own one order's decision by a strategy (package allocation), where stock and rates come
// from, or what is written down. Everything here is a pure function of its arguments.
//
// # How it works
//
// The orders compete for resources: units of a SKU at a node, and parcels of a node. When these have prices, every order can
// choose for itself. What all orders then pay, less what all resources are worth, is below the cost of any answer: the
// Lagrangian relaxation (M. L. Fisher, "The Lagrangian Relaxation Method for Solving Integer Programming Problems", Management
// Science 27, 1981). Because the cheapest plan of one order is found exactly, its best value is that of the linear program
// over all plans of all orders, the bound of Dantzig and Wolfe (Operations Research 8, 1960), which is as tight as such
// bounds get.
//
// The cheapest plan of one order (desk.quote) is searched over sets of nodes, the cheapest to open first; a set is left where
// its fixed costs and the cheapest units from it, or from nodes with their opening spread over what they could ship, come to no
// less than the best plan. How units are divided within a set follows from two lower bounds, freight without its steps and the
// largest linear function below it; where neither is reached, all divisions are searched. Orders too large for that are
// bounded, not solved, so the bound stays one.
//
// Prices rise and fall by the volume algorithm (F. Barahona and R. Anbil, "The volume algorithm: producing primal solutions
// with a subgradient method", Mathematical Programming 87, 2000) over a pool of plans found before; every few steps the exact
// plans at the new prices prove a bound and enter the pool, as in column generation. The averages of the volume algorithm are
// close to the best mixture of plans; dive places what they are clearest about and prices the rest anew. Then a few orders that
// want the same things are taken out and placed again, as often as the effort allows (P. Shaw, 1998; G. Schrimpf and others,
// 2000), and the answer is compared with the plain rule: order by order, the cheapest complete plan first.
//
// The gap that is left is in part the relaxation's own: where rows of stock hold a few units and orders ask for several, no
// answer reaches the bound, because a row can be shared in the linear program in ways that it cannot in boxes.
//
// Words: a plan is what becomes of one order; a parcel what one node ships of it; a row of stock is a SKU at a node; a resource
// is a row of stock or the parcels of a node; to leave units is not to ship them now.
package assign
