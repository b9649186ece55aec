package vendure

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strconv"

	"github.com/packhorse/packhorse/intake"
)

// outcome is the shop's way to refuse inside a good answer: an object of an error type in place of the result.
type outcome struct {
	ID        string `json:"id"`
	State     string `json:"state"`
	ErrorCode string `json:"errorCode"`
	Message   string `json:"message"`
}

// refusal is nil for a result.
func (o outcome) refusal() error {
	if o.ErrorCode == "" {
		return nil
	}
	return fmt.Errorf("%w (%s: %s)", intake.ErrRefused, o.ErrorCode, o.Message)
}

// mistake is an entry of the errors of GraphQL.
type mistake struct {
	Message    string `json:"message"`
	Extensions struct {
		Code string `json:"code"`
	} `json:"extensions"`
}

// meaning turns an answer into what it means for the caller. The shop answers 200 to almost everything: who may not, what
// it does not understand and what broke inside it stand in errors.
func meaning(e effect, status int, h http.Header, raw []byte, out any) error {
	switch status {
	case http.StatusTooManyRequests:
		return busy(h)
	case http.StatusUnauthorized, http.StatusForbidden:
		return intake.ErrCredentials
	}
	var body struct {
		Data   json.RawMessage `json:"data"`
		Errors []mistake       `json:"errors"`
	}
	if err := json.Unmarshal(raw, &body); err != nil {
		return doubt(e, fmt.Errorf("status %d, and no JSON", status))
	}
	if len(body.Errors) > 0 {
		return body.Errors[0].meaning(e)
	}
	if status != http.StatusOK || len(body.Data) == 0 || string(body.Data) == "null" {
		return doubt(e, fmt.Errorf("status %d without data", status))
	}
	if err := json.Unmarshal(body.Data, out); err != nil {
		return doubt(e, err)
	}
	return nil
}

// busy says for how many seconds, where the shop does.
func busy(h http.Header) error {
	seconds, err := strconv.ParseInt(h.Get("Retry-After"), 10, 64)
	if err != nil || seconds < 0 {
		return intake.ErrBusy
	}
	f := *intake.ErrBusy
	f.Params = map[string]any{"seconds": seconds}
	return &f
}

// meaning of what broke inside the shop is a doubt, because part of it may have been done; what it did not understand or
// allow, it did not do.
func (m mistake) meaning(e effect) error {
	switch m.Extensions.Code {
	case "FORBIDDEN", "UNAUTHORIZED":
		return fmt.Errorf("%w (%s)", intake.ErrCredentials, m.Message)
	case "TOO_MANY_REQUESTS":
		return intake.ErrBusy
	case "USER_INPUT_ERROR", "ENTITY_NOT_FOUND", "BAD_USER_INPUT", "GRAPHQL_VALIDATION_FAILED", "GRAPHQL_PARSE_FAILED":
		if e == writes {
			return fmt.Errorf("%w (%s)", intake.ErrRefused, m.Message)
		}
	}
	return doubt(e, errors.New(m.Message))
}
