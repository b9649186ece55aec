// Package ceiling measures what the storage engines can do when nothing but writing is asked of them, so that a benchmark
// of the product can be read as a share of the machine it ran on.
//
// It owns one fixed piece of work, the life of an order of two lines from intake to hand-over: 36 row writes in six stages,
// with the indexes a product cannot do without, prepared statements and ids made beforehand. There is no validation, no read
// and no reason in it. The same life is run row by row on SQLite and as sets on PostgreSQL; beside it stand the hot SKU
// (everybody buys the same thing) and the number of durable 4 KiB writes the disk takes in a second.
//
// It does not own the product's tables, and shares no code with them: a ceiling that moved with the product would measure
// nothing. All figures are of the moment and of the machine; compare only what was measured in the same run.
package ceiling
