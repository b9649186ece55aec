// Package seed makes up a company to try the product on: three warehouses in China, 2,000 SKUs, 30 bundles, stock,
// rates, cartons, and a stream of orders with the troubles that real streams have.
//
// Everything is generated from one number and laid out in the import formats, so that it enters through the real
// importers. The same seed gives the same bytes, and the parts draw from separate streams of chance: a change to one
// part does not shift the others. Nothing depends on the wall clock; where a date matters it is an argument.
//
// Names, phones, streets and barcodes are made up (barcodes start with 290, which GS1 leaves to companies for their
// own use); any likeness to a real one is chance. Cities and their rough coordinates are those of internal/geo.
//
// The package does not import anything into a database, run simulators, or play events; it says what they are.
package seed
