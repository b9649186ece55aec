package db

import (
	"context"

	"github.com/packhorse/packhorse/internal/telemetry"
)

// trace is what is told of a command: how long it waited for its turn, and the transaction it was part of. nil tells nothing.
type trace struct {
	ctx                        context.Context
	command, wait, transaction telemetry.Span
}

// begun begins to tell of a command whose caller is in a trace.
func begun(ctx context.Context) *trace {
	in, command := telemetry.Start(ctx, "command")
	if !command.On() {
		return nil
	}
	t := &trace{ctx: in, command: command}
	_, t.wait = telemetry.Start(in, "wait")
	return t
}

// runs ends the waiting, begins the transaction and returns its place. together is how many commands are in it. A command
// that is run again, by itself after one of its group failed, has a transaction for each time.
func (t *trace) runs(together int) (place string) {
	if t == nil {
		return ""
	}
	t.wait.End(nil)
	t.transaction.End(nil)
	var in context.Context
	in, t.transaction = telemetry.Start(t.ctx, "transaction")
	t.transaction.Number("packhorse.commands", int64(together))
	return telemetry.Place(in)
}

// ran ends what was told of the way to the answer.
func (t *trace) ran(err error) {
	if t == nil {
		return
	}
	t.wait.End(nil) // of one that never had its turn
	t.transaction.End(err)
}

// answered ends all of it. What a caller who gives up does not wait for may go on, and ends later.
func (t *trace) answered(err error) {
	if t != nil {
		t.command.End(err)
	}
}

// Trace is the place of this transaction in a trace, for work that it asks for and others do later; empty where nobody
// traces it. Of commands that run together it is that of the first one.
func (tx *Tx) Trace() string { return tx.trace }
