// Package db is the only door to storage: one text of SQL for SQLite and PostgreSQL.
//
// It owns connections, transactions, the committer, the buffered writes, the batches
// of commands, the keys under which a command happens once, the event log, migrations
// and the lock of a data folder. It knows nothing of orders or stock.
//
// The rules that make it fast and safe:
//
//   - A use case opens a transaction with DB.Update or a Batch; functions that take
//     *Tx never do. Inside one, nobody sleeps, calls the network or waits for a channel.
//   - Reads first, writes after. Put buffers a row operation; everything buffered is
//     written at the end, grouped by statement: operations of different statements on one row
//     need a read between them. A read after a Put flushes first.
//   - Every row operation states how many rows it must touch, so a guard that does not
//     hold ("on_hand - reserved >= q") is an error and the command is taken back whole.
//   - SQLite: one committer takes all waiting commands into one transaction and commits
//     once. The flusher has the log written down (fdatasync) and only then answers; meanwhile
//     the next group runs. A view returns once all that it may have seen is durable.
//   - PostgreSQL: commands run side by side; buffered writes go out as sets (unnest) in
//     one round trip with the commit. Rows are locked in key order.
package db
