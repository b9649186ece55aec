package people

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
)

// client speaks to the API with one key.
type client struct {
	base, key string
	http      *http.Client
	transport *http.Transport
}

func newClient(base, key string) client {
	t := &http.Transport{MaxIdleConnsPerHost: 2}
	return client{base: base, key: key, http: &http.Client{Transport: t}, transport: t}
}

func (c client) close() { c.transport.CloseIdleConnections() }

// problem is an answer that is not a success.
type problem struct {
	Status int    `json:"status"`
	Code   string `json:"code"`
	Detail string `json:"detail"`
}

func (p *problem) Error() string { return fmt.Sprintf("%d %s: %s", p.Status, p.Code, p.Detail) }

// refusal reports whether the company has said no for a reason of its own: the request was good.
func (p *problem) refusal() bool {
	return p.Status == http.StatusConflict || p.Status == http.StatusUnprocessableEntity
}

func (c client) get(ctx context.Context, path string, out any) error {
	return c.call(ctx, http.MethodGet, path, nil, out)
}

func (c client) post(ctx context.Context, path string, in, out any) error {
	body, err := json.Marshal(in)
	if err != nil {
		return err
	}
	return c.call(ctx, http.MethodPost, path, body, out)
}

// call sends one request. An answer that is not a success is a *problem.
func (c client) call(ctx context.Context, method, path string, body []byte, out any) error {
	req, err := http.NewRequestWithContext(ctx, method, c.base+path, bytes.NewReader(body))
	if err != nil {
		return err
	}
	req.Header.Set("Authorization", "Bearer "+c.key)
	if body != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	res, err := c.http.Do(req)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	raw, err := io.ReadAll(res.Body)
	if err != nil {
		return err
	}
	if res.StatusCode > 299 {
		p := &problem{Status: res.StatusCode}
		if json.Unmarshal(raw, p) != nil || p.Code == "" {
			p.Code, p.Detail = "no_problem", string(raw)
		}
		return fmt.Errorf("%s %s: %w", method, path, p)
	}
	if out == nil {
		return nil
	}
	return json.Unmarshal(raw, out)
}

// results are the answer of a bulk.
type results[T any] struct {
	Results []struct {
		Status  int      `json:"status"`
		Result  *T       `json:"result"`
		Problem *problem `json:"problem"`
	} `json:"results"`
}
