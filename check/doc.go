// Package check proves the books: it reads every table on one snapshot and names each row that cannot be true.
//
// It owns the list of what must hold (Classes), the full proof (Run), the continuous one that a server runs
// beside its work (Sampler), and the dump from which an outsider can recompute the same (Dump). It reads the tables of
// every package and writes to none; what a row means is decided by its owner, here it is only compared.
//
// A finding names the table and the key of the guilty row as they are stored, so that it can be found with any
// SQL shell: the columns of the primary key in their order, separated by "/".
package check
