package webhook

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strconv"
	"time"

	"github.com/packhorse/packhorse/intake"
	"github.com/packhorse/packhorse/internal/fault"
)

// maxAnswer bounds what is read of an answer.
const maxAnswer = 8 << 20

// call sends a signed request once and reads the JSON that comes back into out, which may be nil.
func (l *Listener) call(ctx context.Context, method, address, id string, body []byte, out any) error {
	req, err := http.NewRequestWithContext(ctx, method, address, bytes.NewReader(body))
	if err != nil {
		return fmt.Errorf("webhook call: %w", err)
	}
	stamp := strconv.FormatInt(time.Now().Unix(), 10)
	req.Header.Set(headerID, id)
	req.Header.Set(headerTime, stamp)
	req.Header.Set(headerSignature, signatures(l.keys, id, stamp, body))
	req.Header.Set("Accept", "application/json")
	if body != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	res, err := l.http.Do(req)
	if err != nil {
		return unanswered(err)
	}
	defer func() { _ = res.Body.Close() }()
	raw, err := io.ReadAll(io.LimitReader(res.Body, maxAnswer+1))
	if err != nil {
		return fmt.Errorf("%w (%v)", intake.ErrUncertain, err)
	}
	return meaning(res, raw, out)
}

// unanswered tells a call that was never sent from one whose answer did not come.
func unanswered(err error) error {
	var op *net.OpError
	if errors.As(err, &op) && op.Op == "dial" {
		return fmt.Errorf("%w (%v)", intake.ErrUnreachable, err)
	}
	return fmt.Errorf("%w (%v)", intake.ErrUncertain, err)
}

// refusal is a bad answer in the shop's words.
type refusal struct {
	Code    string `json:"code"`
	Message string `json:"message"`
}

// defaultPause is what a busy shop that names no time is given.
const defaultPause = int64(30)

// meaning turns an answer into what it means. What is no JSON does not come from the shop: a page of a proxy or a log-in.
// A failure inside the shop may have come after it acted.
func meaning(res *http.Response, raw []byte, out any) error {
	var bad refusal
	answered := res.StatusCode/100 == 2 && (len(bytes.TrimSpace(raw)) == 0 || json.Valid(raw)) && len(raw) <= maxAnswer
	readable := json.Unmarshal(raw, &bad) == nil
	switch {
	case answered:
		return fill(raw, out)
	case res.StatusCode == http.StatusUnauthorized || res.StatusCode == http.StatusForbidden:
		return intake.ErrCredentials
	case res.StatusCode == http.StatusTooManyRequests:
		return fault.New(fault.TooMany, intake.ErrBusy.Code, "%s", intake.ErrBusy.Message).With("seconds", pauseOf(res.Header))
	case res.StatusCode >= 500:
		return fmt.Errorf("%w (status %d)", intake.ErrUncertain, res.StatusCode)
	case !readable || res.StatusCode < 400:
		return fmt.Errorf("%w (status %d, no JSON)", intake.ErrUnreachable, res.StatusCode)
	case bad.Code == "unknown_order" || res.StatusCode == http.StatusNotFound:
		return intake.ErrUnknownOrder
	}
	return fmt.Errorf("%w (status %d: %s)", intake.ErrRefused, res.StatusCode, bad.Message)
}

func fill(raw []byte, out any) error {
	if out == nil || len(bytes.TrimSpace(raw)) == 0 {
		return nil
	}
	if err := json.Unmarshal(raw, out); err != nil {
		return fmt.Errorf("%w (the answer has another shape: %v)", intake.ErrUncertain, err)
	}
	return nil
}

// sure is what a call that changes nothing makes of a doubt: it did not get an answer.
func sure(err error) error {
	if errors.Is(err, intake.ErrUncertain) {
		return fmt.Errorf("%w (%v)", intake.ErrUnreachable, err)
	}
	return err
}

func pauseOf(h http.Header) int64 {
	if s, err := strconv.ParseInt(h.Get("Retry-After"), 10, 64); err == nil && s >= 0 {
		return s
	}
	return defaultPause
}
