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
// largest linear function below it; where neither is reached, all divisions are searched. Only plans better than the best one remembered
// are looked for. Orders too large for that are bounded, not solved, so the bound stays one.
//
// Prices begin with walks through the orders, in which they change after every few of them: incremental subgradients (A. Nedić and
// D. P. Bertsekas, SIAM Journal on Optimization 12, 2001). Where all nodes together have too little of a SKU, its prices move together as well
// as one by one (lean). From there they rise and fall by the volume algorithm (F. Barahona and R. Anbil, "The volume algorithm: producing primal solutions
// with a subgradient method", Mathematical Programming 87, 2000) over a pool of plans found before; every few steps the cheapest
// plans at the new prices enter the pool, as in column generation: first those found with little work, later exact ones, which
// prove a bound.
//
// Units are whole, mixtures of plans are not: where rows of stock hold a few units and orders want them in twos, the relaxation alone is
// up to several per cent below every answer. Rules that answers keep and mixtures break (cut) close most of that. They are zero-half
// cuts of single rows with any set of orders (A. Caprara and M. Fischetti, "{0, 1/2}-Chvátal-Gomory cuts", Mathematical Programming 74,
// 1996), found in the averages of the volume algorithm and priced like resources, as in relax-and-cut (A. Lucena, "Non delayed
// relax-and-cut algorithms", Annals of Operations Research 140, 2005). An order whose units of a row cost more or less the more
// it takes is still quoted exactly (desk.priceCuts). What several rows together do to each other is not cut.
//
// The averages are close to the best mixture of plans; dive places what they are clearest about and prices the rest anew. Then a
// few orders that want the same things are taken out and placed again, as often as the effort allows (P. Shaw, 1998; G. Schrimpf
// and others, 2000), and at first also where that is worse (simulated annealing: S. Kirkpatrick, C. D. Gelatt and M. P. Vecchi,
// "Optimization by Simulated Annealing", Science 220, 1983). The answer is compared with the plain rule: order by order, the cheapest
// complete plan first.
//
// Words: a plan is what becomes of one order; a parcel what one node ships of it; a row of stock is a SKU at a node; a resource
// is a row of stock or the parcels of a node; to leave units is not to ship them now.
package assign
