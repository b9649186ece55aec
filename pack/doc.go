// Package pack closes parcels: what goes into which carton, whether it is what was picked, and what it weighs.
//
// It owns cartons and mailers, parcels and their contents, the second check and the tolerance of the scale, and which single item of a
// walk of totals a table has in hand.
// It does not own the geometry (pack/carton), the goods while they stand at the stage (inventory), the waybill (ship),
// or what happens when packed goods are not wanted any more (flow).
//
// Words. A parcel (包裹) is one closed carton with its contents; the second check (复核) counts what is packed
// against what was picked; what another order has in a carton lies inside it, a parcel without carton and weight of its own; the expected weight is tare and contents as the catalogue has them.
package pack
