package notify

import (
	"context"
	"time"

	"github.com/packhorse/packhorse/internal/fault"
)

// Letter is one message as a channel carries it.
type Letter struct {
	ID          string // "msg_…", the same at every attempt: by it the receiver tells a repetition
	To          string // an e-mail address or a phone number, by the channel
	Language    string // of the text, "en" or "zh-CN"
	Subject     string // one line
	Text        string
	HTML        string // the same for readers that show it; every value in it is escaped
	Unsubscribe string // address that ends this kind of message; empty = none
}

// Sender carries letters over one channel. It is safe for concurrent use. Errors:
//
//   - Refused: the channel will never take this letter; nothing was sent;
//   - Later: nothing was sent, and the same letter may be taken later;
//   - Uncertain: the answer did not come, and the letter may have been sent;
//   - any other: as Later.
//
// notify/sendertest is what every sender must pass.
type Sender interface {
	// Send hands one letter over and returns what the channel calls it.
	Send(ctx context.Context, l Letter) (reference string, err error)
}

// The sentinels are compared by code, with errors.Is.
var (
	ErrRefused   = fault.New(fault.Invalid, "notify.refused", "the receiving side refuses the message")
	ErrLater     = fault.New(fault.Unavailable, "notify.later", "the receiving side does not take the message now; it is tried again")
	ErrUncertain = fault.New(fault.Unavailable, "notify.uncertain", "the receiving side did not answer and may have the message; it is sent again under the same number")
)

// Refused says that a letter will never be taken, and why.
func Refused(reason string) error {
	return fault.New(fault.Invalid, ErrRefused.Code, "the receiving side refuses the message: %s", reason).With("detail", reason)
}

// Later says that nothing was sent and that it may be tried again.
func Later(reason string) error {
	return fault.New(fault.Unavailable, ErrLater.Code, "the receiving side does not take the message now: %s", reason).With("detail", reason)
}

// Uncertain says that nobody knows whether the letter was taken.
func Uncertain(cause error) error {
	return fault.New(fault.Unavailable, ErrUncertain.Code, "no answer, the message may have been taken: %v", cause).With("detail", cause.Error())
}

// Post is one delivery as it travels to an endpoint.
type Post struct {
	URL     string
	ID      string   // webhook-id: the event's, the same at every attempt and replay
	Body    []byte   // JSON
	Secrets []string // "whsec_…", the newest first; a signature is made with each
}

// Answer is what an endpoint said.
type Answer struct {
	Status int           // of HTTP; 0 = none came
	After  time.Duration // it asks to be left alone for so long, wall time; 0 = it does not say
}

// Poster carries deliveries to endpoints, signed as Standard Webhooks are. It is safe for concurrent use. An error
// says that no answer came. Refused says that the address may not be called at all.
type Poster interface {
	Post(ctx context.Context, p Post) (Answer, error)
}
