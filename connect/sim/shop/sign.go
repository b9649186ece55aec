package shop

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// The headers of Standard Webhooks.
const (
	headerID        = "webhook-id"
	headerTime      = "webhook-timestamp"
	headerSignature = "webhook-signature"
)

// window is how far a timestamp may be from our clock, either way.
const window = 5 * time.Minute

const leastSecret = 16 // bytes

// keyOf reads a secret: whsec_ and base64.
func keyOf(secret string) ([]byte, error) {
	text, ok := strings.CutPrefix(secret, "whsec_")
	key, err := base64.StdEncoding.DecodeString(text)
	if !ok || err != nil || len(key) < leastSecret {
		return nil, fmt.Errorf("the secret must be whsec_ and at least %d bytes in base64", leastSecret)
	}
	return key, nil
}

func signature(key []byte, id, stamp string, body []byte) string {
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte(id + "." + stamp + "."))
	mac.Write(body)
	return "v1," + base64.StdEncoding.EncodeToString(mac.Sum(nil))
}

// sign puts the three headers onto a request.
func sign(h http.Header, key []byte, id string, body []byte, wall time.Time) {
	stamp := strconv.FormatInt(wall.Unix(), 10)
	h.Set(headerID, id)
	h.Set(headerTime, stamp)
	h.Set(headerSignature, signature(key, id, stamp, body))
}

// verify says what is wrong with the headers of a request: the clock first, because a wrong one must not look like a wrong
// secret.
func verify(h http.Header, key, body []byte, wall time.Time) error {
	id, stamp := h.Get(headerID), h.Get(headerTime)
	seconds, err := strconv.ParseInt(stamp, 10, 64)
	if err != nil || id == "" {
		return errors.New("webhook-id and webhook-timestamp, in Unix seconds, must be given")
	}
	if off := wall.Sub(time.Unix(seconds, 0)).Abs(); off > window {
		return fmt.Errorf("webhook-timestamp is %s away from our clock, at most %s is allowed", off.Round(time.Second), window)
	}
	want := []byte(signature(key, id, stamp, body))
	for _, given := range strings.Fields(h.Get(headerSignature)) {
		if hmac.Equal(want, []byte(given)) {
			return nil
		}
	}
	return errors.New(`webhook-signature is not "v1," and the base64 of HMAC-SHA256(secret, id.timestamp.body)`)
}
