package webhook

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/packhorse/packhorse/internal/telemetry"
	"github.com/packhorse/packhorse/notify"
)

// Config says how endpoints are called.
type Config struct {
	Private bool          // addresses of one's own network may be called
	Timeout time.Duration // of one call, wall time; 0 is fifteen seconds
}

// Poster calls endpoints. It is safe for concurrent use.
type Poster struct{ http *http.Client }

const (
	defaultTimeout = 15 * time.Second
	// mostRead of an answer is read, so that the connection can be used again; nobody looks at it.
	mostRead = 64 << 10
	// longestRest is the most an endpoint may ask to be left alone for.
	longestRest = time.Hour
)

var errPrivate = errors.New("the address is inside a private network")

// New makes a poster.
func New(c Config) *Poster {
	if c.Timeout <= 0 {
		c.Timeout = defaultTimeout
	}
	dial := &net.Dialer{Timeout: c.Timeout}
	if !c.Private {
		dial.Control = public
	}
	t := http.DefaultTransport.(*http.Transport).Clone()
	t.DialContext, t.Proxy, t.MaxIdleConnsPerHost = dial.DialContext, nil, 8
	return &Poster{&http.Client{Transport: telemetry.Client(t), Timeout: c.Timeout,
		// A signed call is meant for one address.
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
}

// shared is the space carriers number their customers in (RFC 6598).
var shared = netip.MustParsePrefix("100.64.0.0/10")

// public looks at the address that was found for the name, at the moment it is called: a name that points elsewhere by
// then does not help.
func public(_, address string, _ syscall.RawConn) error {
	at, err := netip.ParseAddrPort(address)
	if err != nil {
		return err
	}
	ip := at.Addr().Unmap()
	if !ip.IsGlobalUnicast() || ip.IsPrivate() || shared.Contains(ip) {
		return errPrivate
	}
	return nil
}

// Post signs and sends one delivery.
func (p *Poster) Post(ctx context.Context, post notify.Post) (notify.Answer, error) {
	signature, stamp, err := sign(post, time.Now())
	if err != nil {
		return notify.Answer{}, notify.Refused(err.Error())
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, post.URL, bytes.NewReader(post.Body))
	if err != nil {
		return notify.Answer{}, notify.Refused("the address of the endpoint cannot be called")
	}
	req.Header.Set("Content-Type", "application/cloudevents+json; charset=utf-8")
	req.Header.Set("User-Agent", "Packhorse")
	req.Header.Set("webhook-id", post.ID)
	req.Header.Set("webhook-timestamp", stamp)
	req.Header.Set("webhook-signature", signature)
	res, err := p.http.Do(req)
	if errors.Is(err, errPrivate) {
		return notify.Answer{}, notify.Refused(errPrivate.Error())
	}
	if err != nil {
		return notify.Answer{}, notify.Uncertain(err)
	}
	defer func() { _ = res.Body.Close() }()
	_, _ = io.Copy(io.Discard, io.LimitReader(res.Body, mostRead)) // the status is the answer
	return notify.Answer{Status: res.StatusCode, After: rest(res)}, nil
}

// rest is how long the endpoint asks to be left alone, in seconds or until a date.
func rest(res *http.Response) time.Duration {
	if res.StatusCode != http.StatusTooManyRequests && res.StatusCode != http.StatusServiceUnavailable {
		return 0
	}
	text := res.Header.Get("Retry-After")
	d := time.Duration(0)
	if n, err := strconv.Atoi(text); err == nil {
		d = time.Duration(min(n, int(longestRest/time.Second))) * time.Second
	} else if t, err := http.ParseTime(text); err == nil {
		d = time.Until(t)
	}
	return max(0, min(d, longestRest))
}

// sign makes the signatures, one for each secret, and the timestamp they are made over.
func sign(p notify.Post, wall time.Time) (signatures, stamp string, err error) {
	stamp = strconv.FormatInt(wall.Unix(), 10)
	var all []string
	for _, s := range p.Secrets {
		key, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(s, "whsec_"))
		if err != nil || len(key) == 0 {
			return "", "", fmt.Errorf("a secret is not whsec_ and base64")
		}
		mac := hmac.New(sha256.New, key)
		mac.Write([]byte(p.ID + "." + stamp + "."))
		mac.Write(p.Body)
		all = append(all, "v1,"+base64.StdEncoding.EncodeToString(mac.Sum(nil)))
	}
	return strings.Join(all, " "), stamp, nil
}
