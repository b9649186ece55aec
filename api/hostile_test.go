package api

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/url"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/danielgtaylor/huma/v2"

	"github.com/packhorse/packhorse/access"
)

// hostile makes calls that no honest client makes, from the document: wrong types, numbers beyond every type, texts of every script,
// broken JSON, our things under other names. The same seed makes the same calls.
type hostile struct {
	*ours
	r *rand.Rand
}

var (
	oddTexts = []string{"", " ", "x", "-1", "0", "9223372036854775807", "9223372036854775808", "1e309", "NaN", "null", "true", "王芳", "e\u0301\u0327", "\u202Egnp.exe", "👩‍👩‍👧‍👦", "\ufeff",
		"<script>alert(1)</script>", `"><img src=x onerror=alert(1)>`, "{{7*7}}", "${7*7}", "%00", "%2e%2e%2f", "../../etc/passwd", "'; DROP TABLE event; --", "' OR 1=1 --", "\\", "\r\nX-Evil: 1", "a\tb",
		"ord_0000000000000", "ord_zzzzzzzzzzzzz", "ful_7zzzzzzzzzzzz", "at-zzzzzzzzzzzzz", "at--1", "1-1", "99999999999999999999-1", "latest", "2026-03-02T03:00:00Z", "0000-00-00", "9999-12-31T23:59:59Z", "-0001-01-01T00:00:00Z",
		"1.00", "-1.00", "0.001", "1e5", "999999999999999999999999999.99", "CNY", "XXX", "paid", "cancelled", "1 == 1", "order.total > 0", "[", "size(", "=cmd|' /C calc'!A0"}
	oddNumbers = []string{"0", "-1", "1", "2", "500", "501", "1.5", "-9223372036854775808", "9223372036854775807", "9223372036854775808", "1e400", "1e-400", "1E+2", "00", "0x10", "+1", ".5", "1."}
	oddJSON    = []string{"", "null", "[]", "{}", `""`, "0", "true", "{", "}", `{"a":`, `{"a":1,}`, `{"a":1}{"a":1}`, "\x00", "\xff\xfe", "\ufeff{}", `{"\u0000":1}`, `{"a":"\ud800"}`, `{"id":{"id":{"id":1}}}`}
)

func pick1[T any](r *rand.Rand, list []T) T { return list[r.IntN(len(list))] }

func (h *hostile) text() string {
	switch h.r.IntN(12) {
	case 0:
		return strings.Repeat(pick1(h.r, []string{"a", "界", "\u0301", "<", "("}), 1<<h.r.IntN(15))
	case 1:
		b := make([]byte, h.r.IntN(20))
		for i := range b {
			b[i] = byte(h.r.IntN(256))
		}
		return string(b)
	case 2, 3:
		return pick1(h.r, h.secrets)
	}
	return pick1(h.r, oddTexts)
}

func quoted(text string) string {
	raw, err := json.Marshal(text)
	if err != nil {
		return `"x"`
	}
	return string(raw)
}

// value is something for a schema: mostly of its type, sometimes of any other.
func (h *hostile) value(s *huma.Schema, name string, depth int) string {
	s = resolve(h.server.open, s)
	if s == nil || depth > 6 || h.r.IntN(8) == 0 {
		return pick1(h.r, []string{"null", "[]", "{}", "true", pick1(h.r, oddNumbers), quoted(h.text()), strings.Repeat("[", 40) + strings.Repeat("]", 40)})
	}
	switch {
	case s.Type == huma.TypeObject:
		var fields []string
		for field, sub := range s.Properties {
			if h.r.IntN(5) > 0 {
				fields = append(fields, quoted(field)+":"+h.value(sub, field, depth+1))
			}
		}
		if h.r.IntN(10) == 0 {
			fields = append(fields, quoted(h.text())+":1")
		}
		return "{" + strings.Join(fields, ",") + "}"
	case s.Type == huma.TypeArray:
		items := make([]string, h.r.IntN(4))
		for i := range items {
			items[i] = h.value(s.Items, name, depth+1)
		}
		return "[" + strings.Join(items, ",") + "]"
	case s.Type == huma.TypeInteger, s.Type == huma.TypeNumber:
		return pick1(h.r, oddNumbers)
	case s.Type == huma.TypeBoolean:
		return pick1(h.r, []string{"true", "false"})
	case len(s.Enum) > 0 && h.r.IntN(2) == 0:
		return quoted(fmt.Sprint(pick1(h.r, s.Enum)))
	case h.r.IntN(2) == 0:
		return h.json(s, name, depth)
	}
	return quoted(h.text())
}

func (h *hostile) bodyOf(op operation) string {
	if op.RequestBody == nil {
		return pick1(h.r, []string{"", "{}", "x"})
	}
	media := op.RequestBody.Content["application/json"]
	if media == nil || h.r.IntN(10) == 0 {
		return pick1(h.r, []string{pick1(h.r, oddJSON), h.text(), "sku,title\n" + h.text() + "," + h.text() + "\n", "PK\x03\x04" + h.text()})
	}
	body := h.value(media.Schema, "", 0)
	if h.r.IntN(20) == 0 {
		body = body[:h.r.IntN(len(body)+1)]
	}
	return body
}

func (h *hostile) pathOf(op operation) string {
	path := op.path
	query := url.Values{}
	for _, p := range op.Parameters {
		switch {
		case p.In == "path":
			v := h.text()
			if h.r.IntN(2) == 0 {
				v = h.ours.value(op, p.Name)
			}
			path = strings.Replace(path, "{"+p.Name+"}", url.PathEscape(v), 1)
		case p.In == "query" && p.Name == "wait":
			query.Add(p.Name, pick1(h.r, []string{"0", "-1", "x", "1e9"}))
		case p.In == "query" && h.r.IntN(2) == 0:
			query.Add(p.Name, h.text())
		case p.In == "query" && h.r.IntN(2) == 0:
			query.Add(p.Name, h.names[p.Name])
		}
	}
	if len(query) > 0 {
		path += "?" + query.Encode()
	}
	return path
}

func (h *hostile) headers() []string {
	out := []string{}
	if h.r.IntN(3) == 0 {
		out = append(out, "Idempotency-Key", pick1(h.r, []string{"k", "k2", "a b", "ä", strings.Repeat("k", 300), "\r\nX-Evil: 1"}))
	}
	if h.r.IntN(4) == 0 {
		out = append(out, "Accept-Language", pick1(h.r, []string{"zh-CN", "de", "*", "zh;q=0", ";;;", strings.Repeat("x,", 200)}))
	}
	if h.r.IntN(20) == 0 {
		out = append(out, "Authorization", pick1(h.r, []string{"", "Bearer", "Bearer " + h.text(), "Basic !", "Basic YTpi"}))
	}
	if h.r.IntN(10) == 0 {
		out = append(out, "X-Request-Id", pick1(h.r, []string{"mine", "<script>", "\r\nX-Evil: 1", "a b"}))
	}
	return out
}

// neverDone are operations whose good answer does not end.
var neverDone = map[string]bool{"stream-events": true}

// TestNoCallBreaksTheServer makes PACKHORSE_HOSTILE calls, or 2,000.
func TestNoCallBreaksTheServer(t *testing.T) {
	n, _ := strconv.Atoi(os.Getenv("PACKHORSE_HOSTILE"))
	if n == 0 {
		n = 2000
	}
	h := &hostile{ours: newOurs(t), r: rand.New(rand.NewPCG(7, uint64(n)))}
	key, err := h.directory.CreateKey(t.Context(), access.FirstCompany, "not to be revoked", []access.Scope{access.Everything})
	if err != nil {
		t.Fatal(err)
	}
	h.key = key // a call that revokes the first key must not make all others strangers'
	ops := h.operations()
	classes := map[int]int{}
	for i := range n {
		op := pick1(h.r, ops)
		if neverDone[op.OperationID] {
			continue
		}
		path, body := h.pathOf(op), h.bodyOf(op)
		r := h.do(op.method, path, body, h.headers()...)
		classes[r.status/100]++
		if r.status >= 500 {
			t.Fatalf("call %d: %s %s %.2000q: %d %.500s", i, op.method, path, body, r.status, r.raw)
		}
		if kind := r.header.Get("Content-Type"); runs(kind, r.raw) || r.header.Get("X-Content-Type-Options") != "nosniff" {
			t.Fatalf("call %d: %s %s: a browser could run %s %.500q", i, op.method, path, kind, r.raw)
		}
		if r.header.Get("X-Evil") != "" || strings.ContainsAny(r.header.Get("X-Request-Id"), "<\r\n ") {
			t.Fatalf("call %d: %s %s: %v", i, op.method, path, r.header)
		}
	}
	if classes[2] < n/20 || classes[4] < n/20 {
		t.Errorf("%v: the calls are all of one sort, and test nothing", classes)
	}
	t.Logf("%d calls: %v", n, classes)
}

// runs reports whether a browser could take an answer for something to run: JSON must hold no tag, and files must be of a sort that it
// only shows or saves.
func runs(kind string, raw []byte) bool {
	if strings.Contains(kind, "json") {
		return !json.Valid(raw) || strings.Contains(string(raw), "<")
	}
	kind, _, _ = strings.Cut(kind, ";")
	return !slices.Contains([]string{"application/pdf", "application/zpl", "text/csv"}, kind)
}
