// Package batching decides which orders are picked in one walk, so that the walks together are as short as can be.
//
// It owns the division of orders into batches under the limits of a cart (places, weight, volume), zones and due
// times, the walk of every batch, a bound no division goes below, and the place of a late order in what is already
// open. It does not own the geometry of a single walk (pick/route), nor what is released when (wave).
//
// A pure library: values in, values out, no clock. Lengths are in the unit of the floor, times in seconds. The same
// problem, seed and work give the same answer; where a share of time ends the search, the machine's speed counts too.
//
// Words: a batch is the orders of one walk; a cart's place holds one order; tardiness is by how many seconds orders
// are finished after their due times, summed.
//
// Methods:
//   - the length of a walk in one block: the classes of H. D. Ratliff and A. S. Rosenthal, "Order-Picking in a
//     Rectangular Warehouse", Operations Research 31(3), 1983, over sets of stops held as bits; other floors: route.Plan;
//   - few orders: every batch that fits is a column of a set partitioning problem (N. Gademann and S. van de Velde, "Order
//     batching to minimize total travel time in a parallel-aisle warehouse", IIE Transactions 37, 2005; I. Muter and
//     T. Öncan, "An exact solution approach for the order batching problem", IIE Transactions 47, 2015): its linear
//     relaxation gives prices, the prices leave few columns, and a depth-first search over those ends with a proof;
//   - many orders: the savings of G. Clarke and J. Wright (1964), as C&W(ii) of R. de Koster, E. van der Poort and
//     M. Wolters (1999), then shifts and swaps between batches as in S. Henn and G. Wäscher, "Tabu search heuristics
//     for the order batching problem in manual order picking systems", EJOR 222, 2012, accepted by simulated annealing
//     (S. Kirkpatrick, C. Gelatt and M. Vecchi, 1983); with few orders it begins several times;
//   - due times: batches start in the order of their earliest due time, each with the picker who is free first
//     (S. Henn and V. Schmid, "Metaheuristics for order batching and sequencing", 2013).
package batching
