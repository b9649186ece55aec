package public_test

import (
	"context"
	"errors"
	"fmt"
	"html"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/go-chi/chi/v5"

	"github.com/packhorse/packhorse/aftersales"
	"github.com/packhorse/packhorse/api/public"
	"github.com/packhorse/packhorse/intake"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/db/dbtest"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/link"
	"github.com/packhorse/packhorse/internal/seal"
	"github.com/packhorse/packhorse/notify"
	"github.com/packhorse/packhorse/order"
	"github.com/packhorse/packhorse/pack"
	"github.com/packhorse/packhorse/pack/packtest"
	"github.com/packhorse/packhorse/review"
	"github.com/packhorse/packhorse/search"
	"github.com/packhorse/packhorse/ship"
	"github.com/packhorse/packhorse/track"
)

// house is a company with its customers' pages behind a server, and one customer's browser.
type house struct {
	*packtest.World
	t       *testing.T
	links   link.Maker
	after   *aftersales.Service
	ship    *ship.Service
	pack    *pack.Service
	search  *search.Service
	server  *httptest.Server
	browser *http.Client
	tries   map[string]int
}

func each(t *testing.T, test func(h *house)) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) { test(newHouse(t, d)) })
}

func newHouse(t *testing.T, d *db.DB) *house {
	t.Helper()
	key, err := seal.Parse(seal.NewText())
	if err != nil {
		t.Fatal(err)
	}
	h := &house{World: packtest.New(t, d), t: t, links: link.Maker{Company: "default", Key: key}, ship: ship.New(d, nil, ship.Settings{}), pack: pack.New(d),
		search: search.New(d), tries: map[string]int{}}
	h.after = aftersales.New(d, intake.New(d, nil), nil, aftersales.Settings{})
	tokens, err := os.ReadFile("../../web/src/shared/tokens.css")
	if err != nil {
		t.Fatal(err)
	}
	own := public.House{DB: d, Links: h.links, AfterSales: h.after, Review: review.New(d, review.Settings{}), Track: track.New(d, nil, track.Settings{}),
		Notify: notify.New(d, notify.Settings{Company: "default", Key: key})}
	r := chi.NewRouter()
	public.New(public.Options{House: func(name string) (public.House, bool) { return own, name == "default" }, Tokens: string(tokens),
		Client: func(*http.Request) string { return "10.0.0.1" }, Encrypted: func(*http.Request) bool { return false }, Foreign: foreign, Try: h.try,
		Right: func(_ context.Context, name, _ string) error { h.tries[name]--; return nil }, Failed: failed}).Route(r)
	h.server = httptest.NewServer(r)
	t.Cleanup(h.server.Close)
	h.newBrowser()
	return h
}

// newBrowser has no cookies.
func (h *house) newBrowser() {
	jar, err := cookiejar.New(nil)
	if err != nil {
		h.t.Fatal(err)
	}
	h.browser = &http.Client{Jar: jar}
}

func foreign(r *http.Request) error {
	if r.Header.Get("Sec-Fetch-Site") == "cross-site" {
		return fault.New(fault.Denied, "access.foreign_page", "a page of another site sent this, and nothing was done")
	}
	return nil
}

func (h *house) try(_ context.Context, name, _ string) error {
	if h.tries[name]++; h.tries[name] > 5 {
		return fault.New(fault.TooMany, "access.locked", "wait").With("seconds", 7)
	}
	return nil
}

func failed(_ http.ResponseWriter, _ *http.Request, err error) (int, string) {
	f, ok := fault.As(err)
	switch {
	case !ok:
		return 500, "n1"
	case f.Kind == fault.NotFound:
		return 404, ""
	case f.Kind == fault.Denied:
		return 403, ""
	}
	return 503, "n1"
}

// path is the address of an order's page.
func (h *house) path(s link.Sort, o *order.Order) string {
	h.t.Helper()
	p, err := h.links.Path(s, o.ID)
	if err != nil {
		h.t.Fatal(err)
	}
	return p
}

// shown is a page as it came.
type shown struct {
	status int
	text   string // without markup
	raw    string
	url    *url.URL
	header http.Header
}

func (h *house) get(path string, header ...string) shown {
	return h.send("GET", path, nil, header...)
}

func (h *house) post(path string, form url.Values, header ...string) shown {
	return h.send("POST", path, form, header...)
}

var markup = regexp.MustCompile(`(?s)<style.*?</style>|<[^>]*>`)

func (h *house) send(method, path string, form url.Values, header ...string) shown {
	h.t.Helper()
	if form != nil {
		header = append([]string{"Content-Type", "application/x-www-form-urlencoded"}, header...)
	}
	return h.sendBody(method, path, strings.NewReader(form.Encode()), header...)
}

func (h *house) sendBody(method, path string, body io.Reader, header ...string) shown {
	h.t.Helper()
	req, err := http.NewRequestWithContext(h.t.Context(), method, h.server.URL+path, body)
	if err != nil {
		h.t.Fatal(err)
	}
	req.Header.Set("Accept-Language", "en")
	for i := 0; i < len(header); i += 2 {
		req.Header.Set(header[i], header[i+1])
	}
	res, err := h.browser.Do(req)
	if err != nil {
		h.t.Fatal(err)
	}
	defer res.Body.Close()
	raw, err := io.ReadAll(res.Body)
	if err != nil {
		h.t.Fatal(err)
	}
	out := shown{status: res.StatusCode, raw: string(raw), text: html.UnescapeString(markup.ReplaceAllString(string(raw), " ")), url: res.Request.URL, header: res.Header}
	h.sound(out)
	return out
}

// foreignSource is a picture that is not one of those the customer sent.
var foreignSource = regexp.MustCompile(`src="(?:[^/]|/[^r]|//)`)

// sound sees what must hold of every page.
func (h *house) sound(s shown) {
	h.t.Helper()
	if len(s.raw) > 30<<10 {
		h.t.Errorf("%s: %d bytes before packing", s.url.Path, len(s.raw))
	}
	if strings.Contains(s.raw, "<script") || strings.Contains(s.raw, "javascript:") || foreignSource.MatchString(s.raw) || strings.Contains(s.raw, "style=") {
		h.t.Errorf("%s has a script, a picture or a style of an element", s.url.Path)
	}
	if p := s.header.Get("Content-Security-Policy"); !strings.HasPrefix(p, "default-src 'none'") || strings.Contains(p, "script-src") || strings.Contains(p, "unsafe") {
		h.t.Errorf("%s: policy %q", s.url.Path, p)
	}
	if strings.Contains(s.raw, "13800000000") || strings.Contains(s.raw, "建国路1号") || strings.Contains(s.raw, "李雷") {
		h.t.Errorf("%s shows personal data", s.url.Path)
	}
	if strings.Contains(s.text, "public.") || strings.Contains(s.text, "{") {
		h.t.Errorf("%s says a code: %s", s.url.Path, s.text)
	}
}

func (h *house) wants(s shown, status int, texts ...string) shown {
	h.t.Helper()
	if s.status != status {
		h.t.Fatalf("%s: %d, want %d: %s", s.url.Path, s.status, status, s.text)
	}
	for _, text := range texts {
		if !strings.Contains(s.text, text) {
			h.t.Errorf("%s does not say %q: %s", s.url.Path, text, strings.Join(strings.Fields(s.text), " "))
		}
	}
	return s
}

// shipped is an order that left an hour ago.
func (h *house) shipped(lines ...packtest.Line) *order.Order {
	h.t.Helper()
	f := h.Picked(h.t, lines)[0]
	_, packed := h.pack.Pack(h.t.Context(), nil, pack.In{FulfilmentID: f.ID, Packer: "user:pia"})
	_, sent := h.ship.Ship(h.t.Context(), nil, ship.In{FulfilmentID: f.ID, Carrier: "SF", Waybill: fmt.Sprint("SF", f.OrderID), Actor: "user:pia"})
	if err := errors.Join(packed, sent); err != nil {
		h.t.Fatal(err)
	}
	h.update(func(tx *db.Tx) error {
		o, err := order.LockOne(tx, f.OrderID)
		if err != nil {
			return err
		}
		o.PaidAmount, o.PaidAt = o.Total, tx.Micros()
		return order.SaveContent(tx, o)
	})
	return h.Order(h.t, f.OrderID)
}

// delivered is an order that has arrived.
func (h *house) delivered(lines ...packtest.Line) *order.Order {
	h.t.Helper()
	o := h.shipped(lines...)
	h.update(func(tx *db.Tx) error {
		ss, err := ship.LockShipmentsOf(tx, []int64{o.ID})
		for _, s := range ss[o.ID] {
			s.Tracking, s.DeliveredAt = "delivered", tx.Micros()
			ship.SaveProgress(tx, s)
		}
		return err
	})
	return o
}

func (h *house) update(fn func(*db.Tx) error) {
	h.t.Helper()
	if err := h.DB.Update(h.t.Context(), fn); err != nil {
		h.t.Fatal(err)
	}
}

func (h *house) index() {
	h.t.Helper()
	dbtest.Facts(h.t, h.DB)
	for {
		n, err := h.search.Step(h.t.Context())
		if err != nil {
			h.t.Fatal(err)
		}
		if n == 0 {
			return
		}
	}
}
