// Package catalog is the book of goods: what a SKU is called, weighs, measures and costs,
// under which bar codes it is scanned, and what a bundle consists of.
//
// It owns SKUs (unique by owner and code), their bar codes with pack factors, dated bundle recipes,
// and the catalogue and bundle files in both directions. It does not own how many there are
// (inventory), where they lie (warehouse), or what a shop calls them (intake).
//
// Words. The owner (货主) is whose goods they are; the company's own are "self". A factor is how many
// pieces one scan stands for: 12 on a carton of a dozen. A recipe line says that a bundle
// holds so many pieces of a component from one moment up to, not including, another.
//
// A weight or a size of 0 is unknown, never nothing. Money is in minor units of the company's currency.
package catalog
