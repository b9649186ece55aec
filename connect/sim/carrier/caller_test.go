package carrier

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/packhorse/packhorse/internal/clock"
)

const testSecret = "a secret of the test"

var dawn = time.Date(2026, 3, 2, 1, 0, 0, 0, time.UTC)

// caller signs and sends calls to a carrier of its own.
type caller struct {
	t     testing.TB
	h     http.Handler
	clock *clock.Clock
}

func newCaller(t testing.TB, cfg Config) *caller {
	cfg.Clock = clock.Fixed(dawn)
	cfg.AppKey, cfg.Secret = "shop", testSecret
	return &caller{t: t, h: New(cfg), clock: cfg.Clock}
}

func signed(path string, body []byte, wall time.Time) *http.Request {
	stamp := fmt.Sprint(wall.Unix())
	mac := hmac.New(sha256.New, []byte(testSecret))
	mac.Write(append([]byte(stamp), body...))
	r := httptest.NewRequest(http.MethodPost, path, bytes.NewReader(body))
	r.Header.Set("X-App-Key", "shop")
	r.Header.Set("X-Timestamp", stamp)
	r.Header.Set("X-Signature", hex.EncodeToString(mac.Sum(nil)))
	return r
}

// send returns the status and the code of a bad answer; a good one is read into out.
func (c *caller) send(r *http.Request, out any) (int, string) {
	c.t.Helper()
	w := httptest.NewRecorder()
	c.h.ServeHTTP(w, r)
	if ct := w.Header().Get("Content-Type"); ct != "application/json" {
		c.t.Errorf("%s answers %s, not JSON", r.URL.Path, ct)
	}
	if w.Code != http.StatusOK {
		var bad struct{ Code, Message string }
		if err := json.Unmarshal(w.Body.Bytes(), &bad); err != nil || bad.Code == "" || bad.Message == "" {
			c.t.Errorf("%s: status %d without a code and a message: %s", r.URL.Path, w.Code, w.Body)
		}
		return w.Code, bad.Code
	}
	if err := json.Unmarshal(w.Body.Bytes(), out); err != nil {
		c.t.Errorf("%s: %v", r.URL.Path, err)
	}
	return w.Code, ""
}

func (c *caller) call(path string, in, out any) (int, string) {
	c.t.Helper()
	body, err := json.Marshal(in)
	if err != nil {
		c.t.Fatal(err)
	}
	return c.send(signed(path, body, time.Now()), out)
}

func (c *caller) book(sh shipment) booking {
	c.t.Helper()
	var b booking
	if status, code := c.call("/v1/book", sh, &b); status != http.StatusOK {
		c.t.Fatalf("book %s: %d %s", sh.Reference, status, code)
	}
	return b
}

func (c *caller) collect(waybills ...string) collected {
	c.t.Helper()
	var out collected
	if status, code := c.call("/v1/collect", waybillsIn{waybills}, &out); status != http.StatusOK {
		c.t.Fatalf("collect: %d %s", status, code)
	}
	return out
}

func (c *caller) track(waybill string) []scan {
	c.t.Helper()
	var out track
	if status, code := c.call("/v1/track", waybillIn{waybill}, &out); status != http.StatusOK {
		c.t.Fatalf("track %s: %d %s", waybill, status, code)
	}
	return out.Scans
}

func parcelTo(reference, province, city string) shipment {
	return shipment{
		Reference: reference, WeightG: 800,
		Sender:    address{Name: "仓", Province: "浙江省", City: "杭州市"},
		Recipient: address{Name: "李雷", Phone: "13800000000", Province: province, City: city, Address: "长安街1号"},
	}
}
