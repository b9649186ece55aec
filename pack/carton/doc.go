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
// Methods: placement at extreme points (T. G. Crainic, G. Perboli and R. Tadei, "Extreme Point-Based
// Heuristics for Three-Dimensional Bin Packing", INFORMS Journal on Computing 20(3), 2008), several
// sortings, every carton from the cheapest parcel upwards; where one carton does not do or more parcels
// could be cheaper, the best division of a small order by dynamic programming over its subsets, of a
// large one by greedy filling. Hundreds of units and more are packed in blocks of equal units as well, and
// only so where the effort is too small to place them one by one (M. Eley, "Solving container loading
// problems by block arrangement", European Journal of Operational Research 141, 2002).
//
// Rules of the trade that hold in every box: no overlap; at least half of every base is carried; nothing
// is above a fragile unit; a unit that does not stack has nothing above and nothing below; this-side-up
// turns only about the vertical. A mailer takes soft units by volume and weight only.
package carton
