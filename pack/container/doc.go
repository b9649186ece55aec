// Package container loads one container with boxes of several types so that as much of its volume as possible is filled.
//
// It owns the search, the reader of the problem files of Bischoff and Ratcliff, and an independent checker of any answer,
// Verify. It does not own the choice among containers or what a parcel costs (pack/carton).
//
// Its words: a block is a cuboid of boxes that is loaded as one; a space is a maximal empty cuboid, and spaces overlap; the
// anchor of a space is its corner nearest to a corner of the container; a completed loading is a partial one filled up by
// the plain rule, always the best block into the nearest space.
//
// Everything here is a pure function of its arguments, in whole units of length. The work is counted in completed loadings:
// the same problem and number of them always give the same answer. Every answer comes with a bound that holds for any
// loading: what rows of boxes can reach along each side of the container, multiplied, and the volume of all boxes.
//
// Methods:
//   - beam search whose states are valued by completing them, repeated with twice the work until the time is up: I. Araya
//     and M.-C. Riff, "A beam search approach to the container loading problem", Computers & Operations Research 43 (2014);
//   - blocks valued by volume, by what stays usable, by the surface that touches something and by how few boxes they are
//     made of: I. Araya, K. Guerrero and E. Nuñez, "VCS: A new heuristic function for selecting boxes in the single
//     container loading problem", Computers & Operations Research 82 (2017);
//   - blocks of blocks: T. Fanslau and A. Bortfeldt, "A tree search algorithm for solving the container loading problem",
//     INFORMS Journal on Computing 22 (2010); here they must fill their cuboid to 99 %, which found more than the usual 98;
//   - the cover of the empty rest, the order of the spaces and the loss by knapsacks: W. Zhu and A. Lim, "A new iterative-
//     doubling greedy-lookahead algorithm for the single container loading problem", European Journal of Operational
//     Research 222 (2012); W. Zhu, W.-C. Oon, A. Lim and Y. Weng, "The six elements to block-building approaches for the
//     single container loading problem", Applied Intelligence 37 (2012);
//   - the bound: any loading can be pushed into a corner without changing what it holds (N. Christofides and C. Whitlock,
//     "An algorithm for two-dimensional cutting problems", Operations Research 25, 1977).
//
// Where full support is demanded, the space above a block is as wide as the part of its top that carries everywhere; a
// block that is joined of others stands only where each of its boxes is carried by those below.
package container
