package api

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"log/slog"
	"net/http"
	"strings"

	"github.com/packhorse/packhorse/access"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/words"
)

// call is one request on its way to a service: who asks, in which company, and what.
type call struct {
	*Services
	ctx      context.Context
	server   *Server
	req      *http.Request
	out      http.ResponseWriter
	who      access.Principal
	area     access.Area // where they may do what they ask for
	body     []byte
	once     *db.Once      // nil without an Idempotency-Key, unless something is to be written beside the act
	audit    *access.Entry // of an operation that no event tells of; nil for any other
	noted    bool          // it went with an act on the directory
	status   int           // of a success; 0 is 200
	answered bool          // the operation wrote its answer itself
}

// lang is the language sentences are wanted in.
func (c *call) lang() string { return words.Language(c.req.Header.Get("Accept-Language")) }

// actor is who asks, as events say it.
func (c *call) actor() string { return c.who.Name }

// log is the log of this request: every line has its id, which a problem tells the caller.
func (c *call) log() *slog.Logger {
	if rec, ok := c.out.(*recorder); ok {
		return c.server.options.Log.With("request", rec.id)
	}
	return c.server.options.Log
}

// authenticate finds out who asks and looks up the company. An operation that needs no scope is for everybody who is known.
func (s *Server) authenticate(c *call, needs access.Scope) error {
	var err error
	if c.who, err = s.identify(c); err != nil {
		return s.strange(c.req, err)
	}
	if err := s.slowDown(c.who); err != nil {
		return err
	}
	if rec, ok := c.out.(*recorder); ok {
		rec.who, rec.company = c.who.Name, c.who.Company
	}
	if c.Services = s.options.Companies(c.who.Company); c.Services == nil {
		return fault.New(fault.Denied, "access.company_elsewhere", "this server does not serve the company %s", c.who.Company).
			With("company", c.who.Company)
	}
	c.area = c.who.Where(needs)
	if needs == "" {
		return nil
	}
	return c.who.Allow(needs)
}

// identify reads the credential: a key, a log-in with its password, or the cookie of a session. What a browser sends by itself
// counts only when the page that made it send it was ours.
func (s *Server) identify(c *call) (access.Principal, error) {
	header := c.req.Header.Get("Authorization")
	if key, ok := cutScheme(header, "Bearer "); ok {
		return s.options.Access.Authenticate(c.ctx, key)
	}
	if login, password, ok := c.req.BasicAuth(); ok {
		if err := sameSite(c.req); err != nil {
			return access.Principal{}, err
		}
		return s.options.Access.Login(c.ctx, login, password, s.clientOf(c.req))
	}
	if token := sessionOf(c.req); header == "" && token != "" {
		if err := mayChange(c.req, token); err != nil {
			return access.Principal{}, err
		}
		return s.options.Access.Resume(c.ctx, token)
	}
	return access.Principal{}, fault.New(fault.Unknown, "access.unknown", "send an API key: Authorization: Bearer phk_…")
}

func cutScheme(header, scheme string) (string, bool) {
	if len(header) < len(scheme) || !strings.EqualFold(header[:len(scheme)], scheme) {
		return "", false
	}
	return strings.TrimSpace(header[len(scheme):]), true
}

const maxKey = 255

// readKey takes the Idempotency-Key. It belongs to who sent it, and to one method, path and body.
func (c *call) readKey() error {
	key := c.req.Header.Get("Idempotency-Key")
	if key == "" {
		return nil
	}
	if len(key) > maxKey || !printable(key) {
		return status(http.StatusBadRequest, "idempotency.key", "an Idempotency-Key has up to %d printable characters", maxKey)
	}
	c.keep(key)
	return nil
}

// keep makes a name of the caller's the key under which the command counts once.
func (c *call) keep(key string) {
	c.once = &db.Once{Key: c.who.Name + ":" + key, Hash: c.hash()}
	c.besides()
}

func (c *call) hash() string {
	h := sha256.New()
	h.Write([]byte(c.req.Method + " " + c.req.URL.RequestURI() + "\n"))
	h.Write(c.body)
	return hex.EncodeToString(h.Sum(nil))
}

func printable(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] <= ' ' || s[i] > '~' {
			return false
		}
	}
	return true
}
