package vendure

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"strconv"
	"strings"
	"time"

	"github.com/packhorse/packhorse/intake"
)

// fresh is how old or how early a message may be.
const fresh = 5 * time.Minute

// Hint reads a message of the shop's plugin (docs/guide/integrator.md): Standard Webhooks, and in it the number of an
// order that something happened to; see intake.Hinter. The order itself is fetched.
func (s *Shop) Hint(_ context.Context, m intake.Message, now time.Time) (intake.Hint, error) {
	id, at := m.Header("webhook-id"), m.Header("webhook-timestamp")
	if s.hookKey == nil || id == "" || !s.signed(id+"."+at+"."+string(m.Body), m.Header("webhook-signature")) {
		return intake.Hint{}, intake.ErrSignature
	}
	seconds, err := strconv.ParseInt(at, 10, 64)
	if age := now.Sub(time.Unix(seconds, 0)); err != nil || age > fresh || age < -fresh {
		return intake.Hint{}, intake.ErrStale
	}
	var body struct {
		Order string `json:"order"`
	}
	if json.Unmarshal(m.Body, &body) != nil || body.Order == "" {
		return intake.Hint{}, intake.ErrUnreadable
	}
	return intake.Hint{ID: id, Orders: []string{body.Order}}, nil
}

// signed reports whether one of the signatures is ours; while a secret changes there are two.
func (s *Shop) signed(text, signatures string) bool {
	mac := hmac.New(sha256.New, s.hookKey)
	mac.Write([]byte(text))
	want := mac.Sum(nil)
	for _, one := range strings.Fields(signatures) {
		version, encoded, _ := strings.Cut(one, ",")
		got, err := base64.StdEncoding.DecodeString(encoded)
		if version == "v1" && err == nil && hmac.Equal(got, want) {
			return true
		}
	}
	return false
}
