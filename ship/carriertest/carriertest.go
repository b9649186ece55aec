package carriertest

import (
	"testing"
	"time"

	"github.com/packhorse/packhorse/internal/suite"
	"github.com/packhorse/packhorse/ship"
)

// Bench is a carrier under test, and the hands that move the world behind it.
type Bench struct {
	Carrier ship.Carrier

	// Request makes a shipment the carrier accepts, under the given reference.
	Request func(reference string) ship.BookRequest
	// SuspendedRequest makes one to an area the carrier does not serve now.
	SuspendedRequest func(reference string) ship.BookRequest
	// LaterRequest makes one to an area that is served now and suspended from Far ahead.
	LaterRequest func(reference string) ship.BookRequest
	// LoseAnswer makes the carrier carry out the next call, whose answer then never arrives.
	LoseAnswer func()
	// EmptyAccount makes the next booking find the account used up; the one after it finds it filled again.
	EmptyAccount func()
	// Crowd makes the next call be told to wait.
	Crowd func()
	// Collect hands the parcel over to the carrier.
	Collect func(waybill string) error
	// Advance lets business time pass.
	Advance func(d time.Duration)

	// Without names the chapters this carrier cannot play, each with the reason.
	Without map[string]string
}

// Factory makes a fresh bench: no chapter sees the parcels of another.
type Factory func(t *testing.T) Bench

// Run plays every chapter against a bench of its own. It fails when Without names no chapter there is.
func Run(t *testing.T, factory Factory) {
	suite.Run(t, chapters, 30*time.Second, factory, func(b Bench) map[string]string { return b.Without })
}
