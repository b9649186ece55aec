package sim

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"time"

	"github.com/packhorse/packhorse/ship"
)

// defaultPause is what a busy carrier that names no time is given.
const defaultPause = time.Second

// refusal is a bad answer in the carrier's own vocabulary.
type refusal struct {
	Code    string `json:"code"`
	Message string `json:"message"`
}

// meaning turns an answer into what it means for the caller. Whatever cannot be read after the call was sent is
// uncertain: an unreadable "yes" is still a booking.
func meaning(status int, h http.Header, raw []byte, out any) error {
	switch {
	case len(raw) > maxAnswer:
		return ship.Uncertain(fmt.Errorf("the answer is larger than %d bytes", maxAnswer))
	case status == http.StatusOK:
		if err := json.Unmarshal(raw, out); err != nil {
			return ship.Uncertain(fmt.Errorf("the answer cannot be read: %w", err))
		}
		return nil
	case status == http.StatusTooManyRequests:
		return ship.Busy(pauseOf(h))
	case status < 400 || status >= 500:
		return ship.Uncertain(fmt.Errorf("status %d", status))
	}
	var bad refusal
	if err := json.Unmarshal(raw, &bad); err != nil || bad.Message == "" {
		bad.Message = fmt.Sprintf("status %d", status)
	}
	return refused(status, bad)
}

func refused(status int, bad refusal) error {
	if status == http.StatusUnauthorized {
		return ship.Credentials(bad.Message)
	}
	switch bad.Code {
	case "balance":
		return ship.ErrBalance
	case "collected":
		return ship.ErrCollected
	case "suspended":
		return suspended{reason: bad.Message}
	case "unknown_waybill":
		return ship.ErrUnknownWaybill
	}
	return ship.Refused(bad.Message)
}

// suspended waits for the address, which only the caller of the call has.
type suspended struct{ reason string }

func (s suspended) Error() string { return "area suspended: " + s.reason }

func pauseOf(h http.Header) time.Duration {
	if s, err := strconv.Atoi(h.Get("Retry-After")); err == nil && s >= 0 {
		return time.Duration(s) * time.Second
	}
	return defaultPause
}
