package sim_test

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"
	"time"

	"github.com/packhorse/packhorse/connect/carrier/sim"
	server "github.com/packhorse/packhorse/connect/sim/carrier"
	"github.com/packhorse/packhorse/internal/clock"
	"github.com/packhorse/packhorse/ship"
	"github.com/packhorse/packhorse/ship/carriertest"
)

const secret = "a secret of the test"

// wire drops the answer to the next call after the server has acted.
type wire struct {
	lose   atomic.Bool
	canned atomic.Pointer[canned] // the answer to the next call, which does not reach the server
}

// answer makes the next call be answered so.
func (w *wire) answer(status int, body string) { w.canned.Store(&canned{status, []byte(body)}) }

var errLost = errors.New("the answer was lost on the way")

func (w *wire) RoundTrip(r *http.Request) (*http.Response, error) {
	if c := w.canned.Swap(nil); c != nil {
		return c.RoundTrip(r)
	}
	res, err := http.DefaultTransport.RoundTrip(r)
	if err == nil && w.lose.CompareAndSwap(true, false) {
		_ = res.Body.Close()
		return nil, errLost
	}
	return res, err
}

type stage struct {
	carrier *sim.Carrier
	clock   *clock.Clock
	wire    *wire
}

func newStage(t testing.TB, cfg server.Config) stage {
	cfg.Clock = clock.Fixed(time.Date(2026, 3, 2, 1, 0, 0, 0, time.UTC))
	cfg.AppKey, cfg.Secret = "shop", secret
	cfg.Areas = []server.Area{{Province: "西藏自治区", City: "那曲市", Reason: "大雪封路"},
		{Province: "青海省", From: cfg.Clock.Now().Add(carriertest.Far), Reason: "道路施工"}}
	s := httptest.NewServer(server.New(cfg))
	t.Cleanup(s.Close)
	w := &wire{}
	return stage{carrier: newCarrier(t, sim.Config{BaseURL: s.URL, AppKey: "shop", Secret: secret, Transport: w}), clock: cfg.Clock, wire: w}
}

func newCarrier(t testing.TB, cfg sim.Config) *sim.Carrier {
	c, err := sim.New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func request(reference string) ship.BookRequest {
	return ship.BookRequest{
		Reference: reference, WeightG: 800, Goods: "T恤",
		Sender:    ship.Address{Name: "一号仓", Province: "浙江省", City: "杭州市"},
		Recipient: ship.Address{Name: "李雷", Phone: "13800000000", Country: "CN", Province: "北京市", City: "北京市", Address: "长安街1号"},
	}
}

func blocked(reference string) ship.BookRequest {
	r := request(reference)
	r.Recipient.Province, r.Recipient.City = "西藏自治区", "那曲市"
	return r
}

// closing goes to an area that is suspended in a while.
func closing(reference string) ship.BookRequest {
	r := request(reference)
	r.Recipient.Province, r.Recipient.City = "青海省", "西宁市"
	return r
}
