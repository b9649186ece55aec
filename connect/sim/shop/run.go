package shop

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"time"
)

// Run sells, and sends what was sold, until ctx ends.
func (s *Server) Run(ctx context.Context, log *slog.Logger) {
	if s.cfg.Push != "" {
		go s.push(ctx, log)
	}
	if s.cfg.Every <= 0 {
		<-ctx.Done()
		return
	}
	for sold := 0; s.cfg.Orders == 0 || sold < s.cfg.Orders; sold++ {
		select {
		case <-ctx.Done():
			return
		case <-time.After(s.cfg.Clock.Wall(s.cfg.Every)):
		}
		for _, number := range s.Sell(1) {
			if s.regrets() {
				s.Cancel(number)
			}
		}
	}
	<-ctx.Done()
}

func (s *Server) regrets() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.dice.Float64() < s.cfg.Cancels
}

const (
	callTime = 20 * time.Second
	pause    = 2 * time.Second // before a message that was not taken is sent again
)

// push sends one document after the other: none overtakes another, and what was not taken is sent again under its id.
func (s *Server) push(ctx context.Context, log *slog.Logger) {
	client := &http.Client{Timeout: callTime}
	for sent := 0; ctx.Err() == nil; {
		s.mu.Lock()
		var body []byte
		if sent < len(s.feed) {
			body = s.feed[sent]
		}
		s.mu.Unlock()
		wait := s.news
		if body != nil {
			status, said, err := s.send(ctx, client, fmt.Sprintf("msg_%d_%d", s.cfg.Seed, sent+1), body)
			switch {
			case err == nil && (status/100 == 2 || status == http.StatusUnprocessableEntity):
				sent++
				if status/100 != 2 {
					log.WarnContext(ctx, "an order was refused", "status", status, "answer", said)
				}
				continue
			case err == nil:
				err = fmt.Errorf("status %d: %s", status, said)
			}
			log.WarnContext(ctx, "an order was not taken and is sent again", "error", err)
			wait = nil
		}
		select {
		case <-ctx.Done():
		case <-wait:
		case <-time.After(pause):
		}
	}
}

func (s *Server) send(ctx context.Context, client *http.Client, id string, body []byte) (status int, said string, err error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, s.cfg.Push, bytes.NewReader(body))
	if err != nil {
		return 0, "", err
	}
	req.Header.Set("Content-Type", "application/json")
	sign(req.Header, s.key, id, body, time.Now())
	res, err := client.Do(req)
	if err != nil {
		return 0, "", err
	}
	defer func() { _ = res.Body.Close() }()
	raw, err := io.ReadAll(io.LimitReader(res.Body, maxBody))
	return res.StatusCode, string(raw), err
}
