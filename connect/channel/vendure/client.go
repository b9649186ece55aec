package vendure

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"sync"

	"github.com/packhorse/packhorse/intake"
)

const maxAnswer = 32 << 20

// session is the log-in of a shop without API keys.
type session struct {
	mu    sync.Mutex
	token string
}

// effect says whether a call changes something at the shop: then an answer that did not come is a doubt.
type effect bool

const (
	reads  effect = false
	writes effect = true
)

// call sends one operation and reads its data into out. An expired log-in is renewed once.
func (s *Shop) call(ctx context.Context, e effect, query string, vars map[string]any, out any) error {
	token, err := s.login(ctx, "")
	if err != nil {
		return err
	}
	_, err = s.send(ctx, e, token, query, vars, out)
	if !errors.Is(err, intake.ErrCredentials) || s.secrets.APIKey != "" {
		return err
	}
	if token, err = s.login(ctx, token); err != nil {
		return err
	}
	_, err = s.send(ctx, e, token, query, vars, out)
	return err
}

const loginQuery = `mutation($u: String!, $p: String!) { login(username: $u, password: $p) { __typename ... on ErrorResult { errorCode message } } }`

// login gives the token of the session; a token that was found stale is replaced. There is none with an API key.
func (s *Shop) login(ctx context.Context, stale string) (string, error) {
	if s.secrets.APIKey != "" {
		return "", nil
	}
	s.session.mu.Lock()
	defer s.session.mu.Unlock()
	if s.session.token != stale {
		return s.session.token, nil
	}
	var out struct {
		Login outcome `json:"login"`
	}
	token, err := s.send(ctx, reads, "", loginQuery, map[string]any{"u": s.secrets.Username, "p": s.secrets.Password}, &out)
	switch {
	case err != nil:
		return "", err
	case out.Login.ErrorCode != "":
		return "", fmt.Errorf("%w (%s)", intake.ErrCredentials, out.Login.ErrorCode)
	case token == "":
		return "", fmt.Errorf("%w (no token after the log-in)", intake.ErrCredentials)
	}
	s.session.token = token
	return token, nil
}

// send sends one operation once and returns the token that came with the answer.
func (s *Shop) send(ctx context.Context, e effect, token, query string, vars map[string]any, out any) (string, error) {
	body, err := json.Marshal(map[string]any{"query": query, "variables": vars})
	if err != nil {
		return "", err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, s.options.URL, bytes.NewReader(body))
	if err != nil {
		return "", err
	}
	req.Header.Set("Content-Type", "application/json")
	s.authorise(req.Header, token)
	res, err := s.http.Do(req)
	if err != nil {
		return "", unanswered(e, err)
	}
	defer func() { _ = res.Body.Close() }()
	raw, err := io.ReadAll(io.LimitReader(res.Body, maxAnswer+1))
	if err != nil {
		return "", unanswered(e, err)
	}
	if len(raw) > maxAnswer {
		return "", doubt(e, fmt.Errorf("the answer is larger than %d bytes", maxAnswer))
	}
	return res.Header.Get("vendure-auth-token"), meaning(e, res.StatusCode, res.Header, raw, out)
}

func (s *Shop) authorise(h http.Header, token string) {
	if s.options.ChannelToken != "" {
		h.Set("vendure-token", s.options.ChannelToken)
	}
	switch {
	case s.secrets.APIKey != "":
		h.Set("vendure-api-key", s.secrets.APIKey)
	case token != "":
		h.Set("Authorization", "Bearer "+token)
	}
}

// unanswered tells a call that was never sent from one whose answer did not come.
func unanswered(e effect, err error) error {
	var op *net.OpError
	if errors.As(err, &op) && op.Op == "dial" {
		return doubt(reads, err)
	}
	return doubt(e, err)
}

// doubt is an answer that did not come or cannot be read.
func doubt(e effect, cause error) error {
	if e == writes {
		return fmt.Errorf("%w: %w", intake.ErrUncertain, cause)
	}
	return fmt.Errorf("%w: %w", intake.ErrUnreachable, cause)
}
