package sim_test

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/packhorse/packhorse/connect/carrier/sim"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/ship"
)

// answering is a carrier that says the same to every call, and counts them.
func answering(t testing.TB, status int, body string, headers ...string) (*sim.Carrier, *atomic.Int64) {
	var calls atomic.Int64
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		calls.Add(1)
		for i := 0; i < len(headers); i += 2 {
			w.Header().Set(headers[i], headers[i+1])
		}
		w.WriteHeader(status)
		_, _ = w.Write([]byte(body))
	}))
	t.Cleanup(s.Close)
	return newCarrier(t, sim.Config{BaseURL: s.URL + "/", AppKey: "shop", Secret: secret}), &calls
}

func TestWhateverCannotBeReadAfterABookingWasSentIsUncertain(t *testing.T) {
	for _, c := range []struct {
		name   string
		status int
		body   string
		want   error
	}{
		{"a page instead of an answer", 200, "<html>OK</html>", ship.ErrUncertain},
		{"half an answer", 200, `{"waybill":"PH1`, ship.ErrUncertain},
		{"an answer without a waybill", 200, `{}`, ship.ErrUncertain},
		{"null", 200, `null`, ship.ErrUncertain},
		{"an endless answer", 200, strings.Repeat(" ", 5<<20), ship.ErrUncertain},
		{"a broken server", 500, `{"code":"internal","message":"x"}`, ship.ErrUncertain},
		{"a gateway that gave up", 504, "<html>", ship.ErrUncertain},
		{"a redirect", 302, "", ship.ErrUncertain},
		{"a refusal as a page", 422, "<html>", ship.ErrRefused},
		{"a refusal nobody has heard of", 409, `{"code":"moon_phase","message":"wait for the new moon"}`, ship.ErrRefused},
		{"a wrong key", 401, `{"code":"unknown_key","message":"the app key is not known"}`, ship.ErrCredentials},
	} {
		carrier, calls := answering(t, c.status, c.body)
		if _, err := carrier.Book(t.Context(), request("1")); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", c.name, err, c.want)
		}
		if n := calls.Load(); n != 1 {
			t.Errorf("%s: the booking was sent %d times; a write is sent once", c.name, n)
		}
	}
}

func TestAnAnswerWithoutItsContentIsNotReadAsNothing(t *testing.T) {
	carrier, _ := answering(t, 200, `{}`)
	if _, found, err := carrier.Find(t.Context(), "1"); !errors.Is(err, ship.ErrUncertain) || found {
		t.Errorf("find: %v, %v; read as not found, the parcel would be booked twice", found, err)
	}
	if _, err := carrier.Track(t.Context(), "1"); !errors.Is(err, ship.ErrUncertain) {
		t.Errorf("track: %v", err)
	}
	if _, err := carrier.Suspended(t.Context()); !errors.Is(err, ship.ErrUncertain) {
		t.Errorf("areas: %v", err)
	}
	if _, err := carrier.Quote(t.Context(), request("")); !errors.Is(err, ship.ErrUncertain) {
		t.Errorf("quote: %v", err)
	}
}

func TestAReadIsRepeatedAFewTimesAndAWriteIsNot(t *testing.T) {
	carrier, calls := answering(t, 503, "")
	if _, _, err := carrier.Find(t.Context(), "1"); !errors.Is(err, ship.ErrUncertain) {
		t.Errorf("find: %v", err)
	}
	if n := calls.Swap(0); n != 3 {
		t.Errorf("a read was sent %d times, want 3", n)
	}
	_ = carrier.Void(t.Context(), "PH1")
	_ = carrier.Collect(t.Context(), []string{"PH1"})
	if n := calls.Load(); n != 2 {
		t.Errorf("two writes were sent %d times", n)
	}
}

func TestABusyCarrierIsLeftAloneAsLongAsItAsks(t *testing.T) {
	carrier, calls := answering(t, 429, `{"code":"busy","message":"x"}`, "Retry-After", "90")
	_, err := carrier.Track(t.Context(), "1")
	if d, ok := ship.RetryAfter(err); !ok || d != 90*time.Second {
		t.Errorf("%v asks to wait %v, %v", err, d, ok)
	}
	if n := calls.Load(); n != 1 {
		t.Errorf("sent %d times within a pause of 90 s", n)
	}
	silent, _ := answering(t, 429, "")
	_, err = silent.Book(t.Context(), request("1"))
	if d, ok := ship.RetryAfter(err); !ok || d != time.Second {
		t.Errorf("without Retry-After: wait %v, %v", d, ok)
	}
}

func TestSilenceEndsWithTheTimeoutAndTheCallersPatience(t *testing.T) {
	done := make(chan struct{})
	s := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { <-done }))
	t.Cleanup(s.Close)
	t.Cleanup(func() { close(done) })
	carrier := newCarrier(t, sim.Config{BaseURL: s.URL, Secret: secret, Timeout: 50 * time.Millisecond})
	if _, err := carrier.Book(t.Context(), request("1")); !errors.Is(err, ship.ErrUncertain) {
		t.Errorf("time-out: %v", err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	begun := time.Now()
	if _, _, err := carrier.Find(ctx, "1"); !errors.Is(err, ship.ErrUncertain) {
		t.Errorf("the caller's patience ended with %v", err)
	}
	if d := time.Since(begun); d > 2*time.Second {
		t.Errorf("a caller who waits 20 ms waited %v", d)
	}
}

func TestACallThatNeverLeftMayBeSentAgain(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	closed := "http://" + l.Addr().String()
	_ = l.Close()
	if _, err := newCarrier(t, sim.Config{BaseURL: closed}).Book(t.Context(), request("1")); !errors.Is(err, ship.ErrUnreachable) {
		t.Errorf("nobody listens: %v", err)
	}
}

func TestAnAddressThatIsNoneIsRefusedAtOnce(t *testing.T) {
	for _, base := range []string{"", "127.0.0.1:9100", "ftp://carrier", "http://", "::"} {
		_, err := sim.New(sim.Config{BaseURL: base})
		if f, ok := fault.As(err); !ok || f.Code != "carrier.base_url" {
			t.Errorf("%q: %v", base, err)
		}
	}
}

func FuzzNoAnswerMakesABookingWithoutAWaybill(f *testing.F) {
	f.Add(200, []byte(`{"waybill":"PH1","price_minor":900}`))
	f.Add(200, []byte(`{"waybill":1}`))
	f.Add(409, []byte(`{"code":"suspended"}`))
	f.Add(429, []byte(`[]`))
	f.Fuzz(func(t *testing.T, status int, body []byte) {
		carrier := newCarrier(t, sim.Config{BaseURL: "http://carrier.invalid", Transport: canned{status, body}})
		b, err := carrier.Book(t.Context(), request("1"))
		if err == nil && b.Waybill == "" {
			t.Fatal("a booking without a waybill")
		}
		if _, ok := fault.As(err); err != nil && !ok {
			t.Fatalf("%v tells the caller nothing", err)
		}
		if status == http.StatusOK && errors.Is(err, ship.ErrRefused) {
			t.Fatalf("a good answer was read as a refusal: %v", err)
		}
	})
}

type canned struct {
	status int
	body   []byte
}

func (c canned) RoundTrip(r *http.Request) (*http.Response, error) {
	if c.status < 100 || c.status > 999 {
		return nil, fmt.Errorf("no such status: %d", c.status)
	}
	w := httptest.NewRecorder()
	w.WriteHeader(c.status)
	_, _ = w.Write(c.body)
	return w.Result(), nil
}
