package carrier

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"
	"strconv"
	"sync"
	"time"
)

// window is how far a timestamp may be from our clock, either way, as the open platforms have it.
const window = 10 * time.Minute

// authenticate says what is wrong with the key, the clock or the signature, in that order, because a wrong
// clock is the commonest mistake and must not look like a wrong secret.
func (c Config) authenticate(h http.Header, body []byte, wall time.Time) *refusal {
	if h.Get("X-App-Key") != c.AppKey {
		return refuse(http.StatusUnauthorized, "unknown_key", "the app key is not known")
	}
	stamp := h.Get("X-Timestamp")
	seconds, err := strconv.ParseInt(stamp, 10, 64)
	if err != nil {
		return refuse(http.StatusUnauthorized, "timestamp", "X-Timestamp must be Unix seconds")
	}
	if off := wall.Sub(time.Unix(seconds, 0)); off > window || off < -window {
		return refuse(http.StatusUnauthorized, "timestamp",
			fmt.Sprintf("X-Timestamp is %s away from our clock, at most %s is allowed", off.Abs().Round(time.Second), window))
	}
	mac := hmac.New(sha256.New, []byte(c.Secret))
	mac.Write([]byte(stamp))
	mac.Write(body)
	given, err := hex.DecodeString(h.Get("X-Signature"))
	if err != nil || !hmac.Equal(given, mac.Sum(nil)) {
		return refuse(http.StatusUnauthorized, "signature", "X-Signature is not the hex of HMAC-SHA256(secret, timestamp + body)")
	}
	return nil
}

// bucket lets rate calls a second through, and a burst of as many.
type bucket struct {
	mu   sync.Mutex
	rate float64
	left float64
	last time.Time
}

func (b *bucket) take(wall time.Time) bool {
	if b.rate <= 0 {
		return true
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.last.IsZero() {
		b.left = b.rate
	} else {
		b.left = min(b.rate, b.left+wall.Sub(b.last).Seconds()*b.rate)
	}
	b.last = wall
	if b.left < 1 {
		return false
	}
	b.left--
	return true
}
