package webhook

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/packhorse/packhorse/notify"
)

// The vector of the Standard Webhooks specification.
func TestTheSignatureIsThatOfTheStandard(t *testing.T) {
	p := notify.Post{ID: "msg_p5jXN8AQM9LWM0D4loKWxJek", Body: []byte(`{"test": 2432232314}`), Secrets: []string{"whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"}}
	got, stamp, err := sign(p, time.Unix(1614265330, 0))
	if want := "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="; err != nil || got != want || stamp != "1614265330" {
		t.Errorf("%q at %s, %v; want %q", got, stamp, err, want)
	}
	p.Secrets = append(p.Secrets, "whsec_c2Vjb25k")
	if got, _, _ = sign(p, time.Unix(1614265330, 0)); len(strings.Fields(got)) != 2 || !strings.HasPrefix(got, "v1,g0hM9SsE") {
		t.Errorf("two secrets sign as %q", got)
	}
	p.Secrets = []string{"whsec_!"}
	if _, _, err := sign(p, time.Unix(0, 0)); err == nil || strings.Contains(err.Error(), "!") {
		t.Errorf("a secret that is none: %v", err)
	}
}

func endpoint(t *testing.T, answer http.HandlerFunc) notify.Post {
	t.Helper()
	s := httptest.NewServer(answer)
	t.Cleanup(s.Close)
	return notify.Post{URL: s.URL, ID: "evt_1", Body: []byte(`{"a":1}`), Secrets: []string{"whsec_c2VjcmV0"}}
}

func TestADeliveryArrivesAsItWasSigned(t *testing.T) {
	var body string
	var head http.Header
	p := endpoint(t, func(w http.ResponseWriter, r *http.Request) {
		raw, _ := io.ReadAll(r.Body)
		body, head = string(raw), r.Header
		w.WriteHeader(http.StatusNoContent)
	})
	a, err := New(Config{Private: true}).Post(t.Context(), p)
	if err != nil || a.Status != 204 || body != `{"a":1}` || head.Get("webhook-id") != "evt_1" || !strings.HasPrefix(head.Get("webhook-signature"), "v1,") || head.Get("webhook-timestamp") == "" {
		t.Errorf("%+v %v: %q %v", a, err, body, head)
	}
}

func TestAnAddressInsideIsNotCalled(t *testing.T) {
	called := false
	p := endpoint(t, func(http.ResponseWriter, *http.Request) { called = true })
	urls := []string{p.URL, strings.Replace(p.URL, "127.0.0.1", "localhost", 1), "http://169.254.169.254/latest", "http://10.0.0.1/", "http://[::1]:1/", "http://[::ffff:127.0.0.1]:1/", "http://100.64.0.1/", "http://0.0.0.0:1/"}
	for _, u := range urls {
		p.URL = u
		if _, err := New(Config{}).Post(t.Context(), p); !errors.Is(err, notify.ErrRefused) {
			t.Errorf("%s: %v", u, err)
		}
	}
	if called {
		t.Error("it was called")
	}
}

func TestARedirectIsAnAnswerAndIsNotFollowed(t *testing.T) {
	calls := 0
	p := endpoint(t, func(w http.ResponseWriter, r *http.Request) {
		calls++
		http.Redirect(w, r, "/elsewhere", http.StatusTemporaryRedirect)
	})
	if a, err := New(Config{Private: true}).Post(t.Context(), p); err != nil || a.Status != 307 || calls != 1 {
		t.Errorf("%+v %v after %d calls", a, err, calls)
	}
}

func TestAnEndpointMaySayWhenToComeAgain(t *testing.T) {
	for header, want := range map[string]time.Duration{"7": 7 * time.Second, "999999": time.Hour, "-5": 0, "soon": 0, "": 0} {
		p := endpoint(t, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Retry-After", header)
			w.WriteHeader(http.StatusTooManyRequests)
		})
		if a, err := New(Config{Private: true}).Post(t.Context(), p); err != nil || a.After != want {
			t.Errorf("%q: %+v %v, want %s", header, a, err, want)
		}
	}
}

func TestSilenceIsAnErrorAndNoRefusal(t *testing.T) {
	release := make(chan struct{})
	p := endpoint(t, func(_ http.ResponseWriter, r *http.Request) {
		select {
		case <-release:
		case <-r.Context().Done():
		}
	})
	defer close(release)
	if _, err := New(Config{Private: true, Timeout: 50 * time.Millisecond}).Post(t.Context(), p); !errors.Is(err, notify.ErrUncertain) {
		t.Errorf("%v", err)
	}
}
