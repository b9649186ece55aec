package api

import (
	"context"

	"github.com/packhorse/packhorse/internal/db"
)

// repeatable keeps the answer of a command that is many transactions under the caller's key. While it runs, nobody
// else works under that key. The answer is written after the work: should the process die between the two, the command
// runs again when it is repeated, and must bear that. An import does: what went in is unchanged the second time, and the
// answer counts it so. A bulk keeps the key of each of its transactions instead; see db.Bulk.
func repeatable[Out any](c *call, do func() (Out, error)) (Out, error) {
	return claimed(c, func() (Out, error) {
		if !c.once.Keyed() {
			return do()
		}
		if out, found, err := db.Kept[Out](c.ctx, c.DB, c.once); found || err != nil {
			return out, err
		}
		out, err := do()
		if err != nil {
			return out, err
		}
		// What is done is kept, even when the caller has hung up meanwhile.
		return db.Complete(context.WithoutCancel(c.ctx), c.DB, c.once, out)
	})
}

// claimed runs a command that is several transactions as the only one under the caller's key. Fault:
// idempotency.in_flight.
func claimed[Out any](c *call, do func() (Out, error)) (Out, error) {
	if !c.once.Keyed() {
		return do()
	}
	release, err := c.DB.Claim(c.ctx, c.once)
	if err != nil {
		return *new(Out), err
	}
	defer release()
	return do()
}

// inDirectory runs a command on the directory, where the keys of all companies lie side by side.
func (c *call) inDirectory(do func(*db.Once) error) error {
	if !c.once.Keyed() {
		return do(nil)
	}
	once := &db.Once{Key: c.who.Company + " " + c.once.Key, Hash: c.once.Hash}
	err := do(once)
	c.once.Replayed = once.Replayed
	return err
}
