package carrier

import (
	"bytes"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

func TestAStrangersCallIsRefusedWithTheReason(t *testing.T) {
	c := newCaller(t, Config{})
	body := []byte(`{"reference":"1"}`)
	now := time.Now()
	for _, k := range []struct {
		name   string
		spoil  func(r *http.Request)
		at     time.Time
		status int
		code   string
	}{
		{"honest", func(*http.Request) {}, now, 200, ""},
		{"almost ten minutes slow", func(*http.Request) {}, now.Add(-9 * time.Minute), 200, ""},
		{"eleven minutes slow", func(*http.Request) {}, now.Add(-11 * time.Minute), 401, "timestamp"},
		{"eleven minutes fast", func(*http.Request) {}, now.Add(11 * time.Minute), 401, "timestamp"},
		{"a clock that is not a number", func(r *http.Request) { r.Header.Set("X-Timestamp", "noon") }, now, 401, "timestamp"},
		{"another key", func(r *http.Request) { r.Header.Set("X-App-Key", "thief") }, now, 401, "unknown_key"},
		{"another signature", func(r *http.Request) { r.Header.Set("X-Signature", strings.Repeat("0", 64)) }, now, 401, "signature"},
		{"no signature", func(r *http.Request) { r.Header.Del("X-Signature") }, now, 401, "signature"},
		{"a signature moved to another second", func(r *http.Request) {
			r.Header.Set("X-Timestamp", fmt.Sprint(now.Unix()-1))
		}, now, 401, "signature"},
		{"another body", func(r *http.Request) {
			r.Body = http.NoBody
		}, now, 401, "signature"},
	} {
		r := signed("/v1/find", body, k.at)
		k.spoil(r)
		var out found
		if status, code := c.send(r, &out); status != k.status || code != k.code {
			t.Errorf("%s: %d %s, want %d %s", k.name, status, code, k.status, k.code)
		}
	}
}

func TestWhatIsNoCallIsStillAnsweredInJSON(t *testing.T) {
	c := newCaller(t, Config{})
	for _, k := range []struct {
		r    *http.Request
		want int
	}{
		{httptest.NewRequest(http.MethodGet, "/v1/find", nil), 405},
		{signed("/v1/nowhere", nil, time.Now()), 404},
		{signed("/v1/find", []byte("<html>"), time.Now()), 422},
		{signed("/v1/find", []byte(`{"reference":"1","colour":"red"}`), time.Now()), 422},
		{signed("/v1/find", bytes.Repeat([]byte(" "), maxBody+1), time.Now()), 413},
	} {
		if status, _ := c.send(k.r, &found{}); status != k.want {
			t.Errorf("%s %s: %d, want %d", k.r.Method, k.r.URL.Path, status, k.want)
		}
	}
}

func TestTheRateLimitLetsABurstThroughAndThenAsksToWait(t *testing.T) {
	b := bucket{rate: 3}
	var let int
	for range 10 {
		if b.take(dawn) {
			let++
		}
	}
	if let != 3 {
		t.Errorf("%d of 10 calls in one moment passed, want 3", let)
	}
	if !b.take(dawn.Add(334*time.Millisecond)) || b.take(dawn.Add(335*time.Millisecond)) {
		t.Error("a third of a second is worth one call")
	}
	c := newCaller(t, Config{RatePerSecond: 1})
	c.call("/v1/areas", nothing{}, &areas{})
	w := httptest.NewRecorder()
	c.h.ServeHTTP(w, signed("/v1/areas", []byte("{}"), time.Now()))
	if w.Code != 429 || w.Header().Get("Retry-After") != "1" {
		t.Errorf("the second call in a second: %d, Retry-After %q", w.Code, w.Header().Get("Retry-After"))
	}
}

func TestFaultsFallByCallAndAttemptAtTheSharesAskedFor(t *testing.T) {
	faults := Faults{Timeout: 0.1, ServerError: 0.2, Busy: 0.3}
	d := dice{seed: 7, faults: faults, attempts: map[uint64]uint64{}}
	again := dice{seed: 7, faults: faults, attempts: map[uint64]uint64{}}
	const calls = 20_000
	count := map[mishap]int{}
	for i := range calls {
		body := fmt.Append(nil, i%5000)
		m := d.throw("/v1/book", body)
		count[m]++
		// Another call in between must not change what falls.
		again.throw("/v1/find", body)
		if m != again.throw("/v1/book", body) {
			t.Fatalf("call %d fared differently in the second run", i)
		}
	}
	for m, share := range map[mishap]float64{none: 0.4, busy: 0.3, brokenBefore: 0.1, brokenAfter: 0.1, silence: 0.1} {
		if got := float64(count[m]) / calls; got < share-0.02 || got > share+0.02 {
			t.Errorf("mishap %d befell %.3f of the calls, want %.2f", m, got, share)
		}
	}
}

func TestATimedOutBookingIsDoneAllTheSame(t *testing.T) {
	c := newCaller(t, Config{Faults: Faults{Timeout: 0.5}})
	sh := parcelTo("1", "北京", "北京")
	cut := 0
	var answers []booking
	for range 20 {
		func() {
			defer func() {
				if recover() == http.ErrAbortHandler {
					cut++
				}
			}()
			answers = append(answers, c.book(sh))
		}()
	}
	if cut == 0 || len(answers) == 0 {
		t.Fatalf("of 20 calls %d were cut and %d answered; half are due", cut, len(answers))
	}
	for _, b := range answers {
		if b != answers[0] {
			t.Errorf("the answers name %v and %v", b, answers[0])
		}
	}
}
