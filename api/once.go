package api

import (
	"errors"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
)

// errFresh takes back the transaction that only looked for a key.
var errFresh = errors.New("the key is new")

// repeatable keeps the answer of a command that is many transactions (an import), or whose service keeps no keys, under the
// caller's key. Between the command and the keeping a crash may fall: then the command runs again when it is
// repeated, and must bear that.
func repeatable[Out any](c *call, do func() (Out, error)) (Out, error) {
	if c.once == nil {
		return do()
	}
	flight := c.who.Company + "\x00" + c.once.Key
	if _, busy := c.server.flights.LoadOrStore(flight, true); busy {
		return *new(Out), fault.New(fault.Conflict, "idempotency.in_flight", "a request with this Idempotency-Key is being worked on; wait for its answer")
	}
	defer c.server.flights.Delete(flight)
	out, err := db.Command(c.ctx, c.DB, c.once, func(*db.Tx) (Out, error) { return *new(Out), errFresh })
	if !errors.Is(err, errFresh) {
		return out, err
	}
	if out, err = do(); err != nil {
		return out, err
	}
	return db.Command(c.ctx, c.DB, c.once, func(*db.Tx) (Out, error) { return out, nil })
}
