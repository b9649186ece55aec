// Package route finds the walk through the aisles for a list of stops: from the depot, past every
// stop, to a drop point (or back to the depot).
//
// It owns the picture of the floor (parallel aisles joined by cross aisles), the distance a picker
// walks on it, and the order of the stops. It does not own which tasks are walked together (wave),
// nor what happens at a stop (pick).
//
// Everything here is a pure function of its arguments: whole millimetres, no clock, no chance.
//
// Methods:
//   - one block, two-way aisles, back to the depot: the exact dynamic programme of H. D. Ratliff and
//     A. S. Rosenthal, "Order-Picking in a Rectangular Warehouse", Operations Research 31(3), 1983;
//   - any floor, few stops: the exact dynamic programme over subsets of M. Held and R. M. Karp (1962);
//   - any floor, many stops: the S-shape per block of K. J. Roodbergen and R. de Koster (2001) and the
//     nearest neighbour, both improved by 2-opt (Croes 1958) and Or-opt (Or 1976).
package route
