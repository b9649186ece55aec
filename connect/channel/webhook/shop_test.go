package webhook

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/packhorse/packhorse/intake"
	"github.com/packhorse/packhorse/intake/channeltest"
	"github.com/packhorse/packhorse/internal/fault"
)

// counter is a shop that speaks the protocol of this package.
type counter struct {
	*httptest.Server
	t    *testing.T
	keys [][]byte

	mu      sync.Mutex
	orders  []map[string]any
	seen    map[string][]byte // answers by message id
	parcels map[string]string // references by parcel
	told    map[string]int    // parcels by order
	bears   map[string]string // waybills by order
	answers map[string]int
	stock   int64
	busy    int
	lose    int
}

func newCounter(t *testing.T) *counter {
	c := &counter{t: t, keys: keysOf(t, vectorSecret), seen: map[string][]byte{}, parcels: map[string]string{}, told: map[string]int{}, bears: map[string]string{}, answers: map[string]int{}}
	c.Server = httptest.NewServer(c)
	t.Cleanup(c.Close)
	return c
}

func (c *counter) connector(secret, url string) intake.Channel {
	options, err := json.Marshal(map[string]string{"url": url + "/told", "pull_url": url + "/orders?shop=1"})
	if err != nil {
		c.t.Fatal(err)
	}
	made, err := New(intake.Settings{Account: "web", Options: options, Secret: secret})
	if err != nil {
		c.t.Fatal(err)
	}
	return made
}

func (c *counter) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	c.mu.Lock()
	defer c.mu.Unlock()
	id, err := verify(c.keys, intake.Message{Header: r.Header.Get, Body: body}, time.Now())
	switch {
	case err != nil:
		w.WriteHeader(http.StatusUnauthorized)
		return
	case c.busy > 0:
		c.busy--
		w.Header().Set("Retry-After", "7")
		w.WriteHeader(http.StatusTooManyRequests)
		return
	case r.URL.Path == "/orders":
		c.tell(w, r)
		return
	}
	answer, status := c.seen[id], http.StatusOK
	if answer == nil {
		answer, status = c.take(body)
		if status == http.StatusOK {
			c.seen[id] = answer
		}
	}
	if c.lose > 0 && !strings.Contains(string(body), "find") {
		c.lose--
		panic(http.ErrAbortHandler)
	}
	w.WriteHeader(status)
	_, _ = w.Write(answer)
}

// tell gives two orders a page, the last one of the page before again.
func (c *counter) tell(w http.ResponseWriter, r *http.Request) {
	from, _ := strconv.Atoi(r.URL.Query().Get("cursor"))
	to := min(from+2, len(c.orders))
	out := map[string]any{"orders": c.orders[max(from-1, 0):to], "cursor": strconv.Itoa(to), "more": to < len(c.orders)}
	_ = json.NewEncoder(w).Encode(out)
}

func (c *counter) take(body []byte) ([]byte, int) {
	var m struct {
		Type string
		Data struct {
			OrderNo string `json:"order_no"`
			Parcel  string
			Waybill string
			Was     string
			Levels  []intake.StockLevel
		}
	}
	if err := json.Unmarshal(body, &m); err != nil {
		return []byte(`{"message":"unreadable"}`), http.StatusUnprocessableEntity
	}
	known := m.Type == typeStock
	for _, o := range c.orders {
		known = known || o["order_no"] == m.Data.OrderNo
	}
	if !known {
		return []byte(`{"code":"unknown_order"}`), http.StatusUnprocessableEntity
	}
	switch m.Type {
	case typeShipment:
		c.told[m.Data.OrderNo]++
		c.bears[m.Data.OrderNo] = m.Data.Waybill
		c.parcels[m.Data.Parcel] = fmt.Sprintf("F-%d", len(c.parcels)+1)
		return []byte(`{"reference":"` + c.parcels[m.Data.Parcel] + `"}`), http.StatusOK
	case typeChange:
		if c.bears[m.Data.OrderNo] != m.Data.Was {
			return []byte(`{"message":"it bears another"}`), http.StatusUnprocessableEntity
		}
		c.bears[m.Data.OrderNo] = m.Data.Waybill
		return []byte(`{"reference":"` + c.parcels[m.Data.Parcel] + `"}`), http.StatusOK
	case typeFind:
		ref, found := c.parcels[m.Data.Parcel]
		return fmt.Appendf(nil, `{"found":%v,"reference":%q}`, found, ref), http.StatusOK
	case typeAnswer:
		c.answers[m.Data.OrderNo]++
		return []byte(`{}`), http.StatusOK
	}
	var unknown []string
	for _, l := range m.Data.Levels {
		if l.SKU == "TEA" {
			c.stock = l.Quantity
		} else {
			unknown = append(unknown, l.SKU)
		}
	}
	raw, _ := json.Marshal(map[string]any{"unknown": unknown})
	return raw, http.StatusOK
}

func (c *counter) sell(n int) (list []string, err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for range n {
		number := fmt.Sprintf("W-%d", len(c.orders)+1)
		c.orders = append(c.orders, map[string]any{"order_no": number, "placed_at": "2026-03-02T04:00:00Z", "currency": "CNY", "recipient_name": "王芳",
			"address": "文三路 100 号", "lines": []any{map[string]any{"sku": "TEA", "quantity": 1, "unit_price": "10"}}})
		list = append(list, number)
	}
	return list, nil
}

func (c *counter) count(of map[string]int) func(string) (int, error) {
	return func(order string) (int, error) { c.mu.Lock(); defer c.mu.Unlock(); return of[order], nil }
}

func TestTheConnectorPassesTheSuite(t *testing.T) {
	html := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("<html>log in</html>")) }))
	t.Cleanup(html.Close)
	channeltest.Run(t, func(t *testing.T) channeltest.Fixture {
		c := newCounter(t)
		return channeltest.Fixture{Channel: c.connector(vectorSecret, c.URL), Sell: c.sell,
			Change: func(order string) error {
				c.mu.Lock()
				defer c.mu.Unlock()
				c.orders = append(c.orders, map[string]any{"order_no": order, "cancelled": true, "placed_at": "2026-03-02T04:00:00Z", "currency": "CNY"})
				return nil
			},
			Spoil: func() error {
				c.mu.Lock()
				defer c.mu.Unlock()
				c.orders = append(c.orders, map[string]any{"order_no": 7, "lines": "none"})
				return nil
			},
			WrongKey: c.connector("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSx", c.URL), Elsewhere: c.connector(vectorSecret, html.URL),
			Busy:       func() { c.mu.Lock(); defer c.mu.Unlock(); c.busy++ },
			LoseAnswer: func() { c.mu.Lock(); defer c.mu.Unlock(); c.lose++ },
			Sign:       signed,
			Body: func(order string) []byte {
				return []byte(`{"order_no":"` + order + `","placed_at":"2026-03-02T04:00:00Z","currency":"CNY"}`)
			},
			SKU: "TEA", Stock: func() (int64, error) { c.mu.Lock(); defer c.mu.Unlock(); return c.stock, nil },
			Lines: func(string) ([]intake.ShippedLine, error) {
				return []intake.ShippedLine{{LineNo: 1, SKU: "TEA", Quantity: 1}}, nil
			},
			Waybill:   func(order string) (string, error) { c.mu.Lock(); defer c.mu.Unlock(); return c.bears[order], nil },
			Shipments: c.count(c.told), Answers: c.count(c.answers),
		}
	})
}

func signed(body []byte, at time.Time) intake.Message {
	stamp := strconv.FormatInt(at.Unix(), 10)
	keys, _ := secrets(vectorSecret)
	headers := map[string]string{headerID: "msg_" + stamp, headerTime: stamp, headerSignature: signature(keys[0], "msg_"+stamp, stamp, body)}
	return intake.Message{Header: func(n string) string { return headers[n] }, Body: body}
}

func TestWhatAShopAnswersBadlyMeansWhatACallerCanActOn(t *testing.T) {
	for _, c := range []struct {
		status int
		body   string
		want   error
	}{
		{200, "<html>", intake.ErrUnreachable}, {302, "", intake.ErrUnreachable}, {404, "<html>", intake.ErrUnreachable}, {404, `{}`, intake.ErrUnknownOrder},
		{401, `{}`, intake.ErrCredentials}, {403, "<html>", intake.ErrCredentials}, {409, `{"message":"closed"}`, intake.ErrRefused},
		{429, "", intake.ErrBusy}, {500, "<html>", intake.ErrUncertain}, {502, `{}`, intake.ErrUncertain}, {200, `[1]`, intake.ErrUncertain},
	} {
		s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(c.status)
			_, _ = w.Write([]byte(c.body))
		}))
		made, err := New(intake.Settings{Options: []byte(`{"url":"` + s.URL + `"}`), Secret: vectorSecret})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := made.(intake.ShipmentTaker).TakeShipment(t.Context(), intake.ShippedParcel{Parcel: "prc_1"}); fault.Code(err) != fault.Code(c.want) {
			t.Errorf("%d %s: %v, want %v", c.status, c.body, err, c.want)
		}
		s.Close()
	}
}

func TestAnAccountWithoutAnAddressIsOnlyListenedTo(t *testing.T) {
	made, err := New(intake.Settings{Options: []byte(`{}`), Secret: vectorSecret})
	if err != nil {
		t.Fatal(err)
	}
	if powers := intake.Powers(made); len(powers) != 1 || powers[0] != "hook" {
		t.Errorf("%v", powers)
	}
	if page, err := made.Pull(t.Context(), "x"); err != nil || len(page.Documents) != 0 || page.More {
		t.Errorf("%+v %v", page, err)
	}
	for options, code := range map[string]string{`{"url":"shop"}`: "webhook.url", `{"url":1}`: "webhook.settings", `{"pull_url":"ftp://x/y"}`: "webhook.url"} {
		if _, err := New(intake.Settings{Options: []byte(options), Secret: vectorSecret}); fault.Code(err) != code {
			t.Errorf("%s: %v", options, err)
		}
	}
}
