package api

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
)

func TestABadBodyIsToldWhatIsWrongWithIt(t *testing.T) {
	w := newWorld(t)
	for name, c := range map[string]struct {
		path, body string
		status     int
		code       string
	}{
		"broken UTF-8":       {"/v1/orders", `{"channel":"` + "\xff\xfe" + `"}`, 400, "http.utf8"},
		"NUL byte":           {"/v1/orders", "{\"channel\":\"a\x00\"}", 400, "http.nul"},
		"NUL escape":         {"/v1/stock", `{"note":"a\u0000"}`, 400, "http.nul"},
		"escaped backslash":  {"/v1/stock", `{"note":"a\\u0000"}`, 422, "inventory.quantity"},
		"nesting":            {"/v1/orders", strings.Repeat("[", 50_000), 400, "http.depth"},
		"no JSON":            {"/v1/stock", `{"kind":`, 400, "http.json"},
		"not JSON at all":    {"/v1/orders", `hello`, 400, "intake.json"},
		"goes on":            {"/v1/stock", `{} {}`, 400, "http.json"},
		"wrong type":         {"/v1/stock", `{"quantity":"many"}`, 422, "http.type"},
		"unknown field":      {"/v1/stock", `{"qantity":1}`, 422, "http.field_unknown"},
		"a list":             {"/v1/stock", `[]`, 422, "http.type"},
		"no fields":          {"/v1/orders", `{}`, 422, "invalid"},
		"unknown id":         {"/v1/fulfilments/ful_0000000000001/release", `{}`, 404, "pick.no_fulfilment"},
		"something as an id": {"/v1/fulfilments/abc/release", `{}`, 404, "http.id"},
	} {
		r := w.do("POST", c.path, c.body)
		if r.status != c.status || r.code() != c.code {
			t.Errorf("%s: %d %s, want %d %s (%.200s)", name, r.status, r.code(), c.status, c.code, r.raw)
		}
		if r.body["request_id"] == "" || r.body["type"] != "urn:packhorse:problem:"+c.code {
			t.Errorf("%s: %s", name, r.raw)
		}
	}
	r := w.want(http.StatusUnprocessableEntity, "POST", "/v1/orders", `{"channel":"c","order_no":"1","lines":[{"sku":"x","quantity":0,"unit_price":"1"}]}`)
	fields := []string{}
	for _, e := range r.body["errors"].([]any) {
		fields = append(fields, e.(map[string]any)["field"].(string))
	}
	if !slices.Contains(fields, "lines[0].quantity") || !slices.Contains(fields, "recipient_name") {
		t.Errorf("%v", fields)
	}
}

// endless is a body that somebody never stops sending.
type endless struct{ sent atomic.Int64 }

func (e *endless) Read(b []byte) (int, error) {
	for i := range b {
		b[i] = ' '
	}
	e.sent.Add(int64(len(b)))
	return len(b), nil
}

func TestAHugeBodyIsRefusedBeforeItIsRead(t *testing.T) {
	w := newWorld(t)
	server := httptest.NewServer(w.server)
	defer server.Close()
	for _, length := range []int64{50 << 20, -1} {
		body := &endless{}
		req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, server.URL+"/v1/orders", io.LimitReader(body, 50<<20))
		if err != nil {
			t.Fatal(err)
		}
		req.ContentLength = length
		req.Header.Set("Authorization", "Bearer "+w.key)
		res, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		raw, _ := io.ReadAll(res.Body)
		res.Body.Close()
		if res.StatusCode != http.StatusRequestEntityTooLarge || !bytes.Contains(raw, []byte("http.body_too_large")) || body.sent.Load() > 10<<20 {
			t.Errorf("length %d: %d after %d bytes: %s", length, res.StatusCode, body.sent.Load(), raw)
		}
	}
}

// As many programs send: everything first, and only then a look at the answer.
func TestWhoReadsOnlyAfterSendingLearnsWhyABodyIsRefused(t *testing.T) {
	w := newWorld(t)
	server := httptest.NewServer(w.server)
	defer server.Close()
	for name, c := range map[string]struct{ key, length, code string }{
		"too large":                   {w.key, "Content-Length: 52428800", "http.body_too_large"},
		"too large, without a length": {w.key, "Transfer-Encoding: chunked", "http.body_too_large"},
		"of nobody":                   {"wrong", "Content-Length: 52428800", "access.unknown"},
	} {
		t.Run(name, func(t *testing.T) {
			line, err := net.Dial("tcp", server.Listener.Addr().String())
			if err != nil {
				t.Fatal(err)
			}
			defer line.Close()
			fmt.Fprintf(line, "POST /v1/orders HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\n%s\r\n\r\n", c.key, c.length)
			piece := bytes.Repeat([]byte(" "), 1<<20)
			for range 50 {
				if strings.HasPrefix(c.length, "Transfer") {
					fmt.Fprintf(line, "%x\r\n%s\r\n", len(piece), piece)
					continue
				}
				if _, err := line.Write(piece); err != nil {
					t.Fatalf("the line broke while it was sent: %v", err)
				}
			}
			res, err := http.ReadResponse(bufio.NewReader(line), nil)
			if err != nil {
				t.Fatalf("no answer: %v", err)
			}
			defer res.Body.Close()
			if raw, _ := io.ReadAll(res.Body); !bytes.Contains(raw, []byte(c.code)) {
				t.Errorf("%d %s", res.StatusCode, raw)
			}
		})
	}
}

func TestUnknownPathsAndMethodsAreProblemsToo(t *testing.T) {
	w := newWorld(t)
	if r := w.want(http.StatusNotFound, "GET", "/v2/orders", ""); r.code() != "http.no_route" {
		t.Errorf("%s", r.raw)
	}
	if r := w.want(http.StatusMethodNotAllowed, "DELETE", "/v1/orders", ""); r.code() != "http.method" {
		t.Errorf("%s", r.raw)
	}
}
