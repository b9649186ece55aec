package printing

import (
	"context"
	"fmt"

	"github.com/packhorse/packhorse/internal/fault"
)

// Printer is a machine that prints documents: the contract every adapter fills. printertest.Run checks it. Calls to one
// printer come one after the other; ctx bounds each.
type Printer interface {
	// Status asks how the printer is. Error: ErrUnreachable.
	Status(ctx context.Context) (Status, error)
	// Send prints one document and waits for what becomes of it, as long as ctx lets it. Errors: ErrUnreachable when
	// the printer cannot have it complete, so that it may be sent again; ErrUncertain when it may have it; a fault of
	// another kind when the printer will never take this document.
	Send(ctx context.Context, d Document) (Receipt, error)
	// Fate asks what became of a document that was sent when the printer's mark was mark. Error: ErrUnreachable.
	Fate(ctx context.Context, name, mark string) (Fate, error)
}

// Document is what is printed at once.
type Document struct {
	Name  string // unique: the id of the print job
	Mark  string // of the printer before it
	Bytes []byte
}

// Conditions of a printer: Ready, or why it does not print.
const (
	Ready       = "ready"
	Unreachable = "unreachable"
	Silent      = "silent" // it takes the connection and answers nothing: often out of paper, or open
	PaperOut    = "paper_out"
	HeadOpen    = "head_open"
	RibbonOut   = "ribbon_out"
	Paused      = "paused"
	Stopped     = "stopped" // the queue of a print server does not print
)

// Status is how a printer is at a moment.
type Status struct {
	Condition string
	Mark      string // from which Fate can tell later; never empty where Condition is Ready
}

// Fate is what became of a document.
type Fate string

// The fates.
const (
	Out     Fate = "printed"
	Not     Fate = "not_printed" // and never will be: it may be sent again
	Pending Fate = "pending"     // the printer has it: it comes out once there is paper
	Unknown Fate = "unknown"     // nobody can say
)

// Receipt is what came of sending a document.
type Receipt struct {
	Fate Fate
	Mark string // of the printer now, for the next document; empty = ask with Status. Pending: for this document from now on, where not empty
}

var (
	// ErrUnreachable: the document did not get there, or not to its end. It may be sent again.
	ErrUnreachable error = fault.New(fault.Unavailable, "printing.unreachable", "the printer cannot be reached; check that it is on and connected")
	// ErrUncertain: the document got there, and nobody knows whether it came out. Ask with Fate before sending again.
	ErrUncertain error = fault.New(fault.Unavailable, "printing.uncertain", "the printer did not say whether the document came out; look at it")
)

// Unreached is ErrUnreachable with what was seen, for the log.
func Unreached(cause error) error { return fmt.Errorf("%w (%w)", ErrUnreachable, cause) }

// Unsure is ErrUncertain with what was seen, for the log.
func Unsure(cause error) error { return fmt.Errorf("%w (%w)", ErrUncertain, cause) }

// Refused is the fault for a document that the printer will never take, with its own words.
func Refused(reason string) error {
	return fault.New(fault.Invalid, "printing.refused", "the printer does not take the document: %s", reason).With("reason", reason)
}

// Place is where a printer is, for those who make its adapter.
type Place struct {
	Address string // raw: HOST:PORT; cups: ipp://HOST:PORT/printers/QUEUE
	Format  string // ZPL or PDF
	Answers bool   // raw: it tells its state when asked (~HS), as label printers of Zebra and many others do
}

// Maker makes the adapter of a printer; it does not connect. Fault: printing.address.
type Maker func(Place) (Printer, error)

// BadAddress is the fault for an address that cannot be one; want says what one looks like.
func BadAddress(address, want string) error {
	return fault.Invalidf("address", "printing.address", "%q is no address of a printer; write it as %s", address, want).With("value", address).With("want", want)
}
