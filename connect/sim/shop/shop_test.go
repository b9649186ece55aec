package shop

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/packhorse/packhorse/internal/clock"
)

const secret = "whsec_MDEyMzQ1Njc4OWFiY2RlZg=="

func open(t *testing.T, cfg Config) (*Server, *httptest.Server) {
	t.Helper()
	cfg.Clock, cfg.Secret, cfg.SKUs = clock.Fixed(time.Date(2026, 3, 2, 4, 0, 0, 0, time.UTC)), secret, []string{"TEA", "CUP"}
	s, err := New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(s)
	t.Cleanup(server.Close)
	return s, server
}

// tell sends a signed message, as old as is said, and returns the status and the code or reference of the answer.
func tell(t *testing.T, url, id, body string, age time.Duration) string {
	t.Helper()
	key, err := keyOf(secret)
	if err != nil {
		t.Fatal(err)
	}
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, url+"/told", strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	sign(req.Header, key, id, []byte(body), time.Now().Add(-age))
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	var said struct{ Code, Reference string }
	if err := json.NewDecoder(res.Body).Decode(&said); err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(fmt.Sprint(res.StatusCode, " ", said.Code, said.Reference))
}

func shipment(kind, order, parcel, waybill, was string, quantity int64) string {
	return fmt.Sprintf(`{"type":%q,"data":{"order_no":%q,"parcel":%q,"carrier":"SF","waybill":%q,"was":%q,"lines":[{"line_no":1,"sku":"TEA","quantity":%d}]}}`, kind, order, parcel, waybill, was, quantity)
}

func TestTheShopVerifiesWhatAPlatformVerifies(t *testing.T) {
	s, server := open(t, Config{Seed: 1})
	number := s.Sell(1)[0]
	s.orders[number].lines = map[string]int64{"TEA": 3}
	for i, c := range []struct {
		id, body string
		age      time.Duration
		want     string
	}{
		{"m1", shipment("shipment", number, "p1", "SF1", "", 2), 6 * time.Minute, "401 signature"},
		{"m1", shipment("shipment", number, "p1", "SF1", "", 2), 0, "200 F-1"},
		{"m1", shipment("shipment", number, "p1", "SF1", "", 2), 0, "200 F-1"},
		{"m2", shipment("shipment", number, "p1", "SF1", "", 2), 0, "200 F-1"},
		{"m3", shipment("shipment", number, "p2", "SF2", "", 2), 0, "422 quantity"},
		{"m3", shipment("shipment", number, "p2", "", "", 1), 0, "422 incomplete"},
		{"m4", shipment("shipment", "W-9", "p2", "SF2", "", 1), 0, "422 unknown_order"},
		{"m5", shipment("shipment.find", number, "p1", "", "", 1), 0, "200 F-1"},
		{"m6", shipment("shipment.change", number, "p1", "YT1", "SF9", 1), 0, "422 waybill"},
		{"m6", shipment("shipment.change", number, "p1", "YT1", "SF1", 1), 0, "200 F-1"},
		{"m7", shipment("shipment.change", number, "p2", "YT1", "SF1", 1), 0, "422 unknown_parcel"},
		{"m8", `{"type":"stock","data":{"levels":[{"sku":"TEA","quantity":-1}]}}`, 0, "422 quantity"},
		{"m8", `{"type":"stock","data":{"levels":[{"sku":"TEA","quantity":7},{"sku":"HAT","quantity":7}]}}`, 0, "200"},
		{"m9", `{"type":"gossip","data":{"order_no":"` + number + `"}}`, 0, "422 type"},
		{"m9", `{`, 0, "422 unreadable"},
		{"m10", `{"type":"cancel_answer","data":{"order_no":"` + number + `","question":"cancel","done":true}}`, 0, "200"},
	} {
		if got := tell(t, server.URL, c.id, c.body, c.age); got != c.want {
			t.Errorf("%d: %s, want %s: %s", i, got, c.want, c.body)
		}
	}
	state := s.State()
	if told := state.Orders[number]; told.Parcels != 1 || fmt.Sprint(told.Waybills, told.Answers) != "[YT1] [cancel done]" || state.Stock["TEA"] != 7 || len(state.Stock) != 1 {
		t.Errorf("%+v", state)
	}
}

func TestTheSameSeedSellsTheSame(t *testing.T) {
	a, _ := open(t, Config{Seed: 7})
	b, _ := open(t, Config{Seed: 7})
	c, _ := open(t, Config{Seed: 8})
	for _, s := range []*Server{a, b, c} {
		s.Sell(5)
	}
	if x, y, z := bytes.Join(raw(a), nil), bytes.Join(raw(b), nil), bytes.Join(raw(c), nil); !bytes.Equal(x, y) || bytes.Equal(x, z) {
		t.Errorf("%s\n%s", x, y)
	}
}

func raw(s *Server) (out [][]byte) {
	for _, d := range s.feed {
		out = append(out, d)
	}
	return out
}

// Whoever takes the orders loses the first answer: the same message comes again, and the orders come in their order.
func TestWhatIsSentIsSignedAndSentAgainUntilItIsTaken(t *testing.T) {
	var mu sync.Mutex
	var ids []string
	done := make(chan bool)
	taker := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		key, _ := keyOf(secret)
		if err := verify(r.Header, key, body, time.Now()); err != nil {
			t.Error(err)
		}
		mu.Lock()
		defer mu.Unlock()
		ids = append(ids, r.Header.Get(headerID))
		if len(ids) == 1 {
			panic(http.ErrAbortHandler)
		}
		if len(ids) == 3 {
			close(done)
		}
	}))
	t.Cleanup(taker.Close)
	s, _ := open(t, Config{Seed: 1, Push: taker.URL})
	s.Sell(2)
	go s.Run(t.Context(), slog.New(slog.DiscardHandler))
	select {
	case <-done:
	case <-time.After(20 * time.Second):
	}
	mu.Lock()
	defer mu.Unlock()
	if fmt.Sprint(ids) != "[msg_1_1 msg_1_1 msg_1_2]" {
		t.Errorf("%v", ids)
	}
}

func TestAShopIsSetUpWithCare(t *testing.T) {
	for _, cfg := range []Config{{Secret: "plain", SKUs: []string{"TEA"}}, {Secret: "whsec_c2hvcnQ=", SKUs: []string{"TEA"}}, {Secret: secret}} {
		if _, err := New(cfg); err == nil {
			t.Errorf("%+v was taken", cfg)
		}
	}
}
