package api

import (
	"cmp"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"strings"

	"github.com/packhorse/packhorse/access"
	"github.com/packhorse/packhorse/internal/fault"
)

// Limits are how many requests a second one caller may send; 0 is any number. A burst of four seconds' worth is taken at once.
type Limits struct {
	Key      int // by one API key
	Person   int // by one person, whatever the number of sessions
	Stranger int // with wrong or no credentials, from one address
}

type rates struct{ keys, people, strangers *access.Limiter }

const burst = 4

func newRates(l Limits) rates {
	of := func(n int) *access.Limiter { return access.NewLimiter(n, burst*n) }
	return rates{keys: of(l.Key), people: of(l.Person), strangers: of(l.Stranger)}
}

// slowDown takes a token of whoever asks. Fault: access.too_fast.
func (s *Server) slowDown(who access.Principal) error {
	limiter := s.rates.keys
	if who.Person() {
		limiter = s.rates.people
	}
	if limiter == nil {
		return nil
	}
	return limiter.Take(who.Company + "/" + who.Name)
}

// strange counts a request whose credential was wrong against its address.
func (s *Server) strange(req *http.Request, err error) error {
	if f, ok := fault.As(err); !ok || f.Kind != fault.Unknown || s.rates.strangers == nil {
		return err
	}
	return cmp.Or(s.rates.strangers.Take(s.clientOf(req)), err)
}

// clientOf is the address a request comes from: of the connection, or where that is a proxy we trust, the last address in
// X-Forwarded-For that is not one of ours.
func (s *Server) clientOf(req *http.Request) string {
	host, _, err := net.SplitHostPort(req.RemoteAddr)
	if err != nil {
		host = req.RemoteAddr
	}
	if !s.trusts(host) {
		return host
	}
	hops := strings.Split(strings.Join(req.Header.Values("X-Forwarded-For"), ","), ",")
	for _, hop := range slices.Backward(hops) {
		hop = strings.TrimSpace(hop)
		if _, err := netip.ParseAddr(hop); err != nil {
			return host
		}
		if !s.trusts(hop) {
			return hop
		}
		host = hop
	}
	return host
}

func (s *Server) trusts(host string) bool {
	a, err := netip.ParseAddr(host)
	return err == nil && slices.ContainsFunc(s.options.Proxies, func(p netip.Prefix) bool { return p.Contains(a.Unmap()) })
}

// encrypted reports whether the browser speaks TLS: to us, or to a proxy we trust.
func (s *Server) encrypted(req *http.Request) bool {
	host, _, _ := net.SplitHostPort(req.RemoteAddr)
	return req.TLS != nil || s.trusts(host) && req.Header.Get("X-Forwarded-Proto") == "https"
}

const (
	sessionCookie = "packhorse_session"
	csrfHeader    = "X-CSRF-Token"
)

func sessionOf(req *http.Request) string {
	c, err := req.Cookie(sessionCookie)
	if err != nil {
		return ""
	}
	return c.Value
}

func safe(method string) bool { return method == http.MethodGet || method == http.MethodHead }

// sameSite refuses a request that changes something and was sent by a page that is not ours. Browsers say so in Sec-Fetch-Site, or
// at least in Origin; programs send neither.
func sameSite(req *http.Request) error {
	if safe(req.Method) {
		return nil
	}
	switch req.Header.Get("Sec-Fetch-Site") {
	case "", "same-origin", "none":
	default:
		return errForeign
	}
	if origin := req.Header.Get("Origin"); origin != "" {
		if u, err := url.Parse(origin); err != nil || u.Host != req.Host {
			return errForeign
		}
	}
	return nil
}

var (
	errForeign = fault.New(fault.Denied, "access.foreign_page", "a page of another site sent this, and nothing was done")
	errCSRF    = fault.New(fault.Denied, "access.csrf", "send the csrf_token of the session in the header "+csrfHeader)
)

// mayChange is sameSite, and the token that only our own page can read, for a request with a session's cookie.
func mayChange(req *http.Request, token string) error {
	if safe(req.Method) {
		return nil
	}
	if err := sameSite(req); err != nil {
		return err
	}
	if !access.FitsCSRF(token, req.Header.Get(csrfHeader)) {
		return errCSRF
	}
	return nil
}
