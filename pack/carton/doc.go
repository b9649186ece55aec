// Package carton chooses what an order is packed into: the cheapest set of cartons and mailers, and
// where every unit stands in them.
//
// It owns the geometry of packing (what fits, what may stand on what), the cost of a parcel (packaging
// plus freight on the larger of real and volumetric weight) and an independent checker of any answer,
// Verify. It does not own the stock of packaging, the rate tables a Freight is read from, or the packing
// bench.
//
// Everything here is a pure function of its arguments, in whole millimetres, grams and minor units; the
// same problem always gets the same answer.
//
// Up to eight units: complete search. A carton is disproved by trying, for each pair of units, every axis along which they can
// be apart (S. P. Fekete and J. Schepers, "A combinatorial characterization of higher-dimensional orthogonal packing",
// Mathematics of Operations Research 29, 2004; S. Martello, D. Pisinger, D. Vigo, E. den Boef and J. Korst, "Algorithm 864:
// General and robot-packable variants of the three-dimensional bin packing problem", ACM Transactions on Mathematical Software
// 33, 2007), and the order is divided by dynamic programming over its subsets, of which only those are packed that the best
// division needs. The bound holds for anybody to whom a unit stands on the floor or on any part of another one and to whom
// nothing touches a fragile unit from above; the rules below are stricter, so that an order may be packed as cheaply as they
// allow and not be called proven.
//
// More units: placement at extreme points (T. G. Crainic, G. Perboli and R. Tadei, "Extreme Point-Based Heuristics for
// Three-Dimensional Bin Packing", INFORMS Journal on Computing 20, 2008), several sortings, every carton from the cheapest
// parcel upwards; where several parcels may be cheaper, greedy filling. Hundreds of units and more are packed in blocks of
// equal units as well, and only so where the effort is too small to place them one by one (M. Eley, "Solving container
// loading problems by block arrangement", European Journal of Operational Research 141, 2002).
//
// Which sizes to stock, ProposeStock: the p-median problem over past orders, by greedy growth and exchange (M. B. Teitz and
// P. Bart, "Heuristic methods for estimating the generalized vertex median of a weighted graph", Operations Research 16, 1968).
//
// Rules of the trade that hold in every box: no overlap; at least half of every base is carried, or with AnySupport some part
// of it where that alone makes a small order cheaper; nothing is above a fragile unit; a unit that does not stack has nothing
// above and nothing below; this-side-up turns only about the vertical. A mailer takes soft units by volume and weight only.
// Placements come in an order a packer can follow: nothing is put down below or behind (nearer to y = 0 than) what stands
// there; of more than 500 units in a parcel, layer by layer.
package carton
