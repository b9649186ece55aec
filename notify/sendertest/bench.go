package sendertest

import (
	"testing"
	"time"

	"github.com/packhorse/packhorse/internal/suite"
	"github.com/packhorse/packhorse/notify"
)

// Arrived is a letter as the receiving side has it.
type Arrived struct {
	ID      string // what tells two copies of one letter to be one
	To      string
	Subject string
	Text    string
	HTML    string            // empty where the channel has none
	Header  map[string]string // lines of the head, as the receiver reads them
}

// Bench is a sender under test, and the hands that move the world behind it.
type Bench struct {
	Sender notify.Sender
	To     string // an address that takes letters

	Inbox      func() []Arrived // what has arrived, in order
	Defer      func()           // the next letter is put off, with an answer
	Refuse     func()           // the next letter is refused for good, with an answer
	LoseAnswer func()           // the next letter is taken, and the answer never arrives

	// Without names the chapters this sender cannot play, each with the reason.
	Without map[string]string
}

// Factory makes a fresh bench: no chapter sees the letters of another.
type Factory func(t *testing.T) Bench

// Run plays every chapter against a bench of its own. It fails when Without names no chapter there is.
func Run(t *testing.T, factory Factory) {
	suite.Run(t, chapters, 30*time.Second, factory, func(b Bench) map[string]string { return b.Without })
}
