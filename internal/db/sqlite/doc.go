// Package sqlite is one connection to a SQLite file and its prepared statements: the C interface of
// modernc.org/sqlite/lib used directly, with nothing between a value of ours and its place in a statement.
//
// The driver for database/sql costs more than the engine on the small statements this product is made of: it
// asks for the names and declared types of all columns at every query, for the name of every parameter at every
// binding, and takes the connection's mutex for each. Here a connection is in the hands of one goroutine at a
// time, so it is opened without a mutex; texts are bound from a buffer that belongs to the statement.
//
// The plan of a statement does not depend on the values bound to it (SQLITE_DBCONFIG_ENABLE_QPSG): a query that
// wants a partial index repeats the index's own condition, and no statement is planned twice.
package sqlite
