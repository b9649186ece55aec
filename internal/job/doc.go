// Package job runs work that leaves the house: calls to carriers and channels that may be slow, fail or
// have to be repeated.
//
// It owns the table job: the intent, its lease, how often it was tried and why it failed. It does not know
// what the work means; a handler does, by kind.
//
// The manner. Whoever decides that something must be called writes the intent with Add in its own
// transaction. A worker leases a page of what is due, runs the handlers outside any transaction, and writes the
// outcome in another. A worker that dies leaves a lease that runs out, and the job is run again: a
// handler must therefore find out what an earlier attempt has done before it acts. A job is named by its
// kind and key; asking for the same again changes nothing while it waits, and revives it when it had
// failed for good.
package job
