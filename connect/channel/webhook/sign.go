package webhook

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/packhorse/packhorse/intake"
	"github.com/packhorse/packhorse/internal/fault"
)

// The headers of the standard.
const (
	headerID        = "webhook-id"
	headerTime      = "webhook-timestamp"
	headerSignature = "webhook-signature"
)

// tolerance is how far the clocks of sender and receiver may be apart, and how long a message may be on its way.
const tolerance = 5 * time.Minute

const (
	secretPrefix = "whsec_"
	version      = "v1,"
	leastSecret  = 16 // bytes; the standard asks for 24 to 64
)

// secrets reads the secrets of an account. Fault: webhook.secret.
func secrets(text string) ([][]byte, error) {
	var keys [][]byte
	for _, part := range strings.Fields(text) {
		key, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(part, secretPrefix))
		if err != nil || !strings.HasPrefix(part, secretPrefix) || len(key) < leastSecret {
			return nil, badSecret()
		}
		keys = append(keys, key)
	}
	if len(keys) == 0 {
		return nil, badSecret()
	}
	return keys, nil
}

func badSecret() error {
	return fault.Invalidf("secret", "webhook.secret", "a secret is whsec_ and at least %d bytes in base64; several are separated by spaces", leastSecret).With("least", leastSecret)
}

// signature signs one message with one secret.
func signature(key []byte, id, stamp string, body []byte) string {
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte(id + "." + stamp + "."))
	mac.Write(body)
	return version + base64.StdEncoding.EncodeToString(mac.Sum(nil))
}

// signatures signs one message with every secret.
func signatures(keys [][]byte, id, stamp string, body []byte) string {
	list := make([]string, len(keys))
	for i, key := range keys {
		list[i] = signature(key, id, stamp, body)
	}
	return strings.Join(list, " ")
}

// verify checks who sent a message, and when. A message may bear several signatures; those of other versions are passed over.
func verify(keys [][]byte, m intake.Message, now time.Time) (id string, err error) {
	id, stamp := m.Header(headerID), m.Header(headerTime)
	seconds, bad := strconv.ParseInt(stamp, 10, 64)
	if id == "" || bad != nil {
		return "", intake.ErrSignature
	}
	given := strings.Fields(m.Header(headerSignature))
	signed := slices.ContainsFunc(keys, func(key []byte) bool {
		want := []byte(signature(key, id, stamp, m.Body))
		return slices.ContainsFunc(given, func(s string) bool { return hmac.Equal(want, []byte(s)) })
	})
	switch {
	case !signed:
		return "", intake.ErrSignature
	case now.Sub(time.Unix(seconds, 0)).Abs() > tolerance:
		return "", intake.ErrStale
	}
	return id, nil
}
