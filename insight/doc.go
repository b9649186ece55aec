// Package insight tells how the work goes: figures by the hour, and the list behind every figure.
//
// It owns which figures there are and what each counts. It owns no table and writes nothing: a figure is counted from the rows of those
// who did the work, and its list is read by the same condition, so that both always tell the same number. What waits now is counted by the
// queues themselves (wave, review, ship); here is what has happened.
//
// Hours. Rows are found by their ids, which grow with time, so that an hour is a short stretch of a table whatever its size. The ledger is
// only ever added to; an hour that has been over for a while is counted once by each process and remembered.
package insight
