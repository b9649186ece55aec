package sim

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/telemetry"
	"github.com/packhorse/packhorse/ship"
)

const (
	maxAnswer      = 4 << 20
	defaultTimeout = 10 * time.Second
	readTries      = 3
	firstPause     = 100 * time.Millisecond
	longestPause   = 2 * time.Second
)

// Config is one account with the carrier.
type Config struct {
	BaseURL string // http or https, without a path of its own
	AppKey  string
	Secret  string

	// Timeout bounds one call on the wall clock; 0 is ten seconds.
	Timeout time.Duration
	// Transport carries the calls; nil is the default of net/http.
	Transport http.RoundTripper
}

// Carrier is an account with the simulated carrier. It is safe for concurrent use.
type Carrier struct {
	base   string
	key    string
	secret []byte
	http   *http.Client
}

// New checks the settings and makes the carrier; it sends nothing.
func New(c Config) (*Carrier, error) {
	u, err := url.Parse(c.BaseURL)
	if err != nil || u.Host == "" || (u.Scheme != "http" && u.Scheme != "https") {
		return nil, fault.Invalidf("address", "carrier.base_url", "%q is not an address like http://127.0.0.1:9100", c.BaseURL).With("value", c.BaseURL)
	}
	if c.Timeout <= 0 {
		c.Timeout = defaultTimeout
	}
	return &Carrier{
		base:   strings.TrimRight(c.BaseURL, "/"),
		key:    c.AppKey,
		secret: []byte(c.Secret),
		http: &http.Client{
			Timeout:   c.Timeout,
			Transport: telemetry.Client(c.Transport),
			// A signed call is meant for one address; a redirect is an answer we do not understand.
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		},
	}, nil
}

// read sends a call that changes nothing, and repeats it when it did not get through. The time a busy carrier asks
// for is kept as long as it is short; a longer one is the caller's to wait.
func (c *Carrier) read(ctx context.Context, path string, in, out any) error {
	pause := firstPause
	for try := 1; ; try++ {
		err := c.write(ctx, path, in, out)
		wait, again := worthRepeating(err, pause)
		if !again || try == readTries {
			return err
		}
		select {
		case <-ctx.Done():
			return err
		case <-time.After(wait):
		}
		pause *= 2
	}
}

func worthRepeating(err error, pause time.Duration) (time.Duration, bool) {
	if after, ok := ship.RetryAfter(err); ok {
		return max(after, pause), after <= longestPause
	}
	return pause, errors.Is(err, ship.ErrUncertain) || errors.Is(err, ship.ErrUnreachable)
}

// write sends a call once.
func (c *Carrier) write(ctx context.Context, path string, in, out any) error {
	body, err := json.Marshal(in)
	if err != nil {
		return fmt.Errorf("carrier call %s: %w", path, err)
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, c.base+path, bytes.NewReader(body))
	if err != nil {
		return fmt.Errorf("carrier call %s: %w", path, err)
	}
	c.sign(req.Header, body, time.Now())
	res, err := c.http.Do(req)
	if err != nil {
		return unanswered(err)
	}
	defer func() { _ = res.Body.Close() }()
	raw, err := io.ReadAll(io.LimitReader(res.Body, maxAnswer+1))
	if err != nil {
		return ship.Uncertain(err)
	}
	return meaning(res.StatusCode, res.Header, raw, out)
}

// sign proves who calls: the hex of HMAC-SHA256(secret, timestamp + body). The carrier compares the timestamp with
// its wall clock, so ours is the wall clock too, however fast business time runs.
func (c *Carrier) sign(h http.Header, body []byte, wall time.Time) {
	stamp := strconv.FormatInt(wall.Unix(), 10)
	mac := hmac.New(sha256.New, c.secret)
	mac.Write([]byte(stamp))
	mac.Write(body)
	h.Set("Content-Type", "application/json")
	h.Set("X-App-Key", c.key)
	h.Set("X-Timestamp", stamp)
	h.Set("X-Signature", hex.EncodeToString(mac.Sum(nil)))
}

// unanswered tells a call that was never sent from one whose answer did not come.
func unanswered(err error) error {
	var op *net.OpError
	if errors.As(err, &op) && op.Op == "dial" {
		return ship.Unreachable(err)
	}
	return ship.Uncertain(err)
}
