package vendure_test

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"strings"
	"sync"
)

// line is the way to the shop: it can lose the answer to a call, or be answered by somebody else.
type line struct {
	mu    sync.Mutex
	lose  string // loses the answer to the next call that holds this text
	reply *http.Response
}

func (l *line) loseAnswerTo(text string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.lose = text
}

// RoundTrip carries one call.
func (l *line) RoundTrip(r *http.Request) (*http.Response, error) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return nil, err
	}
	r.Body = io.NopCloser(bytes.NewReader(body))
	l.mu.Lock()
	reply, lost := l.reply, l.lose != "" && strings.Contains(string(body), l.lose)
	l.reply = nil
	if lost {
		l.lose = ""
	}
	l.mu.Unlock()
	if reply != nil {
		return reply, nil
	}
	res, err := http.DefaultTransport.RoundTrip(r)
	if lost && err == nil {
		_ = res.Body.Close()
		return nil, errors.New("the answer got lost")
	}
	return res, err
}

func said(status int, body string, headers ...string) *http.Response {
	h := http.Header{}
	for i := 0; i+1 < len(headers); i += 2 {
		h.Set(headers[i], headers[i+1])
	}
	return &http.Response{StatusCode: status, Header: h, Body: io.NopCloser(strings.NewReader(body))}
}
