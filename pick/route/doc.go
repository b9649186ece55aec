// Package route finds the walk through the aisles for a list of stops: from the depot, past every
// stop, to a drop point (or back to the depot).
//
// It owns the picture of the floor (parallel aisles joined by cross aisles), the distance a picker
// walks on it, and the order of the stops. It does not own which tasks are walked together (wave),
// nor what happens at a stop (pick).
//
// Everything here is a pure function of its arguments: whole millimetres, no clock, no chance.
//
// Words: a block lies between two cross aisles; a crossing is where an aisle meets a cross aisle; a
// round ends where it began; a rule is how pickers walk without a computer.
//
// Plan (or a Planner, which keeps its memory) gives the tour with a lower bound. Walk gives the walk of
// a plain rule, to compare with. Measure is the length of an order of the stops, whoever made it.
//
// Who only needs lengths in one block, and many of them, asks a Block: Block.Length takes stops;
// Block.Places turns the stops that can occur into bits, and Places.Length takes sets of them, which
// are joined word by word. Both are exact, do not allocate and cost about half a microsecond.
//
// ReadSingleBlock and ReadGraph read problems from files.
//
// Methods:
//   - two-way aisles and up to six cross aisles, any depot and any drops: exact, by a sweep over the aisles
//     that keeps the cheapest partial tour of every state (parity and connection of the crossings). For one
//     block that is H. D. Ratliff and A. S. Rosenthal, "Order-Picking in a Rectangular Warehouse", Operations
//     Research 31(3), 1983; for two K. J. Roodbergen and R. de Koster, "Routing order pickers in a warehouse
//     with a middle aisle", EJOR 133(1), 2001; for any number H. Cambazard and N. Catusse, "Fixed-parameter
//     algorithms for rectilinear Steiner tree and rectilinear traveling salesman problem in the plane", EJOR
//     270(2), 2018, and L. Pansart, N. Catusse and H. Cambazard, "Exact algorithms for the order picking
//     problem", Computers & OR 100, 2018. A walk between two different ends is a round with two odd crossings;
//   - few places on any other floor (one-way aisles, more cross aisles): exact, by the programme over subsets of
//     M. Held and R. M. Karp (1962); stops between two cross aisles of a one-way aisle count as one place;
//   - many places with one-way aisles: the same sweep, with the balance of walks into and out of every crossing in
//     the place of its parity, cut off by the length of a tour from local search. Exact where it comes to an end,
//     which it does on floors of the usual size;
//   - many places on any other floor, and the tour to begin with: the S-shape and the nearest neighbour, improved by 2-opt (Croes 1958) and
//     Or-opt (Or 1976) and shaken by double bridges (Martin, Otto and Felten 1991). The bound is the larger of
//     the assignment problem and the trees of Held and Karp (1970);
//   - the rules: R. W. Hall, "Distance approximations for routing manual pickers in a warehouse", IIE
//     Transactions 25(4), 1993; C. G. Petersen, "An evaluation of order picking routeing policies", IJOPM 17(11),
//     1997; over several blocks and combined: K. J. Roodbergen and R. de Koster, "Routing methods for warehouses
//     with multiple cross aisles", IJPR 39(9), 2001.
package route
