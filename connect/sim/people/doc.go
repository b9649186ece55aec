// Package people plays the humans around a company: the shop that sells and its customers, the reviewer, the pickers and
// packers of every warehouse, the dock, and the parcels that customers send back.
//
// They work over the public HTTP API only, as any integration does: what they do is judged, refused and written down by
// the real code. They decide by the order's number and the business clock, never by chance of their own: the same
// company, orders and clock give the same requests in the same sequence. Nothing runs by itself; whoever owns the
// clock calls Step.
//
// The package does not own what is ordered and what goes wrong (seed), nor what happens to parcels on the road
// (connect/sim/carrier).
package people
